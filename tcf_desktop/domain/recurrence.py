"""When something comes again: RFC 5545 recurrence rules over dates.

A rule gives dates, not moments: everything rarer than daily or daily happens at most once a date,
at the wall time of the series, so a change of the clock moves nothing and doubles nothing. UNTIL is
a date of the series' own zone and counts itself. dateutil works the dates out; here is what keeps
that cheap (a window is computed from its own first period, however long ago the series began) and
bounded (a rule without end, or one that never comes true, costs no more than the window).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.appointments import week_start

DAY_NAMES: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES: Final = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")  # in the order of dateutil's numbers
HOLIDAY_CHOICES: Final = ("keep", "skip", "before", "after")
MAX_INTERVAL: Final = 1000
MAX_COUNT: Final = 10_000
MAX_YEARS: Final = 100  # for COUNT: what has not happened by then is not counted
_MAX_LIST: Final = 62
_LISTS: Final[dict[str, tuple[str, int, int]]] = {
    "BYMONTHDAY": ("month_days", 1, 31),
    "BYMONTH": ("months", 1, 12),
    "BYYEARDAY": ("year_days", 1, 366),
    "BYWEEKNO": ("week_numbers", 1, 53),
    "BYSETPOS": ("positions", 1, 366),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """An RRULE without clock parts. ``weekdays`` are (0 = Monday … 6, n): n = 0 means each, 1 the
    first, -1 the last of the month or year. ``count`` and ``until`` exclude each other."""

    freq: str
    interval: int = 1
    count: int | None = None
    until: date | None = None
    weekdays: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    week_numbers: tuple[int, ...] = ()
    week_start: int = 0

    def without_end(self) -> Rule:
        """The same dates for ever."""
        return replace(self, count=None, until=None)


def parse_rule(text: str) -> Rule:
    """The rule of an RRULE value; AppError ``schedule.rule`` with the part that is odd.

    A UNTIL with a time is cut to its date: bring it to the zone of the series before.
    """
    fields: dict[str, str] = {}
    for part in text.strip().removeprefix("RRULE:").upper().split(";")[:30]:
        name, _, value = part.partition("=")
        if name.strip():
            fields[name.strip()] = value.strip()
    values: dict[str, Any] = {"freq": fields.pop("FREQ", "")}
    if values["freq"] not in FREQUENCIES:
        raise AppError("schedule.rule", part=f"FREQ={values['freq'][:20]}")
    values["interval"] = _number(fields.pop("INTERVAL", "1"), "INTERVAL", MAX_INTERVAL)
    if "COUNT" in fields:
        values["count"] = min(_number(fields.pop("COUNT"), "COUNT", 10**9), MAX_COUNT)
    if "UNTIL" in fields:
        until = _date(fields.pop("UNTIL"))
        values["until"] = until if "count" not in values else None
    start = fields.pop("WKST", "MO")
    if start not in DAY_NAMES:
        raise AppError("schedule.rule", part=f"WKST={start[:20]}")
    values["week_start"] = DAY_NAMES.index(start)
    values["weekdays"] = _weekdays(fields.pop("BYDAY", ""))
    for name, (attribute, least, most) in _LISTS.items():
        values[attribute] = _numbers(fields.pop(name, ""), name, least, most)
    for name, value in fields.items():
        raise AppError("schedule.rule", part=f"{name[:20]}={value[:20]}")
    return Rule(**values)


def rule_text(rule: Rule) -> str:
    """The RRULE value of a rule, always written the same way."""
    parts = [f"FREQ={rule.freq}"]
    if rule.interval != 1:
        parts.append(f"INTERVAL={rule.interval}")
    if rule.count is not None:
        parts.append(f"COUNT={rule.count}")
    if rule.until is not None:
        parts.append(f"UNTIL={rule.until:%Y%m%d}")
    if rule.weekdays:
        days = (f"{n or ''}{DAY_NAMES[day]}" for day, n in rule.weekdays)
        parts.append(f"BYDAY={','.join(days)}")
    for name, (attribute, _least, _most) in _LISTS.items():
        if numbers := getattr(rule, attribute):
            parts.append(f"{name}={','.join(map(str, numbers))}")
    if rule.week_start:
        parts.append(f"WKST={DAY_NAMES[rule.week_start]}")
    return ";".join(parts)


def dates(rule: Rule, first: date, begin: date, end: date) -> list[date]:
    """The dates of a series that starts on ``first``, from ``begin`` to ``end`` (both inclusive).

    ``first`` itself is a date only when the rule gives it. A rule with COUNT is worked out from its
    start (:func:`last_date` once, then ``until`` without count, is cheaper).
    """
    begin = max(begin, first)
    if rule.until is not None:
        end = min(end, rule.until)
    if end < begin:
        return []
    if rule.count is not None:
        counted = islice(_generated(rule, first, first, end), rule.count)
        return [day for day in counted if day >= begin]
    return [day for day in _generated(rule, first, begin, end) if day >= begin]


def last_date(rule: Rule, first: date) -> date | None:
    """The last date of a rule that ends, ``first`` when it gives none; None without an end."""
    if rule.count is None and rule.until is None:
        return None
    if rule.count is not None:
        days = list(islice(_generated(rule, first, first, _years_on(first)), rule.count))
        return days[-1] if days else first
    assert rule.until is not None
    span = timedelta(days=366 * 2)
    end = rule.until
    while end >= first:
        begin = max(first, end - span)
        if found := dates(rule, first, begin, end):
            return found[-1]
        end = begin - timedelta(days=1)
        span *= 4
    return first


def first_date(rule: Rule, start: date) -> date | None:
    """The first date of the rule on or after ``start``; None when there is none."""
    return next(iter(islice(_generated(rule, start, start, _years_on(start)), 1)), None)


def next_dates(rule: Rule, first: date, after: date, count: int) -> list[date]:
    """Up to ``count`` dates after ``after``."""
    if rule.count is not None:
        last = last_date(rule, first)
        rule = replace(rule, count=None, until=last)
    begin = max(first, after + timedelta(days=1))
    end = _years_on(begin) if rule.until is None else rule.until
    return list(islice((d for d in _generated(rule, first, begin, end) if d >= begin), count))


def _generated(rule: Rule, first: date, begin: date, end: date) -> Any:
    """Dates in order from the period of ``begin`` on, none before ``first``."""
    from dateutil.rrule import rrule, weekday

    months, month_days, weekdays = rule.months, rule.month_days, rule.weekdays
    if not (weekdays or month_days or rule.year_days or rule.week_numbers):
        # What DTSTART says by itself (RFC 5545, 3.3.10) is written out, for the start moves below.
        if rule.freq == "WEEKLY":
            weekdays = ((first.weekday(), 0),)
        elif rule.freq != "DAILY":
            month_days = (first.day,)
            if rule.freq == "YEARLY" and not months:
                months = (first.month,)
    made = rrule(
        FREQUENCIES.index(rule.freq),
        dtstart=datetime.combine(_period(rule, first, begin), datetime.min.time()),
        interval=rule.interval,
        until=datetime.combine(end, datetime.min.time()),
        wkst=rule.week_start,
        byweekday=[weekday(day, n or None) for day, n in weekdays] or None,
        bymonth=months or None,
        bymonthday=month_days or None,
        byyearday=rule.year_days or None,
        byweekno=rule.week_numbers or None,
        bysetpos=rule.positions or None,
    )
    return (moment.date() for moment in made if moment.date() >= first)


def _period(rule: Rule, first: date, begin: date) -> date:
    """The start of the last period of the rule that does not lie after ``begin``."""
    step = rule.interval
    if rule.freq == "DAILY":
        return first + timedelta(days=(begin - first).days // step * step)
    if rule.freq == "WEEKLY":
        start = week_start(first, rule.week_start)
        weeks = (week_start(begin, rule.week_start) - start).days // 7
        return start + timedelta(weeks=weeks // step * step)
    if rule.freq == "MONTHLY":
        months = (begin.year - first.year) * 12 + begin.month - first.month
        number = first.year * 12 + first.month - 1 + months // step * step
        return date(number // 12, number % 12 + 1, 1)
    return date(first.year + (begin.year - first.year) // step * step, 1, 1)


def _years_on(day: date) -> date:
    return date(min(day.year + MAX_YEARS, 9998), 12, 31)


@lru_cache(maxsize=4096)
def rule_of(text: str) -> Rule:
    """:func:`parse_rule` of a stored rule."""
    return parse_rule(text)


# Occurrences without a row are known by a number below zero: the series and the date.

_DATES: Final = 1 << 22  # more than the ordinals of all dates


def occurrence_id(series_id: int, on: date) -> int:
    """The number of the occurrence of ``series_id`` on a date of its rule; below zero."""
    return -(series_id * _DATES + on.toordinal())


def occurrence_of(ident: int) -> tuple[int, date]:
    """The series and the date of an :func:`occurrence_id`."""
    series_id, ordinal = divmod(-ident, _DATES)
    return series_id, date.fromordinal(max(1, min(ordinal, date.max.toordinal())))


def _number(text: str, name: str, most: int) -> int:
    if not text.isdecimal() or len(text) > 12 or not 1 <= int(text) <= most:
        raise AppError("schedule.rule", part=f"{name}={text[:20]}")
    return int(text)


def _numbers(text: str, name: str, least: int, most: int) -> tuple[int, ...]:
    found: list[int] = []
    for part in text.split(",") if text else ():
        digits = part.strip().removeprefix("+").removeprefix("-")
        good = digits.isdecimal() and len(digits) <= 4 and least <= int(digits) <= most
        if not good or len(found) >= _MAX_LIST:
            raise AppError("schedule.rule", part=f"{name}={part[:20]}")
        found.append(int(digits) if not part.strip().startswith("-") else -int(digits))
    return tuple(dict.fromkeys(found))


def _weekdays(text: str) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for part in text.split(",") if text else ():
        name, nth = part.strip()[-2:], part.strip()[:-2]
        if name not in DAY_NAMES or len(found) >= _MAX_LIST:
            raise AppError("schedule.rule", part=f"BYDAY={part[:20]}")
        n = _numbers(nth, "BYDAY", 1, 53)[0] if nth else 0
        found.append((DAY_NAMES.index(name), n))
    return tuple(dict.fromkeys(found))


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text[:8])  # the basic form, YYYYMMDD
    except ValueError as trouble:
        raise AppError("schedule.rule", part=f"UNTIL={text[:20]}") from trouble
