"""From an invoice's raw facts to the strings on its page.

One builder for drafts that exist only in the editor and for issued invoices read from the database,
so that the preview cannot differ from what is archived.
"""

from dataclasses import dataclass

from tcf_desktop.domain.documents import (
    InvoiceDocument,
    InvoiceState,
    PrintLine,
    PrintTotal,
    paper_for,
    print_date,
    terms_label,
    text_lines,
)
from tcf_desktop.domain.money import format_amount, format_money, format_price, format_quantity
from tcf_desktop.domain.tax import TaxTotal, format_rate


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes the invoice: address one line per line, the logo as the bytes of its file."""

    name: str
    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    country: str = "US"
    logo_png: bytes | None = None


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A line with its stored amount."""

    name: str
    description: str
    qty_milli: int
    unit_price_e4: int
    amount_cents: int


@dataclass(frozen=True, slots=True)
class InvoiceFacts:
    """An invoice as stored: figures final, dates ISO, addresses as snapshots, one line per line."""

    number: str
    state: str
    bill_to: str
    service_place: str
    po: str
    issued_on: str
    due_on: str
    terms_days: int
    currency: str
    message: str
    lines: tuple[LineFacts, ...]
    taxes: tuple[TaxTotal, ...]
    subtotal_cents: int
    total_cents: int
    paid_cents: int
    open_cents: int
    notes: str = ""


def build_document(facts: InvoiceFacts, head: Letterhead) -> InvoiceDocument:
    """Word the page. Raises nothing for odd text: any string is printed literally."""
    draft = facts.state == InvoiceState.DRAFT
    due = format_money(facts.open_cents, facts.currency)
    return InvoiceDocument(
        title="Invoice",
        number="" if draft else facts.number,
        notice=_NOTICES.get(facts.state, ("", ""))[0],
        notice_tone=_NOTICES.get(facts.state, ("", "warn"))[1],
        business_name=head.name,
        business_lines=_contact_lines(head),
        logo_png=head.logo_png,
        bill_to=text_lines(facts.bill_to),
        service_place=text_lines(facts.service_place),
        facts=_dates(facts),
        due_label="Amount due",
        due_amount=due,
        lines=tuple(_line(line, facts.currency) for line in facts.lines),
        totals=_totals(facts, due),
        message=facts.message.strip(),
        notes=facts.notes.strip(),
        footer=_footer(facts),
        paper=paper_for(head.country),
        continued="Invoice, draft" if draft else f"Invoice {facts.number}",
    )


_NOTICES: dict[str, tuple[str, str]] = {
    InvoiceState.DRAFT: ("DRAFT, not yet numbered", "warn"),
    InvoiceState.VOID: ("VOID", "bad"),
    InvoiceState.CREDITED: ("CREDITED", "bad"),
    InvoiceState.PAID: ("PAID", "ok"),
}


def _contact_lines(head: Letterhead) -> tuple[str, ...]:
    address = ", ".join(text_lines(head.address))
    reach = " · ".join(filter(None, (head.phone.strip(), head.email.strip(), head.website.strip())))
    return tuple(filter(None, (address, reach)))


def _dates(facts: InvoiceFacts) -> tuple[tuple[str, str], ...]:
    rows = (
        ("Invoice date", print_date(facts.issued_on) if facts.issued_on else ""),
        ("Due", print_date(facts.due_on) if facts.due_on else ""),
        ("Your PO", facts.po.strip()),
    )
    return tuple((label, value) for label, value in rows if value)


def _line(line: LineFacts, currency: str) -> PrintLine:
    return PrintLine(
        line.name,
        line.description,
        format_quantity(line.qty_milli),
        format_price(line.unit_price_e4, currency),
        format_amount(line.amount_cents, currency),
    )


def _totals(facts: InvoiceFacts, due: str) -> tuple[PrintTotal, ...]:
    def money(cents: int) -> str:
        return format_money(cents, facts.currency)

    rows = [PrintTotal("Subtotal", money(facts.subtotal_cents))]
    rows += [
        PrintTotal(
            f"{tax.name} {format_rate(tax.rate_ppm)} of {money(tax.base_cents)}",
            money(tax.tax_cents),
        )
        for tax in facts.taxes
    ]
    rows.append(PrintTotal("Total", money(facts.total_cents), strong=True))
    if facts.paid_cents:
        rows.append(PrintTotal("Paid", money(-facts.paid_cents)))
    rows.append(PrintTotal("Amount due", due, strong=True))
    return tuple(rows)


def _footer(facts: InvoiceFacts) -> str:
    terms = terms_label(facts.terms_days)
    if not facts.due_on or facts.state in (
        InvoiceState.VOID,
        InvoiceState.CREDITED,
        InvoiceState.PAID,
    ):
        return f"{terms}."
    return f"{terms}. Please pay by {print_date(facts.due_on)}."
