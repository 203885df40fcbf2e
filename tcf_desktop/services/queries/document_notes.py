"""What customers read of our notes: those for documents, of the contact, the place and the visits.

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
_OF_VISITS: Final = (
    "SELECT substr(document_note, 1, ?) FROM appointments WHERE invoice_id = ?"
    " AND document_note <> '' AND deleted_at IS NULL ORDER BY starts_at, id LIMIT ?"
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


def document_notes(rows: Rows, contact_id: int, invoice_id: int | None = None) -> DocumentNotes:
    """The notes of a contact that its customer may read; with an invoice, after them those of the
    visits that it bills."""
    found = rows(_STORED, (MOST_CHARACTERS, contact_id, _MOST_NOTES))
    notes = [(place, text) for place, text in found]
    if invoice_id is not None:
        visits = rows(_OF_VISITS, (MOST_CHARACTERS, invoice_id, _MOST_NOTES))
        notes += [(None, text) for (text,) in visits]
    return DocumentNotes(tuple(notes))
