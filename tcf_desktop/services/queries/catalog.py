"""The price list, as one types into a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A service to put on a line; ``last_price_cents`` is what this customer paid last for one."""

    id: int
    name: str
    description: str
    unit: str
    price_cents: int
    taxable: bool
    last_price_cents: int | None


def prices(r: Reader, contact_id: int | None, limit: int = 500) -> tuple[PriceRow, ...]:
    """The price list in its order, with the last prices of a customer; for an io thread."""
    last = dict(
        r.all(
            "SELECT l.service_id, l.unit_price_cents FROM invoice_lines l"
            " JOIN invoices i ON i.id = l.invoice_id WHERE i.contact_id = ?"
            " AND l.service_id IS NOT NULL AND i.issued_on IS NOT NULL AND i.state <> 'void'"
            " ORDER BY i.issued_on, i.id",
            (contact_id if contact_id is not None else -1,),
        )
    )
    rows = r.all(
        "SELECT id, name, description, unit, price_cents, taxable FROM services"
        " WHERE deleted_at IS NULL ORDER BY position, id LIMIT ?",
        (limit,),
    )
    return tuple(
        PriceRow(row[0], row[1], row[2], row[3], row[4], bool(row[5]), last.get(row[0]))
        for row in rows
    )
