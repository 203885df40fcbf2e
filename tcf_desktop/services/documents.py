"""Every document that the program makes, and who gets to see it.

A new document is a line here. ``tests/services/test_documents.py`` finds the makers in the code,
fails for one that is not listed, and proves of each that customers see that no note for the office
or the crew, gate code or access note is on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class Document:
    """``maker`` is the function of the worker process, ``package.module:name``; ``seen_by`` who
    may hold the finished document in hands."""

    maker: str
    seen_by: Literal["customer", "crew", "office"]


DOCUMENTS: Final = (
    Document("tcf_desktop.integrations.pdf.invoice:render", "customer"),
    Document("tcf_desktop.integrations.files.icalendar:write_calendar", "customer"),
    Document("tcf_desktop.integrations.pdf.day_sheet:render", "crew"),
    Document("tcf_desktop.integrations.files.vcard_write:write", "office"),
    Document("tcf_desktop.integrations.files.csv_write:write", "office"),
)
CUSTOMER_DOCUMENTS: Final = tuple(
    document.maker for document in DOCUMENTS if document.seen_by == "customer"
)
