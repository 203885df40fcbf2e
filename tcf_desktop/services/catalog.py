"""The price list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.money import MAX_PRICE_E4
from tcf_desktop.services import ordering
from tcf_desktop.services.command import Command

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class SaveService(Command[int]):
    """Add a service to the price list (``service_id`` None) or change one; returns its id.

    What was sold before keeps its name and price. ``minutes`` is how long one of it takes,
    ``measure_id`` the measure of a place that fills the quantity, ``treats`` whether products are
    put down that must be recorded. Raises ``service.nameless``, ``money.too_large``.
    """

    service_id: int | None
    name: str
    price_e4: int
    description: str = ""
    unit: str = ""
    minutes: int = 60
    taxable: bool = True
    measure_id: int | None = None
    treats: bool = False

    def execute(self, uow: UnitOfWork) -> int:
        name = self.name.strip()
        if not name:
            raise AppError("service.nameless")
        if abs(self.price_e4) > MAX_PRICE_E4:
            raise AppError("money.too_large", text=self.price_e4)
        values = {
            "name": name,
            "price_e4": self.price_e4,
            "description": self.description.strip(),
            "unit": self.unit.strip(),
            "minutes": max(0, self.minutes),
            "taxable": int(self.taxable),
            "measure_id": self.measure_id,
            "treats": int(self.treats),
        }
        if self.service_id is None:
            last = uow.value("SELECT coalesce(max(position), -1) FROM services")
            service = uow.add(models.Service(position=last + 1, deleted_at=None, **values))
            uow.describe("new service {name}", name=name)
            return service.id
        service = uow.get(models.Service, self.service_id)
        for key, value in values.items():
            setattr(service, key, value)
        uow.describe("change of service {name}", name=name)
        return service.id


@dataclass(frozen=True, slots=True)
class MoveService(Command[None]):
    """Another place in the order of the price list; ``by`` −1 is one up."""

    service_id: int
    by: int

    def execute(self, uow: UnitOfWork) -> None:
        service = ordering.shift(uow, models.Service, self.service_id, self.by)
        uow.describe("move of service {name}", name=service.name)


@dataclass(frozen=True, slots=True)
class DeleteService(Command[None]):
    """Take a service off the price list; documents keep it."""

    service_id: int

    def execute(self, uow: UnitOfWork) -> None:
        service = uow.get(models.Service, self.service_id)
        service.deleted_at = uow.now_at
        uow.describe("deletion of service {name}", name=service.name)
