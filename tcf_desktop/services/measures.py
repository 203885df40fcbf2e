"""What is counted or measured at places: made, renamed, ordered, removed, brought back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import one_line
from tcf_desktop.services import ordering
from tcf_desktop.services.command import Command

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

MOST_MEASURES = 50


@dataclass(frozen=True, slots=True)
class SaveMeasure(Command[int]):
    """Add a measure, or change the one with ``measure_id``; returns its id.

    Raises ``measures.nameless``, ``measures.taken`` and ``measures.too_many``.
    """

    measure_id: int | None
    name: str
    unit: str = ""

    def execute(self, uow: UnitOfWork) -> int:
        name, unit = one_line(self.name), one_line(self.unit)
        if not name:
            raise AppError("measures.nameless")
        if ordering.named(uow, models.Measure, name, self.measure_id) is not None:
            raise AppError("measures.taken", name=name)
        if self.measure_id is None:
            if len(ordering.living(uow, models.Measure)) >= MOST_MEASURES:
                raise AppError("measures.too_many", most=MOST_MEASURES)
            position = ordering.end_of(uow, models.Measure)
            measure = uow.add(
                models.Measure(name=name, unit=unit, position=position, deleted_at=None)
            )
            uow.describe("new measure {name}", name=name)
        else:
            measure = uow.get(models.Measure, self.measure_id)
            measure.name, measure.unit = name, unit
            uow.describe("change of measure {name}", name=name)
        return measure.id


@dataclass(frozen=True, slots=True)
class MoveMeasure(Command[None]):
    """Another place in the order of the measures; ``by`` −1 is one up."""

    measure_id: int
    by: int

    def execute(self, uow: UnitOfWork) -> None:
        measure = ordering.shift(uow, models.Measure, self.measure_id, self.by)
        uow.describe("move of measure {name}", name=measure.name)


@dataclass(frozen=True, slots=True)
class RemoveMeasure(Command[None]):
    """Take a measure out of the form; it fills no quantity, and places keep what was measured."""

    measure_id: int

    def execute(self, uow: UnitOfWork) -> None:
        measure = uow.get(models.Measure, self.measure_id)
        measure.deleted_at = uow.now_at
        uow.describe("removal of measure {name}", name=measure.name)


@dataclass(frozen=True, slots=True)
class RestoreMeasure(Command[None]):
    """Bring a removed measure back with what was measured. Raises ``measures.taken``."""

    measure_id: int

    def execute(self, uow: UnitOfWork) -> None:
        measure = uow.get(models.Measure, self.measure_id)
        if ordering.named(uow, models.Measure, measure.name, measure.id) is not None:
            raise AppError("measures.taken", name=measure.name)
        measure.position = ordering.end_of(uow, models.Measure)
        measure.deleted_at = None
        uow.describe("return of measure {name}", name=measure.name)
