"""How a payment is spread over open invoices."""

from __future__ import annotations

from collections.abc import Sequence


def spread(cents: int, open_cents: Sequence[int]) -> list[int]:
    """What each invoice gets of an amount, the first one first, none more than it owes.

    The rest, if any, is what the amount has more than the sum.
    """
    shares = []
    for owed in open_cents:
        share = min(max(cents, 0), max(owed, 0))
        shares.append(share)
        cents -= share
    return shares
