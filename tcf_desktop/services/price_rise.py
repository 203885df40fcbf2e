"""Raising many prices in one step that can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.money import MAX_PRICE_E4, PRICE_SCALE
from tcf_desktop.services.command import Command

if TYPE_CHECKING:
    from tcf_desktop.services.queries.price_rise import RisenPrice
    from tcf_desktop.services.uow import UnitOfWork

# Where each kind is kept, and how many ten-thousandths one of its units has.
_PLACES: Final[dict[str, tuple[str, str, int]]] = {
    "service": ("Service", "price_e4", 1),
    "list": ("ListPrice", "price_e4", 1),
    "plan": ("BillingPlanLine", "unit_price_e4", 1),
    "due": ("Frequency", "price_cents", PRICE_SCALE),
}


@dataclass(frozen=True, slots=True)
class RaisePrices(Command[int]):
    """Write the new prices of a preview; returns how many. Documents that are written already and
    visits that are booked keep theirs.

    Raises ``prices.nothing``, ``money.too_large``, and ``prices.changed`` when a price is not what
    the preview showed; nothing is done then.
    """

    prices: tuple[RisenPrice, ...]

    def execute(self, uow: UnitOfWork) -> int:
        if not self.prices:
            raise AppError("prices.nothing")
        for price in self.prices:
            name, column, scale = _PLACES[price.kind]
            record: Any = uow.get(getattr(models, name), price.id)
            if getattr(record, column) != price.old_e4 // scale:
                raise AppError("prices.changed", name=price.name)
            if abs(price.new_e4) > MAX_PRICE_E4:
                raise AppError("money.too_large", text=price.name)
            setattr(record, column, price.new_e4 // scale)
        uow.describe("raise of {count} prices", count=len(self.prices))
        return len(self.prices)
