"""Two contacts side by side before they are merged; and what was merged before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tcf_desktop.domain.contacts import (
    ContactDraft,
    Place,
    email_key,
    phone_digits,
)
from tcf_desktop.domain.duplicates import Match, match
from tcf_desktop.domain.merging import Side, joined_places, sides, united_tags
from tcf_desktop.services.queries.duplicates import profiles_of
from tcf_desktop.services.queries.imports import drafts_of

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

# What moves, in the order in which it is told: (what, table, which rows of it).
MOVES: Final = (
    ("visits", "appointments", "deleted_at IS NULL"),
    ("series", "series", "deleted_at IS NULL"),
    ("invoices", "invoices", "deleted_at IS NULL"),
    ("payments", "payments", "1"),
    ("proposals", "proposals", "deleted_at IS NULL"),
    ("plans", "billing_plans", "deleted_at IS NULL"),
    ("notes", "notes", "deleted_at IS NULL"),
    ("files", "attachments", "deleted_at IS NULL"),
    ("frequencies", "frequencies", "deleted_at IS NULL"),
    ("consents", "consent_events", "1"),
    ("messages", "messages", "deleted_at IS NULL"),
    ("complaints", "complaints", "deleted_at IS NULL"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """A number, mail address, place or tag of the result and who has it: keep, other or both."""

    text: str
    owner: str


@dataclass(frozen=True, slots=True)
class MergeSide:
    """One of the two: what it says and what belongs to it, counted by the names of ``MOVES``."""

    id: int
    name: str
    draft: ContactDraft
    created_at: int
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class MergePlan:
    """Both sides field by field, and what the result has. ``match`` is why they look alike."""

    keep: MergeSide
    other: MergeSide
    fields: tuple[Side, ...]
    phones: tuple[Part, ...]
    emails: tuple[Part, ...]
    places: tuple[Part, ...]
    tags: tuple[Part, ...]
    match: Match | None

    @property
    def kind(self) -> str:
        """Of the result: who is a customer stays one."""
        kinds = {self.keep.draft.kind, self.other.draft.kind}
        return "customer" if "customer" in kinds else "prospect"


@dataclass(frozen=True, slots=True)
class PastMerge:
    """A merge that stands; ``journal_id`` takes it back."""

    journal_id: int
    at: int
    other_id: int
    other: str


def merge_plan(r: Reader, keep_id: int, other_id: int) -> MergePlan | None:
    """The plan, or None when one of the two is gone. Reads by index."""
    known = {found.id: found.draft for found in drafts_of(r, [keep_id, other_id])}
    if keep_id == other_id or len(known) < 2:
        return None
    keep, other = known[keep_id], known[other_id]
    profiles = profiles_of(r, [keep_id, other_id])
    joined, rest = joined_places(keep.places, other.places)
    both = {ours.id for ours, _theirs in joined}
    return MergePlan(
        keep=_side(r, keep_id, keep),
        other=_side(r, other_id, other),
        fields=tuple(sides(keep, other)),
        phones=_parts(
            [(phone.number, phone_digits(phone.number)) for phone in keep.phones],
            [(phone.number, phone_digits(phone.number)) for phone in other.phones],
        ),
        emails=_parts(
            [(mail.address, email_key(mail.address)) for mail in keep.emails],
            [(mail.address, email_key(mail.address)) for mail in other.emails],
        ),
        places=(
            *(Part(place_text(p), "both" if p.id in both else "keep") for p in keep.places),
            *(Part(place_text(p), "other") for p in rest),
        ),
        tags=tuple(
            Part(tag, _owner(tag in keep.tags, tag in other.tags))
            for tag in united_tags(keep.tags, other.tags)
        ),
        match=match(profiles[keep_id], profiles[other_id]),
    )


def _side(r: Reader, contact_id: int, draft: ContactDraft) -> MergeSide:
    counts = {
        what: int(
            r.value(f"SELECT count(*) FROM {table} WHERE contact_id = ? AND {which}", (contact_id,))
        )
        for what, table, which in MOVES
    }
    created_at = int(r.value("SELECT created_at FROM contacts WHERE id = ?", (contact_id,)))
    return MergeSide(contact_id, draft.shown_as(), draft, created_at, counts)


def _parts(keep: Sequence[tuple[str, str]], other: Sequence[tuple[str, str]]) -> tuple[Part, ...]:
    """What the result has, from (text, key) of both."""
    ours = {key or text for text, key in keep}
    theirs = {key or text for text, key in other}
    parts = [Part(text, _owner(True, (key or text) in theirs)) for text, key in keep]
    return (*parts, *(Part(text, "other") for text, key in other if (key or text) not in ours))


def _owner(keep: bool, other: bool) -> str:
    return "both" if keep and other else "keep" if keep else "other"


def place_text(place: Place) -> str:
    """A place in one line: its name, street and town."""
    street = " ".join(part for part in (place.street, place.street2) if part)
    return ", ".join(part for part in (place.name, street, place.city) if part)


def merges_of(r: Reader, contact_id: int) -> list[PastMerge]:
    """What was merged into a contact and can still be taken back, the newest first."""
    rows = r.all(
        "SELECT j.id, j.at, j.params FROM contacts c"
        " JOIN journal_rows w ON w.table_name = 'contacts' AND w.row_id = c.id"
        " JOIN journal j ON j.id = w.journal_id AND j.command IN ('MergeContacts', 'RedoLast')"
        " WHERE c.merged_into_id = ? AND j.undoable = 1 AND j.undone_by IS NULL"
        " ORDER BY j.id DESC",
        (contact_id,),
    )
    found = {}
    for journal_id, at, params in rows:
        said = json.loads(params)
        if said.get("keep_id") == contact_id:
            found[journal_id] = PastMerge(journal_id, at, said["other_id"], said["other"])
    return list(found.values())
