"""Invoices, credit notes and deposits: one table, told apart by ``doc_type``.

What was issued is never edited; triggers in ``schema`` stand guard. A credit note has the figures
of what it takes back with the opposite sign, so that sums over documents need no cases.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from tcf_desktop.domain.tax import DEFAULT_POLICY
from tcf_desktop.models.base import Record


class Invoice(Record):
    """A draft, or a document with a number and fixed content."""

    __tablename__ = "invoices"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'issued', 'part_paid', 'paid', 'void', 'credited')", name="state"
        ),
        CheckConstraint("doc_type IN ('invoice', 'credit_note', 'deposit')", name="doc_type"),
        CheckConstraint("(doc_type = 'credit_note') = (corrects_id IS NOT NULL)", name="corrects"),
        CheckConstraint(
            "(state = 'draft') = (number IS NULL) AND (number IS NULL) = (series_n IS NULL)",
            name="numbered",
        ),
        Index(None, "number", unique=True),
        Index(None, "series", "series_n", unique=True),
        Index(None, "uid", unique=True),
        Index(None, "contact_id", "issued_on"),
        Index("ix_invoices_open", "due_on", "contact_id", sqlite_where=text("open_cents <> 0")),
        Index(
            "ix_invoices_open_by_contact",
            "contact_id",
            "due_on",
            "open_cents",
            sqlite_where=text("open_cents <> 0"),
        ),
        Index("ix_invoices_by_issue", "issued_on", "id", sqlite_where=text("deleted_at IS NULL")),
        Index("ix_invoices_by_state", "state", "issued_on", "id"),
        Index(
            "ix_invoices_corrects_id", "corrects_id", sqlite_where=text("corrects_id IS NOT NULL")
        ),
        Index(
            "ix_invoices_proposal_id", "proposal_id", sqlite_where=text("proposal_id IS NOT NULL")
        ),
        Index(
            "ix_invoices_location_id",
            "location_id",
            sqlite_where=text("location_id IS NOT NULL"),
        ),
    )

    uid: Mapped[str]
    doc_type: Mapped[str] = mapped_column(default="invoice", server_default="invoice")
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("invoices.id", ondelete="RESTRICT"))
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id", ondelete="RESTRICT"))
    number: Mapped[str | None]
    series: Mapped[str | None]
    series_n: Mapped[int | None]
    state: Mapped[str] = mapped_column(default="draft")
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="RESTRICT"))
    location_id: Mapped[int | None] = mapped_column(ForeignKey("locations.id", ondelete="RESTRICT"))
    bill_to: Mapped[str] = mapped_column(default="")
    service_place: Mapped[str] = mapped_column(default="")
    po: Mapped[str] = mapped_column(default="")
    issued_on: Mapped[str | None]
    due_on: Mapped[str | None]
    terms_days: Mapped[int]
    currency: Mapped[str]
    # How it was rounded, so that another rule for later invoices changes nothing here.
    rounding: Mapped[str] = mapped_column(
        default=DEFAULT_POLICY.stored(), server_default=DEFAULT_POLICY.stored()
    )
    prices_include_tax: Mapped[int] = mapped_column(default=0, server_default="0")
    tax_id: Mapped[int | None] = mapped_column(ForeignKey("taxes.id", ondelete="RESTRICT"))
    # Why no tax is charged, as printed: the customer's certificate, or words of the law.
    tax_note: Mapped[str] = mapped_column(default="", server_default="")
    language: Mapped[str] = mapped_column(default="", server_default="")
    # The discount as typed: a share, or an amount. ``discount_cents`` is what came of it.
    discount_ppm: Mapped[int] = mapped_column(default=0, server_default="0")
    discount_fixed_cents: Mapped[int] = mapped_column(default=0, server_default="0")
    message: Mapped[str] = mapped_column(default="")
    # The contact's notes for documents, as they were when this one was issued.
    customer_notes: Mapped[str] = mapped_column(default="", server_default="")
    subtotal_cents: Mapped[int] = mapped_column(default=0)
    discount_cents: Mapped[int] = mapped_column(default=0, server_default="0")
    net_cents: Mapped[int] = mapped_column(default=0, server_default="0")
    tax_cents: Mapped[int] = mapped_column(default=0)
    total_cents: Mapped[int] = mapped_column(default=0)
    # What payments, deposits and credits settled; of a credit note (below zero) what was used.
    paid_cents: Mapped[int] = mapped_column(default=0)
    open_cents: Mapped[int] = mapped_column(default=0)
    # What was paid on a deposit and has moved on to final invoices or back to the customer.
    moved_cents: Mapped[int] = mapped_column(default=0, server_default="0")
    issued_at: Mapped[int | None]
    sent_at: Mapped[int | None]
    sent_how: Mapped[str] = mapped_column(default="", server_default="")
    voided_on: Mapped[str | None]
    void_reason: Mapped[str] = mapped_column(default="", server_default="")
    # Harmless for ever: for the office only.
    internal_note: Mapped[str] = mapped_column(default="", server_default="")
    reminder_hold: Mapped[int] = mapped_column(default=0, server_default="0")
    created_at: Mapped[int]
    updated_at: Mapped[int]
    deleted_at: Mapped[int | None]
    erased_at: Mapped[int | None]  # the person on it was erased; the figures stay


class InvoiceLine(Record):
    """One line; ``amount_cents`` is as printed, after its own discount, ``net_cents`` its part of
    the document's net: after the document's discount and without tax."""

    __tablename__ = "invoice_lines"
    __table_args__ = (
        Index(None, "invoice_id", "position"),
        Index(
            "ix_invoice_lines_appointment_id",
            "appointment_id",
            sqlite_where=text("appointment_id IS NOT NULL"),
        ),
        Index(
            "ix_invoice_lines_credits_line_id",
            "credits_line_id",
            sqlite_where=text("credits_line_id IS NOT NULL"),
        ),
    )

    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoices.id", ondelete="RESTRICT"))
    position: Mapped[int]
    appointment_id: Mapped[int | None] = mapped_column(
        ForeignKey("appointments.id", ondelete="RESTRICT")
    )
    # Of a credit note: the line that this one takes back, whole or in part.
    credits_line_id: Mapped[int | None] = mapped_column(
        ForeignKey("invoice_lines.id", ondelete="RESTRICT")
    )
    service_id: Mapped[int | None] = mapped_column(ForeignKey("services.id", ondelete="RESTRICT"))
    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    qty_milli: Mapped[int]
    unit: Mapped[str] = mapped_column(default="", server_default="")
    unit_price_e4: Mapped[int]
    discount_ppm: Mapped[int] = mapped_column(default=0, server_default="0")
    discount_fixed_cents: Mapped[int] = mapped_column(default=0, server_default="0")
    taxable: Mapped[int] = mapped_column(default=1)
    tax_code_id: Mapped[int | None] = mapped_column(ForeignKey("tax_codes.id", ondelete="RESTRICT"))
    tax_ppm: Mapped[int] = mapped_column(default=0, server_default="0")  # the rate it was taxed at
    amount_cents: Mapped[int]
    net_cents: Mapped[int] = mapped_column(default=0, server_default="0")


class InvoiceTax(Record):
    """One tax part of an invoice with its base, as computed once."""

    __tablename__ = "invoice_taxes"
    __table_args__ = (Index(None, "invoice_id", "position"),)

    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoices.id", ondelete="RESTRICT"))
    position: Mapped[int]
    name: Mapped[str]
    rate_ppm: Mapped[int]
    base_cents: Mapped[int]
    tax_cents: Mapped[int]


class NumberSeries(Record):
    """The next number of a series; taken in the transaction that issues the document."""

    __tablename__ = "number_series"

    series: Mapped[str] = mapped_column(unique=True)
    next_n: Mapped[int]
