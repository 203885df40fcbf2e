"""Invoices on paper: made in the worker process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcf_desktop.domain.print_document import InvoiceDocument

if TYPE_CHECKING:
    from tcf_desktop.ports import Worker

RENDER = "tcf_desktop.integrations.pdf.invoice:render"


def render_pdf(documents: Worker, document: InvoiceDocument) -> bytes:
    """The PDF of a document; blocks for some milliseconds, so never on the GUI thread."""
    made: bytes = documents.run(RENDER, document)
    return made
