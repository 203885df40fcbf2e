"""A new draft with the lines of another document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcf_desktop import models
from tcf_desktop.domain.documents import DocType
from tcf_desktop.domain.tax import DocumentTerms
from tcf_desktop.services.billing_sources import customer_of
from tcf_desktop.services.command import Command
from tcf_desktop.services.invoice_drafts import InvoiceLineDraft
from tcf_desktop.services.invoice_values import add_invoice, store_content

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class DuplicateInvoice(Command[int]):
    """A draft for the same customer, place and lines as a document; returns its id.

    It bills no visit. Of a credit note it bills again what was taken back. Address, terms and notes
    are those of today; discount, tax and PO those of the document. Raises ``data.gone`` when the
    customer was deleted.
    """

    invoice_id: int

    def execute(self, uow: UnitOfWork) -> int:
        source = uow.get(models.Invoice, self.invoice_id)
        customer = customer_of(uow, source.contact_id)
        sign = -1 if source.doc_type == DocType.CREDIT_NOTE else 1
        stored = uow.find(
            models.InvoiceLine, models.InvoiceLine.position, invoice_id=self.invoice_id
        )
        lines = [
            InvoiceLineDraft(
                line.name,
                line.description,
                sign * line.qty_milli,
                line.unit_price_e4,
                bool(line.taxable),
                line.service_id,
                None,
                line.unit,
                line.discount_ppm,
                line.discount_fixed_cents,
                line.tax_code_id,
            )
            for line in stored
        ]
        place = uow.value(
            "SELECT id FROM locations WHERE id = ? AND deleted_at IS NULL",
            (source.location_id if source.location_id is not None else -1,),
        )
        terms = DocumentTerms(
            bool(source.prices_include_tax), source.discount_ppm, source.discount_fixed_cents
        )
        draft = add_invoice(uow, customer, place, lines, terms=terms)
        if not customer.is_exempt:
            draft.tax_id = source.tax_id
        draft.tax_note, draft.po = source.tax_note, source.po
        draft.language = source.language
        store_content(uow, draft, lines)
        uow.describe("copy of an invoice for {name}", name=customer.name)
        return draft.id
