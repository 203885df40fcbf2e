"""Invoices: the list, one invoice in full, and what waits to be invoiced."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.domain.contacts import list_name
from tcf_desktop.domain.documents import is_overdue
from tcf_desktop.services.search import match_expression

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

FILTERS: Final = (
    "all", "draft", "open", "overdue", "paid", "void", "credit_note", "deposit",
)  # fmt: skip
# What has no number or date yet comes first: a part of its own, so that each part has an index.
SORTS: Final[dict[str, tuple[str, ...]]] = {
    "number": (
        " AND i.number IS NULL ORDER BY i.id {d}",
        " AND i.number IS NOT NULL ORDER BY i.issued_on {d}, i.series_n {d}, i.id {d}",
    ),
    "customer": (" ORDER BY c.sort_name {d}, i.issued_on DESC, i.id DESC",),
    "issued": (
        " AND i.issued_on IS NULL ORDER BY i.id {d}",
        " AND i.issued_on IS NOT NULL ORDER BY i.issued_on {d}, i.id {d}",
    ),
    "due": (
        " AND i.due_on IS NULL ORDER BY i.id {d}",
        " AND i.due_on IS NOT NULL ORDER BY i.due_on {d}, i.id {d}",
    ),
    "total": (" ORDER BY i.total_cents {d}, i.id {d}",),
    "open": (" ORDER BY i.open_cents {d}, i.id {d}",),
    "state": (" ORDER BY i.state {d}, i.issued_on DESC, i.id DESC",),
    "sent": (" ORDER BY i.sent_how {d}, i.sent_at {d}, i.id {d}",),
}


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """One row of the list; amounts are the stored ones, dates ISO or None."""

    id: int
    number: str | None
    state: str
    contact_id: int
    customer: str
    issued_on: str | None
    due_on: str | None
    currency: str
    total_cents: int
    paid_cents: int
    open_cents: int
    sent_at: int | None
    created_at: int
    doc_type: str = "invoice"
    sent_how: str = ""

    def overdue(self, today: date) -> bool:
        """Whether money is owed after the due day."""
        return is_overdue(self.state, self.open_cents, self.due_on, today)


@dataclass(frozen=True, slots=True)
class InvoiceList:
    """Every matching id in order, with the stored sums of what is shown (drafts and void ones
    count, but their amounts do not)."""

    ids: array[int]
    total_cents: int
    open_cents: int


@dataclass(frozen=True, slots=True)
class InvoiceCounts:
    """How many invoices each filter shows."""

    all: int
    draft: int
    open: int
    overdue: int
    paid: int
    void: int
    credit_note: int = 0
    deposit: int = 0


_ROW = """
    SELECT i.id, i.number, i.state, i.contact_id, c.first_name, c.last_name, c.company,
        c.display_name, i.issued_on, i.due_on, i.currency, i.total_cents, i.paid_cents,
        i.open_cents, i.sent_at, i.created_at, i.doc_type, i.sent_how
    FROM invoices i JOIN contacts c ON c.id = i.contact_id
"""
_WHERE: Final = {
    "all": "",
    "draft": " AND i.state = 'draft'",
    "open": " AND i.state IN ('issued', 'part_paid') AND i.doc_type <> 'credit_note'",
    "overdue": " AND i.state IN ('issued', 'part_paid') AND i.open_cents > 0 AND i.due_on < :today",
    "paid": " AND i.state = 'paid'",
    "void": " AND i.state IN ('void', 'credited')",
    # The first condition of each is that of an index.
    "credit_note": " AND i.corrects_id IS NOT NULL AND i.doc_type = 'credit_note'",
    "deposit": " AND i.proposal_id IS NOT NULL AND i.doc_type = 'deposit'",
}


def invoice_list(
    r: Reader,
    today: str,
    *,
    text: str = "",
    shown: str = "all",
    sort: str = "issued",
    descending: bool = True,
) -> InvoiceList:
    """Invoices that match what was typed (a number or a customer); for an io thread."""
    where, params = _WHERE[shown].replace(":today", "?"), [today] if shown == "overdue" else []
    if text.strip():
        found, values = _search(text)
        where += found
        params += values
    way = "DESC" if descending else "ASC"
    join = " JOIN contacts c ON c.id = i.contact_id" if sort == "customer" else ""
    ids = array("q")
    for tail in SORTS[sort]:
        rows = r.all(
            f"SELECT i.id FROM invoices i{join} WHERE i.deleted_at IS NULL{where}"
            f"{tail.format(d=way)}",
            params,
        )
        ids.extend(row[0] for row in rows)
    sums = r.one(
        "SELECT coalesce(sum(i.total_cents), 0), coalesce(sum(i.open_cents), 0) FROM invoices i"
        f" WHERE i.deleted_at IS NULL AND i.state NOT IN ('draft', 'void'){where}",
        params,
    )
    total, still_open = sums or (0, 0)
    return InvoiceList(ids, total, still_open)


def _search(text: str) -> tuple[str, list[str]]:
    """Numbers that begin with the text, or customers that match its words."""
    typed = text.strip()
    low = "".join(char for char in typed if char not in "%_")
    expression = match_expression(typed)
    if not expression or not any(char.isalpha() for char in typed):
        return " AND i.number LIKE ?", [f"{low}%"]
    return (
        " AND (i.number LIKE ? OR i.contact_id IN"
        " (SELECT rowid FROM contact_search WHERE contact_search MATCH ?))",
        [f"{low}%", expression],
    )


def invoice_rows(r: Reader, ids: Sequence[int]) -> dict[int, InvoiceRow]:
    """The rows of these ids, by id; ids that are gone are missing."""
    if not ids:
        return {}
    marks = ",".join("?" * len(ids))
    rows = r.all(f"{_ROW} WHERE i.id IN ({marks}) AND i.deleted_at IS NULL", tuple(ids))
    return {row[0]: _row(row) for row in rows}


def _row(row: Sequence[Any]) -> InvoiceRow:
    name = row[6] or list_name(row[4] or "", row[5] or "", "") or row[7]
    return InvoiceRow(row[0], row[1], row[2], row[3], name, *row[8:18])


def invoice_counts(r: Reader, today: str) -> InvoiceCounts:
    """How many there are of each."""
    by_state = dict(
        r.all("SELECT state, count(*) FROM invoices WHERE deleted_at IS NULL GROUP BY state")
    )
    overdue = r.value(
        "SELECT count(*) FROM invoices WHERE deleted_at IS NULL AND open_cents <> 0"
        " AND state IN ('issued', 'part_paid') AND open_cents > 0 AND due_on < ?",
        (today,),
    )
    others = {
        kind: r.one(
            "SELECT count(*), coalesce(sum(i.state IN ('issued', 'part_paid')), 0) FROM invoices i"
            f" WHERE i.deleted_at IS NULL{_WHERE[kind]}"
        )
        or (0, 0)
        for kind in ("credit_note", "deposit")
    }
    still_open = by_state.get("issued", 0) + by_state.get("part_paid", 0)
    still_open -= others["credit_note"][1]
    ended = by_state.get("void", 0) + by_state.get("credited", 0)
    return InvoiceCounts(
        sum(by_state.values()),
        by_state.get("draft", 0),
        still_open,
        overdue,
        by_state.get("paid", 0),
        ended,
        others["credit_note"][0],
        others["deposit"][0],
    )


def invoice_by_number(r: Reader, number: str) -> int | None:
    """The id of an issued invoice; None when there is no such number."""
    found = r.value("SELECT id FROM invoices WHERE number = ?", (number.strip(),))
    return None if found is None else int(found)


# what waits to be invoiced


@dataclass(frozen=True, slots=True)
class ToInvoiceRow:
    """A finished, priced visit without an invoice."""

    id: int
    contact_id: int
    location_id: int | None
    customer: str
    place: str
    service: str
    on: str
    crew: str
    total_cents: int


def to_invoice(r: Reader, limit: int = 500) -> tuple[ToInvoiceRow, ...]:
    """Finished visits that are not invoiced, customers in order, oldest visit first."""
    rows = r.all(
        """
        SELECT a.id, a.contact_id, a.location_id, c.first_name, c.last_name, c.company,
            c.display_name,
            coalesce(nullif(p.name, ''), p.street, ''), a.title,
            (SELECT group_concat(l.name, ' + ') FROM
                (SELECT name FROM appointment_lines WHERE appointment_id = a.id
                    ORDER BY position) l),
            substr(a.starts_local, 1, 10), coalesce(g.name, w.name, ''), a.total_cents
        FROM appointments a JOIN contacts c ON c.id = a.contact_id
        LEFT JOIN locations p ON p.id = a.location_id
        LEFT JOIN crews g ON g.id = a.crew_id LEFT JOIN workers w ON w.id = a.worker_id
        WHERE a.state = 'done' AND a.invoice_id IS NULL AND a.deleted_at IS NULL
            AND a.kind = 'job' AND a.total_cents > 0
        ORDER BY c.sort_name, a.contact_id, a.starts_at LIMIT ?
        """,
        (limit,),
    )
    return tuple(
        ToInvoiceRow(
            row[0],
            row[1],
            row[2],
            row[5] or list_name(row[3] or "", row[4] or "", "") or row[6],
            row[7],
            row[9] or row[8] or "",
            *row[10:13],
        )
        for row in rows
    )
