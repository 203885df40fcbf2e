"""What is usual for a contact and what the office wants to know besides, in the detail pane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout

from tcf_desktop.domain.contacts import ContactDraft, Exemption, Place, fold
from tcf_desktop.domain.exemptions import standing
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.contact_form import FormChoices, form_choices
from tcf_desktop.views.common import Chip, DataLabel, IconLabel, LinkButton
from tcf_desktop.views.contacts.detail_card import DetailCard, clear
from tcf_desktop.views.contacts.doubts import DoubtLine, phone_doubt
from tcf_desktop.views.contacts.form_more import language_name

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.queries.contact_detail import ContactDetail
    from tcf_desktop.views.context import ViewContext


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactDetail", text)


class AboutCard(DetailCard):
    """Hidden while nothing of it was said."""

    tables = ("custom_fields", "price_lists", "crews")

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__(ctx, _tr("About"), object_name="contacts.about")
        self.header.addStretch(1)
        edit = LinkButton(_tr("Edit"), object_name="contacts.about.edit")
        edit.setAccessibleName(_tr("Edit what is known about this contact"))
        edit.clicked.connect(lambda *_: self.editRequested.emit("more"))
        self.header.addWidget(edit)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)

    @staticmethod
    def load(r: Reader, _contact_id: int, _now_ms: int, _today: str, /) -> Any:
        return form_choices(r)

    def show_contact(self, detail: ContactDetail, facts: Any) -> None:
        clear(self._grid)
        draft = detail.draft
        for name, value in _usual(draft):
            self._add(name, DataLabel(value[:600], wrap=True))
        if draft.exemption is not None:
            self._add(_tr("Tax"), _exemption(draft.exemption, self.ctx.today()))
        for name, value in _own(draft, facts):
            self._add(name, DataLabel(value[:600], wrap=True))
        self.setVisible(self._grid.count() > 0)

    def _add(self, name: str, value: DataLabel | QVBoxLayout) -> None:
        row = self._grid.rowCount()
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(DataLabel(name[:120], color="text2", wrap=True), row, 0, top)
        if isinstance(value, QVBoxLayout):
            self._grid.addLayout(value, row, 1, top)
        else:
            self._grid.addWidget(value, row, 1, top)


def _usual(draft: ContactDraft) -> list[tuple[str, str]]:
    terms = ""
    if draft.terms_days is not None:
        terms = _tr("Net {days}").format(days=draft.terms_days)
        terms = terms if draft.terms_days else _tr("Due on receipt")
    facts = [
        (_tr("Language"), language_name(draft.language)),
        (_tr("Usual crew"), draft.crew),
        (_tr("Price list"), draft.price_list),
        (_tr("Payment terms"), terms),
        (_tr("Found through"), draft.source),
    ]
    return [(name, value) for name, value in facts if value]


def _own(draft: ContactDraft, choices: FormChoices) -> list[tuple[str, str]]:
    kinds = {fold(field.name): field.kind for field in choices.fields}
    return [
        (entry.name, shown(entry.value, kinds.get(fold(entry.name), ""))) for entry in draft.fields
    ]


def shown(value: str, kind: str) -> str:
    """A stored value of an own field as the reader writes it."""
    if kind == "date":
        return i18n.full_day(value)
    if kind == "number":
        return value.replace(".", i18n.number_style().decimal)
    return value


def _exemption(exemption: Exemption, today: str) -> QVBoxLayout:
    """That no tax is charged, the certificate, and a chip when it does not hold or not for long."""
    how = standing(exemption, today)
    lines = QVBoxLayout()
    lines.setSpacing(4)
    number = f"{exemption.region} {exemption.number}".strip()
    until = ""
    if exemption.until_on:
        day = i18n.full_day(exemption.until_on) or exemption.until_on
        until = _tr("until {day}").format(day=day)
    words = i18n.joined([_tr("Exempt"), number, until])
    lines.addWidget(DataLabel(words[:200], wrap=True))
    left = Qt.AlignmentFlag.AlignLeft
    if how == "ended":
        lines.addWidget(Chip(_tr("Ended"), "bad"), 0, left)
    elif how == "ends_soon":
        lines.addWidget(Chip(_tr("Ends soon"), "warn"), 0, left)
    return lines


def place_facts(place: Place, country: str) -> list[QLayout]:
    """Lines for the card of a location: gate code, the person there, what was measured."""
    lines: list[QLayout] = []
    if place.gate_code:
        text = _tr("Gate code {code}").format(code=place.gate_code[:120])
        lines.append(_line("lock-simple", "warn", DataLabel(text, wrap=True)))
    person = i18n.joined([place.person[:120], place.person_phone[:120]])
    if person:
        lines.append(_line("user", "text2", DataLabel(person, wrap=True)))
        words = phone_doubt(place.person_phone, country)
        if words:
            doubt = DoubtLine("contacts.place.doubt")
            doubt.say(words)
            lines.append(_line("", "", doubt))
    measured = [f"{entry.name} {shown(entry.value, 'number')}" for entry in place.measures]
    if measured:
        lines.append(_line("ruler", "text2", DataLabel(i18n.joined(measured)[:600], wrap=True)))
    return lines


def _line(icon: str, token: str, words: DataLabel | DoubtLine) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    if icon:
        row.addWidget(IconLabel(icon, token, 16), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(words, 1)
    return row
