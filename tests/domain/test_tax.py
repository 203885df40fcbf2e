"""Totals of documents against published vectors and an oracle in fractions."""

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcf_desktop.domain import tax as t
from tcf_desktop.domain.money import PRICE_SCALE as E4
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
    st.builds(
        LineInput, st.integers(-(10**6), 10**6), st.integers(-(10**10), 10**10), st.booleans()
    ),
    max_size=12,
)
PARTS = st.lists(st.builds(TaxPart, st.text(max_size=5), st.integers(0, 400_000)), max_size=4)
POLICIES = st.builds(RoundingPolicy, st.sampled_from(Rounding), st.sampled_from(TaxLevel))
BOTH = [RoundingPolicy(mode, level) for mode in Rounding for level in TaxLevel]


def one(cents: int, qty_milli: int = 1000) -> LineInput:
    return LineInput(qty_milli, cents * E4)


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
        nearest(Fraction(line.qty_milli * line.unit_price_e4, 1000 * E4), policy.mode)
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
    back = [LineInput(-line.qty_milli, line.unit_price_e4, line.taxable) for line in lines]
    charge, credit = compute_totals(lines, parts, policy), compute_totals(back, parts, policy)
    assert charge.total_cents + credit.total_cents == 0


@pytest.mark.parametrize(
    ("ppm", "text"), [(62000, "6.2"), (20000, "2.0"), (99750, "9.975"), (0, "0.0"), (1, "0.0001")]
)
def test_rates_are_shown_as_percent(ppm: int, text: str) -> None:
    assert format_rate(ppm) == f"{text}\u00a0%"


# discounts, tax codes, prices that include the tax

codes = st.sampled_from((None, 1, 2))
coded_lines = st.lists(
    st.builds(
        t.LineInput,
        qty_milli=st.integers(-5_000, 50_000),
        unit_price_e4=st.integers(0, 90_000 * E4),
        taxable=st.booleans(),
        code=codes,
        discount_ppm=st.sampled_from((0, 0, 50_000, 333_333, 1_000_000)),
    ),
    max_size=6,
)
coded_parts = st.lists(
    st.builds(
        t.TaxPart,
        name=st.sampled_from(("State", "County", "City", "District")),
        rate_ppm=st.integers(0, 250_000),
        rates=st.sampled_from(((), ((1, 0),), ((1, 20_000), (2, 5_500)))),
    ),
    max_size=4,
)
all_terms = st.builds(
    t.DocumentTerms,
    prices_include_tax=st.booleans(),
    discount_ppm=st.sampled_from((0, 0, 100_000, 125_000, 1_000_000)),
    discount_cents=st.sampled_from((0, 1, 999, 10**9)),
)
all_policies = st.builds(
    t.RoundingPolicy,
    mode=st.sampled_from(list(Rounding)),
    level=st.sampled_from(list(t.TaxLevel)),
)


@given(coded_lines, coded_parts, all_policies, all_terms)
def test_whatever_is_printed_adds_up(
    lines: list[LineInput], parts: list[TaxPart], policy: RoundingPolicy, terms: t.DocumentTerms
) -> None:
    totals = t.compute_totals(lines, parts, policy, terms)
    assert sum(totals.amounts) == totals.subtotal_cents
    assert sum(totals.nets) == totals.net_cents
    assert sum(tax.tax_cents for tax in totals.taxes) == totals.tax_cents
    assert totals.net_cents + totals.tax_cents == totals.total_cents
    left = totals.subtotal_cents - totals.discount_cents
    assert left == (totals.total_cents if terms.prices_include_tax else totals.net_cents)


@given(coded_lines, coded_parts, all_policies, all_terms, st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_no_figure(
    lines: list[LineInput],
    parts: list[TaxPart],
    policy: RoundingPolicy,
    terms: t.DocumentTerms,
    rng: Random,
) -> None:
    first = t.compute_totals(lines, parts, policy, terms)
    mixed = list(lines)
    rng.shuffle(mixed)
    again = t.compute_totals(mixed, parts, policy, terms)
    for figure in ("subtotal_cents", "discount_cents", "net_cents", "taxes", "total_cents"):
        assert getattr(first, figure) == getattr(again, figure)
    assert sorted(first.nets) == sorted(again.nets)


@given(coded_lines, coded_parts, all_terms)
def test_a_credit_with_discounts_mirrors_its_charge(
    lines: list[LineInput], parts: list[TaxPart], terms: t.DocumentTerms
) -> None:
    back = [replace(line, qty_milli=-line.qty_milli) for line in lines]
    charge = t.compute_totals(lines, parts, t.DEFAULT_POLICY, terms)
    credit = t.compute_totals(back, parts, t.DEFAULT_POLICY, terms)
    assert (credit.subtotal_cents, credit.discount_cents, credit.net_cents, credit.tax_cents) == (
        -charge.subtotal_cents,
        -charge.discount_cents,
        -charge.net_cents,
        -charge.tax_cents,
    )


@given(st.integers(1, 10**7), st.integers(1, 400_000))
def test_an_inclusive_price_gives_the_tax_of_the_exclusive_one(net: int, rate: int) -> None:
    parts = [t.TaxPart("VAT", rate)]
    out = t.compute_totals([t.LineInput(1000, net * E4)], parts)
    gross = [t.LineInput(1000, out.total_cents * E4)]
    back = t.compute_totals(gross, parts, terms=t.DocumentTerms(prices_include_tax=True))
    assert (back.net_cents, back.tax_cents, back.total_cents) == (
        out.net_cents,
        out.tax_cents,
        out.total_cents,
    )


@given(coded_lines, coded_parts, st.booleans())
def test_a_discount_of_all_leaves_nothing_to_pay(
    lines: list[LineInput], parts: list[TaxPart], inclusive: bool
) -> None:
    terms = t.DocumentTerms(prices_include_tax=inclusive, discount_ppm=1_000_000)
    assert t.compute_totals([line for line in lines if line.qty_milli > 0], parts,
                            terms=terms).total_cents == 0  # fmt: skip


def test_a_fixed_discount_is_shared_out_to_the_cent() -> None:
    lines = [t.LineInput(1000, 33_33 * E4), t.LineInput(1000, 33_33 * E4, taxable=False),
             t.LineInput(1000, 33_34 * E4)]  # fmt: skip
    totals = t.compute_totals(
        lines, [t.TaxPart("State", 42_000)], terms=t.DocumentTerms(discount_cents=10_00)
    )
    assert totals.discount_cents == 10_00
    assert totals.nets == (30_00, 30_00, 30_00)
    assert [(tax.base_cents, tax.tax_cents) for tax in totals.taxes] == [(60_00, 2_52)]
