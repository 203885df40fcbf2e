"""Words about what comes again."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "schedule.rule": (
        "“{part}” is not a way to repeat that is understood. Nothing was changed.",
        "Choose how often it comes again: every so many days, weeks, months or years.",
    ),
    "schedule.arrival": (
        "The promised window cannot lie that far from the planned time. Nothing was changed.",
        "Promise a window on the day of the visit, no longer than a day.",
    ),
    "series.until": (
        "The last date {until} lies before the first time, {first}. Nothing was changed.",
        "Choose a later last date, or let it go on without an end.",
    ),
    "series.never": (
        "No date fits this way to repeat. Nothing was changed.",
        "Choose a day that exists, such as the last day of the month in place of the 31st.",
    ),
    "series.none": (
        "This appointment does not come again, so there is no series to change. Nothing was "
        "changed.",
        "Change the appointment itself, or let it repeat.",
    ),
    "series.already": (
        "This appointment belongs to a series already. Nothing was changed.",
        "Change how the series repeats instead.",
    ),
    "series.over": (
        "Nothing of this series lies ahead. Nothing was changed.",
        "Change single visits, or make a new series.",
    ),
    "series.move": (
        "The way this series repeats cannot be moved to that day. Nothing was changed.",
        "Move this visit only, or choose the days in the appointment's window.",
    ),
    "calendar.all_until": (
        "Everything and a last day do not go together. Nothing was written.",
        "Leave one of the two away.",
    ),
}
