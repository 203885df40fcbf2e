"""Words of notes and of who may be written to."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "notes.empty": (
        "A note needs some words. Nothing was changed.",
        "Write something, or delete the note.",
    ),
    "notes.no_visibility": (
        "It is not said who may see this note. Nothing was changed.",
        "Choose who may see it: the office only, the crew, or the customer.",
    ),
    "consent.no_address": (
        "There is no address to agree to or to stop. Nothing was changed.",
        "Choose a number or an e-mail address of this contact.",
    ),
    "consent.no_date": (
        "“{value}” is no date. Nothing was changed.",
        "Choose the day on which they said so.",
    ),
    "consent.future": (
        "This day is still to come, so nobody can have said so then. Nothing was changed.",
        "Choose the day on which they said so.",
    ),
    "consent.unknown": (
        "This is no way of writing to somebody that this app knows. Nothing was changed.",
        "Choose e-mail or text, and what for.",
    ),
}
