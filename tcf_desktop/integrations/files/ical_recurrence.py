"""Single dates of a recurring event, with every rule bounded in time and number.

A rule from a foreign file may ask for one event a second since 1970, or for the 30th of February
until the end of time. Only daily to yearly rules without clock parts are worked out, never beyond
the window that the user wants, and each part of a rule is limited in length.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday

from tcf_desktop.integrations.files.ical_times import Unreadable, read_value

MAX_OCCURRENCES = 400
MAX_STEPS = 60_000
MAX_LIST = 62
MAX_YEARS_BEFORE = 60

_FREQUENCIES = {"YEARLY": YEARLY, "MONTHLY": MONTHLY, "WEEKLY": WEEKLY, "DAILY": DAILY}
_WORDS = {"YEARLY": "year", "MONTHLY": "month", "WEEKLY": "week", "DAILY": "day"}
_DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_KNOWN = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS"}
    | {"BYYEARDAY", "BYWEEKNO"}
)
_RANGES = {
    "BYMONTH": (1, 12),
    "BYMONTHDAY": (1, 31),
    "BYYEARDAY": (1, 366),
    "BYWEEKNO": (1, 53),
    "BYSETPOS": (1, 366),
}


def in_words(rule: str) -> str:
    """ "every 2 weeks" of an RRULE value; "again and again" for what has no word."""
    fields = _fields(rule)
    word = _WORDS.get(fields.get("FREQ", ""))
    if word is None:
        return "again and again"
    interval = fields.get("INTERVAL", "1")
    if not interval.isdigit() or interval in ("0", "1"):
        return f"every {word}"
    return f"every {interval[:4]} {word}s"


def occurrences(
    rule: str, start: datetime, until_wall: datetime | None, first: datetime, last: datetime
) -> list[datetime]:
    """Wall times of a rule from ``first`` to ``last`` (both inclusive).

    ``until_wall`` is UNTIL as a wall time of the event's zone. Raises :class:`Unreadable` for a
    rule that is not worked out, in words.
    """
    fields = _fields(rule)
    end = last if until_wall is None else min(last, until_wall)
    if end < start:
        return []
    _check(fields, start, first)
    made = rrule(
        _FREQUENCIES[fields["FREQ"]],
        dtstart=start,
        interval=_number(fields, "INTERVAL", 1, 1, 1000),
        until=end,
        wkst=_DAYS.get(fields.get("WKST", "MO"), 0),
        byweekday=_weekdays(fields.get("BYDAY", "")),
        bymonth=_numbers(fields, "BYMONTH"),
        bymonthday=_numbers(fields, "BYMONTHDAY"),
        byyearday=_numbers(fields, "BYYEARDAY"),
        byweekno=_numbers(fields, "BYWEEKNO"),
        bysetpos=_numbers(fields, "BYSETPOS"),
    )
    dates: Iterable[datetime] = made
    if "COUNT" in fields:
        dates = islice(made, _number(fields, "COUNT", 1, 1, 10**12))
    return _bounded(dates, first)


def until_value(rule: str) -> tuple[datetime, bool, bool] | None:
    """(wall time, whole day, UTC) of UNTIL; None without one."""
    value = _fields(rule).get("UNTIL")
    return read_value(value) if value else None


def _bounded(dates: Iterable[datetime], first: datetime) -> list[datetime]:
    found: list[datetime] = []
    for step, moment in enumerate(dates):
        if step >= MAX_STEPS:
            raise Unreadable("It repeats too often to be worked out.")
        if moment < first:
            continue
        if len(found) >= MAX_OCCURRENCES:
            raise Unreadable(f"It repeats more than {MAX_OCCURRENCES} times in a year.")
        found.append(moment)
    return found


def _check(fields: dict[str, str], start: datetime, first: datetime) -> None:
    if fields.get("FREQ") not in _FREQUENCIES:
        raise Unreadable("It repeats more often than daily, which is not brought over.")
    odd = set(fields) - _KNOWN
    if odd:
        raise Unreadable(f"It repeats by a rule that is not brought over ({min(odd)[:20]}).")
    if first - start > timedelta(days=366 * MAX_YEARS_BEFORE):
        raise Unreadable("It repeats since more than 60 years.")


def _fields(rule: str) -> dict[str, str]:
    parts = (part.split("=", 1) for part in rule.strip().upper().split(";")[:30] if "=" in part)
    return {name.strip(): value.strip() for name, value in parts}


def _number(fields: dict[str, str], name: str, default: int, least: int, most: int) -> int:
    text = fields.get(name)
    if text is None:
        return default
    if not text.isdigit() or len(text) > 15 or not least <= int(text) <= most:
        raise Unreadable(f"It repeats by a rule that makes no sense ({name} {text[:20]}).")
    return int(text)


def _numbers(fields: dict[str, str], name: str) -> list[int] | None:
    text = fields.get(name)
    if not text:
        return None
    least, most = _RANGES[name]
    found = list(_signed(text.split(","), name))
    if len(found) > MAX_LIST or any(not least <= abs(number) <= most for number in found):
        raise Unreadable(f"It repeats by a rule that makes no sense ({name}).")
    return found


def _signed(texts: list[str], name: str) -> Iterator[int]:
    for text in texts:
        digits = text.strip().lstrip("+-")
        if not digits.isdigit() or len(digits) > 4:
            raise Unreadable(f"It repeats by a rule that makes no sense ({name}).")
        yield -int(digits) if text.strip().startswith("-") else int(digits)


def _weekdays(text: str) -> list[weekday] | None:
    if not text:
        return None
    found: list[weekday] = []
    for part in text.split(",")[: MAX_LIST + 1]:
        name, nth = part.strip()[-2:], part.strip()[:-2]
        digits = nth.lstrip("+-")
        if name not in _DAYS or (nth and not (digits.isdigit() and 1 <= int(digits) <= 53)):
            raise Unreadable("It repeats by a rule that makes no sense (BYDAY).")
        number = (-int(digits) if nth.startswith("-") else int(digits)) if nth else None
        found.append(weekday(_DAYS[name], number))
    return found
