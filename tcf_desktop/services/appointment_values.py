"""What the commands on appointments share: drafts, their checks and the columns they fill."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain import appointments as rules
from tcf_desktop.domain.calendar_events import OWN_UID
from tcf_desktop.domain.contacts import list_name
from tcf_desktop.domain.money import line_amount
from tcf_desktop.services.occurrence_rows import row_of

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

MAX_LINES: Final = 200
MAX_TEXT: Final = 10_000
COLORS: Final = 8  # to choose from, as many as crews have
_MAX_TOTAL: Final = 10**13
KIND_WORDS: Final = {
    "job": "visit",
    "estimate": "estimate",
    "personal": "appointment",
    "task": "task",
}


@dataclass(frozen=True, slots=True)
class LineDraft:
    """A service at a visit: quantity in thousandths, price per unit before tax."""

    name: str
    unit_price_e4: int
    qty_milli: int = 1000
    service_id: int | None = None
    description: str = ""
    taxable: bool = True


@dataclass(frozen=True, slots=True)
class AppointmentDraft:
    """Everything the editor shows. ``starts_local`` is a wall time of ``zone``.

    The promised window begins at ``arrival_from_local``; without it at the start, or where a stored
    one goes when the start moves. ``color_index`` is a colour of its own in place of the crew's;
    ``checklist`` None means the usual one of the services when it is new, and the stored one else;
    ``told`` None leaves what the customer knows as it is, True means that he knows this time.
    """

    starts_local: str
    minutes: int
    zone: str
    kind: str = "job"
    title: str = ""
    contact_id: int | None = None
    location_id: int | None = None
    all_day: bool = False
    arrival_minutes: int | None = None
    crew_id: int | None = None
    worker_id: int | None = None
    state: str = "confirmed"
    note: str = ""
    lines: tuple[LineDraft, ...] = ()
    arrival_from_local: str | None = None
    cancel_reason: str = ""
    crew_note: str = ""
    document_note: str = ""
    color_index: int | None = None
    checklist: tuple[str, ...] | None = None
    told: bool | None = None


def new_uid() -> str:
    """A new identity, the same in every calendar that the appointment goes to."""
    return f"{uuid.uuid4()}{OWN_UID}"


def live(uow: UnitOfWork, appointment_id: int) -> models.Appointment:
    """The appointment; ``data.gone`` when it was deleted. An occurrence of a series becomes a row
    of its own."""
    if appointment_id < 0:
        found = row_of(uow, appointment_id)
    else:
        found = uow.get(models.Appointment, appointment_id)
    if found.deleted_at is not None:
        raise AppError("data.gone")
    return found


def name_of(uow: UnitOfWork, appointment: models.Appointment | models.Series) -> str:
    """The customer as lists show them, or the title."""
    if appointment.contact_id is not None:
        contact = uow.get(models.Contact, appointment.contact_id)
        name = list_name(contact.first_name, contact.last_name, contact.company)
        return name or contact.display_name
    return appointment.title or KIND_WORDS[appointment.kind]


def assign(record: models.Base, values: dict[str, Any]) -> bool:
    """Set the values that differ; whether any did."""
    changed = {name: value for name, value in values.items() if getattr(record, name) != value}
    for name, value in changed.items():
        setattr(record, name, value)
    return bool(changed)


def mark_changed(uow: UnitOfWork, appointment: models.Appointment) -> None:
    """A change that other calendars must take over: SEQUENCE of RFC 5545 goes up."""
    appointment.sequence += 1
    appointment.updated_at = uow.now_at


def checked(
    uow: UnitOfWork, draft: AppointmentDraft, stored: models.Appointment | None = None
) -> AppointmentDraft:
    """The draft when everything in it exists and is in range; AppError otherwise.

    What ``stored`` has already may stay, also when it was deleted since.
    """
    rules.checked_minutes(draft.minutes, all_day=draft.all_day)
    rules.zone_of(draft.zone)
    if draft.kind not in rules.KINDS or draft.state not in rules.STATES:
        raise AppError("app.bug")
    if draft.color_index not in (None, *range(COLORS)):
        raise AppError("app.bug")
    if len(draft.lines) > MAX_LINES:
        raise AppError("schedule.lines", limit=MAX_LINES)
    same = stored is not None and stored.contact_id == draft.contact_id
    if draft.contact_id is not None and not same:
        contact = uow.first(models.Contact, id=draft.contact_id, deleted_at=None)
        if contact is None:
            raise AppError("schedule.contact")
    if draft.location_id is not None:
        place = uow.first(models.Location, id=draft.location_id)
        if place is None or place.contact_id != draft.contact_id:
            raise AppError("schedule.contact")
    if abs(total_of(draft.lines)) > _MAX_TOTAL:
        raise AppError("schedule.price", amount=draft.lines[0].name[:40])
    return draft


def appointment_values(
    uow: UnitOfWork, draft: AppointmentDraft, stored: models.Appointment | None = None
) -> dict[str, Any]:
    """The columns of ``appointments`` that a checked draft fills; who has it in ``stored`` may
    keep it, also after that crew was dissolved."""
    who: dict[str, int | None] = {"crew_id": draft.crew_id, "worker_id": draft.worker_id}
    if stored is None or (stored.crew_id, stored.worker_id) != (draft.crew_id, draft.worker_id):
        who = who_values(uow, draft.crew_id, draft.worker_id)
    return {
        "kind": draft.kind,
        "contact_id": draft.contact_id,
        "location_id": draft.location_id,
        "title": draft.title.strip()[:MAX_TEXT],
        "state": draft.state,
        "note": draft.note.strip()[:MAX_TEXT],
        "crew_note": draft.crew_note.strip()[:MAX_TEXT],
        "document_note": draft.document_note.strip()[:MAX_TEXT],
        "cancel_reason": reason_of(draft.state, draft.cancel_reason),
        "color_index": draft.color_index,
        "total_cents": total_of(draft.lines),
        **arrival_values(draft),
        "updated_at": uow.now_at,
        **time_values(draft.starts_local, draft.minutes, draft.zone, all_day=draft.all_day),
        **who,
    }


def arrival_values(draft: AppointmentDraft) -> dict[str, Any]:
    """The promised window; none for whole days. AppError ``schedule.arrival`` out of range."""
    window = draft.arrival_minutes or None
    if window is None or draft.all_day:
        return {"arrival_minutes": None, "arrival_from_local": None}
    start = rules.parse_local(draft.arrival_from_local or draft.starts_local)
    apart = abs((start - rules.parse_local(draft.starts_local)).total_seconds()) / 60
    if not 1 <= window <= rules.DAY_MINUTES or apart > rules.DAY_MINUTES:
        raise AppError("schedule.arrival")
    return {"arrival_minutes": window, "arrival_from_local": rules.format_local(start)}


def reason_of(state: str, reason: str) -> str:
    """Why it does not take place, kept only while it does not."""
    return reason.strip()[:MAX_TEXT] if state in rules.OFF_STATES else ""


def total_of(lines: Iterable[LineDraft]) -> int:
    """The planned amount before tax, each line rounded once."""
    return sum(line_amount(line.qty_milli, line.unit_price_e4) for line in lines)


def time_values(starts_local: str, minutes: int, zone: str, *, all_day: bool) -> dict[str, Any]:
    """The columns of start, length and instants."""
    rules.checked_minutes(minutes, all_day=all_day)
    start = rules.format_local(rules.parse_local(starts_local))
    if all_day:
        start = f"{start[:10]}T00:00"
    moment = rules.instants(start, minutes, zone, all_day=all_day)
    return {
        "starts_local": start,
        "minutes": minutes,
        "zone": zone,
        "all_day": int(all_day),
        "starts_at": moment.starts_at,
        "ends_at": moment.ends_at,
    }


def who_values(
    uow: UnitOfWork, crew_id: int | None, worker_id: int | None
) -> dict[str, int | None]:
    """One worker, or a whole crew: a worker's own crew is not written beside him."""
    if worker_id is not None:
        if uow.first(models.Worker, id=worker_id, deleted_at=None) is None:
            raise AppError("schedule.who")
        return {"crew_id": None, "worker_id": worker_id}
    if crew_id is not None and uow.first(models.Crew, id=crew_id, deleted_at=None) is None:
        raise AppError("schedule.who")
    return {"crew_id": crew_id, "worker_id": None}


def who_name(uow: UnitOfWork, crew_id: int | None, worker_id: int | None) -> str:
    if worker_id is not None:
        return uow.get(models.Worker, worker_id).name
    return uow.get(models.Crew, crew_id).name if crew_id is not None else "nobody"


def movable(uow: UnitOfWork, appointment_id: int) -> models.Appointment:
    appointment = live(uow, appointment_id)
    if appointment.invoice_id is not None:
        raise AppError("schedule.invoiced")
    return appointment


def stored_lines(uow: UnitOfWork, appointment_id: int) -> list[models.AppointmentLine]:
    return uow.find(
        models.AppointmentLine,
        models.AppointmentLine.position,
        appointment_id=appointment_id,
    )


def add_lines(uow: UnitOfWork, appointment_id: int, lines: Sequence[LineDraft]) -> None:
    for position, line in enumerate(lines):
        name, description = line.name.strip()[:MAX_TEXT], line.description.strip()[:MAX_TEXT]
        uow.session.add(
            models.AppointmentLine(
                appointment_id=appointment_id,
                position=position,
                service_id=line.service_id,
                name=name,
                description=description,
                qty_milli=line.qty_milli,
                unit_price_e4=line.unit_price_e4,
                taxable=int(line.taxable),
            )
        )


def line_values(line: models.AppointmentLine) -> dict[str, Any]:
    return {
        "position": line.position,
        "service_id": line.service_id,
        "name": line.name,
        "description": line.description,
        "qty_milli": line.qty_milli,
        "unit_price_e4": line.unit_price_e4,
        "taxable": line.taxable,
    }


def line_facts(line: models.AppointmentLine | models.SeriesLine) -> tuple[object, ...]:
    return (
        line.name,
        line.description,
        line.qty_milli,
        line.unit_price_e4,
        line.service_id,
        bool(line.taxable),
    )


def draft_facts(line: LineDraft) -> tuple[object, ...]:
    return (
        line.name.strip()[:MAX_TEXT],
        line.description.strip()[:MAX_TEXT],
        line.qty_milli,
        line.unit_price_e4,
        line.service_id,
        line.taxable,
    )
