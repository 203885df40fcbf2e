"""Issued documents as they left the house: made once, kept, printed again byte for byte."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.documents import InvoiceState
from tcf_desktop.services.command import Command
from tcf_desktop.services.file_store import FileStore
from tcf_desktop.services.invoice_pdf import render_pdf
from tcf_desktop.services.pdf_files import write_file
from tcf_desktop.services.queries.invoice_paper import invoice_document

if TYPE_CHECKING:
    from tcf_desktop.base.paths import DataFolder
    from tcf_desktop.services.office import Office
    from tcf_desktop.services.uow import UnitOfWork

_KEPT = (
    "SELECT sha256, size FROM archived_documents WHERE invoice_id = ? AND purpose = 'issued'"
    " ORDER BY id LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class KeepDocument(Command[bool]):
    """Record a finished document whose bytes are in the store; False when one of an invoice was
    recorded before, which stays the one that counts.

    ``kind`` is invoice, credit_note, deposit, proposal, receipt, statement or reminder;
    ``purpose`` issued (at its first making) or sent (a copy that went out).
    """

    journalled = False

    kind: str
    purpose: str
    contact_id: int
    name: str
    sha256: str
    size: int
    invoice_id: int | None = None
    proposal_id: int | None = None
    payment_id: int | None = None

    def execute(self, uow: UnitOfWork) -> bool:
        if self.purpose == "issued" and uow.value(
            "SELECT 1 FROM archived_documents WHERE purpose = 'issued' AND kind = ?1"
            " AND invoice_id IS ?2 AND proposal_id IS ?3 AND payment_id IS ?4"
            " AND (?2 IS NOT NULL OR ?3 IS NOT NULL OR ?4 IS NOT NULL)",
            (self.kind, self.invoice_id, self.proposal_id, self.payment_id),
        ):
            return False
        uow.add(
            models.ArchivedDocument(
                kind=self.kind,
                purpose=self.purpose,
                contact_id=self.contact_id,
                invoice_id=self.invoice_id,
                proposal_id=self.proposal_id,
                payment_id=self.payment_id,
                name=self.name,
                sha256=self.sha256,
                size=self.size,
                created_at=uow.now_at,
            )
        )
        return True


def invoice_pdf(office: Office, invoice_id: int, today: str) -> bytes:
    """The PDF of a document; blocks. ``today`` (ISO) dates a draft.

    Of an issued one the bytes that were made first, which are kept at the first call; of a draft
    or a void one a page made now. Raises ``data.gone``, ``document.lost`` and what a full disk
    raises.
    """
    found = office.read(
        lambda r: r.one(
            "SELECT state, doc_type, contact_id, number FROM invoices WHERE id = ?", (invoice_id,)
        )
    )
    if found is None:
        raise AppError("data.gone")
    state, kind, contact_id, number = found
    if state not in {InvoiceState.DRAFT, InvoiceState.VOID}:
        kept = office.read(lambda r: r.one(_KEPT, (invoice_id,)))
        if kept is not None:
            return kept_bytes(office.folder, kept[0], number)
    content = render_pdf(
        office.ports.documents, office.read(lambda r: invoice_document(r, invoice_id, today))
    )
    if state in {InvoiceState.DRAFT, InvoiceState.VOID}:
        return content
    sha256 = keep_bytes(office.folder, content)
    office.runner.run(
        KeepDocument(kind, "issued", contact_id, f"{number}.pdf", sha256, len(content), invoice_id)
    )
    # Another window may have been first: what was recorded counts.
    kept = office.read(lambda r: r.one(_KEPT, (invoice_id,)))
    return (
        content if kept is None or kept[0] == sha256 else kept_bytes(office.folder, kept[0], number)
    )


def save_invoice_pdf(office: Office, invoice_id: int, today: str, path: Path) -> int:
    """Write the PDF of a document to ``path``; returns its size in bytes. Blocks.

    The file is there complete or the old one stays: ``export.unwritable``, ``data.disk_full``.
    """
    content = invoice_pdf(office, invoice_id, today)
    write_file(path, content)
    return len(content)


def keep_bytes(folder: DataFolder, content: bytes) -> str:
    """Put a finished document into the file store; returns its SHA-256. Durable afterwards."""
    with tempfile.TemporaryDirectory(prefix="tcf-") as room:
        path = Path(room) / "document"
        path.write_bytes(content)
        _said, sha256, _size = FileStore(folder).take_in(path, lambda _copy: "")
    return sha256


def kept_bytes(folder: DataFolder, sha256: str, number: str) -> bytes:
    """A kept document as it was made, or ``document.lost``."""
    try:
        content = FileStore(folder).path(sha256).read_bytes()
    except OSError:
        raise AppError("document.lost", number=number) from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise AppError("document.lost", number=number)
    return content
