"""Raised prices: to the cent, to a step, and never across zero."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcf_desktop.domain.money import MAX_PRICE_E4
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.domain.price_rise import LEAST_PPM, MOST_PPM, PriceRise


@pytest.mark.parametrize(
    ("price", "rise", "new"),
    [
        (100_00 * E4, PriceRise(50_000), 105_00 * E4),
        (99_99 * E4, PriceRise(35_000), 103_49 * E4),
        (99_99 * E4, PriceRise(35_000, 100), 103_00 * E4),
        (99_99 * E4, PriceRise(35_000, 500), 105_00 * E4),
        (100_00 * E4, PriceRise(-100_000), 90_00 * E4),
        (-20_00 * E4, PriceRise(100_000), -22_00 * E4),
        (0, PriceRise(100_000, 100), 0),
        (52_500, PriceRise(100_000, 100), 57_800),  # 5.25 ¢ and ten percent: 5.78 ¢
        (1_000 * E4, PriceRise(50_000, 10, "JPY"), 1_050 * E4),
        (1_234 * E4, PriceRise(50_000, 5, "KWD"), 1_295 * E4),
    ],
)
def test_new_prices(price: int, rise: PriceRise, new: int) -> None:
    assert rise.of(price) == new


@given(
    st.integers(-MAX_PRICE_E4, MAX_PRICE_E4),
    st.integers(LEAST_PPM, MOST_PPM),
    st.sampled_from((1, 5, 10, 50, 100, 500)),
)
def test_a_price_keeps_its_sign_and_stays_within_the_column(
    price: int, ppm: int, step: int
) -> None:
    new = PriceRise(ppm, step).of(price)
    assert new * price >= 0
    assert abs(new) <= MAX_PRICE_E4


@given(st.integers(0, 10**9), st.integers(0, MOST_PPM))
def test_a_raise_never_lowers_a_price_of_whole_cents(cents: int, ppm: int) -> None:
    assert PriceRise(ppm).of(cents * E4) >= min(cents * E4, MAX_PRICE_E4)
