"""Business settings by key."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tcf_desktop.services.command import Command

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class SetSetting(Command[None]):
    """Store any JSON value under a key; ``title`` names it in the undo list."""

    key: str
    value: Any
    title: str = ""

    def execute(self, uow: UnitOfWork) -> None:
        from tcf_desktop.models import Setting

        text = json.dumps(self.value, ensure_ascii=False)
        found = uow.first(Setting, key=self.key)
        if found is None:
            uow.add(Setting(key=self.key, value=text))
        else:
            found.value = text
        uow.describe("change of the setting “{title}”", title=self.title or self.key)
