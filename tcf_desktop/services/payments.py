"""Money received, and which invoices it pays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.services.command import Command
from tcf_desktop.services.invoice_drafts import MAX_TEXT, checked_date
from tcf_desktop.services.settling import pay, take_back

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

METHODS: Final = ("cash", "cheque", "card", "transfer", "other")


@dataclass(frozen=True, slots=True)
class RecordPayment(Command[int]):
    """A payment that pays these invoices, ``(invoice id, minor units)`` each; returns its id.

    ``method`` is cash, cheque, card, transfer or other. Raises ``payment.not_positive``,
    ``payment.too_much``, ``payment.bad_method`` and ``invoice.not_allowed`` for an invoice that
    owes nothing. What was recorded is never undone: it is reversed.
    """

    undoable: ClassVar[bool] = False

    contact_id: int
    paid_on: str
    method: str
    allocations: tuple[tuple[int, int], ...]
    reference: str = ""

    def execute(self, uow: UnitOfWork) -> int:
        if not self.allocations or any(amount <= 0 for _invoice, amount in self.allocations):
            raise AppError("payment.not_positive")
        if self.method not in METHODS:
            raise AppError("payment.bad_method", method=self.method[:40])
        contact = uow.get(models.Contact, self.contact_id)
        amount_cents = sum(amount for _invoice, amount in self.allocations)
        payment = uow.add(
            models.Payment(
                contact_id=contact.id,
                paid_on=checked_date(self.paid_on),
                method=self.method,
                reference=self.reference,
                currency=uow.value("SELECT currency FROM business WHERE id = 1"),
                amount_cents=amount_cents,
                unapplied_cents=amount_cents,
                created_at=uow.now_at,
            )
        )
        for invoice_id, amount in self.allocations:
            pay(uow, payment, uow.get(models.Invoice, invoice_id), amount, payment.paid_on)
        uow.describe("payment of {name}", name=contact.display_name)
        return payment.id


@dataclass(frozen=True, slots=True)
class ReversePayment(Command[int]):
    """Counter a payment that bounced or was a slip of the hand: both stay on record, and its
    invoices owe again. Returns the id of the reversal.

    ``on`` is the ISO date of the reversal. Raises ``payment.reversed`` when that was done before
    or the record is itself a reversal, ``payment.no_reason`` without a reason.
    """

    undoable: ClassVar[bool] = False

    payment_id: int
    on: str
    reason: str

    def execute(self, uow: UnitOfWork) -> int:
        reason = self.reason.strip()
        if not reason:
            raise AppError("payment.no_reason")
        payment = uow.get(models.Payment, self.payment_id)
        done = uow.value("SELECT 1 FROM payments WHERE reverses_id = ?", (payment.id,))
        if done is not None or payment.kind == "reversal":
            raise AppError("payment.reversed")
        on = checked_date(self.on)
        reversal = uow.add(
            models.Payment(
                kind="reversal",
                reverses_id=payment.id,
                contact_id=payment.contact_id,
                paid_on=on,
                method=payment.method,
                reference=payment.reference,
                currency=payment.currency,
                amount_cents=payment.amount_cents,
                tip_cents=payment.tip_cents,
                fee_cents=payment.fee_cents,
                reason=reason[:MAX_TEXT],
                created_at=uow.now_at,
            )
        )
        take_back(uow, on, payment=payment)
        name = uow.value("SELECT display_name FROM contacts WHERE id = ?", (payment.contact_id,))
        uow.describe("reversal of a payment of {name}", name=name)
        return reversal.id
