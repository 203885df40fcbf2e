"""What the office does with contacts: keep, change, delete, bring back."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain import contacts as rules
from tcf_desktop.domain.contacts import ContactDraft, Email, Phone, Place
from tcf_desktop.services.command import Command

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class SaveContact(Command[int]):
    """Add a contact, or change the one with ``contact_id``; returns its id.

    Numbers, addresses and places with an ``id`` are changed, those without are added, the others
    are taken away. Raises ``contacts.nameless`` and ``data.gone``.
    """

    draft: ContactDraft
    contact_id: int | None = None

    def execute(self, uow: UnitOfWork) -> int:
        draft = rules.tidy(self.draft)
        name = draft.shown_as()
        if not name:
            raise AppError("contacts.nameless")
        if self.contact_id is None:
            uow.describe("new contact {name}", name=name)
            contact = uow.add(models.Contact(**new_contact_values(draft, uow.now_at)))
        else:
            uow.describe("change of {name}", name=name)
            contact = uow.get(models.Contact, self.contact_id)
            if contact.deleted_at is not None:
                raise AppError("data.gone")
            _assign(contact, contact_values(draft))
        touched = _save_parts(uow, contact.id, draft)
        if touched or uow.session.is_modified(contact):
            contact.updated_at = uow.now_at
        return contact.id


@dataclass(frozen=True, slots=True)
class Deletion:
    """What became of the contacts: ``archived`` ones have documents that stay."""

    names: tuple[str, ...]
    archived: int
    documents: int


@dataclass(frozen=True, slots=True)
class DeleteContact(Command[Deletion]):
    """Mark contacts as deleted; their documents, payments and past visits stay as they are.

    Raises ``contacts.owes`` when money is open and ``contacts.has_visits`` when visits are ahead.
    """

    contact_ids: tuple[int, ...]

    def execute(self, uow: UnitOfWork) -> Deletion:
        names = []
        archived = documents = 0
        for contact_id in self.contact_ids:
            contact = uow.get(models.Contact, contact_id)
            if contact.deleted_at is not None:
                continue
            _refuse_while_needed(uow, contact)
            issued = uow.value(
                "SELECT count(*) FROM invoices WHERE contact_id = ? AND number IS NOT NULL",
                (contact_id,),
            )
            archived += bool(issued)
            documents += int(issued)
            contact.deleted_at = uow.now_at
            names.append(contact.display_name)
        if len(names) == 1:
            uow.describe("deletion of {name}", name=names[0])
        else:
            uow.describe("deletion of {count} contacts", count=len(names))
        return Deletion(tuple(names), archived, documents)


@dataclass(frozen=True, slots=True)
class RestoreContact(Command[None]):
    """Bring a deleted contact back."""

    contact_id: int

    def execute(self, uow: UnitOfWork) -> None:
        contact = uow.get(models.Contact, self.contact_id)
        uow.describe("return of {name}", name=contact.display_name)
        contact.deleted_at = None


def become_customer(uow: UnitOfWork, contact_id: int) -> None:
    """A prospect with a first job or invoice is a customer from then on."""
    contact = uow.get(models.Contact, contact_id)
    if contact.kind == "prospect":
        contact.kind = "customer"
        contact.updated_at = uow.now_at


def contact_values(draft: ContactDraft) -> dict[str, Any]:
    """The columns of ``contacts`` that a tidied draft fills."""
    return {
        "kind": draft.kind,
        "segment": draft.segment,
        "first_name": draft.first_name,
        "last_name": draft.last_name,
        "company": draft.company,
        "display_name": draft.shown_as(),
        "sort_name": rules.sort_name(
            draft.first_name, draft.last_name, draft.company, draft.shown_as()
        ),
        "tags": ",".join(draft.tags),
        "note": draft.note,
        "source": draft.source,
    }


def new_contact_values(draft: ContactDraft, now_at: int, uid: str = "") -> dict[str, Any]:
    """Every column of a new contact; ``uid`` keeps the identity that a file gave it."""
    return {
        **contact_values(draft),
        "uid": uid or str(uuid.uuid4()),
        "terms_days": None,
        "tax_exempt": 0,
        "created_at": now_at,
        "updated_at": now_at,
        "deleted_at": None,
    }


def phone_values(phone: Phone) -> dict[str, Any]:
    """The columns of a number but its contact and position."""
    return {
        "label": phone.label,
        "number": phone.number,
        "digits": rules.phone_digits(phone.number),
    }


def email_values(mail: Email) -> dict[str, Any]:
    """The columns of a mail address but its contact and position."""
    return {"label": mail.label, "address": mail.address}


def place_values(place: Place) -> dict[str, Any]:
    """The columns of a place but its contact and position."""
    return {
        "name": place.name,
        "street": place.street,
        "street2": place.street2,
        "city": place.city,
        "region": place.region,
        "postal_code": place.postal_code,
        "country": place.country,
        "access_note": place.access_note,
        "is_billing": int(place.is_billing),
        "tax_id": place.tax_id,
        "lat": place.lat,
        "lon": place.lon,
        "deleted_at": None,
    }


def _refuse_while_needed(uow: UnitOfWork, contact: models.Contact) -> None:
    open_invoices = uow.value(
        "SELECT count(*) FROM invoices WHERE contact_id = ? AND open_cents <> 0"
        " AND state IN ('issued', 'part_paid')",
        (contact.id,),
    )
    if open_invoices:
        raise AppError("contacts.owes", name=contact.display_name, count=open_invoices)
    visits = uow.value(
        "SELECT count(*) FROM appointments WHERE contact_id = ? AND starts_at > ?"
        " AND deleted_at IS NULL AND state NOT IN ('done', 'cancelled', 'no_show')",
        (contact.id, uow.now_at),
    )
    if visits:
        raise AppError("contacts.has_visits", name=contact.display_name, count=visits)


def _save_parts(uow: UnitOfWork, contact_id: int, draft: ContactDraft) -> bool:
    phones = _align(
        uow,
        models.ContactPhone,
        contact_id,
        [(phone.id, phone_values(phone)) for phone in draft.phones],
    )
    emails = _align(
        uow,
        models.ContactEmail,
        contact_id,
        [(mail.id, email_values(mail)) for mail in draft.emails],
    )
    places = _align(
        uow,
        models.Location,
        contact_id,
        [(place.id, place_values(place)) for place in draft.places],
    )
    return phones or emails or places


def _align(
    uow: UnitOfWork,
    model: type[models.ContactPhone] | type[models.ContactEmail] | type[models.Location],
    contact_id: int,
    wanted: Iterable[tuple[int | None, dict[str, Any]]],
) -> bool:
    """Make the stored parts equal to the wanted ones, in order; whether anything changed."""
    stored: dict[int, Any] = {row.id: row for row in uow.find(model, contact_id=contact_id)}
    changed = False
    for position, (part_id, values) in enumerate(wanted):
        row = stored.pop(part_id, None) if part_id is not None else None
        if row is None:
            uow.add(model(contact_id=contact_id, position=position, **values))
            changed = True
        else:
            changed = _assign(row, {**values, "position": position}) or changed
    for row in stored.values():
        if not isinstance(row, models.Location):
            uow.delete(row)
            changed = True
        elif row.deleted_at is None:  # visits and invoices may refer to it
            row.deleted_at = uow.now_at
            changed = True
    return changed


def _assign(record: models.Base, values: dict[str, Any]) -> bool:
    changed = False
    for name, value in values.items():
        if getattr(record, name) != value:
            setattr(record, name, value)
            changed = True
    return changed
