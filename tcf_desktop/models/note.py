"""Notes and files about a contact, a place or a visit."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from tcf_desktop.models.base import Record


class Note(Record):
    """A note, and who may see it: the office only, the crew too, or the customer on documents."""

    __tablename__ = "notes"
    __table_args__ = (
        CheckConstraint("visibility IN ('office', 'crew', 'document')", name="visibility"),
        Index(None, "contact_id", "at"),
        Index(None, "location_id"),
    )

    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="RESTRICT"))
    location_id: Mapped[int | None] = mapped_column(ForeignKey("locations.id", ondelete="RESTRICT"))
    visibility: Mapped[str]
    text: Mapped[str]
    at: Mapped[int]
    updated_at: Mapped[int]
    deleted_at: Mapped[int | None]


class Attachment(Record):
    """A file or photo; its bytes lie under their SHA-256 in the files folder."""

    __tablename__ = "attachments"
    __table_args__ = (
        Index(None, "contact_id", "added_at"),
        Index(None, "location_id"),
        Index(None, "appointment_id"),
        Index(
            "ix_attachments_proposal_id",
            "proposal_id",
            sqlite_where=text("proposal_id IS NOT NULL"),
        ),
        Index(None, "sha256"),
    )

    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="RESTRICT"))
    location_id: Mapped[int | None] = mapped_column(ForeignKey("locations.id", ondelete="RESTRICT"))
    appointment_id: Mapped[int | None] = mapped_column(
        ForeignKey("appointments.id", ondelete="RESTRICT")
    )
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id", ondelete="RESTRICT"))
    name: Mapped[str]
    caption: Mapped[str] = mapped_column(default="")
    mime: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    added_at: Mapped[int]
    deleted_at: Mapped[int | None]
