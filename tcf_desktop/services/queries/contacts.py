"""The contact list, found while one types, and lookups for completers and the palette.

A keystroke is answered in two steps: :func:`contact_page` gives the first screen and the total
without ordering every match; :func:`contact_ids` gives all ids in order when there is time. The
first screen of the second is the first screen of the first wherever names begin with the text.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from tcf_desktop.domain import contacts as rules
from tcf_desktop.services.search import match_expression

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

Filter = Literal["all", "customers", "prospects", "owes"]
Sort = Literal["name", "-name", "owes", "-owes", "next", "-next"]
FIRST_SCREEN: Final = 60
COUNTED: Final = 1_000  # a keystroke counts no further; the exact total comes with the ids
_ORDERED_TOTAL: Final = 400  # up to so many matches the exact order costs next to nothing
_KINDS: Final[Mapping[str, str]] = {"customers": "customer", "prospects": "prospect"}
_PARTS: Final = re.compile(r"[^a-z0-9]+")
_LAST_LETTER: Final = "\U0010ffff"

_OPEN_STATES = "state IN ('issued', 'part_paid')"
_OWING = f"SELECT contact_id FROM invoices WHERE open_cents <> 0 AND {_OPEN_STATES}"
_AHEAD = "a.deleted_at IS NULL AND a.state IN ('tentative', 'confirmed', 'on_the_way', 'arrived')"


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


@dataclass(frozen=True, slots=True)
class ContactPage:
    """The first screen: ids in order and their rows. ``total`` is how many match in all, or
    ``COUNTED`` and more when not ``exact``."""

    ids: array[int]
    rows: dict[int, ContactRow]
    total: int
    exact: bool = True

    @property
    def complete(self) -> bool:
        """Whether every match is in ``ids``."""
        return len(self.ids) >= self.total


@dataclass(frozen=True, slots=True)
class ContactCounts:
    """How many contacts each filter shows."""

    all: int
    customers: int
    prospects: int
    owes: int


@dataclass(frozen=True, slots=True)
class ContactMatch:
    """A short row for a completer, the palette or the search for doubles."""

    id: int
    name: str
    sub: str
    kind: str


def contact_page(
    r: Reader,
    text: str,
    kind: Filter,
    now_ms: int,
    today: str,
    limit: int = FIRST_SCREEN,
    sort: Sort = "name",
) -> ContactPage:
    """The first ``limit`` contacts that match what was typed, and the total."""
    expression = match_expression(text, _KINDS.get(kind, ""))
    if not expression:
        if _no_letters(text):
            return ContactPage(array("q"), {}, 0)
        total = _count(r, kind)
        ids = _ordered(r, "", text, kind, now_ms, sort, limit)
    else:
        total = _matching(r, expression, kind)
        if total <= _ORDERED_TOTAL or sort != "name":
            ids = _ordered(r, expression, text, kind, now_ms, sort, limit)
        else:
            ids = _quick(r, expression, text, kind, limit)
    exact = not expression or total <= COUNTED
    total = max(min(total, COUNTED) if expression else total, len(ids))
    rows = contact_rows(r, ids, now_ms, today, text)
    return ContactPage(array("q", ids), rows, total, exact)


def contact_ids(r: Reader, text: str, kind: Filter, now_ms: int, sort: Sort = "name") -> array[int]:
    """Every matching contact in order; for an io thread."""
    expression = match_expression(text, _KINDS.get(kind, ""))
    if not expression and _no_letters(text):
        return array("q")
    return array("q", _ordered(r, expression, text, kind, now_ms, sort, -1))


def contact_rows(
    r: Reader, ids: Sequence[int], now_ms: int, today: str, text: str = ""
) -> dict[int, ContactRow]:
    """The rows of these ids, by id; ids that are gone are missing.

    With the ``text`` of a search, rows whose name does not show why they match say it.
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
           WHERE i.contact_id = c.id AND i.open_cents <> 0 AND i.{_OPEN_STATES}),
          (SELECT min(i.due_on) FROM invoices i
           WHERE i.contact_id = c.id AND i.open_cents <> 0 AND i.{_OPEN_STATES}),
          (SELECT a.starts_local FROM appointments a
           WHERE a.contact_id = c.id AND a.starts_at >= ? AND {_AHEAD}
           ORDER BY a.starts_at LIMIT 1)
        FROM contacts c WHERE c.id IN ({marks})
        """,
        (now_ms, *ids),
    )
    rows = {row[0]: _contact_row(row, today) for row in found}
    words = rules.fold(text).split()
    hidden = [key for key, row in rows.items() if words and not _shows(row, words)]
    for key, hit in _hits(r, hidden, words).items():
        rows[key] = replace(rows[key], hit=hit)
    return rows


def _shows(row: ContactRow, words: Sequence[str]) -> bool:
    """Whether the name, company or number of a row shows every word of a search."""
    seen = rules.fold(f"{row.name} {row.company} {row.phone}").replace(",", " ").split()
    digits = rules.phone_digits(row.phone)
    typed = rules.phone_digits("".join(words))
    if typed and (digits.startswith(typed) or digits[-7:].startswith(typed)):
        return True
    return all(any(part.startswith(word) for part in seen) for word in words)


def _hits(r: Reader, ids: Sequence[int], words: Sequence[str]) -> dict[int, str]:
    """The first place, mail address, number or line of the note that holds a searched word."""
    if not ids:
        return {}
    marks = ",".join("?" * len(ids))
    hits: dict[int, str] = {}
    for sql in (
        "SELECT contact_id, trim(name || ' ' || street || ' ' || street2) || ', ' || city"
        f" FROM locations WHERE contact_id IN ({marks}) AND deleted_at IS NULL",
        f"SELECT contact_id, address FROM contact_emails WHERE contact_id IN ({marks})",
        f"SELECT contact_id, number FROM contact_phones WHERE contact_id IN ({marks})",
        f"SELECT contact_id, substr(text, 1, 500) FROM notes WHERE contact_id IN ({marks})"
        " AND deleted_at IS NULL",
    ):
        for contact_id, text in r.all(sql, ids):
            parts = _PARTS.split(rules.fold(text))
            if contact_id not in hits and any(
                part.startswith(word) for word in words for part in (*parts, rules.fold(text))
            ):
                hits[contact_id] = text.strip(" ,")
    return hits


def _contact_row(row: Sequence[Any], today: str) -> ContactRow:
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
    )


def contact_counts(r: Reader) -> ContactCounts:
    """How many there are of each."""
    customers, prospects = _count(r, "customers"), _count(r, "prospects")
    return ContactCounts(customers + prospects, customers, prospects, _count(r, "owes"))


def search_contacts(r: Reader, text: str, limit: int = 8) -> list[ContactMatch]:
    """The best few matches, names that begin with the text first. Empty text gives nothing."""
    expression = match_expression(text)
    if not expression:
        return []
    total = _matching(r, expression, "all")
    if total <= _ORDERED_TOTAL:
        ids = _ordered(r, expression, text, "all", 0, "name", limit)
    else:
        ids = _quick(r, expression, text, "all", limit)
    return contact_matches_of(r, ids)


def contact_matches_of(r: Reader, ids: Sequence[int]) -> list[ContactMatch]:
    """Short rows of these contacts in their order."""
    marks = ",".join("?" * len(ids))
    found = {
        row[0]: ContactMatch(row[0], row[1], " · ".join(part for part in row[3:] if part), row[2])
        for row in r.all(
            f"""
            SELECT c.id, c.display_name, c.kind,
              CASE WHEN c.company <> c.display_name THEN c.company ELSE '' END,
              (SELECT p.number FROM contact_phones p WHERE p.contact_id = c.id
               ORDER BY p.position LIMIT 1),
              (SELECT l.street FROM locations l
               WHERE l.contact_id = c.id AND l.deleted_at IS NULL ORDER BY l.position LIMIT 1)
            FROM contacts c WHERE c.id IN ({marks})
            """,
            ids,
        )
    }
    return [found[contact_id] for contact_id in ids if contact_id in found]


def doubles_of(
    r: Reader, draft: rules.ContactDraft, but: int | None = None, limit: int = 5
) -> list[ContactMatch]:
    """Living contacts that may be the one being typed: same number, mail address or name."""
    keys = (
        (
            "SELECT p.contact_id FROM contact_phones p WHERE p.digits IN ({marks})",
            sorted(rules.phone_keys(draft)),
        ),
        (
            "SELECT e.contact_id FROM contact_emails e WHERE lower(e.address) IN ({marks})",
            sorted(rules.email_keys(draft)),
        ),
        (
            "SELECT id FROM contacts WHERE deleted_at IS NULL AND sort_name IN ({marks})",
            [rules.sort_name(draft.first_name, draft.last_name, draft.company)]
            if draft.is_named()
            else [],
        ),
    )
    ids: dict[int, None] = {}
    for sql, values in keys:
        if values:
            statement = sql.format(marks=",".join("?" * len(values)))
            ids.update(dict.fromkeys(row[0] for row in r.all(f"{statement} LIMIT 50", values)))
    ids.pop(but or 0, None)
    alive = r.all(
        f"SELECT id FROM contacts WHERE deleted_at IS NULL AND id IN ({','.join('?' * len(ids))})",
        list(ids),
    )
    known = {row[0] for row in alive}
    return contact_matches_of(r, [key for key in ids if key in known][:limit])


def _no_letters(text: str) -> bool:
    """Something was typed, but nothing that could be looked for."""
    return bool(text.strip()) and not any(letter.isalnum() for letter in text)


def _count(r: Reader, kind: Filter) -> int:
    if kind == "owes":
        return int(
            r.value(f"SELECT count(*) FROM contacts WHERE id IN ({_OWING}) AND deleted_at IS NULL")
        )
    if kind == "all":
        return int(r.value("SELECT count(*) FROM contacts WHERE deleted_at IS NULL"))
    return int(
        r.value(
            "SELECT count(*) FROM contacts WHERE deleted_at IS NULL AND kind = ?", (_KINDS[kind],)
        )
    )


def _matching(r: Reader, expression: str, kind: Filter) -> int:
    """How many match; counting ends after ``COUNTED``, because a letter matches nearly all."""
    owing = f" AND rowid IN ({_OWING})" if kind == "owes" else ""
    return int(
        r.value(
            "SELECT count(*) FROM (SELECT 1 FROM contact_search"
            f" WHERE contact_search MATCH ?{owing} LIMIT {COUNTED + 1})",
            (expression,),
        )
    )


def _quick(r: Reader, expression: str, text: str, kind: Filter, limit: int) -> list[int]:
    """Names that begin with the text, in order, then other matches as the index gives them."""
    low = rules.fold(text)
    ids: list[int] = []
    narrowed = "kind = ? AND " if kind in _KINDS else ""
    owing = f" AND id IN ({_OWING})" if kind == "owes" else ""
    if low:
        ids = [
            row[0]
            for row in r.all(
                f"SELECT id FROM contacts WHERE {narrowed}deleted_at IS NULL"
                f" AND sort_name >= ? AND sort_name < ?{owing} ORDER BY sort_name, id LIMIT ?",
                (*([_KINDS[kind]] if narrowed else []), low, low + _LAST_LETTER, limit),
            )
        ]
    if len(ids) < limit:
        owing = owing.replace(" id ", " rowid ")
        more = r.all(
            f"SELECT rowid FROM contact_search WHERE contact_search MATCH ?{owing} LIMIT ?",
            (expression, limit + len(ids)),
        )
        known = set(ids)
        ids += [row[0] for row in more if row[0] not in known][: limit - len(ids)]
    return ids


def _ordered(
    r: Reader, expression: str, text: str, kind: Filter, now_ms: int, sort: Sort, limit: int
) -> list[int]:
    """Exactly in order; ``limit`` -1 gives all."""
    source, params, terms = "contacts c", [], ["c.deleted_at IS NULL"]
    if expression:
        source = "contact_search s JOIN contacts c ON c.id = s.rowid"
        terms.insert(0, "s.contact_search MATCH ?")
        params.append(expression)
    if kind in _KINDS and not expression:
        terms.append("c.kind = ?")
        params.append(_KINDS[kind])
    if kind == "owes":
        terms.append(f"c.id IN ({_OWING})")
    order, more = _order(text if expression else "", now_ms, sort)
    sql = f"SELECT c.id FROM {source} WHERE {' AND '.join(terms)} ORDER BY {order} LIMIT ?"
    return [row[0] for row in r.all(sql, (*params, *more, limit))]


def _order(text: str, now_ms: int, sort: Sort) -> tuple[str, list[object]]:
    down = "DESC" if sort.startswith("-") else "ASC"
    if sort.endswith("owes"):
        owes = (
            "(SELECT sum(i.open_cents) FROM invoices i WHERE i.contact_id = c.id"
            f" AND i.open_cents <> 0 AND i.{_OPEN_STATES})"
        )
        return f"coalesce({owes}, 0) {down}, c.sort_name, c.id", []
    if sort.endswith("next"):
        ahead = (
            "(SELECT min(a.starts_at) FROM appointments a WHERE a.contact_id = c.id"
            f" AND a.starts_at >= ? AND {_AHEAD})"
        )
        return f"{ahead} {down} NULLS LAST, c.sort_name, c.id", [now_ms]
    low = rules.fold(text)
    if sort == "name" and low:
        begins = "(c.sort_name >= ? AND c.sort_name < ?) DESC"
        return f"{begins}, c.sort_name, c.id", [low, low + _LAST_LETTER]
    return f"c.sort_name {down}, c.id {down}", []
