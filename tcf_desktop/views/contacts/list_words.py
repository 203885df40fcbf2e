"""What the list of contacts says of its order and of being empty."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from tcf_desktop.itemmodels.columns import Column
from tcf_desktop.services.queries.contact_filter import ContactFilter
from tcf_desktop.services.queries.contact_rows import ContactRow


def order(sort: str, columns: Sequence[Column[ContactRow]], typed: str = "") -> str:
    """An order in words; ``sort`` is a key, with a "-" before it downwards. What was typed
    is ranked unless another order was asked for."""
    translate = QCoreApplication.translate
    if typed and sort == "name":
        return translate("ContactList", "Best matches first")
    known = {
        "name": translate("ContactList", "Sorted by name"),
        "-name": translate("ContactList", "Sorted by name, last first"),
        "owes": translate("ContactList", "Sorted by what they owe, least first"),
        "-owes": translate("ContactList", "Sorted by what they owe"),
        "next": translate("ContactList", "Sorted by next visit"),
        "-next": translate("ContactList", "Sorted by next visit, latest first"),
    }
    if sort in known:
        return known[sort]
    title = next((c.title for c in columns if c.sort == sort.removeprefix("-")), "")
    if sort.startswith("-"):
        return translate("ContactList", "Sorted by {column}, last first").format(column=title)
    return translate("ContactList", "Sorted by {column}").format(column=title)


def nobody(shown: ContactFilter) -> str:
    """Why a filter shows nobody."""
    translate = QCoreApplication.translate
    if shown.without("kind").without("owes").without("due_again").active():
        return translate("ContactList", "Nobody fits these filters.")
    if shown.owes:
        return translate("ContactList", "Nobody owes you anything.")
    if shown.due_again:
        return translate("ContactList", "Nobody is due again at the moment.")
    if shown.kind == "prospect":
        return translate("ContactList", "There are no prospects at the moment.")
    return translate("ContactList", "There are no customers yet.")
