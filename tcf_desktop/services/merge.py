"""Two records of one customer become one. Nothing is removed, so that it can be undone later.

Everything that belongs to the other one moves; what both have stays where it is. The other one is
marked as deleted and says into whom it was merged. Undo asks only whether what moved still belongs
where the merge put it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain import contacts as rules
from tcf_desktop.domain.merging import OWN, default_choices, joined_places, united_tags
from tcf_desktop.services.command import Command
from tcf_desktop.services.queries.imports import KnownContact, drafts_of_rows

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

# What belongs to a contact and to one of its places.
_AT_PLACES: Final = (
    "appointments", "series", "invoices", "proposals", "billing_plans", "notes", "attachments",
    "frequencies",
)  # fmt: skip
_OF_CONTACT: Final = (
    "payments", "consent_events", "messages", "complaints", "archived_documents",
)  # fmt: skip
_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("first_name", "last_name"),
    "company": ("company",),
    "segment": ("segment",),
    "source": ("source",),
    "language": ("language",),
    "crew": ("default_crew_id",),
    "price_list": ("price_list_id",),
    "terms": ("terms_days",),
    "exemption": ("tax_exempt", "exempt_number", "exempt_region", "exempt_until_on"),
    "e_invoice": ("e_invoice", "tax_number", "buyer_reference"),
}
_FILLED: Final = (  # of a place, where the kept one has nothing
    "name", "gate_code", "access_note", "person", "person_phone", "tax_id", "lat", "lon",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of it: both names, and how many records moved by table."""

    keep_id: int
    name: str
    other: str
    moved: dict[str, int]


@dataclass(frozen=True, slots=True)
class MergeContacts(Command[Merged]):
    """Make ``other_id`` a part of ``keep_id``.

    ``take`` names the fields (:func:`tcf_desktop.domain.merging.sides`) that come from the other
    one; None takes what only the other one has. Raises ``merge.same`` and ``data.gone``.
    """

    by_field = True

    keep_id: int
    other_id: int
    take: tuple[str, ...] | None = None

    def execute(self, uow: UnitOfWork) -> Merged:
        if self.keep_id == self.other_id:
            raise AppError("merge.same")
        known = {
            found.id: found for found in drafts_of_rows(uow.rows, [self.keep_id, self.other_id])
        }
        if len(known) < 2:
            raise AppError("data.gone")
        keep, other = known[self.keep_id], known[self.other_id]
        names = keep.draft.shown_as(), other.draft.shown_as()
        uow.describe(
            "merge of {other} into {name}",
            other=names[1], name=names[0], keep_id=self.keep_id, other_id=self.other_id,
        )  # fmt: skip
        take = default_choices(keep.draft, other.draft) if self.take is None else set(self.take)
        work = _Merge(uow, keep, other)
        work.move()
        work.settle_fields(take)
        work.settle_contacts(take)
        return Merged(self.keep_id, names[0], names[1], work.moved)


@dataclass(frozen=True, slots=True)
class SayDistinct(Command[None]):
    """These contacts look alike and are not the same: they are not offered again."""

    contact_ids: tuple[int, ...]

    def execute(self, uow: UnitOfWork) -> None:
        from tcf_desktop import models

        ids = sorted(set(self.contact_ids))
        names = [uow.get(models.Contact, contact_id).display_name for contact_id in ids[:2]]
        if len(ids) == 2:
            uow.describe("{name} and {other} told apart", name=names[0], other=names[1])
        else:
            uow.describe("{count} contacts told apart", count=len(ids))
        marks = ",".join("?" * len(ids))
        known = set(
            uow.fetch(f"SELECT a_id, b_id FROM distinct_contacts WHERE a_id IN ({marks})", ids)[1]
        )
        uow.bulk_insert(
            models.DistinctContacts,
            [
                {"a_id": one, "b_id": two}
                for place, one in enumerate(ids)
                for two in ids[place + 1 :]
                if (one, two) not in known
            ],
        )


class _Merge:
    """One merge at work; every change is noted for Undo with what it left."""

    def __init__(self, uow: UnitOfWork, keep: KnownContact, other: KnownContact) -> None:
        self._uow = uow
        self._keep, self._other = keep, other
        self.moved: dict[str, int] = {}

    def move(self) -> None:
        """Everything that belongs to the other one, with places that both have joined."""
        joined, _rest = joined_places(self._keep.draft.places, self._other.draft.places)
        places = {theirs.id: ours.id for ours, theirs in joined}
        for table in _AT_PLACES:
            self._move_at_places(table, places)
        for table in _OF_CONTACT:
            self._move_all(table, "contact_id = ?", (self._other.id,))
        for old, new in places.items():
            self._join_place(int(old or 0), int(new or 0))
        self._move_all(
            "locations", f"contact_id = ? AND id NOT IN ({','.join('?' * len(places))})",
            (self._other.id, *places), after=self._last_position("locations"),
        )  # fmt: skip
        self._move_reach("contact_phones", "number", rules.phone_digits)
        self._move_reach("contact_emails", "address", rules.email_key)

    def _move_at_places(self, table: str, places: Mapping[int | None, int | None]) -> None:
        marks = ",".join("?" * len(places))
        _names, rows = self._uow.fetch(
            f"SELECT id, version, contact_id, location_id FROM {table}"
            f" WHERE contact_id = ? OR location_id IN ({marks})",
            (self._other.id, *places),
        )
        changes = []
        for row_id, version, contact_id, location_id in rows:
            before: dict[str, Any] = {}
            after: dict[str, Any] = {}
            if contact_id == self._other.id:
                before["contact_id"], after["contact_id"] = contact_id, self._keep.id
            if location_id in places:
                before["location_id"], after["location_id"] = location_id, places[location_id]
            changes.append((row_id, version, before, after))
        self._write(table, changes)

    def _move_all(
        self, table: str, where: str, params: Sequence[object], after: int | None = None
    ) -> None:
        """Give these rows to the kept contact; ``after`` is the position that they follow."""
        positioned = ", position" if after is not None else ""
        _names, rows = self._uow.fetch(
            f"SELECT id, version, contact_id{positioned} FROM {table} WHERE {where}"
            f" ORDER BY {'position, ' if positioned else ''}id",
            params,
        )
        changes = []
        for number, (row_id, version, *old) in enumerate(rows):
            before = dict(zip(("contact_id", "position"), old, strict=False))
            new = {"contact_id": self._keep.id}
            if after is not None:
                new["position"] = after + 1 + number
            changes.append((row_id, version, before, new))
        self._write(table, changes)

    def _move_reach(self, table: str, column: str, key: Any) -> None:
        """The numbers or mail addresses that the kept contact does not have."""
        _names, rows = self._uow.fetch(
            f"SELECT id, contact_id, {column} FROM {table} WHERE contact_id IN (?, ?)",
            (self._keep.id, self._other.id),
        )
        known = {key(text) or text for _id, owner, text in rows if owner == self._keep.id}
        new = [
            row_id
            for row_id, owner, text in rows
            if owner == self._other.id and (key(text) or text) not in known
        ]
        self._move_all(
            table, f"id IN ({','.join('?' * len(new))})", new, after=self._last_position(table)
        )

    def _join_place(self, old: int, new: int) -> None:
        """Two places are one: the kept one takes what it lacks, the other one is put away."""
        names, rows = self._uow.fetch("SELECT * FROM locations WHERE id IN (?, ?)", (old, new))
        found = {row["id"]: row for row in (dict(zip(names, row, strict=True)) for row in rows)}
        ours, theirs = found[new], found[old]
        filled = {
            name: theirs[name]
            for name in _FILLED
            if ours[name] in ("", None) and theirs[name] not in ("", None)
        }
        if theirs["learned_visits"] > ours["learned_visits"]:
            filled |= {name: theirs[name] for name in theirs if name.startswith("learned_")}
        if filled:
            before = {name: ours[name] for name in filled}
            self._write("locations", [(new, ours["version"], before, filled)])
        put_away = ({"deleted_at": None}, {"deleted_at": self._uow.now_at})
        self._write("locations", [(old, theirs["version"], *put_away)])
        _names, measures = self._uow.fetch(
            "SELECT id, version FROM location_measures WHERE location_id = ? AND measure_id NOT IN"
            " (SELECT measure_id FROM location_measures WHERE location_id = ?)",
            (old, new),
        )
        self._write(
            "location_measures",
            [(*row, {"location_id": old}, {"location_id": new}) for row in measures],
        )
        for table in ("working_hours", "days_off"):
            _names, rows = self._uow.fetch(
                f"SELECT id, version FROM {table} WHERE location_id = ? AND NOT EXISTS"
                f" (SELECT 1 FROM {table} WHERE location_id = ?)",
                (old, new),
            )
            changes = [(*row, {"location_id": old}, {"location_id": new}) for row in rows]
            self._write(table, changes)

    def settle_fields(self, take: set[str] | frozenset[str]) -> None:
        """The office's own fields: what the kept one lacks moves, what was chosen is copied."""
        _names, rows = self._uow.fetch(
            "SELECT v.id, v.version, v.contact_id, v.field_id, v.value, f.name"
            " FROM custom_values v JOIN custom_fields f ON f.id = v.field_id"
            " WHERE v.contact_id IN (?, ?)",
            (self._keep.id, self._other.id),
        )
        ours = {row[3]: row for row in rows if row[2] == self._keep.id}
        changes: list[tuple[int, int, dict[str, Any], dict[str, Any]]] = []
        for row_id, version, owner, field_id, value, name in rows:
            chosen = f"{OWN}{name}" in take
            if owner != self._other.id:
                continue
            if field_id not in ours:
                if chosen:
                    before = {"contact_id": owner}
                    changes.append((row_id, version, before, {"contact_id": self._keep.id}))
            elif chosen and ours[field_id][4] != value:
                mine = ours[field_id]
                changes.append((mine[0], mine[1], {"value": mine[4]}, {"value": value}))
        self._write("custom_values", changes)

    def settle_contacts(self, take: set[str] | frozenset[str]) -> None:
        """The kept contact's own columns; the other one is marked."""
        names, rows = self._uow.fetch(
            "SELECT * FROM contacts WHERE id IN (?, ?)", (self._keep.id, self._other.id)
        )
        found = {row["id"]: row for row in (dict(zip(names, row, strict=True)) for row in rows)}
        ours, theirs = found[self._keep.id], found[self._other.id]
        new = {
            column: theirs[column] for key in _COLUMNS if key in take for column in _COLUMNS[key]
        }
        if theirs["kind"] == "customer":
            new["kind"] = "customer"
        new["tags"] = ",".join(united_tags(self._keep.draft.tags, self._other.draft.tags))
        new |= self._called({**ours, **new})
        # The key stands for the record itself: its timeline tells of the merge in any case.
        after = {name: value for name, value in new.items() if ours[name] != value}
        after["id"] = self._keep.id
        before = {name: ours[name] for name in after}
        self._write("contacts", [(self._keep.id, ours["version"], before, after)])
        # Not noted: what happens to the record later changes them too.
        self._uow.driver(
            "UPDATE contacts SET updated_at = ? WHERE id IN (?, ?)",
            [(self._uow.now_at, self._keep.id, self._other.id)],
        )
        marks = {"deleted_at": self._uow.now_at, "merged_into_id": self._keep.id}
        unmarked = {"deleted_at": None, "merged_into_id": None}
        self._write("contacts", [(self._other.id, theirs["version"], unmarked, marks)])

    def _called(self, contact: Mapping[str, Any]) -> dict[str, str]:
        """The name and its keys, as they follow from the columns."""
        first, last, company = contact["first_name"], contact["last_name"], contact["company"]
        shown = rules.display_name(first, last, company) or contact["display_name"]
        return {
            "display_name": shown,
            "sort_name": rules.sort_name(first, last, company, shown),
            "name_key": rules.name_key(shown),
        }

    def _last_position(self, table: str) -> int:
        found = self._uow.value(
            f"SELECT max(position) FROM {table} WHERE contact_id = ?", (self._keep.id,)
        )
        return -1 if found is None else int(found)

    def _write(
        self,
        table: str,
        changes: Sequence[tuple[int, int, Mapping[str, Any], Mapping[str, Any]]],
    ) -> None:
        """Write (id, version, before, after) and note it; a position may change again freely."""
        groups: dict[tuple[str, ...], list[tuple[object, ...]]] = {}
        for row_id, _version, _before, after in changes:
            groups.setdefault(tuple(after), []).append((*after.values(), row_id))
        for columns, rows in groups.items():
            sets = "".join(f"{name} = ?, " for name in columns)
            self._uow.driver(f"UPDATE {table} SET {sets}version = version + 1 WHERE id = ?", rows)
        for row_id, version, before, after in changes:
            left = {name: value for name, value in after.items() if name != "position"}
            old = {**before, "version": version}
            self._uow.note(table, row_id, "update", old, version + 1, self._keep.id, left)
        if changes:
            self.moved[table] = self.moved.get(table, 0) + len(changes)
