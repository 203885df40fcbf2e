"""Hiding a row of Today for a while."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcf_desktop.services.command import Command

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class HideRow(Command[None]):
    """Do not show row ``key`` of a kind before ``until_at`` (UTC milliseconds)."""

    kind: str
    key: str
    until_at: int
    title: str = ""

    def execute(self, uow: UnitOfWork) -> None:
        from tcf_desktop.models import HiddenRow

        found = uow.first(HiddenRow, kind=self.kind, key=self.key)
        if found is None:
            uow.add(HiddenRow(kind=self.kind, key=self.key, until_at=self.until_at))
        else:
            found.until_at = self.until_at
        uow.describe("hiding “{title}”", title=self.title or self.kind)
