"""What is on the schedule: single appointments, series of them, and what belongs to a visit."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from tcf_desktop.models.base import Record


class Appointment(Record):
    """A visit, estimate, personal entry or task.

    ``starts_local`` with ``zone`` is what was promised; ``starts_at`` and ``ends_at`` are the same
    moment in UTC milliseconds, kept for range queries. What the customer was promised
    (``arrival_*``) stands apart from what is planned, and what he was told (``told_*``) from both.
    An occurrence of a series that differs or has happened carries ``series_id`` and the date that
    the rule gave it.
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
        Index(
            "ix_appointments_proposal_id",
            "proposal_id",
            sqlite_where=text("proposal_id IS NOT NULL"),
        ),
        # For the check that nothing refers to a place that goes.
        Index(
            "ix_appointments_location_id",
            "location_id",
            sqlite_where=text("location_id IS NOT NULL"),
        ),
        Index(None, "uid", unique=True),
        # One row for an occurrence of a series, also when it was deleted: it covers that date.
        Index(
            "ix_appointments_occurrence",
            "series_id",
            "occurrence_on",
            unique=True,
            sqlite_where=text("series_id IS NOT NULL"),
        ),
        Index(
            "ix_appointments_call_back_of_id",
            "call_back_of_id",
            sqlite_where=text("call_back_of_id IS NOT NULL"),
        ),
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
    cancel_reason: Mapped[str] = mapped_column(default="", server_default="")
    note: Mapped[str] = mapped_column(default="")  # the office only
    crew_note: Mapped[str] = mapped_column(default="", server_default="")
    document_note: Mapped[str] = mapped_column(default="", server_default="")
    color_index: Mapped[int | None]  # its own colour, in place of the crew's
    route_position: Mapped[int | None]  # the order of the day that the office chose
    told_local: Mapped[str | None]  # the start that the customer was told
    told_at: Mapped[int | None]
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id", ondelete="SET NULL"))
    occurrence_on: Mapped[str | None]
    call_back_of_id: Mapped[int | None] = mapped_column(
        ForeignKey("appointments.id", ondelete="SET NULL")
    )
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposals.id", ondelete="RESTRICT"))
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
    unit_price_e4: Mapped[int]
    taxable: Mapped[int] = mapped_column(default=1)


class Series(Record):
    """Appointments that come again by a rule. Occurrences are computed, not stored.

    ``starts_local`` is the first of them, a wall time of ``zone``; ``rule`` an RRULE value of
    RFC 5545 without DTSTART; ``last_on`` the date of the last occurrence that the rule gives, NULL
    when it never ends. At most one occurrence falls on a date, so a date names it. The other
    columns are what each occurrence is unless a row of its own says otherwise;
    ``arrival_offset`` are the minutes from the start to the promised window.
    """

    __tablename__ = "series"
    __table_args__ = (
        CheckConstraint("kind IN ('job', 'estimate', 'personal', 'task')", name="kind"),
        CheckConstraint("state IN ('tentative', 'confirmed')", name="state"),
        CheckConstraint("holidays IN ('keep', 'skip', 'before', 'after')", name="holidays"),
        Index("ix_series_living", "starts_local", sqlite_where=text("deleted_at IS NULL")),
        Index(None, "contact_id"),
        Index("ix_series_location_id", "location_id", sqlite_where=text("location_id IS NOT NULL")),
        Index(None, "uid", unique=True),
    )

    uid: Mapped[str]
    starts_local: Mapped[str]
    minutes: Mapped[int]
    zone: Mapped[str]
    all_day: Mapped[int] = mapped_column(default=0)
    rule: Mapped[str]
    last_on: Mapped[str | None]
    holidays: Mapped[str] = mapped_column(default="keep")
    kind: Mapped[str]
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id", ondelete="RESTRICT"))
    location_id: Mapped[int | None] = mapped_column(ForeignKey("locations.id", ondelete="RESTRICT"))
    title: Mapped[str] = mapped_column(default="")
    arrival_offset: Mapped[int] = mapped_column(default=0)
    arrival_minutes: Mapped[int | None]
    crew_id: Mapped[int | None] = mapped_column(ForeignKey("crews.id", ondelete="RESTRICT"))
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("workers.id", ondelete="RESTRICT"))
    state: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    crew_note: Mapped[str] = mapped_column(default="")
    document_note: Mapped[str] = mapped_column(default="")
    color_index: Mapped[int | None]
    total_cents: Mapped[int] = mapped_column(default=0)
    split_from_id: Mapped[int | None] = mapped_column(ForeignKey("series.id", ondelete="SET NULL"))
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[int]
    updated_at: Mapped[int]
    deleted_at: Mapped[int | None]


class SeriesLine(Record):
    """A service done at every occurrence, with its price before tax."""

    __tablename__ = "series_lines"
    __table_args__ = (Index(None, "series_id", "position"),)

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="RESTRICT"))
    position: Mapped[int]
    service_id: Mapped[int | None] = mapped_column(ForeignKey("services.id", ondelete="RESTRICT"))
    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    qty_milli: Mapped[int]
    unit_price_e4: Mapped[int]
    taxable: Mapped[int] = mapped_column(default=1)


class SeriesSkip(Record):
    """A date on which the series does not take place."""

    __tablename__ = "series_skips"
    __table_args__ = (Index(None, "series_id", "occurrence_on", unique=True),)

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id", ondelete="RESTRICT"))
    occurrence_on: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")


class ChecklistItem(Record):
    """A thing to be done: at a visit, at every visit of a series, or whenever a service is booked.

    ``done_at`` is set only at a visit.
    """

    __tablename__ = "checklist_items"
    __table_args__ = (
        CheckConstraint(
            "(appointment_id IS NOT NULL) + (series_id IS NOT NULL) + (service_id IS NOT NULL) = 1",
            name="owner",
        ),
        Index(None, "appointment_id"),
        Index(None, "series_id"),
        Index(None, "service_id"),
    )

    appointment_id: Mapped[int | None] = mapped_column(
        ForeignKey("appointments.id", ondelete="RESTRICT")
    )
    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id", ondelete="RESTRICT"))
    service_id: Mapped[int | None] = mapped_column(ForeignKey("services.id", ondelete="RESTRICT"))
    position: Mapped[int]
    text: Mapped[str]
    done_at: Mapped[int | None]


class Complaint(Record):
    """Something a customer was not content with. Open until ``closed_at`` or until the call-back,
    a free visit, is done."""

    __tablename__ = "complaints"
    __table_args__ = (
        Index(None, "contact_id", "opened_at"),
        Index(None, "appointment_id"),
        Index(None, "call_back_id"),
    )

    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="RESTRICT"))
    appointment_id: Mapped[int | None] = mapped_column(
        ForeignKey("appointments.id", ondelete="SET NULL")
    )
    call_back_id: Mapped[int | None] = mapped_column(
        ForeignKey("appointments.id", ondelete="SET NULL")
    )
    text: Mapped[str]
    opened_at: Mapped[int]
    closed_at: Mapped[int | None]
    closed_why: Mapped[str] = mapped_column(default="")
    deleted_at: Mapped[int | None]


class Treatment(Record):
    """What was put on a lawn, as the law of lawn care wants it kept. Amounts in thousandths."""

    __tablename__ = "treatments"
    __table_args__ = (Index(None, "appointment_id"), Index(None, "product"))

    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointments.id", ondelete="RESTRICT"))
    product: Mapped[str]
    registration_number: Mapped[str] = mapped_column(default="")
    amount_milli: Mapped[int | None]
    amount_unit: Mapped[str] = mapped_column(default="")
    area_milli: Mapped[int | None]
    area_unit: Mapped[str] = mapped_column(default="")
    target: Mapped[str] = mapped_column(default="")  # the weed or pest
    weather: Mapped[str] = mapped_column(default="")
    temperature: Mapped[str] = mapped_column(default="")
    wind: Mapped[str] = mapped_column(default="")
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("workers.id", ondelete="RESTRICT"))
    licence: Mapped[str] = mapped_column(default="")
    treated_local: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[int]
    deleted_at: Mapped[int | None]
