"""What an office wants to know besides: fields and measures of its own, defined once."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from tcf_desktop.models.base import Record


class CustomField(Record):
    """A field that the office added to every contact; ``choices`` is a JSON list of texts."""

    __tablename__ = "custom_fields"
    __table_args__ = (
        CheckConstraint("kind IN ('text', 'number', 'date', 'choice')", name="kind"),
        Index(None, "uid", unique=True),
    )

    uid: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    choices: Mapped[str] = mapped_column(default="[]")
    position: Mapped[int]
    deleted_at: Mapped[int | None]


class CustomValue(Record):
    """What a contact has in such a field: text, a decimal number, an ISO date, one choice."""

    __tablename__ = "custom_values"
    __table_args__ = (Index(None, "contact_id", "field_id", unique=True), Index(None, "field_id"))

    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id", ondelete="RESTRICT"))
    field_id: Mapped[int] = mapped_column(ForeignKey("custom_fields.id", ondelete="RESTRICT"))
    value: Mapped[str]


class Measure(Record):
    """Something that is counted or measured at a place: panes, square feet, storeys."""

    __tablename__ = "measures"

    name: Mapped[str]
    unit: Mapped[str] = mapped_column(default="")
    position: Mapped[int]
    deleted_at: Mapped[int | None]


class LocationMeasure(Record):
    """A measure of one place in thousandths; it fills the quantity of services that use it."""

    __tablename__ = "location_measures"
    __table_args__ = (
        Index(None, "location_id", "measure_id", unique=True),
        Index(None, "measure_id"),
    )

    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id", ondelete="RESTRICT"))
    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id", ondelete="RESTRICT"))
    value_milli: Mapped[int]
