"""Customers and prospects: one record that changes state, with numbers, addresses and places."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from tcf_desktop.models.base import Base, Record


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
        Index("ix_contacts_name_key", "name_key", sqlite_where=text("deleted_at IS NULL")),
        Index("ix_contacts_in_trash", "deleted_at", sqlite_where=text("deleted_at IS NOT NULL")),
        Index(
            "ix_contacts_merged_into_id",
            "merged_into_id",
            sqlite_where=text("merged_into_id IS NOT NULL"),
        ),
    )

    uid: Mapped[str]
    kind: Mapped[str]
    segment: Mapped[str]
    first_name: Mapped[str] = mapped_column(default="")
    last_name: Mapped[str] = mapped_column(default="")
    company: Mapped[str] = mapped_column(default="")
    display_name: Mapped[str]
    sort_name: Mapped[str]
    # The words of the name in order: equal for "Hartmann, Julia" and "Julia Hartmann".
    name_key: Mapped[str] = mapped_column(default="", server_default="")
    tags: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="", server_default="")
    default_crew_id: Mapped[int | None] = mapped_column(ForeignKey("crews.id", ondelete="RESTRICT"))
    price_list_id: Mapped[int | None] = mapped_column(
        ForeignKey("price_lists.id", ondelete="RESTRICT")
    )
    terms_days: Mapped[int | None]
    tax_exempt: Mapped[int] = mapped_column(default=0)
    exempt_number: Mapped[str] = mapped_column(default="", server_default="")
    exempt_region: Mapped[str] = mapped_column(default="", server_default="")
    exempt_until_on: Mapped[str | None]
    tax_number: Mapped[str] = mapped_column(default="", server_default="")
    buyer_reference: Mapped[str] = mapped_column(default="", server_default="")
    e_invoice: Mapped[int] = mapped_column(default=0, server_default="0")
    created_at: Mapped[int]
    updated_at: Mapped[int]
    deleted_at: Mapped[int | None]
    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("contacts.id", ondelete="RESTRICT")
    )
    erased_at: Mapped[int | None]


class ContactPhone(Record):
    """A telephone number as typed, its digits for search, its E.164 form for comparing."""

    __tablename__ = "contact_phones"
    __table_args__ = (
        Index(None, "contact_id", "position"),
        Index(None, "digits"),
        Index(None, "e164"),
    )

    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="RESTRICT"))
    position: Mapped[int]
    label: Mapped[str] = mapped_column(default="")
    number: Mapped[str]
    digits: Mapped[str]
    e164: Mapped[str | None]  # empty when it is no number that can be dialled; None: not judged


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
    __table_args__ = (
        Index(None, "contact_id", "position"),
        Index("ix_locations_address_key", "address_key", sqlite_where=text("deleted_at IS NULL")),
    )

    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="RESTRICT"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(default="")
    street: Mapped[str] = mapped_column(default="")
    street2: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    region: Mapped[str] = mapped_column(default="")
    postal_code: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="")
    address_key: Mapped[str] = mapped_column(default="", server_default="")  # for duplicates
    gate_code: Mapped[str] = mapped_column(default="", server_default="")
    access_note: Mapped[str] = mapped_column(default="")
    person: Mapped[str] = mapped_column(default="", server_default="")
    person_phone: Mapped[str] = mapped_column(default="", server_default="")
    is_billing: Mapped[int] = mapped_column(default=0)
    tax_id: Mapped[int | None] = mapped_column(ForeignKey("taxes.id", ondelete="RESTRICT"))
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    # Where crews really stood at visits: the median, and of how many visits.
    learned_lat: Mapped[float | None]
    learned_lon: Mapped[float | None]
    learned_visits: Mapped[int] = mapped_column(default=0, server_default="0")
    deleted_at: Mapped[int | None]


class ContactChange(Base):
    """What was changed at a contact, and when: kept as long as the contact, unlike the journal.

    ``label`` and ``params`` name the command as in the journal; ``fields`` lists the columns and
    tables that it changed, separated by commas; ``undo`` is 1 when the command was taken back.
    """

    __tablename__ = "contact_changes"
    __table_args__ = (Index(None, "contact_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="RESTRICT"))
    at: Mapped[int]
    label: Mapped[str]
    params: Mapped[str]
    fields: Mapped[str]
    undo: Mapped[int]


class DistinctContacts(Record):
    """Two contacts that look alike and are not the same; ``a_id`` is the smaller id."""

    __tablename__ = "distinct_contacts"
    __table_args__ = (Index(None, "a_id", "b_id", unique=True), Index(None, "b_id"))

    a_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="RESTRICT"))
    b_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="RESTRICT"))


class SearchWord(Base):
    """A word of the search index, for finding what was meant when a word was mistyped."""

    __tablename__ = "search_words"
    __table_args__ = ({"sqlite_with_rowid": False},)

    word: Mapped[str] = mapped_column(primary_key=True)


class SavedFilter(Record):
    """A filter of the contact list that the office keeps; ``spec`` is JSON."""

    __tablename__ = "saved_filters"

    name: Mapped[str]
    spec: Mapped[str]
    position: Mapped[int]


class ImportRun(Base):
    """A file that was imported: what it was, what came of it. ``report`` is JSON of its rows."""

    __tablename__ = "import_runs"
    __table_args__ = (Index(None, "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[int]
    kind: Mapped[str]
    files: Mapped[str]  # the names, separated by line breaks
    digests: Mapped[str]  # SHA-256 of each file, in their order
    added: Mapped[int]
    updated: Mapped[int]
    skipped: Mapped[int]
    report: Mapped[str]
