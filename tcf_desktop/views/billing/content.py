"""What the invoice editor shows, read in one go on an io thread."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcf_desktop.domain.documents import DocType
from tcf_desktop.domain.invoice_print import Letterhead
from tcf_desktop.domain.mail_addresses import is_plausible_email
from tcf_desktop.services.closing import CLOSED_UNTIL_KEY
from tcf_desktop.services.queries import catalog
from tcf_desktop.services.queries.billing_choices import (
    PlaceChoice,
    TaxChoice,
    TaxCodeChoice,
    next_number,
    place_choices,
    tax_choices,
    tax_code_choices,
)
from tcf_desktop.services.queries.catalog import PriceRow
from tcf_desktop.services.queries.consent import reach_of
from tcf_desktop.services.queries.contact_defaults import ContactDefaults, contact_defaults
from tcf_desktop.services.queries.customer_credits import Credit, customer_credits
from tcf_desktop.services.queries.document_notes import DocumentNotes, document_notes
from tcf_desktop.services.queries.invoice_detail import InvoiceDetail, invoice_detail
from tcf_desktop.services.queries.invoice_paper import letterhead

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader


@dataclass(frozen=True, slots=True)
class EditorContent:
    """An invoice with everything there is to choose from and to be told about.

    ``mail`` is the address that a mail would go to, empty for none; ``closed_until`` an ISO date or
    empty; ``last_number`` and ``last_on`` are of the latest document of its kind.
    """

    detail: InvoiceDetail
    places: tuple[PlaceChoice, ...]
    taxes: tuple[TaxChoice, ...]
    codes: tuple[TaxCodeChoice, ...]
    prices: tuple[PriceRow, ...]
    letterhead: Letterhead
    notes: DocumentNotes
    next_number: str
    defaults: ContactDefaults
    usual_tax_id: int | None
    credits: tuple[Credit, ...]
    mail: str
    waiting_mail: str
    customer_gone: bool
    closed_until: str
    last_number: str
    last_on: str


def read_content(r: Reader, invoice_id: int | None, today: str) -> EditorContent | None:
    """An invoice for the editor; None when there is none."""
    detail = None if invoice_id is None else invoice_detail(r, invoice_id)
    if detail is None:
        return None
    draft = detail.is_draft
    last = _last(r, detail.doc_type) if draft else ("", "")
    return EditorContent(
        detail=detail,
        places=place_choices(r, detail.contact_id),
        taxes=tax_choices(r, detail.tax_id),
        codes=tax_code_choices(r),
        prices=catalog.prices(r, detail.contact_id),
        letterhead=letterhead(r),
        notes=document_notes(r.all, detail.contact_id, detail.id),
        next_number=next_number(r, detail.issued_on or today, detail.doc_type),
        defaults=contact_defaults(r, detail.contact_id),
        usual_tax_id=r.value("SELECT default_tax_id FROM business WHERE id = 1"),
        credits=_credits(r, detail),
        mail=mail_of(r, detail.contact_id),
        waiting_mail=_waiting_mail(r, detail.id),
        customer_gone=r.value(
            "SELECT deleted_at IS NOT NULL FROM contacts WHERE id = ?", (detail.contact_id,)
        )
        == 1,
        closed_until=_closed_until(r),
        last_number=last[0],
        last_on=last[1],
    )


def mail_of(r: Reader, contact_id: int) -> str:
    """The address that a mail about a document would go to; empty for none."""
    for each in reach_of(r, contact_id).addresses:
        said = each.state_for("service").state
        if each.channel == "email" and said != "refused" and is_plausible_email(each.address):
            return each.address
    return ""


def _credits(r: Reader, detail: InvoiceDetail) -> tuple[Credit, ...]:
    if not detail.is_draft or detail.doc_type != DocType.INVOICE:
        return ()
    return tuple(customer_credits(r.all, detail.contact_id, detail.proposal_id))


def _waiting_mail(r: Reader, invoice_id: int) -> str:
    found = r.value(
        "SELECT address FROM messages WHERE invoice_id = ? AND occasion = 'invoice'"
        " AND state = 'waiting' AND deleted_at IS NULL LIMIT 1",
        (invoice_id,),
    )
    return str(found or "")


def _closed_until(r: Reader) -> str:
    stored = r.value("SELECT value FROM settings WHERE key = ?", (CLOSED_UNTIL_KEY,))
    return str(json.loads(stored) or "") if stored is not None else ""


def _last(r: Reader, doc_type: str) -> tuple[str, str]:
    row = r.one(
        "SELECT number, issued_on FROM invoices WHERE doc_type = ? AND number IS NOT NULL"
        " AND issued_on IS NOT NULL ORDER BY issued_on DESC, id DESC LIMIT 1",
        (doc_type,),
    )
    return ("", "") if row is None else (str(row[0]), str(row[1]))
