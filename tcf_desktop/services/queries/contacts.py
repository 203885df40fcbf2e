"""The contact list, found while one types, and lookups for completers and the palette.

A keystroke is answered in two steps: :func:`contact_page` gives the first screen and the total
without ordering every match; :func:`contact_ids` gives all ids in order when there is time. The
first screen of the second is the first screen of the first wherever names begin with the text.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from tcf_desktop.domain.search_words import fold_word, words_in
from tcf_desktop.services.queries import contact_search as searching
from tcf_desktop.services.queries.contact_filter import (
    AHEAD,
    EVERYBODY,
    OPEN_STATES,
    ContactFilter,
    Term,
    conditions,
    terms,
)
from tcf_desktop.services.queries.contact_rows import (
    EXTRA,
    FIELD,
    ContactRow,
    contact_rows,
    sort_sql,
    why_found,
)
from tcf_desktop.services.queries.contact_search import NOTHING_TYPED, Search, understand
from tcf_desktop.services.queries.occurrences import next_by_contact
from tcf_desktop.services.search import KIND_MARK

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

FIRST_SCREEN: Final = 60
FIRST_ROWS: Final = 32  # more do not fit on a screen; the list reads the others when they are seen
COUNTED: Final = 1_000  # a keystroke counts no further; the exact total comes with the ids
_LONGEST_REASON: Final = 80
_ORDERED_TOTAL: Final = 400  # up to so many matches the exact order costs next to nothing


@dataclass(frozen=True, slots=True)
class ContactPage:
    """The first screen: ids in order, and the rows of the first of them.

    ``total`` is how many match in all, or ``COUNTED`` and more when not ``exact``. ``search`` is
    how the text was understood.
    """

    ids: array[int]
    rows: dict[int, ContactRow]
    total: int
    exact: bool = True
    search: Search = NOTHING_TYPED

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
    due: int = 0


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
    shown: ContactFilter,
    now_ms: int,
    today: str,
    limit: int = FIRST_SCREEN,
    sort: str = "name",
    extras: Collection[str] = (),
) -> ContactPage:
    """The first ``limit`` contacts that match what was typed, and the total.

    ``sort`` is a key of :func:`sort_keys`, with a "-" before it downwards.
    """
    search = understand(r, text)
    if search.hopeless:
        return ContactPage(array("q"), {}, 0, search=search)
    ask = _question(r, search, shown, now_ms, today)
    total = ask.count(r)
    if search.everybody or total <= _ORDERED_TOTAL or sort != "name":
        ids = ask.ordered(r, sort, limit)
    else:
        ids = ask.quick(r, limit)
    exact = search.everybody or total <= COUNTED
    total = max(total if search.everybody else min(total, COUNTED), len(ids))
    rows = contact_rows(r, ids[:FIRST_ROWS], now_ms, today, search, extras)
    return ContactPage(array("q", ids), rows, total, exact, search)


def contact_ids(
    r: Reader,
    text: str = "",
    shown: ContactFilter = EVERYBODY,
    now_ms: int = 0,
    today: str = "",
    sort: str = "name",
) -> array[int]:
    """Every matching contact in order; for an io thread."""
    search = understand(r, text)
    if search.hopeless:
        return array("q")
    return array("q", _question(r, search, shown, now_ms, today).ordered(r, sort, -1))


def contact_counts(r: Reader, today: str) -> ContactCounts:
    """How many there are of each."""
    customers, prospects, owes, due = (
        _question(r, NOTHING_TYPED, shown, 0, today).count(r)
        for shown in (
            ContactFilter(kind="customer"),
            ContactFilter(kind="prospect"),
            ContactFilter(owes=True),
            ContactFilter(due_again=True),
        )
    )
    return ContactCounts(customers + prospects, customers, prospects, owes, due)


def sort_keys(fields: Collection[int] = ()) -> set[str]:
    """By what the list can be sorted; ``fields`` are the ids of own fields."""
    return {"name", "phone", "owes", "next", *EXTRA, *(f"{FIELD}{number}" for number in fields)}


def search_contacts(r: Reader, text: str, limit: int = 8) -> list[ContactMatch]:
    """The best few matches. Empty text gives nothing."""
    search = understand(r, text)
    if not search.expression:
        return []
    ask = _Question(search, EVERYBODY, 0, "")
    few = ask.count(r) <= _ORDERED_TOTAL
    ids = ask.ordered(r, "name", limit) if few else ask.quick(r, limit)
    return [_with_reason(match, search, r) for match in contact_matches_of(r, ids)]


def _with_reason(match: ContactMatch, search: Search, r: Reader) -> ContactMatch:
    """The match with what was found in its second line, where it does not show that yet."""
    seen = [fold_word(word) for word in words_in(f"{match.name} {match.sub}")]
    if all(any(s.startswith(w) for s in seen for w in group) for group in search.words):
        return match
    kind, hit = why_found(r, [match.id], search).get(match.id, ("", ""))
    if not hit or hit in match.sub:
        return match
    hit = f"#{hit}" if kind == "invoice" else hit[:_LONGEST_REASON]
    return replace(match, sub=f"{match.sub} · {hit}" if match.sub else hit)


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


def _question(
    r: Reader, search: Search, shown: ContactFilter, now_ms: int, today: str
) -> _Question:
    if not shown.due_again:
        return _Question(search, shown, now_ms, today)
    from tcf_desktop.services.queries.due import due_contact_ids

    return _Question(search, shown, now_ms, today, due_contact_ids(r, today))


@dataclass(frozen=True, slots=True)
class _Question:
    """An understood text and a filter, asked in several ways."""

    search: Search
    shown: ContactFilter
    now_ms: int
    today: str
    due: frozenset[int] = frozenset()

    def count(self, r: Reader) -> int:
        """How many match; with a text counting ends after ``COUNTED``, because a letter matches
        nearly all."""
        if self.search.everybody:
            where, params = conditions(self._terms(), "c.id")
            return int(
                r.value(
                    f"SELECT count(*) FROM contacts c WHERE c.deleted_at IS NULL{where}", params
                )
            )
        if self.search.invoiced:
            among, looked_for = searching.matching(self.search)
            where, params = conditions(self._terms(), "c.id")
            source, where = "contacts c", f"c.deleted_at IS NULL AND c.id IN ({among}){where}"
            params = [*looked_for, *params]
        else:
            source, where, params = self._indexed()
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {source} WHERE {where} LIMIT {COUNTED + 1})"
        return int(r.value(sql, params))

    def quick(self, r: Reader, limit: int) -> list[int]:
        """Names that begin with the text, in order, then other matches as the index gives them,
        those in names first."""
        narrowed, narrowing = conditions(self._terms(), "c.id")
        ids: dict[int, None] = {}
        for low, high in searching.begins(self.search):
            sql = (
                "SELECT c.id FROM contacts c WHERE c.deleted_at IS NULL AND c.sort_name >= ?"
                f" AND c.sort_name < ?{narrowed} ORDER BY c.sort_name, c.id LIMIT ?"
            )
            ids.update(dict.fromkeys(row[0] for row in r.all(sql, (low, high, *narrowing, limit))))
        if self.search.invoiced and len(ids) < limit:
            among = json.dumps(self.search.invoiced)
            sql = (
                "SELECT c.id FROM contacts c WHERE c.deleted_at IS NULL AND c.id IN"
                f" (SELECT value FROM json_each(?)){narrowed} ORDER BY c.sort_name, c.id LIMIT ?"
            )
            ids.update(dict.fromkeys(row[0] for row in r.all(sql, (among, *narrowing, limit))))
        for columns in ("",) if self.search.numbers else ("{name} : ", ""):
            if len(ids) < limit:
                source, where, params = self._indexed(columns)
                found = r.all(
                    f"SELECT s.rowid FROM {source} WHERE {where} LIMIT ?",
                    (*params, limit + len(ids)),
                )
                ids.update(dict.fromkeys(row[0] for row in found))
        return list(ids)[:limit]

    def ordered(self, r: Reader, sort: str, limit: int) -> list[int]:
        """Exactly in order; ``limit`` -1 gives all."""
        where, params = conditions(self._terms(), "c.id")
        if not self.search.everybody:
            among, looked_for = searching.matching(self.search)
            where = f" AND c.id IN ({among}){where}"
            params = [*looked_for, *params]
        order, more = self._order(sort)
        series: list[object] = []
        source = "SELECT c.id FROM contacts c"
        if sort.removeprefix("-") == "next" and (coming := next_by_contact(r, None, self.now_ms)):
            source = _WITH_SERIES
            order = f"nullif(min(coalesce({_AHEAD_AT}, {_NEVER}), coalesce(k.at, {_NEVER})),"
            order += f" {_NEVER}) {_down(sort)} NULLS LAST, c.sort_name, c.id"
            series = [json.dumps([(who, one.starts_at) for who, one in coming.items()])]
        sql = f"{source} WHERE c.deleted_at IS NULL{where} ORDER BY {order} LIMIT ?"
        return [row[0] for row in r.all(sql, (*series, *params, *more, limit))]

    def _terms(self) -> list[Term]:
        return terms(self.shown, self.now_ms, self.today, self.due)

    def _indexed(self, columns: str = "") -> tuple[str, str, list[object]]:
        """Source, condition and parameters of what the index gives as ``s.rowid``; the contact
        itself is looked at only where a term needs it, and never for its kind."""
        found = terms(replace(self.shown, kind=""), self.now_ms, self.today, self.due)
        # The plus and the CROSS keep the planner from going through the index once for each contact
        # of the filter: that took seconds.
        where, params = conditions(found, "+s.rowid")
        source = "contact_search s"
        if any(term.needs_row for term in found):
            source += " CROSS JOIN contacts c ON c.id = s.rowid"
        expression = f"{columns}({self.search.expression})"
        if self.shown.kind:
            expression = f"({expression}) AND extra : {KIND_MARK}{self.shown.kind}"
        return source, f"s.contact_search MATCH ?{where}", [expression, *params]

    def _order(self, sort: str) -> tuple[str, list[object]]:
        down = _down(sort)
        key = sort.removeprefix("-")
        if key == "name":
            if down == "ASC" and not self.search.everybody:
                ranked, params = searching.rank(self.search)
                return f"{ranked}, c.sort_name, c.id", params
            return f"c.sort_name {down}, c.id {down}", []
        if key == "owes":
            owes = (
                "(SELECT sum(i.open_cents) FROM invoices i WHERE i.contact_id = c.id"
                f" AND i.open_cents <> 0 AND {OPEN_STATES})"
            )
            return f"coalesce({owes}, 0) {down}, c.sort_name, c.id", []
        if key == "next":
            return f"{_AHEAD_AT} {down} NULLS LAST, c.sort_name, c.id", [self.now_ms]
        if key == "phone":
            text, params = _FIRST_NUMBER, []
        else:
            text, params = sort_sql(key, self.now_ms)
        # What is empty stands last, upwards and downwards.
        return f"nullif({text}, '') COLLATE NOCASE {down} NULLS LAST, c.sort_name, c.id", params


def _down(sort: str) -> str:
    return "DESC" if sort.startswith("-") else "ASC"


_AHEAD_AT: Final = (
    "(SELECT min(a.starts_at) FROM appointments a WHERE a.contact_id = c.id"
    f" AND a.starts_at >= ? AND {AHEAD})"
)
_NEVER: Final = 1 << 62
# What comes next of series is worked out before, for the few that have one.
_WITH_SERIES: Final = (
    "WITH coming AS MATERIALIZED (SELECT value ->> 0 AS who, value ->> 1 AS at FROM json_each(?))"
    " SELECT c.id FROM contacts c LEFT JOIN coming k ON k.who = c.id"
)
_FIRST_NUMBER: Final = (
    "(SELECT p.digits FROM contact_phones p WHERE p.contact_id = c.id ORDER BY p.position LIMIT 1)"
)
