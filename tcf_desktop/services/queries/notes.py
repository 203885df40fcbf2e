"""The notes about a contact, newest first: the first lines of each, the whole text on demand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

HEAD_LENGTH: Final = 600  # characters that a list shows of a note
FIRST_NOTES: Final = 3


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note as a list shows it. ``head`` is its beginning, ``length`` that of the whole text in
    characters, ``place`` the location's name or street; instants in UTC ms."""

    id: int
    visibility: str
    head: str
    length: int
    at: int
    updated_at: int
    location_id: int | None
    place: str

    @property
    def is_long(self) -> bool:
        """Whether there is more than its head."""
        return self.length > len(self.head)


@dataclass(frozen=True, slots=True)
class Notes:
    """The newest notes and how many there are."""

    rows: tuple[NoteRow, ...]
    total: int


def notes_of(r: Reader, contact_id: int, limit: int = FIRST_NOTES) -> Notes:
    """The newest ``limit`` notes of a contact and its locations."""
    total = r.value(
        "SELECT count(*) FROM notes WHERE contact_id = ? AND deleted_at IS NULL", (contact_id,)
    )
    rows = r.all(
        "SELECT n.id, n.visibility, substr(n.text, 1, ?), length(n.text), n.at, n.updated_at,"
        " n.location_id, coalesce(nullif(l.name, ''), l.street, '')"
        " FROM notes n LEFT JOIN locations l ON l.id = n.location_id"
        " WHERE n.contact_id = ? AND n.deleted_at IS NULL ORDER BY n.at DESC, n.id DESC LIMIT ?",
        (HEAD_LENGTH, contact_id, limit),
    )
    return Notes(tuple(NoteRow(*row) for row in rows), int(total))


def note_text(r: Reader, note_id: int) -> str | None:
    """The whole text of a note; None when it was deleted."""
    found = r.value("SELECT text FROM notes WHERE id = ? AND deleted_at IS NULL", (note_id,))
    return None if found is None else str(found)
