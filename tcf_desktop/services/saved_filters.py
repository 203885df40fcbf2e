"""Filters of the contact list that the office keeps under a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import fold, one_line
from tcf_desktop.services.command import Command
from tcf_desktop.services.queries.contact_filter import LONGEST_NAME, ContactFilter

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class SaveFilter(Command[int]):
    """Keep a filter; one of the same name is replaced. Returns its id.

    Raises ``filters.nameless`` and ``filters.empty``.
    """

    name: str
    shown: ContactFilter

    def execute(self, uow: UnitOfWork) -> int:
        name = _name(self.name)
        if not self.shown.active():
            raise AppError("filters.empty")
        found = _named(uow, name)
        if found is None:
            uow.describe("new filter {name}", name=name)
            last = uow.value("SELECT coalesce(max(position), -1) FROM saved_filters")
            return uow.add(
                models.SavedFilter(name=name, spec=self.shown.to_json(), position=int(last) + 1)
            ).id
        uow.describe("change of the filter {name}", name=name)
        found.spec = self.shown.to_json()
        return found.id


@dataclass(frozen=True, slots=True)
class RenameFilter(Command[None]):
    """Another name for a kept filter. Raises ``filters.nameless`` and ``filters.taken``."""

    filter_id: int
    name: str

    def execute(self, uow: UnitOfWork) -> None:
        name = _name(self.name)
        found = uow.get(models.SavedFilter, self.filter_id)
        other = _named(uow, name)
        if other is not None and other.id != found.id:
            raise AppError("filters.taken", name=name)
        uow.describe("change of the filter {name}", name=name)
        found.name = name


@dataclass(frozen=True, slots=True)
class DeleteFilter(Command[None]):
    """Keep a filter no longer; the contacts stay as they are."""

    filter_id: int

    def execute(self, uow: UnitOfWork) -> None:
        found = uow.get(models.SavedFilter, self.filter_id)
        uow.describe("deletion of the filter {name}", name=found.name)
        uow.delete(found)


def _name(text: str) -> str:
    name = one_line(text)[:LONGEST_NAME]
    if not name:
        raise AppError("filters.nameless")
    return name


def _named(uow: UnitOfWork, name: str) -> models.SavedFilter | None:
    return next(
        (entry for entry in uow.find(models.SavedFilter) if fold(entry.name) == fold(name)), None
    )
