"""What is known already about the people in a file: looked up by index, never the whole list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.domain import contacts as rules
from tcf_desktop.domain.contacts import ContactDraft, Email, ParsedContact, Phone, Place

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

_CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class KnownContact:
    """A stored contact that could be one of those in the file."""

    id: int
    uid: str
    version: int
    draft: ContactDraft


@dataclass(frozen=True, slots=True)
class Known:
    """The contacts to compare with, and the identities that were deleted here."""

    contacts: tuple[KnownContact, ...] = ()
    deleted_uids: frozenset[str] = frozenset()


def known_contacts(r: Reader, parsed: Sequence[ParsedContact]) -> Known:
    """Every living contact that shares an identity, number, mail address or name with the file."""
    drafts = [contact.draft for contact in parsed]
    uids = {contact.uid for contact in parsed if contact.uid}
    ids: set[int] = set()
    deleted: set[str] = set()
    for contact_id, uid, deleted_at in _in_chunks(
        r, "SELECT id, uid, deleted_at FROM contacts WHERE uid IN ({marks})", uids
    ):
        if deleted_at is None:
            ids.add(contact_id)
        else:
            deleted.add(uid)
    phones = {key for draft in drafts for key in rules.phone_keys(draft)}
    mails = {key for draft in drafts for key in rules.email_keys(draft)}
    names = {
        rules.sort_name(draft.first_name, draft.last_name, draft.company)
        for draft in drafts
        if draft.is_named()
    }
    for sql, keys in (
        ("SELECT contact_id FROM contact_phones WHERE digits IN ({marks})", phones),
        ("SELECT contact_id FROM contact_emails WHERE lower(address) IN ({marks})", mails),
        (
            "SELECT id FROM contacts WHERE deleted_at IS NULL AND sort_name IN ({marks})",
            names,
        ),
    ):
        ids.update(row[0] for row in _in_chunks(r, sql, keys))
    return Known(tuple(drafts_of(r, sorted(ids))), frozenset(deleted))


def drafts_of(r: Reader, ids: Sequence[int]) -> Iterator[KnownContact]:
    """The living contacts among ``ids`` with all their parts, in the order of ``ids``."""
    for start in range(0, len(ids), _CHUNK):
        yield from _drafts_of_chunk(r, ids[start : start + _CHUNK])


def _drafts_of_chunk(r: Reader, ids: Sequence[int]) -> Iterator[KnownContact]:
    marks = ",".join("?" * len(ids))
    phones: defaultdict[int, list[Phone]] = defaultdict(list)
    for part_id, contact_id, number, label in r.all(
        "SELECT id, contact_id, number, label FROM contact_phones"
        f" WHERE contact_id IN ({marks}) ORDER BY contact_id, position",
        ids,
    ):
        phones[contact_id].append(Phone(number, label, part_id))
    mails: defaultdict[int, list[Email]] = defaultdict(list)
    for part_id, contact_id, address, label in r.all(
        "SELECT id, contact_id, address, label FROM contact_emails"
        f" WHERE contact_id IN ({marks}) ORDER BY contact_id, position",
        ids,
    ):
        mails[contact_id].append(Email(address, label, part_id))
    places: defaultdict[int, list[Place]] = defaultdict(list)
    for contact_id, *values in r.all(
        "SELECT contact_id, name, street, street2, city, region, postal_code, country,"
        " access_note, is_billing, tax_id, lat, lon, id FROM locations"
        f" WHERE contact_id IN ({marks}) AND deleted_at IS NULL ORDER BY contact_id, position",
        ids,
    ):
        places[contact_id].append(_place(values))
    found = {
        row[0]: row
        for row in r.all(
            "SELECT id, uid, version, first_name, last_name, company, kind, segment, tags, note,"
            f" source FROM contacts WHERE id IN ({marks}) AND deleted_at IS NULL",
            ids,
        )
    }
    for contact_id in ids:
        if contact_id not in found:
            continue
        _, uid, version, first, last, company, kind, segment, tags, note, source = found[contact_id]
        draft = ContactDraft(
            first_name=first,
            last_name=last,
            company=company,
            kind=kind,
            segment=segment,
            phones=tuple(phones[contact_id]),
            emails=tuple(mails[contact_id]),
            places=tuple(places[contact_id]),
            tags=tuple(tag for tag in tags.split(",") if tag),
            note=note,
            source=source,
        )
        yield KnownContact(contact_id, uid, version, draft)


def _place(values: Sequence[Any]) -> Place:
    name, street, street2, city, region, code, country, access, *rest = values
    billing, tax_id, lat, lon, place_id = rest
    return Place(
        name, street, street2, city, region, code, country, access, bool(billing), tax_id, lat, lon,
        place_id,
    )  # fmt: skip


def _in_chunks(r: Reader, sql: str, keys: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """Run a statement with an IN list of any length."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), _CHUNK):
        chunk = ordered[start : start + _CHUNK]
        yield from r.all(sql.format(marks=",".join("?" * len(chunk))), chunk)
