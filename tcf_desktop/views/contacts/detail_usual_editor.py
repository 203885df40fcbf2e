"""How often somebody wants something, written right in the detail pane."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import Place
from tcf_desktop.domain.frequency import due_on
from tcf_desktop.domain.money import parse_amount
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.services.frequencies import FrequencyDraft
from tcf_desktop.services.queries.appointment import ServiceRow
from tcf_desktop.services.queries.due import DueRow
from tcf_desktop.views.common import ComboBox, FormField, LineEdit, PrimaryButton, QuietButton
from tcf_desktop.views.common.dates import DayField
from tcf_desktop.views.contacts.detail_inline_editor import InlineEditor
from tcf_desktop.views.due.rhythm_field import RhythmField

if TYPE_CHECKING:
    from tcf_desktop.domain.frequency import Rhythm
    from tcf_desktop.views.context import ViewContext


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactDetail", text)


@dataclass(frozen=True, slots=True)
class TypedFrequency:
    """What stands in the editor; ``row`` is the one that is changed."""

    contact_id: int
    row: DueRow | None
    text: str
    service_id: int | None
    location_id: int | None
    price: str
    starts: str


class FrequencyEditor(InlineEditor):
    """Service, place, how often, for how much and from when on. ``keepRequested`` gives the id (or
    None) and the draft. Enter in a field or Ctrl+Enter keeps, Esc leaves."""

    keepRequested = Signal(object, object)

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__()
        self.setObjectName("contacts.usual.editor")
        self._ctx = ctx
        self._contact_id = 0
        self._row: DueRow | None = None
        self._before: TypedFrequency | None = None
        self.service = _combo("contacts.usual.service")
        self.place = _combo("contacts.usual.place")
        self.often = RhythmField(
            _tr("How often"), "contacts.usual.often", _tr("counted from the last visit")
        )
        self.price = LineEdit(object_name="contacts.usual.price")
        self.price.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.price_field = FormField(_tr("Agreed price"), self.price)
        self.starts = DayField(ctx.today, object_name="contacts.usual.starts")
        self.starts_field = FormField(_tr("Count from"), self.starts)
        self.keep = PrimaryButton(
            _tr("Keep"), tooltip=_tr("Keep it (Ctrl+Enter)"), object_name="contacts.usual.keep"
        )
        leave = QuietButton(
            _tr("Cancel"),
            tooltip=_tr("Leave without keeping it (Esc)"),
            object_name="contacts.usual.cancel",
        )
        pair = QHBoxLayout()
        pair.setSpacing(8)
        pair.addWidget(FormField(_tr("Service"), self.service), 1)
        pair.addWidget(FormField(_tr("Where"), self.place), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 12)
        column.setSpacing(8)
        column.addLayout(pair)
        column.addWidget(self.often)
        terms = QHBoxLayout()
        terms.setSpacing(8)
        for field in (self.price_field, self.starts_field):
            terms.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(terms)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(leave)
        foot.addWidget(self.keep)
        column.addLayout(foot)
        self.keep.clicked.connect(lambda *_: self.submit())
        leave.clicked.connect(lambda *_: self.left.emit())
        for edit in (self.often.edit, self.price, self.starts):
            edit.returnPressed.connect(self.submit)
        self.price.textChanged.connect(lambda *_: self.price_field.set_hint(""))
        self.price.editingFinished.connect(self._tidy_price)
        self.starts.textChanged.connect(lambda *_: self._say_due())
        self.starts.isoChanged.connect(self._say_due)
        self.often.changed.connect(self._say_due)

    def start(
        self,
        contact_id: int,
        row: DueRow | None,
        services: Sequence[ServiceRow],
        places: Sequence[Place],
    ) -> None:
        """A new one, or one to change."""
        self._contact_id, self._row = contact_id, row
        self.service.clear()
        self.service.addItem(_tr("Any visit"), None)
        for service in services:
            self.service.addItem(service.name[:80], service.id)
        self.place.clear()
        self.place.addItem(_tr("Any place"), None)
        for place in places:
            if place.id is not None:
                text = i18n.joined([place.name, place.street])
                self.place.addItem(text[:80] or _tr("Location"), place.id)
        if row is not None:
            if row.service_id is not None and self.service.findData(row.service_id) < 0:
                self.service.addItem(row.title[:80], row.service_id)  # it is sold no more
            self.service.select_data(row.service_id)
            self.place.select_data(row.location_id)
        elif self.place.count() == 2:
            self.place.setCurrentIndex(1)
        self.often.set_rhythm(row.rhythm if row is not None else None)
        last = row.last_cents if row is not None else None
        as_last = _tr("As last time")
        if last is not None:
            as_last = i18n.joined([as_last, self._money(last)])
        self.price.setPlaceholderText(as_last)
        agreed = row.price_cents if row is not None else None
        self.price.setText("" if agreed is None else self._amount(agreed))
        self.starts.setPlaceholderText(_tr("Today") if row is None or row.starts_on else "")
        self.starts.set_iso(row.starts_on if row is not None else "")
        self._say_due()
        self._before = self.typed()
        first = self.often.edit if row is not None else self.service
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def typed(self) -> TypedFrequency:
        """What stands in the fields."""
        return TypedFrequency(
            self._contact_id,
            self._row,
            self.often.edit.text(),
            self.service.currentData(),
            self.place.currentData(),
            self.price.text().strip(),
            self.starts.iso(),
        )

    def take_up(self, typed: TypedFrequency) -> None:
        """Put back what was typed before, after :meth:`start`."""
        self.often.edit.setText(typed.text)
        self.service.select_data(typed.service_id)
        self.place.select_data(typed.location_id)
        self.price.setText(typed.price)
        self.starts.set_iso(typed.starts)

    def is_touched(self) -> bool:
        """Whether something would be lost."""
        return self.typed() != self._before

    def submit(self) -> None:
        """Keep it when everything is clear; else say what is not."""
        rhythm: Rhythm | None = self.often.rhythm()
        if rhythm is None:
            self.often.complain()
            return
        try:
            price = self._cents()
        except AppError as error:
            self.price_field.set_hint(words_of(error).text(), "bad")
            _go_back_to(self.price)
            return
        if not self.starts.is_understood():
            how = _tr("Write it like “9/1”, “sep 1 2027” or “+6w”.")
            self.starts_field.set_hint(how, "bad")
            _go_back_to(self.starts)
            return
        row = self._row
        starts = self.starts.iso()
        untouched = row is not None and starts == row.starts_on
        draft = FrequencyDraft(
            self._contact_id,
            rhythm,
            self.place.currentData(),
            self.service.currentData(),
            title=row.title if row is not None and row.service_id is None else "",
            price_cents=price,
            starts_on=None if untouched else starts or self._ctx.today(),
        )
        self.keepRequested.emit(None if row is None else row.id, draft)

    def _cents(self) -> int | None:
        """The agreed price; None for the one of the last time."""
        text = self.price.text().strip()
        if not text:
            return None
        cents = parse_amount(text, self._ctx.currency(), i18n.number_style())
        if cents < 0:
            raise AppError("money.not_an_amount", text=text)
        return cents

    def _tidy_price(self) -> None:
        try:
            cents = self._cents()
        except AppError:
            return  # it stays as typed; keeping it says what is wrong
        if cents is not None and self.price.isModified():
            self.price.setText(self._amount(cents))

    def _say_due(self) -> None:
        """What the day to count from means."""
        row, rhythm = self._row, self.often.rhythm()
        said = _tr("while there is no visit")
        if not self.starts.is_understood():
            said = _tr("Not clear yet")
        elif row is not None and row.last_on:
            said = _tr("only without a visit; the last was on {day}").format(
                day=i18n.full_day(row.last_on)
            )
        elif rhythm is not None:
            first = date.fromisoformat(self.starts.iso() or self._ctx.today())
            said = _tr("first due {day}, while there is no visit").format(
                day=i18n.full_day(due_on(first, rhythm))
            )
        self.starts_field.set_hint(said)

    def _amount(self, cents: int) -> str:
        return i18n.amount(cents, self._ctx.currency())

    def _money(self, cents: int) -> str:
        return i18n.money(cents, self._ctx.currency())


def _go_back_to(edit: LineEdit) -> None:
    edit.setFocus()
    edit.selectAll()


def _combo(name: str) -> ComboBox:
    """One whose longest entry does not widen the pane."""
    combo = ComboBox(object_name=name)
    combo.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(12)
    return combo
