"""What becomes of a recurrence rule when one of its dates is put on another day."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from tcf_desktop.domain.appointments import week_start
from tcf_desktop.domain.recurrence import Rule, dates


def written_out(rule: Rule, on: date) -> Rule:
    """The rule with what a date of it says by itself (RFC 5545, 3.3.10)."""
    if rule.weekdays or rule.month_days or rule.year_days or rule.week_numbers:
        return rule
    if rule.freq == "WEEKLY":
        return replace(rule, weekdays=((on.weekday(), 0),))
    if rule.freq == "DAILY":
        return rule
    months = rule.months or ((on.month,) if rule.freq == "YEARLY" else ())
    return replace(rule, month_days=(on.day,), months=months)


def moved_rule(rule: Rule, on: date, to: date) -> Rule | None:
    """The rule by which ``to`` is a date in place of ``on``; a last date moves along. None when
    the rule has no such neighbour (the last working day of a month, several days of a month)."""
    if on == to:
        return rule
    days = (to - on).days
    rule = written_out(rule, on)
    if rule.until is not None:
        rule = replace(rule, until=rule.until + timedelta(days=days))
    if dates(rule.without_end(), min(on, to), to, to):
        return rule
    if rule.positions or rule.year_days or rule.week_numbers:
        return None
    if rule.freq == "WEEKLY" and not rule.months:
        turned = tuple(sorted(((day + days) % 7, 0) for day, _n in rule.weekdays))
        # The weeks begin with the days, so that every second one stays every second one.
        start = (rule.week_start + days) % 7 if rule.interval > 1 else rule.week_start
        return replace(rule, weekdays=turned, week_start=start)
    if rule.freq in ("WEEKLY", "DAILY") or len(rule.weekdays) + len(rule.month_days) != 1:
        return None
    if rule.freq == "YEARLY" and len(rule.months) == 1:
        rule = replace(rule, months=(to.month,))
    elif rule.months and to.month not in rule.months:
        return None
    left = monthrange(to.year, to.month)[1] - to.day
    if rule.month_days:
        return replace(rule, month_days=(to.day if rule.month_days[0] > 0 else -left - 1,))
    nth = rule.weekdays[0][1]
    if nth == 0 or (rule.freq == "YEARLY" and not rule.months):
        return None
    last = nth < 0 or to.day > 28
    number = -(left // 7) - 1 if last else (to.day - 1) // 7 + 1
    return replace(rule, weekdays=((to.weekday(), number),))


def alike(one: Rule, other: Rule) -> bool:
    """Whether each date of one stands for a date of the other: only the days differ."""
    return _shape(one) == _shape(other)


def carried(rule: Rule, on: date, to: date, day: date) -> date:
    """Where ``day`` of a series is looked for, when its date ``on`` becomes ``to``; ``rule`` is the
    new one. First of all that keeps the rhythm: the right week of every second one."""
    if day == on:
        return to
    several = len(rule.weekdays) > 1 or len(rule.month_days) > 1
    if rule.freq == "WEEKLY":
        return _in_rhythm(rule, day + (to - on), to)
    if rule.freq == "DAILY" or several:
        return day + (to - on)
    if rule.freq == "MONTHLY":
        number = day.year * 12 + day.month - 1
        number += (to.year - on.year) * 12 + to.month - on.month
        return date(number // 12, number % 12 + 1, 1)
    return date(day.year + to.year - on.year, 1, 1)


def _in_rhythm(rule: Rule, day: date, to: date) -> date:
    """The day, or the first one after it in a week that counts when that of ``to`` does."""
    week = week_start(day, rule.week_start)
    off = (week - week_start(to, rule.week_start)).days // 7 % rule.interval
    return week + timedelta(weeks=rule.interval - off) if off else day


def _shape(rule: Rule) -> tuple[object, ...]:
    lists = (rule.weekdays, rule.month_days, rule.months, rule.year_days, rule.week_numbers)
    return (rule.freq, rule.interval, rule.positions, *map(len, lists))
