"""Proposals: the list, what is due for asking again, and one by its number."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.domain.contacts import list_name
from tcf_desktop.domain.proposals import full_number, shown_state
from tcf_desktop.services.search import match_expression

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

FILTERS: Final = ("all", "draft", "sent", "follow_up", "accepted", "declined", "expired")
# ?1 is today.
_WHERE: Final = {
    "all": "p.state <> 'replaced'",
    "draft": "p.state = 'draft'",
    "sent": "p.state = 'sent' AND coalesce(p.valid_until_on, '9999') >= ?1",
    "follow_up": "p.state = 'sent' AND p.follow_up_on <= ?1",
    "accepted": "p.state = 'accepted'",
    "declined": "p.state = 'declined'",
    "expired": "p.state = 'sent' AND p.valid_until_on < ?1",
}
SORTS: Final = {
    "number": "p.number IS NULL {r}, p.series {d}, p.series_n {d}, p.revision {d}, p.id {d}",
    "customer": "c.sort_name {d}, p.id DESC",
    "title": "p.title {d}, p.id DESC",
    "sent": "coalesce(p.sent_on, '9999') {d}, p.id {d}",
    "valid": "coalesce(p.valid_until_on, '') {d}, p.id DESC",
    "follow_up": "coalesce(p.follow_up_on, '9999') {d}, p.id DESC",
    "total": "p.total_cents {d}, p.id DESC",
}


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """One row of the list; dates ISO, total in minor units of the chosen or first alternative."""

    id: int
    number: str
    state: str
    contact_id: int
    customer: str
    title: str
    sent_on: str | None
    valid_until_on: str | None
    follow_up_on: str | None
    accepted_on: str | None
    currency: str
    total_cents: int
    options: int

    def shown_state(self, today: str) -> str:
        """The state, or ``expired``."""
        return shown_state(self.state, self.valid_until_on, today)


@dataclass(frozen=True, slots=True)
class ProposalList:
    """Every matching id in order, and what they come to in minor units."""

    ids: array[int]
    total_cents: int


def proposal_list(
    r: Reader,
    today: str,
    *,
    text: str = "",
    shown: str = "all",
    sort: str = "sent",
    descending: bool = True,
) -> ProposalList:
    """Proposals that match what was typed: a customer, a title or a number; for an io thread."""
    where, params = f"p.deleted_at IS NULL AND {_WHERE[shown]}", [today]
    if text.strip():
        found, more = _search(text.strip())
        where, params = f"{where} AND ({found})", [today, *more]
    way, back = ("DESC", "ASC") if descending else ("ASC", "DESC")
    rows = r.all(
        "SELECT p.id, p.total_cents FROM proposals p JOIN contacts c ON c.id = p.contact_id"
        f" WHERE (?1 <> '') AND {where} ORDER BY {SORTS[sort].format(d=way, r=back)}",
        params,
    )
    return ProposalList(array("q", (row[0] for row in rows)), sum(row[1] for row in rows))


def _search(typed: str) -> tuple[str, list[Any]]:
    low = "".join(char for char in typed if char not in "%_")
    where = ["p.number LIKE ?2", "p.title LIKE ?3"]
    params: list[Any] = [f"{low}%", f"%{low}%"]
    expression = match_expression(typed)
    if expression:
        where.append(
            "p.contact_id IN (SELECT rowid FROM contact_search WHERE contact_search MATCH ?4)"
        )
        params.append(expression)
    return " OR ".join(where), params


def proposal_rows(r: Reader, ids: Sequence[int]) -> dict[int, ProposalRow]:
    """The rows of these ids, by id."""
    if not ids:
        return {}
    marks = ",".join("?" * len(ids))
    found = {}
    for row in r.all(
        "SELECT p.id, p.number, p.revision, p.state, p.contact_id, c.first_name, c.last_name,"
        " c.company, c.display_name, p.title, p.sent_on, p.valid_until_on, p.follow_up_on,"
        " p.accepted_on, p.currency, p.total_cents,"
        " (SELECT count(*) FROM proposal_options o WHERE o.proposal_id = p.id)"
        f" FROM proposals p JOIN contacts c ON c.id = p.contact_id WHERE p.id IN ({marks})",
        tuple(ids),
    ):
        name = row[7] or list_name(row[5] or "", row[6] or "", "") or row[8]
        values: tuple[Any, ...] = (row[0], full_number(row[1], row[2]), *row[3:5], name, *row[9:])
        found[row[0]] = ProposalRow(*values)
    return found


def proposal_counts(r: Reader, today: str) -> dict[str, int]:
    """How many each filter shows."""
    return {
        key: int(
            r.value(
                "SELECT count(*) FROM proposals p WHERE (?1 <> '') AND p.deleted_at IS NULL"
                f" AND {where}",
                (today,),
            )
        )
        for key, where in _WHERE.items()
    }


def proposal_by_number(r: Reader, number: str) -> int | None:
    """The version in force of a proposal by its number (with or without ``/ 2``), or None."""
    plain, _slash, revision = number.partition("/")
    wanted = int(revision) if revision.strip().isdigit() else None
    found = r.value(
        "SELECT id FROM proposals WHERE number = ?1 AND deleted_at IS NULL"
        " AND (?2 IS NULL OR revision = ?2)"
        " ORDER BY state IN ('draft', 'replaced'), revision DESC LIMIT 1",
        (plain.strip(), wanted),
    )
    return None if found is None else int(found)
