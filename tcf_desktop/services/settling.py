"""What settles what: the only place that writes paid, open, moved and unapplied amounts.

A source is a payment, or a document with money to give: a credit note, or a deposit that was paid.
A use is an invoice, or a refund. Each step is a row in ``allocations``; what is taken back is a
further row below zero, so that every past day can be asked again.
"""

from __future__ import annotations

from collections.abc import Sequence
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
from tcf_desktop.services.queries.customer_credits import Credit, customer_credits

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork


def credits_of(uow: UnitOfWork, contact_id: int, proposal_id: int | None = None) -> list[Credit]:
    """What a customer has left, as :func:`customer_credits` says, inside the open transaction."""
    return customer_credits(uow.rows, contact_id, proposal_id)


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


def credit(
    uow: UnitOfWork, source: models.Invoice, invoice: models.Invoice, cents: int, on: str
) -> None:
    """Let a part of a credit note or paid deposit settle an invoice; errors as :func:`pay`."""
    require_open(invoice, source.contact_id, cents)
    left = left_of(source)
    if cents > left:
        raise _too_much(cents, left, invoice.currency)
    _allocate(uow, cents, on, credit_id=source.id, invoice_id=invoice.id)
    refresh_invoice(uow, source)
    refresh_invoice(uow, invoice)


def give_back(
    uow: UnitOfWork, source: models.Payment | models.Invoice, refund: models.Payment, on: str,
    cents: int,
) -> None:  # fmt: skip
    """Let a refund use up a part of a payment, credit note or deposit. ``payment.too_much``."""
    if isinstance(source, models.Payment):
        if cents > source.unapplied_cents:
            raise _too_much(cents, source.unapplied_cents, refund.currency)
        _allocate(uow, cents, on, payment_id=source.id, refund_id=refund.id)
        refresh_payment(uow, source)
        return
    if cents > left_of(source):
        raise _too_much(cents, left_of(source), refund.currency)
    _allocate(uow, cents, on, credit_id=source.id, refund_id=refund.id)
    refresh_invoice(uow, source)


def use_credit(
    uow: UnitOfWork, source: Credit, invoice: models.Invoice, cents: int, on: str
) -> None:
    """Let a customer's credit settle an invoice; errors as :func:`pay`."""
    if source.payment_id is not None:
        pay(uow, uow.get(models.Payment, source.payment_id), invoice, cents, on)
    else:
        assert source.document_id is not None
        credit(uow, uow.get(models.Invoice, source.document_id), invoice, cents, on)


def take_back(
    uow: UnitOfWork,
    on: str,
    *,
    payment: models.Payment | None = None,
    document: models.Invoice | None = None,
) -> None:
    """Take back what a payment, credit note or deposit gave: rows below zero, dated ``on``.

    Raises ``payment.given_back`` where some of it went back to the customer: that refund is
    reversed first.
    """
    key, row_id = _source(payment, document)
    given = _given(uow, key, row_id)
    if any(refund_id is not None for _p, _c, _i, refund_id, _cents in given):
        raise AppError("payment.given_back")
    _counter(uow, given, on)
    if payment is not None:
        refresh_payment(uow, payment)  # also where it had given nothing


def take_refund_back(uow: UnitOfWork, refund: models.Payment, on: str) -> None:
    """Let what a refund gave back be the customer's credit again."""
    _counter(uow, _given(uow, "refund_id", refund.id), on)


def _source(payment: models.Payment | None, document: models.Invoice | None) -> tuple[str, int]:
    if payment is not None:
        return "payment_id", payment.id
    assert document is not None
    return "credit_id", document.id


_Given = Sequence[tuple[int | None, int | None, int | None, int | None, int]]


def _given(uow: UnitOfWork, key: str, row_id: int) -> _Given:
    return uow.rows(
        "SELECT payment_id, credit_id, invoice_id, refund_id, sum(amount_cents) FROM allocations"
        f" WHERE {key} = ? GROUP BY payment_id, credit_id, invoice_id, refund_id"
        " HAVING sum(amount_cents) <> 0",
        (row_id,),
    )


def _counter(uow: UnitOfWork, given: _Given, on: str) -> None:
    for payment_id, credit_id, invoice_id, refund_id, cents in given:
        _allocate(uow, -cents, on, payment_id=payment_id, credit_id=credit_id,
                  invoice_id=invoice_id, refund_id=refund_id)  # fmt: skip
    for payment_id, credit_id, invoice_id, _refund, _cents in given:
        if payment_id is not None:
            refresh_payment(uow, uow.get(models.Payment, payment_id))
        for touched in (credit_id, invoice_id):
            if touched is not None:
                refresh_invoice(uow, uow.get(models.Invoice, touched))


def require_open(invoice: models.Invoice, contact_id: int, cents: int) -> None:
    """Refuse to settle more than an invoice of this customer owes, or nothing at all."""
    if cents <= 0:
        raise AppError("payment.not_positive")
    if not owes(invoice.state, invoice.doc_type) or invoice.contact_id != contact_id:
        raise AppError("invoice.not_allowed", old=invoice.state.replace("_", " "), new="paid")
    if cents > invoice.open_cents:
        raise _too_much(cents, invoice.open_cents, invoice.currency)


def left_of(source: models.Invoice) -> int:
    """What a credit note or a deposit still has to give; 0 for an invoice."""
    if source.doc_type == "credit_note":
        return max(0, -source.open_cents)
    if source.doc_type == "deposit":
        return max(0, source.paid_cents - source.moved_cents)
    return 0


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
            " (SELECT id FROM invoices WHERE corrects_id = a.invoice_id)",
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
    payment_id: int | None = None,
    credit_id: int | None = None,
    invoice_id: int | None = None,
    refund_id: int | None = None,
) -> None:
    uow.add(
        models.Allocation(
            payment_id=payment_id,
            credit_id=credit_id,
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
