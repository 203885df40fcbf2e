"""What the office does with contacts: keep, change, delete, bring back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain import contacts as rules
from tcf_desktop.domain.contacts import ContactDraft, NoteDraft
from tcf_desktop.services import contact_values as columns
from tcf_desktop.services.command import Command
from tcf_desktop.services.occurrence_rows import Inside
from tcf_desktop.services.queries.occurrences import upcoming

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class SaveContact(Command[int]):
    """Add a contact, or change the one with ``contact_id``; returns its id.

    Numbers, addresses and places with an ``id`` are changed, those without are added, the others
    are taken away. Notes without an ``id`` are added; stored ones stay as they are. Raises
    ``contacts.nameless``, ``contacts.unknown_name``, ``fields.…`` and ``data.gone``.
    """

    draft: ContactDraft
    contact_id: int | None = None

    def execute(self, uow: UnitOfWork) -> int:
        draft = rules.tidy(self.draft)
        name = draft.shown_as()
        if not name:
            raise AppError("contacts.nameless")
        known = columns.vocabulary(uow.rows)
        if self.contact_id is None:
            uow.describe("new contact {name}", name=name)
            values = columns.new_contact_values(draft, known, uow.now_at)
            contact = uow.add(models.Contact(**values))
        else:
            uow.describe("change of {name}", name=name)
            contact = uow.get(models.Contact, self.contact_id)
            if contact.deleted_at is not None:
                raise AppError("data.gone")
            values = columns.contact_values(draft, known)
            if values["price_list_id"] is None:
                values["price_list_id"] = _removed_list(uow, contact)
            _assign(contact, values)
        touched = save_parts(uow, contact.id, draft, known)
        if touched or uow.session.is_modified(contact):
            contact.updated_at = uow.now_at
        return contact.id


@dataclass(frozen=True, slots=True)
class Deletion:
    """What became of the contacts: ``archived`` ones have documents that stay, those in ``kept``
    were not deleted because money is open or visits are ahead."""

    names: tuple[str, ...]
    archived: int
    documents: int
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeleteContact(Command[Deletion]):
    """Mark contacts as deleted; their documents, payments and past visits stay as they are.

    Of several, those that are still needed stay. Raises ``contacts.owes`` when money is open and
    ``contacts.has_visits`` when visits are ahead and nobody is left to be deleted.
    """

    contact_ids: tuple[int, ...]

    def execute(self, uow: UnitOfWork) -> Deletion:
        names: list[str] = []
        kept: dict[str, AppError] = {}
        archived = documents = 0
        for contact_id in self.contact_ids:
            contact = uow.get(models.Contact, contact_id)
            if contact.deleted_at is not None:
                continue
            needed = _still_needed(uow, contact)
            if needed is not None:
                kept[contact.display_name] = needed
                continue
            issued = uow.value(
                "SELECT count(*) FROM invoices WHERE contact_id = ? AND number IS NOT NULL",
                (contact_id,),
            )
            archived += bool(issued)
            documents += int(issued)
            contact.deleted_at = uow.now_at
            names.append(contact.display_name)
        if kept and not names:
            raise next(iter(kept.values()))
        if len(names) == 1:
            uow.describe("deletion of {name}", name=names[0])
        else:
            uow.describe("deletion of {count} contacts", count=len(names))
        return Deletion(tuple(names), archived, documents, tuple(kept))


def become_customer(uow: UnitOfWork, contact_id: int) -> None:
    """A prospect with a first job or invoice is a customer from then on."""
    contact = uow.get(models.Contact, contact_id)
    if contact.kind == "prospect":
        contact.kind = "customer"
        contact.updated_at = uow.now_at


def _still_needed(uow: UnitOfWork, contact: models.Contact) -> AppError | None:
    """Why a contact cannot go yet."""
    open_invoices = uow.value(
        "SELECT count(*) FROM invoices WHERE contact_id = ? AND open_cents <> 0"
        " AND open_cents > 0 AND state IN ('issued', 'part_paid')",
        (contact.id,),
    )
    if open_invoices:
        return AppError("contacts.owes", name=contact.display_name, count=open_invoices)
    visits = uow.value(
        "SELECT count(*) FROM appointments WHERE contact_id = ? AND ends_at > ?"
        " AND deleted_at IS NULL AND state NOT IN ('done', 'cancelled', 'no_show')",
        (contact.id, uow.now_at),
    )
    # A series that goes on is ahead as well.
    visits += len(upcoming(Inside(uow), uow.now_at, contact_ids=[contact.id]))
    if visits:
        return AppError("contacts.has_visits", name=contact.display_name, count=visits)
    return None


def save_parts(
    uow: UnitOfWork, contact_id: int, draft: ContactDraft, known: columns.Vocabulary
) -> bool:
    """Make the parts of a contact those of the draft, stored notes apart; whether any changed."""
    phones, _ = _align(
        uow,
        models.ContactPhone,
        contact_id,
        [(phone.id, columns.phone_values(phone, known)) for phone in draft.phones],
    )
    emails, _ = _align(
        uow,
        models.ContactEmail,
        contact_id,
        [(mail.id, columns.email_values(mail)) for mail in draft.emails],
    )
    places, place_ids = _align(
        uow,
        models.Location,
        contact_id,
        [(place.id, columns.place_values(place)) for place in draft.places],
    )
    measures = [
        _keep_measures(uow, place_id, known.measure_values(place.measures))
        for place_id, place in zip(place_ids, draft.places, strict=True)
    ]
    fields = _keep_fields(uow, contact_id, known.field_values(draft.fields))
    notes = add_notes(uow, contact_id, draft.notes)
    return any((phones, emails, places, *measures, fields, notes))


def add_notes(uow: UnitOfWork, contact_id: int, notes: Iterable[NoteDraft]) -> bool:
    """Store the notes that are not stored yet; whether there were any."""
    new = [note for note in notes if note.id is None]
    for note in new:
        uow.add(
            models.Note(
                contact_id=contact_id,
                visibility=note.visibility,
                text=note.text,
                at=note.at or uow.now_at,
                updated_at=uow.now_at,
            )
        )
    return bool(new)


def _align(
    uow: UnitOfWork,
    model: type[models.ContactPhone] | type[models.ContactEmail] | type[models.Location],
    contact_id: int,
    wanted: Iterable[tuple[int | None, dict[str, Any]]],
) -> tuple[bool, list[int]]:
    """Make the stored parts equal to the wanted ones, in order; whether anything changed, and
    the ids in the order of ``wanted``."""
    stored: dict[int, Any] = {row.id: row for row in uow.find(model, contact_id=contact_id)}
    changed = False
    ids = []
    for position, (part_id, values) in enumerate(wanted):
        row = stored.pop(part_id, None) if part_id is not None else None
        if row is None:
            row = uow.add(model(contact_id=contact_id, position=position, **values))
            changed = True
        else:
            changed = _assign(row, {**values, "position": position}) or changed
        ids.append(row.id)
    for row in stored.values():
        if not isinstance(row, models.Location):
            uow.delete(row)
            changed = True
        elif row.deleted_at is None:  # visits and invoices may refer to it
            row.deleted_at = uow.now_at
            changed = True
    return changed, ids


def _keep_measures(uow: UnitOfWork, location_id: int, wanted: dict[int, int]) -> bool:
    stored = {
        row.measure_id: row for row in uow.find(models.LocationMeasure, location_id=location_id)
    }
    changed = False
    for measure_id, value_milli in wanted.items():
        row = stored.pop(measure_id, None)
        if row is None:
            uow.add(
                models.LocationMeasure(
                    location_id=location_id, measure_id=measure_id, value_milli=value_milli
                )
            )
            changed = True
        else:
            changed = _assign(row, {"value_milli": value_milli}) or changed
    for row in stored.values():
        uow.delete(row)
    return changed or bool(stored)


def _keep_fields(uow: UnitOfWork, contact_id: int, wanted: dict[int, str]) -> bool:
    """Fields that were removed in the settings keep their values until they come back."""
    living = {row[0] for row in uow.rows("SELECT id FROM custom_fields WHERE deleted_at IS NULL")}
    stored = {
        row.field_id: row
        for row in uow.find(models.CustomValue, contact_id=contact_id)
        if row.field_id in living
    }
    changed = False
    for field_id, value in wanted.items():
        row = stored.pop(field_id, None)
        if row is None:
            uow.add(models.CustomValue(contact_id=contact_id, field_id=field_id, value=value))
            changed = True
        else:
            changed = _assign(row, {"value": value}) or changed
    for row in stored.values():
        uow.delete(row)
    return changed or bool(stored)


def _removed_list(uow: UnitOfWork, contact: models.Contact) -> int | None:
    """The contact's price list while it is removed: no form shows it, and it may come back."""
    if contact.price_list_id is None:
        return None
    found = uow.get(models.PriceList, contact.price_list_id)
    return found.id if found.deleted_at is not None else None


def _assign(record: models.Base, values: dict[str, Any]) -> bool:
    changed = False
    for name, value in values.items():
        if getattr(record, name) != value:
            setattr(record, name, value)
            changed = True
    return changed
