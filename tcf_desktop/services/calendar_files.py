"""Calendars to and from files: the export of a range, the import as plan and command."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain import appointments as rules
from tcf_desktop.domain.calendar_events import CalendarContents, EventIn
from tcf_desktop.domain.imports import Action, ImportPlan, PlanRow
from tcf_desktop.services.appointment_values import OWN_UID
from tcf_desktop.services.command import Command
from tcf_desktop.services.importers import Importer, Progress
from tcf_desktop.services.office import Office, zone_of
from tcf_desktop.services.queries import calendar as queries
from tcf_desktop.services.queries.calendar import KnownEvent

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.uow import UnitOfWork

WRITER: Final = "tcf_desktop.integrations.files.icalendar:write_calendar"
PARSER: Final = "tcf_desktop.integrations.files.icalendar:parse"
_CHUNK: Final = 500


def export_calendar(office: Office, path: str, first_on: date, last_on: date) -> int:
    """Write the appointments of these days (inclusive) to a file; returns how many.

    Blocks: for the command line and io threads. Raises ``calendar.range`` and
    ``calendar.cannot_write``; an existing file is replaced whole or stays as it is.
    """
    if last_on < first_on:
        raise AppError("calendar.range", first=first_on, last=last_on)

    def collected(r: Reader) -> tuple[list[Any], str, str]:
        zone = zone_of(r)
        name = str(r.value("SELECT name FROM business WHERE id = 1"))
        return list(queries.events(r, first_on, last_on, zone)), name, zone

    events, name, zone = office.read(collected)
    office.ports.files.run(WRITER, str(path), events, name, zone, office.clock.now_ms())
    return len(events)


@dataclass(frozen=True, slots=True)
class NewEvent:
    """The payload of a row that is added: the columns of ``appointments``."""

    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ChangedEvent:
    """The payload of a row that changes an appointment: only the columns that differ."""

    appointment_id: int
    version: int
    values: dict[str, Any]


def plan_import(r: Reader, files: Sequence[CalendarContents]) -> ImportPlan:
    """What importing these files would do, row by row; writes nothing."""
    home = zone_of(r)
    events = [(source.file, _at_home(event, home)) for source in files for event in source.events]
    values = [_values(event) for _, event in events]
    known = queries.known_events(r, [event.uid for _, event in events])
    beside = queries.same_time(r, sorted({value["starts_at"] for value in values}))
    rows: list[PlanRow] = []
    seen: set[str] = set()
    for (file, event), facts in zip(events, values, strict=True):
        row = PlanRow(0, event.line, file, Action.SKIP, event.summary, _when(event))
        if event.uid in seen:
            rows.append(replace(row, reason="It is in the files twice; the first one counts."))
            continue
        seen.add(event.uid)
        stored = known.get(event.uid)
        if stored is None:
            rows.append(_new(row, event, facts, beside.get(facts["starts_at"], ())))
        else:
            rows.append(_met(row, event, facts, stored))
    rows += [
        PlanRow(0, bad.line, source.file, Action(bad.action), bad.summary, reason=bad.reason)
        for source in files
        for bad in source.troubles
    ]
    order = {source.file: number for number, source in enumerate(files)}
    rows.sort(key=lambda row: (order[row.file], row.line, row.detail))
    numbered = tuple(replace(row, row=number) for number, row in enumerate(rows, 1))
    names = tuple(source.file for source in files)
    return ImportPlan("calendar", names, tuple("iCalendar" for _ in files), numbered)


@dataclass(frozen=True, slots=True)
class ImportCalendar(Command[tuple[PlanRow, ...]]):
    """Write the rows to be added or updated, all or none; returns the rows with their ids.

    Raises ``import.moved_on`` when an appointment of the plan was changed meanwhile.
    """

    plan: ImportPlan
    progress: Progress

    def execute(self, uow: UnitOfWork) -> tuple[PlanRow, ...]:
        rows = list(self.plan.rows)
        total = self.plan.to_write()
        uow.describe(
            "import of {count} appointments from {file}",
            count=total,
            file=", ".join(self.plan.files),
        )
        new = [
            n
            for n, row in enumerate(rows)
            if row.action is Action.ADD and isinstance(row.payload, NewEvent)
        ]
        for start in range(0, len(new), _CHUNK):
            self.progress.report(start, total)
            chunk = new[start : start + _CHUNK]
            made = [
                {**rows[n].payload.values, "created_at": uow.now_at, "updated_at": uow.now_at}
                for n in chunk
            ]
            for n, ident in zip(chunk, uow.bulk_insert(models.Appointment, made), strict=True):
                rows[n] = replace(rows[n], id=ident)
        for row in rows:
            if row.action is Action.UPDATE and isinstance(row.payload, ChangedEvent):
                _change(uow, row.payload)
        self.progress.report(total, total)
        return tuple(rows)


def _at_home(event: EventIn, home: str) -> EventIn:
    """Floating times and whole days belong to the office; UTC is brought to its wall clock."""
    if event.floating or event.all_day:
        return replace(event, zone=home)
    if event.zone != "UTC":
        return event
    at = rules.local_instant(rules.parse_local(event.starts_local), "UTC")
    return replace(event, zone=home, starts_local=rules.format_local(rules.wall_of(at, home)))


def _values(event: EventIn) -> dict[str, Any]:
    moment = rules.instants(event.starts_local, event.minutes, event.zone, all_day=event.all_day)
    note = "\n".join(text for text in (event.location, event.description) if text)
    return {
        "uid": event.uid,
        "kind": event.kind,
        "contact_id": None,
        "location_id": None,
        "title": event.summary,
        "starts_local": event.starts_local,
        "minutes": event.minutes,
        "zone": event.zone,
        "starts_at": moment.starts_at,
        "ends_at": moment.ends_at,
        "all_day": int(event.all_day),
        "arrival_from_local": None,
        "arrival_minutes": None,
        "crew_id": None,
        "worker_id": None,
        "state": event.status,
        "note": note,
        "total_cents": 0,
        "invoice_id": None,
        "sequence": event.sequence,
        "deleted_at": None,
    }


def _new(
    row: PlanRow, event: EventIn, values: dict[str, Any], beside: Sequence[tuple[int, str]]
) -> PlanRow:
    if event.status == "cancelled":
        return replace(row, reason="It was cancelled.")
    payload = NewEvent(values)
    twin = next((ident for ident, title in beside if title == event.summary), None)
    if twin is not None:
        return replace(
            row,
            action=Action.IN_DOUBT,
            id=twin,
            reason="One of the same name at the same time is here already.",
            payload=payload,
        )
    return replace(row, action=Action.ADD, reason=" ".join(event.remarks), payload=payload)


def _met(row: PlanRow, event: EventIn, values: dict[str, Any], stored: KnownEvent) -> PlanRow:
    row = replace(row, id=stored.id)
    if stored.deleted:
        return replace(row, reason="You deleted this appointment here.")
    changes = _changes(event, values, stored)
    if not changes:
        return replace(row, reason="It is here already.")
    if event.sequence < stored.sequence:
        return replace(row, reason="What is here is newer.")
    if stored.invoiced:
        return replace(row, action=Action.IN_DOUBT, reason="This visit is on an invoice.")
    if event.sequence == stored.sequence and stored.touched:
        return replace(row, action=Action.IN_DOUBT, reason="It was changed here and in the file.")
    payload = ChangedEvent(
        stored.id, stored.version, {**changes, "sequence": max(event.sequence, stored.sequence)}
    )
    what = "It was cancelled." if changes.get("state") == "cancelled" else "It was changed."
    return replace(row, action=Action.UPDATE, reason=what, payload=payload)


def _changes(event: EventIn, values: dict[str, Any], stored: KnownEvent) -> dict[str, Any]:
    """The columns that the file changes. Of a customer's visit only its time: the rest is ours."""
    if event.status == "cancelled":
        return {} if stored.state == "cancelled" else {"state": "cancelled"}
    changes: dict[str, Any] = {}
    now = (stored.starts_at, stored.minutes, stored.all_day)
    if now != (values["starts_at"], event.minutes, event.all_day):
        keys = ("starts_local", "minutes", "zone", "starts_at", "ends_at", "all_day")
        changes = {key: values[key] for key in keys}
    if not stored.has_contact:
        told = {"title": values["title"]}
        if not event.uid.endswith(OWN_UID):
            # The description of what we wrote is our own wording; the note itself never left.
            told["note"] = values["note"]
        kept = {"title": stored.title, "note": stored.note}
        if any(kept[key] != value for key, value in told.items()):
            changes |= told
    return changes


def _change(uow: UnitOfWork, payload: ChangedEvent) -> None:
    appointment = uow.get(models.Appointment, payload.appointment_id)
    if appointment.version != payload.version or appointment.deleted_at is not None:
        raise AppError("import.moved_on")
    before = appointment.starts_local
    for name, value in payload.values.items():
        setattr(appointment, name, value)
    appointment.arrival_from_local = rules.moved_arrival(
        appointment.arrival_from_local, before, appointment.starts_local
    )
    appointment.updated_at = uow.now_at


def _when(event: EventIn) -> str:
    return event.starts_local[:10] if event.all_day else event.starts_local.replace("T", " ")


IMPORTER: Final = Importer(
    kind="calendar",
    parsers={".ics": PARSER, ".ical": PARSER, ".ifb": PARSER},
    plan=lambda reader, parsed, _choice: plan_import(reader, parsed),
    command=ImportCalendar,
)
