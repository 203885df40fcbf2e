"""Calendars to and from files: the export of a range, a crew or all, the import as a command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain import appointments as rules
from tcf_desktop.domain.calendar_events import EventOut
from tcf_desktop.domain.imports import Action, ImportPlan, PlanRow
from tcf_desktop.services.appointment_values import live
from tcf_desktop.services.calendar_plan import plan_import
from tcf_desktop.services.calendar_values import (
    ChangedEvent,
    ChangedOccurrence,
    ChangedSeries,
    NewEvent,
    NewSeries,
)
from tcf_desktop.services.command import Command
from tcf_desktop.services.importers import Importer
from tcf_desktop.services.office import Office, zone_of
from tcf_desktop.services.progress import Progress
from tcf_desktop.services.queries import calendar as queries

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.uow import UnitOfWork

WRITER: Final = "tcf_desktop.integrations.files.icalendar:write_calendar"
PARSER: Final = "tcf_desktop.integrations.files.icalendar:parse"
_CHUNK: Final = 500


def export_calendar(
    office: Office,
    path: str,
    first_on: date | None,
    last_on: date | None,
    crew_id: int | None = None,
) -> int:
    """Write appointments and series to a file; returns how many of both.

    Those that touch the days from ``first_on`` to ``last_on`` (inclusive; None = since ever, for
    ever), a series whole; of one crew and its workers when it is named. Blocks: for the command
    line and io threads. Raises ``calendar.range`` and ``calendar.cannot_write``; an existing file
    is replaced whole or stays as it is.
    """
    if first_on is not None and last_on is not None and last_on < first_on:
        raise AppError("calendar.range", first=first_on, last=last_on)

    def collected(r: Reader) -> tuple[list[EventOut], str, str]:
        zone = zone_of(r)
        name = str(r.value("SELECT name FROM business WHERE id = 1"))
        now_ms = office.clock.now_ms()
        return queries.events(r, first_on, last_on, zone, now_ms, crew_id), name, zone

    events, name, zone = office.read(collected)
    office.ports.files.run(WRITER, str(path), events, name, zone, office.clock.now_ms())
    return sum(not event.replaces_local for event in events)


@dataclass(frozen=True, slots=True)
class ImportCalendar(Command[tuple[PlanRow, ...]]):
    """Write the rows to be added or updated, all or none; returns the rows with their ids.

    The row of a series has none: ids are those of appointments. Raises ``import.moved_on`` when
    something of the plan was changed meanwhile, and ``app.stopped``.
    """

    plan: ImportPlan
    progress: Progress

    def execute(self, uow: UnitOfWork) -> tuple[PlanRow, ...]:
        rows = list(self.plan.rows)
        total = self.plan.to_write()
        series = [one for one in map(_new_series, rows) if one is not None]
        files = ", ".join(self.plan.files)
        if series:
            label = "import of {count} appointments and series from {file}"
            uow.describe(label, count=total, file=files)
        else:
            uow.describe("import of {count} appointments from {file}", count=total, file=files)
        ids = _add_series(uow, series)
        new = [n for n, row in enumerate(rows) if _new_event(row) is not None]
        for start in range(0, len(new), _CHUNK):
            self.progress.report(start, total)
            chunk = new[start : start + _CHUNK]
            made = [_columns(uow, rows[n].payload, ids) for n in chunk]
            for n, ident in zip(chunk, uow.bulk_insert(models.Appointment, made), strict=True):
                rows[n] = replace(rows[n], id=ident)
        # A series before its dates: they are found by the rule that it has then.
        updates = [n for n, row in enumerate(rows) if row.action is Action.UPDATE]
        for n in updates:
            if isinstance(rows[n].payload, ChangedSeries):
                _change_series(uow, rows[n].payload)
        for n in updates:
            if isinstance(rows[n].payload, ChangedEvent):
                _change(uow, rows[n].payload)
            elif isinstance(rows[n].payload, ChangedOccurrence):
                rows[n] = replace(rows[n], id=_change_occurrence(uow, rows[n].payload))
        self.progress.report(total, total)
        return tuple(rows)


def _new_series(row: PlanRow) -> NewSeries | None:
    fits = row.action is Action.ADD and isinstance(row.payload, NewSeries)
    return row.payload if fits else None


def _new_event(row: PlanRow) -> NewEvent | None:
    fits = row.action is Action.ADD and isinstance(row.payload, NewEvent)
    return row.payload if fits else None


def _add_series(uow: UnitOfWork, new: Sequence[NewSeries]) -> dict[str, int]:
    """Insert the series with the dates that they leave out; their ids by uid."""
    stamps = {"created_at": uow.now_at, "updated_at": uow.now_at}
    ids = uow.bulk_insert(models.Series, [{**one.values, **stamps} for one in new])
    for ident, one in zip(ids, new, strict=True):
        _add_skips(uow, ident, one.skips)
        for appointment_id, version, on in one.joined:
            row = uow.get(models.Appointment, appointment_id)
            if row.version != version or row.series_id is not None:
                raise AppError("import.moved_on")
            row.series_id, row.occurrence_on = ident, on
    return {one.values["uid"]: ident for ident, one in zip(ids, new, strict=True)}


def _add_skips(uow: UnitOfWork, series_id: int, skips: Sequence[str]) -> None:
    uow.bulk_insert(
        models.SeriesSkip,
        [{"series_id": series_id, "occurrence_on": on, "reason": ""} for on in skips],
    )


def _columns(uow: UnitOfWork, payload: NewEvent, ids: Mapping[str, int]) -> dict[str, Any]:
    values = {**payload.values, "created_at": uow.now_at, "updated_at": uow.now_at}
    if payload.series_uid:
        values["series_id"] = ids.get(payload.series_uid)
    if values["series_id"] is None:
        values["occurrence_on"] = None
    return values


def _change_series(uow: UnitOfWork, payload: ChangedSeries) -> None:
    series = uow.get(models.Series, payload.series_id)
    if series.version != payload.version or series.deleted_at is not None:
        raise AppError("import.moved_on")
    for name, value in payload.values.items():
        setattr(series, name, value)
    series.updated_at = uow.now_at
    _add_skips(uow, series.id, payload.skips)
    for appointment_id, version in payload.gone:
        row = uow.get(models.Appointment, appointment_id)
        if row.version != version:
            raise AppError("import.moved_on")
        row.deleted_at = uow.now_at


def _change(uow: UnitOfWork, payload: ChangedEvent) -> None:
    appointment = uow.get(models.Appointment, payload.appointment_id)
    if appointment.version != payload.version or appointment.deleted_at is not None:
        raise AppError("import.moved_on")
    _take_over(uow, appointment, payload.values)


def _change_occurrence(uow: UnitOfWork, payload: ChangedOccurrence) -> int:
    try:
        appointment = live(uow, payload.occurrence_id)
    except AppError as trouble:
        if trouble.code != "data.gone":
            raise
        values = _columns(uow, NewEvent(payload.otherwise), {})
        return uow.bulk_insert(models.Appointment, [values])[0]
    _take_over(uow, appointment, payload.values)
    return appointment.id


def _take_over(uow: UnitOfWork, appointment: models.Appointment, values: Mapping[str, Any]) -> None:
    before = appointment.starts_local
    for name, value in values.items():
        setattr(appointment, name, value)
    appointment.arrival_from_local = rules.moved_arrival(
        appointment.arrival_from_local, before, appointment.starts_local
    )
    appointment.updated_at = uow.now_at


IMPORTER: Final = Importer(
    kind="calendar",
    parsers={".ics": PARSER, ".ical": PARSER, ".ifb": PARSER},
    plan=lambda reader, parsed, _choice: plan_import(reader, parsed),
    command=ImportCalendar,
)
