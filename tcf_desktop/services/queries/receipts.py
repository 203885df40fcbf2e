"""A payment as its receipt tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.receipt_print import (
    ReceiptDocument,
    ReceiptFacts,
    ReceiptLine,
    build_receipt,
)
from tcf_desktop.services.queries.invoice_paper import letterhead

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader


def receipt_document(r: Reader, payment_id: int) -> ReceiptDocument:
    """The page, ready to be rendered. Raises ``data.gone``, and ``payment.no_receipt`` for what
    moved no money."""
    row = r.one(
        "SELECT p.id, p.kind, p.paid_on, p.method, p.reference, p.currency, p.amount_cents,"
        " p.tip_cents, p.unapplied_cents, c.display_name, c.language, p.contact_id,"
        " EXISTS (SELECT 1 FROM payments v WHERE v.reverses_id = p.id)"
        " FROM payments p JOIN contacts c ON c.id = p.contact_id WHERE p.id = ?",
        (payment_id,),
    )
    if row is None:
        raise AppError("data.gone")
    if row[1] not in {"payment", "refund"}:
        raise AppError("payment.no_receipt")
    lines = tuple(
        ReceiptLine(*found)
        for found in r.all(
            "SELECT i.number, i.issued_on, sum(a.amount_cents) AS cents, i.open_cents"
            " FROM allocations a JOIN invoices i ON i.id = a.invoice_id WHERE a.payment_id = ?"
            " GROUP BY i.id HAVING cents > 0 ORDER BY min(a.id)",
            (payment_id,),
        )
    )
    facts = ReceiptFacts(
        id=row[0],
        kind=row[1],
        customer=row[9],
        paid_on=row[2],
        method=row[3],
        reference=row[4],
        currency=row[5],
        amount_cents=row[6],
        tip_cents=row[7],
        unapplied_cents=row[8],
        lines=lines,
        reversed=bool(row[12]),
        language=row[10],
    )
    return build_receipt(facts, letterhead(r))
