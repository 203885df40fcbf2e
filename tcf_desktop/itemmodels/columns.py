"""A column of a list: what it is called, what it shows, what is read aloud."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Row = TypeVar("Row")


def _no_tone(_row: Any) -> str:
    return ""


@dataclass(frozen=True)  # no slots: naming the row type as Column[Row](…) writes an attribute
class Column(Generic[Row]):
    """``text`` gives the ready string of a row; ``second`` an optional quieter second line;
    ``tone`` an optional colour token; ``sort`` the query's sort key, empty when not sortable."""

    key: str
    title: str
    text: Callable[[Row], str]
    second: Callable[[Row], str] | None = None
    tone: Callable[[Row], str] = _no_tone
    align_right: bool = False
    sort: str = ""
    width: int = 120
    stretch: bool = False
    spoken: Callable[[Row], str] | None = None
