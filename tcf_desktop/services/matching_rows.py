"""The lines and taxes below a document, made equal to what they should be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tcf_desktop import models
    from tcf_desktop.services.uow import UnitOfWork


def match_rows(
    uow: UnitOfWork,
    model: type[models.Record],
    wanted: Sequence[Mapping[str, Any]],
    **owner: int,
) -> None:
    """Make the stored rows of ``owner`` equal the wanted ones with as few changes as their order
    allows. ``position`` follows from the order."""
    table: Any = model
    stored: list[Any] = list(uow.find(model, table.position, **owner))
    for position, values in enumerate(wanted):
        if position < len(stored):
            for name, value in {**values, "position": position}.items():
                if getattr(stored[position], name) != value:
                    setattr(stored[position], name, value)
        else:
            uow.session.add(table(position=position, **owner, **values))
    for surplus in stored[len(wanted) :]:
        uow.session.delete(surplus)
    uow.session.flush()
