"""What stands in a new business before the first entry: the business, its tax, its settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcf_desktop import models

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class NewBusiness:
    """What the first start asks for; everything but the name may stay empty."""

    name: str
    currency: str = "USD"
    zone: str = "America/Chicago"
    address: str = ""
    email: str = ""
    phone: str = ""
    country: str = "US"
    tax_name: str = ""
    tax_parts: tuple[tuple[str, int], ...] = ()  # (name, rate_ppm)


def fill(connection: Connection, business: NewBusiness, now_ms: int) -> None:
    """Write the business and its default tax; the caller holds the transaction."""
    from sqlalchemy import insert

    tax_id: int | None = None
    if business.tax_parts:
        name = business.tax_name or business.tax_parts[0][0]
        tax_id = connection.execute(
            insert(models.Tax).values(name=name, version=1).returning(models.Tax.id)
        ).scalar_one()
        connection.execute(
            insert(models.TaxPart),
            [
                {"tax_id": tax_id, "position": n, "name": part, "rate_ppm": rate, "version": 1}
                for n, (part, rate) in enumerate(business.tax_parts)
            ],
        )
    connection.execute(
        insert(models.Business).values(
            id=1,
            version=1,
            name=business.name.strip(),
            address=business.address,
            email=business.email,
            phone=business.phone,
            currency=business.currency,
            zone=business.zone,
            country=business.country,
            default_tax_id=tax_id,
        )
    )
    connection.execute(
        insert(models.Setting).values(key="business.made_at", value=str(now_ms), version=1)
    )
