"""Words about workers, crews, hours and days off."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "team.hours": (
        "These hours do not fit into a day. Nothing was saved.",
        "Let each day end after it begins, for example 8:00 AM to 5:00 PM.",
    ),
}
