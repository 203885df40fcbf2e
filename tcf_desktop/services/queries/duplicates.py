"""Contacts that may be the same: found by index, judged by the rules of the domain.

SQLite finds who shares a number, an address or a name; only those are read and compared. The rest
of 100,000 contacts never leaves the database.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.domain import contacts as rules
from tcf_desktop.domain.duplicates import (
    Certainty,
    Group,
    Match,
    Profile,
    Reason,
    address_key,
    groups,
    match,
    pairs,
    profile,
    profile_of,
)
from tcf_desktop.domain.phone_numbers import e164
from tcf_desktop.services.queries.contacts import contact_matches_of

if TYPE_CHECKING:
    from tcf_desktop.domain.contacts import ContactDraft
    from tcf_desktop.models.connection import Reader

Step = Callable[[int, int], None]  # (how much is done, of how much); may raise to stop
_CHUNK: Final = 500
_PAUSE_S: Final = 0.001  # between chunks, so that the window's thread is never kept waiting
_NAMESAKES: Final = 50  # of one name, read while one types
_LIVING: Final = "c.deleted_at IS NULL"
_REACHED: Final = (
    "(EXISTS (SELECT 1 FROM contact_phones p WHERE p.contact_id = c.id)"
    " OR EXISTS (SELECT 1 FROM contact_emails e WHERE e.contact_id = c.id))"
    " AND EXISTS (SELECT 1 FROM locations l WHERE l.contact_id = c.id"
    " AND l.deleted_at IS NULL AND l.address_key <> '')"
)

# Who shares what: (key, contact) in the order of the key, only keys of several contacts.
_SHARED: Final = (
    # Telephone numbers as they are dialled, or by their digits where they cannot be judged.
    "SELECT p.e164, p.contact_id FROM contact_phones p WHERE p.e164 IN"
    " (SELECT e164 FROM contact_phones WHERE e164 <> '' GROUP BY e164"
    " HAVING min(contact_id) < max(contact_id)) ORDER BY 1, 2",
    "SELECT p.digits, p.contact_id FROM contact_phones p WHERE p.digits IN"
    " (SELECT digits FROM contact_phones WHERE length(digits) >= 7 GROUP BY digits"
    " HAVING min(contact_id) < max(contact_id) AND max(coalesce(e164, '') = '')) ORDER BY 1, 2",
    "SELECT lower(m.address), m.contact_id FROM contact_emails m WHERE lower(m.address) IN"
    " (SELECT lower(address) FROM contact_emails GROUP BY lower(address)"
    " HAVING min(contact_id) < max(contact_id)) ORDER BY 1, 2",
    # Who has one address and begins alike: the surname, or a company in any field of the name.
    "WITH houses AS MATERIALIZED (SELECT l.address_key, l.contact_id FROM locations l"
    " WHERE l.deleted_at IS NULL AND l.address_key IN (SELECT address_key FROM locations"
    " WHERE deleted_at IS NULL AND address_key <> '' GROUP BY address_key"
    " HAVING min(contact_id) < max(contact_id))),"
    " starts AS (SELECT h.address_key || '|' || substr(c.sort_name, 1, 2) AS key, c.id"
    f" FROM houses h JOIN contacts c ON c.id = h.contact_id WHERE {_LIVING} UNION"
    " SELECT h.address_key || '|' || lower(substr(c.company, 1, 2)), c.id"
    f" FROM houses h JOIN contacts c ON c.id = h.contact_id WHERE {_LIVING} AND c.company <> '')"
    " SELECT key, id FROM starts WHERE key IN"
    " (SELECT key FROM starts GROUP BY key HAVING min(id) < max(id)) ORDER BY 1, 2",
    # Namesakes of whom at least one has nothing that tells them apart.
    f"SELECT c.name_key, c.id FROM contacts c WHERE {_LIVING} AND c.name_key IN"
    f" (SELECT c.name_key FROM contacts c WHERE {_LIVING} AND c.name_key <> ''"
    f" GROUP BY c.name_key HAVING count(*) > 1 AND min({_REACHED}) = 0) ORDER BY 1, 2",
    # Namesakes whose houses have one number: the street may be written in two ways.
    "WITH houses AS (SELECT c.name_key || '|' || CAST(l.address_key AS INTEGER) AS house, c.id"
    f" FROM contacts c JOIN locations l ON l.contact_id = c.id WHERE {_LIVING}"
    " AND l.deleted_at IS NULL AND c.name_key <> '' AND CAST(l.address_key AS INTEGER) > 0"
    " AND c.name_key IN (SELECT c.name_key FROM contacts c"
    f" WHERE {_LIVING} GROUP BY c.name_key HAVING count(*) > 1))"
    " SELECT house, id FROM houses WHERE house IN"
    " (SELECT house FROM houses GROUP BY house HAVING min(id) < max(id)) ORDER BY 1, 2",
)


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Every group, the surest first; ``contacts`` is how many were looked through."""

    groups: tuple[Group, ...]
    contacts: int

    def counts(self) -> Counter[Certainty]:
        """Groups of each certainty."""
        return Counter(group.certainty for group in self.groups)


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A stored contact that may be the one in question; ``sub`` is how it is reached."""

    id: int
    name: str
    sub: str
    kind: str
    certainty: Certainty
    reasons: tuple[Reason, ...] = field(default=())


def find_duplicates(r: Reader, step: Step | None = None) -> Duplicates:
    """Compare all living contacts; for an io thread. ``step`` is told of the progress and may
    raise to stop."""
    with r.snapshot():
        return _find(r, step or _unheard)


def _find(r: Reader, step: Step) -> Duplicates:
    total = len(_SHARED) + 2
    living = int(r.value("SELECT count(*) FROM contacts WHERE deleted_at IS NULL"))
    wanted: set[tuple[int, int]] = set()
    for done, sql in enumerate(_SHARED):
        step(done, total)
        for members in _buckets(r.all(sql)):
            wanted.update(pairs(members))
    step(len(_SHARED), total)
    wanted.difference_update(r.all("SELECT a_id, b_id FROM distinct_contacts"))
    known = profiles_of(r, sorted({member for pair in wanted for member in pair}), step, total)
    step(total - 1, total)
    matches = list(_matches(wanted, known))
    return Duplicates(tuple(groups(matches)), living)


def _unheard(_done: int, _total: int) -> None:
    """Nobody asked for the progress."""


def _buckets(rows: Sequence[tuple[Any, ...]]) -> Iterator[list[int]]:
    """The contacts of each key, once each, in ascending order."""
    key: object = None
    members: list[int] = []
    for found, contact_id in rows:
        if found != key:
            if len(members) > 1:
                yield members
            key, members = found, []
        if not members or members[-1] != contact_id:
            members.append(contact_id)
    if len(members) > 1:
        yield members


def _matches(wanted: set[tuple[int, int]], known: dict[int, Profile]) -> Iterator[Match]:
    for number, (a, b) in enumerate(sorted(wanted)):
        if number % 2_000 == 0:
            time.sleep(_PAUSE_S)
        one, other = known.get(a), known.get(b)
        if one is not None and other is not None and (found := match(one, other)) is not None:
            yield found


def profiles_of(
    r: Reader, ids: Sequence[int], step: Step = _unheard, total: int = 0
) -> dict[int, Profile]:
    """The living contacts among ``ids`` as they are compared."""
    known: dict[int, Profile] = {}
    for start in range(0, len(ids), _CHUNK):
        step(total - 2, total)
        chunk = ids[start : start + _CHUNK]
        marks = ",".join("?" * len(chunk))
        phones = _parts(
            r,
            "SELECT contact_id, digits FROM contact_phones"
            f" WHERE contact_id IN ({marks}) AND length(digits) >= 7 UNION ALL"
            " SELECT contact_id, e164 FROM contact_phones"
            f" WHERE contact_id IN ({marks}) AND e164 <> ''",
            (*chunk, *chunk),
        )
        mails = _parts(
            r,
            f"SELECT contact_id, lower(address) FROM contact_emails WHERE contact_id IN ({marks})",
            chunk,
        )
        places = defaultdict(set)
        for contact_id, *address in r.all(
            "SELECT contact_id, street, street2, city, postal_code FROM locations"
            f" WHERE contact_id IN ({marks}) AND deleted_at IS NULL AND address_key <> ''",
            chunk,
        ):
            places[contact_id].add(address_key(*address))
        for contact_id, first, last, company in r.all(
            "SELECT id, first_name, last_name, company FROM contacts"
            f" WHERE id IN ({marks}) AND deleted_at IS NULL",
            chunk,
        ):
            known[contact_id] = profile(
                contact_id, first, last, company,
                phones[contact_id], mails[contact_id], places[contact_id],
            )  # fmt: skip
        time.sleep(_PAUSE_S)
    return known


def _parts(r: Reader, sql: str, ids: Sequence[int]) -> defaultdict[int, set[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    for contact_id, key in r.all(sql, ids):
        found[contact_id].add(key)
    return found


def look_alikes(
    r: Reader, draft: ContactDraft, but: int | None = None, limit: int = 5
) -> list[LookAlike]:
    """Living contacts that may be the one being typed, the surest first.

    ``but`` is the contact that is being changed. Namesakes are named even where something else
    tells them apart: nobody has typed the rest yet.
    """
    country = str(r.value("SELECT country FROM business WHERE id = 1") or "US")
    typed = profile_of(draft)
    dialled = {e164(phone.number, country) for phone in draft.phones} - {""}
    typed = replace(typed, phones=typed.phones | dialled)
    ids = _candidates(r, draft, typed)
    ids.discard(but or 0)
    distinct = {
        other
        for pair in r.all("SELECT a_id, b_id FROM distinct_contacts WHERE ? IN (a_id, b_id)", [but])
        for other in pair
    }
    found = []
    for candidate in profiles_of(r, sorted(ids - distinct)).values():
        said = match(typed, candidate)
        if said is None and candidate.person and candidate.person == typed.person:
            said = Match(0, candidate.id, Certainty.POSSIBLE, (Reason.NAME,))
        if said is not None:
            found.append((candidate.id, said))
    found.sort(key=lambda pair: (-pair[1].certainty, -len(pair[1].reasons), pair[0]))
    return _listed(r, found[:limit])


def _candidates(r: Reader, draft: ContactDraft, typed: Profile) -> set[int]:
    """Who shares a key with a draft; at most ``_NAMESAKES`` of each kind."""
    addresses = {rules.place_key(place) for place in draft.places} - {""}
    names = {typed.person, typed.company} - {""}
    ids: set[int] = set()
    for sql, keys in (
        ("contact_id FROM contact_phones WHERE digits IN ({marks})", rules.phone_keys(draft)),
        ("contact_id FROM contact_phones WHERE e164 IN ({marks})", typed.phones),
        ("contact_id FROM contact_emails WHERE lower(address) IN ({marks})", typed.emails),
        (
            "contact_id FROM locations WHERE deleted_at IS NULL AND address_key IN ({marks})",
            addresses,
        ),
        ("id FROM contacts WHERE deleted_at IS NULL AND name_key IN ({marks})", names),
    ):
        if keys:
            marks = ",".join("?" * len(keys))
            statement = f"SELECT {sql.format(marks=marks)} LIMIT {_NAMESAKES}"
            ids.update(row[0] for row in r.all(statement, sorted(keys)))
    return ids


def _listed(r: Reader, found: Sequence[tuple[int, Match]]) -> list[LookAlike]:
    said = dict(found)
    rows = {row.id: row for row in contact_matches_of(r, list(said))}
    return [
        LookAlike(row.id, row.name, row.sub, row.kind, match.certainty, match.reasons)
        for contact_id, match in said.items()
        if (row := rows.get(contact_id)) is not None
    ]


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group as the list shows it: its first names, how many there are."""

    name: str
    others: tuple[str, ...]
    size: int


def names_of(r: Reader, ids: Sequence[int]) -> dict[int, str]:
    """What these contacts are called, by id."""
    ordered = sorted(set(ids))
    chunks = (ordered[start : start + _CHUNK] for start in range(0, len(ordered), _CHUNK))
    return dict(
        row
        for chunk in chunks
        for row in r.all(
            f"SELECT id, display_name FROM contacts WHERE id IN ({','.join('?' * len(chunk))})",
            chunk,
        )
    )


def group_rows(r: Reader, shown: Sequence[Group]) -> list[GroupRow]:
    """The names of these groups, at most three of each; by key."""
    names = names_of(r, [member for group in shown for member in group.ids[:3]])
    rows = []
    for group in shown:
        called = [names[member] for member in group.ids[:3] if member in names]
        rows.append(GroupRow(called[0] if called else "", tuple(called[1:]), len(group.ids)))
    return rows
