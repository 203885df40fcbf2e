"""Words of contacts and what belongs to them."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "contacts.nameless": (
        "A contact needs something to be found by. Nothing was changed.",
        "Give a name, a company, a phone or an e-mail.",
    ),
    "contacts.owes": (
        "{name} has money open ({count}), so the contact stays.",
        "Receive the payment or void the invoice first.",
    ),
    "contacts.has_visits": (
        "{name} has visits ahead ({count}), so the contact stays.",
        "Cancel or move those visits first.",
    ),
    "contacts.unknown_name": (
        "There is no {what} called “{name}”. Nothing was changed.",
        "Choose one that is there, or make it in Settings first.",
    ),
    "fields.unknown": (
        "There is no field or measure called “{name}”. Nothing was changed.",
        "Add it in Settings, or write it into a note.",
    ),
    "fields.not_a_number": (
        "“{value}” is no number for {name}. Nothing was changed.",
        "Write it like 42 or 42.5.",
    ),
    "fields.not_a_date": (
        "“{value}” is no date for {name}. Nothing was changed.",
        "Write it like 2026-07-15.",
    ),
    "fields.not_a_choice": (
        "“{value}” is not one of the choices of {name}. Nothing was changed.",
        "Choose one of them, or add it in Settings.",
    ),
}
