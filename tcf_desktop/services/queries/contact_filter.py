"""What the contact list can be narrowed to, as a value: to be kept, shown as chips, made SQL."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Final

DAY_MS: Final = 86_400_000
LONGEST_NAME: Final = 80  # of a kept filter
# What is asked for: an unused credit note is open too, below zero.
OPEN_STATES: Final = "open_cents > 0 AND state IN ('issued', 'part_paid')"
OWING: Final = f"SELECT contact_id FROM invoices WHERE open_cents <> 0 AND {OPEN_STATES}"
AHEAD: Final = "deleted_at IS NULL AND state IN ('tentative', 'confirmed', 'on_the_way', 'arrived')"
SEEN: Final = "deleted_at IS NULL AND state = 'done'"


@dataclass(frozen=True, slots=True)
class ContactFilter:
    """Which contacts to show; what is empty narrows nothing, what is set must all hold.

    ``unseen_days``: known for so long, and no visit was done since. ``unanswered_days``: a prospect
    with whom nothing happened for so long: not entered, no note, no visit booked or due, no
    invoice, no change of the record but tags and price list.
    """

    kind: str = ""  # "customer", "prospect"
    owes: bool = False
    overdue: bool = False
    due_again: bool = False
    tag: str = ""
    city: str = ""
    crew_id: int | None = None
    price_list_id: int | None = None
    language: str = ""
    no_email: bool = False
    no_phone: bool = False
    opted_out: bool = False
    unseen_days: int = 0
    unanswered_days: int = 0
    new_days: int = 0  # entered within so many days
    field_id: int | None = None
    field_value: str = ""
    field_exact: bool = False

    def active(self) -> tuple[str, ...]:
        """The names of what narrows, in the order of the fields; an own field counts once."""
        set_here = (f.name for f in fields(self) if getattr(self, f.name) != f.default)
        return tuple(name for name in set_here if name not in _COMPANIONS)

    def without(self, name: str) -> ContactFilter:
        """The same without one of :meth:`active`."""
        plain = ContactFilter()
        gone: dict[str, Any] = {name: getattr(plain, name)}
        if name == "field_id":
            gone |= {"field_value": "", "field_exact": False}
        return replace(self, **gone)

    def to_json(self) -> str:
        """As it is stored: only what is set."""
        plain = ContactFilter()
        kept = {
            name: value for name, value in asdict(self).items() if value != getattr(plain, name)
        }
        return json.dumps(kept, ensure_ascii=False, sort_keys=True)


_COMPANIONS: Final = frozenset({"field_value", "field_exact"})
EVERYBODY: Final = ContactFilter()

# Who there is for everybody, whatever the office keeps itself; named in the views.
BUILT_IN: Final[dict[str, ContactFilter]] = {
    "unanswered": ContactFilter(kind="prospect", unanswered_days=14),
    "owes": ContactFilter(owes=True),
    "unseen": ContactFilter(kind="customer", unseen_days=365),
}


def from_json(text: str) -> ContactFilter:
    """A stored filter; what this version does not know, or of the wrong type, is passed over."""
    try:
        stored = json.loads(text)
    except ValueError:
        return EVERYBODY
    if not isinstance(stored, dict):
        return EVERYBODY
    known = {
        entry.name: stored[entry.name]
        for entry in fields(ContactFilter)
        if _fits(stored.get(entry.name), entry.default)
    }
    return ContactFilter(**known)


def _fits(value: object, default: object) -> bool:
    wanted = int if default is None else type(default)
    return type(value) is wanted and (not isinstance(value, int) or 0 <= value < 2**63)


@dataclass(frozen=True, slots=True)
class Term:
    """A condition on a contact: ``{id}`` stands for its id, ``c`` for its row where it needs it."""

    sql: str
    params: tuple[object, ...] = ()
    needs_row: bool = True


def terms(shown: ContactFilter, now_ms: int, today: str, due: Iterable[int] = ()) -> list[Term]:
    """The conditions of a filter; contacts in the trash are not its business. ``due`` are those
    that ``due_again`` means."""
    found = [*_own_terms(shown, now_ms), *_part_terms(shown)]
    found += _history_terms(shown, now_ms, today)
    if shown.due_again:
        ids = json.dumps(sorted(due))
        found.append(Term("{id} IN (SELECT value FROM json_each(?))", (ids,), needs_row=False))
    return found


def conditions(found: Iterable[Term], row_id: str) -> tuple[str, list[object]]:
    """Terms as SQL that begins with AND, or nothing, and its parameters."""
    sql = ""
    params: list[object] = []
    for term in found:
        sql += f" AND {term.sql.format(id=row_id)}"
        params += term.params
    return sql, params


def _own_terms(shown: ContactFilter, now_ms: int) -> list[Term]:
    found = []
    if shown.kind:
        found.append(Term("c.kind = ?", (shown.kind,)))
    if shown.tag:
        found.append(Term(r"',' || c.tags || ',' LIKE ? ESCAPE '\'", (f"%,{_plain(shown.tag)},%",)))
    for column, value in (
        ("default_crew_id", shown.crew_id),
        ("price_list_id", shown.price_list_id),
    ):
        if value is not None:
            found.append(Term(f"c.{column} = ?", (value,)))
    if shown.language:
        found.append(Term("c.language = ?", (shown.language,)))
    if shown.new_days:
        found.append(Term("c.created_at >= ?", (now_ms - shown.new_days * DAY_MS,)))
    return found


def _part_terms(shown: ContactFilter) -> list[Term]:
    found = []
    if shown.city:
        found.append(
            Term(
                "{id} IN (SELECT contact_id FROM locations WHERE city = ? COLLATE NOCASE"
                " AND deleted_at IS NULL)",
                (shown.city,),
                needs_row=False,
            )
        )
    for wanted, table in ((shown.no_email, "contact_emails"), (shown.no_phone, "contact_phones")):
        if wanted:
            found.append(
                Term(
                    f"NOT EXISTS (SELECT 1 FROM {table} WHERE contact_id = {{id}})",
                    needs_row=False,
                )
            )
    if shown.opted_out:
        # The newest word on an address and purpose holds; of one instant the later entry.
        found.append(
            Term(
                "{id} IN (SELECT e.contact_id FROM consent_events e WHERE e.given = 0 AND NOT"
                " EXISTS (SELECT 1 FROM consent_events n WHERE n.contact_id = e.contact_id"
                " AND n.channel = e.channel AND n.address_key = e.address_key"
                " AND n.purpose = e.purpose AND (n.at, n.id) > (e.at, e.id)))",
                needs_row=False,
            )
        )
    if shown.field_id is not None:
        same = "= ? COLLATE NOCASE" if shown.field_exact else r"LIKE ? ESCAPE '\'"
        wanted_text = shown.field_value if shown.field_exact else f"%{_plain(shown.field_value)}%"
        found.append(
            Term(
                f"{{id}} IN (SELECT contact_id FROM custom_values WHERE field_id = ?"
                f" AND value {same})",
                (shown.field_id, wanted_text),
                needs_row=False,
            )
        )
    return found


def _history_terms(shown: ContactFilter, now_ms: int, today: str) -> list[Term]:
    found = []
    if shown.owes:
        found.append(Term(f"{{id}} IN ({OWING})", needs_row=False))
    if shown.overdue:
        found.append(Term(f"{{id}} IN ({OWING} AND due_on < ?)", (today,), needs_row=False))
    if shown.unseen_days:
        since = now_ms - shown.unseen_days * DAY_MS
        found.append(
            Term(
                "c.created_at < ? AND NOT EXISTS (SELECT 1 FROM appointments WHERE"
                f" contact_id = {{id}} AND starts_at >= ? AND starts_at <= ? AND {SEEN})",
                (since, since, now_ms),
            )
        )
    if shown.unanswered_days:
        since = now_ms - shown.unanswered_days * DAY_MS
        found.append(
            Term(
                "c.kind = 'prospect' AND c.created_at < ?"
                " AND NOT EXISTS (SELECT 1 FROM notes WHERE contact_id = {id} AND at >= ?"
                " AND deleted_at IS NULL)"
                " AND NOT EXISTS (SELECT 1 FROM appointments WHERE contact_id = {id}"
                " AND (starts_at >= ? OR created_at >= ?) AND deleted_at IS NULL)"
                " AND NOT EXISTS (SELECT 1 FROM series WHERE contact_id = {id}"
                " AND deleted_at IS NULL)"
                " AND NOT EXISTS (SELECT 1 FROM invoices WHERE contact_id = {id}"
                " AND created_at >= ? AND deleted_at IS NULL)"
                " AND NOT EXISTS (SELECT 1 FROM contact_changes WHERE contact_id = {id}"
                " AND at >= ? AND fields NOT IN ('tags', 'price_list_id'))",
                (since,) * 6,
            )
        )
    return found


def _plain(text: str) -> str:
    """Text for LIKE with its wild cards taken literally."""
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
