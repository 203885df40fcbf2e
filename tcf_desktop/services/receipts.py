"""Receipts: made once for a payment that stands, kept, and printed again byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tcf_desktop.services.archive import KeepDocument, keep_bytes, kept_bytes
from tcf_desktop.services.queries.receipts import receipt_document

if TYPE_CHECKING:
    from tcf_desktop.services.office import Office

RENDER: Final = "tcf_desktop.integrations.pdf.receipt:render"
_KEPT: Final = (
    "SELECT sha256 FROM archived_documents WHERE payment_id = ? AND purpose = 'issued'"
    " ORDER BY id LIMIT 1"
)


def receipt_pdf(office: Office, payment_id: int) -> bytes:
    """The PDF of a payment's or refund's receipt; blocks. One that was reversed is marked so and
    not kept. Raises ``data.gone``, ``payment.no_receipt``, ``document.lost``."""
    document = office.read(lambda r: receipt_document(r, payment_id))
    row = office.read(
        lambda r: r.one(
            "SELECT contact_id, EXISTS (SELECT 1 FROM payments v WHERE v.reverses_id = p.id)"
            " FROM payments p WHERE p.id = ?",
            (payment_id,),
        )
    )
    assert row is not None
    contact_id, is_reversed = row
    if not is_reversed:
        kept = office.read(lambda r: r.value(_KEPT, (payment_id,)))
        if kept is not None:
            return kept_bytes(office.folder, kept, str(payment_id))
    content: bytes = office.ports.documents.run(RENDER, document)
    if not is_reversed:
        sha256 = keep_bytes(office.folder, content)
        name = f"receipt-{payment_id}.pdf"
        office.runner.run(
            KeepDocument(
                "receipt", "issued", contact_id, name, sha256, len(content), payment_id=payment_id
            )
        )
    return content
