"""The business itself, its settings and taxes."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from tcf_desktop.domain.tax import DEFAULT_POLICY
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
    credit_pattern: Mapped[str] = mapped_column(default="CN-{0000}", server_default="CN-{0000}")
    deposit_pattern: Mapped[str] = mapped_column(default="D-{0000}", server_default="D-{0000}")
    proposal_pattern: Mapped[str] = mapped_column(default="P-{0000}", server_default="P-{0000}")
    tax_number: Mapped[str] = mapped_column(default="", server_default="")
    prices_include_tax: Mapped[int] = mapped_column(default=0, server_default="0")
    rounding: Mapped[str] = mapped_column(
        default=DEFAULT_POLICY.stored(), server_default=DEFAULT_POLICY.stored()
    )
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


class TaxCode(Record):
    """A class of things that a tax treats alike, such as food or books.

    ``category`` is the VAT category code of UNCL 5305 (S, Z, E, AE, O …) and ``reason`` what is
    printed where it frees from tax; ``taxed`` 0 is never taxed, whatever the place.
    """

    __tablename__ = "tax_codes"

    name: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    taxed: Mapped[int] = mapped_column(default=1)
    category: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    deleted_at: Mapped[int | None]


class TaxPartRate(Record):
    """What a part of a tax charges for a tax code, where that is not its usual rate."""

    __tablename__ = "tax_part_rates"
    __table_args__ = (
        Index(None, "tax_part_id", "tax_code_id", unique=True),
        Index(None, "tax_code_id"),
    )

    tax_part_id: Mapped[int] = mapped_column(ForeignKey("tax_parts.id", ondelete="CASCADE"))
    tax_code_id: Mapped[int] = mapped_column(ForeignKey("tax_codes.id", ondelete="RESTRICT"))
    rate_ppm: Mapped[int]


class HiddenRow(Record):
    """A row of Today that was hidden until later."""

    __tablename__ = "hidden_rows"
    __table_args__ = (Index(None, "kind", "key", unique=True),)

    kind: Mapped[str]
    key: Mapped[str]
    until_at: Mapped[int]
