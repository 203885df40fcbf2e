"""Writing contacts to a file that other programs read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from tcf_desktop.base.atomic_file import replaced_file
from tcf_desktop.domain.contacts import ContactCard
from tcf_desktop.services.importers import Progress
from tcf_desktop.services.queries.contacts import contact_ids
from tcf_desktop.services.queries.imports import drafts_of

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.ports import Worker

ContactFormat = Literal["vcard", "csv"]
_CHUNK: Final = 1000
_VCARD: Final = "tcf_desktop.integrations.files.vcard_write:write"
_CSV: Final = "tcf_desktop.integrations.files.csv_write:write"


def export_contacts(
    reader: Reader,
    worker: Worker,
    target: Path,
    form: ContactFormat,
    progress: Progress | None = None,
) -> int:
    """Write every living contact in name order; returns how many. Blocks.

    The text is made in the worker process. The file is complete or not there; raises
    ``export.unwritable`` and ``data.disk_full``.
    """
    progress = progress or Progress()
    with reader.snapshot():
        ids = contact_ids(reader)
        widths = [_most(reader, table) for table in ("contact_emails", "contact_phones")]
        widths.append(_most(reader, "locations", " WHERE deleted_at IS NULL"))
        with replaced_file(target) as stream:
            for start in range(0, max(len(ids), 1), _CHUNK):
                progress.report(start, len(ids))
                cards = [
                    ContactCard(contact.uid, contact.draft)
                    for contact in drafts_of(reader, list(ids[start : start + _CHUNK]))
                ]
                if form == "csv":
                    stream.write(worker.run(_CSV, cards, *widths, start == 0))
                else:
                    stream.write(worker.run(_VCARD, cards))
    return len(ids)


def _most(reader: Reader, table: str, where: str = "") -> int:
    """The largest number of parts that one contact has; at least one, so that columns exist."""
    most = reader.value(
        f"SELECT max(n) FROM (SELECT count(*) AS n FROM {table}{where} GROUP BY contact_id)"
    )
    return max(int(most or 0), 1)
