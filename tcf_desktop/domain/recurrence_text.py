"""A recurrence rule as a sentence: "every 2 weeks on Monday and Thursday until 2026-12-31"."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from typing import Final

from tcf_desktop.domain.recurrence import Rule

_UNITS: Final = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
_NTH: Final = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
_WORKDAYS: Final = tuple((day, 0) for day in range(5))


def in_words(rule: Rule) -> str:
    """The rule in plain words, as far as they go: what is rarer is named by its kind."""
    unit = _UNITS[rule.freq]
    words = [f"every {unit}" if rule.interval == 1 else f"every {rule.interval} {unit}s"]
    if rule.weekdays == _WORKDAYS and not rule.positions:
        words.append("from Monday to Friday")
    elif rule.weekdays and len(rule.positions) == 1:
        kind = "workday" if rule.weekdays == _WORKDAYS else _days(rule)
        words.append(f"on the {_nth(rule.positions[0])} {kind}")
    elif rule.weekdays:
        words.append(f"on {_days(rule)}")
    if rule.month_days:
        words.append(f"on day {_list([_month_day(day) for day in rule.month_days])}")
    if rule.months:
        words.append(f"in {_list([calendar.month_name[month] for month in rule.months])}")
    if rule.year_days or rule.week_numbers or (rule.positions and not rule.weekdays):
        words.append("by a rule of its own")
    if rule.count is not None:
        words.append("once" if rule.count == 1 else f"{rule.count} times")
    if rule.until is not None:
        words.append(f"until {rule.until}")
    return " ".join(words)


def _days(rule: Rule) -> str:
    names = calendar.day_name if len(rule.weekdays) == 1 else calendar.day_abbr
    return _list([names[day] if n == 0 else f"the {_nth(n)} {names[day]}"
                  for day, n in rule.weekdays])  # fmt: skip


def _nth(n: int) -> str:
    if n in _NTH:
        return _NTH[n]
    return f"{n}th" if n > 0 else f"{-n}th to last"


def _month_day(day: int) -> str:
    return str(day) if day > 0 else "the last one" if day == -1 else f"{-day} from the end"


def _list(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
