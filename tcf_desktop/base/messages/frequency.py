"""Words of frequencies and the Due again list."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "frequency.interval": (
        "It is not clear how often that is. Nothing was changed.",
        "Write it like “every 8 weeks”, “twice a year” or “every spring”; ten years at most.",
    ),
    "frequency.season": (
        "The season needs a first and a last day. Nothing was changed.",
        "Write it like “april to october” or “apr 15 to oct 1”.",
    ),
    "frequency.place": (
        "That place belongs to another contact. Nothing was changed.",
        "Choose one of this contact’s places.",
    ),
    "frequency.date": (
        "“{text}” is not a day that is still to come. Nothing was changed.",
        "Choose a later day.",
    ),
    "frequency.taken": (
        "{name} is asked for this work at this place already. Nothing was changed.",
        "Change the one that is there.",
    ),
}
