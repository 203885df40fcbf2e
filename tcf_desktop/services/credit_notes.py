"""Credit notes: what was billed is taken back, whole or in part, by a document of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from tcf_desktop import models
from tcf_desktop.domain.documents import OPEN_STATES, DocType
from tcf_desktop.services.billing_sources import today_of
from tcf_desktop.services.closing import require_open_period
from tcf_desktop.services.command import Command
from tcf_desktop.services.credit_figures import CreditFigures, credit_basis, credit_figures
from tcf_desktop.services.invoice_drafts import MAX_TEXT, checked_date
from tcf_desktop.services.invoice_values import write_document
from tcf_desktop.services.invoices import free_visits, issue
from tcf_desktop.services.settling import credit

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class Credited:
    """The credit note that was issued; ``total_cents`` is below zero."""

    id: int
    number: str
    total_cents: int


@dataclass(frozen=True, slots=True)
class CreditInvoice(Command[Credited]):
    """Issue a credit note for an invoice.

    ``parts`` are (position of the line from 0, thousandths of a unit) pairs; None credits all that
    is left. What the invoice still owes is settled by it, the rest is the customer's credit.
    ``bill_again`` lets the visits be invoiced again. Raises ``credit.not_issued``,
    ``credit.nothing``, ``credit.too_much``, ``credit.whole_only``, ``books.closed``.
    """

    undoable: ClassVar[bool] = False

    invoice_id: int
    parts: tuple[tuple[int, int], ...] | None = None
    reason: str = ""
    on: str = ""
    bill_again: bool = False

    def execute(self, uow: UnitOfWork) -> Credited:
        invoice = uow.get(models.Invoice, self.invoice_id)
        basis = credit_basis(uow.rows, invoice.id)
        on = checked_date(self.on or today_of(uow))
        require_open_period(uow, on)
        note = self._write(uow, invoice, credit_figures(basis, self.parts))
        number = issue(uow, note, on)
        if invoice.state in OPEN_STATES and note.total_cents < 0:
            credit(uow, note, invoice, min(-note.total_cents, invoice.open_cents), on)
        if self.bill_again:
            free_visits(uow, invoice.id)
        uow.describe(
            "credit note {number} for invoice {invoice}", number=number, invoice=invoice.number
        )
        return Credited(note.id, number, note.total_cents)

    def _write(
        self, uow: UnitOfWork, invoice: models.Invoice, figures: CreditFigures
    ) -> models.Invoice:
        return write_document(
            uow,
            figures.drafts,
            figures.totals,
            figures.terms,
            [line.id for line in figures.taken],
            doc_type=DocType.CREDIT_NOTE.value,
            corrects_id=invoice.id,
            contact_id=invoice.contact_id,
            location_id=invoice.location_id,
            bill_to=invoice.bill_to,
            service_place=invoice.service_place,
            po=invoice.po,
            terms_days=0,
            currency=invoice.currency,
            rounding=invoice.rounding,
            tax_id=invoice.tax_id,
            tax_note=invoice.tax_note,
            language=invoice.language,
            message=self.reason.strip()[:MAX_TEXT],
            customer_notes="",
        )
