"""Rules of foreign files: kept as a rule where the program can, worked out to dates where not.

A rule from a foreign file may ask for one event a minute since 1970, or for the 30th of February
until the end of time. Rules with at most one date a day become series. What repeats more often is
worked out here without asking anybody else, never beyond the window that the user wants.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.appointments import local_instant, wall_of
from tcf_desktop.domain.recurrence import (
    MAX_COUNT,
    Rule,
    dates,
    first_date,
    last_date,
    parse_rule,
)
from tcf_desktop.integrations.files.ical_times import Moment, Unreadable, read_value

MAX_OCCURRENCES = 1000
MAX_STEPS = 600_000
_CLOCK = ("BYHOUR", "BYMINUTE", "BYSECOND")
_FILTERS = ("BYDAY", "BYMONTH", "BYMONTHDAY")
_STEPS = {"HOURLY": timedelta(hours=1), "MINUTELY": timedelta(minutes=1)}


class NotCarried(ValueError):
    """A rule that the program does not keep as a series, named in words."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A rule of ours, the first date that it gives, and what was changed on the way."""

    rule: Rule
    first: date
    remark: str = ""


def carried(value: str, start: Moment) -> Carried | None:
    """The rule of an RRULE for a series that begins at ``start``; None when it ends before.

    UNTIL becomes a date of the series' zone. Raises :class:`NotCarried` where the program has no
    such rule and :class:`Unreadable` where the rule makes no sense or never comes true.
    """
    fields = _fields(value)
    clock = start.wall.strftime("%H %M").split()
    for name, own in zip(_CLOCK, (*clock, "00"), strict=True):
        # Some programs say once more at what time it is: that is no rule of its own.
        if name in fields and fields[name].zfill(2) == own and fields.get("FREQ") not in _STEPS:
            del fields[name]
    odd = fields.get("FREQ", "")
    if odd not in _STEPS:
        odd = next((f"{name}={fields[name][:20]}" for name in _CLOCK if name in fields), "")
    if odd:
        raise NotCarried(f"A series cannot keep its rule ({odd}).")
    until = _until_date(fields.pop("UNTIL", ""), start)
    wanted = fields.get("COUNT", "")
    rule = _parsed(fields)
    first = _first(rule.without_end(), start.wall.date())
    if first is None:
        raise Unreadable("Its rule never comes true.")
    if until is not None:
        if until < first:
            return None
        if rule.count is not None:
            until = min(until, last_date(rule, first) or until)
        rule = replace(rule, count=None, until=until)
    remark = ""
    if wanted.isdecimal() and int(wanted[:15]) > MAX_COUNT and rule.count is not None:
        remark = f"Its first {MAX_COUNT} dates were taken."
    return Carried(rule, first, remark)


def walls(
    value: str, start: datetime, first: datetime, last: datetime, zone: str = "UTC"
) -> list[datetime]:
    """The wall times of any rule from ``first`` to ``last`` (both inclusive), at most a thousand.

    All are wall times of ``zone``. Raises :class:`Unreadable` for a rule that is not worked out,
    in words.
    """
    fields = _fields(value)
    until_text = fields.pop("UNTIL", "")
    until = last
    if until_text:
        wall, whole_day, utc = read_value(until_text)
        if utc:
            wall = wall_of(local_instant(wall, "UTC"), zone)
        until = min(last, datetime.combine(wall.date(), time(23, 59)) if whole_day else wall)
    count = _number(fields.pop("COUNT", ""), "COUNT", 10**9)
    begin = start if count is not None else max(start, first)
    making = _stepped if fields.get("FREQ") in _STEPS else _daily
    made = making(fields, start, begin, until)
    if count is not None:
        made = islice(made, count)
    found: list[datetime] = []
    for step, wall in enumerate(made):
        if step >= MAX_STEPS:
            raise Unreadable("It repeats too often to be worked out.")
        if wall < first:
            continue
        if len(found) >= MAX_OCCURRENCES:
            raise Unreadable(f"It repeats more than {MAX_OCCURRENCES} times in a year.")
        found.append(wall)
    return found


def shifted(rule: Rule, first: date, days: int) -> Rule | None:
    """The rule that gives the dates of ``rule`` moved by days; None where no rule does."""
    if days == 0:
        return rule
    until = rule.until + timedelta(days=days) if rule.until else None
    parts = (rule.month_days, rule.months, rule.positions, rule.year_days, rule.week_numbers)
    if rule.freq not in ("DAILY", "WEEKLY") or any(parts):
        return None
    weekdays = rule.weekdays
    if rule.freq == "WEEKLY" and not weekdays:
        weekdays = ((first.weekday(), 0),)
    moved = tuple(((day + days) % 7, n) for day, n in weekdays)
    return replace(rule, until=until, weekdays=moved, week_start=(rule.week_start + days) % 7)


@lru_cache(maxsize=1024)
def _first(rule: Rule, start: date) -> date | None:
    if rule.months and rule.month_days and min(rule.month_days) > 0:
        longest = max(monthrange(2028, month)[1] for month in rule.months)  # a leap year
        if min(rule.month_days) > longest:
            return None
    return first_date(rule, start)


def _until_date(text: str, start: Moment) -> date | None:
    """UNTIL as the last date on which the series may begin."""
    if not text:
        return None
    wall, whole_day, utc = read_value(text)
    if whole_day or start.all_day:
        return wall.date()
    if utc and not start.floating:
        wall = wall_of(local_instant(wall, "UTC"), start.zone)
    return wall.date() if wall.time() >= start.wall.time() else wall.date() - timedelta(days=1)


def _parsed(fields: dict[str, str]) -> Rule:
    text = ";".join(f"{name}={part}" for name, part in fields.items())
    try:
        return parse_rule(text)
    except AppError as trouble:
        part = str(trouble.params.get("part", ""))
        raise Unreadable(f"Its rule cannot be understood ({part}).") from trouble


def _daily(
    fields: dict[str, str], start: datetime, begin: datetime, until: datetime
) -> Iterator[datetime]:
    """Dates by a rule of ours, each with the times that the clock parts give."""
    hours = _numbers(fields.pop("BYHOUR", ""), "BYHOUR", 23) or [start.hour]
    minutes = _numbers(fields.pop("BYMINUTE", ""), "BYMINUTE", 59) or [start.minute]
    fields.pop("BYSECOND", None)
    several = len(hours) * len(minutes) > 1
    if several and "BYSETPOS" in fields:
        raise Unreadable("Its rule cannot be understood (BYSETPOS of times).")
    rule = _parsed(fields)
    if _first(rule, start.date()) is None:
        raise Unreadable("Its rule never comes true.")
    clock = [time(hour, minute) for hour in hours for minute in minutes]
    day = begin.date()
    while day <= until.date():
        # A year at a time: a rule that nobody asks further costs no more.
        end = min(until.date(), day + timedelta(days=366))
        for found in dates(rule, start.date(), day, end):
            for at in clock:
                wall = datetime.combine(found, at)
                if start <= wall <= until:
                    yield wall
        day = end + timedelta(days=1)


def _stepped(
    fields: dict[str, str], start: datetime, begin: datetime, until: datetime
) -> Iterator[datetime]:
    """Every so many hours or minutes, among them those that the other parts allow."""
    interval = _number(fields.pop("INTERVAL", ""), "INTERVAL", 100_000) or 1
    step = _STEPS[fields.pop("FREQ")] * interval
    hours = _numbers(fields.pop("BYHOUR", ""), "BYHOUR", 23)
    minutes = _numbers(fields.pop("BYMINUTE", ""), "BYMINUTE", 59)
    fields.pop("BYSECOND", None)
    fields.pop("WKST", None)
    if odd := set(fields) - set(_FILTERS):
        raise Unreadable(f"Its rule cannot be understood ({min(odd)[:20]}).")
    rule = _parsed({"FREQ": "DAILY", **fields})
    weekdays = {day for day, _ in rule.weekdays}
    days, months = set(rule.month_days), set(rule.months)
    wall = start + (begin - start) // step * step
    for _ in range(MAX_STEPS):
        if wall > until:
            return
        if (
            (not hours or wall.hour in hours)
            and (not minutes or wall.minute in minutes)
            and (not weekdays or wall.weekday() in weekdays)
            and (not days or wall.day in days)
            and (not months or wall.month in months)
        ):
            yield wall
        wall += step
    raise Unreadable("It repeats too often to be worked out.")


def _fields(rule: str) -> dict[str, str]:
    parts = (part.split("=", 1) for part in rule.strip().upper().split(";")[:30] if "=" in part)
    return {name.strip(): value.strip() for name, value in parts}


def _number(text: str, name: str, most: int) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or len(text) > 15 or not 1 <= int(text) <= most:
        raise Unreadable(f"Its rule cannot be understood ({name}={text[:20]}).")
    return int(text)


def _numbers(text: str, name: str, most: int) -> list[int]:
    found = []
    for part in text.split(",") if text else ():
        if not part.strip().isdecimal() or len(part) > 4 or int(part) > most:
            raise Unreadable(f"Its rule cannot be understood ({name}={part[:20]}).")
        found.append(int(part))
    return sorted(set(found))
