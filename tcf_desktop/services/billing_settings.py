"""Changing how this office bills."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcf_desktop.domain.billing_settings import KEY, BillingSettings
from tcf_desktop.services.command import Command
from tcf_desktop.services.settings import SetSetting

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class SaveBillingSettings(Command[None]):
    """Keep these settings from now on; documents that were issued stay as they are."""

    settings: BillingSettings

    def execute(self, uow: UnitOfWork) -> None:
        SetSetting(KEY, self.settings.stored()).execute(uow)
        uow.describe("change of the billing settings")
