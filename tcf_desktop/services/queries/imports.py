"""What is known already about the people in a file: looked up by index, never the whole list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar

from tcf_desktop.domain import contacts as rules
from tcf_desktop.domain.contacts import (
    ContactDraft,
    Email,
    Exemption,
    Named,
    NoteDraft,
    ParsedContact,
    Phone,
    Place,
)
from tcf_desktop.domain.custom_fields import milli_text
from tcf_desktop.services.queries.merged import kept_contact

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

T = TypeVar("T")
Rows = Callable[[str, Sequence[Any]], Sequence[Any]]
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
    merged_uids: Mapping[str, int] = field(default_factory=dict)  # whose the identity is now


def known_contacts(r: Reader, parsed: Sequence[ParsedContact]) -> Known:
    """Every living contact that shares an identity, number, mail address or name with the file."""
    drafts = [contact.draft for contact in parsed]
    uids = {contact.uid for contact in parsed if contact.uid}
    ids: set[int] = set()
    deleted: set[str] = set()
    merged: dict[str, int] = {}
    for contact_id, uid, deleted_at, into in _in_chunks(
        r, "SELECT id, uid, deleted_at, merged_into_id FROM contacts WHERE uid IN ({marks})", uids
    ):
        if deleted_at is None:
            ids.add(contact_id)
        elif into is not None:
            merged[uid] = kept_contact(r, into)
            ids.add(merged[uid])
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
    return Known(tuple(drafts_of(r, sorted(ids))), frozenset(deleted), merged)


def drafts_of(r: Reader, ids: Sequence[int]) -> Iterator[KnownContact]:
    """The living contacts among ``ids`` with all their parts, in the order of ``ids``."""
    yield from drafts_of_rows(r.all, ids)


def drafts_of_rows(rows: Rows, ids: Sequence[int]) -> Iterator[KnownContact]:
    """:func:`drafts_of` for whoever can run a statement, also inside a transaction."""
    for start in range(0, len(ids), _CHUNK):
        yield from _drafts_of_chunk(rows, ids[start : start + _CHUNK])


def _drafts_of_chunk(rows: Rows, ids: Sequence[int]) -> Iterator[KnownContact]:
    marks = ",".join("?" * len(ids))
    phones = _grouped(
        rows(
            "SELECT contact_id, number, label, id FROM contact_phones"
            f" WHERE contact_id IN ({marks}) ORDER BY contact_id, position",
            ids,
        ),
        Phone,
    )
    mails = _grouped(
        rows(
            "SELECT contact_id, address, label, id FROM contact_emails"
            f" WHERE contact_id IN ({marks}) ORDER BY contact_id, position",
            ids,
        ),
        Email,
    )
    notes = _grouped(
        rows(
            "SELECT contact_id, text, visibility, id, at FROM notes"
            f" WHERE contact_id IN ({marks}) AND deleted_at IS NULL ORDER BY contact_id, at, id",
            ids,
        ),
        NoteDraft,
    )
    fields = _grouped(
        rows(
            "SELECT v.contact_id, f.name, v.value FROM custom_values v"
            " JOIN custom_fields f ON f.id = v.field_id"
            f" WHERE v.contact_id IN ({marks}) AND f.deleted_at IS NULL"
            " ORDER BY v.contact_id, f.position, f.id",
            ids,
        ),
        Named,
    )
    places = _places(rows, ids, marks)
    found = {
        row[0]: row
        for row in rows(
            "SELECT c.id, c.uid, c.version, c.first_name, c.last_name, c.company, c.kind,"
            " c.segment, c.tags, c.source, c.language, coalesce(k.name, ''), coalesce(p.name, ''),"
            " c.terms_days, c.tax_exempt, c.exempt_number, c.exempt_region, c.exempt_until_on,"
            " c.tax_number, c.buyer_reference, c.e_invoice"
            " FROM contacts c LEFT JOIN crews k ON k.id = c.default_crew_id"
            " AND k.deleted_at IS NULL"
            " LEFT JOIN price_lists p ON p.id = c.price_list_id AND p.deleted_at IS NULL"
            f" WHERE c.id IN ({marks}) AND c.deleted_at IS NULL",
            ids,
        )
    }
    for contact_id in ids:
        if contact_id not in found:
            continue
        _, uid, version, first, last, company, kind, segment, tags, *rest = found[contact_id]
        source, language, crew, price_list, terms, exempt, number, region, *rest = rest
        until_on, tax_number, reference, electronic = rest
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
            notes=tuple(notes[contact_id]),
            source=source,
            language=language,
            crew=crew,
            price_list=price_list,
            terms_days=terms,
            exemption=Exemption(number, region, until_on or "") if exempt else None,
            fields=tuple(fields[contact_id]),
            tax_number=tax_number,
            buyer_reference=reference,
            e_invoice=bool(electronic),
        )
        yield KnownContact(contact_id, uid, version, draft)


def _grouped(found: Iterable[Any], make: Callable[..., T]) -> defaultdict[int, list[T]]:
    """Parts by the id of their contact, which is the first column."""
    parts: defaultdict[int, list[T]] = defaultdict(list)
    for contact_id, *values in found:
        parts[contact_id].append(make(*values))
    return parts


def _places(rows: Rows, ids: Sequence[int], marks: str) -> defaultdict[int, list[Place]]:
    measures: defaultdict[int, list[Named]] = defaultdict(list)
    for location_id, name, value_milli in rows(
        "SELECT m.location_id, d.name, m.value_milli FROM locations l"
        " JOIN location_measures m ON m.location_id = l.id JOIN measures d ON d.id = m.measure_id"
        f" WHERE l.contact_id IN ({marks}) AND d.deleted_at IS NULL ORDER BY d.position, d.id",
        ids,
    ):
        measures[location_id].append(Named(name, milli_text(value_milli)))
    places: defaultdict[int, list[Place]] = defaultdict(list)
    for contact_id, billing, place_id, *values in rows(
        "SELECT contact_id, is_billing, id, name, street, street2, city, region, postal_code,"
        " country, access_note, tax_id, lat, lon, gate_code, person, person_phone FROM locations"
        f" WHERE contact_id IN ({marks}) AND deleted_at IS NULL ORDER BY contact_id, position",
        ids,
    ):
        name, street, street2, city, region, code, country, access, tax_id, lat, lon, *more = values
        gate, person, person_phone = more
        places[contact_id].append(
            Place(
                name, street, street2, city, region, code, country, access, bool(billing), tax_id,
                lat, lon, place_id, gate, person, person_phone, tuple(measures[place_id]),
            )
        )  # fmt: skip
    return places


def _in_chunks(r: Reader, sql: str, keys: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """Run a statement with an IN list of any length."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), _CHUNK):
        chunk = ordered[start : start + _CHUNK]
        yield from r.all(sql.format(marks=",".join("?" * len(chunk))), chunk)
