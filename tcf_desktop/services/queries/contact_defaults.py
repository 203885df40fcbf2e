"""What is usual for a contact: crew, prices, quantities of its places, exemption from tax."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tcf_desktop.domain.contacts import Exemption
from tcf_desktop.domain.money import MAX_QTY_MILLI

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader


@dataclass(frozen=True, slots=True)
class ContactDefaults:
    """What a new visit or document of a contact begins with; it changes nothing that is stored.

    ``prices`` are prices of one by the id of the service, of the contact's price list only;
    ``quantities`` thousandths by place and service, from the measures of the place.
    """

    crew_id: int | None = None
    price_list: str = ""
    prices: dict[int, int] = field(default_factory=dict)
    quantities: dict[int, dict[int, int]] = field(default_factory=dict)
    exemption: Exemption | None = None

    def quantities_at(self, location_id: int | None) -> dict[int, int]:
        """Thousandths by service at a place; empty where nothing was measured."""
        return {} if location_id is None else self.quantities.get(location_id, {})


def contact_defaults(r: Reader, contact_id: int | None) -> ContactDefaults:
    """What is usual for a contact; nothing is for none. A few reads by index."""
    row = r.one(
        "SELECT k.id, p.id, coalesce(p.name, ''), c.tax_exempt, c.exempt_number, c.exempt_region,"
        " c.exempt_until_on FROM contacts c"
        " LEFT JOIN crews k ON k.id = c.default_crew_id AND k.deleted_at IS NULL"
        " LEFT JOIN price_lists p ON p.id = c.price_list_id AND p.deleted_at IS NULL"
        " WHERE c.id = ?",
        (contact_id if contact_id is not None else -1,),
    )
    if row is None:
        return ContactDefaults()
    crew_id, list_id, price_list, exempt, number, region, until_on = row
    quantities: dict[int, dict[int, int]] = {}
    for location_id, service_id, value_milli in r.all(
        "SELECT l.id, s.id, v.value_milli FROM locations l"
        " JOIN location_measures v ON v.location_id = l.id"
        " JOIN measures m ON m.id = v.measure_id AND m.deleted_at IS NULL"
        " JOIN services s ON s.measure_id = m.id AND s.deleted_at IS NULL"
        " WHERE l.contact_id = ? AND l.deleted_at IS NULL AND v.value_milli BETWEEN 1 AND ?",
        (contact_id, MAX_QTY_MILLI),
    ):
        quantities.setdefault(location_id, {})[service_id] = value_milli
    return ContactDefaults(
        crew_id=crew_id,
        price_list=price_list,
        prices=dict(
            r.all(
                "SELECT service_id, price_e4 FROM list_prices WHERE price_list_id = ?",
                (list_id if list_id is not None else -1,),
            )
        ),
        quantities=quantities,
        exemption=Exemption(number, region, until_on or "") if exempt else None,
    )
