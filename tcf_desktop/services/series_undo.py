"""Undo and redo of changes to series, also hours later.

What took place in between stays: visits that have begun since the change under the one plan are
joined to the other, each to the date nearest to it, so that no date comes up a second time; what
lies ahead is exactly as it was.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.services.occurrence_rows import Inside
from tcf_desktop.services.queries.occurrences import Occurrence, occurrences, upcoming

if TYPE_CHECKING:
    from tcf_desktop.services.journal import Row
    from tcf_desktop.services.uow import UnitOfWork

_MARGIN_MS: Final = 10 * 86_400_000  # a visit and the date it is joined to lie no further apart
_OWN_PARTS: Final = ("appointment_lines", "checklist_items")


@dataclass(slots=True)
class Since:
    """What has begun under the plan that is taken back."""

    at: int = 0
    series_ids: list[int] = field(default_factory=list)
    rows: list[tuple[int, int, str, int]] = field(default_factory=list)  # id, series, on, start
    in_effect: bool = False  # whether another plan held since, rather than none


def before(uow: UnitOfWork, rows: Sequence[Row], at: int, said: str) -> tuple[list[Row], Since]:
    """Part the visits that began since ``at`` from their series; the rows that are to be put back
    without those that stay as they are. Before they are put back."""
    ids = {row.row_id for row in rows if row.table == "series"}
    _make_room(uow, rows, said)
    if not ids:
        return list(rows), Since()
    going = {row.row_id for row in rows if row.table == "series" and row.op == "insert"}
    kept = _kept(uow, rows)
    known = {row.row_id for row in kept if row.table == "appointments"}
    found = [
        row
        for row in uow.fetch(
            "SELECT id, series_id, occurrence_on, starts_at, version FROM appointments"
            " WHERE series_id IN (SELECT value FROM json_each(?))"
            " AND starts_at <= ?",
            (json.dumps(sorted(ids)), uow.now_at),
        )[1]
        if row[0] not in known and (row[3] > at or row[1] in going)
    ]
    for ident, series_id, on, _starts_at, version in found:
        _join(uow, ident, version, (series_id, on), (None, None))
    in_effect = bool(found or upcoming(Inside(uow), at, series_ids=sorted(ids)))
    return kept, Since(at, sorted(ids), [tuple(row[:4]) for row in found], in_effect)


def after(uow: UnitOfWork, since: Since) -> None:
    """Join what has begun since to the plan that holds again, and leave out what it would add to
    that time."""
    if not since.in_effect:
        return
    free = [
        one
        for one in occurrences(
            Inside(uow), since.at - _MARGIN_MS, uow.now_at + _MARGIN_MS, series_ids=since.series_ids
        )
        if since.at - _MARGIN_MS < one.starts_at
    ]
    for ident, series_id, on, starts_at in sorted(since.rows, key=lambda row: row[3]):
        chosen = _nearest(free, series_id, on, starts_at, since.at, uow.now_at)
        if chosen is None:
            continue
        free.remove(chosen)
        version = int(uow.value("SELECT version FROM appointments WHERE id = ?", (ident,)))
        _join(uow, ident, version, (None, None), (chosen.series_id, chosen.on.isoformat()))
    for one in free:
        if since.at < one.starts_at <= uow.now_at:
            uow.add(
                models.SeriesSkip(
                    series_id=one.series_id, occurrence_on=one.on.isoformat(), reason=""
                )
            )


def _nearest(
    free: Sequence[Occurrence], series_id: int, on: str, starts_at: int, at: int, now: int
) -> Occurrence | None:
    """The same date of the same series; else the nearest of those that began in that time."""
    for one in free:
        if one.series_id == series_id and one.on.isoformat() == on:
            return one
    same_day = [one for one in free if one.on.isoformat() == on]
    begun = [one for one in free if at < one.starts_at <= now]
    return min(
        same_day or begun or free, key=lambda one: abs(one.starts_at - starts_at), default=None
    )


def _kept(uow: UnitOfWork, rows: Sequence[Row]) -> list[Row]:
    """Without the visits that the change itself wrote down and somebody has worked on since."""
    written = {
        row.row_id: row.version_after
        for row in rows
        if row.table == "appointments" and row.op == "insert"
    }
    now = dict(
        uow.fetch(
            "SELECT id, version FROM appointments WHERE id IN (SELECT value FROM json_each(?))"
            " AND starts_at <= ?",
            (json.dumps(list(written)), uow.now_at),
        )[1]
    )
    last = {row.row_id: row for row in reversed(rows) if row.table == "appointments"}
    worked_on = {
        ident for ident, version in now.items() if version != last[ident].version_after
    }  # fmt: skip
    if not worked_on:
        return list(rows)
    parts = {
        (table, row[0])
        for table in _OWN_PARTS
        for row in uow.fetch(
            f"SELECT id FROM {table} WHERE appointment_id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(worked_on)),),
        )[1]
    }
    return [
        row
        for row in rows
        if (row.table, row.row_id) not in parts
        and not (row.table == "appointments" and row.row_id in worked_on)
    ]


def _make_room(uow: UnitOfWork, rows: Sequence[Row], said: str) -> None:
    """A row that comes back for an occurrence takes the place of one written down meanwhile."""
    coming = {row.row_id for row in rows if row.table == "appointments"}
    for row in rows:
        if row.table != "appointments" or row.op != "delete":
            continue
        was: dict[str, Any] = json.loads(row.before)
        if was.get("series_id") is None:
            continue
        for ident, version in uow.fetch(
            "SELECT id, version FROM appointments WHERE series_id = ? AND occurrence_on = ?",
            (was["series_id"], was["occurrence_on"]),
        )[1]:
            if ident in coming:
                continue
            if version != 1:
                raise AppError("undo.moved_on", label=said)
            for table in _OWN_PARTS:
                for part in uow.fetch(
                    f"SELECT id FROM {table} WHERE appointment_id = ?", (ident,)
                )[1]:  # fmt: skip
                    _remove(uow, table, part[0])
            _remove(uow, "appointments", ident)


def _remove(uow: UnitOfWork, table: str, ident: int) -> None:
    names, found = uow.fetch(f"SELECT * FROM {table} WHERE id = ?", (ident,))
    values = dict(zip(names, found[0], strict=True))
    uow.driver(f"DELETE FROM {table} WHERE id = ?", [(ident,)])
    uow.note(table, ident, "delete", values, int(values["version"]))


def _join(
    uow: UnitOfWork,
    ident: int,
    version: int,
    was: tuple[int | None, str | None],
    now: tuple[int | None, str | None],
) -> None:
    uow.driver(
        "UPDATE appointments SET series_id = ?, occurrence_on = ?, version = ? WHERE id = ?",
        [(*now, version + 1, ident)],
    )
    uow.note(
        "appointments",
        ident,
        "update",
        {"series_id": was[0], "occurrence_on": was[1], "version": version},
        version + 1,
        None,
        {"series_id": now[0], "occurrence_on": now[1]},
    )
