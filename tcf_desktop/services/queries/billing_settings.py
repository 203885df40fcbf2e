"""How this office bills, as it is set."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, Protocol

from tcf_desktop.domain.billing_settings import KEY, BillingSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

_STORED: Final = "SELECT value FROM settings WHERE key = ?"


class Asking(Protocol):
    """A reader, or a unit of work."""

    def value(self, sql: str, params: Sequence[Any] = (), /) -> Any:
        """The first column of the first row."""


def billing_settings(asking: Asking) -> BillingSettings:
    """The settings as they stand; what cannot be read counts as never set."""
    text = asking.value(_STORED, (KEY,))
    if text is None:
        return BillingSettings()
    try:
        return BillingSettings.of(json.loads(text))
    except ValueError:
        return BillingSettings()
