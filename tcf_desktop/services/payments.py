"""Money received, given back and given up, and which invoices it settles.

Nothing recorded is ever undone or deleted: it is reversed, by a row of its own with its date.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.documents import InvoiceState, require_transition
from tcf_desktop.domain.money import MAX_MINOR, format_money
from tcf_desktop.services.closing import require_open_period
from tcf_desktop.services.command import Command
from tcf_desktop.services.invoice_drafts import MAX_TEXT, checked_date
from tcf_desktop.services.settling import (
    credit,
    give_back,
    left_of,
    pay,
    take_back,
    take_refund_back,
)

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

METHODS: Final = ("cash", "cheque", "card", "transfer", "other")
_MOST_REFERENCE: Final = 200


@dataclass(frozen=True, slots=True)
class RecordPayment(Command[int]):
    """A payment that pays these invoices, ``(invoice id, minor units)`` each; returns its id.

    ``amount_cents`` is what was received with the tip, None for the sum of the invoices and the
    tip; what it has more is the customer's credit. ``fee_cents`` is what somebody kept of it.
    ``method`` is cash, cheque, card, transfer or other. Raises ``payment.not_positive``,
    ``payment.too_much``, ``payment.bad_method``, ``payment.bad_tip``, ``books.closed``,
    ``data.gone`` and ``invoice.not_allowed`` for an invoice that owes nothing.
    """

    undoable: ClassVar[bool] = False

    contact_id: int
    paid_on: str
    method: str
    allocations: tuple[tuple[int, int], ...] = ()
    reference: str = ""
    amount_cents: int | None = None
    tip_cents: int = 0
    fee_cents: int = 0

    def execute(self, uow: UnitOfWork) -> int:
        contact = uow.get(models.Contact, self.contact_id)
        if contact.deleted_at is not None:
            raise AppError("data.gone")
        settled = sum(cents for _invoice, cents in self.allocations)
        amount = settled + self.tip_cents if self.amount_cents is None else self.amount_cents
        if any(cents <= 0 for _invoice, cents in self.allocations):
            raise AppError("payment.not_positive")
        payment = new_payment(
            uow, "payment", contact.id, amount, self.paid_on, self.method, self.reference
        )
        if not (0 <= self.tip_cents <= amount and 0 <= self.fee_cents <= amount):
            raise AppError("payment.bad_tip")
        if settled > amount - self.tip_cents:
            raise AppError(
                "payment.too_much",
                amount=format_money(settled, payment.currency),
                open=format_money(amount - self.tip_cents, payment.currency),
            )
        payment.tip_cents, payment.fee_cents = self.tip_cents, self.fee_cents
        payment.unapplied_cents = amount - self.tip_cents
        uow.add(payment)
        for invoice_id, cents in self.allocations:
            pay(uow, payment, uow.get(models.Invoice, invoice_id), cents, payment.paid_on)
        uow.describe("payment of {name}", name=contact.display_name)
        return payment.id


@dataclass(frozen=True, slots=True)
class ApplyCredit(Command[None]):
    """Let a customer's credit settle an invoice: of a payment, or of a credit note or deposit.

    ``on`` is an ISO date. Raises ``payment.too_much``, ``payment.not_positive``,
    ``invoice.not_allowed``, ``books.closed``.
    """

    undoable: ClassVar[bool] = False

    invoice_id: int
    cents: int
    on: str
    payment_id: int | None = None
    document_id: int | None = None

    def execute(self, uow: UnitOfWork) -> None:
        on = open_day(uow, self.on)
        invoice = uow.get(models.Invoice, self.invoice_id)
        if self.payment_id is not None:
            pay(uow, uow.get(models.Payment, self.payment_id), invoice, self.cents, on)
        elif self.document_id is not None:
            credit(uow, uow.get(models.Invoice, self.document_id), invoice, self.cents, on)
        uow.describe("credit for invoice {number}", number=invoice.number)


@dataclass(frozen=True, slots=True)
class RefundCredit(Command[int]):
    """Give a customer's credit back: of a payment, or of a credit note or deposit. Returns the id
    of the refund. Raises ``payment.too_much``, ``payment.not_positive``, ``payment.bad_method``,
    ``books.closed``."""

    undoable: ClassVar[bool] = False

    cents: int
    on: str
    method: str
    reason: str = ""
    reference: str = ""
    payment_id: int | None = None
    document_id: int | None = None

    def execute(self, uow: UnitOfWork) -> int:
        source: models.Payment | models.Invoice
        if self.payment_id is not None:
            source = uow.get(models.Payment, self.payment_id)
        else:
            source = uow.get(models.Invoice, self.document_id or 0)
        refund = new_payment(
            uow, "refund", source.contact_id, self.cents, self.on, self.method, self.reference
        )
        refund.reason = self.reason.strip()[:MAX_TEXT]
        uow.add(refund)
        give_back(uow, source, refund, refund.paid_on, self.cents)
        uow.describe("refund to {name}", name=_name(uow, source.contact_id))
        return refund.id


@dataclass(frozen=True, slots=True)
class WriteOff(Command[int]):
    """Give up what an invoice still owes, for a reason; no money moves. Returns the id of the
    write-off, which can be reversed. Raises ``payment.no_reason``, ``invoice.not_allowed``,
    ``books.closed``."""

    undoable: ClassVar[bool] = False

    invoice_id: int
    on: str
    reason: str
    cents: int | None = None

    def execute(self, uow: UnitOfWork) -> int:
        reason = _reason(self.reason)
        invoice = uow.get(models.Invoice, self.invoice_id)
        cents = invoice.open_cents if self.cents is None else self.cents
        given = new_payment(uow, "write_off", invoice.contact_id, cents, self.on, "other", "")
        given.reason = reason
        given.unapplied_cents = cents
        uow.add(given)
        pay(uow, given, invoice, cents, given.paid_on)
        uow.describe("writing off of invoice {number}", number=invoice.number)
        return given.id


@dataclass(frozen=True, slots=True)
class ReversePayment(Command[int]):
    """Counter a payment that bounced, a refund, a write-off or a slip of the hand: both stay on
    record, and the invoices owe again. Returns the id of the reversal.

    ``on`` is the ISO date of the reversal. Raises ``payment.reversed`` when that was done before
    or the record is itself a reversal, ``payment.no_reason``, ``payment.given_back`` where its
    money went back to the customer, ``books.closed``.
    """

    undoable: ClassVar[bool] = False

    payment_id: int
    on: str
    reason: str

    def execute(self, uow: UnitOfWork) -> int:
        reason = _reason(self.reason)
        payment = uow.get(models.Payment, self.payment_id)
        done = uow.value("SELECT 1 FROM payments WHERE reverses_id = ?", (payment.id,))
        if done is not None or payment.kind == "reversal":
            raise AppError("payment.reversed")
        reversal = new_payment(
            uow, "reversal", payment.contact_id, payment.amount_cents, self.on, payment.method,
            payment.reference,
        )  # fmt: skip
        reversal.reverses_id = payment.id
        reversal.tip_cents, reversal.fee_cents = payment.tip_cents, payment.fee_cents
        reversal.reason = reason
        uow.add(reversal)
        if payment.kind == "refund":
            take_refund_back(uow, payment, reversal.paid_on)
        else:
            _reverse(uow, payment, reversal.paid_on)
        uow.describe("reversal of a payment of {name}", name=_name(uow, payment.contact_id))
        return reversal.id


def _reverse(uow: UnitOfWork, payment: models.Payment, on: str) -> None:
    """Take back what a payment gave. A deposit whose money moved on to invoices asks for nothing
    again: they owe instead, as far as nothing else was paid on the deposit."""
    moved: list[tuple[models.Invoice, list[tuple[int, int]]]] = []
    for (deposit_id,) in uow.rows(
        "SELECT DISTINCT i.id FROM allocations a JOIN invoices i ON i.id = a.invoice_id"
        " WHERE a.payment_id = ? AND i.doc_type = 'deposit' AND i.moved_cents > 0",
        (payment.id,),
    ):
        deposit = uow.get(models.Invoice, deposit_id)
        uses = uow.rows(
            "SELECT invoice_id, sum(amount_cents) AS cents FROM allocations WHERE credit_id = ?"
            " AND invoice_id IS NOT NULL GROUP BY invoice_id HAVING cents > 0 ORDER BY invoice_id",
            (deposit.id,),
        )
        take_back(uow, on, document=deposit)
        if deposit.state != InvoiceState.CREDITED:
            require_transition(deposit.state, InvoiceState.CREDITED)
            deposit.state = InvoiceState.CREDITED.value
            deposit.open_cents = 0
        moved.append((deposit, [(row[0], row[1]) for row in uses]))
    take_back(uow, on, payment=payment)
    for deposit, shares in moved:
        for invoice_id, cents in shares:
            invoice = uow.get(models.Invoice, invoice_id)
            again = min(cents, left_of(deposit), invoice.open_cents)
            if again > 0:
                credit(uow, deposit, invoice, again, on)


def new_payment(
    uow: UnitOfWork, kind: str, contact_id: int, cents: int, on: str, method: str, reference: str
) -> models.Payment:
    """A movement of money that is not added yet, checked: date, period, method, amount."""
    if cents <= 0:
        raise AppError("payment.not_positive")
    if cents > MAX_MINOR:
        raise AppError("money.too_large", text=str(cents))
    if method not in METHODS:
        raise AppError("payment.bad_method", method=method[:40])
    return models.Payment(
        kind=kind,
        reverses_id=None,
        contact_id=contact_id,
        paid_on=open_day(uow, on),
        method=method,
        reference=" ".join(reference.split())[:_MOST_REFERENCE],
        currency=uow.value("SELECT currency FROM business WHERE id = 1"),
        amount_cents=cents,
        tip_cents=0,
        fee_cents=0,
        unapplied_cents=0,
        reason="",
        deposit_slip_id=None,
        created_at=uow.now_at,
    )


def open_day(uow: UnitOfWork, text: str) -> str:
    """An ISO date outside closed periods; ``invoice.bad_date``, ``books.closed``."""
    on = checked_date(text)
    require_open_period(uow, on)
    return on


def _reason(text: str) -> str:
    reason = text.strip()[:MAX_TEXT]
    if not reason:
        raise AppError("payment.no_reason")
    return reason


def _name(uow: UnitOfWork, contact_id: int) -> str:
    return str(uow.value("SELECT display_name FROM contacts WHERE id = ?", (contact_id,)))
