"""Proposals: their states and what follows from the date, without a database and without a page."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

HOW_ACCEPTED: Final = ("phone", "email", "paper", "in_person")
HOW_SENT: Final = ("email", "print", "post", "hand")
MAX_OPTIONS: Final = 5


class ProposalState(StrEnum):
    """The stored state. *Expired* is a fact of the date beside it, never a state."""

    DRAFT = "draft"
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REPLACED = "replaced"


def shown_state(state: str, valid_until_on: str | None, today: str) -> str:
    """The state as it is shown: one that waits for an answer is ``expired`` after its last day."""
    if state == ProposalState.SENT and valid_until_on and valid_until_on < today:
        return "expired"
    return state


def days_later(on: str, days: int) -> str:
    """The ISO date so many days after another."""
    return (date.fromisoformat(on) + timedelta(days=days)).isoformat()


def full_number(number: str | None, revision: int) -> str:
    """``P-0214``, from the second revision on ``P-0214 / 2``; empty for a draft."""
    if not number:
        return ""
    return f"{number} / {revision}" if revision > 1 else number
