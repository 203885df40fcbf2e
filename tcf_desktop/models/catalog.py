"""The price list."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from tcf_desktop.models.base import Record


class Service(Record):
    """Something that is sold, with its usual price and duration."""

    __tablename__ = "services"

    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="")
    price_cents: Mapped[int]
    minutes: Mapped[int] = mapped_column(default=60)
    taxable: Mapped[int] = mapped_column(default=1)
    position: Mapped[int] = mapped_column(default=0)
    deleted_at: Mapped[int | None]
