"""Money received and given back, and what it settles. Nothing here is ever deleted or changed in
its figures; triggers in ``schema`` stand guard."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from tcf_desktop.models.base import Record


class DepositSlip(Record):
    """Payments that were taken to the bank together."""

    __tablename__ = "deposit_slips"
    __table_args__ = (Index(None, "deposited_on"),)

    deposited_on: Mapped[str]
    account: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[int]


class Payment(Record):
    """A movement of money with its kind; amounts are positive.

    ``payment`` came in, ``refund`` went back, ``write_off`` is given up (no money moved),
    ``reversal`` undoes the one in ``reverses_id`` (a bounced cheque, a slip of the hand).
    ``amount_cents`` is what was received, the tip in it included; ``fee_cents`` what somebody kept
    of it. ``unapplied_cents`` is what is left of a payment for other invoices: the customer's
    credit.
    """

    __tablename__ = "payments"
    __table_args__ = (
        CheckConstraint("kind IN ('payment', 'refund', 'write_off', 'reversal')", name="kind"),
        CheckConstraint("(kind = 'reversal') = (reverses_id IS NOT NULL)", name="reverses"),
        CheckConstraint("method IN ('cash', 'cheque', 'card', 'transfer', 'other')", name="method"),
        CheckConstraint(
            "amount_cents > 0 AND tip_cents >= 0 AND fee_cents >= 0 AND unapplied_cents >= 0"
            " AND tip_cents + unapplied_cents <= amount_cents",
            name="amounts",
        ),
        Index(None, "contact_id", "paid_on"),
        Index(None, "paid_on"),
        Index(
            "ix_payments_reverses_id",
            "reverses_id",
            unique=True,
            sqlite_where=text("reverses_id IS NOT NULL"),
        ),
        Index(
            "ix_payments_unapplied",
            "contact_id",
            sqlite_where=text("unapplied_cents > 0"),
        ),
        Index(
            "ix_payments_deposit_slip_id",
            "deposit_slip_id",
            sqlite_where=text("deposit_slip_id IS NOT NULL"),
        ),
    )

    kind: Mapped[str] = mapped_column(default="payment", server_default="payment")
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("payments.id", ondelete="RESTRICT"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="RESTRICT"))
    paid_on: Mapped[str]
    method: Mapped[str]
    reference: Mapped[str] = mapped_column(default="")
    currency: Mapped[str] = mapped_column(default="", server_default="")
    amount_cents: Mapped[int]
    tip_cents: Mapped[int] = mapped_column(default=0, server_default="0")
    fee_cents: Mapped[int] = mapped_column(default=0, server_default="0")
    unapplied_cents: Mapped[int] = mapped_column(default=0, server_default="0")
    reason: Mapped[str] = mapped_column(default="", server_default="")
    deposit_slip_id: Mapped[int | None] = mapped_column(
        ForeignKey("deposit_slips.id", ondelete="RESTRICT")
    )
    created_at: Mapped[int]


class Allocation(Record):
    """A part of a payment, credit note or paid deposit that settles an invoice or goes back.

    Exactly one source (``payment_id``, or ``credit_id``: a credit note or deposit) and one use
    (``invoice_id``, or ``refund_id``: a payment of the kind refund). What is taken back is a
    further row with the amount below zero, so that every past day can be asked again.
    """

    __tablename__ = "allocations"
    __table_args__ = (
        CheckConstraint("(payment_id IS NULL) <> (credit_id IS NULL)", name="source"),
        CheckConstraint("(invoice_id IS NULL) <> (refund_id IS NULL)", name="use"),
        CheckConstraint("amount_cents <> 0", name="amount"),
        Index(None, "invoice_id"),
        Index(None, "payment_id"),
        Index("ix_allocations_credit_id", "credit_id", sqlite_where=text("credit_id IS NOT NULL")),
        Index("ix_allocations_refund_id", "refund_id", sqlite_where=text("refund_id IS NOT NULL")),
    )

    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payments.id", ondelete="RESTRICT"))
    credit_id: Mapped[int | None] = mapped_column(ForeignKey("invoices.id", ondelete="RESTRICT"))
    invoice_id: Mapped[int | None] = mapped_column(ForeignKey("invoices.id", ondelete="RESTRICT"))
    refund_id: Mapped[int | None] = mapped_column(ForeignKey("payments.id", ondelete="RESTRICT"))
    amount_cents: Mapped[int]
    applied_on: Mapped[str] = mapped_column(default="", server_default="")
