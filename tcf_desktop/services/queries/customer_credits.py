"""Money of a customer that waits for an invoice, and which of it a new invoice will take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Rows = Callable[[str, Sequence[Any]], Sequence[Any]]  # runs a statement: reader.all or uow.rows


@dataclass(frozen=True, slots=True)
class Credit:
    """Money of a customer that waits for an invoice: where it lies and how much, above zero.

    ``document_id`` names a credit note or deposit, otherwise ``payment_id`` a payment.
    """

    kind: Literal["payment", "credit_note", "deposit"]
    cents: int
    payment_id: int | None = None
    document_id: int | None = None
    number: str = ""
    on: str = ""
    proposal_id: int | None = None


def customer_credits(rows: Rows, contact_id: int, proposal_id: int | None = None) -> list[Credit]:
    """What a customer has left, oldest first; the deposit of ``proposal_id`` before all else.

    A deposit belongs to its proposal until its final invoice was issued; it is offered for that
    invoice only.
    """
    deposits = rows(
        "SELECT id, paid_cents - moved_cents, number, issued_on, proposal_id FROM invoices"
        " WHERE contact_id = ? AND doc_type = 'deposit'"
        " AND state IN ('part_paid', 'paid', 'credited')"
        " AND paid_cents > moved_cents AND (proposal_id IS NULL OR proposal_id = ?)"
        " ORDER BY proposal_id IS NULL, issued_on, id",
        (contact_id, proposal_id if proposal_id is not None else -1),
    )
    notes = rows(
        "SELECT id, -open_cents, number, issued_on FROM invoices WHERE contact_id = ?"
        " AND doc_type = 'credit_note' AND open_cents < 0 AND state NOT IN ('draft', 'void')"
        " ORDER BY issued_on, id",
        (contact_id,),
    )
    payments = rows(
        "SELECT id, unapplied_cents, reference, paid_on FROM payments WHERE contact_id = ?"
        " AND unapplied_cents > 0 ORDER BY paid_on, id",
        (contact_id,),
    )
    found = [
        Credit("deposit", cents, None, row_id, number or "", on or "", proposal)
        for row_id, cents, number, on, proposal in deposits
    ]
    found += [
        Credit("credit_note", cents, None, row_id, number or "", on or "")
        for row_id, cents, number, on in notes
    ]
    return found + [
        Credit("payment", cents, row_id, None, reference, on)
        for row_id, cents, reference, on in payments
    ]


def to_be_used(
    found: Sequence[Credit], total_cents: int, *, use_credit: bool
) -> list[tuple[Credit, int]]:
    """What issuing an invoice of this total takes, in order: the deposit of its proposal by
    itself, other credit when it is wished for."""
    open_cents, taken = max(total_cents, 0), []
    own = [each for each in found if each.kind == "deposit" and each.proposal_id is not None]
    others = [each for each in found if each not in own] if use_credit else []
    for credit in (*own, *others):
        cents = min(credit.cents, open_cents)
        if cents > 0:
            taken.append((credit, cents))
            open_cents -= cents
    return taken
