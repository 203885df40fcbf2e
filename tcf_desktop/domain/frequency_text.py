"""A frequency as it is typed: "every 8 weeks", "twice a year", "monthly, april to october"."""

from __future__ import annotations

import calendar
import re
from typing import Final

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.frequency import Rhythm, checked

SEASONS: Final = {
    "spring": ("03-01", "05-31"),
    "summer": ("06-01", "08-31"),
    "fall": ("09-01", "11-30"),
    "winter": ("12-01", "02-29"),
}
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_NUMBERS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_WORDS: Final = {
    "daily": (1, "day"),
    "weekly": (1, "week"),
    "biweekly": (2, "week"),
    "fortnightly": (2, "week"),
    "monthly": (1, "month"),
    "bimonthly": (2, "month"),
    "quarterly": (3, "month"),
    "semiannually": (6, "month"),
    "semiannual": (6, "month"),
    "biannually": (6, "month"),
    "half yearly": (6, "month"),
    "yearly": (1, "year"),
    "annually": (1, "year"),
    "annual": (1, "year"),
    "every half year": (6, "month"),
    "every quarter": (3, "month"),
    "every fortnight": (2, "week"),
}
_UNIT: Final = r"(d|w|m|y|day|wk|week|mo|mth|month|yr|year)s?"
_EVERY: Final = re.compile(rf"(?:every|each|once every|all)?\s*(\d{{1,4}}|other)?\s*{_UNIT}")
_TIMES: Final = re.compile(
    r"(once|twice|\d{1,3}\s*(?:x|×|times)|\d{1,3}(?=\s*(?:a|per|/)))\s*(?:a|an|per|each|every|/)?\s*"
    r"(week|month|year|weekly|monthly|yearly|annually|wk|mo|yr)"
)
_DAY: Final = r"([a-z]{3,9})\.?\s*(\d{1,2})?"
_RANGE: Final = re.compile(
    rf"(?:^|\s)(?:only\s+)?(?:from\s+|between\s+|in\s+)?{_DAY}\s*"
    rf"(?:-|–|to|until|till|through|and)\s*{_DAY}$"
)
_NAMED: Final = re.compile(
    r"(?:^|\s)(?:only\s+)?(?:in\s+|every\s+|each\s+|during\s+)?(?:the\s+)?"
    r"(spring|summer|fall|autumn|winter)$"
)


def parse(text: str) -> Rhythm | None:
    """The rhythm that is meant, or None when it is not understood.

    A season alone ("every spring") means once a year. "n times a year" becomes months or weeks
    where the year divides evenly, days otherwise.
    """
    cleaned = " ".join(re.sub(r"[,;.]", " ", text.lower().replace("-", " - ")).split())
    cleaned = cleaned.replace("semi - ", "semi").replace("bi - ", "bi").replace("half - ", "half ")
    cleaned = " ".join(str(_NUMBERS.get(word, word)) for word in cleaned.split())
    rest, season = _season(cleaned)
    if season is None:
        return None
    interval = (1, "year") if not rest and any(season) else _interval(rest)
    if interval is None:
        return None
    try:
        return checked(Rhythm(*interval, *season))
    except AppError:
        return None


def text_of(rhythm: Rhythm) -> str:
    """The rhythm as one would type it; :func:`parse` reads it back."""
    every = f"every {rhythm.every_n} {rhythm.unit}s"
    if rhythm.every_n == 1:
        every = f"every {rhythm.unit}"
    if not rhythm.seasonal:
        return every
    name = season_name(rhythm)
    if name:
        return f"every {name}" if (rhythm.every_n, rhythm.unit) == (1, "year") else (
            f"{every} in {name}"
        )  # fmt: skip
    whole = spans_months(rhythm)
    ends = (
        f"{_MONTHS[int(mark[:2]) - 1]}{'' if whole else f' {int(mark[3:])}'}"
        for mark in (rhythm.season_from, rhythm.season_to)
    )
    return f"{every}, {' to '.join(ends)}"


def season_name(rhythm: Rhythm) -> str:
    """``spring``, ``summer``, ``fall``, ``winter``, or empty for a season of one's own."""
    ends = (rhythm.season_from, rhythm.season_to)
    return next((name for name, span in SEASONS.items() if span == ends), "")


def spans_months(rhythm: Rhythm) -> bool:
    """Whether the season is made of whole months."""
    month = int(rhythm.season_to[:2])
    return rhythm.season_from.endswith("-01") and rhythm.season_to == _last_of(month)


def _season(text: str) -> tuple[str, tuple[str, str] | None]:
    """(what is before the season, its ends); the ends are empty without one, None when unclear."""
    named = _NAMED.search(text)
    if named:
        name = "fall" if named[1] == "autumn" else named[1]
        return text[: named.start()].strip(), SEASONS[name]
    span = _RANGE.search(text)
    if span is None:
        return text, ("", "")
    months = [_month(span[1]), _month(span[3])]
    if None in months:
        return text, ("", "")
    first, last = int(months[0] or 0), int(months[1] or 0)
    begin = f"{first:02d}-{int(span[2] or 1):02d}"
    end = f"{last:02d}-{int(span[4]):02d}" if span[4] else _last_of(last)
    return text[: span.start()].strip(), (begin, end)


def _interval(text: str) -> tuple[int, str] | None:
    if text in _WORDS:
        return _WORDS[text]
    times = _TIMES.fullmatch(text)
    if times:
        count = {"once": 1, "twice": 2}.get(times[1]) or int(re.sub(r"\D", "", times[1]))
        return _per(count, times[2][0]) if count else None
    every = _EVERY.fullmatch(text)
    if every is None:
        return None
    count = 2 if every[1] == "other" else int(every[1] or 1)
    unit = {"d": "day", "w": "week", "m": "month", "y": "year"}[every[2][0]]
    if not every[1] and not text.startswith(("every", "each", "once", "all")):
        return None
    return count, unit


def _per(count: int, unit: str) -> tuple[int, str] | None:
    """So many times a week, month or year as an interval."""
    if unit == "y":
        if count == 1:
            return 1, "year"
        if 12 % count == 0:
            return 12 // count, "month"
        if 52 % count == 0:
            return 52 // count, "week"
        return (round(365 / count), "day") if count <= 365 else None
    if unit == "m":
        known = {1: (1, "month"), 2: (2, "week"), 4: (1, "week")}
        if count in known:
            return known[count]
        return (round(30 / count), "day") if count <= 30 else None
    if count == 1:
        return 1, "week"
    return (round(7 / count), "day") if count <= 7 else None


def _month(word: str) -> int | None:
    hits = [n for n, name in enumerate(_MONTHS, 1) if name.startswith(word) or word == name[:4]]
    return hits[0] if len(hits) == 1 else None


def _last_of(month: int) -> str:
    return f"{month:02d}-{calendar.monthrange(2024, month)[1]:02d}"
