"""When people work: hours by weekday, days off, public holidays, crews by date.

A :class:`Calendar` knows the days from ``first_on`` to ``last_on`` and answers for the business, a
worker, a crew or a location. Minutes count from midnight on the wall of the business.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, NamedTuple

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.appointments import DAY_MINUTES, WORK_FROM, WORK_TO
from tcf_desktop.domain.public_holidays import holiday_name

WORKDAYS: Final = (0, 1, 2, 3, 4)

WEEKDAY: Final = "weekday"
DAY_OFF: Final = "day_off"
CLOSED: Final = "closed"
HOLIDAY: Final = "holiday"
INACTIVE: Final = "inactive"


class Hours(NamedTuple):
    """From when to when on a day, minutes after midnight."""

    from_minute: int
    to_minute: int


Week = Mapping[int, Hours]
"""Hours by weekday, 0 = Monday; a weekday that is missing is free."""

DEFAULT_WEEK: Final[Week] = {day: Hours(WORK_FROM, WORK_TO) for day in WORKDAYS}
ALL_DAY: Final = Hours(0, DAY_MINUTES)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of somebody. ``hours`` is None when there is no work.

    ``why`` is then ``weekday`` (never works on it), ``day_off`` (of the worker), ``closed`` (the
    business or the location), ``holiday`` or ``inactive`` (not employed); ``reason`` is what was
    written down for it or the name of the holiday.
    """

    hours: Hours | None
    why: str = ""
    reason: str = ""

    def covers(self, from_minute: int, to_minute: int) -> bool:
        """Whether those minutes lie within the hours."""
        return (
            self.hours is not None
            and self.hours.from_minute <= from_minute
            and to_minute <= self.hours.to_minute
        )


@dataclass(frozen=True, slots=True)
class OffDays:
    """Days without work, both inclusive."""

    first_on: date
    last_on: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A worker and from when to when he is employed (inclusive, None = open)."""

    id: int
    name: str
    active_from: date | None = None
    active_to: date | None = None

    def is_active(self, on: date) -> bool:
        """Whether he is employed on that date."""
        return _within(on, self.active_from, self.active_to)


@dataclass(frozen=True, slots=True)
class Membership:
    """From when to when (inclusive, None = open) a worker is in a crew."""

    worker_id: int
    crew_id: int
    from_on: date | None = None
    to_on: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it is so on that date."""
        return _within(on, self.from_on, self.to_on)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Who works when from ``first_on`` to ``last_on``. Ask for other days and ValueError comes.

    ``business``: hours of all who have none of their own. ``workers`` and ``locations``: own hours
    by id. ``closed``, ``workers_off``, ``locations_closed``: days off. ``people``: everybody who is
    not deleted. ``holidays_off``: whether nobody works on public holidays.
    """

    first_on: date
    last_on: date
    business: Week = field(default_factory=lambda: DEFAULT_WEEK)
    workers: Mapping[int, Week] = field(default_factory=dict)
    locations: Mapping[int, Week] = field(default_factory=dict)
    closed: tuple[OffDays, ...] = ()
    workers_off: Mapping[int, tuple[OffDays, ...]] = field(default_factory=dict)
    locations_closed: Mapping[int, tuple[OffDays, ...]] = field(default_factory=dict)
    people: Mapping[int, Person] = field(default_factory=dict)
    memberships: tuple[Membership, ...] = ()
    country: str = ""
    region: str = ""
    holidays_off: bool = True

    def holiday(self, on: date) -> str:
        """The name of the public holiday, whether it counts or not; empty on other days."""
        self._check(on)
        return holiday_name(self.country, self.region, on) if self.country else ""

    def business_day(self, on: date) -> Day:
        """The day of the business."""
        return self._shut(on) or _weekday(self.business, on)

    def worker_day(self, worker_id: int, on: date) -> Day:
        """The day of a worker; ``inactive`` also for one who is not known."""
        if not self.is_active(worker_id, on):
            return Day(None, INACTIVE)
        off = _off(self.workers_off.get(worker_id, ()), on)
        if off is not None:
            return Day(None, DAY_OFF, off.reason)
        return self._shut(on) or _weekday(self.workers.get(worker_id, self.business), on)

    def crew_day(self, crew_id: int, on: date) -> Day:
        """The day of a crew: from the first member's start to the last one's end.

        Members who are off do not count; the crew is off when all are. A crew that nobody is in
        keeps the hours of the business.
        """
        days = [self.worker_day(worker_id, on) for worker_id in self.members(crew_id, on)]
        if not days:
            return self.business_day(on)
        return hull(days)

    def location_day(self, location_id: int, on: date) -> Day:
        """When work can be done at a place: all day, unless it has hours or is closed."""
        self._check(on)
        off = _off(self.locations_closed.get(location_id, ()), on)
        if off is not None:
            return Day(None, CLOSED, off.reason)
        week = self.locations.get(location_id)
        return Day(ALL_DAY) if week is None else _weekday(week, on)

    def members(self, crew_id: int, on: date) -> tuple[int, ...]:
        """Ids of the workers who are in a crew and employed on a date, off or not."""
        self._check(on)
        found = {
            stay.worker_id
            for stay in self.memberships
            if stay.crew_id == crew_id and stay.holds(on) and self.is_active(stay.worker_id, on)
        }
        return tuple(sorted(found))

    def crew_of(self, worker_id: int, on: date) -> int | None:
        """The crew that a worker is in on a date; the one he joined last if there are two."""
        self._check(on)
        return crew_on((s for s in self.memberships if s.worker_id == worker_id), on)

    def is_active(self, worker_id: int, on: date) -> bool:
        """Whether a worker is employed on a date."""
        self._check(on)
        person = self.people.get(worker_id)
        return person is not None and person.is_active(on)

    def off_workers(self, on: date) -> tuple[tuple[Person, str], ...]:
        """Employed workers who took that day off, by name, with the reason."""
        self._check(on)
        found = []
        for person in sorted(self.people.values(), key=lambda p: (p.name, p.id)):
            off = _off(self.workers_off.get(person.id, ()), on)
            if off is not None and person.is_active(on):
                found.append((person, off.reason))
        return tuple(found)

    def _shut(self, on: date) -> Day | None:
        self._check(on)
        off = _off(self.closed, on)
        if off is not None:
            return Day(None, CLOSED, off.reason)
        name = self.holiday(on) if self.holidays_off else ""
        return Day(None, HOLIDAY, name) if name else None

    def _check(self, on: date) -> None:
        if not self.first_on <= on <= self.last_on:
            raise ValueError(f"{on} is not in {self.first_on}..{self.last_on}")


def hull(days: Iterable[Day]) -> Day:
    """One day of several people: the widest hours of those who work.

    When nobody works, the reason is the one they share; with different ones ``day_off`` without
    words. There must be at least one.
    """
    known = list(days)
    spans = [day.hours for day in known if day.hours is not None]
    if spans:
        return Day(Hours(min(s.from_minute for s in spans), max(s.to_minute for s in spans)))
    whys = {day.why for day in known}
    reasons = {day.reason for day in known}
    return Day(
        None,
        whys.pop() if len(whys) == 1 else DAY_OFF,
        reasons.pop() if len(reasons) == 1 else "",
    )


def crew_on(stays: Iterable[Membership], on: date) -> int | None:
    """The crew of one worker on a date; the one he joined last if there are two."""
    found = [stay for stay in stays if stay.holds(on)]
    if not found:
        return None
    return max(found, key=lambda stay: stay.from_on or date.min).crew_id


def joined(
    stays: Iterable[Membership], worker_id: int, crew_id: int | None, from_on: date | None
) -> tuple[Membership, ...]:
    """The memberships of one worker when he is in ``crew_id`` (None = in none) from a date on.

    What stood for later goes; ``from_on`` None means that it was always so.
    """
    kept = () if from_on is None else ended(stays, from_on - timedelta(days=1))
    if crew_id is None:
        return kept
    return (*kept, Membership(worker_id, crew_id, from_on, None))


def ended(stays: Iterable[Membership], last_on: date) -> tuple[Membership, ...]:
    """The memberships that had begun by ``last_on``, none longer than that day."""
    return tuple(
        replace(stay, to_on=min(stay.to_on or last_on, last_on))
        for stay in stays
        if stay.from_on is None or stay.from_on <= last_on
    )


def checked_stays(stays: Iterable[Membership]) -> tuple[Membership, ...]:
    """The memberships of one worker in order of time.

    AppError ``team.days_order`` when one ends before it begins, ``team.two_crews`` when two hold on
    the same day.
    """
    found = tuple(sorted(stays, key=lambda stay: stay.from_on or date.min))
    for stay in found:
        if stay.from_on and stay.to_on and stay.to_on < stay.from_on:
            raise AppError("team.days_order", first=stay.from_on, last=stay.to_on)
    for one, following in pairwise(found):
        if following.from_on is None or one.to_on is None or following.from_on <= one.to_on:
            raise AppError("team.two_crews", day=following.from_on or one.to_on or "")
    return found


def checked_week(rows: Iterable[tuple[int, int, int]]) -> dict[int, Hours]:
    """Hours by weekday of (weekday, from, to); AppError ``team.hours`` when they make no sense."""
    found: dict[int, Hours] = {}
    for weekday, from_minute, to_minute in rows:
        sound = 0 <= from_minute < to_minute <= DAY_MINUTES
        if weekday not in range(7) or weekday in found or not sound:
            raise AppError("team.hours")
        found[weekday] = Hours(from_minute, to_minute)
    return found


def _weekday(week: Week, on: date) -> Day:
    hours = week.get(on.weekday())
    return Day(None, WEEKDAY) if hours is None else Day(hours)


def _off(ranges: Iterable[OffDays], on: date) -> OffDays | None:
    return next((off for off in ranges if off.first_on <= on <= off.last_on), None)


def _within(on: date, first: date | None, last: date | None) -> bool:
    return (first is None or first <= on) and (last is None or on <= last)
