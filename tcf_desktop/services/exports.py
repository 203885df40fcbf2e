"""Writing contacts to a file that other programs read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from tcf_desktop.base.atomic_file import replaced_file
from tcf_desktop.domain.contacts import ContactCard, ContactDraft
from tcf_desktop.services.progress import Progress
from tcf_desktop.services.queries.contacts import contact_ids
from tcf_desktop.services.queries.imports import drafts_of

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.ports import Worker

ContactFormat = Literal["vcard", "csv"]
_CHUNK: Final = 1000
_VCARD: Final = "tcf_desktop.integrations.files.vcard_write:write"
_CSV: Final = "tcf_desktop.integrations.files.csv_write:write_rows"


def export_contacts(
    reader: Reader,
    worker: Worker,
    target: Path,
    form: ContactFormat,
    ids: Sequence[int] | None = None,
    progress: Progress | None = None,
) -> int:
    """Write contacts, ``ids`` in their order or every living one in name order; returns how many.

    Blocks. The text is made in the worker process. The file is complete or not there; raises
    ``export.unwritable`` and ``data.disk_full``.
    """
    progress = progress or Progress()
    with reader.snapshot():
        wanted = list(contact_ids(reader) if ids is None else ids)
        layout = _layout(reader, wanted) if form == "csv" else ()
        taxes = {row[0]: row[1] for row in reader.all("SELECT id, name FROM taxes")}
        written = 0
        with replaced_file(target) as stream:
            for start in range(0, max(len(wanted), 1), _CHUNK):
                progress.report(start, len(wanted))
                cards = [
                    ContactCard(contact.uid, _with_taxes(contact.draft, taxes))
                    for contact in drafts_of(reader, wanted[start : start + _CHUNK])
                ]
                written += len(cards)
                if form == "csv":
                    stream.write(worker.run(_CSV, cards, *layout, start == 0))
                else:
                    stream.write(worker.run(_VCARD, cards))
    return written


def _with_taxes(draft: ContactDraft, taxes: dict[int, str]) -> ContactDraft:
    """Taxes by name: their numbers mean nothing in another business."""
    if all(place.tax_id is None for place in draft.places):
        return draft
    places = (replace(p, tax=taxes.get(p.tax_id, "") if p.tax_id else "") for p in draft.places)
    return replace(draft, places=tuple(places))


def _layout(reader: Reader, ids: Sequence[int]) -> tuple[object, ...]:
    """How many columns the contacts need: mail addresses, numbers, places, own fields, measures."""
    counts = (
        _most(reader, ids, "contact_emails", ""),
        _most(reader, ids, "contact_phones", ""),
        _most(reader, ids, "locations", " AND deleted_at IS NULL"),
    )
    fields = reader.all("SELECT name FROM custom_fields WHERE deleted_at IS NULL ORDER BY position")
    measures = reader.all("SELECT name FROM measures WHERE deleted_at IS NULL ORDER BY position")
    return (*counts, tuple(row[0] for row in fields), tuple(row[0] for row in measures))


def _most(reader: Reader, ids: Sequence[int], table: str, where: str) -> int:
    """The largest number of parts that one contact has; at least one, so that columns exist."""
    most = 1
    for chunk in _chunks(ids):
        marks = ",".join("?" * len(chunk))
        found = reader.value(
            f"SELECT max(n) FROM (SELECT count(*) AS n FROM {table}"
            f" WHERE contact_id IN ({marks}){where} GROUP BY contact_id)",
            chunk,
        )
        most = max(most, int(found or 0))
    return most


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]
