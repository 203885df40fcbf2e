"""Files and photos of a contact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

MOST_FILES: Final = 1000  # of one contact; tiles are made for the first of them only


@dataclass(frozen=True, slots=True)
class FileRow:
    """A kept file. ``added_at`` UTC ms, ``size`` bytes; ``place`` names its location, or empty."""

    id: int
    contact_id: int
    name: str
    caption: str
    mime: str
    sha256: str
    size: int
    added_at: int
    location_id: int | None
    place: str
    appointment_id: int | None


@dataclass(frozen=True, slots=True)
class ContactFiles:
    """The newest files of a contact, how many there are in all, and its places to choose from."""

    files: tuple[FileRow, ...]
    count: int
    places: tuple[tuple[int, str], ...]


_COLUMNS: Final = (
    "SELECT a.id, a.contact_id, a.name, a.caption, a.mime, a.sha256, a.size, a.added_at,"
    " a.location_id, coalesce(nullif(l.name, ''), nullif(l.street, ''), l.city, ''),"
    " a.appointment_id FROM attachments a LEFT JOIN locations l ON l.id = a.location_id"
)


def contact_files(r: Reader, contact_id: int, most: int = MOST_FILES) -> ContactFiles:
    """What is kept with a contact, newest first."""
    rows = r.all(
        f"{_COLUMNS} WHERE a.contact_id = ? AND a.deleted_at IS NULL"
        " ORDER BY a.added_at DESC, a.id DESC LIMIT ?",
        (contact_id, most),
    )
    count = len(rows)
    if count == most:
        count = int(
            r.value(
                "SELECT count(*) FROM attachments WHERE contact_id = ? AND deleted_at IS NULL",
                (contact_id,),
            )
        )
    places = r.all(
        "SELECT id, coalesce(nullif(name, ''), nullif(street, ''), city) FROM locations"
        " WHERE contact_id = ? AND deleted_at IS NULL ORDER BY position, id LIMIT 200",
        (contact_id,),
    )
    return ContactFiles(
        tuple(FileRow(*row) for row in rows), count, tuple((row[0], row[1]) for row in places)
    )


def visit_files(r: Reader, appointment_id: int, most: int = MOST_FILES) -> tuple[FileRow, ...]:
    """What is kept with a visit, newest first; nothing for an occurrence without a row."""
    rows = r.all(
        f"{_COLUMNS} WHERE a.appointment_id = ? AND a.deleted_at IS NULL"
        " ORDER BY a.added_at DESC, a.id DESC LIMIT ?",
        (appointment_id, most),
    )
    return tuple(FileRow(*row) for row in rows)


def file_row(r: Reader, attachment_id: int) -> FileRow | None:
    """One file by its id, also one in the trash."""
    row = r.one(f"{_COLUMNS} WHERE a.id = ?", (attachment_id,))
    return None if row is None else FileRow(*row)
