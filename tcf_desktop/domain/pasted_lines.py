"""Lines of a document pasted from a spreadsheet: which cell is what."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.money import (
    PLAIN_STYLE,
    NumberStyle,
    line_amount,
    parse_amount,
    parse_price,
    parse_quantity,
)

MAX_ROWS = 500


@dataclass(frozen=True, slots=True)
class PastedLine:
    """A row as understood: words, thousandths of a unit, and the price of one (None: not given)."""

    name: str
    description: str
    qty_milli: int
    unit_price_e4: int | None


def is_table(text: str) -> bool:
    """Whether a copied text is rows of cells and not just words."""
    return "\t" in text.strip("\n") or "\n" in text.strip()


def pasted_lines(
    text: str, currency: str = "USD", style: NumberStyle = PLAIN_STYLE
) -> tuple[PastedLine, ...]:
    """The rows that say what was done. At most :data:`MAX_ROWS`.

    In each row words come first (the name, then a description), figures after them: one is the
    price, two are quantity and price, a third that is their product is the amount and left out.
    A first row without a figure above rows with figures is the heading. Raises
    ``money.too_large``.
    """
    rows = [
        [cell.strip() for cell in row]
        for row in csv.reader(text.strip("\n").splitlines(keepends=True), delimiter="\t")
    ]
    rows = [row for row in rows if any(row)][: MAX_ROWS + 1]
    if not any(_figures(row, currency, style) for row in rows[:1]) and any(
        _figures(row, currency, style) for row in rows[1:]
    ):
        rows = rows[1:]
    found = [_line(row, currency, style) for row in rows[:MAX_ROWS]]
    return tuple(line for line in found if line is not None)


def _line(row: Sequence[str], currency: str, style: NumberStyle) -> PastedLine | None:
    figures = _figures(row, currency, style)
    words = [cell for cell in row if cell and cell not in figures]
    if not words:
        return None
    figures = list(_without_amount(figures, currency, style))
    quantity, price = 1000, None
    if len(figures) == 1:
        price = parse_price(figures[0], currency, style)
    elif figures:
        quantity = parse_quantity(figures[0], style)
        price = parse_price(figures[1], currency, style)
    return PastedLine(words[0], "\n".join(words[1:]), quantity, price)


def _without_amount(figures: Sequence[str], currency: str, style: NumberStyle) -> Sequence[str]:
    if len(figures) < 3:
        return figures
    amount = parse_amount(figures[-1], currency, style)
    quantity, price = parse_quantity(figures[-3], style), parse_price(figures[-2], currency, style)
    return figures[-3:-1] if line_amount(quantity, price) == amount else figures[:2]


def _figures(row: Sequence[str], currency: str, style: NumberStyle) -> list[str]:
    """The figures behind the first cell, which is always words."""
    found = []
    for cell in row[1:]:
        try:
            parse_amount(cell, currency, style)
        except AppError as error:
            if error.code == "money.too_large":
                raise
        else:
            found.append(cell)
    return found
