"""Everything about one person in one ZIP: to read, for other programs, and the files themselves."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tcf_desktop.base.atomic_file import replaced_file
from tcf_desktop.base.clock import from_ms
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import ContactCard
from tcf_desktop.domain.file_names import safe_name
from tcf_desktop.domain.privacy import PersonReport
from tcf_desktop.services.file_store import FileStore
from tcf_desktop.services.invoice_pdf import render_pdf
from tcf_desktop.services.progress import Progress
from tcf_desktop.services.queries.calendar import events_of
from tcf_desktop.services.queries.imports import drafts_of
from tcf_desktop.services.queries.invoice_paper import invoice_document
from tcf_desktop.services.queries.privacy import person_ids, person_report

if TYPE_CHECKING:
    from tcf_desktop.services.office import Office

_TEXTS: Final = "tcf_desktop.integrations.files.person_archive:entries"
_CALENDAR: Final = "tcf_desktop.integrations.files.person_archive:calendar"
_VCARD: Final = "tcf_desktop.integrations.files.vcard_write:write"
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class PersonArchive:
    """What was written: how many entries, invoices and files; names of files that are lost."""

    entries: int
    invoices: int
    files: int
    lost: tuple[str, ...]
    size: int


@dataclass(frozen=True, slots=True)
class _Stored:
    name: str
    path: Path


def suggested_name(name: str) -> str:
    """A file name for the archive of a person."""
    return safe_name(f"{name}.zip", "application/zip")


def export_person(
    office: Office, contact_id: int, target: Path, progress: Progress | None = None
) -> PersonArchive:
    """Write the archive; blocks, for an io thread. It is there complete, or not at all.

    Raises ``data.gone``, ``app.stopped``, ``export.unwritable`` and ``data.disk_full``.
    """
    progress = progress or Progress()
    now = office.clock.now_ms()
    report = office.read(lambda r: person_report(r, contact_id, now))
    if report is None:
        raise AppError("data.gone")
    issued = [each for each in report.sections["invoices"] if each["number"]]
    stored, lost = _stored_files(office, report)
    total = 1 + len(issued) + len(stored)
    progress.report(0, total)
    sums: dict[str, str] = {}
    with replaced_file(target) as stream, zipfile.ZipFile(
        stream, "w", zipfile.ZIP_DEFLATED
    ) as archive:  # fmt: skip

        def add(name: str, content: bytes) -> None:
            archive.writestr(_entry(name, office), content)
            sums[name] = hashlib.sha256(content).hexdigest()

        for name, content in _texts(office, report, contact_id):
            add(name, content)
        for number, invoice in enumerate(issued, 1):
            progress.report(number, total)
            add(f"invoices/{safe_name(invoice['number'], '')}.pdf", _pdf(office, invoice))
        for number, file in enumerate(stored, 1 + len(issued)):
            progress.report(number, total)
            sums[file.name] = _copy(archive, file, office)
        manifest = {
            "made_utc": report.made_at,
            "app": "TCF Desktop",
            "app_version": report.app_version,
            "schema_version": report.schema_version,
            "sha256": sums,
            "files_not_found": list(lost),
        }
        archive.writestr(
            _entry("manifest.json", office),
            json.dumps(manifest, ensure_ascii=False, indent=2).encode() + b"\n",
        )
        progress.report(total, total)
    size = target.stat().st_size
    return PersonArchive(len(sums) + 1, len(issued), len(stored), lost, size)


def _texts(office: Office, report: PersonReport, contact_id: int) -> Iterator[tuple[str, bytes]]:
    made: dict[str, bytes] = office.ports.files.run(_TEXTS, report)
    yield from made.items()
    ids = office.read(lambda r: person_ids(r.all, contact_id))
    cards = [
        ContactCard(contact.uid, contact.draft)
        for contact in office.read(lambda r: list(drafts_of(r, [contact_id])))
    ]
    if cards:
        yield "contact.vcf", office.ports.files.run(_VCARD, cards)
    now = office.clock.now_ms()
    events = office.read(lambda r: events_of(r, ids, now))
    yield (
        "appointments.ics",
        office.ports.files.run(_CALENDAR, events, report.name, report.zone, now),
    )


def _pdf(office: Office, invoice: dict[str, object]) -> bytes:
    invoice_id = int(str(invoice["id"]))
    today = from_ms(office.clock.now_ms(), "UTC").date().isoformat()
    document = office.read(lambda r: invoice_document(r, invoice_id, today))
    return render_pdf(office.ports.documents, document)


def _stored_files(office: Office, report: PersonReport) -> tuple[list[_Stored], tuple[str, ...]]:
    """The files that are there, each under a name of its own, and the names of the others."""
    store = FileStore(office.folder)
    stored: list[_Stored] = []
    lost: list[str] = []
    taken: set[str] = set()
    for row in report.sections["files"]:
        name = safe_name(row["name"], row["mime"])
        path = store.path(row["sha256"])
        if not path.is_file():
            lost.append(name)
            continue
        stem, dot, suffix = name.rpartition(".")
        plain, number = name, 1
        while plain.casefold() in taken:
            number += 1
            plain = f"{stem} ({number}){dot}{suffix}" if dot else f"{name} ({number})"
        taken.add(plain.casefold())
        stored.append(_Stored(f"files/{plain}", path))
    return stored, tuple(lost)


def _copy(archive: zipfile.ZipFile, file: _Stored, office: Office) -> str:
    digest = hashlib.sha256()
    with file.path.open("rb") as source, archive.open(_entry(file.name, office), "w") as out:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            out.write(chunk)
    return digest.hexdigest()


def _entry(name: str, office: Office) -> zipfile.ZipInfo:
    moment = from_ms(office.clock.now_ms(), "UTC")
    info = zipfile.ZipInfo(name, (*moment.timetuple()[:6],))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info
