"""What of an invoice can still be credited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Rows = Callable[[str, Sequence[Any]], Sequence[Any]]  # runs a statement: reader.all or uow.rows


@dataclass(frozen=True, slots=True)
class CreditableLine:
    """A line of an issued invoice; ``left_milli`` is what credit notes have not taken back."""

    position: int
    name: str
    description: str
    qty_milli: int
    left_milli: int
    unit: str
    unit_price_e4: int
    discount_ppm: int
    discount_fixed_cents: int
    taxable: bool
    tax_code_id: int | None
    tax_ppm: int
    amount_cents: int
    service_id: int | None
    id: int


def creditable_lines(rows: Rows, invoice_id: int) -> tuple[CreditableLine, ...]:
    """The lines in order."""
    found = rows(
        "SELECT l.position, l.name, l.description, l.qty_milli, l.qty_milli + coalesce((SELECT"
        " sum(n.qty_milli) FROM invoice_lines n JOIN invoices c ON c.id = n.invoice_id"
        " WHERE n.credits_line_id = l.id AND c.state <> 'void'), 0), l.unit, l.unit_price_e4,"
        " l.discount_ppm, l.discount_fixed_cents, l.taxable, l.tax_code_id, l.tax_ppm,"
        " l.amount_cents, l.service_id, l.id FROM invoice_lines l WHERE l.invoice_id = ?"
        " ORDER BY l.position",
        (invoice_id,),
    )
    return tuple(CreditableLine(*row[:9], *map(bool, row[9:10]), *row[10:]) for row in found)
