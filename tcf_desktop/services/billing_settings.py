"""How this office bills, read and changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcf_desktop.domain.billing_settings import KEY, BillingSettings
from tcf_desktop.services.command import Command
from tcf_desktop.services.settings import SetSetting

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.uow import UnitOfWork

_STORED = "SELECT value FROM settings WHERE key = ?"


def billing_settings(r: Reader | UnitOfWork) -> BillingSettings:
    """The settings as they stand."""
    text = r.value(_STORED, (KEY,))
    if text is None:
        return BillingSettings()
    try:
        return BillingSettings.of(json.loads(text))
    except ValueError:
        return BillingSettings()


@dataclass(frozen=True, slots=True)
class SaveBillingSettings(Command[None]):
    """Keep these settings from now on; documents that were issued stay as they are."""

    settings: BillingSettings

    def execute(self, uow: UnitOfWork) -> None:
        SetSetting(KEY, self.settings.stored()).execute(uow)
        uow.describe("change of the billing settings")
