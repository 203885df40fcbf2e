"""One invoice in full: for its editor, its page on paper and the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import list_name
from tcf_desktop.domain.documents import (
    InvoiceDocument,
    InvoiceState,
    due_date,
    is_overdue,
)
from tcf_desktop.domain.invoice_print import (
    InvoiceFacts,
    Letterhead,
    LineFacts,
    build_document,
)
from tcf_desktop.domain.numbering import parse_pattern
from tcf_desktop.domain.tax import TaxPart, TaxTotal
from tcf_desktop.services.queries.document_notes import document_notes

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader


@dataclass(frozen=True, slots=True)
class InvoiceLineRow:
    """A stored line."""

    name: str
    description: str
    qty_milli: int
    unit_price_e4: int
    taxable: bool
    amount_cents: int
    service_id: int | None
    appointment_id: int | None


@dataclass(frozen=True, slots=True)
class InvoiceDetail:
    """An invoice as stored. ``visits`` are (appointment id, local date) of what it bills.

    ``customer_notes`` of a draft are the notes for documents as they stand now.
    """

    id: int
    number: str | None
    state: str
    contact_id: int
    customer: str
    location_id: int | None
    bill_to: str
    service_place: str
    po: str
    issued_on: str | None
    due_on: str | None
    terms_days: int
    currency: str
    rounding: str
    tax_id: int | None
    message: str
    customer_notes: str
    subtotal_cents: int
    tax_cents: int
    total_cents: int
    paid_cents: int
    open_cents: int
    issued_at: int | None
    sent_at: int | None
    updated_at: int
    deleted: bool
    lines: tuple[InvoiceLineRow, ...]
    taxes: tuple[TaxTotal, ...]
    visits: tuple[tuple[int, str], ...]

    @property
    def is_draft(self) -> bool:
        return self.state == InvoiceState.DRAFT

    def overdue(self, today: date) -> bool:
        """Whether money is owed after the due day."""
        return is_overdue(self.state, self.open_cents, self.due_on, today)


def invoice_detail(r: Reader, invoice_id: int) -> InvoiceDetail | None:
    """One invoice; None when there is none."""
    row = r.one(
        """
        SELECT i.id, i.number, i.state, i.contact_id, c.first_name, c.last_name, c.company,
            c.display_name, i.location_id, i.bill_to, i.service_place, i.po, i.issued_on, i.due_on,
            i.terms_days, i.currency, i.rounding, i.tax_id, i.message, i.customer_notes,
            i.subtotal_cents, i.tax_cents, i.total_cents, i.paid_cents, i.open_cents, i.issued_at,
            i.sent_at, i.updated_at, i.deleted_at
        FROM invoices i JOIN contacts c ON c.id = i.contact_id WHERE i.id = ?
        """,
        (invoice_id,),
    )
    if row is None:
        return None
    name = row[6] or list_name(row[4] or "", row[5] or "", "") or row[7]
    notes = row[19]
    if row[2] == InvoiceState.DRAFT:
        notes = document_notes(r.all, row[3], row[0]).at(row[8])
    visits = r.all(
        "SELECT id, substr(starts_local, 1, 10) FROM appointments WHERE invoice_id = ?"
        " ORDER BY starts_at LIMIT 200",
        (invoice_id,),
    )
    stored: tuple[Any, ...] = (
        *row[0:4],
        name,
        *row[8:19],
        notes,
        *row[20:28],
        row[28] is not None,
        _lines(r, invoice_id),
        _taxes(r, invoice_id),
        tuple((visit[0], visit[1]) for visit in visits),
    )
    return InvoiceDetail(*stored)


def _lines(r: Reader, invoice_id: int) -> tuple[InvoiceLineRow, ...]:
    rows = r.all(
        "SELECT name, description, qty_milli, unit_price_e4, taxable, amount_cents, service_id,"
        " appointment_id FROM invoice_lines WHERE invoice_id = ? ORDER BY position",
        (invoice_id,),
    )
    return tuple(
        InvoiceLineRow(row[0], row[1], row[2], row[3], bool(row[4]), *row[5:8]) for row in rows
    )


def _taxes(r: Reader, invoice_id: int) -> tuple[TaxTotal, ...]:
    rows = r.all(
        "SELECT name, rate_ppm, base_cents, tax_cents FROM invoice_taxes WHERE invoice_id = ?"
        " ORDER BY position",
        (invoice_id,),
    )
    return tuple(TaxTotal(*row) for row in rows)


def letterhead(r: Reader) -> Letterhead:
    """Who writes the invoices."""
    row = r.one("SELECT name, address, phone, email, website, country FROM business WHERE id = 1")
    if row is None:
        raise AppError("data.gone")
    logo = r.value("SELECT png FROM business_logo WHERE id = 1")
    name, address, phone, email, website, country = row
    png = bytes(logo) if logo else None
    return Letterhead(name, address, phone, email, website, country, png)


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
            )
            for line in detail.lines
        ),
        taxes=detail.taxes,
        subtotal_cents=detail.subtotal_cents,
        total_cents=detail.total_cents,
        paid_cents=detail.paid_cents,
        open_cents=detail.total_cents if detail.is_draft else detail.open_cents,
    )


def invoice_document(r: Reader, invoice_id: int, today: str) -> InvoiceDocument:
    """The page of an invoice, ready to be rendered; ``data.gone`` when there is none."""
    detail = invoice_detail(r, invoice_id)
    if detail is None:
        raise AppError("data.gone")
    return build_document(invoice_facts(detail, today), letterhead(r))


def next_number(r: Reader, issued_on: str) -> str:
    """The number that the next invoice of that day would get."""
    pattern = parse_pattern(r.value("SELECT invoice_pattern FROM business WHERE id = 1"))
    series = pattern.series(issued_on)
    counter = r.value("SELECT next_n FROM number_series WHERE series = ?", (series,))
    return pattern.format(pattern.first if counter is None else counter, issued_on)


@dataclass(frozen=True, slots=True)
class TaxChoice:
    """A tax to choose, with its parts in order."""

    id: int
    name: str
    parts: tuple[TaxPart, ...]


def tax_choices(r: Reader, with_id: int | None = None) -> tuple[TaxChoice, ...]:
    """The taxes in use, and the one of an older document."""
    rows = r.all(
        "SELECT t.id, t.name, p.name, p.rate_ppm FROM taxes t LEFT JOIN tax_parts p"
        " ON p.tax_id = t.id WHERE t.deleted_at IS NULL OR t.id = ? ORDER BY t.name, t.id,"
        " p.position LIMIT 200",
        (with_id if with_id is not None else -1,),
    )
    found: dict[int, tuple[str, list[TaxPart]]] = {}
    for tax_id, name, part, rate in rows:
        parts = found.setdefault(tax_id, (name, []))[1]
        if part is not None:
            parts.append(TaxPart(part, rate))
    return tuple(TaxChoice(key, name, tuple(parts)) for key, (name, parts) in found.items())


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A place of the customer, with the snapshot and the tax that go with it."""

    id: int
    label: str
    snapshot: str
    tax_id: int | None


def place_choices(r: Reader, contact_id: int) -> tuple[PlaceChoice, ...]:
    """Where work can have been done for a customer."""
    rows = r.all(
        "SELECT id, name, street, street2, city, region, postal_code, tax_id FROM locations"
        " WHERE contact_id = ? AND deleted_at IS NULL ORDER BY position, id LIMIT 200",
        (contact_id,),
    )
    return tuple(PlaceChoice(row[0], *_place_words(row[1:7]), row[7]) for row in rows)


def _place_words(parts: Sequence[str | None]) -> tuple[str, str]:
    name, street, street2, city, region, code = (part or "" for part in parts)
    town = ", ".join(filter(None, (city, " ".join(filter(None, (region, code))))))
    lines = [line for line in (name, street, street2, town) if line]
    return ", ".join(filter(None, (name, street or town))), "\n".join(lines)
