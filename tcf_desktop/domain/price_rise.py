"""Raising prices by a share, rounded as an office would write them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tcf_desktop.domain.money import MAX_PRICE_E4, PRICE_SCALE, minor_digits, round_fraction

LEAST_PPM: Final = -900_000
MOST_PPM: Final = 10_000_000
_WHOLE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class PriceRise:
    """``ppm`` is the share in millionths, below zero to lower prices; ``step_cents`` what the new
    price is a multiple of, in minor units of ``currency``."""

    ppm: int
    step_cents: int = 1
    currency: str = "USD"

    def of(self, price_e4: int) -> int:
        """The new price, in ten-thousandths of the smallest unit, rounded half up.

        A price with a part of a cent (5.25 ¢ a square foot) keeps its four decimals: a step of
        whole cents would distort it. A price never changes its sign.
        """
        exact = Fraction(price_e4 * (_WHOLE + self.ppm), _WHOLE)
        whole_cents = price_e4 % PRICE_SCALE == 0
        step = self.step_cents * PRICE_SCALE if whole_cents else 10 ** minor_digits(self.currency)
        raised = round_fraction(exact / step) * step
        return max(-MAX_PRICE_E4, min(MAX_PRICE_E4, raised))
