"""What a file is, by its content; small pictures of hostile and honest ones."""

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.file_names import SUFFIXES
from tcf_desktop.integrations.files.attachment import THUMBNAIL_SIDE, inspect, thumbnail

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"


def picture(form: str = "JPEG", size: tuple[int, int] = (40, 20), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, form, **options)
    return out.getvalue()


def zipped(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def stored(folder: Path, content: bytes) -> str:
    path = folder / "copy"
    path.write_bytes(content)
    return str(path)


KEPT = {
    "image/jpeg": picture(),
    "image/png": picture("PNG"),
    "image/gif": picture("GIF"),
    "image/webp": picture("WEBP"),
    "image/heic": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
    "application/pdf": b"%PDF-1.7\n",
    "video/mp4": b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2",
    "video/quicktime": b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00",
    "text/plain": "Schlüssel unter der Matte\n".encode(),
    DOCX: zipped(**{"[Content_Types]_dot_xml": "<x/>", "word__document_dot_xml": "<x/>"}),
    XLSX: zipped(**{"[Content_Types]_dot_xml": "<x/>", "xl__workbook_dot_xml": "<x/>"}),
    ODT: zipped(mimetype=ODT, content_dot_xml="<x/>"),
}


@pytest.mark.parametrize("mime", KEPT)
def test_the_content_says_what_a_file_is_whatever_its_name(tmp_path: Path, mime: str) -> None:
    assert (
        inspect(stored(tmp_path, KEPT[mime]), "odd.exe" if mime != "text/plain" else "a.jpg")
        == mime
    )
    assert mime in SUFFIXES


@pytest.mark.parametrize(
    "content", ["a;b\n1;2\n".encode("cp1252"), "ä;ö\n".encode("cp1252"), "a;b\n".encode("utf-16")]
)
def test_tables_of_text_in_any_encoding(tmp_path: Path, content: bytes) -> None:
    assert inspect(stored(tmp_path, content), "list.CSV") == "text/csv"


def test_a_long_text_that_is_cut_inside_a_letter_is_still_text(tmp_path: Path) -> None:
    assert inspect(stored(tmp_path, b"x" + "ü".encode() * 65_536), "a.txt") == "text/plain"


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"MZ\x90\x00", "invoice.pdf", "files.program"),
        (b"\x7fELF\x02", "photo.jpg", "files.program"),
        (b"\xcf\xfa\xed\xfe", "photo.jpg", "files.program"),
        (b"#!/bin/sh\nrm -rf ~\n", "notes.txt", "files.program"),
        (b"Remove-Item *", "clean.ps1", "files.program"),
        (b"[InternetShortcut]\nURL=file://x", "site.URL. ", "files.program"),
        (b"<html><script>", "page.txt", "files.web_page"),
        (b"\xef\xbb\xbf  <!DOCTYPE html>", "page.pdf", "files.web_page"),
        (b"plain", "page.htm", "files.web_page"),
        (b"<svg onload=alert(1)>", "logo.png", "files.drawing"),
        (b"plain", "logo.svg", "files.drawing"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "letter.doc", "files.old_office"),
        (zipped(**{"word__vbaProject_dot_bin": "x", "[Content_Types]_dot_xml": ""}),
         "a.docx", "files.macros"),
        (zipped(mimetype=ODT, content_dot_xml="", Basic__Standard__Module1_dot_xml="x"),
         "a.odt", "files.macros"),
        (zipped(photo_dot_jpg="x"), "photos.zip", "files.archive"),
        (b"PK\x03\x04 cut off", "a.docx", "files.unknown_type"),
        (b"\x00\x01\x02\x03", "photo.jpg", "files.unknown_type"),
        (b"\x00\x00\x00\x18ftypxxxx", "film.mp4", "files.unknown_type"),
    ],
)  # fmt: skip
def test_what_could_run_is_refused_in_words(
    tmp_path: Path, content: bytes, name: str, code: str
) -> None:
    with pytest.raises(AppError) as refused:
        inspect(stored(tmp_path, content), name)
    assert refused.value.code == code
    assert name in str(refused.value)


def test_a_small_picture_fits_and_stands_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright
    png = thumbnail(stored(tmp_path, picture(size=(1200, 600), exif=exif)))
    with Image.open(io.BytesIO(png)) as small:
        assert small.format == "PNG"
        assert small.size == (THUMBNAIL_SIDE // 2, THUMBNAIL_SIDE)
        assert not small.getexif()


def test_transparency_stays(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (1, 2, 3, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(thumbnail(stored(tmp_path, out.getvalue())))) as small:
        assert small.mode == "RGBA"


@pytest.mark.parametrize(
    "content",
    [b"\xff\xd8\xff\xe0 no picture", picture("PNG")[:60], b"GIF89a", b"", KEPT["image/heic"]],
)
def test_what_is_no_picture_has_no_small_one(tmp_path: Path, content: bytes) -> None:
    assert thumbnail(stored(tmp_path, content)) == b""


def test_a_picture_that_would_fill_the_memory_has_no_small_one(tmp_path: Path) -> None:
    bomb = bytearray(picture("PNG", (1, 1)))
    bomb[16:24] = (60_000).to_bytes(4) + (60_000).to_bytes(4)
    assert thumbnail(stored(tmp_path, bytes(bomb))) == b""
