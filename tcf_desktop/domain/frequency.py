"""How often something is wanted: when it is due again, what was typed, what history says.

A frequency is a reminder to call. It promises nothing and puts nothing on the schedule.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from tcf_desktop.base.errors import AppError

UNITS: Final = ("day", "week", "month", "year")
MOST: Final = {"day": 3660, "week": 520, "month": 120, "year": 10}  # ten years
NEEDED_VISITS: Final = 3  # fewer say nothing about a habit
RECENT_VISITS: Final = 13  # a habit is what was done lately: a year of monthly work
QUIET_FACTOR: Final = 1.5
QUIET_DAYS: Final = 30
_LAST_YEAR: Final = 9900


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every ``every_n`` units, in a season from "MM-DD" to "MM-DD" that may pass the year's end."""

    every_n: int
    unit: str
    season_from: str = ""
    season_to: str = ""

    @property
    def seasonal(self) -> bool:
        """Whether only a part of the year counts."""
        return bool(self.season_from)


def checked(rhythm: Rhythm) -> Rhythm:
    """The rhythm as it may be stored. Raises ``frequency.interval`` and, for a season that has no
    first day in every year, ``frequency.season``."""
    if rhythm.unit not in UNITS or not 1 <= rhythm.every_n <= MOST[rhythm.unit]:
        raise AppError("frequency.interval")
    ends = (rhythm.season_from, rhythm.season_to)
    if any(ends) and (ends[0] == "02-29" or not all(_is_day(end) for end in ends)):
        raise AppError("frequency.season")
    return rhythm


def stepped(anchor: date, rhythm: Rhythm, times: int = 1) -> date:
    """The anchor plus so many intervals, not looking at the season.

    Months and years keep the anchor's day: the last day of a shorter month stands in for it, and
    the next one is counted from the anchor again, so that nothing drifts.
    """
    count = rhythm.every_n * times
    if rhythm.unit in ("day", "week"):
        return anchor + timedelta(days=count * (7 if rhythm.unit == "week" else 1))
    months = anchor.year * 12 + anchor.month - 1 + count * (12 if rhythm.unit == "year" else 1)
    year, month = divmod(months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(anchor.day, last))


def in_season(day: date, rhythm: Rhythm) -> bool:
    """Whether a day lies in the season; always without one."""
    if not rhythm.seasonal:
        return True
    mark = day.isoformat()[5:]
    if rhythm.season_from <= rhythm.season_to:
        return rhythm.season_from <= mark <= rhythm.season_to
    return mark >= rhythm.season_from or mark <= rhythm.season_to


def into_season(day: date, rhythm: Rhythm) -> date:
    """The day itself, or the next start of the season."""
    return day if in_season(day, rhythm) else season_start_after(day, rhythm)


def season_start_after(day: date, rhythm: Rhythm) -> date:
    """The first start of the season after this day; without a season the same day next year."""
    if not rhythm.seasonal:
        return stepped(day, Rhythm(1, "year"))
    for year in (day.year, day.year + 1):
        start = date(year, int(rhythm.season_from[:2]), int(rhythm.season_from[3:]))
        if start > day:
            return start
    raise AssertionError(day)


def due_on(anchor: date, rhythm: Rhythm) -> date:
    """When to ask again after a visit (or the day that was chosen to count from)."""
    if anchor.year > _LAST_YEAR:  # a file may say anything; there is no day after the last one
        return date.max
    return into_season(stepped(anchor, rhythm), rhythm)


def apart(days: int) -> tuple[int, str]:
    """A distance as people say it: (count, unit) with the coarsest unit that is still fair.

    13 days are days, 8 weeks weeks, 23 months months. The sign is left to the caller.
    """
    days = abs(days)
    if days < 14:
        return days, "day"
    if days < 63:
        return days // 7, "week"
    if days < 730:
        return round(days / 30.44), "month"
    return days // 365, "year"


def about(days: int) -> tuple[int, str]:
    """A learned interval as people say it: 56 days are 8 weeks, 182 are 6 months."""
    if days < 13 and not 6 <= days <= 8:
        return days, "day"
    if days < 75:
        return round(days / 7), "week"
    if days < 700 and not 350 <= days <= 380:
        return round(days / 30.44), "month"
    return round(days / 365.25), "year"


def learned_interval(visits: Iterable[date]) -> int | None:
    """The median number of days between visits; None before there are ``NEEDED_VISITS``.

    Several visits of one day are one; of many visits the last ``RECENT_VISITS`` count.
    """
    days = sorted(set(visits))[-RECENT_VISITS:]
    if len(days) < NEEDED_VISITS:
        return None
    gaps = sorted((later - earlier).days for earlier, later in pairwise(days))
    middle = len(gaps) // 2
    return gaps[middle] if len(gaps) % 2 else (gaps[middle - 1] + gaps[middle] + 1) // 2


def quiet_from(last: date, learned_days: int) -> date:
    """The first day on which a customer who used to come counts as quiet."""
    return last + timedelta(days=int(QUIET_FACTOR * learned_days + QUIET_DAYS) + 1)


def is_quiet(visits: Iterable[date], today: date) -> bool:
    """Whether somebody used to come and stopped: well past the habit of at least three visits."""
    days = sorted(set(visits))
    learned = learned_interval(days)
    return learned is not None and today >= quiet_from(days[-1], learned)


def _is_day(text: str) -> bool:
    """Whether "MM-DD" is a day of some year."""
    digits = text[:2] + text[3:]
    if len(text) != 5 or text[2] != "-" or not (digits.isascii() and digits.isdigit()):
        return False
    month, day = int(text[:2]), int(text[3:])
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(2024, month)[1]
