"""Price lists for groups of customers: made, renamed, ordered, removed, brought back, priced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import one_line
from tcf_desktop.domain.money import MAX_PRICE_E4
from tcf_desktop.services import ordering
from tcf_desktop.services.command import Command

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

MOST_LISTS = 100


@dataclass(frozen=True, slots=True)
class SavePriceList(Command[int]):
    """Add a price list, or rename the one with ``list_id``; returns its id.

    Raises ``prices.nameless``, ``prices.taken`` and ``prices.too_many``.
    """

    list_id: int | None
    name: str

    def execute(self, uow: UnitOfWork) -> int:
        name = one_line(self.name)
        if not name:
            raise AppError("prices.nameless")
        if ordering.named(uow, models.PriceList, name, self.list_id) is not None:
            raise AppError("prices.taken", name=name)
        if self.list_id is None:
            if len(ordering.living(uow, models.PriceList)) >= MOST_LISTS:
                raise AppError("prices.too_many", most=MOST_LISTS)
            position = ordering.end_of(uow, models.PriceList)
            made = uow.add(models.PriceList(name=name, position=position, deleted_at=None))
            uow.describe("new price list {name}", name=name)
            return made.id
        found = uow.get(models.PriceList, self.list_id)
        found.name = name
        uow.describe("change of price list {name}", name=name)
        return found.id


@dataclass(frozen=True, slots=True)
class RemovePriceList(Command[None]):
    """Take a price list away: its customers pay what the services cost until it comes back.

    Documents keep the prices that they were written with.
    """

    list_id: int

    def execute(self, uow: UnitOfWork) -> None:
        found = uow.get(models.PriceList, self.list_id)
        found.deleted_at = uow.now_at
        uow.describe("removal of price list {name}", name=found.name)


@dataclass(frozen=True, slots=True)
class RestorePriceList(Command[None]):
    """Bring a removed price list back with its prices. Raises ``prices.taken``."""

    list_id: int

    def execute(self, uow: UnitOfWork) -> None:
        found = uow.get(models.PriceList, self.list_id)
        if ordering.named(uow, models.PriceList, found.name, found.id) is not None:
            raise AppError("prices.taken", name=found.name)
        found.position = ordering.end_of(uow, models.PriceList)
        found.deleted_at = None
        uow.describe("return of price list {name}", name=found.name)


@dataclass(frozen=True, slots=True)
class SetListPrice(Command[None]):
    """What a service costs in a list; None for the service's own price. ``money.too_large``."""

    list_id: int
    service_id: int
    price_e4: int | None

    def execute(self, uow: UnitOfWork) -> None:
        found = uow.get(models.PriceList, self.list_id)
        service = uow.get(models.Service, self.service_id)
        stored = uow.first(models.ListPrice, price_list_id=found.id, service_id=service.id)
        if self.price_e4 is None:
            if stored is not None:
                uow.delete(stored)
        elif abs(self.price_e4) > MAX_PRICE_E4:
            raise AppError("money.too_large", text=self.price_e4)
        elif stored is None:
            uow.add(
                models.ListPrice(
                    price_list_id=found.id, service_id=service.id, price_e4=self.price_e4
                )
            )
        else:
            stored.price_e4 = self.price_e4
        uow.describe(
            "price of {service} in price list {name}", service=service.name, name=found.name
        )
