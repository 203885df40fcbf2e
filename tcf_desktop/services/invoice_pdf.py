"""Invoices on paper: made in the worker process, written for the user in one step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tcf_desktop.base.atomic_file import replaced_file
from tcf_desktop.domain.documents import InvoiceDocument
from tcf_desktop.services.queries.invoice_detail import invoice_document

if TYPE_CHECKING:
    from tcf_desktop.ports import Worker
    from tcf_desktop.services.office import Office

RENDER = "tcf_desktop.integrations.pdf.invoice:render"


def render_pdf(documents: Worker, document: InvoiceDocument) -> bytes:
    """The PDF of a document; blocks for some milliseconds, so never on the GUI thread."""
    made: bytes = documents.run(RENDER, document)
    return made


def save_invoice_pdf(office: Office, invoice_id: int, today: str, path: Path) -> int:
    """Write the PDF of an invoice to ``path``; returns its size in bytes.

    The file is there complete or the old one stays: ``export.unwritable``, ``data.disk_full``.
    """
    document = office.read(lambda reader: invoice_document(reader, invoice_id, today))
    content = render_pdf(office.ports.documents, document)
    with replaced_file(path) as stream:
        stream.write(content)
    return len(content)
