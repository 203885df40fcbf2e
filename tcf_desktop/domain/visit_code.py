"""The short code of a visit: printed under its QR square, typed or scanned to come back to it.

``V`` and then signs of an alphabet without vowels and without what is mistaken for something else
(0 O, 1 I L, 2 Z, 5 S, 8 B, U V, Y that other keyboards have elsewhere): no code is a word, and
none reads two ways. The last sign is a check over the others with weights modulo 23: one wrong
sign and two signs that changed places are always noticed.

A code stands for a row, or for an occurrence of a series by the date of its rule. The latter stays
the code of that visit when it becomes a row of its own, so paper that was printed before stays
good.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from tcf_desktop.base.errors import AppError

ALPHABET: Final = "23456789CDFGHJKMNPQRTWX"
_BASE: Final = len(ALPHABET)  # a prime, or two signs that changed places could go unnoticed
_PREFIX: Final = "V"
_LEAST: Final = 4
_MOST: Final = 18  # below the prime: every place has a weight of its own
_EPOCH: Final = date(1970, 1, 1).toordinal()
_DAYS: Final = 1 << 16  # to the year 2149
_SPACES: Final = re.compile(r"[\s\-‐-―]+")
_MEANT: Final = re.compile(r"V[0-9A-Z]{5,19}")


@dataclass(frozen=True, slots=True)
class VisitCode:
    """What a code stands for: a row, or the occurrence of a series on a date."""

    appointment_id: int | None = None
    series_id: int | None = None
    on: date | None = None


def code_of_row(appointment_id: int) -> str:
    """The code of a visit with a row of its own that belongs to no series."""
    return _written(appointment_id * 2)


def code_of_occurrence(series_id: int, on: date) -> str:
    """The code of a series' visit; empty for a date that codes cannot say."""
    day = on.toordinal() - _EPOCH
    if not 0 <= day < _DAYS:
        return ""
    return _written((series_id * _DAYS + day) * 2 + 1)


def is_meant(text: str) -> bool:
    """Whether somebody who typed this may have meant a code, rightly written or not."""
    code = _plain(text)
    if not _MEANT.fullmatch(code):
        return False
    return any(sign.isdigit() for sign in code) or all(sign in ALPHABET for sign in code[1:])


def parse_code(text: str) -> VisitCode:
    """What a typed or scanned code stands for; spaces, hyphens and case do not matter.

    Raises ``visit.code_signs`` for a sign that no code has and ``visit.code_check`` when the
    check does not fit.
    """
    code = _plain(text)
    body = code[1:]
    if code[:1] != _PREFIX or not _LEAST < len(body) <= _MOST + 1:
        raise AppError("visit.code_check", typed=code[:24])
    odd = next((sign for sign in body if sign not in ALPHABET), "")
    if odd:
        raise AppError("visit.code_signs", typed=code[:24], sign=odd)
    values = [ALPHABET.index(sign) for sign in body]
    if _check(values[:-1]) != values[-1]:
        raise AppError("visit.code_check", typed=code[:24])
    number = 0
    for value in values[:-1]:
        number = number * _BASE + value
    number, is_occurrence = divmod(number, 2)
    if not is_occurrence:
        return VisitCode(appointment_id=number)
    series_id, day = divmod(number, _DAYS)
    return VisitCode(series_id=series_id, on=date.fromordinal(_EPOCH + day))


def _written(number: int) -> str:
    values: list[int] = []
    while number or len(values) < _LEAST:
        number, value = divmod(number, _BASE)
        values.insert(0, value)
    return _PREFIX + "".join(ALPHABET[value] for value in (*values, _check(values)))


def _check(values: list[int]) -> int:
    return sum((place + 2) * value for place, value in enumerate(reversed(values))) % _BASE


def _plain(text: str) -> str:
    return _SPACES.sub("", text).upper()
