"""What invoice commands write: snapshots of the customer, lines, taxes and stored totals."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.documents import DocType, InvoiceState
from tcf_desktop.domain.tax import DocumentTerms, RoundingPolicy, Totals
from tcf_desktop.services.billing_sources import Customer, notes_for, place_of
from tcf_desktop.services.invoice_drafts import MAX_TEXT, InvoiceLineDraft, totals_of
from tcf_desktop.services.matching_rows import match_rows
from tcf_desktop.services.queries.billing_choices import tax_parts

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork


def open_draft(uow: UnitOfWork, invoice_id: int) -> models.Invoice:
    """A draft that may be changed; ``data.gone``, ``invoice.issued`` otherwise."""
    invoice = uow.get(models.Invoice, invoice_id)
    if invoice.state != InvoiceState.DRAFT:
        raise AppError("invoice.issued", number=invoice.number)
    if invoice.deleted_at is not None:
        raise AppError("data.gone")
    return invoice


def add_invoice(
    uow: UnitOfWork,
    customer: Customer,
    location_id: int | None,
    lines: Sequence[InvoiceLineDraft],
    doc_type: DocType = DocType.INVOICE,
    terms: DocumentTerms | None = None,
    taxed_at: int | None = None,
) -> models.Invoice:
    """A new draft with everything that follows from the customer and the place. ``terms`` None
    follows the business: whether prices include the tax, no discount. ``taxed_at`` is the place
    whose tax is charged where the document names no place."""
    terms_days, currency, tax_id, message, inclusive, rounding = uow.rows(
        "SELECT terms_days, currency, default_tax_id, invoice_message, prices_include_tax, rounding"
        " FROM business WHERE id = 1"
    )[0]
    terms = terms or DocumentTerms(bool(inclusive))
    service_place, own_tax = place_of(uow, location_id)
    if location_id is None:
        own_tax = place_of(uow, taxed_at)[1]
    tax_id = None if customer.is_exempt else own_tax or tax_id
    policy = RoundingPolicy.of(rounding)
    totals = totals_of(lines, tax_parts(uow.rows, tax_id), policy, terms)
    return write_document(
        uow,
        lines,
        totals,
        terms,
        doc_type=doc_type.value,
        corrects_id=None,
        contact_id=customer.id,
        location_id=location_id,
        bill_to=customer.bill_to,
        service_place=service_place,
        terms_days=terms_days if customer.terms_days is None else customer.terms_days,
        currency=currency,
        rounding=rounding,
        tax_id=tax_id,
        language=customer.language,
        message=message,
        customer_notes=notes_for(uow, customer.id, location_id),
    )


def write_document(
    uow: UnitOfWork,
    lines: Sequence[InvoiceLineDraft],
    totals: Totals,
    terms: DocumentTerms,
    credits_lines: Sequence[int] = (),
    **columns: Any,
) -> models.Invoice:
    """A draft with its lines and figures. ``credits_lines`` are the lines that those of a credit
    note take back, one each; ``columns`` the rest of the document."""
    invoice = uow.add(
        models.Invoice(
            uid=uuid.uuid4().hex,
            proposal_id=None,
            number=None,
            series=None,
            series_n=None,
            state=InvoiceState.DRAFT.value,
            issued_on=None,
            due_on=None,
            prices_include_tax=int(terms.prices_include_tax),
            discount_ppm=terms.discount_ppm,
            discount_fixed_cents=terms.discount_cents,
            issued_at=None,
            sent_at=None,
            created_at=uow.now_at,
            updated_at=uow.now_at,
            deleted_at=None,
            **_figures(totals),
            **columns,
        )
    )
    line_rows, tax_rows = _content(lines, totals)
    for position, line_id in enumerate(credits_lines):
        line_rows[1][position]["credits_line_id"] = line_id
    for model, rows in (line_rows, tax_rows):
        if rows:
            uow.bulk_insert(
                model,
                [
                    {"invoice_id": invoice.id, "position": position, **values}
                    for position, values in enumerate(rows)
                ],
            )
    return invoice


def _figures(totals: Totals) -> dict[str, int]:
    """The sums of a document, by column."""
    return {
        "subtotal_cents": totals.subtotal_cents,
        "discount_cents": totals.discount_cents,
        "net_cents": totals.net_cents,
        "tax_cents": totals.tax_cents,
        "total_cents": totals.total_cents,
    }


_Rows = list[dict[str, Any]]


def _content(
    lines: Sequence[InvoiceLineDraft], totals: Totals
) -> tuple[tuple[type[models.InvoiceLine], _Rows], tuple[type[models.InvoiceTax], _Rows]]:
    """The rows of lines and taxes with their stored figures."""
    line_rows: _Rows = [
        {
            "appointment_id": line.appointment_id,
            "service_id": line.service_id,
            "name": line.name[:MAX_TEXT],
            "description": line.description[:MAX_TEXT],
            "qty_milli": line.qty_milli,
            "unit_price_e4": line.unit_price_e4,
            "taxable": int(line.taxable),
            "unit": line.unit[:40],
            "discount_ppm": line.discount_ppm,
            "discount_fixed_cents": line.discount_fixed_cents,
            "tax_code_id": line.tax_code_id,
            "tax_ppm": rate,
            "amount_cents": amount,
            "net_cents": net,
        }
        for line, amount, net, rate in zip(
            lines, totals.amounts, totals.nets, totals.rates_ppm, strict=True
        )
    ]
    tax_rows: _Rows = [
        {
            "name": tax.name,
            "rate_ppm": tax.rate_ppm,
            "base_cents": tax.base_cents,
            "tax_cents": tax.tax_cents,
        }
        for tax in totals.taxes
    ]
    return (models.InvoiceLine, line_rows), (models.InvoiceTax, tax_rows)


def store_content(
    uow: UnitOfWork, invoice: models.Invoice, lines: Sequence[InvoiceLineDraft]
) -> None:
    """Write lines, taxes and totals of a changed draft."""
    policy = RoundingPolicy.of(invoice.rounding)
    terms = DocumentTerms(
        bool(invoice.prices_include_tax), invoice.discount_ppm, invoice.discount_fixed_cents
    )
    totals = totals_of(lines, tax_parts(uow.rows, invoice.tax_id), policy, terms)
    for name, value in _figures(totals).items():
        setattr(invoice, name, value)
    for model, rows in _content(lines, totals):
        match_rows(uow, model, rows, invoice_id=invoice.id)
