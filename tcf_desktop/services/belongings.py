"""What was made since a merge follows the records that go back to where they belong.

A visit booked at a place goes with the place, an invoice with the visits that it is for, a payment
with the invoices that it pays. What belongs to both sides stays where it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tcf_desktop.services.journal import Row
    from tcf_desktop.services.uow import UnitOfWork

_CHUNK: Final = 500
# (what follows, what it follows, who owns it now): rows whose owner is somebody else.
_AT_PLACE: Final = (
    "SELECT t.id, t.version, t.contact_id, l.contact_id FROM {table} t"
    " JOIN locations l ON l.id = t.location_id"
    " WHERE l.id IN ({marks}) AND t.contact_id <> l.contact_id"
)
_AT_VISIT: Final = (
    "SELECT f.id, f.version, f.contact_id, a.contact_id FROM attachments f"
    " JOIN appointments a ON a.id = f.appointment_id"
    " WHERE a.id IN ({marks}) AND f.contact_id <> a.contact_id"
)
_FOR_VISITS: Final = (
    "SELECT i.id, i.version, i.contact_id, min(a.contact_id) FROM invoices i"
    " JOIN appointments a ON a.invoice_id = i.id WHERE i.id IN"
    " (SELECT invoice_id FROM appointments WHERE id IN ({marks}))"
    " GROUP BY i.id HAVING min(a.contact_id) = max(a.contact_id)"
    " AND i.contact_id <> min(a.contact_id)"
)
_FOR_INVOICES: Final = (
    "SELECT p.id, p.version, p.contact_id, min(i.contact_id) FROM payments p"
    " JOIN allocations o ON o.payment_id = p.id JOIN invoices i ON i.id = o.invoice_id"
    " WHERE p.id IN (SELECT payment_id FROM allocations WHERE invoice_id IN ({marks}))"
    " GROUP BY p.id HAVING min(i.contact_id) = max(i.contact_id)"
    " AND p.contact_id <> min(i.contact_id)"
)


def bring_along(uow: UnitOfWork, rows: Sequence[Row]) -> None:
    """After these rows were put back: let the rest follow; noted, so that it can be redone."""
    moved: defaultdict[str, set[int]] = defaultdict(set)
    for row in rows:
        if row.op == "update" and "contact_id" in row.before:
            moved[row.table].add(row.row_id)
    places = moved["locations"]
    moved["appointments"] |= _follow(uow, "appointments", _AT_PLACE, places)
    for table in ("series", "notes", "attachments", "frequencies", "billing_plans"):
        _follow(uow, table, _AT_PLACE, places)
    drafts = f"{_AT_PLACE} AND t.state = 'draft'"
    moved["invoices"] |= _follow(uow, "invoices", drafts, places)
    _follow(uow, "proposals", drafts, places)
    _follow(uow, "attachments", _AT_VISIT, moved["appointments"])
    moved["invoices"] |= _follow(uow, "invoices", _FOR_VISITS, moved["appointments"])
    _follow(uow, "payments", _FOR_INVOICES, moved["invoices"])


def _follow(uow: UnitOfWork, table: str, sql: str, parents: set[int]) -> set[int]:
    """Give the rows that the statement finds to the owner that it names; returns their ids."""
    ordered = sorted(parents)
    followed: set[int] = set()
    for start in range(0, len(ordered), _CHUNK):
        chunk = ordered[start : start + _CHUNK]
        marks = ",".join("?" * len(chunk))
        _names, found = uow.fetch(sql.format(table=table, marks=marks), chunk)
        uow.driver(
            f"UPDATE {table} SET contact_id = ?, version = version + 1 WHERE id = ?",
            [(owner, row_id) for row_id, _version, _old, owner in found],
        )
        for row_id, version, old, owner in found:
            before, after = {"contact_id": old, "version": version}, {"contact_id": owner}
            uow.note(table, row_id, "update", before, version + 1, owner, after)
            followed.add(row_id)
    return followed
