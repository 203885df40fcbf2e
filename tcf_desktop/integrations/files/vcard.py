"""vCard 2.1, 3.0 and 4.0 (RFC 2426, RFC 6350) as phones and mail programs really write them.

A reader of our own: a broken card must not spoil its neighbours, a picture of 30 MB must not be
held in memory, and it is several times faster than the general libraries.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import (
    ContactDraft,
    Email,
    Kind,
    ParsedContact,
    ParsedContacts,
    Phone,
    Place,
    Segment,
    UnreadableRow,
    fold,
)
from tcf_desktop.integrations.files import contact_text as shared
from tcf_desktop.integrations.files.guard import TextFile, read_text

_DROPPED: Final = frozenset({"PHOTO", "LOGO", "SOUND", "KEY", "X-MS-CARDPICTURE", "X-IMAGETYPE"})
_LONGEST_VALUE: Final = 1 << 20
_NO_TYPES: Final[frozenset[str]] = frozenset()
_UNESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_NEWLINES: Final = {"n": "\n", "N": "\n"}
_SEMICOLON: Final = re.compile(r"(?<!\\)((?:\\\\)*);")
_COMMA: Final = re.compile(r"(?<!\\)((?:\\\\)*),")
VENDOR: Final = "X-TCF-"  # our own properties; other programs pass over them
_REACHED: Final = frozenset({"EMAIL", "TEL"})


def parse(path: str) -> ParsedContacts:
    """Every card of a file. Raises the refusals of the guard, ``import.nothing_found``,
    ``import.too_many`` or, when the file ends inside a card, ``import.cut_off``; a card that
    cannot be read is listed with its line instead."""
    return parse_text(read_text(path))


def parse_text(source: TextFile) -> ParsedContacts:
    """Every card of a text; see :func:`parse`."""
    contacts: list[ParsedContact] = []
    unreadable: list[UnreadableRow] = []
    row = 0
    for card in _cards(source.text, source.name):
        row += 1
        if row > shared.MOST_CONTACTS:
            raise AppError("import.too_many", file=source.name, limit=f"{shared.MOST_CONTACTS:,}")
        if card.trouble:
            unreadable.append(UnreadableRow(row, card.line, card.trouble))
            continue
        try:
            contacts.append(_contact(row, card, source.encoding))
        except (ValueError, LookupError, TypeError, ArithmeticError) as error:
            reason = f"It is damaged ({type(error).__name__})."
            unreadable.append(UnreadableRow(row, card.line, reason))
    if row == 0:
        raise AppError("import.nothing_found", file=source.name, things="contacts")
    return ParsedContacts(
        source.name, "vCard", source.encoding_words, tuple(contacts), tuple(unreadable)
    )


@dataclass(slots=True)
class _Card:
    line: int
    lines: list[str] = field(default_factory=list)
    trouble: str = ""


@dataclass(slots=True)
class _Property:
    group: str
    name: str
    types: frozenset[str]
    value: str
    preferred: bool = False


def _cards(text: str, name: str) -> Iterator[_Card]:
    """Split into cards of unfolded lines. A card without its end is given with its trouble."""
    card: _Card | None = None
    depth = 0
    for number, line in _unfolded(text):
        mark = line.strip().upper() if len(line) < 64 else ""
        if mark.replace(" ", "") == "BEGIN:VCARD":
            if card is not None and card.lines and card.lines[-1].upper().startswith("AGENT"):
                depth += 1
                continue
            if card is not None:
                card.trouble = "It has no end (END:VCARD), so part of it may be missing."
                yield card
            card, depth = _Card(number), 0
        elif mark.replace(" ", "") == "END:VCARD":
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
    parts: list[str] = []
    start = 0
    size = 0
    skipping = False
    soft = False
    for number, raw in enumerate(_lines(text), 1):
        line = raw.rstrip("\r")
        if soft or (line[:1] in {" ", "\t"} and (parts or skipping)):
            if not skipping:
                piece = line if soft else line[1:]
                size += len(piece)
                if size <= _LONGEST_VALUE:
                    parts.append(piece)
            soft = soft and line.endswith("=")
            if soft and not skipping:
                parts[-1] = parts[-1].removesuffix("=")
            continue
        if parts:
            yield start, "".join(parts)
            parts = []
        name = _name_of(line)
        skipping = name in _DROPPED
        head = line.partition(":")[0].upper()
        soft = line.endswith("=") and "QUOTED-PRINTABLE" in head
        if not skipping and line.strip():
            parts, start, size = [line.removesuffix("=") if soft else line], number, len(line)
    if parts:
        yield start, "".join(parts)


def _lines(text: str) -> Iterator[str]:
    """Like ``text.split("\\n")`` (old Mac line ends too) without holding all lines at once."""
    if "\n" not in text:
        text = text.replace("\r", "\n")
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]


def _name_of(line: str) -> str:
    head = line[:80].partition(":")[0].partition(";")[0]
    return head.rpartition(".")[2].strip().upper()


def _parts(value: str, separator: str) -> list[str]:
    """Split at separators that are not escaped."""
    if "\\" not in value:
        return value.split(separator)
    pattern = _SEMICOLON if separator == ";" else _COMMA
    return pattern.sub("\\1\x00", value).split("\x00")


def _properties(card: _Card, encoding: str) -> tuple[str, list[_Property]]:
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
        name, *raw = head.split(";")
        group, _, name = name.rpartition(".")
        name = name.strip().upper()
        if not raw:
            found.append(_Property(group.upper(), name, _NO_TYPES, value))
            continue
        params = _params(raw)
        value = _decoded(value, params, encoding)
        types = frozenset(params.get("TYPE", ()))
        preferred = "PREF" in types or "PREF" in params
        found.append(_Property(group.upper(), name, types, value, preferred))
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
        values = [part.strip(' "').upper() for part in value.split(",")]
        params.setdefault(name.strip().upper(), []).extend(values)
    return params


def _decoded(value: str, params: dict[str, list[str]], encoding: str) -> str:
    charset = (params.get("CHARSET") or [""])[0]
    how = (params.get("ENCODING") or [""])[0]
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


def _plain(value: str, version: str) -> str:
    """Without escapes; vCard 2.1 escapes only separators, so its backslashes are backslashes."""
    if "\\" not in value:
        return value
    if version == "2.1":
        return re.sub(r"\\([;,:\\])", r"\1", value)
    return _UNESCAPE.sub(lambda found: _NEWLINES.get(found[1], found[1]), value)


def _components(value: str, version: str, joiner: str) -> list[str]:
    """The parts of N, ADR or ORG; a list inside a part becomes one text."""
    texts = []
    for part in _parts(value, ";"):
        pieces = [part] if version == "2.1" else _parts(part, ",")
        clean = [_plain(piece, version).strip() for piece in pieces]
        texts.append(joiner.join(piece for piece in clean if piece))
    return texts


class _Reading:
    """The properties of one card, put together into a draft."""

    def __init__(self, version: str, properties: Sequence[_Property]) -> None:
        self.version = version
        self.properties = properties
        self._by_name: dict[str, list[_Property]] = {}
        for entry in properties:
            self._by_name.setdefault(entry.name, []).append(entry)
        self.custom = {(p.group, p.name): _plain(p.value, version) for p in properties if p.group}

    def text(self, name: str) -> str:
        for found in self._by_name.get(name, ()):
            return _plain(found.value, self.version).strip()
        return ""

    def texts(self, name: str) -> list[str]:
        values = (_plain(p.value, self.version) for p in self._by_name.get(name, ()))
        return [value for value in values if value.strip()]

    def all(self, name: str) -> list[_Property]:
        found = [p for p in self._by_name.get(name, ()) if p.value.strip(" ;")]
        if len(found) > 1:
            found.sort(key=lambda entry: not entry.preferred)
        return found

    def label(self, entry: _Property) -> str:
        custom = self.custom.get((entry.group, "X-ABLABEL"), "")
        if entry.group and custom:
            return shared.label(custom)
        types = {kind.removeprefix("X-") for kind in entry.types}
        if "FAX" in types:
            where = "work" if "WORK" in types else "home" if "HOME" in types else ""
            return shared.known_label(f"{where}fax")
        for kind in ("CELL", "IPHONE", "PAGER", "WORK", "HOME", "MAIN"):
            if kind in types:
                return shared.known_label(kind)
        return ""


def _contact(row: int, card: _Card, encoding: str) -> ParsedContact:
    version, properties = _properties(card, encoding)
    reading = _Reading(version, properties)
    first, last = _names(reading)
    organization = reading.all("ORG")
    company = _components(organization[0].value, version, ", ")[0] if organization else ""
    if company and fold(f"{first} {last}") == fold(company):
        first, last = "", ""
    kind: Kind = "prospect" if reading.text(f"{VENDOR}KIND") == "prospect" else "customer"
    segment: Segment = "residential" if first or last or not company else "commercial"
    stated = reading.text(f"{VENDOR}SEGMENT")
    if stated in {"residential", "commercial"}:
        segment = "commercial" if stated == "commercial" else "residential"
    draft = ContactDraft(
        first_name=first,
        last_name=last,
        company=company,
        kind=kind,
        segment=segment,
        phones=tuple(
            Phone(_number(_plain(p.value, version)), reading.label(p)) for p in reading.all("TEL")
        ),
        emails=tuple(
            Email(_address(_plain(p.value, version)), reading.label(p))
            for p in reading.all("EMAIL")
        ),
        places=_places(reading),
        tags=_tags(reading),
        notes=shared.notes_of("\n".join(reading.texts("NOTE")), _extras(reading)),
        source=reading.text(f"{VENDOR}SOURCE"),
    )
    finished, problems = shared.finish(draft)
    return ParsedContact(row, card.line, finished, reading.text("UID")[:255], problems)


def _names(reading: _Reading) -> tuple[str, str]:
    named = reading.all("N")
    if named:
        parts = [*_components(named[0].value, reading.version, " "), "", "", "", "", ""]
        family, given, more, _honorific, suffix = parts[:5]
        first = " ".join(part for part in (given, more) if part)
        last = " ".join(part for part in (family, suffix) if part)
        if first or last:
            return first, last
    full = reading.text("FN") or reading.text("NICKNAME")
    stand_ins = {_plain(p.value, reading.version) for p in reading.properties if p.name in _REACHED}
    if not full or full in stand_ins:
        return "", ""
    if not named and reading.all("ORG") and fold(full) == fold(reading.text("ORG").rstrip(";")):
        return "", ""
    return shared.split_name(full)


def _places(reading: _Reading) -> tuple[Place, ...]:
    places = []
    for entry in reading.all("ADR"):
        parts = [*_components(entry.value, reading.version, ", "), *[""] * 7][:7]
        box, extended, street, city, region, code, country = (part.strip(" ,") for part in parts)
        custom = reading.custom
        lat, lon = shared.coordinates(custom.get((entry.group, f"{VENDOR}GEO"), ""))
        name = custom.get((entry.group, f"{VENDOR}PLACE")) if entry.group else None
        if name is None:
            name = reading.label(entry)
        if not (street or city or region or code) and "\n" in extended:
            places.append(shared.address_from_lines(extended, name))
            continue
        whole = [line.strip(" ,") for line in street.split("\n") if line.strip(" ,")]
        rest = ", ".join(part for part in (*whole[1:], *extended.split("\n"), box) if part)
        places.append(
            Place(
                name=name,
                street=whole[0] if whole else "",
                street2=rest,
                city=city,
                region=region,
                postal_code=code,
                country=country,
                access_note=custom.get((entry.group, f"{VENDOR}ACCESS"), "") if entry.group else "",
                is_billing=custom.get((entry.group, f"{VENDOR}BILLING")) == "1",
                lat=lat if entry.group else None,
                lon=lon if entry.group else None,
            )
        )
    if not places:
        places = [
            shared.address_from_lines(_plain(p.value, reading.version), reading.label(p))
            for p in reading.all("LABEL")
        ]
    return tuple(places)


def _tags(reading: _Reading) -> tuple[str, ...]:
    tags: list[str] = []
    for entry in reading.all("CATEGORIES"):
        tags += [_plain(part, reading.version) for part in _parts(entry.value, ",")]
    return tuple(tag for tag in tags if fold(tag) not in {"", "my contacts", "mycontacts"})


def _extras(reading: _Reading) -> list[tuple[str, str]]:
    """What has no field of its own and is kept as a line of the note."""
    extras = [("Title", reading.text("TITLE")), ("Birthday", reading.text("BDAY"))]
    return extras + [("Website", address) for address in reading.texts("URL")]


def _number(value: str) -> str:
    if value[:4].lower() == "tel:":
        value = re.sub(r";ext=(\d+)", r" x\1", value[4:]).partition(";")[0]
    return value


def _address(value: str) -> str:
    return value[7:] if value[:7].lower() == "mailto:" else value
