"""What speaks against appointments: one before it is saved, those of some days, those of a series.

Stored appointments and the occurrences of series are judged alike, by
:mod:`tcf_desktop.domain.conflicts`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, Protocol

from tcf_desktop.domain import appointments as rules
from tcf_desktop.domain import conflicts as judge
from tcf_desktop.domain.conflicts import Conflict, Names, Plan
from tcf_desktop.domain.contacts import list_name
from tcf_desktop.domain.public_holidays import holiday_name, kept_date
from tcf_desktop.domain.recurrence import dates, last_date, parse_rule
from tcf_desktop.services.queries.occurrences import as_json, occurrences, row_id, sources
from tcf_desktop.services.queries.working_hours import calendar

if TYPE_CHECKING:
    from tcf_desktop.domain.working_hours import Calendar
    from tcf_desktop.models.connection import Reader

SERIES_MONTHS: Final = 12
MOST_OCCURRENCES: Final = 400
_LONGEST_MS: Final = rules.MAX_MINUTES * 60_000
_LONGEST_ALL_DAY_MS: Final = (rules.MAX_ALL_DAY_MINUTES + 1440) * 60_000

_PLANS: Final = """
SELECT a.id, a.starts_at, a.ends_at, a.starts_local, a.zone, a.minutes, a.kind, a.state, a.all_day,
    a.crew_id, a.worker_id, a.location_id, a.title, a.series_id, c.first_name, c.last_name,
    c.company, c.display_name
FROM {visits} a LEFT JOIN contacts c ON c.id = a.contact_id
"""
_STORED, _COMPUTED = sources(_PLANS)
_WHERE: Final = """
WHERE a.deleted_at IS NULL AND a.all_day = ? AND a.starts_at >= ? AND a.starts_at < ?
    AND a.ends_at > ? AND a.state NOT IN ('cancelled', 'no_show', 'done')
"""


class Planned(Protocol):
    """An appointment before it is saved; ``AppointmentDraft`` is one."""

    @property
    def starts_local(self) -> str: ...
    @property
    def minutes(self) -> int: ...
    @property
    def zone(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def all_day(self) -> bool: ...
    @property
    def crew_id(self) -> int | None: ...
    @property
    def worker_id(self) -> int | None: ...
    @property
    def location_id(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Found:
    """An appointment and what speaks against it, the worst first."""

    plan: Plan
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class SeriesConflicts:
    """Of the next ``asked`` visits of a series those that somebody or something is against."""

    asked: int
    found: tuple[Found, ...]


def conflicts_of(r: Reader, draft: Planned, *, but_not: int | None = None) -> tuple[Conflict, ...]:
    """What speaks against a draft, the worst first; ``but_not`` is the appointment (also an
    occurrence, by its number below zero) that it would replace.

    Raises ``schedule.time``, ``schedule.zone`` or ``schedule.length`` for a draft that is no time.
    """
    zone = business_zone(r)
    plan = _plan_of(draft, zone)
    return _judged(r, [plan], zone, _is_one(r, but_not))[0].conflicts


def series_conflicts(
    r: Reader,
    draft: Planned,
    rule: str,
    *,
    holidays: str = "keep",
    from_on: date | None = None,
    series_id: int | None = None,
    months: int = SERIES_MONTHS,
) -> SeriesConflicts:
    """What speaks against the visits of a series that starts as ``draft``, for a year from
    ``from_on`` (its start by default). ``series_id`` is the stored series that it would replace.

    Raises ``schedule.rule`` for a rule that says nothing.
    """
    zone = business_zone(r)
    first = rules.parse_local(draft.starts_local).date()
    known = parse_rule(rule)
    begin = max(first, from_on or first)
    last = last_date(known, first) if known.count is not None else None
    end = min(begin + timedelta(days=months * 366 // 12), last or date.max)
    closed = _holiday_test(r)
    plans = []
    for day in dates(known, first, begin, end)[:MOST_OCCURRENCES]:
        kept = kept_date(day, holidays, closed)
        if kept is not None:
            plans.append(_plan_of(draft, zone, f"{kept.isoformat()}{draft.starts_local[10:]}"))

    def own(_ident: int, series: int | None) -> bool:
        return series_id is not None and series == series_id

    judged = _judged(r, plans, zone, own)
    return SeriesConflicts(len(plans), tuple(found for found in judged if found.conflicts))


def conflicts_between(r: Reader, first_on: date, last_on: date) -> tuple[Found, ...]:
    """Every appointment of some days (inclusive) that something speaks against, by start."""
    zone = business_zone(r)
    begin, after = _instants(first_on, last_on, zone)
    every = plans_between(r, begin, after, zone)
    if not every:
        return ()
    known = calendar_of(r, every)
    names = _names(r, every)
    found: dict[int, list[Conflict]] = {}
    for one, other in judge.overlaps(every, known):
        for plan, against in ((one, other), (other, one)):
            if plan.id is not None:
                said = judge.busy_conflict(plan, against, known, names)
                found.setdefault(plan.id, []).append(said)
    answer = []
    for plan in every:
        against_it = [*found.get(plan.id or 0, ()), *judge.day_conflicts(plan, known, names)]
        if against_it:
            answer.append(Found(plan, judge.in_order(against_it)))
    return tuple(answer)


def marked(r: Reader, plans: Sequence[Plan], now_ms: int) -> frozenset[int]:
    """The ids of those that cannot be as they are planned: people wanted twice and, of what lies
    ahead, nobody there or the place closed. Hours and holidays mark nothing."""
    if not plans:
        return frozenset()
    # Without a country nobody computes holidays, which would cost more than the rest together.
    known = replace(calendar_of(r, plans), country="")
    crews = Names(dict(r.all("SELECT id, name FROM crews WHERE deleted_at IS NULL")))
    found = {plan.id for pair in judge.overlaps(plans, known) for plan in pair}
    for plan in plans:
        if plan.starts_at >= now_ms and plan.id not in found:
            said = judge.day_conflicts(plan, known, crews)
            if any(one.severity == judge.CLASH for one in said):
                found.add(plan.id)
    return frozenset(ident for ident in found if ident is not None)


def plans_between(
    r: Reader, begin_ms: int, after_ms: int, zone: str, *, all_day: bool = True
) -> list[Plan]:
    """What is still to be done and touches these instants, stored and computed, by start.

    What has been done, was cancelled or is deleted is left out.
    """
    found: list[Plan] = []
    computed = as_json(occurrences(r, begin_ms, after_ms))
    for whole, longest in ((0, _LONGEST_MS), (1, _LONGEST_ALL_DAY_MS)):
        if whole and not all_day:
            continue
        params = (whole, begin_ms - longest, after_ms, begin_ms)
        found += [_plan(row, zone) for row in r.all(_STORED + _WHERE, params)]
        if computed != "[]":
            found += [_plan(row, zone) for row in r.all(_COMPUTED + _WHERE, (computed, *params))]
    found.sort(key=lambda plan: (plan.starts_at, plan.id or 0))
    return found


def calendar_of(r: Reader, plans: Collection[Plan]) -> Calendar:
    """The calendar of the days that these plans touch, and of those before, on which what still
    runs may have begun. There must be at least one plan."""
    first = min(plan.day for plan in plans) - timedelta(days=3)
    last = max(plan.day + timedelta(days=plan.minutes // rules.DAY_MINUTES + 1) for plan in plans)
    places = {plan.location_id for plan in plans if plan.location_id is not None}
    return calendar(r, first, last, places)


def business_zone(r: Reader) -> str:
    """The zone of the business."""
    return str(r.value("SELECT zone FROM business WHERE id = 1") or "UTC")


_IsOwn = Callable[[int, int | None], bool]


def _judged(r: Reader, plans: Sequence[Plan], zone: str, is_own: _IsOwn) -> list[Found]:
    """Each plan against everything that is stored but itself."""
    if not plans:
        return []
    known, names = calendar_of(r, plans), _names(r, plans)
    begin = min(plan.starts_at for plan in plans)
    after = max(plan.ends_at for plan in plans)
    computed = occurrences(r, begin, after) if any(p.crew_id or p.worker_id for p in plans) else []
    answer = []
    for plan in plans:
        others: list[Plan] = []
        if judge.takes(plan, known):
            params = (0, plan.starts_at - _LONGEST_MS, plan.ends_at, plan.starts_at)
            rows = r.all(_STORED + _WHERE, params)
            near = [
                one
                for one in computed
                if one.starts_at < plan.ends_at and one.ends_at > plan.starts_at
            ]
            if near:
                rows += r.all(_COMPUTED + _WHERE, (as_json(near), *params))
            others = [_plan(row, zone) for row in rows if not is_own(row[0], row[13])]
        answer.append(Found(plan, judge.conflicts(plan, others, known, names)))
    return answer


def _is_one(r: Reader, ident: int | None) -> _IsOwn:
    both = set() if ident is None else {ident, row_id(r, ident)}
    return lambda other, _series: other in both


def _plan_of(draft: Planned, zone: str, starts_local: str | None = None) -> Plan:
    start = starts_local or draft.starts_local
    rules.checked_minutes(draft.minutes, all_day=draft.all_day)
    moment = rules.instants(start, draft.minutes, draft.zone, all_day=draft.all_day)
    return Plan(
        id=None,
        starts_at=moment.starts_at,
        ends_at=moment.ends_at,
        local=_wall(moment.starts_at, start, draft.zone, zone, draft.all_day),
        minutes=draft.minutes,
        starts_local=start,
        zone=draft.zone,
        kind=draft.kind,
        state=draft.state,
        all_day=draft.all_day,
        crew_id=draft.crew_id,
        worker_id=draft.worker_id,
        location_id=draft.location_id,
    )


def _plan(row: Sequence[Any], zone: str) -> Plan:
    all_day = bool(row[8])
    shown = list_name(*(str(part or "") for part in row[14:17])) or row[17] or row[12]
    return Plan(
        id=row[0],
        starts_at=row[1],
        ends_at=row[2],
        local=_wall(row[1], row[3], row[4], zone, all_day),
        minutes=row[5],
        starts_local=row[3],
        zone=row[4],
        kind=row[6],
        state=row[7],
        all_day=all_day,
        crew_id=row[9],
        worker_id=row[10],
        location_id=row[11],
        name=shown,
    )


def _wall(starts_at: int, local: str, own_zone: str, zone: str, all_day: bool) -> str:
    """The start on the wall of the business."""
    if own_zone == zone or all_day:
        return local
    return rules.format_local(rules.wall_of(starts_at, zone))


def _names(r: Reader, plans: Iterable[Plan]) -> Names:
    crews = dict(r.all("SELECT id, name FROM crews WHERE deleted_at IS NULL"))
    places = sorted({plan.location_id for plan in plans if plan.location_id is not None})
    marks = ",".join("?" * len(places[:900]))
    rows = r.all(
        f"SELECT id, coalesce(nullif(name, ''), street) FROM locations WHERE id IN ({marks})",
        places[:900],
    )
    return Names(crews, {row[0]: row[1] for row in rows})


def _holiday_test(r: Reader) -> Callable[[date], bool]:
    country, region = r.one("SELECT country, region FROM business WHERE id = 1") or ("", "")
    return lambda day: bool(country and holiday_name(country, region, day))


def _instants(first_on: date, last_on: date, zone: str) -> tuple[int, int]:
    """From the first midnight to the one after the last day."""
    begin = rules.local_instant(rules.parse_local(rules.day_local(first_on)), zone)
    after = rules.day_local(last_on + timedelta(days=1))
    return begin, rules.local_instant(rules.parse_local(after), zone)
