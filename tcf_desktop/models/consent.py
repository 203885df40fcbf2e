"""Who agreed to be written to, how, and who said no. Events only: the present state follows."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from tcf_desktop.models.base import Record


class ConsentEvent(Record):
    """A yes or no to one channel, address and purpose, with its proof.

    ``address_key`` compares: a mail address without case, a number in E.164.
    """

    __tablename__ = "consent_events"
    __table_args__ = (
        CheckConstraint("channel IN ('email', 'text')", name="channel"),
        CheckConstraint("purpose IN ('service', 'marketing')", name="purpose"),
        CheckConstraint("given IN (0, 1)", name="given"),
        Index(None, "contact_id", "at"),
        Index(None, "channel", "address_key", "purpose", "at"),
    )

    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="RESTRICT"))
    channel: Mapped[str]
    address: Mapped[str]
    address_key: Mapped[str]
    purpose: Mapped[str]
    given: Mapped[int]
    at: Mapped[int]
    how: Mapped[str]
    wording: Mapped[str] = mapped_column(default="")
    recorded_by: Mapped[str] = mapped_column(default="")
    created_at: Mapped[int]


class Suppression(Record):
    """A no that outlives the record of the person: a salted hash of the address, nothing else."""

    __tablename__ = "suppressions"
    __table_args__ = (Index(None, "channel", "digest", "purpose", unique=True),)

    channel: Mapped[str]
    digest: Mapped[str]
    purpose: Mapped[str]
    at: Mapped[int]
