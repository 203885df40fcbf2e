"""What speaks against an appointment as it is planned. It is said, never forbidden.

The one rule for "twice at the same time": an appointment takes the crew or the worker it is given
to, and a crew takes everybody who is in it on that day. Two appointments are in conflict when
their times overlap and they take somebody together: a crew with itself, a worker with himself and
with his crew, two crews that share a worker; not two workers of a crew who are booked singly.
What is done or cancelled, and whole-day entries, take nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from tcf_desktop.domain import appointments as rules
from tcf_desktop.domain import working_hours
from tcf_desktop.domain.working_hours import Calendar, Day

CLASH: Final = "clash"  # it cannot be as it is planned
NOTE: Final = "note"  # it is unusual

BUSY: Final = "busy"
HOURS: Final = "hours"
HOLIDAY: Final = "holiday"
DAY_OFF: Final = "day_off"
MEMBER_OFF: Final = "member_off"
CLOSED: Final = "closed"
INACTIVE: Final = "inactive"
PLACE_CLOSED: Final = "place_closed"
PLACE_HOURS: Final = "place_hours"
NO_TIME: Final = "no_time"
DOUBLE_TIME: Final = "double_time"

FREE_STATES: Final = rules.OFF_STATES | {"done"}
_WORK_KINDS: Final = ("job", "estimate", "task")
_MOST_DAYS: Final = 14  # of a whole-day entry that are looked at


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing that speaks against it.

    ``who``: the worker's or crew's name, or the location's. ``name``: the other appointment, the
    holiday or the reason written down. ``starts_local`` and ``other_id`` are the other
    appointment's; ``from_minute`` and ``to_minute`` the hours that are left, both None on a day
    without any. ``on`` is the ISO date in the zone of the business.
    """

    kind: str
    severity: str
    on: str
    who: str = ""
    name: str = ""
    starts_local: str = ""
    other_id: int | None = None
    from_minute: int | None = None
    to_minute: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """An appointment as it is judged: ``local`` is the wall time of the business, ``starts_local``
    that of its own ``zone``; instants in UTC milliseconds."""

    id: int | None
    starts_at: int
    ends_at: int
    local: str
    minutes: int
    starts_local: str
    zone: str
    kind: str = "job"
    state: str = "confirmed"
    all_day: bool = False
    crew_id: int | None = None
    worker_id: int | None = None
    location_id: int | None = None
    name: str = ""

    @property
    def day(self) -> date:
        """The day it begins on."""
        return date.fromisoformat(self.local[:10])


@dataclass(frozen=True, slots=True)
class Names:
    """The crews that there are, and the locations, by id."""

    crews: Mapping[int, str] = field(default_factory=dict)
    locations: Mapping[int, str] = field(default_factory=dict)


def takes(plan: Plan, calendar: Calendar) -> frozenset[int]:
    """Whom it takes: workers by their id, a crew by its id below zero; nobody when it is free."""
    if plan.state in FREE_STATES or plan.all_day:
        return frozenset()
    if plan.worker_id is not None:
        return frozenset((plan.worker_id,))
    if plan.crew_id is None:
        return frozenset()
    return frozenset((-plan.crew_id, *calendar.members(plan.crew_id, plan.day)))


def overlaps(plans: Iterable[Plan], calendar: Calendar) -> Iterator[tuple[Plan, Plan]]:
    """Every two that take somebody together at the same time, the earlier start first."""
    running: list[tuple[Plan, frozenset[int]]] = []
    known: dict[object, frozenset[int]] = {}  # hundreds of visits share a few crews and days
    for plan in sorted(plans, key=lambda p: (p.starts_at, p.ends_at)):
        key = (plan.crew_id, plan.worker_id, plan.local[:10], plan.state, plan.all_day)
        taken = known.get(key)
        if taken is None:
            taken = known[key] = takes(plan, calendar)
        if not taken:
            continue
        running = [pair for pair in running if pair[0].ends_at > plan.starts_at]
        for other, others in running:
            if not taken.isdisjoint(others):
                yield other, plan
        running.append((plan, taken))


def busy_with(plan: Plan, others: Iterable[Plan], calendar: Calendar) -> list[Plan]:
    """Which of the others take the same people at the same time, in order of start."""
    taken = takes(plan, calendar)
    found = [
        other
        for other in others
        if other.starts_at < plan.ends_at
        and plan.starts_at < other.ends_at
        and not taken.isdisjoint(takes(other, calendar))
    ]
    return sorted(found, key=lambda other: (other.starts_at, other.name))


def conflicts(
    plan: Plan, others: Iterable[Plan], calendar: Calendar, names: Names
) -> tuple[Conflict, ...]:
    """Everything that speaks against a plan, the worst first; ``others`` without itself."""
    if plan.state in FREE_STATES:
        return ()
    found = [
        busy_conflict(plan, other, calendar, names) for other in busy_with(plan, others, calendar)
    ]
    found += day_conflicts(plan, calendar, names)
    return in_order(found)


def in_order(found: Sequence[Conflict]) -> tuple[Conflict, ...]:
    """The worst first, otherwise as they are."""
    return tuple(sorted(found, key=lambda conflict: conflict.severity != CLASH))


def busy_conflict(plan: Plan, other: Plan, calendar: Calendar, names: Names) -> Conflict:
    """That the other appointment takes the same people."""
    shared = takes(plan, calendar) & takes(other, calendar)
    crews = [-ident for ident in shared if ident < 0]
    people = sorted(calendar.people[i].name for i in shared if i in calendar.people)
    who = names.crews.get(crews[0], "") if crews else ", ".join(people)
    return Conflict(BUSY, CLASH, plan.local[:10], who, other.name, other.local, other.id)


def day_conflicts(plan: Plan, calendar: Calendar, names: Names) -> list[Conflict]:
    """What the days, hours and the clock say, without the other appointments.

    Personal entries may lie at any hour: of them only the clock is asked.
    """
    if plan.state in FREE_STATES:
        return []
    found: list[Conflict] = []
    if plan.kind in _WORK_KINDS:
        for on in _days(plan, calendar):
            found += _who_conflicts(plan, on, calendar, names)
            found += _place_conflicts(plan, on, calendar, names)
    if not plan.all_day:
        if rules.is_skipped(plan.starts_local, plan.zone):
            found.append(Conflict(NO_TIME, NOTE, plan.local[:10]))
        elif rules.is_double(plan.starts_local, plan.zone):
            found.append(Conflict(DOUBLE_TIME, NOTE, plan.local[:10]))
    return found


def _days(plan: Plan, calendar: Calendar) -> list[date]:
    count = min(_MOST_DAYS, -(-plan.minutes // rules.DAY_MINUTES)) if plan.all_day else 1
    days = [plan.day + timedelta(days=n) for n in range(max(1, count))]
    return [day for day in days if calendar.first_on <= day <= calendar.last_on]


def _span(plan: Plan) -> tuple[int, int] | None:
    """The minutes of the day it takes; None for a whole day, which fits any hours."""
    if plan.all_day:
        return None
    start = datetime.fromisoformat(plan.local)
    minute = start.hour * 60 + start.minute
    return minute, minute + plan.minutes


def _who_conflicts(plan: Plan, on: date, calendar: Calendar, names: Names) -> Iterator[Conflict]:
    who, day = _who(plan, on, calendar, names)
    day_on = on.isoformat()
    if day.hours is None:
        kind, severity = _WHY[day.why]
        yield Conflict(kind, severity, day_on, who, day.reason)
    else:
        span = _span(plan)
        if span is not None and not day.covers(*span):
            yield Conflict(
                HOURS, NOTE, day_on, who,
                from_minute=day.hours.from_minute, to_minute=day.hours.to_minute,
            )  # fmt: skip
        holiday = calendar.holiday(on)
        if holiday:  # it does not keep anybody from working, but the customer may be away
            yield Conflict(HOLIDAY, NOTE, day_on, who, holiday)
    if day.hours is None or plan.worker_id is not None or plan.crew_id is None:
        return
    for worker_id in calendar.members(plan.crew_id, on):
        own = calendar.worker_day(worker_id, on)
        if own.why == working_hours.DAY_OFF:
            person = calendar.people[worker_id]
            yield Conflict(MEMBER_OFF, NOTE, day_on, person.name, own.reason)


_WHY: Final = {
    working_hours.WEEKDAY: (HOURS, NOTE),
    working_hours.HOLIDAY: (HOLIDAY, NOTE),
    working_hours.DAY_OFF: (DAY_OFF, CLASH),
    working_hours.CLOSED: (CLOSED, CLASH),
    working_hours.INACTIVE: (INACTIVE, CLASH),
}


def _who(plan: Plan, on: date, calendar: Calendar, names: Names) -> tuple[str, Day]:
    if plan.worker_id is not None:
        person = calendar.people.get(plan.worker_id)
        return (person.name if person else ""), calendar.worker_day(plan.worker_id, on)
    if plan.crew_id is None:
        return "", calendar.business_day(on)
    if plan.crew_id not in names.crews:  # dissolved since
        return "", Day(None, working_hours.INACTIVE)
    return names.crews[plan.crew_id], calendar.crew_day(plan.crew_id, on)


def _place_conflicts(plan: Plan, on: date, calendar: Calendar, names: Names) -> Iterator[Conflict]:
    if plan.location_id is None:
        return
    day = calendar.location_day(plan.location_id, on)
    place = names.locations.get(plan.location_id, "")
    if day.hours is None:
        yield Conflict(PLACE_CLOSED, CLASH, on.isoformat(), place, day.reason)
        return
    span = _span(plan)
    if span is not None and not day.covers(*span):
        whole = day.hours == working_hours.ALL_DAY  # it runs past midnight
        if not whole:
            yield Conflict(
                PLACE_HOURS, CLASH, on.isoformat(), place,
                from_minute=day.hours.from_minute, to_minute=day.hours.to_minute,
            )  # fmt: skip
