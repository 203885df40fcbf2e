"""Repeating invoices: what is billed again by a rule, and which periods were done."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from tcf_desktop.models.base import Record


class BillingPlan(Record):
    """A repeating invoice. Its dates are worked out from ``anchor_on`` and ``rule`` alone (an RRULE
    value of RFC 5545), never from the last run, so they neither drift nor double.

    ``basis`` says what a run bills: ``lines`` of the plan, or the finished ``visits`` of the period
    that ends the day before the date.
    """

    __tablename__ = "billing_plans"
    __table_args__ = (
        CheckConstraint("basis IN ('lines', 'visits')", name="basis"),
        Index(None, "contact_id"),
        Index(None, "location_id"),
        Index(
            "ix_billing_plans_running",
            "id",
            sqlite_where=text("stopped_at IS NULL AND deleted_at IS NULL"),
        ),
    )

    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="RESTRICT"))
    location_id: Mapped[int | None] = mapped_column(ForeignKey("locations.id", ondelete="RESTRICT"))
    name: Mapped[str]
    basis: Mapped[str] = mapped_column(default="lines")
    rule: Mapped[str]
    anchor_on: Mapped[str]
    terms_days: Mapped[int | None]
    po: Mapped[str] = mapped_column(default="")
    message: Mapped[str] = mapped_column(default="")
    discount_ppm: Mapped[int] = mapped_column(default=0)
    discount_fixed_cents: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[int]
    updated_at: Mapped[int]
    stopped_at: Mapped[int | None]
    deleted_at: Mapped[int | None]


class BillingPlanLine(Record):
    """A line that each run of a plan bills."""

    __tablename__ = "billing_plan_lines"
    __table_args__ = (Index(None, "plan_id", "position"),)

    plan_id: Mapped[int] = mapped_column(ForeignKey("billing_plans.id", ondelete="RESTRICT"))
    position: Mapped[int]
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


class BillingRun(Record):
    """One period of a plan that was billed, or left out on purpose: never twice."""

    __tablename__ = "billing_runs"
    __table_args__ = (
        CheckConstraint("state IN ('made', 'skipped')", name="state"),
        Index(None, "plan_id", "period_on", unique=True),
        Index(
            "ix_billing_runs_invoice_id", "invoice_id", sqlite_where=text("invoice_id IS NOT NULL")
        ),
    )

    plan_id: Mapped[int] = mapped_column(ForeignKey("billing_plans.id", ondelete="RESTRICT"))
    period_on: Mapped[str]
    state: Mapped[str] = mapped_column(default="made")
    invoice_id: Mapped[int | None] = mapped_column(ForeignKey("invoices.id", ondelete="RESTRICT"))
    created_at: Mapped[int]
