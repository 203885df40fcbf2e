"""Public holidays of a country, computed without the internet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

MOST_DAYS_MOVED = 7


@lru_cache(maxsize=64)
def public_holidays(country: str, region: str, year: int) -> dict[date, str]:
    """Date and name of the public holidays; empty for a country or region that nobody knows."""
    import holidays

    try:
        found = holidays.country_holidays(country, subdiv=region or None, years=year)
    except NotImplementedError:
        if region:
            return public_holidays(country, "", year)
        return {}
    return {day: str(name) for day, name in sorted(found.items()) if day.year == year}


def holiday_name(country: str, region: str, day: date) -> str:
    """The public holiday of a date; empty on other days."""
    return public_holidays(country, region, day.year).get(day, "")


def next_holidays(country: str, region: str, since: date, count: int) -> list[tuple[date, str]]:
    """The next ``count`` public holidays from a date on, that day included."""
    found: list[tuple[date, str]] = []
    for year in (since.year, since.year + 1):
        days = public_holidays(country, region, year).items()
        found += [(day, name) for day, name in days if day >= since]
    return found[:count]


@lru_cache(maxsize=8)
def regions(country: str) -> tuple[tuple[str, str], ...]:
    """Code and name of the parts of a country that have holidays of their own, by name."""
    import holidays

    try:
        known = holidays.country_holidays(country)
    except NotImplementedError:
        return ()
    names = {code: name for name, code in known.subdivisions_aliases.items()}
    return tuple(
        sorted(
            ((code, names.get(code, code)) for code in known.subdivisions), key=lambda one: one[1]
        )
    )


def kept_date(day: date, choice: str, is_holiday: Callable[[date], bool]) -> date | None:
    """Where a date goes that may be a holiday: itself, the nearest day before or after that is
    none, or nowhere. ``choice`` is one of :data:`tcf_desktop.domain.recurrence.HOLIDAY_CHOICES`."""
    if choice == "keep" or not is_holiday(day):
        return day
    if choice == "skip":
        return None
    step = timedelta(days=-1 if choice == "before" else 1)
    for _ in range(MOST_DAYS_MOVED):
        day += step
        if not is_holiday(day):
            return day
    return None
