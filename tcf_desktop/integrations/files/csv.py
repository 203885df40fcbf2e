"""Contact lists as comma-separated text, in Google's current layout and in most others."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
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
from tcf_desktop.integrations.files import csv_columns as columns
from tcf_desktop.integrations.files.guard import TextFile, read_text

_JOINER: Final = ":::"  # Google joins several values of one column with it
_LONGEST_FIELD: Final = 1 << 20
_MOST_LINES: Final = 500  # more lines in one record mean a quotation mark that is never closed
_SEPARATORS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_GUARDED: Final = re.compile(r"^'(?=[=+\-@\t\r'＝＋－＠])")
_PLUS_IN_BRACKETS: Final = re.compile(r"^\(\+(\d+)\)")
_SHEET_TEXT: Final = re.compile(r'^="?([^"]*)"?$')


def parse(path: str) -> ParsedContacts:
    """Every row of a file. Raises the refusals of the guard, ``import.columns``,
    ``import.open_quote``, ``import.long_field``, ``import.too_many`` or ``import.nothing_found``;
    a row that cannot be read is listed with its line instead."""
    return parse_text(read_text(path))


def parse_text(source: TextFile) -> ParsedContacts:
    """Every row of a text; see :func:`parse`."""
    text = source.text.replace("\x00", "")
    separator = _separator(text)
    records = _records(text, separator, source.name)
    line, headings = next(records, (1, []))
    meaning = columns.understand(headings)
    if not columns.names_somebody(meaning):
        raise AppError("import.columns", file=source.name, line=line, found=_shown(headings))
    contacts: list[ParsedContact] = []
    unreadable: list[UnreadableRow] = []
    row = 0
    for line, cells in records:
        row += 1
        if row > shared.MOST_CONTACTS:
            raise AppError("import.too_many", file=source.name, limit=f"{shared.MOST_CONTACTS:,}")
        extra = [cell for cell in cells[len(meaning) :] if cell.strip()]
        if extra:
            reason = (
                f"It has {len(cells)} columns, the first line names {len(meaning)}. "
                "Perhaps a text with a separator in it stands without quotation marks."
            )
            unreadable.append(UnreadableRow(row, line, reason))
            continue
        contacts.append(_contact(row, line, meaning, cells))
    if row == 0:
        raise AppError("import.nothing_found", file=source.name, things="contacts")
    read_as = f"{source.encoding_words}, {_SEPARATORS[separator]}"
    return ParsedContacts(source.name, "CSV", read_as, tuple(contacts), tuple(unreadable))


def _separator(text: str) -> str:
    """The sign that the first line uses most outside of quotation marks; a tie is a comma."""
    first = re.sub(r'"[^"]*"', "", text.lstrip("\r\n")[:20_000].partition("\n")[0])
    return max(_SEPARATORS, key=first.count)


def _records(text: str, separator: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Records with the number of their first line; empty ones left out."""
    csv.field_size_limit(_LONGEST_FIELD)
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=separator)
    while True:
        start = lines.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            if lines.number - start > 1:
                raise AppError("import.open_quote", file=name, line=start) from None
            raise AppError("import.long_field", file=name, line=start) from None
        spans = lines.number - start
        if spans > _MOST_LINES or lines.ended_open():
            raise AppError("import.open_quote", file=name, line=start)
        if any(cell.strip() for cell in cells):
            yield start, cells


class _Lines:
    """The lines of a text, counted; knows whether the text ended inside quotation marks."""

    def __init__(self, text: str) -> None:
        self._stream = io.StringIO(text, newline=None)
        self.number = 0
        self.done = False
        self._quotes = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._stream.readline()
        if not line:
            self.done = True
            raise StopIteration
        self.number += 1
        self._quotes += line.count('"')
        return line

    def ended_open(self) -> bool:
        """Whether the text ended with a quotation mark that was never closed."""
        return self.done and self._quotes % 2 == 1


def _shown(headings: Sequence[str]) -> str:
    text = ", ".join(heading.strip() for heading in headings if heading.strip())
    return text if len(text) <= 80 else text[:79] + "…"


class _Row:
    """The cells of one record by meaning."""

    def __init__(self, meaning: Sequence[columns.Column], cells: Sequence[str]) -> None:
        self.by_kind: dict[str, list[tuple[columns.Column, str]]] = defaultdict(list)
        for column in meaning:
            raw = cells[column.index] if column.index < len(cells) else ""
            value = _GUARDED.sub("", raw.replace("\r\n", "\n")).strip()
            if value and column.kind != columns.IGNORED:
                self.by_kind[column.kind].append((column, value))

    def text(self, kind: str) -> str:
        """The first value of a kind."""
        found = self.by_kind.get(kind)
        return found[0][1] if found else ""

    def texts(self, kind: str) -> list[str]:
        return [value for _, value in self.by_kind.get(kind, ())]

    def labelled(self, kind: str, clean: Callable[[str], str]) -> list[tuple[str, str]]:
        """(label, value) of numbers or mail addresses; joined values come one by one."""
        labels = {column.group: text for column, text in self.by_kind.get(f"{kind}label", ())}
        pairs = []
        for column, text in self.by_kind.get(kind, ()):
            names = [name.strip() for name in labels.get(column.group, "").split(_JOINER)]
            if not column.group:
                names = [shared.known_label(_label_of(column.heading))]
            for number, piece in enumerate(text.split(_JOINER)):
                label = names[min(number, len(names) - 1)]
                pairs.append((shared.label(label), clean(piece.strip())))
        return pairs


def _label_of(heading: str) -> str:
    """The label in a heading such as "Business Phone" or "Home fax"."""
    words = re.sub(r"[^a-z ]+", " ", fold(heading)).split()
    place = next((word for word in words if word in {"home", "work", "business", "main"}), "")
    if "fax" in words:
        return (
            f"{place.replace('business', 'work')}fax"
            if place in {"home", "work", "business"}
            else "fax"
        )
    if {"mobile", "cell", "cellphone", "handy", "gsm", "movil"} & set(words):
        return "mobile"
    return "pager" if "pager" in words else place


def _contact(
    row: int, line: int, meaning: Sequence[columns.Column], cells: Sequence[str]
) -> ParsedContact:
    found = _Row(meaning, cells)
    first = " ".join(part for part in (found.text("first"), found.text("middle")) if part)
    last = " ".join(part for part in (found.text("last"), found.text("suffix")) if part)
    company = found.text("company")
    full = found.text("full")
    if not (first or last) and full and fold(full) != fold(company):
        first, last = shared.split_name(full)
    phones = found.labelled("phone", _number)
    emails = found.labelled("email", _address)
    kind: Kind = "prospect" if fold(found.text("kind")) in {"prospect", "lead"} else "customer"
    segment: Segment = "residential" if first or last or not company else "commercial"
    stated = fold(found.text("segment"))
    if stated in {"residential", "commercial"}:
        segment = "commercial" if stated == "commercial" else "residential"
    draft = ContactDraft(
        first_name=first,
        last_name=last,
        company=company,
        kind=kind,
        segment=segment,
        phones=tuple(Phone(number, label) for label, number in phones),
        emails=tuple(Email(address, label) for label, address in emails),
        places=_places(found),
        tags=_tags(found),
        notes=shared.notes_of("\n".join(found.texts("note")), _extras(found)),
        source=found.text("source"),
    )
    finished, problems = shared.finish(draft)
    return ParsedContact(row, line, finished, found.text("uid")[:255], problems)


def _number(text: str) -> str:
    """A number without what spreadsheets wrap around it: ="+48…", (+48) …"""
    if text.startswith("="):
        wrapped = _SHEET_TEXT.match(text)
        digits = wrapped.group(1) if wrapped else text
        if re.fullmatch(r"[+\d][\d\s()./-]*", digits):
            text = digits
    return _PLUS_IN_BRACKETS.sub(r"+\1", text)


def _address(text: str) -> str:
    return text[7:] if text[:7].lower() == "mailto:" else text


def _places(found: _Row) -> tuple[Place, ...]:
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for part in (
        "placelabel", "formatted", "street", "street2", "city", "region", "code", "country", "box",
        "access", "billing", "geo",
    ):  # fmt: skip
        for column, value in found.by_kind.get(part, ()):
            parts = groups[column.group]
            parts[part] = f"{parts[part]}, {value}" if part in parts else value
    places = []
    for group in sorted(groups, key=lambda key: (not key.startswith("#"), key)):
        parts = groups[group]
        name = shared.label(parts.get("placelabel", "")) or shared.known_label(group)
        lat, lon = shared.coordinates(parts.get("geo", ""))
        if not any(parts.get(part) for part in ("street", "street2", "city", "region", "code")):
            place = shared.address_from_lines(parts.get("formatted", ""), name)
            place = replace(place, country=parts.get("country", ""))
        else:
            street, *more = parts.get("street", "").split("\n")
            rest = (*more, parts.get("street2", ""), parts.get("box", ""))
            place = Place(
                name=name,
                street=street,
                street2=", ".join(piece.strip() for piece in rest if piece.strip()),
                city=parts.get("city", ""),
                region=parts.get("region", ""),
                postal_code=parts.get("code", ""),
                country=parts.get("country", ""),
            )
        places.append(
            replace(
                place,
                access_note=parts.get("access", ""),
                is_billing=parts.get("billing", "") == "1" or group == "billing",
                lat=lat,
                lon=lon,
            )
        )
    return tuple(places)


def _tags(found: _Row) -> tuple[str, ...]:
    tags: list[str] = []
    for text in found.texts("tags"):
        tags += [tag.strip() for tag in re.split(r":::|,|;", text)]
    # "* myContacts" and "* starred" are Google's own, not the user's.
    return tuple(tag for tag in tags if tag and not tag.startswith("*"))


def _extras(found: _Row) -> list[tuple[str, str]]:
    extras = [("Title", found.text("title")), ("Birthday", found.text("birthday").strip())]
    extras += [("Website", address) for address in found.texts("website")]
    lines = found.by_kind.get(columns.NOTE_LINE, ())
    return extras + [(column.heading[:80], " ".join(value.split())) for column, value in lines]
