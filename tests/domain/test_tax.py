"""Totals of documents against published vectors and an oracle in fractions."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcf_desktop.domain.money import Rounding
from tcf_desktop.domain.tax import (
    LineInput,
    RoundingPolicy,
    TaxLevel,
    TaxPart,
    compute_totals,
    format_rate,
)

LINES = st.lists(
    st.builds(LineInput, st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6), st.booleans()),
    max_size=12,
)
PARTS = st.lists(st.builds(TaxPart, st.text(max_size=5), st.integers(0, 400_000)), max_size=4)
POLICIES = st.builds(RoundingPolicy, st.sampled_from(Rounding), st.sampled_from(TaxLevel))
BOTH = [RoundingPolicy(mode, level) for mode in Rounding for level in TaxLevel]


def one(cents: int, qty_milli: int = 1000) -> LineInput:
    return LineInput(qty_milli, cents)


def part(rate_ppm: int) -> TaxPart:
    return TaxPart("t", rate_ppm)


@pytest.mark.parametrize("policy", [RoundingPolicy(level=level) for level in TaxLevel])
@pytest.mark.parametrize(
    ("lines", "rates", "tax", "total"),
    [
        ([one(818000)], [99750], 81596, 899596),
        ([one(14000)], [50000, 99750], 2097, 16097),
        ([one(114000)], [50000, 99750], 17072, 131072),
        ([one(850000), one(-750000)], [190000], 19000, 119000),
        ([one(360, 10000)], [55000], 198, 3798),
    ],
)
def test_published_vectors(
    policy: RoundingPolicy, lines: list[LineInput], rates: list[int], tax: int, total: int
) -> None:
    totals = compute_totals(lines, [part(rate) for rate in rates], policy)
    assert (totals.tax_cents, totals.total_cents) == (tax, total)


def test_half_to_even_is_another_cent() -> None:
    policy = RoundingPolicy(Rounding.HALF_EVEN)
    assert compute_totals([one(14000)], [part(50000), part(99750)], policy).total_cents == 16096


def test_the_level_of_rounding_is_a_policy() -> None:
    lines = [one(10), one(10), one(10)]
    by_document = compute_totals(lines, [part(50000)])
    by_line = compute_totals(lines, [part(50000)], RoundingPolicy(level=TaxLevel.LINE))
    assert (by_document.tax_cents, by_line.tax_cents) == (2, 3)


def test_a_policy_survives_being_stored() -> None:
    for policy in BOTH:
        assert RoundingPolicy.of(policy.stored()) == policy


def nearest(value: Fraction, mode: Rounding) -> int:
    """The oracle: written from the definition, not from the program."""
    low = value.numerator // value.denominator
    if value - low != Fraction(1, 2):
        return low if value - low < Fraction(1, 2) else low + 1
    if mode is Rounding.HALF_EVEN:
        return low if low % 2 == 0 else low + 1
    return low + 1 if value > 0 else low


@settings(max_examples=400)
@given(LINES, PARTS, POLICIES)
def test_an_independent_oracle_agrees(
    lines: list[LineInput], parts: list[TaxPart], policy: RoundingPolicy
) -> None:
    totals = compute_totals(lines, parts, policy)
    amounts = [
        nearest(Fraction(line.qty_milli, 1000) * line.unit_price_cents, policy.mode)
        for line in lines
    ]
    taxable = [amount for amount, line in zip(amounts, lines, strict=True) if line.taxable]
    taxes = []
    for each in parts:
        rate = Fraction(each.rate_ppm, 1_000_000)
        bases = taxable if policy.level is TaxLevel.LINE else [sum(taxable)]
        taxes.append(sum(nearest(base * rate, policy.mode) for base in bases))
    assert list(totals.amounts) == amounts
    assert [tax.tax_cents for tax in totals.taxes] == taxes
    assert totals.total_cents == sum(amounts) + sum(taxes)


@given(LINES, PARTS, POLICIES)
def test_printed_parts_add_up(
    lines: list[LineInput], parts: list[TaxPart], policy: RoundingPolicy
) -> None:
    totals = compute_totals(lines, parts, policy)
    assert sum(totals.amounts) == totals.subtotal_cents
    assert totals.subtotal_cents + sum(t.tax_cents for t in totals.taxes) == totals.total_cents


@given(LINES, PARTS, st.randoms())
def test_the_order_of_lines_does_not_change_the_total(lines, parts, random) -> None:
    shuffled = random.sample(lines, len(lines))
    assert compute_totals(lines, parts).total_cents == compute_totals(shuffled, parts).total_cents


@given(LINES, PARTS, POLICIES)
def test_a_credit_mirrors_its_charge(
    lines: list[LineInput], parts: list[TaxPart], policy: RoundingPolicy
) -> None:
    back = [LineInput(-line.qty_milli, line.unit_price_cents, line.taxable) for line in lines]
    charge, credit = compute_totals(lines, parts, policy), compute_totals(back, parts, policy)
    assert charge.total_cents + credit.total_cents == 0


@pytest.mark.parametrize(
    ("ppm", "text"), [(62000, "6.2"), (20000, "2.0"), (99750, "9.975"), (0, "0.0"), (1, "0.0001")]
)
def test_rates_are_shown_as_percent(ppm: int, text: str) -> None:
    assert format_rate(ppm) == f"{text}\u00a0%"
