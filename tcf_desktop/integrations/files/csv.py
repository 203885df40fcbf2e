"""Contact lists as comma-separated text: any layout, after a first look that guesses how."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import ParsedContact, ParsedContacts, UnreadableRow
from tcf_desktop.domain.date_text import looks_like_date, needs_order, orders_of
from tcf_desktop.domain.spreadsheets import unguarded
from tcf_desktop.domain.table_files import (
    DATE_KINDS,
    FIELD,
    NOTE_LINE,
    Confidence,
    TableColumn,
    TableLook,
    TableReading,
)
from tcf_desktop.integrations.files import contact_text as shared
from tcf_desktop.integrations.files import csv_columns as columns
from tcf_desktop.integrations.files.csv_rows import RowReader
from tcf_desktop.integrations.files.guard import TextFile, read_text

_LONGEST_FIELD: Final = 4 << 20
_MOST_LINES: Final = 20_000  # more lines in one record mean a quotation mark that is never closed
SEPARATORS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_EXAMPLES: Final = 3
_LOOKED_AT: Final = 200  # rows that the guess from contents is made of
_LONGEST_SAMPLE: Final = 200
_EMAIL: Final = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
_PHONE: Final = re.compile(r"^[+(]?[\d][\d\s()./+-]{6,20}(?:\s*(?:x|ext\.?)\s*\d+)?$")
_OWN: Final = frozenset({"Segment", "Price List", "Terms Days", "Exemption Until", "UID"})


def parse(path: str, reading: TableReading | None = None) -> ParsedContacts:
    """Every row of a file. Raises the refusals of the guard, ``import.columns``,
    ``import.open_quote``, ``import.long_field``, ``import.too_many`` or ``import.nothing_found``;
    a row that cannot be read is listed with its line instead."""
    encoding = reading.encoding if reading else ""
    return parse_text(read_text(path, encoding=encoding), reading)


def look(path: str, reading: TableReading | None = None) -> TableLook:
    """How a file would be read; raises what :func:`parse` raises but ``import.columns``."""
    encoding = reading.encoding if reading else ""
    return look_text(read_text(path, encoding=encoding), reading)


def parse_text(source: TextFile, reading: TableReading | None = None) -> ParsedContacts:
    """Every row of a text; see :func:`parse`."""
    reading = reading or TableReading()
    table = open_table(source, reading.separator)
    if reading.targets and len(reading.targets) != len(table.headings):
        raise AppError("import.other_columns", file=source.name)
    meaning = columns.understand(table.headings, reading.targets)
    if not columns.names_somebody(meaning):
        shown = _shown(table.headings)
        raise AppError("import.columns", file=source.name, line=table.line, found=shown)
    order = reading.date_order or _date_order(source, reading.separator, meaning)
    own = set(table.headings) >= _OWN
    rows = RowReader(meaning, order, own=own)
    contacts: list[ParsedContact] = []
    unreadable: list[UnreadableRow] = []
    row = 0
    for line, cells in table.records:
        row += 1
        if row > shared.MOST_CONTACTS:
            raise AppError("import.too_many", file=source.name, limit=f"{shared.MOST_CONTACTS:,}")
        if any(cell.strip() for cell in cells[len(meaning) :]):
            reason = (
                f"It has {len(cells)} columns, the first line names {len(meaning)}. "
                "Perhaps a text with a separator in it stands without quotation marks."
            )
            unreadable.append(UnreadableRow(row, line, reason))
            continue
        contacts.append(rows.read(row, line, cells))
    if row == 0:
        raise AppError("import.nothing_found", file=source.name, things="contacts")
    return ParsedContacts(
        source.name,
        "CSV",
        f"{source.encoding_words}, {SEPARATORS[table.separator]}",
        tuple(contacts),
        tuple(unreadable),
        own,
        order,
        rows.remarks(),
        source.digest,
    )


def look_text(source: TextFile, reading: TableReading | None = None) -> TableLook:
    """How a text would be read; see :func:`look`."""
    reading = reading or TableReading()
    table = open_table(source, reading.separator)
    rows = [cells for _, cells in itertools.islice(table.records, _LOOKED_AT)]
    meaning = columns.understand(table.headings)
    found = tuple(_proposed(column, rows) for column in meaning)
    dated = [
        n for n, column in enumerate(found) if any(needs_order(text) for text in column.samples)
    ]
    orders = _orders(source, reading.separator, dated) if dated else frozenset()
    examples = tuple(
        tuple(_sample(cells, n) for n in range(len(meaning))) for cells in rows[:_EXAMPLES]
    )
    return TableLook(
        source.name,
        source.encoding,
        source.encoding_words,
        table.separator,
        table.has_headings,
        found,
        examples,
        next(iter(orders)) if len(orders) == 1 else "",
        tuple(sorted(orders)),
    )


@dataclass(slots=True)
class Table:
    """The headings of a table, the line they stand in, and the records below with their lines."""

    separator: str
    headings: list[str]
    has_headings: bool
    line: int
    records: Iterator[tuple[int, list[str]]]


def open_table(source: TextFile, separator: str) -> Table:
    """Find separator and headings; the records are read as they are asked for."""
    text = source.text.replace("\x00", "")
    separator = separator if separator in SEPARATORS else _separator(text)
    records = _records(text, separator, source.name)
    line, headings = next(records, (1, []))
    data = [cell.strip() for cell in headings if _EMAIL.match(cell.strip()) or _is_phone(cell)]
    if data and not columns.names_somebody(columns.understand(headings)):
        first = (line, headings)
        numbered = [f"Column {number}" for number in range(1, len(headings) + 1)]
        return Table(separator, numbered, False, line, itertools.chain([first], records))
    return Table(separator, headings, True, line, records)


def _is_phone(cell: str) -> bool:
    return _PHONE.match(cell.strip()) is not None and not looks_like_date(cell)


def _proposed(column: columns.Column, rows: Sequence[Sequence[str]]) -> TableColumn:
    """The column with what it holds by its heading or, when that says nothing, by its cells."""
    values = [text for cells in rows if (text := _sample(cells, column.index))]
    target = column.target()
    confidence: Confidence = "sure"
    if column.kind == NOTE_LINE:
        confidence = "open" if values else "sure"
        if values and sum(_EMAIL.match(text) is not None for text in values) > 0.6 * len(values):
            target, confidence = "email", "likely"
        elif values and sum(_is_phone(text) for text in values) > 0.7 * len(values):
            target, confidence = "phone", "likely"
    samples = tuple(dict.fromkeys(values))[:_EXAMPLES]
    return TableColumn(column.heading, samples, target, confidence)


def _sample(cells: Sequence[str], index: int) -> str:
    return unguarded(cells[index]).strip()[:_LONGEST_SAMPLE] if index < len(cells) else ""


def _date_order(source: TextFile, separator: str, meaning: Sequence[columns.Column]) -> str:
    """The only order in which the dates of a file make sense, or nothing."""
    dated = [
        column.index
        for column in meaning
        if column.kind in DATE_KINDS or column.kind.startswith(FIELD)
    ]
    orders = _orders(source, separator, dated) if dated else frozenset()
    return next(iter(orders)) if len(orders) == 1 else ""


def _orders(source: TextFile, separator: str, dated: Sequence[int]) -> frozenset[str]:
    """The possible orders of the dates in these columns; empty when there is no date."""
    records = open_table(source, separator).records
    dates = {
        text
        for _, cells in itertools.islice(records, shared.MOST_CONTACTS)
        for index in dated
        if index < len(cells) and needs_order(text := unguarded(cells[index]).strip()[:40])
    }
    return orders_of(dates) if dates else frozenset()


def _separator(text: str) -> str:
    """The sign that the first line uses most outside of quotation marks; a tie is a comma."""
    first = re.sub(r'"[^"]*"', "", text.lstrip("\r\n")[:20_000].partition("\n")[0])
    return max(SEPARATORS, key=first.count)


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
        if lines.number - start > _MOST_LINES or lines.ended_open():
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
