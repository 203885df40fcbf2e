"""Proposals. What was sent is kept as it was; a change makes a new revision under the number."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from tcf_desktop.domain.tax import DEFAULT_POLICY
from tcf_desktop.models.base import Record


class Proposal(Record):
    """One revision of a proposal. *Expired* is a fact of the date, never a state.

    The stored totals are those of ``option_n`` (the alternative that was chosen, before that the
    first) with the optional lines that were chosen.
    """

    __tablename__ = "proposals"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'sent', 'accepted', 'declined', 'replaced')", name="state"
        ),
        CheckConstraint("(number IS NULL) = (series_n IS NULL)", name="numbered"),
        CheckConstraint("state = 'draft' OR number IS NOT NULL", name="sent_numbered"),
        CheckConstraint(
            "accepted_how IN ('', 'phone', 'email', 'paper', 'in_person')", name="accepted_how"
        ),
        Index(None, "uid", unique=True),
        Index(None, "number", "revision", unique=True),
        Index(None, "series", "series_n", "revision", unique=True),
        Index(None, "contact_id", "created_at"),
        Index("ix_proposals_by_state", "state", "created_at", "id"),
        Index("ix_proposals_created_at", "created_at", "id"),
        Index(
            "ix_proposals_replaces_id", "replaces_id", sqlite_where=text("replaces_id IS NOT NULL")
        ),
        Index(
            "ix_proposals_location_id", "location_id", sqlite_where=text("location_id IS NOT NULL")
        ),
        Index(
            "ix_proposals_follow_up",
            "follow_up_on",
            sqlite_where=text("state = 'sent' AND deleted_at IS NULL"),
        ),
    )

    uid: Mapped[str]
    number: Mapped[str | None]
    series: Mapped[str | None]
    series_n: Mapped[int | None]
    revision: Mapped[int] = mapped_column(default=1)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id", ondelete="RESTRICT"))
    state: Mapped[str] = mapped_column(default="draft")
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="RESTRICT"))
    location_id: Mapped[int | None] = mapped_column(ForeignKey("locations.id", ondelete="RESTRICT"))
    bill_to: Mapped[str] = mapped_column(default="")
    service_place: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    valid_until_on: Mapped[str | None]
    follow_up_on: Mapped[str | None]
    currency: Mapped[str]
    rounding: Mapped[str] = mapped_column(default=DEFAULT_POLICY.stored())
    prices_include_tax: Mapped[int] = mapped_column(default=0)
    tax_id: Mapped[int | None] = mapped_column(ForeignKey("taxes.id", ondelete="RESTRICT"))
    tax_note: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")
    discount_ppm: Mapped[int] = mapped_column(default=0)
    discount_fixed_cents: Mapped[int] = mapped_column(default=0)
    # The deposit as typed: a share or an amount. ``deposit_cents`` is what came of it.
    deposit_ppm: Mapped[int] = mapped_column(default=0)
    deposit_fixed_cents: Mapped[int] = mapped_column(default=0)
    message: Mapped[str] = mapped_column(default="")
    customer_notes: Mapped[str] = mapped_column(default="")
    internal_note: Mapped[str] = mapped_column(default="")
    option_n: Mapped[int] = mapped_column(default=0)
    subtotal_cents: Mapped[int] = mapped_column(default=0)
    discount_cents: Mapped[int] = mapped_column(default=0)
    net_cents: Mapped[int] = mapped_column(default=0)
    tax_cents: Mapped[int] = mapped_column(default=0)
    total_cents: Mapped[int] = mapped_column(default=0)
    deposit_cents: Mapped[int] = mapped_column(default=0)
    sent_on: Mapped[str | None]
    sent_at: Mapped[int | None]
    sent_how: Mapped[str] = mapped_column(default="")
    accepted_on: Mapped[str | None]
    accepted_by: Mapped[str] = mapped_column(default="")
    accepted_how: Mapped[str] = mapped_column(default="")
    accepted_note: Mapped[str] = mapped_column(default="")
    declined_on: Mapped[str | None]
    decline_reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[int]
    updated_at: Mapped[int]
    deleted_at: Mapped[int | None]
    erased_at: Mapped[int | None]


class ProposalOption(Record):
    """One alternative (good, better, best) with its own totals; ``option_n`` counts from 1."""

    __tablename__ = "proposal_options"
    __table_args__ = (Index(None, "proposal_id", "option_n", unique=True),)

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id", ondelete="RESTRICT"))
    option_n: Mapped[int]
    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    subtotal_cents: Mapped[int] = mapped_column(default=0)
    discount_cents: Mapped[int] = mapped_column(default=0)
    net_cents: Mapped[int] = mapped_column(default=0)
    tax_cents: Mapped[int] = mapped_column(default=0)
    total_cents: Mapped[int] = mapped_column(default=0)
    deposit_cents: Mapped[int] = mapped_column(default=0)


class ProposalLine(Record):
    """One line; ``option_n`` 0 belongs to every alternative. An optional line counts only when
    ``is_chosen``."""

    __tablename__ = "proposal_lines"
    __table_args__ = (Index(None, "proposal_id", "position"),)

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id", ondelete="RESTRICT"))
    position: Mapped[int]
    option_n: Mapped[int] = mapped_column(default=0)
    is_optional: Mapped[int] = mapped_column(default=0)
    is_chosen: Mapped[int] = mapped_column(default=0)
    service_id: Mapped[int | None] = mapped_column(ForeignKey("services.id", ondelete="RESTRICT"))
    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    qty_milli: Mapped[int]
    unit: Mapped[str] = mapped_column(default="")
    unit_price_e4: Mapped[int]
    discount_ppm: Mapped[int] = mapped_column(default=0)
    discount_fixed_cents: Mapped[int] = mapped_column(default=0)
    taxable: Mapped[int] = mapped_column(default=1)
    tax_code_id: Mapped[int | None] = mapped_column(ForeignKey("tax_codes.id", ondelete="RESTRICT"))
    amount_cents: Mapped[int]


class ProposalTax(Record):
    """One tax part of a proposal, or of one of its alternatives, as computed once."""

    __tablename__ = "proposal_taxes"
    __table_args__ = (Index(None, "proposal_id", "option_n", "position"),)

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id", ondelete="RESTRICT"))
    option_n: Mapped[int] = mapped_column(default=0)
    position: Mapped[int]
    name: Mapped[str]
    rate_ppm: Mapped[int]
    base_cents: Mapped[int]
    tax_cents: Mapped[int]
