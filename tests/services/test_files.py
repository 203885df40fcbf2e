"""Files of contacts on a real folder: kept once, collected only when nothing names them."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import stat
import sys
import tempfile
from pathlib import Path

import pytest
from PIL import Image

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import ContactDraft, Place
from tcf_desktop.domain.file_names import NewFile
from tcf_desktop.services.check import check_office
from tcf_desktop.services.command import Command
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.file_store import FileStore
from tcf_desktop.services.files import (
    AttachFiles,
    ChangeAttachment,
    CollectFiles,
    DeleteAttachment,
    forget_opened,
    open_file,
    save_copy,
    take_in,
    thumbnail,
)
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries.files import ContactFiles, FileRow, contact_files, file_row
from tcf_desktop.services.undo import PruneJournal, RedoLast, UndoLast
from tcf_desktop.services.uow import UnitOfWork

LONG_AGO = 1_600_000_000


@pytest.fixture
def customer(office: Office) -> int:
    places = (Place(name="Home", street="1 A St"), Place(name="Cabin", street="2 B St"))
    contact = ContactDraft(first_name="Julia", last_name="Hartmann", places=places)
    return office.runner.run(SaveContact(contact))


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "IMG 4711.jpg"
    Image.new("RGB", (800, 400), (20, 90, 160)).save(path, "JPEG")
    return path


def kept(office: Office, contact_id: int) -> ContactFiles:
    return office.read(lambda r: contact_files(r, contact_id))


def attach(
    office: Office, contact_id: int, *paths: Path, place: int | None = None
) -> list[FileRow]:
    taken = take_in(office, paths)
    assert not taken.refused
    office.runner.run(AttachFiles(contact_id, taken.files, place))
    return list(kept(office, contact_id).files)


def blobs(office: Office) -> list[Path]:
    return sorted(p for p in office.folder.files.rglob("*") if p.is_file() and len(p.name) == 64)


def age(office: Office) -> None:
    for path in office.folder.files.rglob("*"):
        if path.is_file():
            os.utime(path, (LONG_AGO, LONG_AGO))


def collect(office: Office) -> int:
    return office.runner.run(CollectFiles(office.folder))


def test_a_photo_is_kept_under_its_digest_with_a_small_picture(
    office: Office, customer: int, photo: Path
) -> None:
    (row,) = attach(office, customer, photo)
    digest = hashlib.sha256(photo.read_bytes()).hexdigest()
    assert (row.name, row.mime, row.sha256) == ("IMG 4711.jpg", "image/jpeg", digest)
    assert row.size == photo.stat().st_size
    path = office.folder.files / digest[:2] / digest
    assert path.read_bytes() == photo.read_bytes()
    small = thumbnail(office, digest, row.mime)
    assert small == office.folder.files / "thumbs" / f"{digest}.png"
    with Image.open(io.BytesIO(small.read_bytes())) as image:
        assert image.size == (256, 128)
    assert check_office(office).ok


def test_the_same_bytes_lie_there_once(office: Office, customer: int, photo: Path) -> None:
    again = photo.with_name("copy.jpg")
    again.write_bytes(photo.read_bytes())
    home = kept(office, customer).places[0][0]
    attach(office, customer, photo, again)
    taken = take_in(office, [photo])
    assert office.runner.run(AttachFiles(customer, taken.files)).added == 0
    rows = attach(office, customer, again, place=home)
    assert sorted((row.name, row.place) for row in rows) == [
        ("IMG 4711.jpg", ""),
        ("copy.jpg", "Home"),
    ]
    assert len(blobs(office)) == 1


def test_one_bad_file_does_not_hold_up_the_others(
    office: Office, customer: int, photo: Path, tmp_path: Path
) -> None:
    program, empty = tmp_path / "setup.jpg", tmp_path / "empty.txt"
    program.write_bytes(b"MZ\x90\x00")
    empty.touch()
    fifo = tmp_path / "pipe"
    if hasattr(os, "mkfifo"):
        os.mkfifo(fifo)
    else:
        fifo.mkdir()
    taken = take_in(office, [program, photo, empty, tmp_path / "gone.pdf", tmp_path, fifo])
    assert [file.name for file in taken.files] == ["IMG 4711.jpg"]
    assert [error.code for error in taken.refused] == [
        "files.program", "files.empty", "files.missing", "files.not_a_file", "files.not_a_file",
    ]  # fmt: skip
    assert "setup.jpg" in str(taken.refused[0])
    assert len(blobs(office)) == 1
    assert not list(office.folder.files.glob(".tcf-*"))


def test_a_picture_that_is_none_is_kept_as_what_it_is(
    office: Office, customer: int, tmp_path: Path
) -> None:
    letter, broken = tmp_path / "letter.jpg", tmp_path / "broken.jpg"
    letter.write_text("Dear office,\n")
    broken.write_bytes(b"\xff\xd8\xff\xe0 cut off")
    rows = {row.name: row for row in attach(office, customer, letter, broken)}
    assert rows["letter.jpg.txt"].mime == "text/plain"
    assert thumbnail(office, rows["broken.jpg"].sha256, "image/jpeg") is None


def test_a_file_over_the_limit_is_refused_and_leaves_nothing(office: Office, photo: Path) -> None:
    store = FileStore(office.folder)
    with pytest.raises(AppError) as refused:
        store.take_in(photo, lambda _copy: "", most_bytes=1000)
    assert refused.value.code == "files.too_big"
    assert not [path for path in office.folder.files.rglob("*") if path.is_file()]


def test_a_full_disk_is_said_and_leaves_nothing(office: Office, photo: Path) -> None:
    def full(_copy: Path) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(AppError) as refused:
        FileStore(office.folder).take_in(photo, full)
    assert refused.value.code == "data.disk_full"
    assert not [path for path in office.folder.files.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("name", "shown"),
    [("..\\..\\x", "x.txt"), ("CON.pdf", "_CON.pdf.txt"), ("gpj\u202e.exe", "gpj.exe.txt")],
)
def test_stored_names_are_neutral(office: Office, customer: int, name: str, shown: str) -> None:
    office.runner.run(AttachFiles(customer, (NewFile(name, "text/plain", "ab" * 32, 1),)))
    assert kept(office, customer).files[0].name == shown


def test_name_caption_and_place_can_be_changed_and_taken_back(
    office: Office, customer: int, photo: Path
) -> None:
    (row,) = attach(office, customer, photo)
    cabin = kept(office, customer).places[1][0]
    office.runner.run(ChangeAttachment(row.id, "North side.exe", " Third  floor ", cabin))
    (changed,) = kept(office, customer).files
    assert (changed.name, changed.caption, changed.place) == (
        "North side.exe.jpg", "Third floor", "Cabin",
    )  # fmt: skip
    office.runner.run(UndoLast())
    assert kept(office, customer).files == (row,)
    with pytest.raises(AppError) as refused:
        office.runner.run(ChangeAttachment(row.id, " . ", "", None))
    assert refused.value.code == "files.name_empty"


def test_a_place_of_somebody_else_is_refused(office: Office, customer: int, photo: Path) -> None:
    other = office.runner.run(
        SaveContact(ContactDraft(company="Other", places=(Place(street="9 Z St"),)))
    )
    strange = kept(office, other).places[0][0]
    files = take_in(office, [photo]).files
    with pytest.raises(AppError):
        office.runner.run(AttachFiles(customer, files, strange))
    assert kept(office, customer).count == 0


def test_a_deleted_file_comes_back_with_undo(office: Office, customer: int, photo: Path) -> None:
    (row,) = attach(office, customer, photo)
    office.runner.run(DeleteAttachment((row.id,)))
    assert kept(office, customer).count == 0
    age(office)
    assert collect(office) == 0  # the trash still names it
    office.runner.run(UndoLast())
    assert kept(office, customer).files == (row,)
    assert check_office(office).ok


def test_bytes_go_when_neither_record_nor_undo_names_them(
    office: Office, customer: int, photo: Path, clock: object
) -> None:
    attach(office, customer, photo)
    office.runner.run(UndoLast())
    age(office)
    assert collect(office) == 0
    office.runner.run(RedoLast())
    assert check_office(office).ok
    office.runner.run(UndoLast())
    clock.advance(31 * 86_400)  # type: ignore[attr-defined]
    office.runner.run(PruneJournal())
    age(office)
    assert collect(office) == 2  # the photo and its small picture
    assert not blobs(office)


def test_fresh_bytes_whose_record_is_on_its_way_stay(office: Office, photo: Path) -> None:
    taken = take_in(office, [photo])
    assert collect(office) == 0
    age(office)
    assert take_in(office, [photo]) == taken  # wanted again: young again
    assert collect(office) == 1  # the small picture can be made anew
    assert len(blobs(office)) == 1


def test_forgotten_copies_are_collected(office: Office) -> None:
    (office.folder.files / ".tcf-half").write_bytes(b"half a file")
    (office.folder.files / "readme.txt").write_text("not ours")
    age(office)
    assert collect(office) == 1
    assert (office.folder.files / "readme.txt").exists()


def test_check_says_what_is_lost_and_what_was_changed(
    office: Office, customer: int, photo: Path, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear office")
    rows = {row.name: row for row in attach(office, customer, photo, letter)}
    store = FileStore(office.folder)
    store.path(rows["letter.txt"].sha256).write_text("Dear office!")
    store.path(rows["IMG 4711.jpg"].sha256).unlink()
    problems = {p.code: p for p in check_office(office).problems}
    assert set(problems) == {"check.attachment_missing", "check.attachment_changed"}
    missing = problems["check.attachment_missing"]
    assert missing.where == f"file {rows['IMG 4711.jpg'].id} (IMG 4711.jpg)"
    assert missing.text().startswith(f"The {missing.where} is not in the folder")


@pytest.mark.skipif(sys.platform != "linux", reason="the opener is a script here")
def test_opening_hands_out_a_read_only_copy_that_goes_at_the_next_start(
    office: Office, customer: int, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "xdg-open"
    script.write_text("#!/bin/sh\nexit 0\n")
    script.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (row,) = attach(office, customer, photo)
    copy = open_file(office, row)
    assert copy.name == "IMG 4711.jpg"
    assert copy.read_bytes() == photo.read_bytes()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o400
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    forget_opened(office.folder)
    assert not copy.parent.exists()


def test_a_copy_can_be_saved_and_a_lost_file_is_said(
    office: Office, customer: int, photo: Path, tmp_path: Path
) -> None:
    (row,) = attach(office, customer, photo)
    save_copy(office, row, tmp_path / "out.jpg")
    assert (tmp_path / "out.jpg").read_bytes() == photo.read_bytes()
    FileStore(office.folder).path(row.sha256).unlink()
    with pytest.raises(AppError) as refused:
        open_file(office, row)
    assert refused.value.code == "files.lost"


def test_a_file_in_the_trash_can_still_be_read_by_its_id(
    office: Office, customer: int, photo: Path
) -> None:
    (row,) = attach(office, customer, photo)
    office.runner.run(DeleteAttachment((row.id,)))
    assert office.read(lambda r: file_row(r, row.id)) == row


class _Gone(Command[None]):
    """The record is removed for good, as emptying the trash does."""

    journalled = False

    def execute(self, uow: UnitOfWork) -> None:
        uow.rows("DELETE FROM attachments RETURNING id")


def test_emptying_the_trash_frees_the_bytes_once_undo_forgot_them(
    office: Office, customer: int, photo: Path
) -> None:
    attach(office, customer, photo)
    office.runner.run(_Gone())
    age(office)
    assert collect(office) == 2
