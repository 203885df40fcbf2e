"""An issued document or a draft as it stands on paper."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.bank_accounts import is_iban, plain_iban
from tcf_desktop.domain.documents import InvoiceState, due_date
from tcf_desktop.domain.einvoice import missing
from tcf_desktop.domain.invoice_print import (
    InvoiceFacts,
    Letterhead,
    LineFacts,
    build_document,
)
from tcf_desktop.domain.print_document import InvoiceDocument
from tcf_desktop.domain.print_look import look_of, payment_ways
from tcf_desktop.services.queries.billing_settings import billing_settings
from tcf_desktop.services.queries.einvoice import electronic_invoice
from tcf_desktop.services.queries.invoice_detail import InvoiceDetail, invoice_detail

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader


def letterhead(r: Reader) -> Letterhead:
    """Who writes the invoices."""
    row = r.one(
        "SELECT name, address, phone, email, website, country, tax_number FROM business"
        " WHERE id = 1"
    )
    if row is None:
        raise AppError("data.gone")
    logo = r.value("SELECT png FROM business_logo WHERE id = 1")
    settings = billing_settings(r)
    name, address, phone, email, website, country, tax_number = row
    return Letterhead(
        name,
        address,
        phone,
        email,
        website,
        country,
        logo_png=bytes(logo) if logo else None,
        tax_number=tax_number,
        look=look_of(settings, country),
        payment=payment_ways(settings),
    )


def invoice_facts(detail: InvoiceDetail, today: str) -> InvoiceFacts:
    """What the page shows; a draft without a date is dated today and owes its total."""
    issued_on = detail.issued_on or today
    return InvoiceFacts(
        number=detail.number or "",
        state=detail.state,
        bill_to=detail.bill_to,
        service_place=detail.service_place,
        po=detail.po,
        issued_on=issued_on,
        due_on=detail.due_on or due_date(issued_on, detail.terms_days),
        terms_days=detail.terms_days,
        currency=detail.currency,
        message=detail.message,
        notes=detail.customer_notes,
        lines=tuple(
            LineFacts(
                line.name,
                line.description,
                line.qty_milli,
                line.unit_price_e4,
                line.amount_cents,
                line.unit,
                line.discount_ppm,
                line.discount_fixed_cents,
            )
            for line in detail.lines
        ),
        taxes=detail.taxes,
        subtotal_cents=detail.subtotal_cents,
        total_cents=detail.total_cents,
        paid_cents=detail.paid_cents,
        open_cents=detail.total_cents if detail.is_draft else detail.open_cents,
        kind=detail.doc_type,
        corrects_number=detail.corrects_number,
        corrects_on=detail.corrects_on,
        discount_ppm=detail.discount_ppm,
        discount_cents=detail.discount_cents,
        net_cents=detail.net_cents,
        prices_include_tax=detail.prices_include_tax,
        tax_note=detail.tax_note,
        language=detail.language,
    )


def invoice_document(r: Reader, invoice_id: int, today: str) -> InvoiceDocument:
    """The page of an invoice, ready to be rendered; ``data.gone`` when there is none.

    An issued one is shown as it was issued: with the deposits and credits that settled it then,
    whatever was paid since.
    """
    detail = invoice_detail(r, invoice_id)
    if detail is None:
        raise AppError("data.gone")
    facts = invoice_facts(detail, today)
    if detail.state not in {InvoiceState.DRAFT, InvoiceState.VOID}:
        paid = _settled_at_issue(r, detail)
        state = InvoiceState.ISSUED if paid != detail.total_cents else InvoiceState.PAID
        facts = replace(
            facts,
            state=state.value,
            paid_cents=paid,
            open_cents=detail.total_cents - paid,
            by_credit=True,
        )
    head = letterhead(r)
    document = build_document(facts, head)
    if detail.state in {InvoiceState.DRAFT, InvoiceState.VOID}:
        return document
    electronic = electronic_invoice(r.all, invoice_id)
    # What was issued before the customer was switched to electronic ones may miss something.
    if electronic is None or missing(electronic):
        return document
    account = plain_iban(head.payment.iban) if is_iban(head.payment.iban) else ""
    return replace(
        document,
        electronic=replace(
            electronic,
            paid_cents=facts.paid_cents,
            terms=document.footer,
            iban=account,
            holder=head.payment.holder if account else "",
        ),
    )


def _settled_at_issue(r: Reader, detail: InvoiceDetail) -> int:
    """What was there before the document and settled it on its day."""
    return int(
        r.value(
            "SELECT coalesce(sum(a.amount_cents), 0) FROM allocations a"
            " LEFT JOIN payments p ON p.id = a.payment_id"
            " LEFT JOIN invoices d ON d.id = a.credit_id"
            " WHERE a.invoice_id = ?1 AND a.applied_on = ?2 AND a.amount_cents > 0"
            " AND coalesce(p.created_at, d.issued_at) < ?3",
            (detail.id, detail.issued_on, detail.issued_at),
        )
    )
