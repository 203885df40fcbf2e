"""Closed periods: what is dated in them stays as it was handed over."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from tcf_desktop.base.errors import AppError

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

CLOSED_UNTIL_KEY: Final = "books.closed_until"  # an ISO date, that day included; "" for none


def require_open_period(uow: UnitOfWork, on: str) -> None:
    """Refuse (``books.closed``) to date something in a period that was closed."""
    stored = uow.value("SELECT value FROM settings WHERE key = ?", (CLOSED_UNTIL_KEY,))
    until = json.loads(stored) if stored is not None else ""
    if until and on <= until:
        raise AppError("books.closed", on=on, until=until)
