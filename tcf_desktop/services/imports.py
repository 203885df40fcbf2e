"""Bringing contacts in from files: what would happen to each row, then all of it or nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import ContactDraft, ParsedContacts
from tcf_desktop.domain.imports import Action, ImportPlan, PlanRow, as_json
from tcf_desktop.services import contact_values as columns
from tcf_desktop.services.command import Command
from tcf_desktop.services.contacts import save_parts
from tcf_desktop.services.import_fitting import meanings
from tcf_desktop.services.import_matching import MoreOfContact, NewContact, Planner
from tcf_desktop.services.import_news import grown, news_of
from tcf_desktop.services.importers import Importer
from tcf_desktop.services.progress import Progress
from tcf_desktop.services.queries.import_runs import earlier_import
from tcf_desktop.services.queries.imports import drafts_of_rows, known_contacts

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.uow import UnitOfWork

_CHUNK: Final = 500
REPLACE: Final = 1  # the answer that lets the file win


def plan_import(
    reader: Reader, files: Sequence[ParsedContacts], *, replacing: bool = False
) -> ImportPlan:
    """What importing these files would do. Reads by index only; writes nothing.

    ``replacing`` lets the file win where a filled field is different there.
    """
    known = known_contacts(reader, [contact for source in files for contact in source.contacts])
    planner = Planner(known, meanings(reader.all), replacing=replacing)
    for source in files:
        for contact in source.contacts:
            planner.plan(source, contact)
    rows = planner.rows + [
        PlanRow(bad.row, bad.line, source.file, Action.SKIP, "", reason=bad.reason)
        for source in files
        for bad in source.unreadable
    ]
    order = {source.file: number for number, source in enumerate(files)}
    rows.sort(key=lambda row: (order[row.file], row.row))
    digests = tuple(source.digest for source in files)
    return ImportPlan(
        "contacts",
        tuple(source.file for source in files),
        tuple(source.read_as for source in files),
        tuple(rows),
        digests,
        tuple(remark for source in files for remark in source.remarks),
        earlier_import(reader, digests),
    )


@dataclass(frozen=True, slots=True)
class ImportContacts(Command[tuple[PlanRow, ...]]):
    """Write the rows to be added or updated, all or none; returns the rows with their ids.

    One entry in the undo list, and one in the list of earlier imports with the report of every
    row. Raises ``import.moved_on`` when a contact of the plan was changed meanwhile, and
    ``app.stopped``.
    """

    plan: ImportPlan
    progress: Progress

    def execute(self, uow: UnitOfWork) -> tuple[PlanRow, ...]:
        rows = list(self.plan.rows)
        total = self.plan.to_write()
        known = columns.vocabulary(uow.rows)
        additions = [n for n, row in enumerate(rows) if _is(row, Action.ADD, NewContact)]
        for start in range(0, len(additions), _CHUNK):
            self.progress.report(start, total)
            chunk = additions[start : start + _CHUNK]
            ids = _add(uow, [rows[n].payload for n in chunk], known)
            for n, contact_id in zip(chunk, ids, strict=True):
                rows[n] = replace(rows[n], id=contact_id)
        updates = [row.payload for row in rows if _is(row, Action.UPDATE, MoreOfContact)]
        for start in range(0, len(updates), _CHUNK):
            self.progress.report(len(additions) + start, total)
            _extend(uow, updates[start : start + _CHUNK], known)
        self.progress.report(total, total)
        ids_of = {(row.file, row.row): row.id for row in rows}
        rows = [replace(row, id=ids_of[row.joins]) if row.joins else row for row in rows]
        run = self._keep_run(uow, rows)
        uow.describe(
            "import of {count} contacts from {file}",
            count=total,
            file=", ".join(self.plan.files),
            import_id=run.id,
        )
        return tuple(rows)

    def _keep_run(self, uow: UnitOfWork, rows: Sequence[PlanRow]) -> models.ImportRun:
        """The entry of the list of earlier imports; it stays when the import is taken back."""
        report = as_json(rows)
        return uow.add(
            models.ImportRun(
                at=uow.now_at,
                kind=self.plan.kind,
                files="\n".join(self.plan.files),
                digests="\n".join(self.plan.digests),
                added=report["added"],
                updated=report["updated"],
                skipped=report["skipped"] + report["in_doubt"],
                report=json.dumps(report["rows"], ensure_ascii=False),
            )
        )


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
    owners = [(n, entry.draft) for n, entry in zip(ids, new, strict=True)]
    _add_parts(uow, owners, known)
    return ids


def _taken_uids(uow: UnitOfWork, uids: Sequence[str]) -> set[str]:
    if not uids:
        return set()
    marks = ",".join("?" * len(uids))
    return {row[0] for row in uow.rows(f"SELECT uid FROM contacts WHERE uid IN ({marks})", uids)}


def _add_parts(
    uow: UnitOfWork,
    owners: Sequence[tuple[int, ContactDraft]],
    known: columns.Vocabulary,
) -> None:
    """Insert the parts of new contacts: (id, draft)."""
    uow.bulk_insert(
        models.ContactPhone,
        [
            {"contact_id": owner, "position": n, **columns.phone_values(phone, known)}
            for owner, draft in owners
            for n, phone in enumerate(draft.phones)
        ],
    )
    uow.bulk_insert(
        models.ContactEmail,
        [
            {"contact_id": owner, "position": n, **columns.email_values(mail)}
            for owner, draft in owners
            for n, mail in enumerate(draft.emails)
        ],
    )
    place_ids = uow.bulk_insert(
        models.Location,
        [
            {"contact_id": owner, "position": n, **columns.place_values(place)}
            for owner, draft in owners
            for n, place in enumerate(draft.places)
        ],
    )
    places = [place for _, draft in owners for place in draft.places]
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
            for owner, draft in owners
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
            for owner, draft in owners
            for note in draft.notes
        ],
    )


def _extend(uow: UnitOfWork, updates: Sequence[MoreOfContact], known: columns.Vocabulary) -> None:
    ids = list(dict.fromkeys(more.contact_id for more in updates))
    stored = {contact.id: contact for contact in drafts_of_rows(uow.rows, ids)}
    for more in updates:
        found = stored.get(more.contact_id)
        if found is None or found.version != more.version:
            raise AppError("import.moved_on")
        # Two rows may have been joined with one contact, and say the same.
        news = news_of(found.draft, more.draft, replacing=True, own=True)
        draft = grown(found.draft, news.draft)
        contact = uow.get(models.Contact, more.contact_id)
        for name, value in columns.contact_values(draft, known).items():
            if getattr(contact, name) != value:
                setattr(contact, name, value)
        contact.updated_at = uow.now_at
        save_parts(uow, contact.id, draft, known)
        stored[contact.id] = replace(found, draft=draft)


IMPORTER: Final = Importer(
    kind="contacts",
    parsers={
        ".vcf": "tcf_desktop.integrations.files.vcard:parse",
        ".vcard": "tcf_desktop.integrations.files.vcard:parse",
        ".csv": "tcf_desktop.integrations.files.csv:parse",
        ".tsv": "tcf_desktop.integrations.files.csv:parse",
        ".txt": "tcf_desktop.integrations.files.csv:parse",
    },
    plan=lambda reader, parsed, choice: plan_import(reader, parsed, replacing=choice == REPLACE),
    command=ImportContacts,
    question="Where a field is filled here and the file says something else",
    choices=lambda _reader: ((REPLACE, "take what the file says"),),
    no_choice="keep what is here",
    look="tcf_desktop.integrations.files.csv:look",
    tables=(".csv", ".tsv", ".txt"),
)
