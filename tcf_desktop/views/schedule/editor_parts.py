"""What the parts of the appointment form say to each other."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tcf_desktop.domain import appointments as rules
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.checklists import service_checklists
from tcf_desktop.views.common import ComboBox
from tcf_desktop.views.schedule.editor_form import EditorForm
from tcf_desktop.views.schedule.wording import state_words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tcf_desktop.services.appointment_values import AppointmentDraft
    from tcf_desktop.services.queries.appointment import AppointmentDetail, PlaceRow
    from tcf_desktop.services.queries.schedule import CrewRow, WorkerRow
    from tcf_desktop.views.context import ViewContext
    from tcf_desktop.views.schedule.editor_fields import ForgivingEdit


class EditorParts(EditorForm):
    """The promised window follows the start, the checklist the services, the reason the state."""

    def __init__(
        self,
        ctx: ViewContext,
        crews: tuple[CrewRow, ...],
        workers: tuple[WorkerRow, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(ctx, crews, workers, parent)
        self._id: int | None = None
        self._contact_id: int | None = None
        self.stored: AppointmentDetail | None = None
        self._arrival_typed = False
        self.state.currentIndexChanged.connect(self._on_state_changed)
        self.arrival.currentIndexChanged.connect(self._follow_start)
        self.arrival_from.textEdited.connect(self._on_arrival_typed)
        self.start.valueChanged.connect(self._follow_start)
        self.day.valueChanged.connect(self._follow_day)
        ctx.tasks.read(self, service_checklists, self._on_usual_lists)

    def _fill_states(self, current: str) -> None:
        words = state_words()
        self.state.clear()
        for state in rules.STATES:
            allowed = rules.may_become(current, state) if self._id is not None else (
                state in ("confirmed", "tentative")
            )  # fmt: skip
            if state == current or allowed:
                self.state.addItem(words[state], state)
        self.state.select_data(current)
        self._on_state_changed()

    def _set_places(self, places: tuple[PlaceRow, ...], chosen: int | None = None) -> None:
        self.place.clear()
        for place in places:
            self.place.addItem(i18n.joined([place.name, place.address]), place.id)
        if not places:
            none = self.tr("No address yet")
            if self._contact_id is None:
                none = self.tr("The customer's address")
            self.place.addItem(none, None)
        if chosen is not None:
            self.place.select_data(chosen)
        self.place.setEnabled(bool(places))

    def _say_arrival(self, draft: AppointmentDraft) -> None:
        said = ""
        if draft.arrival_minutes and draft.arrival_from_local:
            said = self.tr("The customer is told {range}.").format(
                range=i18n.time_range(draft.arrival_from_local, draft.arrival_minutes)
            )
        self.arrival_words.setText(said)
        self.arrival_words.setVisible(bool(said))
        self.told.follow(draft)

    def _warn(self, warnings: list[str]) -> None:
        text = "\n".join(warnings)
        self.notice.setVisible(bool(text))
        if text:
            self.notice.set_notice(text, "warn", "warning")

    # the promised window, the checklist, the state

    def _promise(self, window: int, start_local: str | None) -> None:
        """Show a window; without a start of its own it begins with the appointment."""
        choose(self.arrival, window, i18n.minutes_text(window))
        if start_local is not None:
            told = rules.parse_local(start_local)
            self._arrival_typed = told.hour * 60 + told.minute != _number(self.start)
            self.arrival_from.set_value(told.hour * 60 + told.minute)
        self._follow_start()

    def _arrival_local(self, day: date) -> str:
        return rules.day_local(day, _number(self.arrival_from))

    def _follow_start(self) -> None:
        """The window begins with the appointment until somebody says otherwise."""
        if not self._arrival_typed:
            self.arrival_from.set_value(self.start.value())
        self.arrival_from_field.setVisible(bool(self.arrival.currentData()))

    def _on_arrival_typed(self) -> None:
        self._arrival_typed = True

    def _follow_day(self) -> None:
        day = self.day.value()
        if isinstance(day, date) and (self.stored is None or self.stored.series is None):
            self.repeat.set_first(day)

    def _on_usual_lists(self, found: dict[int, tuple[str, ...]]) -> None:
        self.checklist.set_usual(found)
        self._follow_lists()

    def _follow_lists(self) -> None:
        lines = self.services.lines()
        self.checklist.follow([line.service_id for line in lines if line.service_id is not None])

    def _on_state_changed(self) -> None:
        off = self.state.currentData() in rules.OFF_STATES
        self.reason_field.setVisible(off)
        if off and not self.reason.text() and self.state.hasFocus():
            self.reason.setFocus()


def _number(field: ForgivingEdit) -> int:
    value = field.value()
    assert isinstance(value, int)
    return value


def choose(combo: ComboBox, data: object, text: str) -> None:
    """Choose an entry, adding it when it is none of the usual ones (a crew dissolved since)."""
    if combo.findData(data) < 0:
        combo.addItem(text, data)
    combo.select_data(data)
