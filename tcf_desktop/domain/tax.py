"""The one function that computes a document's figures.

Lists, editors, PDFs and reports show what it gave (stored with the document) and never compute
again: two ways to the same figure differ by a cent sooner or later.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from tcf_desktop.domain.money import Rounding, line_amount, round_fraction

PPM = 1_000_000
MAX_RATE_PPM = PPM


class TaxLevel(StrEnum):
    """Where a tax is rounded: once per tax part and document, or on each line."""

    DOCUMENT = "document"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class RoundingPolicy:
    """How a document was rounded; stored as ``mode/level``: a new default changes nothing old."""

    mode: Rounding = Rounding.HALF_UP
    level: TaxLevel = TaxLevel.DOCUMENT

    def stored(self) -> str:
        return f"{self.mode.value}/{self.level.value}"

    @classmethod
    def of(cls, stored: str) -> "RoundingPolicy":
        mode, _, level = stored.partition("/")
        return cls(Rounding(mode), TaxLevel(level))


DEFAULT_POLICY = RoundingPolicy()


@dataclass(frozen=True, slots=True)
class TaxPart:
    """One component of a tax, e.g. the state's 4.2 % (``rate_ppm`` 42000)."""

    name: str
    rate_ppm: int


@dataclass(frozen=True, slots=True)
class LineInput:
    """What a line contributes: thousandths of a unit, price in minor units, whether it is taxed."""

    qty_milli: int
    unit_price_cents: int
    taxable: bool = True


@dataclass(frozen=True, slots=True)
class TaxTotal:
    """A tax part with the net amount it was taken of and its result, both in minor units."""

    name: str
    rate_ppm: int
    base_cents: int
    tax_cents: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Figures of a document: amount of each line in order, net, each tax part, total."""

    amounts: tuple[int, ...]
    subtotal_cents: int
    taxes: tuple[TaxTotal, ...]
    tax_cents: int
    total_cents: int


def compute_totals(
    lines: Sequence[LineInput], parts: Sequence[TaxPart], policy: RoundingPolicy = DEFAULT_POLICY
) -> Totals:
    """Round each line, tax the taxable base by each part, round each part, then add.

    Parts are independent of each other (no tax on tax). What is printed adds up:
    sum(amounts) = subtotal and subtotal + sum(tax of parts) = total.
    """
    amounts = tuple(
        line_amount(line.qty_milli, line.unit_price_cents, policy.mode) for line in lines
    )
    taxable = [amount for amount, line in zip(amounts, lines, strict=True) if line.taxable]
    base = sum(taxable)
    taxes = tuple(
        TaxTotal(part.name, part.rate_ppm, base, _tax(taxable, base, part.rate_ppm, policy))
        for part in parts
    )
    subtotal = sum(amounts)
    tax = sum(each.tax_cents for each in taxes)
    return Totals(amounts, subtotal, taxes, tax, subtotal + tax)


def _tax(taxable: Sequence[int], base: int, rate_ppm: int, policy: RoundingPolicy) -> int:
    if policy.level is TaxLevel.LINE:
        return sum(
            round_fraction(Fraction(amount * rate_ppm, PPM), policy.mode) for amount in taxable
        )
    return round_fraction(Fraction(base * rate_ppm, PPM), policy.mode)


def format_rate(rate_ppm: int) -> str:
    """``62000`` as ``6.2 %``; at least one decimal, so that 2.0 % beside 4.2 % reads as a rate."""
    whole, rest = divmod(rate_ppm, 10_000)
    decimals = f"{rest:04d}".rstrip("0") or "0"
    return f"{whole}.{decimals}\u00a0%"
