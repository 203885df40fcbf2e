"""The lines of vCards (RFC 2426, RFC 6350): split, unfolded and decoded, whatever wrote them."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from tcf_desktop.base.errors import AppError

LEFT_OUT: Final = "X-TCF-LEFT-OUT"  # stands for a picture, a sound or a key that is not read
_DROPPED: Final = re.compile(
    r"(?:[\w-]+\.)?(PHOTO|LOGO|SOUND|KEY|X-MS-CARDPICTURE|X-IMAGETYPE)\s*(?=[;:])", re.IGNORECASE
)
_MARK: Final = re.compile(r"\s*(BEGIN|END)\s*:\s*VCARD\s*", re.IGNORECASE)
_LONGEST_VALUE: Final = 4 << 20
_NO_TYPES: Final[frozenset[str]] = frozenset()
_QUOTED: Final = re.compile(r'(?:[^;"]|"[^"]*"?)+')
_UNESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_NEWLINES: Final = {"n": "\n", "N": "\n"}
_SEMICOLON: Final = re.compile(r"(?<!\\)((?:\\\\)*);")
_COMMA: Final = re.compile(r"(?<!\\)((?:\\\\)*),")


@dataclass(slots=True)
class Card:
    line: int
    lines: list[str] = field(default_factory=list)
    trouble: str = ""


@dataclass(slots=True)
class Property:
    group: str
    name: str
    types: frozenset[str]
    value: str
    preferred: bool = False
    params: dict[str, list[str]] = field(default_factory=dict)


def cards(text: str, name: str) -> Iterator[Card]:
    """Split into cards of unfolded lines. A card without its end is given with its trouble."""
    card: Card | None = None
    depth = 0
    for number, line in _unfolded(text):
        found = _MARK.fullmatch(line)
        mark = found[1].upper() if found else ""
        if mark == "BEGIN":
            if card is not None and card.lines and card.lines[-1].upper().startswith("AGENT"):
                depth += 1
                continue
            if card is not None:
                card.trouble = "It has no end (END:VCARD), so part of it may be missing."
                yield card
            card, depth = Card(number), 0
        elif mark == "END":
            if depth:
                depth -= 1
            elif card is not None:
                yield card
                card = None
        elif card is not None and not depth:
            card.lines.append(line)
    if card is not None:
        # How many more contacts are missing cannot be known.
        raise AppError("import.cut_off", file=name, line=card.line)


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Logical lines with the number of their first line; pictures and keys never put together."""
    pieces: list[str] = []
    start = 0
    size = 0
    skipping = False
    soft = False
    for number, raw in enumerate(_lines(text), 1):
        line = raw.rstrip("\r")
        if soft or (line[:1] in {" ", "\t"} and (pieces or skipping)):
            if not skipping:
                piece = line if soft else line[1:]
                size += len(piece)
                if size <= _LONGEST_VALUE:
                    pieces.append(piece)
            soft = soft and line.endswith("=")
            if soft and not skipping:
                pieces[-1] = pieces[-1].removesuffix("=")
            continue
        if pieces:
            yield start, "".join(pieces)
            pieces = []
        dropped = _DROPPED.match(line)
        skipping = dropped is not None
        soft = line.endswith("=") and "QUOTED-PRINTABLE" in line.partition(":")[0].upper()
        if dropped is not None:
            yield number, f"{LEFT_OUT}:{dropped[1].upper()}"
        elif line.strip():
            pieces, start, size = [line.removesuffix("=") if soft else line], number, len(line)
    if pieces:
        yield start, "".join(pieces)


def _lines(text: str) -> Iterator[str]:
    """Like ``text.split("\\n")`` (old Mac line ends too) without holding all lines at once."""
    if "\n" not in text:
        text = text.replace("\r", "\n")
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]


def parts(value: str, separator: str) -> list[str]:
    """Split at separators that are not escaped."""
    if "\\" not in value:
        return value.split(separator)
    pattern = _SEMICOLON if separator == ";" else _COMMA
    return pattern.sub("\\1\x00", value).split("\x00")


def properties(card: Card, encoding: str) -> tuple[str, list[Property]]:
    """The version of a card and its properties, values decoded but still escaped."""
    version = "3.0"
    for line in card.lines:
        if line.upper().startswith("VERSION:"):
            version = line[8:].strip()
            break
    found = []
    for line in card.lines:
        head, colon, value = _split_head(line)
        if not colon:
            continue
        if ";" not in head:
            group, _, name = head.rpartition(".")
            found.append(Property(group.upper(), name.strip().upper(), _NO_TYPES, value))
            continue
        name, *raw = head.split(";") if '"' not in head else _QUOTED.findall(head)
        group, _, name = name.rpartition(".")
        params = _params(raw)
        value = _decoded(value, params, encoding)
        types = frozenset(params.get("TYPE", ()))
        preferred = "PREF" in types or "PREF" in params
        found.append(Property(group.upper(), name.strip().upper(), types, value, preferred, params))
    return version, found


def _split_head(line: str) -> tuple[str, str, str]:
    """Name with parameters, colon, value; a colon inside a quoted parameter does not count."""
    head, colon, value = line.partition(":")
    while colon and head.count('"') % 2:
        more, colon, value = value.partition(":")
        head = f"{head}:{more}"
    return head, colon, value


def _params(raw: Sequence[str]) -> dict[str, list[str]]:
    params: dict[str, list[str]] = {}
    for entry in raw:
        name, equals, value = entry.partition("=")
        if not equals:  # vCard 2.1 writes TEL;CELL;PREF
            name, value = "TYPE", name
            if value.strip().upper() in {"QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT"}:
                name = "ENCODING"
        name = name.strip().upper()
        if name == "TYPE":
            values = [part.strip(' "').upper() for part in value.split(",")]
        else:
            values = [value.strip(' "')]
        params.setdefault(name, []).extend(values)
    return params


def _decoded(value: str, params: dict[str, list[str]], encoding: str) -> str:
    charset = (params.get("CHARSET") or [""])[0]
    how = (params.get("ENCODING") or [""])[0].upper()
    if how == "QUOTED-PRINTABLE":
        return _text_of(quopri.decodestring(value.encode("utf-8")), charset)
    if how in {"B", "BASE64"}:
        try:
            return _text_of(base64.b64decode(value, validate=False), charset)
        except binascii.Error:
            return ""
    if charset and encoding.startswith("cp"):
        return _text_of(value.encode(encoding, "replace"), charset)
    return value


def _text_of(data: bytes, charset: str) -> str:
    for codec in (charset or "utf-8", "utf-8"):
        try:
            return data.decode(codec)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return data.decode("cp1252", "replace")


def plain(value: str, version: str) -> str:
    """Without escapes; vCard 2.1 escapes only separators, so its backslashes are backslashes."""
    if "\\" not in value:
        return value
    if version == "2.1":
        return re.sub(r"\\([;,:\\])", r"\1", value)
    return _UNESCAPE.sub(lambda found: _NEWLINES.get(found[1], found[1]), value)


def components(value: str, version: str, joiner: str) -> list[str]:
    """The parts of N, ADR or ORG; a list inside a part becomes one text."""
    texts = []
    for part in parts(value, ";"):
        pieces = [part] if version == "2.1" else parts(part, ",")
        clean = [plain(piece, version).strip() for piece in pieces]
        texts.append(joiner.join(piece for piece in clean if piece))
    return texts
