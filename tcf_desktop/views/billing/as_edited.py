"""An invoice as it would be stored if what stands in the form were: for the page and the totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tcf_desktop.domain.tax import Totals
from tcf_desktop.services.invoice_drafts import InvoiceDraft
from tcf_desktop.services.queries.customer_credits import Credit
from tcf_desktop.services.queries.invoice_detail import (
    InvoiceDetail,
    InvoiceLineRow,
    Settlement,
)


def as_edited(
    detail: InvoiceDetail,
    draft: InvoiceDraft,
    totals: Totals,
    notes: str,
    used: Sequence[tuple[Credit, int]],
) -> InvoiceDetail:
    """The draft with these figures; ``used`` is the credit that issuing would take, with minor
    units."""
    settled = sum(cents for _credit, cents in used)
    return replace(
        detail,
        location_id=draft.location_id,
        bill_to=draft.bill_to,
        service_place=draft.service_place,
        po=draft.po,
        issued_on=draft.issued_on or None,
        due_on=None,
        terms_days=draft.terms_days,
        tax_id=draft.tax_id,
        message=draft.message,
        customer_notes=notes,
        subtotal_cents=totals.subtotal_cents,
        discount_cents=totals.discount_cents,
        net_cents=totals.net_cents,
        tax_cents=totals.tax_cents,
        total_cents=totals.total_cents,
        paid_cents=settled,
        open_cents=totals.total_cents - settled,
        lines=_lines(draft, totals),
        taxes=totals.taxes,
        prices_include_tax=draft.prices_include_tax,
        tax_note=draft.tax_note,
        language=draft.language,
        discount_ppm=draft.discount_ppm,
        discount_fixed_cents=draft.discount_fixed_cents,
        internal_note=draft.internal_note,
        settled=tuple(_settlement(credit, cents) for credit, cents in used),
    )


def mirrored(detail: InvoiceDetail) -> InvoiceDetail:
    """A credit note with its figures above zero, as it is read; anything else as it is."""
    if not detail.is_credit_note:
        return detail
    return replace(
        detail,
        subtotal_cents=-detail.subtotal_cents,
        discount_cents=-detail.discount_cents,
        net_cents=-detail.net_cents,
        tax_cents=-detail.tax_cents,
        total_cents=-detail.total_cents,
        paid_cents=-detail.paid_cents,
        open_cents=-detail.open_cents,
        lines=tuple(
            replace(line, qty_milli=-line.qty_milli, amount_cents=-line.amount_cents)
            for line in detail.lines
        ),
        taxes=tuple(
            replace(tax, base_cents=-tax.base_cents, tax_cents=-tax.tax_cents)
            for tax in detail.taxes
        ),
    )


def _lines(draft: InvoiceDraft, totals: Totals) -> tuple[InvoiceLineRow, ...]:
    figures = zip(totals.amounts, totals.rates_ppm, totals.nets, strict=True)
    return tuple(
        InvoiceLineRow(
            line.name,
            line.description,
            line.qty_milli,
            line.unit_price_e4,
            line.taxable,
            amount,
            line.service_id,
            line.appointment_id,
            line.unit,
            line.discount_ppm,
            line.discount_fixed_cents,
            line.tax_code_id,
            rate,
            net,
        )
        for line, (amount, rate, net) in zip(draft.lines, figures, strict=True)
    )


def _settlement(credit: Credit, cents: int) -> Settlement:
    return Settlement(
        on=credit.on,
        kind=credit.kind,
        cents=cents,
        method="",
        reference=credit.number if credit.kind == "payment" else "",
        number=credit.number if credit.kind != "payment" else "",
        payment_id=credit.payment_id,
        document_id=credit.document_id,
    )
