"""How often somebody wants something done: a reminder to call, never an appointment."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from tcf_desktop.models.base import Record


class Frequency(Record):
    """Every so often, this service at this place. ``season_*`` are "MM-DD" or empty.

    ``due_on`` follows from the visits: triggers empty it whenever one of the contact's appointments
    or the frequency itself changes, and the unit of work fills it again before it commits
    (``services/due_dates.py``). Ten thousand frequencies can then be asked by an index.
    """

    __tablename__ = "frequencies"
    __table_args__ = (
        CheckConstraint("unit IN ('day', 'week', 'month', 'year')", name="unit"),
        CheckConstraint("every_n > 0", name="every_n"),
        Index(None, "contact_id"),
        Index(None, "location_id"),
        Index("ix_frequencies_living", "id", sqlite_where=text("deleted_at IS NULL")),
        Index(None, "due_on"),
    )

    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="RESTRICT"))
    location_id: Mapped[int | None] = mapped_column(ForeignKey("locations.id", ondelete="RESTRICT"))
    service_id: Mapped[int | None] = mapped_column(ForeignKey("services.id", ondelete="RESTRICT"))
    title: Mapped[str] = mapped_column(default="")
    every_n: Mapped[int]
    unit: Mapped[str]
    season_from: Mapped[str] = mapped_column(default="")
    season_to: Mapped[str] = mapped_column(default="")
    price_cents: Mapped[int | None]
    starts_on: Mapped[str | None]
    due_on: Mapped[str | None]
    snoozed_until_on: Mapped[str | None]
    stopped_at: Mapped[int | None]
    stop_reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[int]
    updated_at: Mapped[int]
    deleted_at: Mapped[int | None]
