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
    may hold the finished document in hands.

    ``person`` is the full copy that privacy law owes somebody who asks for it: it holds all that
    is known about the person, notes of every kind too, and the office hands it out itself.
    """

    maker: str
    seen_by: Literal["customer", "crew", "office", "person"]


DOCUMENTS: Final = (
    Document("tcf_desktop.integrations.pdf.invoice:render", "customer"),
    Document("tcf_desktop.integrations.pdf.receipt:render", "customer"),
    Document("tcf_desktop.integrations.pdf.proposal:render", "customer"),
    Document("tcf_desktop.integrations.files.icalendar:write_calendar", "customer"),
    Document("tcf_desktop.integrations.pdf.treatment_record:render", "customer"),
    Document("tcf_desktop.integrations.pdf.day_sheet:render", "crew"),
    Document("tcf_desktop.integrations.pdf.deposit_slip:render", "office"),
    Document("tcf_desktop.integrations.pdf.schedule:render", "office"),
    Document("tcf_desktop.integrations.pdf.schedule_list:render", "office"),
    Document("tcf_desktop.integrations.files.vcard_write:write", "office"),
    Document("tcf_desktop.integrations.files.csv_write:write_rows", "office"),
    Document("tcf_desktop.integrations.files.person_archive:entries", "person"),
    Document("tcf_desktop.integrations.files.person_archive:calendar", "person"),
)
CUSTOMER_DOCUMENTS: Final = tuple(
    document.maker for document in DOCUMENTS if document.seen_by == "customer"
)
