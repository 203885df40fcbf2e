"""The ways to repeat that a form offers, and the rules they stand for."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Final

from tcf_desktop.domain.recurrence import Rule

UNITS: Final = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}
WORKDAYS: Final = (0, 1, 2, 3, 4)
_WORKDAY_PAIRS: Final = tuple((day, 0) for day in WORKDAYS)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen. ``days`` are weekdays (0 = Monday) of a weekly rule; ``on`` is where in the
    month: "date", "nth" weekday, "last" such weekday, "last_day", "first_workday" or
    "last_workday". Months and years have an ``on``, weeks ``days``; the date of the first start
    says which day it is. ``until`` and ``count`` exclude each other."""

    unit: str
    every: int = 1
    days: tuple[int, ...] = ()
    on: str = "date"
    until: date | None = None
    count: int | None = None


def places_in_month(first: date, unit: str) -> tuple[str, ...]:
    """What ``on`` may be for a start on ``first``: only what is true of that day, and the first
    and last working day, which begin later."""
    last = calendar.monthrange(first.year, first.month)[1]
    found = ["date"]
    if first.day <= 28:
        found.append("nth")
    if first.day > last - 7:
        found.append("last")
    if unit == "month":
        found += ["last_day"] if first.day >= 28 else []
        found += ["first_workday", "last_workday"]
    return tuple(found)


def rule_of_choice(choice: Choice, first: date) -> Rule:
    """The rule; ``first`` is the date of the first start."""
    weekdays: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    if choice.unit == "week":
        weekdays = tuple((day, 0) for day in sorted(choice.days or (first.weekday(),)))
    elif choice.unit in ("month", "year"):
        if choice.on == "nth":
            weekdays = ((first.weekday(), (first.day - 1) // 7 + 1),)
        elif choice.on == "last":
            weekdays = ((first.weekday(), -1),)
        elif choice.on == "last_day":
            month_days = (-1,)
        elif choice.on in ("first_workday", "last_workday"):
            weekdays, positions = _WORKDAY_PAIRS, (1 if choice.on == "first_workday" else -1,)
        else:
            month_days = (first.day,)
        if choice.unit == "year":
            months = (first.month,)
    return Rule(
        UNITS[choice.unit],
        choice.every,
        choice.count,
        choice.until,
        weekdays,
        month_days,
        months,
        positions,
    )


def choice_of_rule(rule: Rule, first: date) -> Choice | None:
    """What a form shows of a rule whose first date is ``first``; None for what it cannot show."""
    unit = next(key for key, freq in UNITS.items() if freq == rule.freq)
    days = tuple(sorted(day for day, nth in rule.weekdays if not nth)) if unit == "week" else ()
    for on in ("date", "nth", "last", "last_day", "first_workday", "last_workday"):
        choice = Choice(unit, rule.interval, days, on, rule.until, rule.count)
        if _same(rule_of_choice(choice, first), rule, first):
            return choice
    return None


def _same(one: Rule, other: Rule, first: date) -> bool:
    return _written_out(one, first) == _written_out(other, first)


def _written_out(rule: Rule, first: date) -> tuple[object, ...]:
    """With what DTSTART says by itself; the start of the week counts only where weeks are left
    out."""
    weekdays, month_days, months = rule.weekdays, rule.month_days, rule.months
    if not (weekdays or month_days or rule.year_days or rule.week_numbers):
        if rule.freq == "WEEKLY":
            weekdays = ((first.weekday(), 0),)
        elif rule.freq != "DAILY":
            month_days = (first.day,)
    if rule.freq == "YEARLY" and not months and not (rule.year_days or rule.week_numbers):
        months = (first.month,)
    start = rule.week_start if rule.freq == "WEEKLY" and rule.interval > 1 else 0
    return (
        rule.freq, rule.interval, rule.count, rule.until, tuple(sorted(weekdays)), month_days,
        months, rule.positions, rule.year_days, rule.week_numbers, start,
    )  # fmt: skip
