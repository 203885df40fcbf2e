"""The business itself, its settings and taxes."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from tcf_desktop.models.base import Base, Record


class Business(Record):
    """The one business of this database; its id is 1."""

    __tablename__ = "business"

    name: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    currency: Mapped[str]
    zone: Mapped[str]
    country: Mapped[str] = mapped_column(default="US")
    region: Mapped[str] = mapped_column(default="", server_default="")  # of public holidays
    default_tax_id: Mapped[int | None] = mapped_column(ForeignKey("taxes.id", ondelete="RESTRICT"))
    invoice_pattern: Mapped[str] = mapped_column(default="{0000}")
    terms_days: Mapped[int] = mapped_column(default=30)
    invoice_message: Mapped[str] = mapped_column(default="")
    shop_lat: Mapped[float | None]
    shop_lon: Mapped[float | None]


class BusinessLogo(Base):
    """The logo as PNG; apart from the business so that the journal keeps no pictures."""

    __tablename__ = "business_logo"

    id: Mapped[int] = mapped_column(primary_key=True)
    png: Mapped[bytes] = mapped_column(LargeBinary)


class Setting(Record):
    """A business setting: JSON by key."""

    __tablename__ = "settings"

    key: Mapped[str] = mapped_column(unique=True)
    value: Mapped[str]


class Tax(Record):
    """What is charged at a place: one or more parts that are shown and rounded apart."""

    __tablename__ = "taxes"

    name: Mapped[str]
    deleted_at: Mapped[int | None]


class TaxPart(Record):
    """One authority's rate in millionths (62000 = 6.2 %)."""

    __tablename__ = "tax_parts"
    __table_args__ = (Index(None, "tax_id"),)

    tax_id: Mapped[int] = mapped_column(ForeignKey("taxes.id", ondelete="RESTRICT"))
    position: Mapped[int]
    name: Mapped[str]
    rate_ppm: Mapped[int]


class HiddenRow(Record):
    """A row of Today that was hidden until later."""

    __tablename__ = "hidden_rows"
    __table_args__ = (Index(None, "kind", "key", unique=True),)

    kind: Mapped[str]
    key: Mapped[str]
    until_at: Mapped[int]
