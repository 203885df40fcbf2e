"""What the list of contacts says of its order and of being empty."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tcf_desktop.services.queries.contact_filter import ContactFilter


def orders() -> dict[str, str]:
    """Every order in words, by its key."""
    translate = QCoreApplication.translate
    return {
        "name": translate("ContactList", "Sorted by name"),
        "-name": translate("ContactList", "Sorted by name, last first"),
        "owes": translate("ContactList", "Sorted by what they owe, least first"),
        "-owes": translate("ContactList", "Sorted by what they owe"),
        "next": translate("ContactList", "Sorted by next visit"),
        "-next": translate("ContactList", "Sorted by next visit, latest first"),
    }


def nobody(shown: ContactFilter) -> str:
    """Why a filter shows nobody."""
    translate = QCoreApplication.translate
    if shown.owes:
        return translate("ContactList", "Nobody owes you anything.")
    if shown.due_again:
        return translate("ContactList", "Nobody is due again at the moment.")
    if shown.kind == "prospect":
        return translate("ContactList", "There are no prospects at the moment.")
    return translate("ContactList", "There are no customers yet.")
