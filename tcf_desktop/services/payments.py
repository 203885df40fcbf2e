"""Money received, and which invoices it pays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.documents import OPEN_STATES
from tcf_desktop.domain.money import format_money
from tcf_desktop.services.command import Command
from tcf_desktop.services.invoice_values import apply_balance, checked_date

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class RecordPayment(Command[int]):
    """A payment that pays these invoices, ``(invoice id, minor units)`` each; returns its id.

    ``method`` is cash, check, card, transfer or other. Raises ``payment.not_positive``,
    ``payment.too_much`` and ``invoice.not_allowed`` for an invoice that owes nothing.
    """

    contact_id: int
    paid_on: str
    method: str
    allocations: tuple[tuple[int, int], ...]
    reference: str = ""

    def execute(self, uow: UnitOfWork) -> int:
        if not self.allocations or any(amount <= 0 for _invoice, amount in self.allocations):
            raise AppError("payment.not_positive")
        contact = uow.get(models.Contact, self.contact_id)
        payment = uow.add(
            models.Payment(
                contact_id=contact.id,
                paid_on=checked_date(self.paid_on),
                method=self.method,
                reference=self.reference,
                amount_cents=sum(amount for _invoice, amount in self.allocations),
                created_at=uow.now_at,
            )
        )
        for invoice_id, amount in self.allocations:
            self._pay(uow, payment.id, invoice_id, amount)
        uow.describe("payment of {name}", name=contact.display_name)
        return payment.id

    def _pay(self, uow: UnitOfWork, payment_id: int, invoice_id: int, amount: int) -> None:
        invoice = uow.get(models.Invoice, invoice_id)
        if invoice.state not in OPEN_STATES or invoice.contact_id != self.contact_id:
            raise AppError("invoice.not_allowed", old=invoice.state.replace("_", " "), new="paid")
        if amount > invoice.open_cents:
            raise AppError(
                "payment.too_much",
                amount=format_money(amount, invoice.currency),
                open=format_money(invoice.open_cents, invoice.currency),
            )
        uow.add(
            models.Allocation(payment_id=payment_id, invoice_id=invoice_id, amount_cents=amount)
        )
        apply_balance(uow, invoice)
