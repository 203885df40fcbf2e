"""Discounts as they are typed: a share ("10%") or an amount ("25.00")."""

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.money import MAX_MINOR, PLAIN_STYLE, NumberStyle, parse_amount, parse_price
from tcf_desktop.domain.tax import PPM


def parse_discount(
    text: str, currency: str = "USD", style: NumberStyle = PLAIN_STYLE
) -> tuple[int, int]:
    """``10%`` as (100000, 0), ``25`` as (0, 2500): millionths of a share, or minor units.

    Nothing, or zero, is no discount. Raises ``money.not_an_amount``, ``money.too_large`` and
    ``invoice.bad_discount`` below zero or above the whole.
    """
    plain = text.strip()
    if not plain:
        return 0, 0
    if plain.endswith(("%", "٪")):
        # Ten-thousandths of a hundredth are millionths.
        share, cents = parse_price(plain[:-1].strip(), "JPY", style), 0
    else:
        share, cents = 0, parse_amount(plain, currency, style)
    if not 0 <= share <= PPM or not 0 <= cents <= MAX_MINOR:
        raise AppError("invoice.bad_discount")
    return share, cents
