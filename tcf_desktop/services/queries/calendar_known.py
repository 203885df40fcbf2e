"""What the schedule already holds of the things in a calendar file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.domain.calendar_events import OWN_UID

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

# A date of a series that has a row of our making was changed here, or has happened.
_APPOINTMENT: Final = f"""
SELECT id, uid, version, sequence, title, note, starts_at, minutes, all_day, state,
    updated_at <> created_at OR (series_id IS NOT NULL AND uid LIKE '%{OWN_UID}'),
    deleted_at IS NOT NULL, contact_id IS NOT NULL, invoice_id IS NOT NULL, series_id,
    occurrence_on
FROM appointments
"""
_SERIES: Final = """
SELECT id, uid, version, sequence, title, note, starts_local, minutes, zone, all_day, rule,
    updated_at <> created_at, deleted_at IS NOT NULL, contact_id IS NOT NULL, holidays
FROM series WHERE uid IN (SELECT value FROM json_each(?))
"""


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """An appointment that a file may mean."""

    id: int
    uid: str
    version: int
    sequence: int
    title: str
    note: str
    starts_at: int
    minutes: int
    all_day: bool
    state: str
    touched: bool
    deleted: bool
    has_contact: bool
    invoiced: bool
    series_id: int | None = None
    occurrence_on: str | None = None


@dataclass(frozen=True, slots=True)
class KnownSeries:
    """A series that a file may mean."""

    id: int
    uid: str
    version: int
    sequence: int
    title: str
    note: str
    starts_local: str
    minutes: int
    zone: str
    all_day: bool
    rule: str
    touched: bool
    deleted: bool
    has_contact: bool
    holidays: str


def events(r: Reader, uids: Iterable[str]) -> dict[str, KnownEvent]:
    """The appointments with these identities, deleted ones too."""
    sql = f"{_APPOINTMENT} WHERE uid IN (SELECT value FROM json_each(?))"
    found = (_event(row) for row in r.all(sql, (json.dumps(sorted(set(uids))),)))
    return {one.uid: one for one in found}


def series(r: Reader, uids: Iterable[str]) -> dict[str, KnownSeries]:
    """The series with these identities, deleted ones too."""
    found = {}
    for row in r.all(_SERIES, (json.dumps(sorted(set(uids))),)):
        values = list(row)
        for flag in (9, 11, 12, 13):
            values[flag] = bool(values[flag])
        found[str(row[1])] = KnownSeries(*values)
    return found


def rows_of(r: Reader, series_ids: Sequence[int]) -> dict[tuple[int, str], KnownEvent]:
    """The appointments of these series by series and date, deleted ones too."""
    sql = f"{_APPOINTMENT} WHERE series_id IN (SELECT value FROM json_each(?))"
    found = (_event(row) for row in r.all(sql, (json.dumps(list(series_ids)),)))
    return {(one.series_id or 0, one.occurrence_on or ""): one for one in found}


def skips_of(r: Reader, series_ids: Sequence[int]) -> dict[int, set[str]]:
    """The dates that these series leave out."""
    found: dict[int, set[str]] = {}
    sql = (
        "SELECT series_id, occurrence_on FROM series_skips"
        " WHERE series_id IN (SELECT value FROM json_each(?))"
    )
    for series_id, on in r.all(sql, (json.dumps(list(series_ids)),)):
        found.setdefault(series_id, set()).add(on)
    return found


def loose_dates(r: Reader, uid: str) -> list[KnownEvent]:
    """Single appointments that came from dates of a recurring event with this identity."""
    sql = f"{_APPOINTMENT} WHERE uid > ? AND uid < ? AND series_id IS NULL"
    return [_event(row) for row in r.all(sql, (f"{uid}#", f"{uid}$"))]


def same_time(r: Reader, starts: Iterable[int]) -> dict[int, tuple[tuple[int, str], ...]]:
    """(id, title) of the appointments that start at these instants."""
    found: dict[int, tuple[tuple[int, str], ...]] = {}
    for ident, at, title in r.all(
        "SELECT a.id, a.starts_at, a.title FROM json_each(?) j JOIN appointments a"
        " ON a.starts_at = j.value WHERE a.deleted_at IS NULL",
        (json.dumps(sorted(set(starts))),),
    ):
        found[at] = (*found.get(at, ()), (ident, title))
    return found


def same_series(r: Reader, starts_local: str, title: str, rule: str) -> int | None:
    """The living series of that name that begins at that wall time with the same rule."""
    found = r.value(
        "SELECT id FROM series WHERE deleted_at IS NULL AND starts_local = ? AND title = ?"
        " AND rule = ? LIMIT 1",
        (starts_local, title, rule),
    )
    return None if found is None else int(found)


def _event(row: Sequence[Any]) -> KnownEvent:
    values = list(row)
    for flag in (8, 10, 11, 12, 13):
        values[flag] = bool(values[flag])
    return KnownEvent(*values)
