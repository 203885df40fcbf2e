"""Which days each view shows, how far a page turn goes, and what the range is called."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from tcf_desktop.domain.appointments import week_start
from tcf_desktop.domain.month_layout import month_days, month_later
from tcf_desktop.qtkit import i18n
from tcf_desktop.views.schedule.options import ViewOptions

LIST_DAYS: Final = 28
_WEEKEND: Final = (5, 6)


def days_of(view: str, anchor: date, options: ViewOptions) -> tuple[date, ...]:
    """The days that are shown around a date; a week without weekends keeps its working days."""
    if view == "month":
        return month_days(anchor, options.first_weekday)
    if view == "day":
        return (anchor,)
    first = week_start(anchor, options.first_weekday)
    count = 7 if view == "week" else LIST_DAYS
    days = tuple(first + timedelta(days=n) for n in range(count))
    if view == "week" and not options.weekends:
        return tuple(day for day in days if day.weekday() not in _WEEKEND)
    return days


def turned(view: str, anchor: date, by: int) -> date:
    """The date to show after turning ``by`` pages."""
    if view == "month":
        return month_later(anchor, by)
    return anchor + timedelta(days=by * {"day": 1, "week": 7}.get(view, LIST_DAYS))


def covers(view: str, anchor: date, options: ViewOptions, day: date) -> bool:
    """Whether a day is among those that are shown."""
    return day in days_of(view, anchor, options)


def range_text(view: str, anchor: date, days: tuple[date, ...]) -> str:
    """ "July 13 – 19, 2026", "July 2026", "Tuesday, July 14, 2026"."""
    first, last = days[0], days[-1]
    if view == "day":
        return i18n.day(first, "dddd, MMMM d, yyyy")
    if view == "month":
        return i18n.day(anchor, "MMMM yyyy")
    if first.year != last.year:
        return f"{i18n.day(first, 'MMM d, yyyy')} – {i18n.day(last, 'MMM d, yyyy')}"
    if first.month != last.month:
        return f"{i18n.day(first, 'MMM d')} – {i18n.day(last, 'MMM d, yyyy')}"
    return f"{i18n.day(first, 'MMMM d')} – {i18n.day(last, 'd, yyyy')}"


def short_range_text(view: str, anchor: date, days: tuple[date, ...]) -> str:
    """The same for a narrow window: "Jul 13 – 19", "Jul 2026", "Tue, Jul 14"."""
    first, last = days[0], days[-1]
    if view == "day":
        return i18n.weekday_short(first)
    if view == "month":
        return i18n.day(anchor, "MMM yyyy")
    pattern = "d" if first.month == last.month else "MMM d"
    return f"{i18n.day(first, 'MMM d')} – {i18n.day(last, pattern)}"
