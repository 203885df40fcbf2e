"""The appointment editor: a pane over the grid, for a new appointment or a stored one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain import appointments as rules
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.appointment_values import AppointmentDraft
from tcf_desktop.services.queries import appointment as queries
from tcf_desktop.services.queries.appointment import AppointmentDetail, PlaceRow, ServiceRow
from tcf_desktop.services.queries.contact_defaults import ContactDefaults, contact_defaults
from tcf_desktop.services.queries.schedule import CrewRow, WorkerRow
from tcf_desktop.views.common import ComboBox
from tcf_desktop.views.schedule.again_field import service_of
from tcf_desktop.views.schedule.editor_form import EditorForm
from tcf_desktop.views.schedule.wording import state_words

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.queries.book_again import Suggestion
    from tcf_desktop.views.context import ViewContext

_CHECK_MS = 200


class AppointmentEditor(EditorForm):
    """Holds what is typed; ``finished`` gives the draft, the page makes the command of it."""

    finished = Signal(object, object)  # AppointmentDraft, appointment id or None
    closed = Signal()
    newContactRequested = Signal(str)

    def __init__(
        self,
        ctx: ViewContext,
        prices: tuple[ServiceRow, ...],
        crews: tuple[CrewRow, ...],
        workers: tuple[WorkerRow, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(ctx, crews, workers, parent)
        self._id: int | None = None
        self._contact_id: int | None = None
        self._zone = ctx.zone()
        self._length_typed = False
        self._usual = ContactDefaults()
        self._usual_who = ""  # the crew that was put in because it is this customer's
        self._before: AppointmentDraft | None = None
        self._checker = QTimer(self)
        self._checker.setSingleShot(True)
        self._checker.setInterval(_CHECK_MS)
        self._checker.timeout.connect(self._on_checker_timeout)
        self._connect()
        self.services.set_prices(prices)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.finish)
        QShortcut(QKeySequence("Ctrl+Enter"), self, self.finish)
        QShortcut(QKeySequence("Esc"), self, self.leave)

    def _connect(self) -> None:
        self.close_button.clicked.connect(lambda *_: self.leave())
        self.cancel.clicked.connect(lambda *_: self.closed.emit())
        self.save.clicked.connect(lambda *_: self.finish())
        self.kind.chosen.connect(self._on_kind_chosen)
        self.customer.chosen.connect(self._on_customer_chosen)
        self.customer.newRequested.connect(self.newContactRequested)
        self.customer.cleared.connect(self._on_customer_cleared)
        self.services.changed.connect(self._on_services_changed)
        self.length.textEdited.connect(self._on_length_edited)
        self.all_day.toggled.connect(self._on_all_day_toggled)
        self.place.currentIndexChanged.connect(self._follow_usual)
        self.place.currentIndexChanged.connect(self._later)
        self.who.activated.connect(self._on_who_activated)
        for combo in (self.arrival, self.who):
            combo.currentIndexChanged.connect(self._later)
        for field in (self.day, self.start, self.length):
            field.valueChanged.connect(self._later)

    # filling

    def start_new(self, starts_local: str, minutes: int, crew_id: int | None) -> None:
        """A new appointment at a place of the grid."""
        self._id, self._contact_id = None, None
        self.heading.setText(self.tr("New appointment"))
        self.save.setText(self.tr("Book it"))
        self._length_typed = minutes != 60
        start = datetime.fromisoformat(starts_local)
        self.day.set_value(start.date())
        self.start.set_value(start.hour * 60 + start.minute)
        self.length.set_value(minutes)
        self.who.select_data(f"crew:{crew_id}" if crew_id is not None else "")
        self._set_kind("job")
        self._fill_states("confirmed")
        self._set_places(())
        self._before = None
        self.customer.setFocus()
        self._later()

    def start_edit(self, detail: AppointmentDetail, places: tuple[PlaceRow, ...]) -> None:
        """A stored appointment."""
        self._id, self._contact_id = detail.id, detail.contact_id
        self.heading.setText(self.tr("Edit appointment"))
        self.save.setText(self.tr("Save"))
        self._length_typed = True
        self._zone = detail.zone
        self.customer.show_contact(detail.contact_name)
        self.title.setText(detail.title)
        start = datetime.fromisoformat(detail.starts_local)
        self.day.set_value(start.date())
        self.start.set_value(start.hour * 60 + start.minute)
        self.length.set_value(
            detail.minutes if not detail.all_day else max(1, detail.minutes // 1440) * 1440
        )
        self.all_day.setChecked(detail.all_day)
        window = detail.arrival_minutes or 0
        _choose(self.arrival, window, i18n.minutes_text(window))
        if detail.worker_id is not None:
            _choose(self.who, f"worker:{detail.worker_id}", detail.worker_name)
        elif detail.crew_id is not None:
            _choose(self.who, f"crew:{detail.crew_id}", detail.crew_name)
        if detail.zone != self.ctx.zone():
            self.start_field.set_hint(self.tr("{zone} time").format(zone=detail.zone))
        self.services.set_lines(detail.lines)
        self.note.setText(detail.note)
        self._set_kind(detail.kind)
        self._fill_states(detail.state)
        self._set_places(places, detail.location_id)
        self._on_all_day_toggled()
        self._before = self.draft()
        self._read_usual()
        self.title.setFocus()
        self._later()

    def take_offer(self, offered: Suggestion, places: tuple[PlaceRow, ...]) -> None:
        """What somebody who is due is offered, after :meth:`start_new`; the day is asked for."""
        self._length_typed = True
        self._contact_id = offered.contact_id
        self.customer.show_contact(offered.name)
        self.title.setText(offered.title)
        if offered.worker_id is not None and offered.crew_id is None:
            self.who.select_data(f"worker:{offered.worker_id}")
        window = offered.arrival_minutes or 0
        _choose(self.arrival, window, i18n.minutes_text(window))
        if offered.crew_id is not None or offered.worker_id is not None:
            self._usual_who = "chosen"  # who was there last time
        self.services.set_lines(offered.lines)
        self._set_places(places, offered.location_id)
        self._read_usual()
        self.day.setFocus()
        self.day.selectAll()
        self._later()

    def set_contact(self, contact_id: int, name: str) -> None:
        """A customer, found or newly made; his locations follow."""
        self._contact_id = contact_id
        self.customer.show_contact(name)
        self.ctx.tasks.read(self, lambda r: queries.places(r, contact_id), self._set_places)
        self._read_usual()
        self.title.setFocus()

    def _read_usual(self) -> None:
        """What this customer usually gets; it touches nothing that is stored or typed."""
        contact_id = self._contact_id

        def answer(usual: ContactDefaults) -> None:
            if contact_id == self._contact_id:
                self._usual = usual
                self._give_to_usual_crew()
                self._follow_usual()

        self.ctx.tasks.read(self, lambda r: contact_defaults(r, contact_id), answer)

    def _give_to_usual_crew(self) -> None:
        chosen = str(self.who.currentData() or "")
        if self._id is not None or chosen != self._usual_who:
            return
        crew_id = self._usual.crew_id
        wanted = f"crew:{crew_id}" if crew_id is not None else ""
        if self.who.findData(wanted) >= 0 and wanted != chosen:
            self._usual_who = wanted
            self.who.setCurrentIndex(self.who.findData(wanted))

    def _follow_again(self) -> None:
        """How often this work is wanted again, by whom and where it is now."""
        place = self.place.currentData() if self._contact_id is not None else None
        self.again.follow(self._contact_id, place, service_of(self.services.lines()))
        self.again.setVisible(self.kind.key() == "job" and self._contact_id is not None)

    def _follow_usual(self) -> None:
        self.services.set_usual(
            self._usual.prices, self._usual.quantities_at(self.place.currentData())
        )

    # what is typed

    def draft(self) -> AppointmentDraft:
        """Everything as it stands in the fields."""
        day, minute = self.day.value(), self.start.value()
        minutes = self.length.value()
        assert isinstance(day, date)
        assert isinstance(minute, int)
        assert isinstance(minutes, int)
        all_day = self.all_day.isChecked()
        start = datetime.combine(day, time()) + timedelta(minutes=0 if all_day else minute)
        if all_day:
            minutes = max(1, -(-minutes // 1440)) * 1440
        kind_of_who, _, who_id = str(self.who.currentData() or "").partition(":")
        kind = self.kind.key()
        with_customer = kind in ("job", "estimate", "task")
        contact_id = self._contact_id if with_customer else None
        return AppointmentDraft(
            starts_local=rules.format_local(start),
            minutes=minutes,
            zone=self._zone,
            kind=kind,
            title=self.title.text().strip(),
            contact_id=contact_id,
            location_id=self.place.currentData() if contact_id is not None else None,
            all_day=all_day,
            arrival_minutes=self.arrival.currentData() or None,
            crew_id=int(who_id) if kind_of_who == "crew" else None,
            worker_id=int(who_id) if kind_of_who == "worker" else None,
            state=self.state.currentData(),
            note=self.note.text().strip(),
            lines=self.services.lines() if kind in ("job", "estimate") else (),
        )

    def finish(self) -> None:
        """Book or save when there is enough to go by."""
        draft = self.draft()
        if draft.contact_id is None and not draft.title:
            words = self.tr("Choose a customer, or write what it is.")
            self.customer_field.set_hint(words, "bad")
            self.customer.setFocus()
            return
        for field in (self.day, self.start, self.length):
            if not field.is_understood():
                field.setFocus()
                field.selectAll()
                return
        if not self.again.is_clear() and not self.again.isHidden():
            self.again.complain()
            return
        self.finished.emit(draft, self._id)

    def leave(self) -> None:
        """Esc: a stored appointment keeps what was changed, a new one is not booked."""
        draft = self.draft()
        changed = draft != self._before or self.again.command(draft) is not None
        if self._id is not None and self._before is not None and changed:
            self.finish()
            return
        self.closed.emit()

    # parts of the form

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

    def _set_kind(self, kind: str) -> None:
        self.kind.set_key(kind)
        self._on_kind_chosen(kind)

    def _set_places(self, places: tuple[PlaceRow, ...], chosen: int | None = None) -> None:
        self.place.clear()
        for place in places:
            self.place.addItem(i18n.joined([place.name, place.address]), place.id)
        if not places:
            self.place.addItem(self.tr("No address yet"), None)
        if chosen is not None:
            self.place.select_data(chosen)
        self.place_field.setVisible(self._contact_id is not None)

    # what happens

    def _on_kind_chosen(self, kind: str) -> None:
        visit = kind in ("job", "estimate")
        self.customer_field.setVisible(kind != "personal")
        self.place_field.setVisible(kind != "personal" and self._contact_id is not None)
        self.services_field.setVisible(visit)
        self.arrival_field.setVisible(visit and not self.all_day.isChecked())
        self._follow_again()

    def _on_customer_chosen(self, contact_id: int, name: str) -> None:
        self.customer_field.set_hint("")
        self.set_contact(contact_id, name)

    def _on_customer_cleared(self) -> None:
        self._contact_id = None
        self.place_field.hide()
        self._usual = ContactDefaults()
        self._follow_usual()
        self._follow_again()

    def _on_who_activated(self) -> None:
        self._usual_who = "chosen"

    def _on_services_changed(self) -> None:
        usual = self.services.minutes()
        if usual and not self._length_typed:
            self.length.set_value(usual)
        self._later()

    def _on_length_edited(self) -> None:
        self._length_typed = True

    def _on_all_day_toggled(self) -> None:
        whole = self.all_day.isChecked()
        self.start_field.setVisible(not whole)
        self.length_field.setVisible(not whole)
        self.arrival_field.setVisible(not whole and self.kind.key() in ("job", "estimate"))
        self._later()

    def _later(self) -> None:
        self._follow_again()
        self._checker.start()

    def _on_checker_timeout(self) -> None:
        """Say beside the fields what would clash; it may be booked all the same."""
        draft = self.draft()
        warnings = [text for text in (self._clock_words(draft), self._hours_words(draft)) if text]
        if draft.all_day or (draft.crew_id is None and draft.worker_id is None):
            self._warn(warnings)
            return
        try:
            moment = rules.instants(draft.starts_local, draft.minutes, draft.zone)
        except AppError:
            return
        in_crew = {worker.id: worker.crew_id for worker in self._workers}
        claim = rules.Claim(
            moment.starts_at, moment.ends_at, draft.state, draft.crew_id, draft.worker_id,
            in_crew.get(draft.worker_id or 0),
        )  # fmt: skip

        def asked(r: Reader) -> tuple[tuple[str, str], ...]:
            return queries.clashes(r, claim, but_not=self._id)

        self.ctx.tasks.read(self, asked, lambda hits: self._on_clashes(hits, warnings))

    def _on_clashes(self, hits: tuple[tuple[str, str], ...], warnings: list[str]) -> None:
        who = self.who.currentText()
        busy = [
            self.tr("{who} is with {name} at {time} then.").format(
                who=who, name=name, time=i18n.clock_time(start)
            )
            for name, start in hits[:2]
        ]
        self._warn(busy + warnings)

    def _hours_words(self, draft: AppointmentDraft) -> str:
        if draft.all_day:
            return ""
        start = datetime.fromisoformat(draft.starts_local)
        minute = start.hour * 60 + start.minute
        if start.weekday() >= 5:
            return self.tr("It is on a weekend.")
        if minute < rules.WORK_FROM or minute + draft.minutes > rules.WORK_TO:
            return self.tr("It is outside working hours.")
        return ""

    def _clock_words(self, draft: AppointmentDraft) -> str:
        if draft.all_day or not rules.is_skipped(draft.starts_local, draft.zone):
            return ""
        return self.tr("The clock is put forward then; it will begin an hour later.")

    def _warn(self, warnings: list[str]) -> None:
        text = " ".join(warnings)
        self.notice.setVisible(bool(text))
        if text:
            self.notice.set_notice(text, "warn", "warning")


def _choose(combo: ComboBox, data: object, text: str) -> None:
    """Choose an entry, adding it when it is none of the usual ones (a crew dissolved since)."""
    if combo.findData(data) < 0:
        combo.addItem(text, data)
    combo.select_data(data)
