"""Words of handing out and erasing everything about one person."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "privacy.owes": (
        "{name} cannot be erased yet: money is open ({numbers}). Nothing was changed.",
        "Receive the payment or void the invoice first.",
    ),
    "privacy.visits_ahead": (
        "{name} cannot be erased yet: there are visits ahead ({count}), the first on {first}."
        " Nothing was changed.",
        "Cancel them first.",
    ),
    "undo.erased": (
        "“{label}” cannot be undone: the person was erased.",
        "Other changes can be taken back one by one in Edit, Undo history.",
    ),
}
