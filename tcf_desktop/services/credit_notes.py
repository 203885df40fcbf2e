"""Credit notes: what was billed is taken back, whole or in part, by a document of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.documents import OPEN_STATES, DocType, InvoiceState
from tcf_desktop.domain.money import Rounding, round_fraction
from tcf_desktop.domain.tax import DocumentTerms, RoundingPolicy, TaxPart
from tcf_desktop.services.billing_sources import today_of
from tcf_desktop.services.closing import require_open_period
from tcf_desktop.services.command import Command
from tcf_desktop.services.invoice_drafts import MAX_TEXT, InvoiceLineDraft, checked_date, totals_of
from tcf_desktop.services.invoice_values import write_document
from tcf_desktop.services.invoices import free_visits, issue
from tcf_desktop.services.queries.billing_choices import tax_parts
from tcf_desktop.services.queries.creditable import CreditableLine, creditable_lines
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
        if invoice.doc_type != DocType.INVOICE or invoice.state in {
            InvoiceState.DRAFT, InvoiceState.VOID,
        }:  # fmt: skip
            raise AppError("credit.not_issued")
        on = checked_date(self.on or today_of(uow))
        require_open_period(uow, on)
        lines = creditable_lines(uow.rows, invoice.id)
        chosen = chosen_quantities(lines, self.parts, str(invoice.number))
        note = self._write(uow, invoice, lines, chosen)
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
        self,
        uow: UnitOfWork,
        invoice: models.Invoice,
        lines: Sequence[CreditableLine],
        chosen: dict[int, int],
    ) -> models.Invoice:
        taken = [line for line in lines if chosen[line.position]]
        drafts = [_credited(line, chosen[line.position]) for line in taken]
        whole = all(chosen[line.position] == line.qty_milli for line in lines)
        discount = invoice.discount_fixed_cents
        if discount and not whole:
            discount = _share(discount, _gross(drafts), sum(line.amount_cents for line in lines))
        terms = DocumentTerms(bool(invoice.prices_include_tax), invoice.discount_ppm, discount)
        totals = totals_of(
            drafts, parts_of(uow, invoice, lines), RoundingPolicy.of(invoice.rounding), terms
        )
        return write_document(
            uow,
            drafts,
            totals,
            terms,
            [line.id for line in taken],
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


def chosen_quantities(
    lines: Sequence[CreditableLine], parts: Sequence[tuple[int, int]] | None, number: str
) -> dict[int, int]:
    """Thousandths to credit by position; raises ``credit.nothing`` and ``credit.too_much``."""
    chosen = {line.position: (line.left_milli if parts is None else 0) for line in lines}
    for position, quantity in parts or ():
        left = next((line.left_milli for line in lines if line.position == position), 0)
        if quantity == 0 or abs(quantity) > abs(left) or (quantity > 0) != (left > 0):
            raise AppError("credit.too_much", line=position + 1, number=number, left=left / 1000)
        chosen[position] = quantity
    if not any(chosen.values()):
        raise AppError("credit.nothing", number=number)
    return chosen


def parts_of(
    uow: UnitOfWork, invoice: models.Invoice, lines: Sequence[CreditableLine]
) -> list[TaxPart]:
    """The tax parts at the rates that the invoice was taxed at.

    A document stores its rates by sum. Where a line has a tax code, the tax as it is set today
    tells which part took what; ``credit.whole_only`` when that has changed since.
    """
    stored = uow.rows(
        "SELECT name, rate_ppm FROM invoice_taxes WHERE invoice_id = ? ORDER BY position",
        (invoice.id,),
    )
    if all(line.tax_code_id is None for line in lines):
        return [TaxPart(name, rate) for name, rate in stored]
    today = tax_parts(uow.rows, invoice.tax_id)
    for line in lines:
        rate = sum(part.rate_of(line.tax_code_id) for part in today) if line.taxable else 0
        if rate != line.tax_ppm:
            raise AppError("credit.whole_only", number=invoice.number)
    return today


def _credited(line: CreditableLine, quantity: int) -> InvoiceLineDraft:
    fixed = line.discount_fixed_cents
    if fixed and quantity != line.qty_milli:
        fixed = _share(fixed, quantity, line.qty_milli)
    return InvoiceLineDraft(
        line.name,
        line.description,
        -quantity,
        line.unit_price_e4,
        line.taxable,
        line.service_id,
        None,
        line.unit,
        line.discount_ppm,
        fixed,
        line.tax_code_id,
    )


def _gross(drafts: Sequence[InvoiceLineDraft]) -> int:
    return -totals_of(drafts, ()).subtotal_cents


def _share(amount: int, part: int, whole: int) -> int:
    return abs(round_fraction(Fraction(amount * part, whole or 1), Rounding.HALF_UP))
