"""Dates as other programs write them: which order of day, month and year, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final, Literal

DateOrder = Literal["dmy", "mdy", "ymd"]
ORDERS: Final[tuple[DateOrder, ...]] = ("mdy", "dmy", "ymd")

_NUMBERS: Final = re.compile(
    r"^\s*(\d{1,4})([./\- ])(\d{1,2})\2\s*(\d{1,4})\.?(?:[ T]\d{1,2}:\d{2}.*)?\s*$"
)
_PACKED: Final = re.compile(r"^\s*((?:19|20)\d{2})(\d{2})(\d{2})\s*$")
_PIVOT: Final = 69  # two figures above it are of the last century (POSIX)


def looks_like_date(text: str) -> bool:
    """Whether it is three numbers as dates are written, sensible or not."""
    return _NUMBERS.match(text) is not None or _PACKED.match(text) is not None


def needs_order(text: str) -> bool:
    """Whether it is a date whose year does not stand first in four figures."""
    found = _NUMBERS.match(text)
    return found is not None and len(found[1]) < 4


def read_date(text: str, order: str) -> str:
    """The ISO date that a text means in an order; empty when it means none.

    With the order unknown ("") only what can be read in one way alone is read.
    """
    if packed := _PACKED.match(text):
        return _iso(*packed.groups())
    found = _NUMBERS.match(text)
    if found is None:
        return ""
    first, _, second, third = found.groups()
    if len(first) == 4:
        return _iso(first, second, third)
    if order == "ymd":
        return _iso(first, second, third)
    if order == "dmy":
        return _iso(third, second, first)
    if order == "mdy":
        return _iso(third, first, second)
    if len(third) != 4:
        return ""
    meanings = {_iso(third, second, first), _iso(third, first, second)} - {""}
    return meanings.pop() if len(meanings) == 1 else ""


def orders_of(texts: Iterable[str]) -> frozenset[DateOrder]:
    """The orders in which every date among the texts makes sense; all when there is none."""
    possible = set(ORDERS)
    for text in texts:
        found = _NUMBERS.match(text)
        if found is None or len(found[1]) == 4:
            continue
        impossible = {order for order in possible if not read_date(text, order)}
        if int(found[1]) <= 31:  # a year of two figures does not stand first
            impossible.add("ymd")
        if found[2] == ".":  # nobody writes month.day.year
            impossible.add("mdy")
        if possible - impossible:  # one unreadable date says nothing about the others
            possible -= impossible
    return frozenset(possible)


def _iso(year: str, month: str, day: str) -> str:
    if len(year) == 3 or len(year) == 1 or len(day) > 2:
        return ""
    number = int(year)
    if len(year) == 2:
        number += 1900 if number >= _PIVOT else 2000
    try:
        return date(number, int(month), int(day)).isoformat()
    except ValueError:
        return ""
