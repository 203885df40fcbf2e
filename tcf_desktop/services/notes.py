"""Notes about a contact or one of its locations, and who may see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import VISIBILITIES, Visibility, many_lines
from tcf_desktop.services.command import Command

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class AddNote(Command[int]):
    """A new note, at the contact or at one of its locations; returns its id.

    Raises ``notes.empty``, ``notes.no_visibility`` and ``data.gone``.
    """

    contact_id: int
    text: str
    visibility: Visibility
    location_id: int | None = None

    def execute(self, uow: UnitOfWork) -> int:
        contact = uow.get(models.Contact, self.contact_id)
        if contact.deleted_at is not None:
            raise AppError("data.gone")
        uow.describe("new note about {name}", name=contact.display_name)
        note = models.Note(
            contact_id=contact.id,
            location_id=_place(uow, contact.id, self.location_id),
            visibility=_visibility(self.visibility),
            text=_text(self.text),
            at=uow.now_at,
            updated_at=uow.now_at,
        )
        return uow.add(note).id


@dataclass(frozen=True, slots=True)
class ChangeNote(Command[None]):
    """Other words, another reader or another place; what is None stays (``at_contact`` True moves
    the note from a location to the contact itself). Raises as :class:`AddNote` does."""

    note_id: int
    text: str | None = None
    visibility: Visibility | None = None
    location_id: int | None = None
    at_contact: bool = False

    def execute(self, uow: UnitOfWork) -> None:
        note = _living(uow, self.note_id)
        uow.describe("change of a note about {name}", name=_name(uow, note))
        if self.text is not None:
            note.text = _text(self.text)
        if self.visibility is not None:
            note.visibility = _visibility(self.visibility)
        if self.at_contact:
            note.location_id = None
        elif self.location_id is not None:
            note.location_id = _place(uow, note.contact_id, self.location_id)
        if uow.session.is_modified(note):
            note.updated_at = uow.now_at


@dataclass(frozen=True, slots=True)
class DeleteNote(Command[str]):
    """Mark a note as deleted; returns whom it was about."""

    note_id: int

    def execute(self, uow: UnitOfWork) -> str:
        note = _living(uow, self.note_id)
        name = _name(uow, note)
        uow.describe("deletion of a note about {name}", name=name)
        note.deleted_at = uow.now_at
        return name


def _living(uow: UnitOfWork, note_id: int) -> models.Note:
    note = uow.get(models.Note, note_id)
    if note.deleted_at is not None:
        raise AppError("data.gone")
    return note


def _name(uow: UnitOfWork, note: models.Note) -> str:
    return uow.get(models.Contact, note.contact_id).display_name


def _text(text: str) -> str:
    found = many_lines(text)
    if not found:
        raise AppError("notes.empty")
    return found


def _visibility(visibility: Visibility) -> Visibility:
    if visibility not in VISIBILITIES:
        raise AppError("notes.no_visibility")
    return visibility


def _place(uow: UnitOfWork, contact_id: int, location_id: int | None) -> int | None:
    if location_id is None:
        return None
    place = uow.get(models.Location, location_id)
    if place.contact_id != contact_id or place.deleted_at is not None:
        raise AppError("data.gone")
    return location_id
