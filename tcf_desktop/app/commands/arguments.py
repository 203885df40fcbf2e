"""Types for the arguments of commands. A value that does not fit is wrong usage (exit 2)."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def iso_date(text: str) -> date:
    """A date as ``YYYY-MM-DD``."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is not a date like 2026-07-14") from None


def cents(text: str) -> int:
    """A decimal amount as integer cents; more than two decimals are refused."""
    from decimal import Decimal, InvalidOperation

    try:
        value = Decimal(text) * 100
    except InvalidOperation:
        raise ArgumentTypeError(f"“{text}” is not an amount like 149.50") from None
    if not value.is_finite() or value != value.to_integral_value():
        raise ArgumentTypeError(f"“{text}” is not an amount like 149.50")
    return int(value)


def zone_name(text: str) -> str:
    """The name of a time zone, as ``America/Chicago``."""
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ArgumentTypeError(f"“{text}” is not a time zone like America/Chicago") from None
    return text


def currency_code(text: str) -> str:
    """Three capital letters of ISO 4217."""
    if len(text) != 3 or not text.isascii() or not text.isalpha():
        raise ArgumentTypeError(f"“{text}” is not a currency like USD")
    return text.upper()


def instant(text: str) -> datetime:
    """A time as ISO text; without an offset it is the business's wall time (naive)."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is not a time like 2026-07-14T08:00") from None


def instant_ms(value: datetime, zone: str) -> int:
    """UTC milliseconds of :func:`instant`'s value; a naive one is read in ``zone``."""
    aware = value if value.tzinfo else value.replace(tzinfo=ZoneInfo(zone))
    return round(aware.astimezone(UTC).timestamp() * 1000)


def port(text: str) -> int:
    """A TCP port; 0 means any free one."""
    if not text.isdecimal() or not 0 <= int(text) <= 65535:
        raise ArgumentTypeError(f"“{text}” is not a port between 0 and 65535")
    return int(text)


def line_quantity(text: str) -> tuple[int, int]:
    """``2=1.5``: the second line as its position from 0, and the quantity in thousandths."""
    from decimal import Decimal, InvalidOperation

    place, sign, quantity = text.partition("=")
    try:
        position, value = int(place), Decimal(quantity) * 1000
    except (ValueError, InvalidOperation):
        position, value = 0, Decimal(0)
    if not sign or position < 1 or not value.is_finite() or value != value.to_integral_value():
        raise ArgumentTypeError(f"“{text}” is not a line and a quantity like 2=1.5")
    if abs(value) > 10**12:
        raise ArgumentTypeError(f"“{text}” is too much for a line")
    return position - 1, int(value)
