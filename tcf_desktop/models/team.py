"""Crews, workers and the hours they are on the clock."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from tcf_desktop.models.base import Record


class Crew(Record):
    """People who drive together; the column and colour of the schedule."""

    __tablename__ = "crews"

    name: Mapped[str]
    color_index: Mapped[int]
    position: Mapped[int] = mapped_column(default=0)
    deleted_at: Mapped[int | None]


class Worker(Record):
    """A person who works. ``crew_id`` is the crew of today; ``crew_members`` says which when."""

    __tablename__ = "workers"
    __table_args__ = (Index(None, "crew_id"),)

    name: Mapped[str]
    crew_id: Mapped[int | None] = mapped_column(ForeignKey("crews.id", ondelete="RESTRICT"))
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="", server_default="")
    language: Mapped[str] = mapped_column(default="", server_default="")
    pay_cents: Mapped[int | None]  # an hour
    licence: Mapped[str] = mapped_column(default="", server_default="")  # as an applicator
    note: Mapped[str] = mapped_column(default="", server_default="")
    active_from_on: Mapped[str | None]
    active_to_on: Mapped[str | None]  # the last day
    color_index: Mapped[int] = mapped_column(default=0)
    deleted_at: Mapped[int | None]


class CrewMember(Record):
    """From when to when (both inclusive, NULL = open) a worker is in a crew."""

    __tablename__ = "crew_members"
    __table_args__ = (Index(None, "worker_id", "from_on"), Index(None, "crew_id"))

    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id", ondelete="RESTRICT"))
    crew_id: Mapped[int] = mapped_column(ForeignKey("crews.id", ondelete="RESTRICT"))
    from_on: Mapped[str | None]
    to_on: Mapped[str | None]


class WorkingHours(Record):
    """Hours of a weekday (0 = Monday) in minutes after midnight: of a worker, of a location where
    work can be done only then, or, with neither, of the business.

    Who has no row at all keeps the hours of the business; a weekday without a row is then free.
    """

    __tablename__ = "working_hours"
    __table_args__ = (
        CheckConstraint("worker_id IS NULL OR location_id IS NULL", name="owner"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("0 <= from_minute AND from_minute < to_minute", name="order"),
        Index(None, "worker_id"),
        Index(None, "location_id"),
    )

    worker_id: Mapped[int | None] = mapped_column(ForeignKey("workers.id", ondelete="RESTRICT"))
    location_id: Mapped[int | None] = mapped_column(ForeignKey("locations.id", ondelete="RESTRICT"))
    weekday: Mapped[int]
    from_minute: Mapped[int]
    to_minute: Mapped[int]


class DayOff(Record):
    """Days (inclusive) without work: of a worker, of a location that is closed, or of all."""

    __tablename__ = "days_off"
    __table_args__ = (
        CheckConstraint("worker_id IS NULL OR location_id IS NULL", name="owner"),
        CheckConstraint("first_on <= last_on", name="order"),
        Index(None, "first_on"),
        Index(None, "worker_id"),
        Index(None, "location_id"),
    )

    worker_id: Mapped[int | None] = mapped_column(ForeignKey("workers.id", ondelete="RESTRICT"))
    location_id: Mapped[int | None] = mapped_column(ForeignKey("locations.id", ondelete="RESTRICT"))
    first_on: Mapped[str]
    last_on: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    deleted_at: Mapped[int | None]


class Shift(Record):
    """The time between clock in and clock out; positions are kept only inside one."""

    __tablename__ = "shifts"
    __table_args__ = (
        CheckConstraint("clock_out_at IS NULL OR clock_out_at >= clock_in_at", name="order"),
        Index(None, "worker_id", "clock_in_at"),
        Index(None, "clock_in_at"),
    )

    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id", ondelete="RESTRICT"))
    clock_in_at: Mapped[int]
    clock_out_at: Mapped[int | None]
    origin: Mapped[str]
    created_at: Mapped[int]
