"""Messages to customers, each first a row that can be seen."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from tcf_desktop.models.base import Record


class Message(Record):
    """Something to tell a customer, and whether he was told.

    ``occasion`` says why ("moved", "rain_day"); ``told_local`` is the start that the words name.
    """

    __tablename__ = "messages"
    __table_args__ = (
        CheckConstraint("channel IN ('email', 'text', 'phone', 'post')", name="channel"),
        CheckConstraint("state IN ('waiting', 'sent', 'cancelled')", name="state"),
        Index(None, "contact_id", "created_at"),
        Index(None, "appointment_id"),
        Index("ix_messages_invoice_id", "invoice_id", sqlite_where=text("invoice_id IS NOT NULL")),
        Index(
            "ix_messages_proposal_id", "proposal_id", sqlite_where=text("proposal_id IS NOT NULL")
        ),
        Index(
            "ix_messages_waiting",
            "created_at",
            sqlite_where=text("state = 'waiting' AND deleted_at IS NULL"),
        ),
    )

    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="RESTRICT"))
    appointment_id: Mapped[int | None] = mapped_column(
        ForeignKey("appointments.id", ondelete="SET NULL")
    )
    invoice_id: Mapped[int | None] = mapped_column(ForeignKey("invoices.id", ondelete="SET NULL"))
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id", ondelete="SET NULL"))
    occasion: Mapped[str]
    channel: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    subject: Mapped[str] = mapped_column(default="")
    body: Mapped[str]
    told_local: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="waiting")
    created_at: Mapped[int]
    updated_at: Mapped[int]
    sent_at: Mapped[int | None]
    deleted_at: Mapped[int | None]
