"""Price lists in CSV files: columns by their headings, cells as they stand."""

from __future__ import annotations

from typing import Final

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import fold
from tcf_desktop.domain.price_file import PriceFile, PriceFileRow
from tcf_desktop.domain.spreadsheets import unguarded
from tcf_desktop.integrations.files.csv import SEPARATORS, open_table
from tcf_desktop.integrations.files.guard import read_text

MOST_ROWS: Final = 5_000
_LONGEST: Final = 2_000
_HEADINGS: Final[dict[str, frozenset[str]]] = {
    "name": frozenset({"name", "service", "item", "product", "product/service", "title"}),
    "price": frozenset({"price", "unit price", "rate", "amount", "sales price", "cost"}),
    "unit": frozenset({"unit", "per", "unit of measure", "uom"}),
    "description": frozenset({"description", "sales description", "details", "notes"}),
    "minutes": frozenset({"minutes", "duration", "length", "time"}),
    "taxed": frozenset({"taxed", "taxable", "tax"}),
    "kind": frozenset({"kind", "type"}),
}


def parse(path: str) -> PriceFile:
    """Every row of a file. Raises the refusals of the guard, ``prices.columns`` without a column
    of names and one of prices, ``import.too_many``, ``import.nothing_found``."""
    source = read_text(path)
    table = open_table(source, "")
    places = _places(table.headings)
    if not {"name", "price"} <= places.keys():
        found = ", ".join(heading.strip() for heading in table.headings if heading.strip())
        raise AppError("prices.columns", file=source.name, found=found[:80])
    rows: list[PriceFileRow] = []
    for row, (line, cells) in enumerate(table.records, 1):
        if row > MOST_ROWS:
            raise AppError("import.too_many", file=source.name, limit=f"{MOST_ROWS:,}")
        values = {
            key: unguarded(cells[at])[:_LONGEST].strip()
            for key, at in places.items()
            if at < len(cells)
        }
        rows.append(PriceFileRow(row, line, **{"name": "", **values}))
    if not rows:
        raise AppError("import.nothing_found", file=source.name, things="prices")
    return PriceFile(
        source.name, f"{source.encoding_words}, {SEPARATORS[table.separator]}", tuple(rows)
    )


def _places(headings: list[str]) -> dict[str, int]:
    """The column of each meaning: the first whose heading names it."""
    found: dict[str, int] = {}
    for at, heading in enumerate(headings):
        plain = fold(heading).strip()
        for key, names in _HEADINGS.items():
            if plain in names:
                found.setdefault(key, at)
    return found
