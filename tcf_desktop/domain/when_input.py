"""Forgiving input of dates, times and lengths: "tue 2", "7/14", "+2w", "1:30", "45m", "2h15".

Every function answers ``None`` for what it does not understand; nothing here guesses silently
beyond the rules in its docstring, because the understood value is shown before it is used.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_TIME: Final = re.compile(r"(\d{1,2})(?:[:.h](\d{2})|(\d{2}))?\s*(am?|pm?)?")
_LENGTH: Final = re.compile(
    r"(?:(\d{1,3})\s*(?:h|hr|hrs|hours?)\s*(?:(\d{1,2})\s*(?:m|min|minutes?)?)?"
    r"|(\d{1,3})[:](\d{2})"
    r"|(\d{1,2}[.,]\d{1,2})\s*(?:h|hr|hrs|hours?)?"
    r"|(\d{1,4})\s*(?:m|min|mins|minutes?)?)"
)
_OFFSET: Final = re.compile(r"\+\s*(\d{1,3})\s*(d|w|m)?(?:ays?|eeks?|onths?)?")
_NUMERIC: Final = re.compile(r"(\d{1,2})[/.\-](\d{1,2})(?:[/.\-](\d{2}|\d{4}))?\.?")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NAMED: Final = re.compile(
    r"(?:([a-z]{3,9})\.?\s*(\d{1,2})|(\d{1,2})\.?\s*([a-z]{3,9}))\.?,?(?:\s*(\d{4}))?"
)


def parse_time(text: str) -> int | None:
    """Minutes after midnight. Without am/pm, 1 to 6 mean the afternoon, as an office speaks."""
    cleaned = text.strip().lower().replace("a.m.", "am").replace("p.m.", "pm")
    if cleaned in ("noon", "midday"):
        return 720
    if cleaned == "midnight":
        return 0
    found = _TIME.fullmatch(cleaned)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or found[3] or 0)
    half = found[4]
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    elif 1 <= hour <= 6 and not found[1].startswith("0"):
        hour += 12
    return hour * 60 + minute


def parse_length(text: str) -> int | None:
    """Minutes of "45m", "2h15", "1:30", "1.5"; a bare number up to 9 means hours."""
    found = _LENGTH.fullmatch(text.strip().lower())
    if found is None:
        return None
    if found[1] is not None:
        minutes = int(found[1]) * 60 + int(found[2] or 0)
    elif found[3] is not None:
        if int(found[4]) > 59:
            return None
        minutes = int(found[3]) * 60 + int(found[4])
    elif found[5] is not None:
        minutes = round(float(found[5].replace(",", ".")) * 60)
    else:
        number = int(found[6])
        bare = text.strip().isdigit()
        minutes = number * 60 if bare and number <= 9 else number
    return minutes if minutes > 0 else None


def parse_date(text: str, today: date, *, day_first: bool = False) -> date | None:
    """The day meant by "today", "tue", "7/14", "+2w", "jul 14", "2026-07-14".

    A weekday means the next one, today included. A day without a year is the nearest one that is
    not more than three months past.
    """
    cleaned = " ".join(text.strip().lower().split())
    if not cleaned:
        return None
    words = {"today": 0, "tomorrow": 1, "tom": 1, "yesterday": -1}
    if cleaned in words:
        return today + timedelta(days=words[cleaned])
    weekday = _weekday(cleaned)
    if weekday is not None:
        return today + timedelta(days=(weekday - today.weekday()) % 7)
    offset = _OFFSET.fullmatch(cleaned)
    if offset:
        return _moved(today, int(offset[1]), offset[2] or "d")
    iso = _ISO.fullmatch(cleaned)
    if iso:
        return _made(int(iso[1]), int(iso[2]), int(iso[3]))
    numeric = _NUMERIC.fullmatch(cleaned)
    if numeric:
        one, two = int(numeric[1]), int(numeric[2])
        month, day = (two, one) if day_first or "." in cleaned else (one, two)
        return _with_year(today, month, day, numeric[3])
    named = _NAMED.fullmatch(cleaned)
    if named:
        month_text, day_text = (named[1], named[2]) if named[1] else (named[4], named[3])
        if month_text[:3] in _MONTHS:
            return _with_year(today, _MONTHS.index(month_text[:3]) + 1, int(day_text), named[5])
    return None


def parse_when(
    text: str, today: date, *, day_first: bool = False
) -> tuple[date | None, int | None]:
    """(day, minute of the day) of a line like "tue 2", "7/14 1:30 pm", "+2w" or "9am"."""
    words = text.strip().lower().split()
    for split in range(len(words), 0, -1):
        day = parse_date(" ".join(words[:split]), today, day_first=day_first)
        if day is None:
            continue
        rest = " ".join(word for word in words[split:] if word != "at")
        if not rest:
            return day, None
        minute = parse_time(rest)
        if minute is not None:
            return day, minute
    return None, parse_time(" ".join(word for word in words if word != "at"))


def _weekday(word: str) -> int | None:
    if len(word) < 2 or not word.isalpha():
        return None
    full = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    extra = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
    if word in extra:
        return extra[word]
    hits = [i for i, name in enumerate(full) if name.startswith(word)]
    return hits[0] if len(hits) == 1 else None


def _moved(today: date, count: int, unit: str) -> date | None:
    if unit == "m":
        months = today.month - 1 + count
        year, month = today.year + months // 12, months % 12 + 1
        for day in range(today.day, 27, -1):
            made = _made(year, month, day)
            if made:
                return made
        return _made(year, month, today.day)
    return today + timedelta(days=count * (7 if unit == "w" else 1))


def _with_year(today: date, month: int, day: int, year: str | None) -> date | None:
    if year is not None:
        return _made(int(year) + (2000 if len(year) == 2 else 0), month, day)
    made = _made(today.year, month, day)
    if made is None:
        return _made(today.year + 1, month, day)
    if made < today - timedelta(days=92):
        return _made(today.year + 1, month, day) or made
    return made


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
