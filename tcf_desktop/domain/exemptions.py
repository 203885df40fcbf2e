"""Whether a customer's exemption from tax still holds on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from tcf_desktop.domain.contacts import Exemption

Standing = Literal["none", "valid", "ends_soon", "ended"]
SOON: Final = timedelta(days=30)


def standing(exemption: Exemption | None, today: str) -> Standing:
    """How an exemption stands on the ISO date ``today``; its last day still counts.

    Without an end it holds. An end that is no date proves nothing: tax is charged then.
    """
    if exemption is None:
        return "none"
    if not exemption.until_on:
        return "valid"
    try:
        last = date.fromisoformat(exemption.until_on)
    except ValueError:
        return "ended"
    day = date.fromisoformat(today)
    if last < day:
        return "ended"
    return "ends_soon" if last - day <= SOON else "valid"


def is_tax_free(exemption: Exemption | None, today: str) -> bool:
    """Whether no tax is charged on the ISO date ``today``."""
    return standing(exemption, today) in ("valid", "ends_soon")
