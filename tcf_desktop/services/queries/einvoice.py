"""A document of a customer who gets electronic invoices, as stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tcf_desktop.domain.einvoice import ElectronicInvoice, ElectronicLine, Party
from tcf_desktop.domain.print_document import text_lines
from tcf_desktop.domain.tax import RoundingPolicy, TaxTotal

Rows = Callable[[str, Sequence[Any]], Sequence[Any]]


def electronic_invoice(rows: Rows, invoice_id: int) -> ElectronicInvoice | None:
    """The document with its parties, or None when its customer gets plain ones."""
    found = rows(
        "SELECT i.doc_type, i.number, i.issued_on, i.due_on, i.currency, i.subtotal_cents,"
        " i.net_cents, i.tax_cents, i.total_cents, i.prices_include_tax, i.rounding, i.tax_note,"
        " i.message, i.po, i.bill_to, i.contact_id, o.number, o.issued_on, c.tax_number,"
        " c.buyer_reference, b.name, b.address, b.country, b.tax_number, b.email"
        " FROM invoices i JOIN contacts c ON c.id = i.contact_id JOIN business b ON b.id = 1"
        " LEFT JOIN invoices o ON o.id = i.corrects_id WHERE i.id = ? AND c.e_invoice = 1",
        (invoice_id,),
    )
    if not found:
        return None
    kind, number, issued_on, due_on, currency, subtotal, net, tax, total, *rest = found[0]
    inclusive, rounding, tax_note, message, po, bill_to, contact_id, old, old_on, *rest = rest
    tax_number, reference, name, address, country, own_number, email = rest
    to = text_lines(bill_to)
    return ElectronicInvoice(
        kind=kind,
        number=number or "",
        issued_on=issued_on or "",
        due_on=due_on or "",
        currency=currency,
        seller=Party(name, text_lines(address), country, own_number, email),
        buyer=Party(to[0] if to else "", to[1:], _country(rows, contact_id) or country, tax_number),
        lines=_lines(rows, invoice_id),
        taxes=tuple(
            TaxTotal(*row)
            for row in rows(
                "SELECT name, rate_ppm, base_cents, tax_cents FROM invoice_taxes"
                " WHERE invoice_id = ? ORDER BY position",
                (invoice_id,),
            )
        ),
        subtotal_cents=subtotal,
        net_cents=net,
        tax_cents=tax,
        total_cents=total,
        prices_include_tax=bool(inclusive),
        rounding=RoundingPolicy.of(rounding).mode,
        tax_note=tax_note,
        note=message,
        buyer_reference=reference,
        po=po,
        corrects_number=old or "",
        corrects_on=old_on or "",
    )


def _lines(rows: Rows, invoice_id: int) -> tuple[ElectronicLine, ...]:
    return tuple(
        ElectronicLine(name, text, qty, unit, price, amount, net, rate, bool(taxed), code, reason)
        for name, text, qty, unit, price, amount, net, rate, taxed, code, reason in rows(
            "SELECT l.name, l.description, l.qty_milli, l.unit, l.unit_price_e4, l.amount_cents,"
            " l.net_cents, l.tax_ppm, l.taxable, coalesce(t.category, ''),"
            " coalesce(t.reason, '') FROM invoice_lines l"
            " LEFT JOIN tax_codes t ON t.id = l.tax_code_id"
            " WHERE l.invoice_id = ? ORDER BY l.position",
            (invoice_id,),
        )
    )


def _country(rows: Rows, contact_id: int) -> str:
    """The country of the billing address, or of the first place; "" when none is said."""
    found = rows(
        "SELECT country FROM locations WHERE contact_id = ? AND deleted_at IS NULL"
        " ORDER BY is_billing DESC, position, id LIMIT 1",
        (contact_id,),
    )
    return str(found[0][0]).strip().upper() if found else ""
