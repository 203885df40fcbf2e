"""Fields that the office defined itself: what may stand in each kind, and how it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final, Literal

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import fold

FieldKind = Literal["text", "number", "date", "choice"]
KINDS: Final[tuple[FieldKind, ...]] = ("text", "number", "date", "choice")
_LARGEST: Final = Decimal(10) ** 12


def kept_value(name: str, kind: str, choices: Sequence[str], value: str) -> str:
    """The value as it is stored: a plain decimal number, an ISO date, a choice as it is defined.

    Raises ``fields.not_a_number``, ``fields.not_a_date`` and ``fields.not_a_choice``.
    """
    if kind == "number":
        return decimal_text(name, value)
    if kind == "date":
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            raise AppError("fields.not_a_date", name=name, value=value) from None
    if kind == "choice":
        known = {fold(choice): choice for choice in choices}
        if fold(value) not in known:
            raise AppError("fields.not_a_choice", name=name, value=value)
        return known[fold(value)]
    return value


def decimal_text(name: str, value: str) -> str:
    """A typed number without what does not count: "1,250.50" and "1250.5" are "1250.5"."""
    try:
        number = Decimal(value.replace(",", "").replace("\u00a0", "").replace(" ", ""))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= _LARGEST:
        raise AppError("fields.not_a_number", name=name, value=value)
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def milli(name: str, value: str) -> int:
    """A measure in thousandths; raises ``fields.not_a_number``."""
    return int((Decimal(decimal_text(name, value)) * 1000).to_integral_value())


def milli_text(value_milli: int) -> str:
    """Thousandths as a plain decimal number: 42500 is "42.5"."""
    return decimal_text("", str(Decimal(value_milli) / 1000))
