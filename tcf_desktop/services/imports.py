"""Bringing contacts in from files: what would happen to each row, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import ContactDraft, ParsedContacts
from tcf_desktop.domain.imports import Action, ImportPlan, PlanRow
from tcf_desktop.services import contact_values as columns
from tcf_desktop.services.command import Command
from tcf_desktop.services.import_matching import MoreOfContact, NewContact, Planner, grown
from tcf_desktop.services.importers import Importer, Progress
from tcf_desktop.services.queries.imports import drafts_of_rows, known_contacts

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.uow import UnitOfWork

_CHUNK: Final = 500


def plan_import(reader: Reader, files: Sequence[ParsedContacts]) -> ImportPlan:
    """What importing these files would do. Reads by index only; writes nothing."""
    planner = Planner(
        known_contacts(reader, [contact for source in files for contact in source.contacts])
    )
    for source in files:
        for contact in source.contacts:
            planner.plan(source.file, contact)
    rows = planner.rows + [
        PlanRow(bad.row, bad.line, source.file, Action.SKIP, "", reason=bad.reason)
        for source in files
        for bad in source.unreadable
    ]
    order = {source.file: number for number, source in enumerate(files)}
    rows.sort(key=lambda row: (order[row.file], row.row))
    return ImportPlan(
        "contacts",
        tuple(source.file for source in files),
        tuple(source.read_as for source in files),
        tuple(rows),
    )


@dataclass(frozen=True, slots=True)
class ImportContacts(Command[tuple[PlanRow, ...]]):
    """Write the rows to be added or updated, all or none; returns the rows with their ids.

    One entry in the undo list. Raises ``import.moved_on`` when a contact of the plan was changed
    meanwhile, and ``app.stopped``.
    """

    plan: ImportPlan
    progress: Progress

    def execute(self, uow: UnitOfWork) -> tuple[PlanRow, ...]:
        rows = list(self.plan.rows)
        uow.describe(
            "import of {count} contacts from {file}",
            count=self.plan.to_write(),
            file=", ".join(self.plan.files),
        )
        total = self.plan.to_write()
        known = columns.vocabulary(uow.rows)
        additions = [n for n, row in enumerate(rows) if _is(row, Action.ADD, NewContact)]
        for start in range(0, len(additions), _CHUNK):
            self.progress.report(start, total)
            chunk = additions[start : start + _CHUNK]
            ids = _add(uow, [rows[n].payload for n in chunk], known)
            for n, contact_id in zip(chunk, ids, strict=True):
                rows[n] = replace(rows[n], id=contact_id)
        done = len(additions)
        for row in rows:
            if _is(row, Action.UPDATE, MoreOfContact):
                if done % 50 == 0:
                    self.progress.report(done, total)
                _extend(uow, row.payload, known)
                done += 1
        self.progress.report(total, total)
        ids_of = {(row.file, row.row): row.id for row in rows}
        return tuple(replace(row, id=ids_of[row.joins]) if row.joins else row for row in rows)


def _is(row: PlanRow, action: Action, payload: type) -> bool:
    return row.action is action and isinstance(row.payload, payload)


def _add(uow: UnitOfWork, new: Sequence[NewContact], known: columns.Vocabulary) -> list[int]:
    taken = _taken_uids(uow, [entry.uid for entry in new if entry.uid])
    values: list[dict[str, Any]] = []
    for entry in new:
        uid = "" if entry.uid in taken else entry.uid
        taken.add(uid)
        values.append(columns.new_contact_values(entry.draft, known, uow.now_at, uid))
    ids = uow.bulk_insert(models.Contact, values)
    owners = [(n, 0, 0, 0, entry.draft) for n, entry in zip(ids, new, strict=True)]
    _add_parts(uow, owners, known)
    return ids


def _taken_uids(uow: UnitOfWork, uids: Sequence[str]) -> set[str]:
    if not uids:
        return set()
    marks = ",".join("?" * len(uids))
    return {row[0] for row in uow.rows(f"SELECT uid FROM contacts WHERE uid IN ({marks})", uids)}


def _add_parts(
    uow: UnitOfWork,
    owners: Sequence[tuple[int, int, int, int, ContactDraft]],
    known: columns.Vocabulary,
) -> None:
    """Insert the parts of (contact, first free positions of numbers, addresses, places, draft)."""
    uow.bulk_insert(
        models.ContactPhone,
        [
            {"contact_id": owner, "position": first + n, **columns.phone_values(phone, known)}
            for owner, first, _, _, draft in owners
            for n, phone in enumerate(draft.phones)
        ],
    )
    uow.bulk_insert(
        models.ContactEmail,
        [
            {"contact_id": owner, "position": first + n, **columns.email_values(mail)}
            for owner, _, first, _, draft in owners
            for n, mail in enumerate(draft.emails)
        ],
    )
    place_ids = uow.bulk_insert(
        models.Location,
        [
            {"contact_id": owner, "position": first + n, **columns.place_values(place)}
            for owner, _, _, first, draft in owners
            for n, place in enumerate(draft.places)
        ],
    )
    places = [place for _, _, _, _, draft in owners for place in draft.places]
    uow.bulk_insert(
        models.LocationMeasure,
        [
            {"location_id": place_id, "measure_id": measure, "value_milli": value}
            for place_id, place in zip(place_ids, places, strict=True)
            for measure, value in known.measure_values(place.measures).items()
        ],
    )
    uow.bulk_insert(
        models.CustomValue,
        [
            {"contact_id": owner, "field_id": field, "value": value}
            for owner, _, _, _, draft in owners
            for field, value in known.field_values(draft.fields).items()
        ],
    )
    uow.bulk_insert(
        models.Note,
        [
            {
                "contact_id": owner,
                "visibility": note.visibility,
                "text": note.text,
                "at": note.at or uow.now_at,
                "updated_at": uow.now_at,
            }
            for owner, _, _, _, draft in owners
            for note in draft.notes
        ],
    )


def _extend(uow: UnitOfWork, more: MoreOfContact, known: columns.Vocabulary) -> None:
    contact = uow.get(models.Contact, more.contact_id)
    if contact.version != more.version or contact.deleted_at is not None:
        raise AppError("import.moved_on")
    stored = next(drafts_of_rows(uow.rows, [contact.id])).draft
    positions = [
        int(uow.value(f"SELECT coalesce(max(position) + 1, 0) FROM {table} WHERE contact_id = ?",
                      (contact.id,)))
        for table in ("contact_phones", "contact_emails", "locations")
    ]  # fmt: skip
    _add_parts(uow, [(contact.id, positions[0], positions[1], positions[2], more.draft)], known)
    bare = replace(more.draft, phones=(), emails=(), places=(), notes=())
    values = columns.contact_values(grown(stored, bare), known)
    if not stored.is_named() and not more.draft.is_named():
        values.pop("display_name")
        values.pop("sort_name")
        values.pop("name_key")
    for name, value in values.items():
        if getattr(contact, name) != value:
            setattr(contact, name, value)
    contact.updated_at = uow.now_at


IMPORTER: Final = Importer(
    kind="contacts",
    parsers={
        ".vcf": "tcf_desktop.integrations.files.vcard:parse",
        ".vcard": "tcf_desktop.integrations.files.vcard:parse",
        ".csv": "tcf_desktop.integrations.files.csv:parse",
        ".tsv": "tcf_desktop.integrations.files.csv:parse",
        ".txt": "tcf_desktop.integrations.files.csv:parse",
    },
    plan=lambda reader, parsed, _choice: plan_import(reader, parsed),
    command=ImportContacts,
)
