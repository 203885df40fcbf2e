"""What a line comes to, as SQL: :func:`tcf_desktop.domain.money.line_amount` for sums of many."""

from typing import Final

# Quantity times price leaves 64 bits long before the amount does, so that the price is taken apart
# into whole minor units and the rest. Halves go away from zero.
_WHOLE: Final = "(abs(l.qty_milli) * (abs(l.unit_price_e4) / 10000))"
_REST: Final = "(abs(l.qty_milli) * (abs(l.unit_price_e4) % 10000))"
LINE_CENTS: Final = (
    f"(sign(l.qty_milli) * sign(l.unit_price_e4)"
    f" * ({_WHOLE} / 1000 + ({_WHOLE} % 1000 * 10000 + {_REST} + 5000000) / 10000000))"
)
"""The amount of the line ``l`` in minor units."""
