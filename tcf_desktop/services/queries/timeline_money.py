"""Documents and payments on a contact's timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tcf_desktop.domain.proposals import full_number
from tcf_desktop.services.queries.timeline_parts import Ask, Entry

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader


def invoices(r: Reader, ask: Ask) -> list[Entry]:
    """What was issued."""
    older, params = ask.older_day("issued_on")
    rows = r.all(
        "SELECT id, issued_on, state, number, due_on, total_cents, doc_type FROM invoices"
        f" WHERE contact_id = ? AND deleted_at IS NULL AND {older}"
        " ORDER BY issued_on DESC, id DESC LIMIT ?",
        (ask.contact_id, *params, ask.limit),
    )
    return [
        Entry(
            "invoice",
            ask.day_key(on, row_id),
            on,
            state=state,
            about=number or "",
            more=due or "",
            amount_cents=cents,
            opens=row_id,
            params={"kind": kind},
        )
        for row_id, on, state, number, due, cents, kind in rows
    ]


def proposals(r: Reader, ask: Ask) -> list[Entry]:
    """Proposals, each version at the day it was sent, a draft at the day it was begun."""
    older, params = ask.older("p.at", "p.id")
    rows = r.all(
        "SELECT p.id, p.at, p.number, p.revision, p.state, p.title, p.total_cents, p.why,"
        " p.valid_until_on FROM (SELECT id, number, revision, state, title, total_cents,"
        " decline_reason AS why, valid_until_on, coalesce(sent_at, created_at) AS at"
        " FROM proposals WHERE contact_id = ? AND deleted_at IS NULL) p"
        f" WHERE {older} ORDER BY p.at DESC, p.id DESC LIMIT ?",
        (ask.contact_id, *params, ask.limit),
    )
    return [
        Entry(
            "proposal",
            ask.key(at, row_id),
            ask.day(at),
            title=title,
            state=state,
            about=full_number(number, revision),
            more=valid or "",
            amount_cents=cents,
            opens=row_id,
            params={"reason": why},
        )
        for row_id, at, number, revision, state, title, cents, why, valid in rows
    ]


def drafts(r: Reader, ask: Ask) -> list[Entry]:
    """Drafts of invoices."""
    older, params = ask.older("created_at")
    rows = r.all(
        "SELECT id, created_at, total_cents FROM invoices WHERE contact_id = ?"
        f" AND issued_on IS NULL AND state = 'draft' AND deleted_at IS NULL AND {older}"
        " ORDER BY created_at DESC, id DESC LIMIT ?",
        (ask.contact_id, *params, ask.limit),
    )
    return [
        Entry(
            "invoice",
            ask.key(at, row_id),
            ask.day(at),
            state="draft",
            amount_cents=cents,
            opens=row_id,
        )
        for row_id, at, cents in rows
    ]


def payments(r: Reader, ask: Ask) -> list[Entry]:
    """Money that came or went back, was given up, or reversed."""
    older, params = ask.older_day("p.paid_on", "p.id")
    rows = r.all(
        "SELECT p.id, p.paid_on, p.method, p.reference, p.amount_cents,"
        " replace(group_concat(DISTINCT i.number), ',', ', '), min(i.id), min(i.state), p.kind,"
        " p.reason"
        " FROM (SELECT * FROM payments p WHERE p.contact_id = ?"
        f" AND {older} ORDER BY p.paid_on DESC, p.id DESC LIMIT ?) p"
        " LEFT JOIN allocations x ON x.payment_id = coalesce(p.reverses_id, p.id)"
        " LEFT JOIN invoices i ON i.id = x.invoice_id"
        " GROUP BY p.id ORDER BY p.paid_on DESC, p.id DESC",
        (ask.contact_id, *params, ask.limit),
    )
    return [
        Entry(
            "payment",
            ask.day_key(on, row_id),
            on,
            state=state or "",
            about=method,
            more=reference,
            amount_cents=cents,
            opens=invoice_id,
            params={"numbers": numbers or "", "kind": kind, "reason": reason},
        )
        for row_id, on, method, reference, cents, numbers, invoice_id, state, kind, reason in rows
    ]
