"""Documents as they left the house, and what was done about late payers."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from tcf_desktop.models.base import Record


class ArchivedDocument(Record):
    """A finished document; its bytes lie under their SHA-256 in the files folder.

    ``kind`` is invoice, credit_note, deposit, proposal, receipt, statement or reminder. Printing
    again gives these bytes.
    """

    __tablename__ = "archived_documents"
    __table_args__ = (
        CheckConstraint("purpose IN ('issued', 'sent')", name="purpose"),
        Index(None, "contact_id", "created_at"),
        Index(
            "ix_archived_documents_invoice_id",
            "invoice_id",
            sqlite_where=text("invoice_id IS NOT NULL"),
        ),
        Index(
            "ix_archived_documents_proposal_id",
            "proposal_id",
            sqlite_where=text("proposal_id IS NOT NULL"),
        ),
        Index(
            "ix_archived_documents_payment_id",
            "payment_id",
            sqlite_where=text("payment_id IS NOT NULL"),
        ),
        Index(None, "sha256"),
    )

    kind: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="issued")
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="RESTRICT"))
    invoice_id: Mapped[int | None] = mapped_column(ForeignKey("invoices.id", ondelete="RESTRICT"))
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id", ondelete="RESTRICT"))
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payments.id", ondelete="RESTRICT"))
    name: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    created_at: Mapped[int]


class InvoiceReminder(Record):
    """A step of reminding that was prepared for an invoice: each step once."""

    __tablename__ = "invoice_reminders"
    __table_args__ = (
        Index(None, "invoice_id", "step_n", unique=True),
        Index(
            "ix_invoice_reminders_message_id",
            "message_id",
            sqlite_where=text("message_id IS NOT NULL"),
        ),
    )

    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoices.id", ondelete="RESTRICT"))
    step_n: Mapped[int]
    made_on: Mapped[str]
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id", ondelete="SET NULL"))


class LateFee(Record):
    """A fee for one period that an invoice was late, and the invoice that charges it."""

    __tablename__ = "late_fees"
    __table_args__ = (
        Index(None, "invoice_id", "period_n", unique=True),
        Index(None, "fee_invoice_id"),
    )

    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoices.id", ondelete="RESTRICT"))
    period_n: Mapped[int]
    amount_cents: Mapped[int]
    fee_invoice_id: Mapped[int] = mapped_column(ForeignKey("invoices.id", ondelete="RESTRICT"))
