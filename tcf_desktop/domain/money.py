"""Money as integer minor units: rounding, display and forgiving input.

Amounts are integers in the currency's smallest unit ("cents", also where the currency has none or
three digits); quantities are thousandths (``qty_milli``), prices of one unit ten-thousandths of the
smallest unit (``…_e4``), so that a square foot can cost $0.0125. Between two integers only
:class:`fractions.Fraction` is used, never a float, which is wrong in one tax line of three hundred.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from tcf_desktop.base.errors import AppError

MINUS = "\u2212"
MAX_MINOR = 10**14
"""Largest amount that is accepted: sums of many of them still fit SQLite's 64-bit integers."""
MAX_QTY_MILLI = 10**12
PRICE_SCALE = 10_000
"""Parts of the smallest unit that prices of one unit are stored in."""
MAX_PRICE_E4 = 10**14
"""Largest price of one unit: ten thousand million of the smallest unit."""
_PRICE_DIGITS = 4  # of the currency's major unit; none has more

# ISO 4217 currencies whose smallest unit is not a hundredth.
_WITHOUT = (
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
    "VUV", "XAF", "XOF", "XPF",
)  # fmt: skip
_THOUSANDTHS = ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND")
_MINOR_DIGITS = {**dict.fromkeys(_WITHOUT, 0), **dict.fromkeys(_THOUSANDTHS, 3)}
_SYMBOLS = {
    "USD": "$",
    "CAD": "$",
    "AUD": "$",
    "NZD": "$",
    "EUR": "€",
    "GBP": "£",
    "JPY": "¥",
    "INR": "₹",
}


class Rounding(StrEnum):
    """What happens to exactly half a unit; stored with each document."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"


def round_fraction(value: Fraction, mode: Rounding = Rounding.HALF_UP) -> int:
    """Round to a whole number. HALF_UP goes away from zero, so that a credit mirrors its charge."""
    if mode is Rounding.HALF_EVEN:
        return round(value)
    whole, rest = divmod(abs(value.numerator), value.denominator)
    if 2 * rest >= value.denominator:
        whole += 1
    return whole if value.numerator >= 0 else -whole


def minor_digits(currency: str) -> int:
    """Digits after the decimal sign: 2 for most, JPY 0, KWD 3."""
    return _MINOR_DIGITS.get(currency, 2)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in one currency. Mixing currencies raises ``money.other_currency``."""

    minor: int
    currency: str = "USD"

    def _other(self, other: "Money") -> int:
        if self.currency != other.currency:
            raise AppError("money.other_currency", one=self.currency, other=other.currency)
        return other.minor

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._other(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._other(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __str__(self) -> str:
        return format_money(self.minor, self.currency)


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """Decimal and grouping signs of the reader's locale."""

    decimal: str = "."
    group: str = ","


PLAIN_STYLE = NumberStyle()


def format_amount(minor: int, currency: str, style: NumberStyle = PLAIN_STYLE) -> str:
    """``123450`` USD as ``1,234.50``; negative with a true minus, never in brackets."""
    digits = minor_digits(currency)
    whole, rest = divmod(abs(minor), 10**digits)
    text = f"{whole:,}"
    if style.group != ",":
        text = text.replace(",", style.group)
    if digits:
        text = f"{text}{style.decimal}{rest:0{digits}d}"
    return f"{MINUS}{text}" if minor < 0 else text


def format_money(minor: int, currency: str, style: NumberStyle = PLAIN_STYLE) -> str:
    """Amount with its currency sign (``−$25.00``), or its code where there is no common sign."""
    shown = _with_sign(format_amount(abs(minor), currency, style), currency)
    return f"{MINUS}{shown}" if minor < 0 else shown


def _with_sign(text: str, currency: str) -> str:
    sign = _SYMBOLS.get(currency)
    return f"{sign}{text}" if sign else f"{currency} {text}"


def format_price(price_e4: int, currency: str, style: NumberStyle = PLAIN_STYLE) -> str:
    """``45_000`` USD as ``0.045``, ``4_500_000`` as ``4.50``: a price of one unit with the
    currency's decimals, and up to four where they say something."""
    digits = minor_digits(currency)
    value = round_fraction(Fraction(abs(price_e4), 10**digits))
    whole, rest = divmod(value, 10**_PRICE_DIGITS)
    text = f"{whole:,}".replace(",", style.group)
    decimals = f"{rest:0{_PRICE_DIGITS}d}"
    decimals = decimals[:digits] + decimals[digits:].rstrip("0")
    if decimals:
        text = f"{text}{style.decimal}{decimals}"
    return f"{MINUS}{text}" if price_e4 < 0 and value else text


def format_unit_price(price_e4: int, currency: str, style: NumberStyle = PLAIN_STYLE) -> str:
    """As :func:`format_price` with the currency sign or code: ``$0.0125``."""
    text = format_price(price_e4, currency, style)
    shown = _with_sign(text.removeprefix(MINUS), currency)
    return f"{MINUS}{shown}" if text.startswith(MINUS) else shown


def format_quantity(qty_milli: int, style: NumberStyle = PLAIN_STYLE) -> str:
    """``1500`` as ``1.5``, ``64000`` as ``64``: at most three decimals, none that say nothing."""
    whole, rest = divmod(abs(qty_milli), 1000)
    text = f"{whole:,}".replace(",", style.group)
    if rest:
        text = f"{text}{style.decimal}{rest:03d}".rstrip("0")
    return f"{MINUS}{text}" if qty_milli < 0 else text


def plain_decimal(minor: int, currency: str) -> str:
    """The amount as one would type it into a field: ``1234.50``, ``-25.00``."""
    text = format_amount(abs(minor), currency, NumberStyle(".", ""))
    return f"-{text}" if minor < 0 else text


def plain_price(price_e4: int, currency: str) -> str:
    """As :func:`plain_decimal` for the price of one unit: ``0.0125``."""
    text = format_price(price_e4, currency, NumberStyle(".", ""))
    return text.replace(MINUS, "-")


def parse_amount(text: str, currency: str = "USD", style: NumberStyle = PLAIN_STYLE) -> int:
    """Minor units of a typed amount or simple sum: ``$1,234.50``, ``−25``, ``4*18``, ``(10+2)/3``.

    The result is rounded half up to the currency's smallest unit.
    Raises ``money.not_an_amount`` (what cannot be understood) or ``money.too_large``.
    """
    minor = round_fraction(_evaluate(text, style) * 10 ** minor_digits(currency))
    return _within(minor, MAX_MINOR, text)


def parse_price(text: str, currency: str = "USD", style: NumberStyle = PLAIN_STYLE) -> int:
    """Ten-thousandths of the smallest unit of a typed price or simple sum.

    Rounded half up to four decimals of the major unit, whatever decimals the currency has; errors
    as :func:`parse_amount`.
    """
    value = round_fraction(_evaluate(text, style) * 10**_PRICE_DIGITS)
    return _within(value * 10 ** minor_digits(currency), MAX_PRICE_E4, text)


def parse_quantity(text: str, style: NumberStyle = PLAIN_STYLE) -> int:
    """Thousandths of a typed quantity or simple sum; errors as :func:`parse_amount`."""
    return _within(round_fraction(_evaluate(text, style) * 1000), MAX_QTY_MILLI, text)


def split_evenly(minor: int, parts: int) -> list[int]:
    """Equal shares that add up to the whole: 100.00 in three is 33.34 + 33.33 + 33.33."""
    share, rest = divmod(abs(minor), parts)
    sign = -1 if minor < 0 else 1
    return [sign * (share + (1 if index < rest else 0)) for index in range(parts)]


def line_amount(qty_milli: int, unit_price_e4: int, mode: Rounding = Rounding.HALF_UP) -> int:
    """Quantity times price in the smallest unit, rounded once."""
    return round_fraction(Fraction(qty_milli * unit_price_e4, 1000 * PRICE_SCALE), mode)


def _within(value: int, limit: int, text: str) -> int:
    if abs(value) > limit:
        raise AppError("money.too_large", text=text[:40])
    return value


_TOKEN = re.compile(r"\s*(?:(\d[\d.]*|\.\d+)|([-+*/()]))")
_SIGNS = str.maketrans(
    {"\u2212": "-", "\u2013": "-", "×": "*", "x": "*", "X": "*", "÷": "/", ":": "/"}
)
_CURRENCY_WORDS = re.compile(r"[$€£¥₹]|\b[A-Z]{3}\b")
_MAX_INPUT = 120


def _evaluate(text: str, style: NumberStyle) -> Fraction:
    """Value of a sum with + − × ÷ and brackets; never ``eval``."""
    if len(text) > _MAX_INPUT:
        raise AppError("money.not_an_amount", text=text[:40])
    plain = _CURRENCY_WORDS.sub("", text).strip()
    groups = {style.group, "\u00a0", "\u202f", "'", " "} - {style.decimal, ""}
    # Only before exactly three digits: "1,5" is a slip of the finger, not fifteen.
    plain = re.sub(rf"(?<=\d)[{re.escape(''.join(sorted(groups)))}](?=\d{{3}}(?!\d))", "", plain)
    if style.decimal != ".":
        plain = plain.replace(".", "?").replace(style.decimal, ".")
    try:
        return _Sum(_tokens(plain.translate(_SIGNS))).value()
    except (ValueError, ZeroDivisionError, RecursionError):
        raise AppError("money.not_an_amount", text=text[:40]) from None


def _tokens(text: str) -> list[str]:
    tokens, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ValueError(text)
        tokens.append(match.group(1) or match.group(2))
        at = match.end()
    return tokens


class _Sum:
    """Recursive descent over the tokens of one sum; raises ValueError where it does not parse."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self._tokens = list(tokens)
        self._at = 0

    def value(self) -> Fraction:
        result = self._terms()
        if self._at != len(self._tokens):
            raise ValueError("something is left over")
        return result

    def _next(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self) -> str:
        token = self._next()
        self._at += 1
        return token

    def _terms(self) -> Fraction:
        result = self._factors()
        while self._next() in ("+", "-"):
            result += self._factors() if self._take() == "+" else -self._factors()
        return result

    def _factors(self) -> Fraction:
        result = self._atom()
        while self._next() in ("*", "/"):
            if self._take() == "*":
                result *= self._atom()
            else:
                result /= self._atom()
        return result

    def _atom(self) -> Fraction:
        item = self._take()
        if item == "-":
            return -self._atom()
        if item == "+":
            return self._atom()
        if item == "(":
            inner = self._terms()
            if self._take() != ")":
                raise ValueError("a bracket is open")
            return inner
        if item.count(".") > 1:
            raise ValueError(item)
        return Fraction(item.rstrip(".") or "?")
