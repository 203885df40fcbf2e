"""The price list."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from tcf_desktop.models.base import Record


class Service(Record):
    """Something that is sold, with its usual price and duration."""

    __tablename__ = "services"

    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="")
    price_e4: Mapped[int]
    minutes: Mapped[int] = mapped_column(default=60)
    taxable: Mapped[int] = mapped_column(default=1)
    tax_code_id: Mapped[int | None] = mapped_column(ForeignKey("tax_codes.id", ondelete="RESTRICT"))
    is_good: Mapped[int] = mapped_column(default=0, server_default="0")  # sold, not done
    position: Mapped[int] = mapped_column(default=0)
    # The measure of a place that fills the quantity.
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measures.id", ondelete="RESTRICT"))
    # Products are put down that the law wants recorded: the crew's sheet has lines for them.
    treats: Mapped[int] = mapped_column(default=0, server_default="0")
    deleted_at: Mapped[int | None]


class PriceList(Record):
    """Prices for a group of customers; what it does not name costs what the service says."""

    __tablename__ = "price_lists"

    name: Mapped[str]
    position: Mapped[int]
    deleted_at: Mapped[int | None]


class ListPrice(Record):
    """The price of one service in one list."""

    __tablename__ = "list_prices"
    __table_args__ = (
        Index(None, "price_list_id", "service_id", unique=True),
        Index(None, "service_id"),
    )

    price_list_id: Mapped[int] = mapped_column(ForeignKey("price_lists.id", ondelete="RESTRICT"))
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id", ondelete="RESTRICT"))
    price_e4: Mapped[int]
