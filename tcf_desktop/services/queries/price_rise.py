"""What a raise of prices would change: the price list, price lists for groups, repeating invoices,
and what due customers pay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from tcf_desktop.domain.contacts import list_name
from tcf_desktop.domain.money import PRICE_SCALE

if TYPE_CHECKING:
    from tcf_desktop.domain.price_rise import PriceRise
    from tcf_desktop.models.connection import Reader

Kind = Literal["service", "list", "plan", "due"]
KINDS: Final[tuple[Kind, ...]] = ("service", "list", "plan", "due")


@dataclass(frozen=True, slots=True)
class RisenPrice:
    """A price and what it would be, in ten-thousandths of the smallest unit.

    ``kind`` and ``id`` say where it is kept; ``about`` is the price list or the customer.
    """

    kind: Kind
    id: int
    name: str
    about: str
    old_e4: int
    new_e4: int


_SERVICES: Final = (
    "SELECT id, name, '', '', '', '', price_e4 FROM services WHERE deleted_at IS NULL"
    " ORDER BY position, id"
)
_LISTS: Final = (
    "SELECT x.id, s.name, '', '', l.name, '', x.price_e4 FROM list_prices x"
    " JOIN price_lists l ON l.id = x.price_list_id JOIN services s ON s.id = x.service_id"
    " WHERE l.deleted_at IS NULL AND s.deleted_at IS NULL ORDER BY l.position, s.position, x.id"
)
_PLANS: Final = (
    "SELECT x.id, x.name, c.first_name, c.last_name, c.company, c.display_name, x.unit_price_e4"
    " FROM billing_plan_lines x JOIN billing_plans p ON p.id = x.plan_id"
    " JOIN contacts c ON c.id = p.contact_id WHERE p.stopped_at IS NULL AND p.deleted_at IS NULL"
    " AND c.deleted_at IS NULL ORDER BY c.sort_name, p.id, x.position"
)
_DUE: Final = (
    "SELECT f.id, coalesce(s.name, f.title), c.first_name, c.last_name, c.company, c.display_name,"
    f" f.price_cents * {PRICE_SCALE} FROM frequencies f JOIN contacts c ON c.id = f.contact_id"
    " LEFT JOIN services s ON s.id = f.service_id WHERE f.price_cents IS NOT NULL"
    " AND f.stopped_at IS NULL AND f.deleted_at IS NULL AND c.deleted_at IS NULL"
    " ORDER BY c.sort_name, f.id"
)
_OF: Final[dict[Kind, str]] = {
    "service": _SERVICES, "list": _LISTS, "plan": _PLANS, "due": _DUE,
}  # fmt: skip


def risen_prices(
    r: Reader, rise: PriceRise, kinds: tuple[Kind, ...] = KINDS
) -> tuple[RisenPrice, ...]:
    """Every price that would change, in the order of ``kinds``; for an io thread."""
    found = []
    for kind in kinds:
        for ident, name, first, last, company, plain, price in r.all(_OF[kind]):
            about = company or list_name(first or "", last or "", "") or plain
            new = rise.of(price)
            if new != price:
                found.append(RisenPrice(kind, ident, name, about, price, new))
    return tuple(found)
