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
}
