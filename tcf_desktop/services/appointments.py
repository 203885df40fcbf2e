"""What the office does with appointments: book, move, change, give to a crew, finish, delete."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain import appointments as rules
from tcf_desktop.services.appointment_values import (
    KIND_WORDS,
    AppointmentDraft,
    LineDraft,
    add_lines,
    appointment_values,
    assign,
    checked,
    draft_facts,
    line_facts,
    line_values,
    live,
    mark_changed,
    movable,
    name_of,
    new_uid,
    reason_of,
    stored_lines,
    time_values,
    who_name,
    who_values,
)
from tcf_desktop.services.checklists import copy_items, items_of, store_items, usual_items
from tcf_desktop.services.command import Command
from tcf_desktop.services.learned_places import learn_place
from tcf_desktop.services.messages import set_told

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

__all__ = ["AppointmentDraft", "LineDraft"]


@dataclass(frozen=True, slots=True)
class CreateAppointment(Command[int]):
    """Book an appointment; returns its id. ``uid`` keeps the identity that a file gave it."""

    draft: AppointmentDraft
    uid: str = ""

    def execute(self, uow: UnitOfWork) -> int:
        draft = checked(uow, self.draft)
        appointment = models.Appointment(
            uid=self.uid or new_uid(),
            sequence=0,
            invoice_id=None,
            created_at=uow.now_at,
            deleted_at=None,
            **appointment_values(uow, draft),
        )
        uow.add(appointment)
        add_lines(uow, appointment.id, draft.lines)
        items = usual_items(uow, draft.lines) if draft.checklist is None else draft.checklist
        copy_items(uow, items, appointment_id=appointment.id)
        if draft.told:
            set_told(uow, appointment, told=True)
        if draft.kind == "job" and draft.contact_id is not None:
            _become_customer(uow, draft.contact_id)
        uow.describe(f"new {KIND_WORDS[draft.kind]} {{name}}", name=name_of(uow, appointment))
        return appointment.id


@dataclass(frozen=True, slots=True)
class SaveAppointment(Command[int]):
    """Change everything that the editor shows. Raises ``schedule.invoiced`` for an invoiced visit
    whose work, customer or time would change."""

    appointment_id: int
    draft: AppointmentDraft

    def execute(self, uow: UnitOfWork) -> int:
        appointment = live(uow, self.appointment_id)
        draft = checked(uow, self.draft, appointment)
        rules.checked_state(appointment.state, draft.state)
        values = appointment_values(uow, draft, appointment)
        stored = stored_lines(uow, appointment.id)
        follows = draft.arrival_from_local is None and not draft.all_day
        if appointment.arrival_from_local and draft.arrival_minutes and follows:
            values["arrival_from_local"] = rules.moved_arrival(
                appointment.arrival_from_local, appointment.starts_local, draft.starts_local
            )
        if appointment.invoice_id is not None:
            kept = ("contact_id", "location_id", "starts_at", "total_cents", "state", "kind")
            if any(getattr(appointment, key) != values[key] for key in kept):
                raise AppError("schedule.invoiced")
        values.pop("updated_at")
        changed = assign(appointment, values)
        if [line_facts(line) for line in stored] != [draft_facts(line) for line in draft.lines]:
            for line in stored:
                uow.delete(line)
            add_lines(uow, appointment.id, draft.lines)
            changed = True
        if draft.checklist is not None:
            store_items(uow, draft.checklist, appointment_id=appointment.id)
        if draft.told is not None:
            set_told(uow, appointment, told=draft.told)
        if changed:
            mark_changed(uow, appointment)
        uow.describe("change of {name}", name=name_of(uow, appointment))
        return appointment.id


@dataclass(frozen=True, slots=True)
class MoveAppointment(Command[None]):
    """Another start and, with ``change_who``, another crew or worker; the promised window moves
    along. Nobody is told. ``starts_local`` is a wall time of ``zone``, the entry's own when empty.
    """

    appointment_id: int
    starts_local: str
    change_who: bool = False
    crew_id: int | None = None
    worker_id: int | None = None
    zone: str = ""

    def execute(self, uow: UnitOfWork) -> None:
        appointment = movable(uow, self.appointment_id)
        uow.describe("move of {name}", name=name_of(uow, appointment))
        values: dict[str, Any] = time_values(
            self.starts_local,
            appointment.minutes,
            self.zone or appointment.zone,
            all_day=bool(appointment.all_day),
        )
        values["arrival_from_local"] = rules.moved_arrival(
            appointment.arrival_from_local, appointment.starts_local, values["starts_local"]
        )
        if self.change_who:
            values |= who_values(uow, self.crew_id, self.worker_id)
        if assign(appointment, values):
            mark_changed(uow, appointment)


@dataclass(frozen=True, slots=True)
class ResizeAppointment(Command[None]):
    """Another length; with ``starts_local`` (of ``zone``) the upper edge was pulled."""

    appointment_id: int
    minutes: int
    starts_local: str | None = None
    zone: str = ""

    def execute(self, uow: UnitOfWork) -> None:
        appointment = movable(uow, self.appointment_id)
        uow.describe("new length of {name}", name=name_of(uow, appointment))
        start = self.starts_local or appointment.starts_local
        zone = self.zone if self.starts_local and self.zone else appointment.zone
        values = time_values(start, self.minutes, zone, all_day=bool(appointment.all_day))
        if assign(appointment, values):
            mark_changed(uow, appointment)


@dataclass(frozen=True, slots=True)
class AssignAppointment(Command[None]):
    """Give it to a crew, to one worker, or to nobody."""

    appointment_id: int
    crew_id: int | None = None
    worker_id: int | None = None

    def execute(self, uow: UnitOfWork) -> None:
        appointment = live(uow, self.appointment_id)
        who = who_values(uow, self.crew_id, self.worker_id)
        uow.describe(
            "handing {name} to {who}",
            name=name_of(uow, appointment),
            who=who_name(uow, self.crew_id, self.worker_id),
        )
        if assign(appointment, who):
            mark_changed(uow, appointment)


@dataclass(frozen=True, slots=True)
class CopyAppointment(Command[int]):
    """The same work once more at another time; returns the new id."""

    appointment_id: int
    starts_local: str
    change_who: bool = False
    crew_id: int | None = None
    worker_id: int | None = None
    zone: str = ""

    def execute(self, uow: UnitOfWork) -> int:
        source = live(uow, self.appointment_id)
        window = rules.moved_arrival(
            source.arrival_from_local, source.starts_local, self.starts_local
        )
        who = {"crew_id": source.crew_id, "worker_id": source.worker_id}
        if self.change_who:
            who = who_values(uow, self.crew_id, self.worker_id)
        zone = self.zone or source.zone
        times = time_values(self.starts_local, source.minutes, zone, all_day=bool(source.all_day))
        copy = models.Appointment(
            uid=new_uid(),
            kind=source.kind,
            contact_id=source.contact_id,
            location_id=source.location_id,
            title=source.title,
            arrival_from_local=window,
            arrival_minutes=source.arrival_minutes,
            state="tentative" if source.state == "tentative" else "confirmed",
            note=source.note,
            crew_note=source.crew_note,
            document_note=source.document_note,
            color_index=source.color_index,
            total_cents=source.total_cents,
            invoice_id=None,
            sequence=0,
            created_at=uow.now_at,
            updated_at=uow.now_at,
            deleted_at=None,
            **times,
            **who,
        )
        uow.add(copy)
        for line in stored_lines(uow, source.id):
            uow.add(models.AppointmentLine(appointment_id=copy.id, **line_values(line)))
        items = [item.text for item in items_of(uow, appointment_id=source.id)]
        copy_items(uow, items, appointment_id=copy.id)
        uow.describe("copy of {name}", name=name_of(uow, source))
        return copy.id


@dataclass(frozen=True, slots=True)
class SetAppointmentState(Command[None]):
    """Confirm, hold, on the way, arrived, no show, reopen; :mod:`rules <tcf_desktop.domain>` say
    what may follow what. ``reason`` is why it does not take place, of no use to the other states.
    Raises ``schedule.state`` and ``schedule.invoiced``."""

    appointment_id: int
    state: str
    reason: str = ""

    def execute(self, uow: UnitOfWork) -> None:
        _set_state(uow, self.appointment_id, self.state, "change of {name}", self.reason)


@dataclass(frozen=True, slots=True)
class CancelAppointment(Command[None]):
    """The visit does not take place; it stays on record with the reason."""

    appointment_id: int
    reason: str = ""

    def execute(self, uow: UnitOfWork) -> None:
        _set_state(uow, self.appointment_id, "cancelled", "cancelling {name}", self.reason)


@dataclass(frozen=True, slots=True)
class FinishAppointment(Command[None]):
    """The work is done and can be invoiced."""

    appointment_id: int

    def execute(self, uow: UnitOfWork) -> None:
        _set_state(uow, self.appointment_id, "done", "finishing {name}")


@dataclass(frozen=True, slots=True)
class DeleteAppointment(Command[None]):
    """Mark as deleted; undo or the trash bring it back. An occurrence without a row is left out of
    its series. Raises ``schedule.invoiced``."""

    appointment_id: int

    def execute(self, uow: UnitOfWork) -> None:
        if self.appointment_id < 0:
            from tcf_desktop.services.series import skip

            skip(uow, self.appointment_id)
            return
        appointment = movable(uow, self.appointment_id)
        uow.describe("deletion of {name}", name=name_of(uow, appointment))
        appointment.deleted_at = uow.now_at
        mark_changed(uow, appointment)


def _set_state(
    uow: UnitOfWork, appointment_id: int, state: str, label: str, reason: str = ""
) -> None:
    appointment = live(uow, appointment_id)
    rules.checked_state(appointment.state, state)
    if appointment.invoice_id is not None and state != appointment.state:
        raise AppError("schedule.invoiced")
    uow.describe(label, name=name_of(uow, appointment))
    appointment.cancel_reason = reason_of(state, reason)
    if assign(appointment, {"state": state}):
        mark_changed(uow, appointment)
        if state == "done":
            learn_place(uow, appointment)


def _become_customer(uow: UnitOfWork, contact_id: int) -> None:
    from tcf_desktop.services.contacts import become_customer

    become_customer(uow, contact_id)
