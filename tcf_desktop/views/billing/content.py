"""What the invoice editor shows, read in one go on an io thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcf_desktop.domain.invoice_print import Letterhead
from tcf_desktop.services.queries import catalog
from tcf_desktop.services.queries.billing_choices import (
    PlaceChoice,
    TaxChoice,
    next_number,
    place_choices,
    tax_choices,
)
from tcf_desktop.services.queries.catalog import PriceRow
from tcf_desktop.services.queries.contact_defaults import ContactDefaults, contact_defaults
from tcf_desktop.services.queries.document_notes import DocumentNotes, document_notes
from tcf_desktop.services.queries.invoice_detail import InvoiceDetail, invoice_detail
from tcf_desktop.services.queries.invoice_paper import letterhead

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader


@dataclass(frozen=True, slots=True)
class EditorContent:
    """An invoice with everything there is to choose from."""

    detail: InvoiceDetail
    places: tuple[PlaceChoice, ...]
    taxes: tuple[TaxChoice, ...]
    prices: tuple[PriceRow, ...]
    letterhead: Letterhead
    notes: DocumentNotes
    next_number: str
    defaults: ContactDefaults
    usual_tax_id: int | None


def read_content(r: Reader, invoice_id: int | None, today: str) -> EditorContent | None:
    """An invoice for the editor; None when there is none."""
    detail = None if invoice_id is None else invoice_detail(r, invoice_id)
    if detail is None:
        return None
    return EditorContent(
        detail=detail,
        places=place_choices(r, detail.contact_id),
        taxes=tax_choices(r, detail.tax_id),
        prices=catalog.prices(r, detail.contact_id),
        letterhead=letterhead(r),
        notes=document_notes(r.all, detail.contact_id, detail.id),
        next_number=next_number(r, detail.issued_on or today, detail.doc_type),
        defaults=contact_defaults(r, detail.contact_id),
        usual_tax_id=r.value("SELECT default_tax_id FROM business WHERE id = 1"),
    )
