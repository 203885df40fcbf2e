"""One invoice in full: for its editor, its page on paper and the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tcf_desktop.domain.contacts import list_name
from tcf_desktop.domain.documents import DocType, InvoiceState, is_overdue
from tcf_desktop.domain.tax import TaxTotal
from tcf_desktop.services.queries.document_notes import document_notes

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader


@dataclass(frozen=True, slots=True)
class InvoiceLineRow:
    """A stored line; ``discount_ppm`` or ``discount_fixed_cents`` is its own discount as typed,
    ``net_cents`` its part of the document's net, ``tax_ppm`` the rate it was taxed at."""

    name: str
    description: str
    qty_milli: int
    unit_price_e4: int
    taxable: bool
    amount_cents: int
    service_id: int | None
    appointment_id: int | None
    unit: str = ""
    discount_ppm: int = 0
    discount_fixed_cents: int = 0
    tax_code_id: int | None = None
    tax_ppm: int = 0
    net_cents: int = 0


@dataclass(frozen=True, slots=True)
class CreditNoteRow:
    """A credit note for the invoice; ``total_cents`` is below zero."""

    id: int
    number: str
    issued_on: str
    total_cents: int


@dataclass(frozen=True, slots=True)
class Settlement:
    """A step by which the document was settled, below zero where it was taken back.

    ``kind`` is payment, write_off, credit_note or deposit; ``method`` and ``reference`` are of a
    payment, ``number`` of a document.
    """

    on: str
    kind: str
    cents: int
    method: str
    reference: str
    number: str
    payment_id: int | None
    document_id: int | None


@dataclass(frozen=True, slots=True)
class InvoiceDetail:
    """An invoice as stored. ``visits`` are (appointment id, local date) of what it bills.

    ``customer_notes`` of a draft are the notes for documents as they stand now. A credit note has
    figures below zero; ``corrects_id`` is its invoice. ``moved_cents`` is what was paid on a
    deposit and went on to invoices. ``settled`` is in order of the date.
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
    doc_type: str
    corrects_id: int | None
    corrects_number: str
    corrects_on: str
    proposal_id: int | None
    proposal_number: str
    prices_include_tax: bool
    tax_note: str
    language: str
    discount_ppm: int
    discount_fixed_cents: int
    discount_cents: int
    net_cents: int
    moved_cents: int
    sent_how: str
    voided_on: str | None
    void_reason: str
    internal_note: str
    reminder_hold: bool
    credit_notes: tuple[CreditNoteRow, ...]
    settled: tuple[Settlement, ...]

    @property
    def is_draft(self) -> bool:
        return self.state == InvoiceState.DRAFT

    @property
    def is_credit_note(self) -> bool:
        return self.doc_type == DocType.CREDIT_NOTE

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
            i.sent_at, i.updated_at, i.deleted_at, i.doc_type, i.corrects_id,
            coalesce((SELECT number FROM invoices WHERE id = i.corrects_id), ''),
            coalesce((SELECT issued_on FROM invoices WHERE id = i.corrects_id), ''), i.proposal_id,
            coalesce((SELECT number FROM proposals WHERE id = i.proposal_id), ''),
            i.prices_include_tax, i.tax_note, i.language, i.discount_ppm, i.discount_fixed_cents,
            i.discount_cents, i.net_cents, i.moved_cents, i.sent_how, i.voided_on, i.void_reason,
            i.internal_note, i.reminder_hold
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
        *row[29:35],
        bool(row[35]),
        *row[36:47],
        bool(row[47]),
        _credit_notes(r, invoice_id),
        _settled(r, invoice_id),
    )
    return InvoiceDetail(*stored)


def _lines(r: Reader, invoice_id: int) -> tuple[InvoiceLineRow, ...]:
    rows = r.all(
        "SELECT name, description, qty_milli, unit_price_e4, taxable, amount_cents, service_id,"
        " appointment_id, unit, discount_ppm, discount_fixed_cents, tax_code_id, tax_ppm, net_cents"
        " FROM invoice_lines WHERE invoice_id = ? ORDER BY position",
        (invoice_id,),
    )
    return tuple(
        InvoiceLineRow(row[0], row[1], row[2], row[3], bool(row[4]), *row[5:14]) for row in rows
    )


def _taxes(r: Reader, invoice_id: int) -> tuple[TaxTotal, ...]:
    rows = r.all(
        "SELECT name, rate_ppm, base_cents, tax_cents FROM invoice_taxes WHERE invoice_id = ?"
        " ORDER BY position",
        (invoice_id,),
    )
    return tuple(TaxTotal(*row) for row in rows)


def _credit_notes(r: Reader, invoice_id: int) -> tuple[CreditNoteRow, ...]:
    rows = r.all(
        "SELECT id, number, issued_on, total_cents FROM invoices WHERE corrects_id = ?"
        " AND state NOT IN ('draft', 'void') ORDER BY issued_on, id",
        (invoice_id,),
    )
    return tuple(CreditNoteRow(*row) for row in rows)


def _settled(r: Reader, invoice_id: int) -> tuple[Settlement, ...]:
    rows = r.all(
        "SELECT a.applied_on, coalesce(p.kind, d.doc_type), a.amount_cents, coalesce(p.method, ''),"
        " coalesce(p.reference, ''), coalesce(d.number, ''), a.payment_id, a.credit_id"
        " FROM allocations a LEFT JOIN payments p ON p.id = a.payment_id"
        " LEFT JOIN invoices d ON d.id = a.credit_id WHERE a.invoice_id = ?"
        " ORDER BY a.applied_on, a.id",
        (invoice_id,),
    )
    return tuple(Settlement(*row) for row in rows)
