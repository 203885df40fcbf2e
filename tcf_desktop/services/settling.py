"""What settles what: the only place that writes paid, open, moved and unapplied amounts.

A source is a payment, or a document with money to give: a credit note, or a deposit that was paid.
A use is an invoice, or a refund. Each step is a row in ``allocations``; what is taken back is a
further row below zero, so that every past day can be asked again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.documents import (
    InvoiceState,
    owes,
    require_transition,
    state_of_balance,
)
from tcf_desktop.domain.money import format_money

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork


def pay(
    uow: UnitOfWork, payment: models.Payment, invoice: models.Invoice, cents: int, on: str
) -> None:
    """Let a part of a payment settle an invoice. Raises ``invoice.not_allowed`` where nothing is
    owed, ``payment.too_much`` above what is open or left."""
    require_open(invoice, payment.contact_id, cents)
    if cents > payment.unapplied_cents:
        raise _too_much(cents, payment.unapplied_cents, invoice.currency)
    _allocate(uow, cents, on, payment_id=payment.id, invoice_id=invoice.id)
    refresh_payment(uow, payment)
    refresh_invoice(uow, invoice)


def take_back(uow: UnitOfWork, payment: models.Payment, on: str) -> None:
    """Take back what a payment gave: rows below zero, dated ``on``; its invoices owe again."""
    given = uow.rows(
        "SELECT invoice_id, refund_id, sum(amount_cents) FROM allocations WHERE payment_id = ?"
        " GROUP BY invoice_id, refund_id HAVING sum(amount_cents) <> 0",
        (payment.id,),
    )
    for invoice_id, refund_id, cents in given:
        _allocate(uow, -cents, on, payment_id=payment.id, invoice_id=invoice_id,
                  refund_id=refund_id)  # fmt: skip
    for invoice_id, _refund, _cents in given:
        if invoice_id is not None:
            refresh_invoice(uow, uow.get(models.Invoice, invoice_id))
    refresh_payment(uow, payment)


def require_open(invoice: models.Invoice, contact_id: int, cents: int) -> None:
    """Refuse to settle more than an invoice of this customer owes, or nothing at all."""
    if cents <= 0:
        raise AppError("payment.not_positive")
    if not owes(invoice.state, invoice.doc_type) or invoice.contact_id != contact_id:
        raise AppError("invoice.not_allowed", old=invoice.state.replace("_", " "), new="paid")
    if cents > invoice.open_cents:
        raise _too_much(cents, invoice.open_cents, invoice.currency)


def refresh_payment(uow: UnitOfWork, payment: models.Payment) -> None:
    """Set what is left of a payment; nothing is of a refund, a write-off that was used, or of what
    was reversed."""
    used = int(
        uow.value(
            "SELECT coalesce(sum(amount_cents), 0) FROM allocations WHERE payment_id = ?",
            (payment.id,),
        )
    )
    reversed_by = uow.value("SELECT 1 FROM payments WHERE reverses_id = ?", (payment.id,))
    gives = payment.kind in {"payment", "write_off"} and reversed_by is None
    payment.unapplied_cents = payment.amount_cents - payment.tip_cents - used if gives else 0


def refresh_invoice(uow: UnitOfWork, invoice: models.Invoice) -> None:
    """Set paid, moved, open and state of an issued document from its allocations."""
    got, by_notes, gave = (
        int(
            uow.value(
                f"SELECT coalesce(sum(a.amount_cents), 0) FROM allocations a WHERE {where}",
                (invoice.id,),
            )
        )
        for where in (
            "a.invoice_id = ?",
            "a.invoice_id = ? AND a.credit_id IN"
            " (SELECT id FROM invoices WHERE doc_type = 'credit_note')",
            "a.credit_id = ?",
        )
    )
    if invoice.doc_type == "deposit":
        invoice.moved_cents = gave
    else:
        got -= gave  # below zero for a credit note, like its total
    invoice.paid_cents = got
    invoice.updated_at = uow.now_at
    if invoice.state == InvoiceState.VOID:
        return
    if invoice.doc_type == "deposit" and invoice.state == InvoiceState.CREDITED:
        return  # the rest of it was given up when the final invoice was issued
    state = state_of_balance(invoice.total_cents, got, by_notes)
    if state != invoice.state:
        require_transition(invoice.state, state)
    invoice.open_cents = invoice.total_cents - got
    invoice.state = state.value


def _allocate(
    uow: UnitOfWork,
    cents: int,
    on: str,
    *,
    payment_id: int,
    invoice_id: int | None = None,
    refund_id: int | None = None,
) -> None:
    uow.add(
        models.Allocation(
            payment_id=payment_id,
            credit_id=None,
            invoice_id=invoice_id,
            refund_id=refund_id,
            amount_cents=cents,
            applied_on=on,
        )
    )


def _too_much(cents: int, left: int, currency: str) -> AppError:
    return AppError(
        "payment.too_much",
        amount=format_money(cents, currency),
        open=format_money(left, currency),
    )
