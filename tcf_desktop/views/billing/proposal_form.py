"""The form of a proposal: who, where, until when, the lines, the deposit and what it comes to."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.discounts import parse_discount
from tcf_desktop.domain.proposal_print import OptionFacts, ProposalFacts, ProposalLineFacts
from tcf_desktop.domain.tax import DocumentTerms, RoundingPolicy, TaxPart
from tcf_desktop.itemmodels.invoice_lines import SERVICE, discount_text
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.proposal_drafts import ProposalDraft, ProposalFigures, figures_of
from tcf_desktop.services.queries.billing_choices import PlaceChoice
from tcf_desktop.views.billing.editor_panes import RoomyForm
from tcf_desktop.views.billing.form_fields import MessageFields
from tcf_desktop.views.billing.proposal_content import ProposalContent
from tcf_desktop.views.billing.proposal_sections import ProposalSections
from tcf_desktop.views.billing.totals import TotalsBlock
from tcf_desktop.views.common import ComboBox, DateEdit, FormField, LineEdit, TextArea

_WORDS_ROOM = 160


class ProposalForm(RoomyForm):
    """``edited`` after every change; ``refused`` with why a figure was not taken."""

    edited = Signal()
    refused = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.setObjectName("proposal.form")
        self._content: ProposalContent | None = None
        self._today = ""
        self._filling = False
        self._deposit = (0, 0)
        self._figures: ProposalFigures | None = None
        self.layout_.setSpacing(12)
        self.above = QVBoxLayout()  # what one that was sent says of itself
        self.layout_.addLayout(self.above)
        self.fields = QWidget()
        column = QVBoxLayout(self.fields)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._build_head())
        self.sections = ProposalSections()
        self.sections.edited.connect(self._on_edited)
        self.sections.refused.connect(self.refused)
        self.sections.leftDown.connect(self._on_sections_left_down)
        column.addWidget(self.sections)
        column.addSpacing(4)
        column.addLayout(self._build_foot())
        self.layout_.addWidget(self.fields)
        self.layout_.addStretch(1)

    # building

    def _build_head(self) -> QGridLayout:
        self.customer = LineEdit(icon="user", object_name="proposal.customer")
        self.customer.setReadOnly(True)
        self.title = LineEdit(object_name="proposal.title")
        self.title.setPlaceholderText(self.tr("Such as: windows inside and out, spring"))
        self.place = ComboBox(object_name="proposal.place")
        self.tax = ComboBox(object_name="proposal.tax")
        self.bill_to = TextArea(lines=3, object_name="proposal.billTo")
        self.valid = DateEdit(object_name="proposal.valid")
        for combo in (self.place, self.tax):
            combo.setSizeAdjustPolicy(combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.tax_field = FormField(self.tr("Tax"), self.tax)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(FormField(self.tr("Customer"), self.customer), 0, 0)
        grid.addWidget(FormField(self.tr("Service location"), self.place), 0, 1)
        grid.addWidget(FormField(self.tr("Title"), self.title), 1, 0, 1, 2)
        grid.addWidget(FormField(self.tr("Address on the proposal"), self.bill_to), 2, 0, 2, 1)
        grid.addWidget(FormField(self.tr("Valid until"), self.valid), 2, 1)
        grid.addWidget(self.tax_field, 3, 1)
        self.title.textEdited.connect(self._on_edited)
        self.bill_to.textChanged.connect(self._on_edited)
        self.valid.dateChanged.connect(self._on_edited)
        self.place.currentIndexChanged.connect(self._on_place_changed)
        self.tax.currentIndexChanged.connect(self._on_tax_changed)
        return grid

    def _build_foot(self) -> QHBoxLayout:
        self.below = MessageFields(self.tr("Message on the proposal"))
        self.below.message.setObjectName("proposal.message")
        self.below.edited.connect(self._on_edited)
        self.below.refused.connect(self.refused)
        self.deposit = LineEdit(object_name="proposal.deposit")
        self.deposit.setPlaceholderText(self.tr("30% or an amount"))
        self.deposit.textEdited.connect(self._on_deposit_edited)
        self.deposit.editingFinished.connect(self._on_deposit_finished)
        self.internal = TextArea(lines=2, object_name="proposal.internal")
        self.internal.textChanged.connect(self._on_edited)
        self.totals = TotalsBlock()
        self.totals.setObjectName("proposal.totals")
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self.below)
        left.addWidget(FormField(self.tr("Own note, for the office only"), self.internal))
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.totals)
        right.addWidget(FormField(self.tr("Deposit when it is accepted"), self.deposit))
        right.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(24)
        foot.addLayout(left, 10)
        foot.addLayout(right, 11)
        return foot

    # showing

    def show_content(self, content: ProposalContent, today: str) -> None:
        """Fill the form with a draft; of one that was sent it shows no fields."""
        self._content, self._today, self._filling = content, today, True
        self.fields.setVisible(content.is_draft)
        draft = content.detail.draft
        self.customer.setText(content.detail.customer)
        self.customer.setCursorPosition(0)
        self.title.setText(draft.title)
        self.bill_to.setText(draft.bill_to)
        self.valid.set_iso(draft.valid_until_on or today)
        self._fill_places(content)
        self.tax.clear()
        self.tax.addItem(self.tr("No tax"), None)
        for choice in content.taxes:
            self.tax.addItem(choice.name, choice.id)
        self.tax.select_data(draft.tax_id)
        self.tax_field.setVisible(bool(content.taxes))
        discount = (draft.discount_ppm, draft.discount_fixed_cents)
        self.below.fill(draft.message, discount, content.detail.currency)
        self._deposit = (draft.deposit_ppm, draft.deposit_fixed_cents)
        self.deposit.setText(discount_text(*self._deposit, content.detail.currency))
        self.internal.setText(draft.internal_note)
        self.sections.fill(content, self.parts())
        self._filling = False
        self._compute()

    def take_quietly(self, content: ProposalContent) -> None:
        """What is known beside the form changed; nothing in its fields does."""
        self._content = content
        self._compute()

    def _fill_places(self, content: ProposalContent) -> None:
        self.place.clear()
        for choice in content.places:
            self.place.addItem(choice.label, choice.id)
        self.place.addItem(self.tr("No place"), None)
        wanted = self.place.findData(content.detail.draft.location_id)
        self.place.setCurrentIndex(wanted if wanted >= 0 else self.place.count() - 1)

    # what stands in the form

    def parts(self) -> tuple[TaxPart, ...]:
        """The parts of the chosen tax."""
        assert self._content is not None
        chosen = self.tax.currentData()
        return next((tax.parts for tax in self._content.taxes if tax.id == chosen), ())

    def draft(self) -> ProposalDraft:
        """The draft as it stands."""
        assert self._content is not None
        stored = self._content.detail.draft
        place = self._place()
        kept = self.place.currentData() == stored.location_id
        share, cents = self.below.value()
        return ProposalDraft(
            location_id=self.place.currentData(),
            title=self.title.text().strip(),
            bill_to=self.bill_to.text(),
            service_place=stored.service_place if kept else (place.snapshot if place else ""),
            valid_until_on=self.valid.iso(),
            follow_up_on=stored.follow_up_on,
            tax_id=self.tax.currentData(),
            message=self.below.message.text(),
            lines=self.sections.drafts(),
            options=self.sections.options(),
            discount_ppm=share,
            discount_fixed_cents=cents,
            deposit_ppm=self._deposit[0],
            deposit_fixed_cents=self._deposit[1],
            prices_include_tax=stored.prices_include_tax,
            tax_note=stored.tax_note,
            language=stored.language,
            internal_note=self.internal.text(),
        )

    def facts(self) -> ProposalFacts:
        """The page of what stands in the form, with figures by the one function."""
        assert self._content is not None
        assert self._figures is not None
        detail, draft = self._content.detail, self.draft()
        return ProposalFacts(
            number=detail.number or "",
            revision=detail.revision,
            state=detail.state,
            title=draft.title,
            bill_to=draft.bill_to,
            service_place=draft.service_place,
            dated_on=self._today,
            valid_until_on=draft.valid_until_on,
            currency=detail.currency,
            message=draft.message,
            notes=self._content.notes.at(draft.location_id),
            tax_note=draft.tax_note,
            prices_include_tax=draft.prices_include_tax,
            discount_ppm=draft.discount_ppm,
            lines=tuple(
                ProposalLineFacts(
                    line.name,
                    line.description,
                    line.qty_milli,
                    line.unit,
                    line.unit_price_e4,
                    amount,
                    line.discount_ppm,
                    line.discount_fixed_cents,
                    line.option_n,
                    line.is_optional,
                    line.is_chosen,
                )
                for line, amount in zip(draft.lines, self._figures.amounts, strict=True)
            ),
            options=self._option_facts(draft),
            language=draft.language,
        )

    def _option_facts(self, draft: ProposalDraft) -> tuple[OptionFacts, ...]:
        assert self._figures is not None
        named = dict(enumerate(draft.options, 1))
        found = []
        for each in self._figures.options:
            option, totals = named.get(each.option_n), each.totals
            found.append(
                OptionFacts(
                    each.option_n,
                    option.name if option else "",
                    option.description if option else "",
                    totals.subtotal_cents,
                    totals.discount_cents,
                    totals.net_cents,
                    totals.total_cents,
                    each.deposit_cents,
                    totals.taxes,
                )
            )
        return tuple(found)

    def lacks_room(self) -> int:
        if not self.sections.sections:
            return 0
        table = self.sections.first().table
        return max(0, theme().scaled(_WORDS_ROOM) - table.columnWidth(SERVICE))

    def _place(self) -> PlaceChoice | None:
        assert self._content is not None
        chosen = self.place.currentData()
        return next((place for place in self._content.places if place.id == chosen), None)

    # figures

    def _compute(self) -> bool:
        """The figures of what stands there; what cannot be is said and the old ones stay."""
        assert self._content is not None
        draft = self.draft()
        policy = RoundingPolicy.of(self._content.detail.rounding)
        try:
            self._figures = figures_of(draft, self.parts(), policy)
        except AppError as error:
            self.refused.emit(error)
            return False
        facts = self._option_facts(draft)
        self.totals.show_rows(option_rows(facts, draft.terms, self._content.detail.currency))
        return True

    # slots

    def _on_edited(self) -> None:
        if self._filling or self._content is None or not self._content.is_draft:
            return
        if self._compute():
            self.edited.emit()

    def _on_place_changed(self) -> None:
        if self._filling:
            return
        assert self._content is not None
        place = self._place()
        self.sections.set_quantities(self._content.defaults.quantities_at(self.place.currentData()))
        if place is not None and place.tax_id is not None and self.tax.currentData() is not None:
            self.tax.select_data(place.tax_id)
        self._on_edited()

    def _on_tax_changed(self) -> None:
        if not self._filling:
            self.sections.set_parts(self.parts())
            self._on_edited()

    def _on_deposit_edited(self, text: str) -> None:
        """What can be understood counts at once; the rest is said when the field is left."""
        assert self._content is not None
        try:
            found = parse_discount(text, self._content.detail.currency, i18n.number_style())
        except AppError:
            return
        if found != self._deposit:
            self._deposit = found
            self._on_edited()

    def _on_deposit_finished(self) -> None:
        if self._content is None:
            return
        currency = self._content.detail.currency
        try:
            parse_discount(self.deposit.text(), currency, i18n.number_style())
        except AppError as error:
            self.refused.emit(error)
        self.deposit.setText(discount_text(*self._deposit, currency))

    def _on_sections_left_down(self) -> None:
        self.below.message.setFocus()


def option_rows(
    options: tuple[OptionFacts, ...], terms: DocumentTerms, currency: str
) -> list[tuple[str, str]]:
    """Labels and amounts as they are shown: the figures of the one offer, or each alternative's
    total."""

    def money(cents: int) -> str:
        return i18n.money(cents, currency)

    if len(options) > 1:
        return [(option.name, money(option.total_cents)) for option in options]
    only = options[0]
    rows = [(_tr("Subtotal"), money(only.subtotal_cents))]
    if only.discount_cents:
        rows.append((_tr("Discount"), money(-only.discount_cents)))
    if only.taxes and (terms.prices_include_tax or only.discount_cents):
        rows.append((_tr("Net"), money(only.net_cents)))
    for tax in only.taxes:
        label = _tr("{name} {rate} of {base}").format(
            name=tax.name, rate=i18n.rate(tax.rate_ppm), base=money(tax.base_cents)
        )
        rows.append((label, money(tax.tax_cents)))
    if only.deposit_cents:
        rows.append((_tr("Deposit"), money(only.deposit_cents)))
    return [*rows, (_tr("Total"), money(only.total_cents))]


def _tr(text: str) -> str:
    return QCoreApplication.translate("ProposalForm", text)
