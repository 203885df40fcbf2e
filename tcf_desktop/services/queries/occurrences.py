"""The occurrences of series in a window: computed, never stored ahead.

An occurrence is a series and a date of its rule. It is known by a number below zero until a row
stands for it; a row (also a deleted one) or a skip covers its date. Queries over appointments are
written once and asked of two tables, :func:`sources`: the stored one and the computed one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Protocol

from tcf_desktop.base.clock import from_ms
from tcf_desktop.domain import appointments as rules
from tcf_desktop.domain.public_holidays import holiday_name, kept_date
from tcf_desktop.domain.recurrence import dates, occurrence_id, occurrence_of, rule_of

if TYPE_CHECKING:
    from collections.abc import Callable

DAY_MS: Final = 86_400_000
_HOLIDAY_DAYS: Final = 8  # further than an occurrence moves away from a holiday
_LONGEST_DAYS: Final = rules.MAX_ALL_DAY_MINUTES // rules.DAY_MINUTES + 2
_WINDOWS: Final = (35, 400, 366 * 9, 366 * 100)  # how far ahead the next one is looked for

_LIVING: Final = """
SELECT id, starts_local, minutes, zone, all_day, rule, last_on, holidays, arrival_offset,
    arrival_minutes
FROM series WHERE deleted_at IS NULL AND starts_local < ?
    AND (last_on IS NULL OR last_on >= CASE all_day WHEN 1 THEN ? ELSE ? END)
"""
_COVERED: Final = """
SELECT a.series_id, a.occurrence_on FROM json_each(?) j
JOIN appointments a ON a.series_id = j.value AND a.occurrence_on BETWEEN ? AND ?
UNION ALL
SELECT k.series_id, k.occurrence_on FROM json_each(?) j
JOIN series_skips k ON k.series_id = j.value AND k.occurrence_on BETWEEN ? AND ?
"""
# Every column of ``appointments`` for occurrences that are given as JSON; one parameter.
COMPUTED: Final = """
(SELECT j.value ->> 0 AS id, coalesce(j.value ->> 7, s.uid) AS uid, s.kind AS kind,
    s.contact_id AS contact_id, s.location_id AS location_id, s.title AS title,
    j.value ->> 3 AS starts_local,
    s.minutes AS minutes, s.zone AS zone, j.value ->> 4 AS starts_at, j.value ->> 5 AS ends_at,
    s.all_day AS all_day, j.value ->> 6 AS arrival_from_local,
    s.arrival_minutes AS arrival_minutes, s.crew_id AS crew_id, s.worker_id AS worker_id,
    s.state AS state, '' AS cancel_reason, s.note AS note, s.crew_note AS crew_note,
    s.document_note AS document_note, s.color_index AS color_index, NULL AS route_position,
    NULL AS told_local, NULL AS told_at, s.id AS series_id, j.value ->> 2 AS occurrence_on,
    NULL AS call_back_of_id, s.total_cents AS total_cents, NULL AS invoice_id,
    s.sequence AS sequence, s.created_at AS created_at, s.updated_at AS updated_at,
    NULL AS deleted_at, s.version AS version
FROM json_each(?) j JOIN series s ON s.id = j.value ->> 1)
"""
_LINES: Final = "appointment_lines WHERE appointment_id = a.id"
_SERIES_LINES: Final = "series_lines WHERE series_id = a.series_id"


class Rows(Protocol):
    """What answers plain SQL: a reader, or a command inside its transaction."""

    def all(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]: ...

    def one(self, sql: str, params: Sequence[object] = ()) -> tuple[Any, ...] | None: ...


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that a series takes place: ``on`` is the date of the rule, its name;
    ``starts_local`` may be another date, when it moved away from a holiday."""

    id: int
    series_id: int
    on: date
    starts_local: str
    starts_at: int
    ends_at: int
    arrival_from_local: str | None

    @property
    def sort_key(self) -> tuple[int, int]:
        return (self.starts_at, self.id)


def sources(sql: str) -> tuple[str, str]:
    """A statement about ``{visits} a`` for the stored and for the computed appointments.

    ``{lines}`` stands for the lines of ``a``. The second statement's parameter at ``{visits}`` is
    :func:`as_json`.
    """
    return (
        sql.format(visits="appointments", lines=_LINES),
        sql.format(visits=COMPUTED, lines=_SERIES_LINES),
    )


def as_json(found: Sequence[Occurrence], uids: Sequence[str | None] = ()) -> str:
    """What :data:`COMPUTED` is made of; with the identities that rows shall have."""
    return json.dumps(
        [
            (
                one.id,
                one.series_id,
                one.on.isoformat(),
                one.starts_local,
                one.starts_at,
                one.ends_at,
                one.arrival_from_local,
                uid,
            )
            for one, uid in zip(found, uids or [None] * len(found), strict=True)
        ]
    )


def occurrences(
    r: Rows,
    begin_ms: int,
    after_ms: int,
    *,
    series_ids: Sequence[int] | None = None,
    contact_ids: Sequence[int] | None = None,
    of_customers: bool = False,
) -> list[Occurrence]:
    """What touches the instants from ``begin_ms`` to ``after_ms`` (exclusive) and has no row, in
    order of start; of these series or contacts, or of customers only, when that is asked."""
    begin, end = from_ms(begin_ms).date(), from_ms(after_ms).date()
    sql, params = _LIVING, [
        (end + timedelta(days=2)).isoformat(),
        (begin - timedelta(days=_LONGEST_DAYS + _HOLIDAY_DAYS)).isoformat(),
        (begin - timedelta(days=4 + _HOLIDAY_DAYS)).isoformat(),
    ]  # fmt: skip
    for column, wanted in (("id", series_ids), ("contact_id", contact_ids)):
        if wanted is not None:
            sql += f" AND {column} IN (SELECT value FROM json_each(?))"
            params.append(json.dumps(list(wanted)))
    if of_customers:
        sql += " AND contact_id IS NOT NULL"
    found: list[Occurrence] = []
    closed = _Holidays(r)
    for row in r.all(sql, params):
        back = -(-row[2] // rules.DAY_MINUTES) + 1
        moves = _HOLIDAY_DAYS if row[7] in ("before", "after") else 0
        days = _dates(
            row[5],
            row[1][:10],
            row[6],
            begin - timedelta(days=back + moves),
            end + timedelta(days=1 + moves),
        )
        for day in days:
            one = _occurrence(row, day, closed)
            if one is not None and one.starts_at < after_ms and one.ends_at > begin_ms:
                found.append(one)
    found = _uncovered(r, found)
    found.sort(key=lambda one: one.sort_key)
    return found


def occurrence(r: Rows, ident: int) -> Occurrence | None:
    """The occurrence of a number below zero; None when it does not take place or has a row."""
    series_id, on = occurrence_of(ident)
    row = r.one(f"{_LIVING} AND id = ?", ("9999-12-31", "", "", series_id))
    if row is None or on not in _dates(row[5], row[1][:10], row[6], on, on):
        return None
    one = _occurrence(row, on, _Holidays(r))
    return one if one is not None and _uncovered(r, [one]) else None


def row_id(r: Rows, ident: int) -> int:
    """The id of the row that stands for an occurrence by now, also a deleted one; else ``ident``
    as it is."""
    if ident >= 0:
        return ident
    series_id, on = occurrence_of(ident)
    row = r.one(
        "SELECT id FROM appointments WHERE series_id = ? AND occurrence_on = ?",
        (series_id, on.isoformat()),
    )
    return ident if row is None else int(row[0])


def upcoming(
    r: Rows,
    now_ms: int,
    *,
    count: int = 1,
    series_ids: Sequence[int] | None = None,
    contact_ids: Sequence[int] | None = None,
) -> dict[int, list[Occurrence]]:
    """By series: the next ``count`` occurrences that begin at ``now_ms`` or later."""
    sql, params = _LIVING, ["9999-12-31", *[from_ms(now_ms - 3 * DAY_MS).date().isoformat()] * 2]
    for column, wanted in (("id", series_ids), ("contact_id", contact_ids)):
        if wanted is not None:
            sql += f" AND {column} IN (SELECT value FROM json_each(?))"
            params.append(json.dumps(list(wanted)))
    closed = _Holidays(r)
    today = from_ms(now_ms).date() - timedelta(days=1)
    found: dict[int, list[Occurrence]] = {}
    for row in r.all(sql, params):
        for days in _WINDOWS:
            begin = max(today - timedelta(days=_HOLIDAY_DAYS), date.fromisoformat(row[1][:10]))
            end = begin + timedelta(days=days)
            given = _dates(row[5], row[1][:10], row[6], begin, end)
            some = [one for day in given if (one := _occurrence(row, day, closed)) is not None]
            some = _uncovered(r, [one for one in some if one.starts_at >= now_ms])
            if len(some) >= count or (row[6] is not None and row[6] <= end.isoformat()):
                break
        if some:
            some.sort(key=lambda one: one.sort_key)
            found[row[0]] = some[:count]
    return found


def around(r: Rows, contact_id: int, now_ms: int) -> list[Occurrence]:
    """What one contact's series give from two months ago to three months ahead."""
    begin, after = now_ms - 60 * DAY_MS, now_ms + 90 * DAY_MS
    return occurrences(r, begin, after, contact_ids=[contact_id])


def next_by_contact(
    r: Rows, contact_ids: Sequence[int] | None, now_ms: int
) -> dict[int, Occurrence]:
    """By contact (of all when none are named): what comes next of its series. One look into an
    index when there is none."""
    sql = "SELECT id, contact_id FROM series WHERE deleted_at IS NULL AND contact_id IS NOT NULL"
    params: list[object] = []
    if contact_ids is not None:
        sql += " AND contact_id IN (SELECT value FROM json_each(?))"
        params.append(json.dumps(list(contact_ids)))
    owners: dict[int, int] = dict(r.all(sql, params))
    if not owners:
        return {}
    found: dict[int, Occurrence] = {}
    for series_id, (first, *_more) in upcoming(r, now_ms, series_ids=list(owners)).items():
        contact_id = owners[series_id]
        if contact_id not in found or first.sort_key < found[contact_id].sort_key:
            found[contact_id] = first
    return found


@lru_cache(maxsize=8192)
def _dates(
    text: str, first: str, last: str | None, begin: date, end: date
) -> tuple[date, ...]:  # fmt: skip
    """The dates of a stored series in a window. What COUNT leaves is known: ``last``."""
    rule = rule_of(text)
    if rule.count is not None:
        rule = replace(rule, count=None, until=date.fromisoformat(last) if last else None)
    return tuple(dates(rule, date.fromisoformat(first), begin, end))


def _occurrence(row: Sequence[Any], day: date, closed: Callable[[date], bool]) -> Occurrence | None:
    series_id, first_local, minutes, zone, all_day, _rule, _last, choice, offset, window = row
    kept = day
    if choice != "keep":
        moved = kept_date(day, choice, closed)
        if moved is None:
            return None
        kept = moved
    start = f"{kept.isoformat()}{first_local[10:]}"
    moment = rules.instants(start, minutes, zone, all_day=bool(all_day))
    arrival = None
    if window and not all_day:
        arrival = rules.shift_local(start, offset) if offset else start
    return Occurrence(
        occurrence_id(series_id, day),
        series_id,
        day,
        start,
        moment.starts_at,
        moment.ends_at,
        arrival,
    )


def _uncovered(r: Rows, found: list[Occurrence]) -> list[Occurrence]:
    """Those whose date no row and no skip takes."""
    if not found:
        return found
    days = [one.on.isoformat() for one in found]
    ids = json.dumps(list({one.series_id for one in found}))
    least, most = min(days), max(days)
    taken = set(r.all(_COVERED, (ids, least, most, ids, least, most)))
    return [
        one
        for one, day in zip(found, days, strict=True)
        if (one.series_id, day) not in taken
    ]  # fmt: skip


class _Holidays:
    """Whether a date is a public holiday where the business is; asked for only when a series wants
    to know."""

    def __init__(self, r: Rows) -> None:
        self._r = r
        self._where: tuple[str, str] | None = None

    def __call__(self, day: date) -> bool:
        if self._where is None:
            row = self._r.one("SELECT country, region FROM business WHERE id = 1")
            self._where = (row[0], row[1]) if row else ("", "")
        return bool(holiday_name(*self._where, day))
