"""Customers and prospects: one record that changes state, with numbers, addresses and places."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from tcf_desktop.models.base import Record


class Contact(Record):
    """A customer or prospect, person or company."""

    __tablename__ = "contacts"
    __table_args__ = (
        CheckConstraint("kind IN ('customer', 'prospect')", name="kind"),
        CheckConstraint("segment IN ('residential', 'commercial')", name="segment"),
        Index("ix_contacts_by_name", "sort_name", "id", sqlite_where=text("deleted_at IS NULL")),
        Index(
            "ix_contacts_by_kind",
            "kind",
            "sort_name",
            "id",
            sqlite_where=text("deleted_at IS NULL"),
        ),
        Index(None, "uid", unique=True),
    )

    uid: Mapped[str]
    kind: Mapped[str]
    segment: Mapped[str]
    first_name: Mapped[str] = mapped_column(default="")
    last_name: Mapped[str] = mapped_column(default="")
    company: Mapped[str] = mapped_column(default="")
    display_name: Mapped[str]
    sort_name: Mapped[str]
    tags: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    terms_days: Mapped[int | None]
    tax_exempt: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[int]
    updated_at: Mapped[int]
    deleted_at: Mapped[int | None]


class ContactPhone(Record):
    """A telephone number as typed, and its digits for search and duplicates."""

    __tablename__ = "contact_phones"
    __table_args__ = (Index(None, "contact_id", "position"), Index(None, "digits"))

    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="RESTRICT"))
    position: Mapped[int]
    label: Mapped[str] = mapped_column(default="")
    number: Mapped[str]
    digits: Mapped[str]


class ContactEmail(Record):
    """A mail address as typed; compared without case."""

    __tablename__ = "contact_emails"
    __table_args__ = (
        Index(None, "contact_id", "position"),
        Index("ix_contact_emails_folded", text("lower(address)")),
    )

    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="RESTRICT"))
    position: Mapped[int]
    label: Mapped[str] = mapped_column(default="")
    address: Mapped[str]


class Location(Record):
    """A place of service, or the address that bills go to."""

    __tablename__ = "locations"
    __table_args__ = (Index(None, "contact_id", "position"),)

    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="RESTRICT"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(default="")
    street: Mapped[str] = mapped_column(default="")
    street2: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    region: Mapped[str] = mapped_column(default="")
    postal_code: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="")
    access_note: Mapped[str] = mapped_column(default="")
    is_billing: Mapped[int] = mapped_column(default=0)
    tax_id: Mapped[int | None] = mapped_column(ForeignKey("taxes.id", ondelete="RESTRICT"))
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    deleted_at: Mapped[int | None]
