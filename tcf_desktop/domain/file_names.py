"""Which files are kept, and names that are safe to show and to open.

A name says nothing about what a file is: the type comes from its content
(``integrations/files/attachment.py``), and the suffix that it is opened with comes from the type.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

MOST_BYTES: Final = 200 * 1_000_000
MOST_CHARACTERS: Final = 120
_MOST_ENCODED: Final = 200  # bytes of UTF-8: file systems stop at 255, temporary names need room

# Media type -> suffixes that go with it, the usual one first.
SUFFIXES: Final[dict[str, tuple[str, ...]]] = {
    "image/jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "image/png": (".png",),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "image/heic": (".heic", ".heif"),
    "application/pdf": (".pdf",),
    "text/plain": (".txt", ".text", ".md", ".log"),
    "text/csv": (".csv", ".tsv"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "application/vnd.oasis.opendocument.text": (".odt",),
    "application/vnd.oasis.opendocument.spreadsheet": (".ods",),
    "video/mp4": (".mp4", ".m4v"),
    "video/quicktime": (".mov",),
}
PICTURES: Final = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})

_PLACE: Final = re.compile(r"\{(\w+)\}")
_FORBIDDEN: Final = frozenset('<>:"|?*')
_PORTS: Final = (f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")
_DEVICES: Final = frozenset(("con", "prn", "aux", "nul", "conin$", "conout$", *_PORTS))


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file whose bytes lie in the store: its safe name, media type, SHA-256 in hex, bytes."""

    name: str
    mime: str
    sha256: str
    size: int


def is_picture(mime: str) -> bool:
    """Whether a small picture of it can be shown."""
    return mime in PICTURES


def suffix_of(mime: str) -> str:
    """The suffix that a file of this type is opened with; empty for types that are not kept."""
    return SUFFIXES.get(mime, ("",))[0]


def safe_name(name: str, mime: str) -> str:
    """A name to show and to write: one part of a path, with a suffix of the type.

    Directories, control and direction characters, device names of Windows, streams
    (``a.pdf:ads``), trailing dots and endless lengths are gone; NFC, so that twins look and
    compare alike. A suffix of another type stays and the right one follows it.
    """
    last = name.replace("\\", "/").rstrip("/ .").rpartition("/")[2]
    kept = "".join(_plain(char) for char in unicodedata.normalize("NFC", last))
    stem = " ".join(kept.split()).strip(" .")
    suffix = next((s for s in SUFFIXES.get(mime, ()) if stem.casefold().endswith(s)), "")
    stem = stem[: len(stem) - len(suffix)] if suffix else stem
    stem = stem.rstrip(" .") or "file"
    if stem.split(".")[0].rstrip().casefold() in _DEVICES:
        stem = f"_{stem}"
    return _short(stem, suffix or suffix_of(mime)) + (suffix or suffix_of(mime))


def document_file_name(
    rule: str, *, kind: str, number: str, customer: str, day: str, draft: str = ""
) -> str:
    """The name that a PDF is offered under, by the rule of the office (``{kind} {number}``).

    ``kind`` is the title in the customer's language, ``day`` an ISO date; ``draft`` stands for the
    number where there is none. Unknown placeholders stay as typed; a rule that gives nothing
    counts as ``{kind} {number}``.
    """
    values = {"kind": kind, "number": number or draft, "customer": customer, "date": day}

    def filled(text: str) -> str:
        # One pass: a customer who is called "{number}" stays that.
        named = _PLACE.sub(lambda place: values.get(place.group(1), place.group()), text)
        # A slash is a part of a number here, never a folder.
        return " ".join(named.replace("/", "-").replace("\\", "-").split()).strip(" -_.")

    return safe_name(filled(rule) or filled("{kind} {number}"), "application/pdf")


def _plain(char: str) -> str:
    category = unicodedata.category(char)
    if category in {"Cc", "Zl", "Zp"}:
        return " "
    if category in {"Cf", "Cs", "Co", "Cn"}:
        return ""
    return "_" if char in _FORBIDDEN else char


def _short(stem: str, suffix: str) -> str:
    stem = stem[: MOST_CHARACTERS - len(suffix)]
    while len((stem + suffix).encode()) > _MOST_ENCODED:
        stem = stem[:-1]
    return stem.rstrip(" .") or "file"
