"""What customers read of our notes: those for documents, of the contact and of the place.

The one way from notes to a document. A note for the office or the crew never passes here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

MOST_CHARACTERS: Final = 10_000  # on one document
_MOST_NOTES: Final = 100
_STORED: Final = (
    "SELECT location_id, substr(text, 1, ?) FROM notes WHERE contact_id = ?"
    " AND visibility = 'document' AND deleted_at IS NULL ORDER BY at, id LIMIT ?"
)

# ``Reader.all`` or ``UnitOfWork.rows``: plain SQL with its values, rows out.
Rows = Callable[[str, Sequence[object]], Sequence[Any]]


@dataclass(frozen=True, slots=True)
class DocumentNotes:
    """The notes for documents of one contact, oldest first, each with its place or None."""

    notes: tuple[tuple[int | None, str], ...] = ()

    def at(self, location_id: int | None) -> str:
        """What stands on a document for this place: a note a paragraph, cut where it is endless."""
        texts = [text.strip() for place, text in self.notes if place in {None, location_id}]
        joined = "\n".join(text for text in texts if text)
        if len(joined) > MOST_CHARACTERS:
            joined = joined[: MOST_CHARACTERS - 1] + "…"
        return joined


def document_notes(rows: Rows, contact_id: int) -> DocumentNotes:
    """The notes of a contact that its customer may read."""
    found = rows(_STORED, (MOST_CHARACTERS, contact_id, _MOST_NOTES))
    return DocumentNotes(tuple((place, text) for place, text in found))
