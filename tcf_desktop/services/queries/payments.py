"""Payments: the list, one in full, and what a customer still owes."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.domain.contacts import list_name
from tcf_desktop.services.search import match_expression

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

FILTERS: Final = ("all", "unapplied", "undeposited", "refunds", "reversed")
_REVERSED: Final = "EXISTS (SELECT 1 FROM payments v WHERE v.reverses_id = p.id)"
_WHERE: Final = {
    "all": "",
    "unapplied": " AND p.unapplied_cents > 0",
    "undeposited": " AND p.kind = 'payment' AND p.method IN ('cash', 'cheque')"
    f" AND p.deposit_slip_id IS NULL AND NOT {_REVERSED}",
    "refunds": " AND p.kind IN ('refund', 'write_off')",
    "reversed": f" AND (p.kind = 'reversal' OR {_REVERSED})",
}
SORTS: Final = {
    "date": "p.paid_on {d}, p.id {d}",
    "customer": "c.sort_name {d}, p.paid_on DESC, p.id DESC",
    "method": "p.method {d}, p.paid_on DESC, p.id DESC",
    "reference": "p.reference {d}, p.id DESC",
    "amount": "p.amount_cents {d}, p.id DESC",
    "left": "p.unapplied_cents {d}, p.id DESC",
}
# What a movement did to the money that the business has: a reversal does the contrary.
MOVED: Final = (
    "CASE p.kind WHEN 'payment' THEN 1 WHEN 'refund' THEN -1 WHEN 'write_off' THEN 0 ELSE"
    " -(SELECT CASE o.kind WHEN 'payment' THEN 1 WHEN 'refund' THEN -1 ELSE 0 END"
    " FROM payments o WHERE o.id = p.reverses_id) END * p.amount_cents"
)


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One row of the list. ``kind`` is payment, refund, write_off or reversal; ``invoices`` the
    numbers that it settles now; ``reversed`` whether it was countered."""

    id: int
    kind: str
    contact_id: int
    customer: str
    paid_on: str
    method: str
    reference: str
    currency: str
    amount_cents: int
    tip_cents: int
    fee_cents: int
    unapplied_cents: int
    reason: str
    deposit_slip_id: int | None
    reversed: bool
    invoices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaymentList:
    """Every matching id in order, and what the movements come to: in less out, minor units."""

    ids: array[int]
    moved_cents: int
    unapplied_cents: int


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A document that asks for money."""

    id: int
    number: str
    doc_type: str
    issued_on: str
    due_on: str
    currency: str
    total_cents: int
    open_cents: int


@dataclass(frozen=True, slots=True)
class PaymentUse:
    """What a payment settled: minor units by document, in the order of the first time."""

    invoice_id: int
    number: str
    cents: int


def payment_list(
    r: Reader, *, text: str = "", shown: str = "all", sort: str = "date", descending: bool = True
) -> PaymentList:
    """Payments that match what was typed: a customer, a reference, an amount or the number of an
    invoice; for an io thread."""
    where = _WHERE[shown]
    params: list[Any] = []
    if text.strip():
        found, params = _search(text.strip())
        where += found
    way = "DESC" if descending else "ASC"
    source = f"FROM payments p JOIN contacts c ON c.id = p.contact_id WHERE 1{where}"
    rows = r.all(f"SELECT p.id {source} ORDER BY {SORTS[sort].format(d=way)}", params)
    sums = r.one(
        f"SELECT coalesce(sum({MOVED}), 0), coalesce(sum(p.unapplied_cents), 0) {source}", params
    )
    moved, left = sums or (0, 0)
    return PaymentList(array("q", (row[0] for row in rows)), moved, left)


def _search(typed: str) -> tuple[str, list[Any]]:
    low = "".join(char for char in typed if char not in "%_")
    digits = "".join(char for char in typed if char.isdigit())
    where = [
        "p.reference LIKE ?",
        "p.id IN (SELECT a.payment_id FROM allocations a JOIN invoices i ON i.id = a.invoice_id"
        " WHERE i.number LIKE ?)",
    ]
    params: list[Any] = [f"%{low}%", f"{low}%"]
    if digits and not any(char.isalpha() for char in typed):
        where.append("p.amount_cents IN (?, ?)")
        params += [int(digits[:15]), int(digits[:13]) * 100]
    expression = match_expression(typed)
    if expression and any(char.isalpha() for char in typed):
        where.append(
            "p.contact_id IN (SELECT rowid FROM contact_search WHERE contact_search MATCH ?)"
        )
        params.append(expression)
    return f" AND ({' OR '.join(where)})", params


def payment_rows(r: Reader, ids: Sequence[int]) -> dict[int, PaymentRow]:
    """The rows of these ids, by id."""
    if not ids:
        return {}
    marks = ",".join("?" * len(ids))
    numbers: dict[int, list[str]] = {}
    for payment_id, number in r.all(
        "SELECT a.payment_id, i.number FROM allocations a JOIN invoices i ON i.id = a.invoice_id"
        f" WHERE a.payment_id IN ({marks}) GROUP BY a.payment_id, i.id"
        " HAVING sum(a.amount_cents) <> 0 ORDER BY min(a.id)",
        tuple(ids),
    ):
        numbers.setdefault(payment_id, []).append(number)
    return {
        row[0]: _row(row, tuple(numbers.get(row[0], ())))
        for row in r.all(
            "SELECT p.id, p.kind, p.contact_id, c.first_name, c.last_name, c.company,"
            " c.display_name, p.paid_on, p.method, p.reference, p.currency, p.amount_cents,"
            " p.tip_cents, p.fee_cents, p.unapplied_cents, p.reason, p.deposit_slip_id,"
            f" {_REVERSED} FROM payments p JOIN contacts c ON c.id = p.contact_id"
            f" WHERE p.id IN ({marks})",
            tuple(ids),
        )
    }


def _row(row: Sequence[Any], numbers: tuple[str, ...]) -> PaymentRow:
    name = row[5] or list_name(row[3] or "", row[4] or "", "") or row[6]
    values: tuple[Any, ...] = (*row[:3], name, *row[7:17], bool(row[17]), numbers)
    return PaymentRow(*values)


def payment_counts(r: Reader) -> dict[str, int]:
    """How many each filter shows."""
    return {
        key: int(r.value(f"SELECT count(*) FROM payments p WHERE 1{where}"))
        for key, where in _WHERE.items()
    }


def payment_uses(r: Reader, payment_id: int) -> tuple[PaymentUse, ...]:
    """What a payment settles now."""
    return tuple(
        PaymentUse(*row)
        for row in r.all(
            "SELECT i.id, i.number, sum(a.amount_cents) AS cents FROM allocations a"
            " JOIN invoices i ON i.id = a.invoice_id WHERE a.payment_id = ? GROUP BY i.id"
            " HAVING cents <> 0 ORDER BY min(a.id)",
            (payment_id,),
        )
    )


def open_documents(r: Reader, contact_id: int) -> tuple[OpenDocument, ...]:
    """What a customer owes, the oldest due first."""
    return tuple(
        OpenDocument(*row)
        for row in r.all(
            "SELECT id, number, doc_type, issued_on, coalesce(due_on, issued_on), currency,"
            " total_cents, open_cents FROM invoices WHERE contact_id = ? AND open_cents > 0"
            " AND state IN ('issued', 'part_paid') ORDER BY due_on, issued_on, id",
            (contact_id,),
        )
    )


def like_payment(
    r: Reader, contact_id: int, cents: int, reference: str, on: str
) -> PaymentRow | None:
    """A payment of the same customer, amount and reference within a week: perhaps the same."""
    found = r.value(
        "SELECT p.id FROM payments p WHERE p.contact_id = ? AND p.kind = 'payment'"
        " AND p.amount_cents = ? AND p.reference = ? AND abs(julianday(p.paid_on) - julianday(?))"
        f" <= 7 AND NOT {_REVERSED} ORDER BY p.id DESC LIMIT 1",
        (contact_id, cents, reference.strip(), on),
    )
    return None if found is None else payment_rows(r, [found])[found]
