"""What is on the schedule."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from tcf_desktop.models.base import Record


class Appointment(Record):
    """A visit, estimate, personal entry or task.

    ``starts_local`` with ``zone`` is what was promised; ``starts_at`` and ``ends_at`` are the same
    moment in UTC milliseconds, kept for range queries.
    """

    __tablename__ = "appointments"
    __table_args__ = (
        CheckConstraint("kind IN ('job', 'estimate', 'personal', 'task')", name="kind"),
        CheckConstraint(
            "state IN ('tentative', 'confirmed', 'on_the_way', 'arrived', 'done', 'cancelled', "
            "'no_show')",
            name="state",
        ),
        CheckConstraint("minutes >= 0", name="minutes"),
        Index("ix_appointments_by_start", "starts_at", sqlite_where=text("deleted_at IS NULL")),
        # Whole days may last a year, so a week must look far back, but only among these few.
        Index(
            "ix_appointments_all_day",
            "starts_at",
            sqlite_where=text("all_day = 1 AND deleted_at IS NULL"),
        ),
        Index(None, "contact_id", "starts_at"),
        # What was done for whom and when, without a look into the table: habits are read from it.
        Index(
            "ix_appointments_done",
            "contact_id",
            "starts_local",
            "location_id",
            sqlite_where=text("state = 'done' AND kind = 'job' AND deleted_at IS NULL"),
        ),
        Index(
            "ix_appointments_to_invoice",
            "starts_at",
            sqlite_where=text("state = 'done' AND invoice_id IS NULL AND deleted_at IS NULL"),
        ),
        Index(None, "invoice_id"),
        # For the check that nothing refers to a place that goes.
        Index(
            "ix_appointments_location_id",
            "location_id",
            sqlite_where=text("location_id IS NOT NULL"),
        ),
        Index(None, "uid", unique=True),
    )

    uid: Mapped[str]
    kind: Mapped[str]
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id", ondelete="RESTRICT"))
    location_id: Mapped[int | None] = mapped_column(ForeignKey("locations.id", ondelete="RESTRICT"))
    title: Mapped[str] = mapped_column(default="")
    starts_local: Mapped[str]
    minutes: Mapped[int]
    zone: Mapped[str]
    starts_at: Mapped[int]
    ends_at: Mapped[int]
    all_day: Mapped[int] = mapped_column(default=0)
    arrival_from_local: Mapped[str | None]
    arrival_minutes: Mapped[int | None]
    crew_id: Mapped[int | None] = mapped_column(ForeignKey("crews.id", ondelete="RESTRICT"))
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("workers.id", ondelete="RESTRICT"))
    state: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    total_cents: Mapped[int] = mapped_column(default=0)
    invoice_id: Mapped[int | None] = mapped_column(ForeignKey("invoices.id", ondelete="RESTRICT"))
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[int]
    updated_at: Mapped[int]
    deleted_at: Mapped[int | None]


class AppointmentLine(Record):
    """A service to be done at a visit, with its price before tax."""

    __tablename__ = "appointment_lines"
    __table_args__ = (Index(None, "appointment_id", "position"),)

    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointments.id", ondelete="RESTRICT"))
    position: Mapped[int]
    service_id: Mapped[int | None] = mapped_column(ForeignKey("services.id", ondelete="RESTRICT"))
    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    qty_milli: Mapped[int]
    unit_price_cents: Mapped[int]
    taxable: Mapped[int] = mapped_column(default=1)
