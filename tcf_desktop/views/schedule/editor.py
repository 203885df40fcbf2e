"""The appointment editor: a pane over the grid, for a new appointment or a stored one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from tcf_desktop.domain import appointments as rules
from tcf_desktop.services.appointment_values import AppointmentDraft
from tcf_desktop.services.queries import appointment as queries
from tcf_desktop.services.queries.appointment import AppointmentDetail, PlaceRow, ServiceRow
from tcf_desktop.services.queries.contact_defaults import ContactDefaults, contact_defaults
from tcf_desktop.services.queries.schedule import CrewRow, WorkerRow
from tcf_desktop.views.schedule.again_field import service_of
from tcf_desktop.views.schedule.editor_checks import Judgement, judge, judgement_words
from tcf_desktop.views.schedule.editor_more import differing_zone, notes_of
from tcf_desktop.views.schedule.editor_parts import EditorParts, choose
from tcf_desktop.views.schedule.series_scope import first_of, series_of

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.queries.book_again import Suggestion
    from tcf_desktop.services.series_values import SeriesDraft
    from tcf_desktop.views.context import ViewContext

_CHECK_MS = 200


class AppointmentEditor(EditorParts):
    """Holds what is typed; ``finished`` gives the draft, the page makes the command of it."""

    finished = Signal(object, object)  # AppointmentDraft, appointment id or None
    closed = Signal()
    newContactRequested = Signal(str)
    timeRequested = Signal(object, object)  # AppointmentDraft, appointment id or None

    def __init__(
        self,
        ctx: ViewContext,
        prices: tuple[ServiceRow, ...],
        crews: tuple[CrewRow, ...],
        workers: tuple[WorkerRow, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(ctx, crews, workers, parent)
        self._series_before: SeriesDraft | None = None
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
        self.look.zoneChanged.connect(self._later)
        self.repeat.changed.connect(self._later)
        self.find_time.clicked.connect(lambda *_: self.timeRequested.emit(self.draft(), self._id))
        for combo in (self.arrival, self.who):
            combo.currentIndexChanged.connect(self._later)
        self.arrival_from.valueChanged.connect(self._later)
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
        self.set_kind("job")
        self._fill_states("confirmed")
        self._set_places(())
        self.repeat.set_series(None, start.date())
        self._follow_start()
        self._before = None
        self.customer.setFocus()
        self._later()

    def start_edit(self, detail: AppointmentDetail, places: tuple[PlaceRow, ...]) -> None:
        """A stored appointment."""
        self._id, self._contact_id, self.stored = detail.id, detail.contact_id, detail
        self.heading.setText(self.tr("Edit appointment"))
        self.save.setText(self.tr("Save"))
        self._length_typed = True
        self.customer.show_contact(detail.contact_name)
        self.title.setText(detail.title)
        start = datetime.fromisoformat(detail.starts_local)
        self.day.set_value(start.date())
        self.start.set_value(start.hour * 60 + start.minute)
        self.length.set_value(
            detail.minutes if not detail.all_day else max(1, detail.minutes // 1440) * 1440
        )
        self.all_day.setChecked(detail.all_day)
        self._promise(detail.arrival_minutes or 0, detail.arrival_from_local)
        self.told.show_known(detail.told_local)
        if detail.worker_id is not None:
            choose(self.who, f"worker:{detail.worker_id}", detail.worker_name)
        elif detail.crew_id is not None:
            choose(self.who, f"crew:{detail.crew_id}", detail.crew_name)
        self.look.show_look(detail.color_index, detail.zone)
        self.services.set_lines(detail.lines)
        self.checklist.show_items([item.text for item in detail.checklist])
        self.notes.show_notes(detail)
        self.reason.setText(detail.cancel_reason)
        self._series_before = series_of(detail)
        self.repeat.set_series(self._series_before, first_of(detail))
        self.set_kind(detail.kind)
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
        self._promise(offered.arrival_minutes or 0, None)
        if offered.crew_id is not None or offered.worker_id is not None:
            self._usual_who = "chosen"  # who was there last time
        self.services.set_lines(offered.lines)
        self._follow_lists()
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
        window = self.arrival.currentData() or None
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
            zone=self.look.zone_name() or self.ctx.zone(),
            kind=kind,
            title=self.title.text().strip(),
            contact_id=contact_id,
            location_id=self.place.currentData() if contact_id is not None else None,
            all_day=all_day,
            arrival_minutes=window,
            arrival_from_local=self._arrival_local(day) if window and not all_day else None,
            crew_id=int(who_id) if kind_of_who == "crew" else None,
            worker_id=int(who_id) if kind_of_who == "worker" else None,
            state=self.state.currentData(),
            cancel_reason=self.reason.text().strip(),
            color_index=self.look.color_index(),
            checklist=self.checklist.texts(),
            told=self.told.value(),
            lines=self.services.lines() if kind in ("job", "estimate") else (),
            **notes_of(self.notes),
        )

    def series(self) -> SeriesDraft | None:
        """How it comes again; None when it does not."""
        return self.repeat.series()

    def series_changed(self) -> bool:
        """Whether the way it repeats is another than the stored one."""
        return self.series() != self._series_before

    def content_changed(self) -> bool:
        """Whether anything but the way it repeats differs from what is stored."""
        return self.draft() != self._before

    def finish(self) -> None:
        """Book or save when there is enough to go by."""
        draft = self.draft()
        if draft.contact_id is None and not draft.title:
            words = self.tr("Choose a customer, or write what it is.")
            self.customer_field.set_hint(words, "bad")
            self.customer.setFocus()
            return
        for field in (self.day, self.start, self.length, self.arrival_from):
            if not field.isVisible():
                continue
            if not field.is_understood():
                field.setFocus()
                field.selectAll()
                return
        if not self.again.is_clear() and not self.again.isHidden():
            self.again.complain()
            return
        if not self.repeat.is_clear():
            self.repeat.complain()
            return
        if self.look.zone_name() is None:
            self.look.complain()
            return
        self.finished.emit(draft, self._id)

    def leave(self) -> None:
        """Esc: a stored appointment keeps what was changed, a new one is not booked."""
        draft = self.draft()
        changed = draft != self._before or self.series_changed()
        changed = changed or self.again.command(draft) is not None
        if self._id is not None and self._before is not None and changed:
            self.finish()
            return
        self.closed.emit()

    # parts of the form

    def set_kind(self, kind: str) -> None:
        """Visit, estimate, personal or task."""
        self.kind.set_key(kind)
        self._on_kind_chosen(kind)

    # what happens

    def _on_kind_chosen(self, kind: str) -> None:
        visit = kind in ("job", "estimate")
        self.customer_field.setVisible(kind != "personal")
        self.place_field.setVisible(kind != "personal")
        self.services_field.setVisible(visit)
        self.arrival_field.setVisible(visit and not self.all_day.isChecked())
        self._follow_again()

    def _on_customer_chosen(self, contact_id: int, name: str) -> None:
        self.customer_field.set_hint("")
        self.set_contact(contact_id, name)

    def _on_customer_cleared(self) -> None:
        self._contact_id = None
        self._set_places(())
        self._usual = ContactDefaults()
        self._follow_usual()
        self._follow_again()

    def _on_who_activated(self) -> None:
        self._usual_who = "chosen"

    def _on_services_changed(self) -> None:
        usual = self.services.minutes()
        if usual and not self._length_typed:
            self.length.set_value(usual)
        self._follow_lists()
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
        """Say beside the fields what speaks against it; it may be booked all the same."""
        draft, series, ident = self.draft(), self.series(), self._id
        stored = self.stored.series if self.stored is not None else None
        self._say_arrival(draft)
        here = differing_zone(draft, self.ctx.zone())
        hint = self.tr("{zone} time; {time} here").format(zone=draft.zone, time=here)
        self.start_field.set_hint(hint if here else "")

        def asked(r: Reader) -> Judgement:
            return judge(r, draft, series, ident, stored.id if stored is not None else None)

        def answer(found: Judgement) -> None:
            if draft == self.draft():
                self._warn(judgement_words(found))

        self.ctx.tasks.read(self, asked, answer)
