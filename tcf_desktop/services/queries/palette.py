"""What the palette finds besides commands: contacts, invoices, visits, kept filters. Bounded."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcf_desktop.base.errors import AppError, words
from tcf_desktop.domain.contacts import fold
from tcf_desktop.domain.proposals import full_number
from tcf_desktop.domain.visit_code import is_meant
from tcf_desktop.services.queries.appointment import detail
from tcf_desktop.services.queries.contact_choices import saved_filters
from tcf_desktop.services.queries.contacts import search_contacts
from tcf_desktop.services.queries.occurrences import as_json, next_by_contact, sources
from tcf_desktop.services.queries.visit_lookup import treated_with, visit_of_code

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

CONTACTS = 8
INVOICES = 6
VISITS = 5
FILTERS = 4


@dataclass(frozen=True, slots=True)
class Found:
    """One thing: ``kind`` is contact, invoice, proposal, appointment, treatment (a visit by the
    product that was put down) or filter; two lines of text. ``visit`` is the one of a code,
    ``code`` says in words why a code leads nowhere."""

    kind: str
    id: int
    title: str
    detail: str
    state: str = ""
    cents: int = 0
    on: str = ""


_STORED, _COMPUTED = sources("""
SELECT a.id, c.display_name, a.title, a.state, a.total_cents, a.starts_local
FROM {visits} a JOIN contacts c ON c.id = a.contact_id
WHERE a.contact_id IN (SELECT value FROM json_each(?)) AND a.starts_at >= ?
    AND a.deleted_at IS NULL AND a.state NOT IN ('cancelled', 'no_show')
ORDER BY a.starts_at LIMIT ?
""")


def find(r: Reader, text: str, now_ms: int, only: str = "") -> list[Found]:
    """At most thirty matches of what was typed; ``only`` keeps one kind (contact, invoice)."""
    text = text.strip()
    if not text:
        return []
    result: list[Found] = _of_code(r, text) if not only else []
    matches = search_contacts(r, text, CONTACTS) if only != "invoice" else []
    result += [Found("contact", m.id, m.name, m.sub, m.kind) for m in matches]
    if only != "contact":
        result += _invoices(r, text)
        result += _proposals(r, text)
    if not only and matches:
        result += _next_visits(r, [m.id for m in matches[:3]], now_ms)
    if not only:
        result += [
            Found("treatment", ident, name, product, on=at)
            for ident, name, product, at in treated_with(r, text, VISITS)
        ]
        result += _filters(r, text)
    return result


def _of_code(r: Reader, text: str) -> list[Found]:
    """The visit whose code was typed or scanned, or why there is none."""
    if not is_meant(text):
        return []
    try:
        ident = visit_of_code(r, text)
    except AppError as trouble:
        what, _todo = words(trouble.code)
        return [Found("code", 0, what.format_map(trouble.params), "")]
    found = detail(r, ident)
    if found is None:
        return []
    return [Found("visit", ident, found.name, found.service, found.state, on=found.starts_local)]


def _filters(r: Reader, text: str) -> list[Found]:
    typed = fold(text).split()
    named = [
        Found("filter", entry.id, entry.name, "")
        for entry in saved_filters(r)
        if all(word in fold(entry.name) for word in typed)
    ]
    return named[:FILTERS]


def _invoices(r: Reader, text: str) -> list[Found]:
    number = text.removeprefix("#").strip().upper()
    if not any(letter.isdigit() for letter in number) or len(number) > 24:
        return []
    return [
        Found("invoice", *row)
        for row in r.all(
            "SELECT i.id, i.number, c.display_name, i.state, i.total_cents, i.issued_on"
            " FROM invoices i JOIN contacts c ON c.id = i.contact_id"
            " WHERE i.number >= ? AND i.number < ? AND i.deleted_at IS NULL"
            " ORDER BY i.number LIMIT ?",
            (number, number + "\U0010ffff", INVOICES),
        )
    ]


def _proposals(r: Reader, text: str) -> list[Found]:
    """By the beginning of the number; of each the version in force."""
    number = text.removeprefix("#").strip().upper()
    if not any(letter.isdigit() for letter in number) or len(number) > 24:
        return []
    return [
        Found("proposal", ident, full_number(found, revision), name, state, cents, on or "")
        for ident, found, revision, name, state, cents, on in r.all(
            "SELECT p.id, p.number, p.revision, c.display_name, p.state, p.total_cents, p.sent_on"
            " FROM proposals p JOIN contacts c ON c.id = p.contact_id"
            " WHERE p.number >= ? AND p.number < ? AND p.deleted_at IS NULL"
            " AND p.state NOT IN ('draft', 'replaced') ORDER BY p.number LIMIT ?",
            (number, number + "\U0010ffff", INVOICES),
        )
    ]


def _next_visits(r: Reader, contacts: list[int], now_ms: int) -> list[Found]:
    ids, begin = json.dumps(contacts), now_ms - 43_200_000
    rows = r.all(_STORED, (ids, begin, VISITS))
    coming = list(next_by_contact(r, contacts, begin).values())
    if coming:
        rows += r.all(_COMPUTED, (as_json(coming), ids, begin, VISITS))
        rows.sort(key=lambda row: row[5])
    return [Found("appointment", *row) for row in rows[:VISITS]]
