"""VTIMEZONE components with yearly rules, computed from the zone database.

Programs disagree about time zones that are written as lists of dates (RDATE): some read them as
no summer time at all. A STANDARD and a DAYLIGHT part with one yearly RRULE each is read alike
everywhere; what changed otherwise in the wanted years is written out, each change as a part of its
own, with two rules for what is in force since.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vRecur

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PROBE = timedelta(days=7)
_YEARS_AHEAD = 10


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the clock: the wall time before it (as RFC 5545 counts) and both offsets."""

    wall: datetime
    offset_from: timedelta
    offset_to: timedelta
    name: str

    @property
    def summer(self) -> bool:
        """Whether the clock goes forward."""
        return self.offset_to > self.offset_from


@dataclass(frozen=True, slots=True)
class YearlyRule:
    """Month and weekday (``2SU``, ``-1SU``) of a yearly change."""

    month: int
    weekday: str


def timezone_component(zone: str, first_year: int, last_year: int) -> Timezone:
    """The VTIMEZONE of an IANA zone that is right from ``first_year`` to ``last_year``."""
    info = ZoneInfo(zone)
    component = Timezone()
    component.add("tzid", zone)
    changes = clock_changes(info, first_year - 1, last_year + _YEARS_AHEAD)
    if not changes:
        component.add_component(_fixed(info, first_year))
        return component
    groups = _paired(changes)
    rules = [_rule_of(group) for group in groups]
    if len(groups) == 2 and all(rules):
        for group, rule in zip(groups, rules, strict=True):
            component.add_component(_part(group[0], rule))
        return component
    component.add_component(_before(changes[0], info))
    since = _rules_since(changes)
    for change in changes[:since]:
        component.add_component(_part(change, None))
    for group in _paired(changes[since:]):
        component.add_component(_part(group[0], _rule_of(group), group[0].wall))
    return component


def _rules_since(changes: Sequence[Change]) -> int:
    """From which change on two yearly rules give all that follow; after the last, when none do."""
    for since in range(1, len(changes) - 5):
        groups = _paired(changes[since:])
        if len(groups) == 2 and all(_rule_of(group) for group in groups):
            return since
    return len(changes)


def clock_changes(info: ZoneInfo, first_year: int, last_year: int) -> list[Change]:
    """Every change of the offset in these years, in order, to the second."""
    moment = datetime(first_year, 1, 1, tzinfo=UTC)
    end = datetime(last_year + 1, 1, 1, tzinfo=UTC)
    found = []
    while moment < end:
        later = min(moment + _PROBE, end)
        if _offset(info, moment) != _offset(info, later):
            found.append(_change(info, moment, later))
        moment = later
    return found


def _change(info: ZoneInfo, low: datetime, high: datetime) -> Change:
    before = _offset(info, low)
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if _offset(info, middle) == before:
            low = middle
        else:
            high = middle
    wall = (high + before).replace(tzinfo=None)
    return Change(wall, before, _offset(info, high), _name(info, high))


def _paired(changes: Sequence[Change]) -> list[list[Change]]:
    """Changes grouped by their pair of offsets, in order of the first of each."""
    groups: dict[tuple[timedelta, timedelta], list[Change]] = {}
    for change in changes:
        groups.setdefault((change.offset_from, change.offset_to), []).append(change)
    return list(groups.values())


def _rule_of(group: Sequence[Change]) -> YearlyRule | None:
    """The yearly rule that gives exactly these changes, one in each year; None without one."""
    years = [change.wall.year for change in group]
    first = group[0].wall
    if years != list(range(years[0], years[0] + len(years))) or len(years) < 3:
        return None
    same = {(c.wall.month, c.wall.weekday(), c.wall.time()) for c in group}
    if len(same) != 1:
        return None
    for nth in (-1, 1, 2, 3, 4):
        if all(change.wall.day == _nth_day(change.wall, nth) for change in group):
            return YearlyRule(first.month, f"{nth}{_DAYS[first.weekday()]}")
    return None


def _nth_day(wall: datetime, nth: int) -> int:
    return _nth_day_of(wall, wall.weekday(), nth)


def _nth_day_of(month: datetime, weekday: int, nth: int) -> int:
    weeks = calendar.monthcalendar(month.year, month.month)
    days = [week[weekday] for week in weeks if week[weekday]]
    return days[nth if nth < 0 else nth - 1]


def _part(
    change: Change, rule: YearlyRule | None, since: datetime | None = None
) -> TimezoneStandard | TimezoneDaylight:
    part = TimezoneDaylight() if change.summer else TimezoneStandard()
    if rule is not None and since is None:
        since = _since_1970(change.wall, rule)
    part.add("dtstart", since or change.wall)
    if rule is not None:
        part.add("rrule", vRecur({"freq": "yearly", "bymonth": rule.month, "byday": rule.weekday}))
    part.add("tzoffsetfrom", change.offset_from)
    part.add("tzoffsetto", change.offset_to)
    part.add("tzname", change.name)
    return part


def _since_1970(wall: datetime, rule: YearlyRule) -> datetime:
    """The rule's date in 1970, where programs expect a rule in force to begin."""
    early = wall.replace(year=1970, day=1)
    return early.replace(day=_nth_day_of(early, wall.weekday(), int(rule.weekday[:-2])))


def _fixed(info: ZoneInfo, year: int) -> TimezoneStandard:
    moment = datetime(year, 1, 1, tzinfo=UTC)
    part = TimezoneStandard()
    part.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - a wall time, as the format wants
    part.add("tzoffsetfrom", _offset(info, moment))
    part.add("tzoffsetto", _offset(info, moment))
    part.add("tzname", _name(info, moment))
    return part


def _before(change: Change, info: ZoneInfo) -> TimezoneStandard:
    """What is in force before the first change that is written."""
    part = TimezoneStandard()
    part.add("dtstart", change.wall - timedelta(days=366))
    part.add("tzoffsetfrom", change.offset_from)
    part.add("tzoffsetto", change.offset_from)
    moment = (change.wall - change.offset_from - timedelta(days=1)).replace(tzinfo=UTC)
    part.add("tzname", _name(info, moment))
    return part


def _offset(info: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(info).utcoffset() or timedelta()


def _name(info: ZoneInfo, moment: datetime) -> str:
    return moment.astimezone(info).tzname() or "UTC"
