"""Files and photos of contacts: taken in, named, put into the trash, shown small, opened.

The bytes are durable in the store before the record that names them is committed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tcf_desktop import models
from tcf_desktop.base.atomic_file import replaced_file
from tcf_desktop.base.errors import AppError
from tcf_desktop.base.external import open_path
from tcf_desktop.base.folder_guard import trouble_of
from tcf_desktop.base.paths import DataFolder
from tcf_desktop.domain.file_names import NewFile, is_picture, safe_name
from tcf_desktop.services.command import Command
from tcf_desktop.services.file_store import FileStore

if TYPE_CHECKING:
    from tcf_desktop.ports import Worker
    from tcf_desktop.services.office import Office
    from tcf_desktop.services.queries.files import FileRow
    from tcf_desktop.services.uow import UnitOfWork

MOST_CAPTION: Final = 500
_SPARED_S: Final = 86_400.0  # bytes that were just taken in may not have their record yet
_OVERCOME: Final = frozenset({"worker.too_big", "worker.timed_out", "worker.died"})
_INSPECT: Final = "tcf_desktop.integrations.files.attachment:inspect"
_THUMBNAIL: Final = "tcf_desktop.integrations.files.attachment:thumbnail"


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of a choice of files: those in the store now, and why others are not."""

    files: tuple[NewFile, ...]
    refused: tuple[AppError, ...]


def take_in(office: Office, paths: Sequence[Path]) -> TakenIn:
    """Copy files into the store, each judged by its content; blocks, for an io thread.

    A file that cannot be kept does not hold up the others. Raises ``data.disk_full`` and other
    trouble of the data folder itself.
    """
    store, worker = FileStore(office.folder), office.ports.files
    files: list[NewFile] = []
    refused: list[AppError] = []
    for path in paths:
        name = path.name

        try:
            mime, sha256, size = store.take_in(path, partial(_kind_of, worker, name))
        except AppError as error:
            if not error.code.startswith("files."):
                raise
            error.params["file"] = safe_name(name, "")
            refused.append(error)
            continue
        files.append(NewFile(safe_name(name, mime), mime, sha256, size))
        thumbnail(office, sha256, mime)
    return TakenIn(tuple(files), tuple(refused))


def _kind_of(worker: Worker, name: str, copy: Path) -> str:
    """The media type; what brings the reader down is of no kind that is kept."""
    try:
        return str(worker.run(_INSPECT, str(copy), name))
    except AppError as error:
        if error.code in _OVERCOME:
            raise AppError("files.unknown_type", file=name) from error
        raise


def thumbnail(office: Office, sha256: str, mime: str) -> Path | None:
    """The small picture of a file, made when it is not there yet; None when there is none to
    show. Blocks."""
    if not is_picture(mime):
        return None
    store = FileStore(office.folder)
    kept = store.thumbnail_path(sha256)
    with suppress(OSError):
        return kept if kept.stat().st_size else None
    source = store.path(sha256)
    if not source.is_file():
        return None
    try:
        png: bytes = office.ports.files.run(_THUMBNAIL, str(source))
    except AppError as error:
        if error.code not in _OVERCOME:
            raise
        png = b""
    store.keep_thumbnail(sha256, png)
    return kept if png and kept.is_file() else None


@dataclass(frozen=True, slots=True)
class Attached:
    """The ids of the records in the order of the files, and how many of them are new."""

    ids: tuple[int, ...]
    added: int


@dataclass(frozen=True, slots=True)
class AttachFiles(Command[Attached]):
    """Keep files with a contact.

    What stands there already with the same bytes at the same place is not added again. Raises
    ``data.gone``.
    """

    contact_id: int
    files: tuple[NewFile, ...]
    location_id: int | None = None
    appointment_id: int | None = None

    def execute(self, uow: UnitOfWork) -> Attached:
        name = _contact_name(uow, self.contact_id)
        _check_place(uow, self.contact_id, self.location_id)
        ids: list[int] = []
        added = 0
        for file in self.files:
            there = uow.first(
                models.Attachment,
                contact_id=self.contact_id,
                location_id=self.location_id,
                sha256=file.sha256,
                deleted_at=None,
            )
            added += there is None
            ids.append(self._add(uow, file) if there is None else there.id)
        if len(self.files) == 1:
            uow.describe("adding {file} to {name}", file=self.files[0].name, name=name)
        else:
            uow.describe("adding {count} files to {name}", count=len(self.files), name=name)
        return Attached(tuple(ids), added)

    def _add(self, uow: UnitOfWork, file: NewFile) -> int:
        record = models.Attachment(
            contact_id=self.contact_id,
            location_id=self.location_id,
            appointment_id=self.appointment_id,
            name=safe_name(file.name, file.mime),
            caption="",
            mime=file.mime,
            sha256=file.sha256,
            size=file.size,
            added_at=uow.now_at,
            deleted_at=None,
        )
        return uow.add(record).id


@dataclass(frozen=True, slots=True)
class ChangeAttachment(Command[None]):
    """Another name, caption or place. The suffix always fits the type. Raises
    ``files.name_empty`` and ``data.gone``."""

    attachment_id: int
    name: str
    caption: str
    location_id: int | None

    def execute(self, uow: UnitOfWork) -> None:
        record = _live(uow, self.attachment_id)
        if not self.name.strip(" ."):
            raise AppError("files.name_empty")
        _check_place(uow, record.contact_id, self.location_id)
        record.name = safe_name(self.name, record.mime)
        record.caption = " ".join(self.caption.split())[:MOST_CAPTION]
        record.location_id = self.location_id
        uow.describe("change of {file}", file=record.name)


@dataclass(frozen=True, slots=True)
class DeleteAttachment(Command[None]):
    """Put files into the trash; undo and the trash bring them back."""

    attachment_ids: tuple[int, ...]

    def execute(self, uow: UnitOfWork) -> None:
        records = [_live(uow, attachment_id) for attachment_id in self.attachment_ids]
        for record in records:
            record.deleted_at = uow.now_at
        if len(records) == 1:
            uow.describe("deletion of {file}", file=records[0].name)
        else:
            uow.describe("deletion of {count} files", count=len(records))


@dataclass(frozen=True, slots=True)
class CollectFiles(Command[int]):
    """Remove bytes that no record, also in the trash, and no undo names; returns how many files.

    Bytes younger than ``spared_s`` seconds stay: their record may still be on its way.
    """

    journalled = False

    folder: DataFolder
    spared_s: float = _SPARED_S

    def execute(self, uow: UnitOfWork) -> int:
        used = {
            row[0]
            for row in uow.rows(
                "SELECT sha256 FROM attachments UNION SELECT sha256 FROM archived_documents"
            )
        }
        for (before,) in uow.rows(
            "SELECT before FROM journal_rows WHERE table_name = 'attachments'"
        ):
            used.add(json.loads(before or "{}").get("sha256", ""))
        # The clock of the disk counts here: it dated the files.
        return FileStore(self.folder).collect(used - {""}, _disk_now(self.folder) - self.spared_s)


def open_file(office: Office, row: FileRow) -> Path:
    """Open a copy of a kept file with the system's program for it; returns where it lies. Blocks.

    The copy has a safe name with the suffix of its type and is read-only, so that nobody saves a
    change where it will not be kept. Raises ``files.lost`` and ``external.no_program``.
    """
    copy = _copy_out(office, row)
    open_path(copy)
    return copy


def save_copy(office: Office, row: FileRow, target: Path) -> None:
    """Write a kept file somewhere else. Blocks; raises ``files.lost``, ``export.unwritable``."""
    source = _stored(office, row)
    with source.open("rb") as stream, replaced_file(target) as out:
        shutil.copyfileobj(stream, out)


def forget_opened(folder: DataFolder) -> None:
    """Remove the copies that were made for opening in an earlier run; what another program still
    holds stays until the next time."""
    prefix = opened_prefix(folder)
    for path in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        with suppress(OSError):
            facts = path.lstat()
            ours = not hasattr(os, "geteuid") or facts.st_uid == os.geteuid()
            if not ours or not stat.S_ISDIR(facts.st_mode):
                continue
            for inside in path.iterdir():
                inside.chmod(0o600)
            shutil.rmtree(path, ignore_errors=True)


def _copy_out(office: Office, row: FileRow) -> Path:
    source = _stored(office, row)
    name = safe_name(row.name, row.mime)
    try:
        room = Path(tempfile.mkdtemp(prefix=opened_prefix(office.folder)))
        target = room / name
        shutil.copyfile(source, target)
        target.chmod(0o400)
    except OSError as error:
        raise trouble_of(error, Path(tempfile.gettempdir())) from error
    return target


def _stored(office: Office, row: FileRow) -> Path:
    path = FileStore(office.folder).path(row.sha256)
    if not path.is_file():
        raise AppError("files.lost", file=row.name)
    return path


def opened_prefix(folder: DataFolder) -> str:
    """Folders of this business alone, so that another window's open files are left in peace."""
    mark = hashlib.sha256(str(folder.path.absolute()).encode()).hexdigest()[:12]
    return f"tcf-open-{mark}-"


def _disk_now(folder: DataFolder) -> float:
    """Now, by the clock that dates files in this folder; long ago where none can be written."""
    try:
        with tempfile.TemporaryFile(dir=folder.files) as probe:
            return os.fstat(probe.fileno()).st_mtime
    except OSError:
        return 0.0


def _live(uow: UnitOfWork, attachment_id: int) -> models.Attachment:
    record = uow.get(models.Attachment, attachment_id)
    if record.deleted_at is not None:
        raise AppError("data.gone")
    return record


def _contact_name(uow: UnitOfWork, contact_id: int) -> str:
    name = uow.value(
        "SELECT display_name FROM contacts WHERE id = ? AND deleted_at IS NULL", (contact_id,)
    )
    if name is None:
        raise AppError("data.gone")
    return str(name)


def _check_place(uow: UnitOfWork, contact_id: int, location_id: int | None) -> None:
    if location_id is not None and not uow.value(
        "SELECT 1 FROM locations WHERE id = ? AND contact_id = ? AND deleted_at IS NULL",
        (location_id, contact_id),
    ):
        raise AppError("data.gone")
