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
    """A person who works; belongs to at most one crew."""

    __tablename__ = "workers"
    __table_args__ = (Index(None, "crew_id"),)

    name: Mapped[str]
    crew_id: Mapped[int | None] = mapped_column(ForeignKey("crews.id", ondelete="RESTRICT"))
    phone: Mapped[str] = mapped_column(default="")
    color_index: Mapped[int] = mapped_column(default=0)
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
