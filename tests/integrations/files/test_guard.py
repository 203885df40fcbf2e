from __future__ import annotations

import os
from pathlib import Path

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.integrations.files import guard


def refusal(path: Path | str, limit: int = guard.TEXT_LIMIT) -> str:
    with pytest.raises(AppError) as caught:
        guard.read_text(str(path), limit)
    assert Path(path).name in str(caught.value) or caught.value.code == "import.folder"
    return caught.value.code


def test_files_that_are_no_text_are_refused_by_name(tmp_path: Path) -> None:
    cases = {
        "empty.vcf": (b"", "import.empty"),
        "blank.csv": (b" \r\n\t\n", "import.empty"),
        "photo.vcf": (b"\xff\xd8\xff\xe0" + bytes(900), "import.binary"),
        "noise.csv": (os.urandom(5000), "import.binary"),
        "list.csv": (b"PK\x03\x04" + bytes(200), "import.workbook"),
        "old.csv": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "import.workbook"),
        "a.db": (b"SQLite format 3\x00" + bytes(600), "import.binary"),
    }
    for name, (data, code) in cases.items():
        path = tmp_path / name
        path.write_bytes(data)
        assert refusal(path) == code, name


def test_missing_folder_pipe_and_huge_files_are_refused_at_once(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.vcf") == "import.missing"
    assert refusal(tmp_path) == "import.folder"
    assert refusal("bad\x00name.vcf") == "import.unreadable"
    huge = tmp_path / "huge.vcf"
    with huge.open("wb") as stream:
        stream.truncate(200 * guard.MEGABYTE)
    assert refusal(huge) == "import.too_big"
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.vcf")
        assert refusal(tmp_path / "pipe.vcf") == "import.unreadable"
        assert refusal("/dev/zero") == "import.unreadable"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.vcf"
    path.write_text("BEGIN:VCARD")
    path.chmod(0)
    assert refusal(path) == "import.unreadable"


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1250", "cp1250"),
    ],
)
def test_text_comes_through_whatever_its_encoding(encoding: str, found: str) -> None:
    text = "Name,Phone\nŻaneta Ślązak,601234567\nPaweł Wójcik,602345678\n"
    assert guard.decode(text.encode(encoding)) == (text, found)


def test_western_letters_and_one_bad_byte_among_good_ones() -> None:
    western = "Name\nRené Müller\nZoë Ångström\n"
    assert guard.decode(western.encode("cp1252")) == (western, "cp1252")
    mixed = "Müller\nRené\n".encode() + "Zoë\n".encode("cp1252")
    assert guard.decode(mixed) == ("Müller\nRené\nZoë\n", "utf-8")
