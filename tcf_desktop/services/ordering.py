"""The order of what the office keeps in a list of its own: fields, measures, price lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcf_desktop import models
from tcf_desktop.domain.contacts import fold

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

Listed = models.CustomField | models.Measure | models.PriceList | models.Service
ListedModel = (
    type[models.CustomField] | type[models.Measure] | type[models.PriceList] | type[models.Service]
)


def living(uow: UnitOfWork, model: ListedModel) -> list[Listed]:
    """What was not removed, in its order."""
    return list(uow.find(model, model.position, model.id, deleted_at=None))


def named(uow: UnitOfWork, model: ListedModel, name: str, but_not: int | None) -> Listed | None:
    """The living one of the same name in any writing."""
    key = fold(name)
    return next(
        (row for row in living(uow, model) if row.id != but_not and fold(row.name) == key), None
    )


def end_of(uow: UnitOfWork, model: ListedModel) -> int:
    """The position behind the last one."""
    last = uow.value(f"SELECT coalesce(max(position), -1) FROM {model.__tablename__}")
    return int(last) + 1


def shift(uow: UnitOfWork, model: ListedModel, row_id: int, by: int) -> Listed:
    """Move one up (negative) or down among the living ones; the others close up."""
    rows = living(uow, model)
    moved = uow.get(model, row_id)
    if moved in rows:
        at = rows.index(moved)
        rows.insert(max(0, min(len(rows) - 1, at + by)), rows.pop(at))
    for position, row in enumerate(rows):
        if row.position != position:
            row.position = position
    return moved
