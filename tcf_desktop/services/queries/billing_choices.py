"""What the editors of documents offer: places, taxes, tax codes, and the next number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tcf_desktop.domain.documents import DocType
from tcf_desktop.domain.numbering import parse_pattern, pattern_column
from tcf_desktop.domain.tax import TaxPart

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

Rows = Callable[[str, Sequence[Any]], Sequence[Any]]  # runs a statement: reader.all or uow.rows


def next_number(r: Reader, issued_on: str, doc_type: str = DocType.INVOICE) -> str:
    """The number that the next document of that kind and day would get."""
    column = pattern_column(doc_type)
    pattern = parse_pattern(r.value(f"SELECT {column} FROM business WHERE id = 1"))
    series = pattern.series(issued_on)
    counter = r.value("SELECT next_n FROM number_series WHERE series = ?", (series,))
    return pattern.format(pattern.first if counter is None else counter, issued_on)


def tax_parts(rows: Rows, tax_id: int | None) -> list[TaxPart]:
    """The parts of a tax in order, each with the tax codes that it charges at another rate; none
    for no tax. A code that is never taxed has the rate 0 everywhere."""
    if tax_id is None:
        return []
    other: dict[int, dict[int, int]] = {}
    for part_id, code, rate in rows(
        "SELECT r.tax_part_id, r.tax_code_id, r.rate_ppm FROM tax_part_rates r"
        " JOIN tax_parts p ON p.id = r.tax_part_id WHERE p.tax_id = ? ORDER BY r.tax_code_id",
        (tax_id,),
    ):
        other.setdefault(part_id, {})[code] = rate
    free = {code: 0 for (code,) in rows("SELECT id FROM tax_codes WHERE taxed = 0 ORDER BY id", ())}
    return [
        TaxPart(name, rate, tuple(sorted({**other.get(part_id, {}), **free}.items())))
        for part_id, name, rate in rows(
            "SELECT id, name, rate_ppm FROM tax_parts WHERE tax_id = ? ORDER BY position", (tax_id,)
        )
    ]


@dataclass(frozen=True, slots=True)
class TaxChoice:
    """A tax to choose, with its parts in order."""

    id: int
    name: str
    parts: tuple[TaxPart, ...]


def tax_choices(r: Reader, with_id: int | None = None) -> tuple[TaxChoice, ...]:
    """The taxes in use, and the one of an older document."""
    rows = r.all(
        "SELECT id, name FROM taxes WHERE deleted_at IS NULL OR id = ? ORDER BY name, id LIMIT 200",
        (with_id if with_id is not None else -1,),
    )
    return tuple(TaxChoice(tax_id, name, tuple(tax_parts(r.all, tax_id))) for tax_id, name in rows)


@dataclass(frozen=True, slots=True)
class TaxCodeChoice:
    """A tax code to choose; ``taxed`` False is never taxed, ``category`` as in UNCL 5305."""

    id: int
    name: str
    taxed: bool
    category: str
    reason: str


def tax_code_choices(r: Reader) -> tuple[TaxCodeChoice, ...]:
    """The tax codes in use, in the office's order."""
    return tuple(
        TaxCodeChoice(row[0], row[1], bool(row[2]), row[3], row[4])
        for row in r.all(
            "SELECT id, name, taxed, category, reason FROM tax_codes WHERE deleted_at IS NULL"
            " ORDER BY position, id LIMIT 200"
        )
    )


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A place of the customer, with the snapshot and the tax that go with it."""

    id: int
    label: str
    snapshot: str
    tax_id: int | None


def place_choices(r: Reader, contact_id: int) -> tuple[PlaceChoice, ...]:
    """Where work can have been done for a customer."""
    rows = r.all(
        "SELECT id, name, street, street2, city, region, postal_code, tax_id FROM locations"
        " WHERE contact_id = ? AND deleted_at IS NULL ORDER BY position, id LIMIT 200",
        (contact_id,),
    )
    return tuple(PlaceChoice(row[0], *_place_words(row[1:7]), row[7]) for row in rows)


def _place_words(parts: Sequence[str | None]) -> tuple[str, str]:
    name, street, street2, city, region, code = (part or "" for part in parts)
    town = ", ".join(filter(None, (city, " ".join(filter(None, (region, code))))))
    lines = [line for line in (name, street, street2, town) if line]
    return ", ".join(filter(None, (name, street or town))), "\n".join(lines)
