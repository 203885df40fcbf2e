"""Words about what comes again."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "schedule.rule": (
        "“{part}” is not a way to repeat that is understood. Nothing was changed.",
        "Choose how often it comes again: every so many days, weeks, months or years.",
    ),
}
