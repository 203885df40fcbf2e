"""The price list, as one types into a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcf_desktop.services.queries.contact_defaults import contact_defaults

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A service to put on a line.

    ``price_e4`` is the price in the customer's price list ``price_list``, or, when that is
    empty, the service's own; ``last_price_e4`` is what this customer paid last for one.
    """

    id: int
    name: str
    description: str
    unit: str
    price_e4: int
    taxable: bool
    last_price_e4: int | None
    price_list: str = ""
    tax_code_id: int | None = None

    @property
    def offered_e4(self) -> int:
        """What a new line costs: an agreed list goes before what was paid last."""
        if self.price_list or self.last_price_e4 is None:
            return self.price_e4
        return self.last_price_e4


def prices(r: Reader, contact_id: int | None, limit: int = 500) -> tuple[PriceRow, ...]:
    """The price list in its order, with the last prices of a customer; for an io thread."""
    last = dict(
        r.all(
            "SELECT l.service_id, l.unit_price_e4 FROM invoice_lines l"
            " JOIN invoices i ON i.id = l.invoice_id WHERE i.contact_id = ?"
            " AND l.service_id IS NOT NULL AND i.issued_on IS NOT NULL AND i.state <> 'void'"
            " ORDER BY i.issued_on, i.id",
            (contact_id if contact_id is not None else -1,),
        )
    )
    usual = contact_defaults(r, contact_id)
    rows = r.all(
        "SELECT id, name, description, unit, price_e4, taxable, tax_code_id FROM services"
        " WHERE deleted_at IS NULL ORDER BY position, id LIMIT ?",
        (limit,),
    )
    return tuple(
        PriceRow(
            row[0],
            row[1],
            row[2],
            row[3],
            usual.prices.get(row[0], row[4]),
            bool(row[5]),
            last.get(row[0]),
            usual.price_list if row[0] in usual.prices else "",
            row[6],
        )
        for row in rows
    )
