"""Invoices and payments. What was issued is never edited; triggers in ``schema`` stand guard."""

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
            "ix_invoices_location_id",
            "location_id",
            sqlite_where=text("location_id IS NOT NULL"),
        ),
    )

    uid: Mapped[str]
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
    tax_id: Mapped[int | None] = mapped_column(ForeignKey("taxes.id", ondelete="RESTRICT"))
    message: Mapped[str] = mapped_column(default="")
    # The contact's notes for documents, as they were when this one was issued.
    customer_notes: Mapped[str] = mapped_column(default="", server_default="")
    subtotal_cents: Mapped[int] = mapped_column(default=0)
    tax_cents: Mapped[int] = mapped_column(default=0)
    total_cents: Mapped[int] = mapped_column(default=0)
    paid_cents: Mapped[int] = mapped_column(default=0)
    open_cents: Mapped[int] = mapped_column(default=0)
    issued_at: Mapped[int | None]
    sent_at: Mapped[int | None]
    created_at: Mapped[int]
    updated_at: Mapped[int]
    deleted_at: Mapped[int | None]
    erased_at: Mapped[int | None]  # the person on it was erased; the figures stay


class InvoiceLine(Record):
    """One line; ``amount_cents`` is quantity times price, rounded once by the domain."""

    __tablename__ = "invoice_lines"
    __table_args__ = (
        Index(None, "invoice_id", "position"),
        Index(
            "ix_invoice_lines_appointment_id",
            "appointment_id",
            sqlite_where=text("appointment_id IS NOT NULL"),
        ),
    )

    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoices.id", ondelete="RESTRICT"))
    position: Mapped[int]
    appointment_id: Mapped[int | None] = mapped_column(
        ForeignKey("appointments.id", ondelete="RESTRICT")
    )
    service_id: Mapped[int | None] = mapped_column(ForeignKey("services.id", ondelete="RESTRICT"))
    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    qty_milli: Mapped[int]
    unit_price_cents: Mapped[int]
    taxable: Mapped[int] = mapped_column(default=1)
    amount_cents: Mapped[int]


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


class Payment(Record):
    """Money received."""

    __tablename__ = "payments"
    __table_args__ = (Index(None, "contact_id", "paid_on"), Index(None, "paid_on"))

    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="RESTRICT"))
    paid_on: Mapped[str]
    method: Mapped[str]
    reference: Mapped[str] = mapped_column(default="")
    amount_cents: Mapped[int]
    created_at: Mapped[int]


class Allocation(Record):
    """The part of a payment that pays an invoice."""

    __tablename__ = "allocations"
    __table_args__ = (Index(None, "invoice_id"), Index(None, "payment_id"))

    payment_id: Mapped[int] = mapped_column(ForeignKey("payments.id", ondelete="RESTRICT"))
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoices.id", ondelete="RESTRICT"))
    amount_cents: Mapped[int]
