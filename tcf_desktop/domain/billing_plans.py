"""On which dates a repeating invoice is due, and which days each of them bills.

All of it follows from the first date (the anchor) and the rule, never from what was billed before,
so dates neither drift nor double. A month is never left out: what repeats on the 29th, 30th or 31st
comes on the last day of a shorter month, and what repeats on 29 February on the 28th.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from tcf_desktop.domain import recurrence
from tcf_desktop.domain.recurrence import Rule

_ONE_DAY: Final = timedelta(days=1)
_SHORTEST_MONTH: Final = 28


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a date bills, both inclusive: from the date before it to its eve."""

    begin: date
    end: date


def due_dates(rule: Rule, anchor: date, begin: date, end: date) -> list[date]:
    """The dates from ``begin`` to ``end``, both inclusive; none before ``anchor``."""
    return recurrence.dates(_whole(rule, anchor), anchor, begin, end)


def next_due(rule: Rule, anchor: date, after: date, count: int = 1) -> list[date]:
    """Up to ``count`` dates after ``after``."""
    return recurrence.next_dates(_whole(rule, anchor), anchor, after, count)


def period_of(rule: Rule, anchor: date, on: date) -> Period:
    """What a date bills. The first date bills as far back as the rule would have come before."""
    whole = _whole(rule, anchor).without_end()
    start = _one_step_before(rule, min(anchor, on))
    earlier: list[date] = []
    span = timedelta(days=62)
    while not earlier and on - span > start:
        earlier = recurrence.dates(whole, start, on - span, on - _ONE_DAY)
        span *= 4
    earlier = earlier or recurrence.dates(whole, start, start, on - _ONE_DAY)
    return Period(earlier[-1] if earlier else start, on - _ONE_DAY)


def _whole(rule: Rule, anchor: date) -> Rule:
    """The rule with what its start says by itself, and no month left out."""
    if rule.year_days or rule.week_numbers:
        return rule
    if rule.freq == "WEEKLY" and not (rule.weekdays or rule.month_days):
        return replace(rule, weekdays=((anchor.weekday(), 0),))
    if rule.freq not in ("MONTHLY", "YEARLY") or rule.weekdays:
        return rule
    days = rule.month_days or (anchor.day,)
    months = rule.months
    if rule.freq == "YEARLY" and not months and not rule.month_days:
        months = (anchor.month,)
    monthly = rule.freq == "MONTHLY" or len(months) == 1
    if monthly and len(days) == 1 and days[0] > _SHORTEST_MONTH and not rule.positions:
        days = tuple(range(_SHORTEST_MONTH, days[0] + 1))
        return replace(rule, months=months, month_days=days, positions=(-1,))
    return replace(rule, months=months, month_days=days)


def _one_step_before(rule: Rule, first: date) -> date:
    """A day in the step of the rule before that of ``first``."""
    if rule.freq == "DAILY":
        return first - timedelta(days=rule.interval)
    if rule.freq == "WEEKLY":
        return first - timedelta(weeks=rule.interval)
    if rule.freq == "MONTHLY":
        number = first.year * 12 + first.month - 1 - rule.interval
        return date(number // 12, number % 12 + 1, 1)
    return date(first.year - rule.interval, 1, 1)
