"""Appointments and series on their way to calendar files: no office notes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.base.clock import from_ms
from tcf_desktop.domain import appointments as rules
from tcf_desktop.domain.calendar_events import EventOut
from tcf_desktop.domain.recurrence import dates, occurrence_id, rule_of
from tcf_desktop.services.queries.appointment import one_line_address
from tcf_desktop.services.queries.occurrences import (
    Occurrence,
    as_json,
    occurrences,
    sources,
)
from tcf_desktop.services.queries.schedule import LONGEST_ALL_DAY_MS, LONGEST_MS, listed_name

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

HOLIDAY_YEARS: Final = 5  # how far ahead what holidays change is written out
_SHOWN, _COMPUTED = sources("""
SELECT a.uid, a.sequence, a.starts_local, a.minutes, a.zone, a.all_day, a.state, a.kind,
    a.updated_at, a.title, a.contact_id, c.first_name, c.last_name, c.company, c.display_name,
    p.street, p.street2, p.city, p.region, p.postal_code, g.name, w.name, a.arrival_from_local,
    a.arrival_minutes, a.starts_at,
    (SELECT group_concat(l.name, char(10)) FROM (SELECT name FROM {lines} ORDER BY position) AS l),
    a.series_id, a.occurrence_on, coalesce(a.crew_id, w.crew_id)
FROM {visits} a
LEFT JOIN contacts c ON c.id = a.contact_id
LEFT JOIN locations p ON p.id = a.location_id
LEFT JOIN crews g ON g.id = a.crew_id
LEFT JOIN workers w ON w.id = a.worker_id
""")
_ROWS: Final = f"{_SHOWN} WHERE a.deleted_at IS NULL"
_IN_RANGE: Final = " AND a.all_day = ? AND a.starts_at >= ? AND a.starts_at < ? AND a.ends_at > ?"
_SERIES: Final = """
SELECT s.id, s.starts_local, s.minutes, s.zone, s.all_day, s.rule, s.last_on, s.holidays, s.uid,
    s.arrival_offset, s.arrival_minutes, coalesce(s.crew_id, w.crew_id)
FROM series s LEFT JOIN workers w ON w.id = s.worker_id
WHERE s.deleted_at IS NULL
"""
_LEFT_OUT: Final = """
SELECT series_id, occurrence_on FROM series_skips
WHERE series_id IN (SELECT value FROM json_each(?))
UNION
SELECT series_id, occurrence_on FROM appointments
WHERE series_id IN (SELECT value FROM json_each(?)) AND deleted_at IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class _Series:
    """A series that is written, as far as its dates go."""

    id: int
    starts_local: str
    minutes: int
    zone: str
    all_day: int
    rule: str
    last_on: str | None
    holidays: str
    uid: str
    arrival_offset: int
    arrival_minutes: int | None
    crew_id: int | None

    @property
    def first(self) -> date:
        return date.fromisoformat(self.starts_local[:10])

    def gives(self, days: Sequence[str]) -> set[str]:
        """Those of these dates that the rule gives."""
        if not days:
            return set()
        least, most = date.fromisoformat(min(days)), date.fromisoformat(max(days))
        return {day.isoformat() for day in self.dates(least, most)}.intersection(days)

    def dates(self, begin: date, end: date) -> list[date]:
        if self.last_on is not None:
            end = min(end, date.fromisoformat(self.last_on))
        return dates(rule_of(self.rule).without_end(), self.first, begin, end)

    def at(self, on: str) -> str:
        """The wall time that the rule gives on a date."""
        return f"{on}{self.starts_local[10:]}"


def events(
    r: Reader,
    first_on: date | None,
    last_on: date | None,
    zone: str,
    now_ms: int,
    crew_id: int | None = None,
) -> list[EventOut]:
    """What leaves the house for these days (inclusive; None = without an end), in order of start.

    A series that touches them is given whole, what stands in for its occurrences with it; of one
    crew, when it is named, what is that crew's or one of its workers'.
    """
    begin = _midnight(first_on or date(1900, 1, 1), zone)
    after = _midnight((last_on or date(2200, 1, 1)) + timedelta(days=1), zone)
    rows = r.all(_ROWS + _IN_RANGE, (0, begin - LONGEST_MS, after, begin))
    rows += r.all(_ROWS + _IN_RANGE, (1, begin - LONGEST_ALL_DAY_MS, after, begin))
    if crew_id is not None:
        rows = [row for row in rows if row[28] == crew_id]
    touched = {row[26] for row in rows if row[26] is not None}
    if first_on is not None and last_on is not None:
        touched.update(one.series_id for one in occurrences(r, begin, after))
    living = [_Series(*row) for row in r.all(_SERIES)]
    series = [
        one
        for one in living
        if (crew_id is None or one.crew_id == crew_id)
        and (one.id in touched or _open(one, first_on, last_on))
    ]
    until = max(last_on or date.min, _far(now_ms))
    return _together(r, rows, series, until, crew_id)


def events_of(r: Reader, contact_ids: Sequence[int], now_ms: int) -> list[EventOut]:
    """The appointments and series of these contacts as they leave the house, by start."""
    ids = json.dumps(list(contact_ids))
    rows = r.all(f"{_ROWS} AND a.contact_id IN (SELECT value FROM json_each(?))", (ids,))
    sql = f"{_SERIES} AND s.contact_id IN (SELECT value FROM json_each(?))"
    series = [_Series(*row) for row in r.all(sql, (ids,))]
    return _together(r, rows, series, _far(now_ms), None)


def _together(
    r: Reader,
    rows: Sequence[Sequence[Any]],
    series: Sequence[_Series],
    until: date,
    crew_id: int | None,
) -> list[EventOut]:
    """Series with their exceptions, and all other rows by themselves."""
    ids = json.dumps([one.id for one in series])
    own = r.all(f"{_ROWS} AND a.series_id IN (SELECT value FROM json_each(?))", (ids,))
    found: list[tuple[int, str, EventOut]] = []
    out: dict[int, set[str]] = {one.id: set() for one in series}
    for series_id, on in r.all(_LEFT_OUT, (ids, ids)):
        out[series_id].add(on)
    kept: dict[int, dict[str, Sequence[Any]]] = {one.id: {} for one in series}
    for row in own:
        kept[row[26]][row[27]] = row
    tied: set[str] = set()
    for one, master in zip(series, _masters(r, series), strict=True):
        given = one.gives([*kept[one.id], *out[one.id]])
        left_out = out[one.id] & given
        instead = {on: row for on, row in kept[one.id].items() if on in given}
        tied.update(visit[0] for visit in instead.values())
        for on, visit in instead.items():
            if crew_id is not None and visit[28] != crew_id:
                left_out.add(on)  # somebody else does it
            else:
                found.append((visit[24], visit[0], _instead_of(one, on, visit)))
        moved, closed = _holidays(r, one, until, left_out | instead.keys())
        found += moved
        event = replace(
            _event(master),
            rule=one.rule,
            left_out=tuple(one.at(on) for on in sorted(left_out | closed)),
        )
        found.append((master[24], master[0], event))
    found += [(row[24], row[0], _event(row)) for row in rows if row[0] not in tied]
    tied.update(row[0] for row in rows)
    for row in own:  # dates beside the rule go with their series
        if row[0] not in tied and (crew_id is None or row[28] == crew_id):
            found.append((row[24], row[0], _event(row)))
    found.sort(key=lambda entry: (entry[0], entry[1], entry[2].replaces_local))
    return [event for _, _, event in found]


def _masters(r: Reader, series: Sequence[_Series]) -> list[Sequence[Any]]:
    """The columns of each series as of its first occurrence."""
    firsts = []
    for one in series:
        moment = rules.instants(one.starts_local, one.minutes, one.zone, all_day=bool(one.all_day))
        arrival = None
        if one.arrival_minutes and not one.all_day:
            arrival = rules.shift_local(one.starts_local, one.arrival_offset)
        firsts.append(
            Occurrence(
                occurrence_id(one.id, one.first),
                one.id,
                one.first,
                one.starts_local,
                moment.starts_at,
                moment.ends_at,
                arrival,
            )
        )
    rows = {row[26]: row for row in r.all(_COMPUTED, (as_json(firsts),))}
    return [rows[one.id] for one in series]


def _holidays(
    r: Reader, one: _Series, until: date, covered: set[str]
) -> tuple[list[tuple[int, str, EventOut]], set[str]]:
    """What public holidays do to a series, written out: occurrences on other dates, and dates on
    which it does not take place."""
    if one.holidays == "keep":
        return [], set()
    begin = _midnight(one.first - timedelta(days=9), "UTC")
    after = _midnight(until + timedelta(days=10), "UTC")
    shown = {
        shown.on.isoformat(): shown
        for shown in occurrences(r, begin, after, series_ids=[one.id])
        if shown.on <= until
    }
    given = {day.isoformat() for day in one.dates(one.first, until)}
    moved = [each for on, each in shown.items() if each.starts_local != one.at(on)]
    rows = r.all(_COMPUTED, (as_json(moved),)) if moved else []
    events = [(row[24], row[0], _instead_of(one, row[27], row)) for row in rows]
    return events, given - shown.keys() - covered


def _instead_of(one: _Series, on: str, row: Sequence[Any]) -> EventOut:
    return replace(
        _event(row),
        uid=one.uid,
        replaces_local=one.at(on),
        replaces_zone=one.zone,
        replaces_all_day=bool(one.all_day),
    )


def _open(one: _Series, first_on: date | None, last_on: date | None) -> bool:
    """Whether it touches a range that has no end on one side."""
    if first_on is not None and last_on is not None:
        return False
    begins = last_on is None or one.starts_local[:10] <= last_on.isoformat()
    lasts = first_on is None or one.last_on is None or one.last_on >= first_on.isoformat()
    return begins and lasts


def _far(now_ms: int) -> date:
    return from_ms(now_ms).date() + timedelta(days=366 * HOLIDAY_YEARS)


def _midnight(day: date, zone: str) -> int:
    return rules.local_instant(rules.parse_local(rules.day_local(day)), zone)


def _event(row: Sequence[Any]) -> EventOut:
    name = listed_name(row[11:15]) if row[10] is not None else ""
    title = str(row[9] or "")
    work = str(row[25] or "")
    summary = " · ".join(part for part in (name, title) if part) or work.replace("\n", " + ")
    who = row[20] or row[21]
    told = ""
    if row[23]:
        start = str(row[22] or row[2])
        until = rules.arrival_end(str(row[2]), start, int(row[23]))
        told = f"Arrives {start[11:]}–{until[11:]}"
    description = [text for text in (told, work, f"With {who}" if who else "") if text]
    return EventOut(
        uid=str(row[0]),
        sequence=int(row[1]),
        starts_local=str(row[2]),
        minutes=int(row[3]),
        zone=str(row[4]),
        all_day=bool(row[5]),
        summary=summary or "Busy",
        location=one_line_address([str(part or "") for part in row[15:20]]),
        description="\n".join(description),
        status=str(row[6]),
        kind=str(row[7]),
        changed_at=int(row[8]),
    )
