"""The first look at a file from outside: is it there, is it text, how is it encoded.

Runs in the worker process. Every refusal is an AppError that names the file and says what to do.
"""

from __future__ import annotations

import codecs
import contextlib
import hashlib
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tcf_desktop.base.errors import AppError, EnvironmentTrouble

MEGABYTE: Final = 1 << 20
TEXT_LIMIT: Final = 64 * MEGABYTE
_PROBE: Final = 64 * 1024
_MOST_CONTROLS: Final = 0.01  # share of control characters above which a file is no text

# First bytes of what people pick by mistake, and the words for it.
_KINDS: Final = (
    (b"PK\x03\x04", "import.workbook"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "import.workbook"),
    (b"%PDF", "import.binary"),
    (b"\x89PNG", "import.binary"),
    (b"\xff\xd8\xff", "import.binary"),
    (b"GIF8", "import.binary"),
    (b"\x1f\x8b", "import.binary"),
    (b"MZ", "import.binary"),
    (b"\x7fELF", "import.binary"),
    (b"SQLite format 3\x00", "import.binary"),
    (b"Rar!", "import.binary"),
    (b"7z\xbc\xaf", "import.binary"),
)
_BOMS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Letters of Central European words that are signs or rare letters in Western Europe's code page.
_CENTRAL: Final = re.compile(
    rb"[A-Za-z][\xb9\xb3\xbf\x9c\x9f\x9a\x9e\xe8\xf8\xec\xf9\xea\xe6][a-z]"
)
_CENTRAL_ONLY: Final = re.compile(rb"[A-Za-z][\xb9\xb3\xbf\x9c\x9f]|[\xb3\x9c\xa3\x8c][a-z]")
_CONTROLS: Final = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1b"))

ENCODING_WORDS: Final = {
    "utf-8": "Unicode (UTF-8)",
    "utf-8-sig": "Unicode (UTF-8)",
    "utf-16": "Unicode (UTF-16)",
    "utf-16-le": "Unicode (UTF-16)",
    "utf-16-be": "Unicode (UTF-16)",
    "utf-32": "Unicode (UTF-32)",
    "cp1250": "Windows, Central Europe",
    "cp1252": "Windows, Western Europe",
    "iso-8859-2": "ISO 8859-2, Central Europe",
    "mac-roman": "Macintosh, Western Europe",
}


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file's text with line ends as they were, the codec that was found, and its SHA-256."""

    name: str
    text: str
    encoding: str
    digest: str = ""

    @property
    def encoding_words(self) -> str:
        """The encoding as the preview names it."""
        return ENCODING_WORDS.get(self.encoding, self.encoding)


def read_text(path: str, limit: int = TEXT_LIMIT, encoding: str = "") -> TextFile:
    """The text of a file of at most ``limit`` bytes; see :func:`read_bytes` for the refusals.

    ``encoding`` is one of :data:`ENCODING_WORDS`, or empty where it is to be found out.
    """
    data = read_bytes(path, limit)
    name = Path(path).name
    refuse_binary(data, name)
    if encoding in ENCODING_WORDS:
        text = data.decode(encoding, "replace").removeprefix("\ufeff")
    else:
        text, encoding = decode(data)
    if not text.strip("\x00 \t\r\n"):
        raise AppError("import.empty", file=name)
    return TextFile(name, text, encoding, hashlib.sha256(data).hexdigest())


def read_bytes(path: str, limit: int = TEXT_LIMIT) -> bytes:
    """The bytes of a regular file.

    Raises ``import.missing``, ``import.unreadable``, ``import.folder``, ``import.empty`` or
    ``import.too_big``; never reads more than ``limit`` bytes, so a device or a huge file is safe.
    """
    name = Path(path).name or str(path)
    try:
        # Not waiting: opening a named pipe without a writer would never return.
        handle = os.open(
            path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
    except FileNotFoundError:
        raise AppError("import.missing", file=name) from None
    except IsADirectoryError:
        raise AppError("import.folder", file=name) from None
    except (OSError, ValueError) as error:
        if Path(path).is_dir():
            raise AppError("import.folder", file=name) from None
        raise EnvironmentTrouble("import.unreadable", file=name) from error
    try:
        state = os.fstat(handle)
        if stat.S_ISDIR(state.st_mode):
            raise AppError("import.folder", file=name)
        if not stat.S_ISREG(state.st_mode):
            raise EnvironmentTrouble("import.unreadable", file=name)
        if state.st_size > limit:
            raise _too_big(name, state.st_size, limit)
        with os.fdopen(handle, "rb", closefd=False) as stream:
            data = stream.read(limit + 1)
    except OSError as error:
        raise EnvironmentTrouble("import.unreadable", file=name) from error
    finally:
        os.close(handle)
    if len(data) > limit:
        raise _too_big(name, len(data), limit)
    if not data:
        raise AppError("import.empty", file=name)
    return data


def refuse_binary(data: bytes, name: str) -> None:
    """Raise ``import.workbook`` or ``import.binary`` for what is no text in any encoding."""
    head = data[:_PROBE]
    for magic, code in _KINDS:
        if head.startswith(magic):
            raise AppError(code, file=name)
    if head.startswith(tuple(mark for mark, _ in _BOMS)) or _wide_without_mark(head):
        return
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > max(2, len(head) * _MOST_CONTROLS):
        raise AppError("import.binary", file=name)


def decode(data: bytes) -> tuple[str, str]:
    """The text and the codec: by mark, by shape, UTF-8, else the likelier Windows code page.

    Never raises: a line that breaks the file's own encoding is read in the other one, so that one
    bad byte does not spoil ten thousand good records.
    """
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return data.decode(codec, "replace"), codec
    wide = _wide_without_mark(data[:_PROBE])
    if wide:
        return data.decode(wide, "replace"), wide
    with contextlib.suppress(UnicodeDecodeError):
        return data.decode("utf-8"), "utf-8"
    legacy = _legacy(data)
    lines = data.splitlines(keepends=True)
    good, bad = 0, 0
    texts: list[str] = []
    for line in lines:
        if line.isascii():
            texts.append(line.decode("ascii"))
            continue
        try:
            texts.append(line.decode("utf-8"))
            good += 1
        except UnicodeDecodeError:
            texts.append(line.decode(legacy, "replace"))
            bad += 1
    if good > bad:
        return "".join(texts), "utf-8"
    return data.decode(legacy, "replace"), legacy


def _wide_without_mark(head: bytes) -> str:
    """The UTF-16 that a file without a mark is in, judged by where its zero bytes are."""
    even, odd = head[0:4096:2], head[1:4096:2]
    if len(odd) < 4:
        return ""
    if odd.count(0) > 0.6 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.6 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return ""


def _legacy(data: bytes) -> str:
    if _CENTRAL_ONLY.search(data):
        central, accents = len(_CENTRAL.findall(data)), len(re.findall(rb"[\xc0-\xff]", data))
        if central * 3 >= accents:
            return "cp1250"
    return "cp1252"


def _too_big(name: str, size: int, limit: int) -> AppError:
    return AppError("import.too_big", file=name, size=-(-size // MEGABYTE), limit=limit // MEGABYTE)
