"""What the two lists of Today show, and how a kind of row joins them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.queries.today import Day
    from tcf_desktop.views.context import Target, ViewContext


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One row of *Needs you*: a sentence with a number, names and amounts, one verb."""

    key: str
    icon: str
    tone: str
    title: str
    detail: str
    button: str
    target: Target
    urgency: int = 5  # 1 first


@dataclass(frozen=True, slots=True)
class DoneRow:
    """One row of *Done for you*: when, what, and where to see it."""

    at: int
    icon: str
    text: str
    target: Target


@dataclass(frozen=True, slots=True)
class NeedKind:
    """``find`` runs on an io thread and gives facts; ``show`` makes rows of them."""

    key: str
    find: Callable[[Reader, Day], Any]
    show: Callable[[ViewContext, Day, Any], Sequence[NeedRow]]


@dataclass(frozen=True, slots=True)
class DoneKind:
    """As :class:`NeedKind`, for what the program did by rule."""

    key: str
    find: Callable[[Reader, Day], Any]
    show: Callable[[ViewContext, Day, Any], Sequence[DoneRow]]
