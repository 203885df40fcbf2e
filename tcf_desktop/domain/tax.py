"""The one function that computes a document's figures.

Lists, editors, PDFs and reports show what it gave (stored with the document) and never compute
again: two ways to the same figure differ by a cent sooner or later.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

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
    """One component of a tax, e.g. the state's 4.2 % (``rate_ppm`` 42000).

    ``rates`` are tax codes that it charges at another rate, as pairs of code and rate.
    """

    name: str
    rate_ppm: int
    rates: tuple[tuple[int, int], ...] = ()

    def rate_of(self, code: int | None) -> int:
        """The rate for a tax code; None is the usual one."""
        return next((rate for known, rate in self.rates if known == code), self.rate_ppm)


@dataclass(frozen=True, slots=True)
class LineInput:
    """What a line contributes: thousandths of a unit, price in ten-thousandths of a minor unit,
    whether it is taxed and by which code, its discount as a share or as an amount (not both)."""

    qty_milli: int
    unit_price_e4: int
    taxable: bool = True
    code: int | None = None
    discount_ppm: int = 0
    discount_cents: int = 0


@dataclass(frozen=True, slots=True)
class DocumentTerms:
    """What holds for a document as a whole: its discount, and whether prices include the tax."""

    prices_include_tax: bool = False
    discount_ppm: int = 0
    discount_cents: int = 0


PLAIN_TERMS = DocumentTerms()


@dataclass(frozen=True, slots=True)
class TaxTotal:
    """A tax part with the net amount it was taken of and its result, both in minor units."""

    name: str
    rate_ppm: int
    base_cents: int
    tax_cents: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Figures of a document, in minor units.

    ``amounts`` are the lines as printed, after their own discounts; ``nets`` the lines after the
    document's discount and without tax; ``rates_ppm`` the tax rate of each line. What is printed
    adds up: sum(amounts) = subtotal; sum(nets) = net; net + sum(tax of parts) = total; and
    subtotal − discount is the net, or the total where prices include the tax.
    """

    amounts: tuple[int, ...]
    nets: tuple[int, ...]
    rates_ppm: tuple[int, ...]
    subtotal_cents: int
    discount_cents: int
    net_cents: int
    taxes: tuple[TaxTotal, ...]
    tax_cents: int
    total_cents: int


def compute_totals(
    lines: Sequence[LineInput],
    parts: Sequence[TaxPart],
    policy: RoundingPolicy = DEFAULT_POLICY,
    terms: DocumentTerms = PLAIN_TERMS,
) -> Totals:
    """Round each line, share out the discount, tax what is left by each part, then add.

    Parts are independent of each other (no tax on tax). A discount is never more than what it is
    taken of. The order of the lines changes no figure. A document whose quantities are all negated
    has the same figures negated, so that a credit mirrors its charge.
    """
    amounts = tuple(_line_amount(line, policy.mode) for line in lines)
    subtotal = sum(amounts)
    discount = reduction(subtotal, terms.discount_ppm, terms.discount_cents, policy.mode)
    shares = apportion(discount, amounts, [_kind(line) for line in lines])
    due = [amount - share for amount, share in zip(amounts, shares, strict=True)]
    rates = tuple(
        sum(part.rate_of(line.code) for part in parts) if line.taxable else 0 for line in lines
    )
    taken = _Taken(parts)
    if terms.prices_include_tax:
        nets = _take_out(lines, due, parts, policy, taken)
    else:
        nets = list(due)
        _add_on(lines, due, parts, policy, taken)
    taxes = taken.totals()
    tax = sum(each.tax_cents for each in taxes)
    net = sum(nets)
    return Totals(amounts, tuple(nets), rates, subtotal, discount, net, taxes, tax, net + tax)


def reduction(
    cents: int, discount_ppm: int, discount_cents: int, mode: Rounding = Rounding.HALF_UP
) -> int:
    """The discount on an amount, with the sign of the amount and never more than it."""
    if discount_ppm:
        found = abs(round_fraction(Fraction(cents * discount_ppm, PPM), mode))
    else:
        found = discount_cents
    found = min(max(found, 0), abs(cents))
    return found if cents >= 0 else -found


def apportion(total: int, weights: Sequence[int], kinds: Sequence[Hashable] = ()) -> list[int]:
    """Whole shares of ``total`` in proportion to ``weights`` that add up to it exactly.

    Weights that add up to nothing get nothing: ``total`` must be 0 then.
    """
    whole = sum(weights)
    if not total or not whole:
        return [0] * len(weights)
    return settle([Fraction(total * weight, whole) for weight in weights], total, kinds)


def settle(exact: Sequence[Fraction], total: int, kinds: Sequence[Hashable] = ()) -> list[int]:
    """Whole numbers near ``exact`` that add up to ``total``, which their sum rounds to.

    What rounding leaves over goes to the largest remainders; equal remainders are ordered by
    ``kinds`` (comparable, such as tuples of numbers), not by position.
    """
    sign = -1 if total < 0 else 1
    shares = [(sign * value).__floor__() for value in exact]
    names: Sequence[Any] = kinds or range(len(exact))
    order = sorted(range(len(exact)), key=lambda at: (shares[at] - sign * exact[at], names[at], at))
    for at in order[: abs(total) - sum(shares)]:
        shares[at] += 1
    return [sign * share for share in shares]


def _line_amount(line: LineInput, mode: Rounding) -> int:
    gross = line_amount(line.qty_milli, line.unit_price_e4, mode)
    return gross - reduction(gross, line.discount_ppm, line.discount_cents, mode)


def _kind(line: LineInput) -> tuple[int, ...]:
    """Tells lines apart by what they are: equal ones may change places without a difference."""
    return (
        -1 if line.code is None else line.code,
        int(line.taxable),
        line.unit_price_e4,
        abs(line.qty_milli),
        line.discount_ppm,
        line.discount_cents,
    )


class _Taken:
    """Base and tax by part and rate, in the order of the parts, the usual rate first."""

    def __init__(self, parts: Sequence[TaxPart]) -> None:
        self._parts = parts
        self._found: dict[tuple[int, int], list[int]] = {
            (at, part.rate_ppm): [0, 0] for at, part in enumerate(parts)
        }

    def add(self, at: int, rate_ppm: int, base: int, tax: int) -> None:
        if rate_ppm or self._parts[at].rate_ppm == rate_ppm:
            sums = self._found.setdefault((at, rate_ppm), [0, 0])
            sums[0] += base
            sums[1] += tax

    def totals(self) -> tuple[TaxTotal, ...]:
        order = sorted(
            self._found,
            key=lambda key: (key[0], key[1] != self._parts[key[0]].rate_ppm, -key[1]),
        )
        return tuple(
            TaxTotal(self._parts[at].name, rate, *self._found[at, rate]) for at, rate in order
        )


def _add_on(
    lines: Sequence[LineInput],
    due: Sequence[int],
    parts: Sequence[TaxPart],
    policy: RoundingPolicy,
    taken: _Taken,
) -> None:
    """Tax on top of prices: each part rounds its own sum, or each line of it."""
    for at, part in enumerate(parts):
        bases: dict[int, list[int]] = {}
        for line, amount in zip(lines, due, strict=True):
            if line.taxable:
                bases.setdefault(part.rate_of(line.code), []).append(amount)
        for rate, amounts in bases.items():
            pieces = amounts if policy.level is TaxLevel.LINE else [sum(amounts)]
            tax = sum(round_fraction(Fraction(piece * rate, PPM), policy.mode) for piece in pieces)
            taken.add(at, rate, sum(amounts), tax)


def _take_out(
    lines: Sequence[LineInput],
    due: Sequence[int],
    parts: Sequence[TaxPart],
    policy: RoundingPolicy,
    taken: _Taken,
) -> list[int]:
    """Tax out of prices: the parts of one amount share its tax, so that nothing is lost."""
    nets = list(due)
    groups: dict[tuple[int, ...], list[int]] = {}
    for at, line in enumerate(lines):
        if line.taxable:
            rates = tuple(part.rate_of(line.code) for part in parts)
            groups.setdefault(rates, []).append(at)
    for rates, members in groups.items():
        by_line = policy.level is TaxLevel.LINE
        for some in [[at] for at in members] if by_line else [members]:
            gross = sum(due[at] for at in some)
            rate = sum(rates)
            tax = round_fraction(Fraction(gross * rate, PPM + rate), policy.mode)
            net = gross - tax
            exact = [Fraction(due[at] * PPM, PPM + rate) for at in some]
            shares = settle(exact, net, [_kind(lines[at]) for at in some])
            for at, share in zip(some, shares, strict=True):
                nets[at] = share
            for part, (own, piece) in enumerate(zip(rates, apportion(tax, rates), strict=True)):
                taken.add(part, own, net, piece)
    return nets


def format_rate(rate_ppm: int) -> str:
    """``62000`` as ``6.2 %``; at least one decimal, so that 2.0 % beside 4.2 % reads as a rate."""
    whole, rest = divmod(rate_ppm, 10_000)
    decimals = f"{rest:04d}".rstrip("0") or "0"
    return f"{whole}.{decimals}\u00a0%"
