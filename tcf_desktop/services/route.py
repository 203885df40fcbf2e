"""The order in which a crew drives its day, and the times that follow from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcf_desktop.services.appointment_values import live
from tcf_desktop.services.command import Command
from tcf_desktop.services.rain_day import VisitMove, move_all

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class OrderRoute(Command[None]):
    """Keep the order of a crew's day: all of its visits, first to last. Times stay."""

    on: str
    crew: str
    appointment_ids: tuple[int, ...]

    def execute(self, uow: UnitOfWork) -> None:
        uow.describe("order of {crew} on {day}", crew=self.crew, day=self.on)
        _keep_order(uow, self.appointment_ids)


@dataclass(frozen=True, slots=True)
class TimeRoute(Command[tuple[int, ...]]):
    """Keep the order and give visits the times that follow from it; returns the ids of the
    appointments that moved. Raises ``route.changed`` when one is not where it was seen."""

    on: str
    crew: str
    appointment_ids: tuple[int, ...]
    moves: tuple[VisitMove, ...]
    zone: str

    def execute(self, uow: UnitOfWork) -> tuple[int, ...]:
        _keep_order(uow, self.appointment_ids)
        move_all(uow, self.moves, self.zone, "moved", "route.changed")
        uow.describe("times of {crew} on {day}", crew=self.crew, day=self.on)
        return tuple(live(uow, move.appointment_id).id for move in self.moves)


def _keep_order(uow: UnitOfWork, ids: tuple[int, ...]) -> None:
    for position, ident in enumerate(ids):
        appointment = live(uow, ident)
        if appointment.route_position != position:
            appointment.route_position = position
