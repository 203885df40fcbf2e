"""The part of the contact form that folds open: what is usual, tax, the office's own fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import ContactDraft, Exemption, Named, fold
from tcf_desktop.domain.exemptions import standing
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.contact_form import FormChoices, UsedWords
from tcf_desktop.views.common import (
    ComboBox,
    DataLabel,
    FormField,
    LineEdit,
    Notice,
    Switch,
)
from tcf_desktop.views.common.dates import DayField
from tcf_desktop.views.common.fold import Fold
from tcf_desktop.views.common.suggest import EditableCombo, SuggestEdit
from tcf_desktop.views.contacts.form_fields import FieldEditor, editor_of

LANGUAGES = ("en", "es", "fr", "de", "pl", "nb", "so", "vi", "zh", "ar", "ru", "uk")
TERMS = (0, 7, 10, 14, 15, 30, 45, 60)


def language_name(tag: str) -> str:
    """The language of a BCP 47 tag in its own words; any other text as it is."""
    locale = QLocale(tag)
    if locale.language() in (QLocale.Language.C, QLocale.Language.AnyLanguage):
        return tag
    name = QLocale.languageToString(locale.language())
    return name if tag.lower() in (locale.bcp47Name().lower(), tag[:2].lower()) else tag


class MoreFacts(Fold):
    """``changed`` when the exemption was switched; the rest is read when it is needed."""

    rowsChanged = Signal()

    def __init__(self, today: Callable[[], str]) -> None:
        super().__init__("", object_name="contacts.form.more")
        self.head.setText(self.tr("More about this contact"))
        self._today = today
        self._own: dict[str, FieldEditor] = {}
        self._build()
        self.toggled.connect(lambda *_: self._summarise())

    # building

    def _build(self) -> None:
        self.tags = SuggestEdit(
            several=True,
            placeholder=self.tr("VIP, north side: commas between them"),
            object_name="contacts.form.tags",
        )
        self.source = SuggestEdit(
            placeholder=self.tr("A neighbor, the website, a yard sign…"),
            object_name="contacts.form.source",
        )
        names = {tag: language_name(tag) for tag in LANGUAGES}
        self._languages = {fold(name): tag for tag, name in names.items()}
        self.language = EditableCombo(
            names.values(),
            placeholder=self.tr("Not said"),
            object_name="contacts.form.language",
        )
        self.crew = ComboBox(object_name="contacts.form.crew")
        self.price_list = ComboBox(object_name="contacts.form.price_list")
        self.terms = ComboBox(object_name="contacts.form.terms")
        grid = QGridLayout()
        grid.setSpacing(10)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(FormField(self.tr("Tags"), self.tags), 0, 0, 1, 2)
        grid.addWidget(FormField(self.tr("Found us through"), self.source), 1, 0)
        grid.addWidget(FormField(self.tr("Preferred language"), self.language), 1, 1)
        grid.addWidget(FormField(self.tr("Usual crew"), self.crew), 2, 0)
        grid.addWidget(FormField(self.tr("Price list"), self.price_list), 2, 1)
        grid.addWidget(FormField(self.tr("Payment terms"), self.terms), 3, 0)
        self.body.addLayout(grid)
        self.body.addLayout(self._exemption())
        self.body.addLayout(self._electronic())
        self._own_holder = QWidget()
        self._own_column = QVBoxLayout(self._own_holder)
        self._own_column.setContentsMargins(0, 4, 0, 0)
        self._own_column.setSpacing(8)
        self.body.addWidget(self._own_holder)

    def _exemption(self) -> QVBoxLayout:
        words = self.tr("This customer is exempt from tax")
        self.exempt = Switch(words, object_name="contacts.form.exempt")
        self.exempt.toggled.connect(self._on_exempt_toggled)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.exempt)
        row.addWidget(DataLabel(words), 1)
        self.number = LineEdit(object_name="contacts.form.exempt.number")
        self.region = LineEdit(object_name="contacts.form.exempt.region")
        self.until = DayField(self._today, object_name="contacts.form.exempt.until")
        self.until.isoChanged.connect(self._show_standing)
        self.until.editingFinished.connect(self._show_standing)
        self.certificate = QWidget()
        fields = QHBoxLayout()
        fields.setSpacing(10)
        fields.addWidget(FormField(self.tr("Certificate number"), self.number), 3)
        fields.addWidget(FormField(self.tr("State"), self.region), 1)
        fields.addWidget(FormField(self.tr("Valid until"), self.until), 3)
        self.warning = Notice("", "warn", "warning")
        self.warning.setObjectName("contacts.form.exempt.warning")
        inside = QVBoxLayout(self.certificate)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addLayout(fields)
        inside.addWidget(self.warning)
        self.certificate.hide()
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.certificate)
        return column

    def _electronic(self) -> QVBoxLayout:
        words = self.tr("PDF invoices carry an electronic invoice (Factur-X, EN 16931)")
        self.electronic = Switch(words, object_name="contacts.form.electronic")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.electronic)
        row.addWidget(DataLabel(words), 1)
        self.tax_number = LineEdit(object_name="contacts.form.tax_number")
        self.reference = LineEdit(object_name="contacts.form.buyer_reference")
        inside = QWidget()
        fields = QHBoxLayout(inside)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(10)
        fields.addWidget(FormField(self.tr("VAT number"), self.tax_number), 1)
        fields.addWidget(FormField(self.tr("Buyer reference"), self.reference), 1)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(inside)
        inside.hide()
        self.electronic.toggled.connect(inside.setVisible)
        return column

    # filling

    def fill(self, draft: ContactDraft, choices: FormChoices) -> None:
        """Show what a draft says, with what the office can choose."""
        self.tags.setText(", ".join(draft.tags))
        self.source.setText(draft.source)
        self.language.set_words(language_name(draft.language))
        self._language = draft.language, self.language.words()
        _offer(self.crew, self.tr("No usual crew"), choices.crews, draft.crew)
        _offer(self.price_list, self.tr("Each service’s own price"), choices.price_lists,
               draft.price_list)  # fmt: skip
        self._fill_terms(choices.terms_days, draft.terms_days)
        exemption = draft.exemption or Exemption()
        self.exempt.setChecked(draft.exemption is not None)
        self.number.setText(exemption.number)
        self.region.setText(exemption.region)
        self.until.set_iso(exemption.until_on)
        self._on_exempt_toggled()
        self.electronic.setChecked(draft.e_invoice)
        self.tax_number.setText(draft.tax_number)
        self.reference.setText(draft.buyer_reference)
        self._fill_own(draft, choices)
        ended = standing(draft.exemption, self._today()) == "ended"
        self.set_open(ended)
        self._summarise()

    def _fill_terms(self, usual: int, days: int | None) -> None:
        self.terms.clear()
        text = self.tr("As usual: {terms}").format(terms=self._terms_words(usual))
        self.terms.addItem(text, None)
        for choice in sorted({*TERMS, *([] if days is None else [days])}):
            self.terms.addItem(self._terms_words(choice), choice)
        self.terms.select_data(days)

    def _terms_words(self, days: int) -> str:
        return self.tr("Net {days}").format(days=days) if days else self.tr("Due on receipt")

    def _fill_own(self, draft: ContactDraft, choices: FormChoices) -> None:
        while (item := self._own_column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._own = {}
        self._own_holder.setVisible(bool(choices.fields))
        known = {fold(entry.name): entry.value for entry in draft.fields}
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(10)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for number, field in enumerate(choices.fields):
            editor = editor_of(field, f"contacts.form.field{number}", self._today)
            editor.set_value(known.get(fold(field.name), ""))
            self._own[field.name] = editor
            grid.addWidget(FormField(field.name, editor.widget()), number // 2, number % 2)
        self._own_column.addWidget(DataLabel(self.tr("Your own fields"), "body", weight=600))
        self._own_column.addWidget(inside)
        self.rowsChanged.emit()

    def propose_words(self, used: UsedWords) -> None:
        """What was written for other contacts."""
        self.tags.set_proposals(used.tags)
        self.source.set_proposals(used.sources)

    # what is typed

    def into(self, draft: ContactDraft) -> ContactDraft:
        """The draft with what stands here."""
        tags = tuple(tag.strip() for tag in self.tags.text().split(",") if tag.strip())
        exemption = Exemption(self.number.text(), self.region.text(), self.until.iso())
        return replace(
            draft,
            tags=tags,
            source=self.source.text(),
            language=self._language_typed(),
            crew=str(self.crew.currentData() or ""),
            price_list=str(self.price_list.currentData() or ""),
            terms_days=self.terms.currentData(),
            exemption=exemption if self.exempt.isChecked() else None,
            tax_number=self.tax_number.text(),
            buyer_reference=self.reference.text(),
            e_invoice=self.electronic.isChecked(),
            fields=tuple(
                Named(name, value)
                for name, editor in self._own.items()
                if (value := editor.value())
            ),
        )

    def problem(self) -> tuple[AppError, QWidget] | None:
        """Why it cannot be stored, and the field to correct; opens the part then."""
        found: tuple[AppError, QWidget] | None = None
        if self.exempt.isChecked() and not self.until.is_understood():
            text = self.until.text().strip()[:40]
            words = self.tr("Valid until")
            found = AppError("contacts.unreadable_date", text=text, field=words), self.until
        for editor in self._own.values():
            error = editor.problem()
            if found is None and error is not None:
                found = error, editor.widget()
        if found is not None:
            self.set_open(True)
        return found

    def _language_typed(self) -> str:
        stored, shown = self._language
        words = self.language.words()
        return stored if words == shown else self._languages.get(fold(words), words)

    def _on_exempt_toggled(self) -> None:
        self.certificate.setVisible(self.exempt.isChecked())
        self._show_standing()

    def _show_standing(self) -> None:
        """Say when the certificate has ended or is about to."""
        exemption = Exemption(until_on=self.until.iso()) if self.exempt.isChecked() else None
        how = standing(exemption, self._today())
        readable = self.until.is_understood()
        self.warning.setVisible(readable and how in ("ended", "ends_soon"))
        if exemption is None or not readable:
            return
        day = i18n.full_day(exemption.until_on) if exemption.until_on else ""
        if how == "ended":
            text = self.tr("The certificate ended on {day}. New invoices charge tax.")
        else:
            text = self.tr("The certificate ends on {day}. After that, new invoices charge tax.")
        self.warning.set_notice(text.format(day=day), "warn", "warning")

    def _summarise(self) -> None:
        """What the folded part holds, in a line."""
        own = sum(bool(editor.value()) for editor in self._own.values())
        self.set_summary(
            i18n.joined(
                [
                    self.tags.text(),
                    self.source.text(),
                    self.language.words(),
                    str(self.crew.currentData() or ""),
                    str(self.price_list.currentData() or ""),
                    self.terms.currentText() if self.terms.currentData() is not None else "",
                    self.tr("exempt from tax") if self.exempt.isChecked() else "",
                    self.tr("electronic invoices") if self.electronic.isChecked() else "",
                    i18n.plural(own, self.tr("{n} own field"), self.tr("{n} own fields"))
                    if own
                    else "",
                ]
            )
        )


def _offer(combo: ComboBox, none: str, names: tuple[str, ...], chosen: str) -> None:
    """Fill a drop-down of names; the first entry is for none."""
    combo.clear()
    combo.addItem(none, "")
    for name in names:
        combo.addItem(name, name)
    at = next((n for n, name in enumerate(names) if fold(name) == fold(chosen)), -1)
    combo.setCurrentIndex(at + 1 if chosen else 0)
