"""What a file really is, told by its content, and a small picture of it. Runs in the worker.

Magic numbers: RFC 2045-2046 types as in the specifications of each format; ZIP-based documents by
the parts that ISO/IEC 29500 and OASIS OpenDocument name. Programs, scripts, web pages, drawings
with scripts (SVG) and documents with macros are refused.
"""

from __future__ import annotations

import codecs
import io
import zipfile
from pathlib import Path
from typing import Final

from tcf_desktop.base.errors import AppError

THUMBNAIL_SIDE: Final = 256
MOST_PIXELS: Final = 80_000_000  # decoded; a JPEG is decoded smaller than it is
_HEAD: Final = 65_536
_MOST_PARTS: Final = 20_000
_PROGRAMS: Final = (
    b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"#!", b"L\x00\x00\x00\x01\x14\x02\x00",
)  # fmt: skip
_MAGIC: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
_BRANDS: Final = {
    **dict.fromkeys((b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1"), "image/heic"),
    **dict.fromkeys(
        (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V "),
        "video/mp4",
    ),
    b"qt  ": "video/quicktime",
}
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENTS: Final = (
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
)
# A script is a text like any other; its name alone gives it away.
_SCRIPTS: Final = frozenset({
    ".bat", ".cmd", ".com", ".exe", ".msi", ".scr", ".pif", ".vbs", ".vbe", ".js", ".jse", ".mjs",
    ".ws", ".wsf", ".wsh", ".ps1", ".psm1", ".sh", ".bash", ".zsh", ".csh", ".command", ".py",
    ".pyw", ".pl", ".rb", ".php", ".lua", ".jar", ".hta", ".reg", ".inf", ".url", ".lnk",
    ".desktop", ".scpt", ".applescript", ".service",
})  # fmt: skip
_PAGES: Final = frozenset({".htm", ".html", ".xhtml", ".mht", ".mhtml", ".xml"})
_MARKUP: Final = ("<html", "<!doctype html", "<head", "<body", "<script", "<iframe", "<svg")


def inspect(path: str, name: str) -> str:
    """The media type of a file, one of ``domain.file_names.SUFFIXES``.

    Raises ``files.program``, ``files.web_page``, ``files.drawing``, ``files.macros``,
    ``files.old_office`` and ``files.unknown_type``; ``name`` is for the words and to tell
    a script from a letter.
    """
    with Path(path).open("rb") as stream:
        head = stream.read(_HEAD)
        found = _by_magic(head, name)
        if not found and head.startswith(b"PK\x03\x04"):
            found = _in_zip(stream, name)
    return found or _text_type(head, name)


def _by_magic(head: bytes, name: str) -> str:
    if head.startswith(_PROGRAMS):
        raise AppError("files.program", file=name)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise AppError("files.old_office", file=name)
    for magic, mime in _MAGIC:
        if head.startswith(magic):
            return mime
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp":
        brands = [head[8:12], *(head[at : at + 4] for at in range(16, 64, 4))]
        return next((_BRANDS[brand] for brand in brands if brand in _BRANDS), "")
    return ""


def _in_zip(stream: io.BufferedReader, name: str) -> str:
    """A document by its inner parts; other archives are not kept."""
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.namelist()
            if len(parts) > _MOST_PARTS:
                raise AppError("files.unknown_type", file=name)
            folded = [part.casefold() for part in parts]
            if any(part.endswith("vbaproject.bin") for part in folded) or any(
                part.startswith(("basic/", "scripts/")) and not part.endswith("/")
                for part in folded
            ):
                raise AppError("files.macros", file=name)
            if "[Content_Types].xml" in parts:
                for part, kind in (
                    ("word/document.xml", "wordprocessingml.document"),
                    ("xl/workbook.xml", "spreadsheetml.sheet"),
                ):
                    if part in parts:
                        return _OFFICE + kind
            if "mimetype" in parts and "content.xml" in parts:
                with archive.open("mimetype") as inner:
                    said = inner.read(100).decode("ascii", "replace").strip()
                if said in _OPEN_DOCUMENTS:
                    return said
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        raise AppError("files.unknown_type", file=name) from None
    raise AppError("files.archive", file=name)


def _text_type(head: bytes, name: str) -> str:
    text = _decoded(head)
    if text is None:
        raise AppError("files.unknown_type", file=name)
    suffix = Path(name.casefold().rstrip(" .")).suffix
    start = text.lstrip("\ufeff \t\r\n").casefold()
    if suffix == ".svg" or "<svg" in start[:4096]:
        raise AppError("files.drawing", file=name)
    if suffix in _PAGES or start.startswith(("<?xml", "<!doctype")):
        raise AppError("files.web_page", file=name)
    if any(mark in start[:4096] for mark in _MARKUP):
        raise AppError("files.web_page", file=name)
    if suffix in _SCRIPTS or start.startswith("#!"):
        raise AppError("files.program", file=name)
    return "text/csv" if suffix in {".csv", ".tsv"} else "text/plain"


def _decoded(head: bytes) -> str | None:
    """The beginning as text, or None when it is none."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _begun(head, "utf-16")
    allowed = {7, 8, 9, 10, 12, 13, 27}
    if any(byte < 32 and byte not in allowed for byte in head):
        return None
    text = _begun(head, "utf-8")
    return head.decode("cp1252", "replace") if text is None else text


def _begun(head: bytes, encoding: str) -> str | None:
    """The text of a beginning whose last character may be cut in the middle."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return None


def thumbnail(path: str) -> bytes:
    """A PNG of at most 256 pixels a side, turned as the camera was held; empty when it cannot be
    read as a picture or would be too large in memory."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = 4 * MOST_PIXELS
    try:
        with Image.open(path, formats=("PNG", "JPEG", "GIF", "WEBP")) as opened:
            opened.draft("RGB", (2 * THUMBNAIL_SIDE, 2 * THUMBNAIL_SIDE))
            if opened.width * opened.height > MOST_PIXELS:
                return b""
            image: Image.Image = ImageOps.exif_transpose(opened)
            image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
            clear = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
            small = image.convert("RGBA" if clear else "RGB")
        small.info.clear()
        out = io.BytesIO()
        small.save(out, "PNG", optimize=True)
    except (
        OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, OverflowError,
        ZeroDivisionError, EOFError, Image.DecompressionBombError, Image.DecompressionBombWarning,
    ):  # fmt: skip
        return b""
    return out.getvalue()
