"""Everything about one contact: how to reach it, where it is, what it owes, what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tcf_desktop.domain.contacts import ContactDraft
from tcf_desktop.domain.exemptions import is_tax_free
from tcf_desktop.services.queries.customer_credits import customer_credits
from tcf_desktop.services.queries.imports import drafts_of
from tcf_desktop.services.queries.merging import PastMerge, merges_of
from tcf_desktop.services.queries.occurrences import next_by_contact
from tcf_desktop.services.queries.payments import MOVED

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

_OPEN = "open_cents <> 0 AND open_cents > 0 AND state IN ('issued', 'part_paid')"


@dataclass(frozen=True, slots=True)
class PlaceTax:
    """The tax of a place, for its card; ``rate_ppm`` is the sum of its parts."""

    name: str
    rate_ppm: int


@dataclass(frozen=True, slots=True)
class Visit:
    """A past or coming visit in a few words. ``starts_local`` is a wall time."""

    id: int
    starts_local: str
    minutes: int
    state: str


@dataclass(frozen=True, slots=True)
class ContactDetail:
    """The detail pane. Money in cents, instants in UTC milliseconds."""

    id: int
    name: str
    draft: ContactDraft
    created_at: int
    deleted: bool
    owes_cents: int
    overdue: bool
    to_invoice_cents: int
    paid_year_cents: int
    credit_cents: int
    last_visit: Visit | None
    next_visit: Visit | None
    taxes: dict[int, PlaceTax]  # by the id of the tax; 0 is the business's default
    tax_free: bool = False  # exempt, and the certificate holds today
    home_country: str = ""  # of the business: it need not be said in an address
    merged: tuple[PastMerge, ...] = ()  # that can be taken back, the newest first


def contact_detail(r: Reader, contact_id: int, now_ms: int, today: str) -> ContactDetail | None:
    """The contact, or None when it is gone. A dozen reads by index."""
    head = r.one(
        "SELECT display_name, created_at, deleted_at FROM contacts WHERE id = ?", (contact_id,)
    )
    stored = next(drafts_of(r, [contact_id]), None)
    if head is None or stored is None:
        return None
    owes = r.one(
        f"SELECT coalesce(sum(open_cents), 0), min(due_on) FROM invoices"
        f" WHERE contact_id = ? AND {_OPEN}",
        (contact_id,),
    )
    assert owes is not None
    day = date.fromisoformat(today)
    year_ago = day.replace(year=day.year - 1, day=min(day.day, 28)).isoformat()
    return ContactDetail(
        id=contact_id,
        name=head[0],
        draft=stored.draft,
        created_at=head[1],
        deleted=head[2] is not None,
        owes_cents=owes[0],
        overdue=bool(owes[0] and owes[1] and owes[1] < today),
        tax_free=is_tax_free(stored.draft.exemption, today),
        to_invoice_cents=int(
            r.value(
                "SELECT coalesce(sum(total_cents), 0) FROM appointments WHERE contact_id = ?"
                " AND state = 'done' AND invoice_id IS NULL AND deleted_at IS NULL",
                (contact_id,),
            )
        ),
        paid_year_cents=int(
            r.value(
                f"SELECT coalesce(sum({MOVED}), 0) FROM payments p"
                " WHERE p.contact_id = ? AND p.paid_on > ?",
                (contact_id, year_ago),
            )
        ),
        credit_cents=sum(each.cents for each in customer_credits(r.all, contact_id)),
        last_visit=_visit(r, contact_id, "state = 'done' AND starts_at <= ?", "DESC", now_ms),
        next_visit=_next_visit(r, contact_id, now_ms),
        taxes=_taxes(r),
        home_country=str(r.value("SELECT country FROM business WHERE id = 1") or ""),
        merged=tuple(merges_of(r, contact_id)),
    )


def learned_visits(r: Reader, contact_id: int) -> dict[int, int]:
    """At how many visits crews were seen at one spot, by the id of the location."""
    rows = r.all(
        "SELECT id, learned_visits FROM locations WHERE contact_id = ? AND learned_visits > 0"
        " AND deleted_at IS NULL LIMIT 200",
        (contact_id,),
    )
    return {row[0]: row[1] for row in rows}


def _next_visit(r: Reader, contact_id: int, now_ms: int) -> Visit | None:
    """The first that is ahead, written down or of a series."""
    ahead = "state IN ('tentative', 'confirmed', 'on_the_way', 'arrived') AND starts_at >= ?"
    stored = _visit(r, contact_id, ahead, "ASC", now_ms)
    coming = next_by_contact(r, [contact_id], now_ms).get(contact_id)
    if coming is None or (stored is not None and stored.starts_local <= coming.starts_local):
        return stored
    row = r.one("SELECT minutes, state FROM series WHERE id = ?", (coming.series_id,))
    return None if row is None else Visit(coming.id, coming.starts_local, *row)


def _visit(r: Reader, contact_id: int, which: str, order: str, now_ms: int) -> Visit | None:
    row = r.one(
        f"SELECT id, starts_local, minutes, state FROM appointments WHERE contact_id = ?"
        f" AND {which} AND deleted_at IS NULL ORDER BY starts_at {order} LIMIT 1",
        (contact_id, now_ms),
    )
    return None if row is None else Visit(*row)


def _taxes(r: Reader) -> dict[int, PlaceTax]:
    rows = r.all(
        "SELECT t.id, t.name, coalesce((SELECT sum(p.rate_ppm) FROM tax_parts p"
        " WHERE p.tax_id = t.id), 0) FROM taxes t"
    )
    taxes = {row[0]: PlaceTax(row[1], row[2]) for row in rows}
    default = r.value("SELECT default_tax_id FROM business WHERE id = 1")
    if default in taxes:
        taxes[0] = taxes[default]
    return taxes
