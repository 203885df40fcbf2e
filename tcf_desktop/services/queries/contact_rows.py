"""The rows of the contact list by id: what each column shows, and why a search found it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.domain import contacts as rules
from tcf_desktop.domain.search_words import fold_word, marks, words_in
from tcf_desktop.services.queries.contact_filter import AHEAD, OPEN_STATES, SEEN
from tcf_desktop.services.queries.contact_search import Search, invoice_numbers
from tcf_desktop.services.queries.occurrences import Occurrence, next_by_contact

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

FIELD: Final = "field:"  # and the id of an own field: the key of its column
_BEFORE: Final = 24  # letters of a text that may stand before what was found
_PARTS: Final = re.compile(r"[^a-z0-9]+")

# What further columns show: one text a contact, as a subquery over the contact ``c``.
EXTRA: Final[Mapping[str, str]] = {
    "email": "(SELECT e.address FROM contact_emails e WHERE e.contact_id = c.id"
    " ORDER BY e.position LIMIT 1)",
    "city": "(SELECT l.city FROM locations l WHERE l.contact_id = c.id AND l.deleted_at IS NULL"
    " ORDER BY l.position LIMIT 1)",
    "tags": "c.tags",
    "source": "c.source",
    "last": "(SELECT a.starts_local FROM appointments a WHERE a.contact_id = c.id"
    f" AND a.starts_at <= :now AND {SEEN} ORDER BY a.starts_at DESC LIMIT 1)",
    "interval": "(SELECT f.every_n || ' ' || f.unit FROM frequencies f WHERE f.contact_id = c.id"
    " AND f.deleted_at IS NULL AND f.stopped_at IS NULL ORDER BY f.due_on, f.id LIMIT 1)",
}


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One row of the list. Money in cents; ``next_on`` is a local date or empty."""

    id: int
    name: str
    kind: str
    places: int
    phone: str
    owes_cents: int
    overdue: bool
    next_on: str
    company: str = ""
    hit: str = ""  # what matched the search where the name does not show it
    hit_kind: str = ""  # "invoice" when that is the number of one
    more: Mapping[str, str] = field(default_factory=dict)  # of the further columns, by key
    marks: tuple[str, ...] = ()  # folded words of the search


# By what such a column is sorted where its text would not do.
_SORTED: Final[Mapping[str, str]] = {
    "interval": "(SELECT f.every_n * CASE f.unit WHEN 'day' THEN 1 WHEN 'week' THEN 7"
    " WHEN 'month' THEN 30 ELSE 365 END FROM frequencies f WHERE f.contact_id = c.id"
    " AND f.deleted_at IS NULL AND f.stopped_at IS NULL ORDER BY f.due_on, f.id LIMIT 1)",
}


def sort_sql(key: str, now_ms: int) -> tuple[str, list[object]]:
    """By what a further column over the contact ``c`` is sorted, and its parameters."""
    if key.startswith(FIELD):
        # Numbers as numbers, dates and words as they are written.
        sql = (
            "(SELECT CASE f.kind WHEN 'number' THEN CAST(v.value AS REAL) ELSE v.value END"
            " FROM custom_values v JOIN custom_fields f ON f.id = v.field_id"
            " WHERE v.contact_id = c.id AND v.field_id = ?)"
        )
        return sql, [int(key.removeprefix(FIELD))]
    return (_SORTED[key], []) if key in _SORTED else extra_sql(key, now_ms)


# Where a searched word may stand besides the name, the likeliest first: (contact, text).
_WHERE_FOUND: Final = (
    "SELECT contact_id, trim(name || ' ' || street || ' ' || street2) || ', ' || city"
    " FROM locations WHERE contact_id IN ({ids}) AND deleted_at IS NULL",
    "SELECT contact_id, address FROM contact_emails WHERE contact_id IN ({ids})",
    "SELECT contact_id, number FROM contact_phones WHERE contact_id IN ({ids})",
    "SELECT contact_id, trim(person || ' ' || person_phone) FROM locations"
    " WHERE contact_id IN ({ids}) AND deleted_at IS NULL AND person || person_phone <> ''",
    "SELECT id, replace(tags, ',', ', ') FROM contacts WHERE id IN ({ids}) AND tags <> ''",
    "SELECT v.contact_id, f.name || ': ' || v.value FROM custom_values v"
    " JOIN custom_fields f ON f.id = v.field_id WHERE v.contact_id IN ({ids})",
    "SELECT contact_id, substr(text, 1, 500) FROM notes WHERE contact_id IN ({ids})"
    " AND deleted_at IS NULL",
)


def extra_sql(key: str, now_ms: int) -> tuple[str, list[object]]:
    """The text of a further column over the contact ``c``, and its parameters."""
    if key.startswith(FIELD):
        sql = "(SELECT v.value FROM custom_values v WHERE v.contact_id = c.id AND v.field_id = ?)"
        return sql, [int(key.removeprefix(FIELD))]
    sql = EXTRA[key]
    return sql.replace(":now", "?"), [now_ms] * sql.count(":now")


def contact_rows(
    r: Reader,
    ids: Sequence[int],
    now_ms: int,
    today: str,
    search: Search | None = None,
    extras: Collection[str] = (),
) -> dict[int, ContactRow]:
    """The rows of these ids, by id; ids that are gone are missing.

    With a search, rows whose name does not show why they match say it. ``extras`` are the keys of
    the further columns that are shown.
    """
    if not ids:
        return {}
    marks = ",".join("?" * len(ids))
    found = r.all(
        f"""
        SELECT c.id, c.first_name, c.last_name, c.company, c.display_name, c.kind,
          (SELECT p.number FROM contact_phones p WHERE p.contact_id = c.id
           ORDER BY p.position LIMIT 1),
          (SELECT count(*) FROM locations l
           WHERE l.contact_id = c.id AND l.deleted_at IS NULL),
          (SELECT sum(i.open_cents) FROM invoices i
           WHERE i.contact_id = c.id AND i.open_cents <> 0 AND {OPEN_STATES}),
          (SELECT min(i.due_on) FROM invoices i
           WHERE i.contact_id = c.id AND i.open_cents <> 0 AND {OPEN_STATES}),
          (SELECT a.starts_local FROM appointments a
           WHERE a.contact_id = c.id AND a.starts_at >= ? AND {AHEAD}
           ORDER BY a.starts_at LIMIT 1)
        FROM contacts c WHERE c.id IN ({marks})
        """,
        (now_ms, *ids),
    )
    coming = next_by_contact(r, ids, now_ms)
    if coming:
        found = [_with_series(row, coming.get(row[0])) for row in found]
    more = _extras(r, ids, now_ms, extras)
    words = search.flat() if search is not None else ()
    rows = {row[0]: _contact_row(row, today, more.get(row[0], {}), words) for row in found}
    if search is not None and words:
        hidden = [key for key, row in rows.items() if not _shows(row, search)]
        for key, (kind, hit) in why_found(r, hidden, search).items():
            rows[key] = replace(rows[key], hit=hit, hit_kind=kind)
    return rows


def _with_series(row: tuple[Any, ...], coming: Occurrence | None) -> tuple[Any, ...]:
    """The next visit in the last column is that of a series when it comes first."""
    if coming is None or (row[-1] and row[-1] <= coming.starts_local):
        return row
    return (*row[:-1], coming.starts_local)


def _extras(
    r: Reader, ids: Sequence[int], now_ms: int, keys: Iterable[str]
) -> dict[int, dict[str, str]]:
    wanted = sorted(key for key in keys if key in EXTRA or key.startswith(FIELD))
    if not wanted:
        return {}
    columns, params = [], []
    for key in wanted:
        sql, more = extra_sql(key, now_ms)
        columns.append(sql)
        params += more
    marks = ",".join("?" * len(ids))
    found = r.all(
        f"SELECT c.id, {', '.join(columns)} FROM contacts c WHERE c.id IN ({marks})",
        (*params, *ids),
    )
    return {
        row[0]: dict(zip(wanted, (text or "" for text in row[1:]), strict=True)) for row in found
    }


def _contact_row(
    row: Sequence[Any], today: str, more: Mapping[str, str], words: tuple[str, ...]
) -> ContactRow:
    contact_id, first, last, company, shown, kind, phone, places, owes, due_on, next_local = row
    return ContactRow(
        contact_id,
        rules.list_name(first, last, company) or shown,
        kind,
        places,
        phone or "",
        owes or 0,
        bool(owes and due_on and due_on < today),
        (next_local or "")[:10],
        company if first or last else "",
        more=more,
        marks=words,
    )


def _shows(row: ContactRow, search: Search) -> bool:
    """Whether the name, company or number of a row shows every word of a search."""
    typed = rules.phone_digits("".join(group[0] for group in search.words))
    digits = rules.phone_digits(row.phone)
    if typed and (digits.startswith(typed) or digits[-7:].startswith(typed)):
        return True
    seen = [fold_word(word) for word in words_in(f"{row.name} {row.company} {row.phone}")]
    return all(
        any(part.startswith(word) for part in seen for word in group) for group in search.words
    )


def why_found(r: Reader, ids: Sequence[int], search: Search) -> dict[int, tuple[str, str]]:
    """The invoice, place, mail address, number, tag, own field or line of the note that holds a
    searched word: (kind, text) by contact."""
    if not ids:
        return {}
    hits: dict[int, tuple[str, str]] = {}
    these = ",".join("?" * len(ids))
    low, high, whole = invoice_numbers(search.text) if search.invoiced else ("", "", ())
    if whole:
        among = ",".join("?" * len(whole))
        sql = (
            f"SELECT contact_id, number FROM invoices WHERE contact_id IN ({these})"
            f" AND (number IN ({among}) OR (number >= ? AND number < ?)) ORDER BY number DESC"
        )
        for contact_id, number in r.all(sql, (*ids, *whole, low, high)):
            hits.setdefault(contact_id, ("invoice", number))
    words = search.flat()
    for sql in sorted(_WHERE_FOUND, key=lambda sql: search.numbers and "_phones" not in sql):
        left = [key for key in ids if key not in hits]
        if not left:
            break
        for contact_id, text in r.all(sql.format(ids=",".join("?" * len(left))), left):
            if contact_id not in hits and _holds(text, words):
                hits[contact_id] = ("", _around(text.strip(" ,"), words))
    return hits


def _around(text: str, words: tuple[str, ...]) -> str:
    """A long text from shortly before what was found, so that it can be seen in one line."""
    places = marks(text, words)
    if not places or places[0][0] <= _BEFORE:
        return text
    start = text.rfind(" ", 0, places[0][0] - _BEFORE // 2)
    return f"… {text[start + 1 :]}"


def _holds(text: str, words: Sequence[str]) -> bool:
    folded = rules.fold(text)
    digits = rules.phone_digits(text)
    return any(
        part.startswith(word) for word in words for part in (*_PARTS.split(folded), folded)
    ) or any(word.isdigit() and digits.startswith(word) for word in words)
