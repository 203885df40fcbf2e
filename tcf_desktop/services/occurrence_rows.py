"""Occurrences of series become rows: when one is changed, and when it has begun."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.calendar_events import OWN_UID
from tcf_desktop.domain.recurrence import occurrence_of
from tcf_desktop.services.queries.occurrences import (
    COMPUTED,
    Occurrence,
    as_json,
    occurrence,
    row_id,
)

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

_NAMES: Final = (
    "uid, kind, contact_id, location_id, title, starts_local, minutes, zone, starts_at, ends_at,"
    " all_day, arrival_from_local, arrival_minutes, crew_id, worker_id, state, cancel_reason,"
    " note, crew_note, document_note, color_index, route_position, told_local, told_at, series_id,"
    " occurrence_on, call_back_of_id, total_cents, invoice_id, deleted_at"
)
_ROWS: Final = (
    f"INSERT INTO appointments (id, {_NAMES}, sequence, version, created_at, updated_at)"
    f" SELECT ? + row_number() OVER (ORDER BY starts_at, id DESC), {_NAMES}, 0, 1, ?, ?"
    f" FROM {COMPUTED}"
)
_LINES: Final = (
    "INSERT INTO appointment_lines (id, appointment_id, position, service_id, name, description,"
    " qty_milli, unit_price_e4, taxable, version)"
    " SELECT ? + row_number() OVER (ORDER BY a.id, l.position), a.id, l.position, l.service_id,"
    " l.name, l.description, l.qty_milli, l.unit_price_e4, l.taxable, 1 FROM appointments a"
    " JOIN series_lines l ON l.series_id = a.series_id WHERE a.id > ?"
)
_ITEMS: Final = (
    "INSERT INTO checklist_items (id, appointment_id, position, text, version)"
    " SELECT ? + row_number() OVER (ORDER BY a.id, i.position), a.id, i.position, i.text, 1"
    " FROM appointments a JOIN checklist_items i ON i.series_id = a.series_id WHERE a.id > ?"
)
# Above every id that undo or redo may bring back: what began meanwhile must not be in its way.
_LAST: Final = (
    "SELECT max((SELECT coalesce(max(id), 0) FROM {table}),"
    " (SELECT coalesce(max(row_id), 0) FROM journal_rows WHERE table_name = '{table}'))"
)


class Inside:
    """A command's transaction as queries read it."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    def all(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        return self._uow.fetch(sql, params)[1]

    def one(self, sql: str, params: Sequence[object] = ()) -> tuple[Any, ...] | None:
        found = self.all(sql, params)
        return found[0] if found else None


def row_of(uow: UnitOfWork, ident: int) -> models.Appointment:
    """The row of an occurrence's number, made when there is none yet; also a deleted one.

    Raises ``data.gone`` when the series does not take place then.
    """
    known = row_id(Inside(uow), ident)
    if known < 0:
        found = occurrence(Inside(uow), ident)
        if found is None:
            raise AppError("data.gone")
        known = make_rows(uow, [found])[0]
    return uow.get(models.Appointment, known)


def make_rows(uow: UnitOfWork, found: Sequence[Occurrence], *, noted: bool = True) -> list[int]:
    """Rows for these occurrences as the series has them, with lines and checklist; their ids in
    order of start. With ``noted`` undo takes them away again."""
    if not found:
        return []
    uids = [uid_of(uow, one) for one in found]
    data = as_json(found, uids)
    made: list[int] = []
    before = int(uow.value(_LAST.format(table="appointments")))
    for table, sql, params in (
        ("appointments", _ROWS, (uow.now_at, uow.now_at, data)),
        ("appointment_lines", _LINES, (before,)),
        ("checklist_items", _ITEMS, (before,)),
    ):
        last = int(uow.value(_LAST.format(table=table)))
        uow.driver(sql, [(last, *params)])
        ids = [row[0] for row in uow.fetch(f"SELECT id FROM {table} WHERE id > ?", (last,))[1]]
        made = made or ids
        for ident in ids if noted else ():
            uow.note(table, ident, "insert", {}, 1)
        if not noted and ids:
            uow.changed(table, *ids)
    return made


def uid_of(uow: UnitOfWork, one: Occurrence) -> str:
    """The identity of an occurrence's row: follows from series and date, so that it is the same
    after an undo; another one when a moved row has it already."""
    from tcf_desktop.services.appointment_values import new_uid

    series = str(uow.value("SELECT uid FROM series WHERE id = ?", (one.series_id,)))
    uid = f"{uuid.uuid5(uuid.NAMESPACE_URL, f'{series}/{one.on.isoformat()}')}{OWN_UID}"
    taken = uow.value("SELECT 1 FROM appointments WHERE uid = ?", (uid,))
    return new_uid() if taken else uid


def series_id_of(uow: UnitOfWork, ident: int) -> tuple[int, str]:
    """The series of an appointment or occurrence and the date that names it there.

    Raises ``series.none`` for an appointment that belongs to none.
    """
    if ident < 0:
        series_id, on = occurrence_of(ident)
        return series_id, on.isoformat()
    row = uow.get(models.Appointment, ident)
    if row.series_id is None or row.occurrence_on is None:
        raise AppError("series.none")
    return row.series_id, row.occurrence_on
