"""Moving many visits at once, with a message to each customer and one undo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain import appointments as rules
from tcf_desktop.services.appointment_values import (
    assign,
    mark_changed,
    movable,
    name_of,
    time_values,
)
from tcf_desktop.services.command import Command
from tcf_desktop.services.messages import prepare

if TYPE_CHECKING:
    from tcf_desktop import models
    from tcf_desktop.domain.told import Occasion
    from tcf_desktop.services.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class VisitMove:
    """Where one visit goes. ``was_at`` is the instant (UTC ms) it was seen at; ``tell`` prepares a
    message to its customer."""

    appointment_id: int
    starts_local: str
    was_at: int
    tell: bool = True


@dataclass(frozen=True, slots=True)
class MoveRainDay(Command[tuple[int, ...]]):
    """All visits of a day go elsewhere; returns the ids of the messages that wait now.

    ``starts_local`` of the moves are wall times of ``zone``. Raises ``rain_day.nothing`` without
    moves, ``rain_day.changed`` when a visit is not where it was seen; then nothing was moved.
    """

    on: str
    moves: tuple[VisitMove, ...]
    zone: str

    def execute(self, uow: UnitOfWork) -> tuple[int, ...]:
        if not self.moves:
            raise AppError("rain_day.nothing")
        made = move_all(uow, self.moves, self.zone, "rain_day", "rain_day.changed")
        uow.describe("rain day of {day}: {count} visits", day=self.on, count=len(self.moves))
        return made


def move_all(
    uow: UnitOfWork, moves: tuple[VisitMove, ...], zone: str, occasion: Occasion, changed: str
) -> tuple[int, ...]:
    """Move each visit and prepare the messages that are wanted; returns their ids.

    The promised window moves along. ``changed`` is the code when a visit moved meanwhile.
    """
    messages: list[int] = []
    for move in moves:
        appointment = movable(uow, move.appointment_id)
        if appointment.starts_at != move.was_at:
            raise AppError(changed, name=name_of(uow, appointment))
        was = appointment.starts_local
        move_to(uow, appointment, move.starts_local, zone)
        if move.tell and appointment.contact_id is not None and appointment.starts_local != was:
            messages.append(prepare(uow, appointment, occasion, was))
    return tuple(messages)


def move_to(uow: UnitOfWork, appointment: models.Appointment, starts_local: str, zone: str) -> None:
    """Another start; length, people and the distance of the promised window stay."""
    values = time_values(starts_local, appointment.minutes, zone, all_day=bool(appointment.all_day))
    values["arrival_from_local"] = rules.moved_arrival(
        appointment.arrival_from_local, appointment.starts_local, values["starts_local"]
    )
    if assign(appointment, values):
        mark_changed(uow, appointment)
