"""Amounts: rounding against fractions, display and forgiving input."""

import contextlib
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.money import (
    MAX_MINOR,
    MAX_PRICE_E4,
    PRICE_SCALE,
    Money,
    NumberStyle,
    Rounding,
    format_amount,
    format_money,
    format_price,
    format_quantity,
    format_unit_price,
    line_amount,
    minor_digits,
    parse_amount,
    parse_price,
    parse_quantity,
    plain_decimal,
    plain_price,
    round_fraction,
    split_evenly,
)

STYLES = [NumberStyle(), NumberStyle(",", "."), NumberStyle(",", "\u202f"), NumberStyle(".", "'")]


@pytest.mark.parametrize(
    ("value", "up", "even"),
    [
        (Fraction(5, 2), 3, 2),
        (Fraction(-5, 2), -3, -2),
        (Fraction(7, 2), 4, 4),
        (Fraction(249, 100), 2, 2),
        (Fraction(-1, 3), 0, 0),
    ],
)
def test_half_goes_away_from_zero_unless_to_even(value: Fraction, up: int, even: int) -> None:
    assert round_fraction(value) == up
    assert round_fraction(value, Rounding.HALF_EVEN) == even


@given(st.fractions())
def test_rounding_is_the_nearest_integer_and_mirrors(value: Fraction) -> None:
    result = round_fraction(value)
    assert abs(value - result) <= Fraction(1, 2)
    assert round_fraction(-value) == -result


@pytest.mark.parametrize(("currency", "digits"), [("USD", 2), ("JPY", 0), ("KWD", 3), ("???", 2)])
def test_minor_digits(currency: str, digits: int) -> None:
    assert minor_digits(currency) == digits


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (123450, "USD", "$1,234.50"),
        (-2500, "USD", "−$25.00"),
        (5, "USD", "$0.05"),
        (1234, "JPY", "¥1,234"),
        (1234567, "KWD", "KWD 1,234.567"),
        (-1, "CHF", "−CHF 0.01"),
    ],
)
def test_money_is_shown_with_its_sign_and_a_true_minus(
    minor: int, currency: str, text: str
) -> None:
    assert format_money(minor, currency) == text


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("$1,234.50", 123450),
        ("−25", -2500),
        ("4*18", 7200),
        ("4 × 18,000.00", 7200000),
        ("(10+2)/3", 400),
        ("10 - 2.5", 750),
        ("100/3", 3333),
        ("0.005", 1),
        ("1.", 100),
        (".5", 50),
        ("USD 12", 1200),
        ("2x4.25", 850),
        ("-(3)", -300),
    ],
)
def test_typed_amounts_and_simple_sums(text: str, cents: int) -> None:
    assert parse_amount(text) == cents


@pytest.mark.parametrize(
    "text",
    ["", " ", "abc", "1,5", "4 18", "1..2", "1.2.3", "5/0", "(1", "1)", "--", "*3",
     "__import__('os')", "1e9", "9" * 500, "1 2,000"],
)  # fmt: skip
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(AppError) as caught:
        parse_amount(text)
    assert caught.value.code == "money.not_an_amount"


def test_amounts_have_a_limit() -> None:
    with pytest.raises(AppError) as caught:
        parse_amount("9999999999999.00")
    assert caught.value.code == "money.too_large"


@given(
    st.integers(-MAX_MINOR, MAX_MINOR),
    st.sampled_from(["USD", "JPY", "KWD"]),
    st.sampled_from(STYLES),
)
def test_an_amount_shown_can_be_typed_again(minor: int, currency: str, style: NumberStyle) -> None:
    assert parse_amount(format_amount(minor, currency, style), currency, style) == minor
    assert parse_amount(plain_decimal(minor, currency), currency) == minor


@pytest.mark.parametrize(
    ("price_e4", "currency", "text"),
    [
        (12_500, "USD", "$0.0125"),
        (450 * PRICE_SCALE, "USD", "$4.50"),
        (450_500, "USD", "$0.4505"),
        (-123_456 * PRICE_SCALE, "USD", "−$1,234.56"),
        (12_000_000, "JPY", "¥1,200"),
        (12_005, "JPY", "¥1.2005"),
        (1_234 * PRICE_SCALE, "KWD", "KWD 1.234"),
        (1_000, "KWD", "KWD 0.0001"),
        (0, "USD", "$0.00"),
        (-1, "USD", "$0.00"),
    ],
)
def test_a_price_has_the_decimals_that_say_something(
    price_e4: int, currency: str, text: str
) -> None:
    assert format_unit_price(price_e4, currency) == text


@pytest.mark.parametrize(
    ("text", "currency", "price_e4"),
    [
        ("0.0125", "USD", 12_500),
        ("$0.01255", "USD", 12_600),
        ("4.50", "USD", 450 * PRICE_SCALE),
        ("1/3", "USD", 333_300),
        ("1.2005", "JPY", 12_005),
        ("-0.0001", "KWD", -1_000),
        ("100,000,000", "USD", MAX_PRICE_E4),
    ],
)
def test_prices_are_read_to_four_decimals(text: str, currency: str, price_e4: int) -> None:
    assert parse_price(text, currency) == price_e4


@pytest.mark.parametrize("currency", ["USD", "JPY", "KWD"])
def test_prices_have_a_limit(currency: str) -> None:
    with pytest.raises(AppError) as caught:
        parse_price("10,000,000,000.0001", currency)
    assert caught.value.code == "money.too_large"


@given(st.data(), st.sampled_from(["USD", "JPY", "KWD"]), st.sampled_from(STYLES))
def test_a_price_shown_can_be_typed_again(
    data: st.DataObject, currency: str, style: NumberStyle
) -> None:
    step = 10 ** minor_digits(currency)  # four decimals of the major unit
    most = MAX_PRICE_E4 // step
    price = data.draw(st.integers(-most, most)) * step
    assert parse_price(format_price(price, currency, style), currency, style) == price
    assert parse_price(plain_price(price, currency), currency) == price


@given(st.integers(-MAX_MINOR // PRICE_SCALE, MAX_MINOR // PRICE_SCALE))
def test_a_price_in_cents_is_shown_as_an_amount(cents: int) -> None:
    assert format_price(cents * PRICE_SCALE, "USD") == format_amount(cents, "USD")


@given(st.integers(-(10**9), 10**9), st.sampled_from(STYLES))
def test_a_quantity_shown_can_be_typed_again(qty: int, style: NumberStyle) -> None:
    assert parse_quantity(format_quantity(qty, style), style) == qty


@given(st.text(max_size=60))
def test_any_text_is_an_amount_or_refused_in_words(text: str) -> None:
    with contextlib.suppress(AppError):
        assert abs(parse_amount(text)) <= MAX_MINOR


@given(st.integers(-(10**9), 10**9), st.integers(-(10**11), 10**11))
def test_a_line_is_quantity_times_price_within_half_a_cent(qty: int, price: int) -> None:
    exact = Fraction(qty * price, 1000 * PRICE_SCALE)
    assert abs(exact - line_amount(qty, price)) <= Fraction(1, 2)


def test_many_at_less_than_a_cent_are_an_amount() -> None:
    assert line_amount(5_500_000, 12_500) == 6_875
    assert line_amount(1_000, 5_000) == 1
    assert line_amount(-1_000, 5_000) == -1
    assert line_amount(1_000, 5_000, Rounding.HALF_EVEN) == 0


def test_a_hundred_in_three() -> None:
    assert split_evenly(10000, 3) == [3334, 3333, 3333]
    assert split_evenly(-10000, 3) == [-3334, -3333, -3333]


@given(st.integers(), st.integers(1, 50))
def test_shares_add_up_and_differ_by_at_most_one(minor: int, parts: int) -> None:
    shares = split_evenly(minor, parts)
    assert sum(shares) == minor
    assert max(shares) - min(shares) <= 1


def test_currencies_do_not_mix() -> None:
    assert Money(500) + Money(250) - Money(50) == Money(700)
    assert str(-Money(250)) == "−$2.50"
    with pytest.raises(AppError) as caught:
        Money(1, "USD") + Money(1, "EUR")
    assert caught.value.code == "money.other_currency"
