"""The table of a document: as wide as its figures need, its head again on each page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tcf_desktop.domain.print_document import PrintColumn, PrintRow
from tcf_desktop.integrations.pdf import text
from tcf_desktop.integrations.pdf.text import Style

if TYPE_CHECKING:
    from tcf_desktop.integrations.pdf.paper import Lines, Paper

_GAP = 14.0
_WIDEST = 130.0  # a longer figure or unit is broken into lines
_INSET = 6.0


def draw_table(
    paper: Paper, columns: Sequence[PrintColumn], rows: Sequence[PrintRow], keep: float
) -> None:
    """Head and rows; ``keep`` points after the last row stay with its end."""
    table = _Table(paper, columns, rows, keep)
    table.head()
    last = len(rows) - 1
    for number, row in enumerate(rows):
        table.row(row, number, last=number == last)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a column stands: its left edge, or its right edge for figures, and its width."""

    x: float
    width: float
    right: bool


class _Table:
    def __init__(
        self, paper: Paper, columns: Sequence[PrintColumn], rows: Sequence[PrintRow], keep: float
    ) -> None:
        self._paper = paper
        self._look = paper.look
        self._columns = columns
        self._stretch = next(n for n, column in enumerate(columns) if column.stretch)
        self._inset = _INSET if self._look.filled else 0.0
        self._places = self._placed(rows)
        self._keep = min(keep, (paper.bottom - self._look.top) * 0.7)

    def _placed(self, rows: Sequence[PrintRow]) -> list[_Place]:
        look, columns = self._look, self._columns
        widths = []
        for number, column in enumerate(columns):
            if column.stretch:
                widths.append(0.0)
                continue
            wide = text.width(text.clean(column.title), look.caption)
            for cell in {row.cells[number] for row in rows if not row.heading}:
                wide = max(wide, text.width(text.clean(cell), look.body))
            widths.append(max(min(wide, _WIDEST) + _GAP, column.least))
        room = self._paper.room - 2 * self._inset
        widths[self._stretch] = max(room - sum(widths), 60.0)
        places, x = [], self._paper.left + self._inset
        for column, wide in zip(columns, widths, strict=True):
            places.append(
                _Place(x + wide, wide - _GAP, right=True)
                if column.right and not column.stretch
                else _Place(x, wide - (0.0 if column.stretch else _GAP), right=False)
            )
            x += wide
        return places

    def head(self) -> None:
        paper, look = self._paper, self._look
        style = look.caption
        if look.filled:
            height = style.leading + 7
            paper.sheet.box(paper.left, paper.y, paper.room, height, look.accent, 3)
            style = replace(look.caption, role="bold", colour=look.head_ink)
            paper.y += 3.5
        for column, place in zip(self._columns, self._places, strict=True):
            self._put(place, paper.y, text.clean(column.title), style)
        if look.filled:
            paper.y += style.leading + 3.5
            return
        paper.y += style.leading + 5
        paper.sheet.rule(paper.left, paper.y, paper.right, look.strong_rule, 0.6)

    def row(self, row: PrintRow, number: int, *, last: bool) -> None:
        """A row on one page where it fits on one."""
        look, paper = self._look, self._paper
        if row.heading:
            self._heading(row.cells[0])
            return
        cells = self._cells(row)
        count = max(len(cell) for cell in cells)
        leads = [self._leading(cells, at) for at in range(count)]
        height = sum(leads) + 2 * look.padding
        page = paper.bottom - look.top - 60
        needed = height + (self._keep if last else 0.0)
        if number and paper.y + needed > paper.bottom and height < page:
            self._next_page()
        if look.zebra and number % 2 and paper.y + height <= paper.bottom:
            paper.sheet.box(paper.left, paper.y, paper.room, height, look.band, 0)
        paper.y += look.padding
        tail = max(0, count - 2)  # the end of a long row goes with what is kept
        for at in range(count):
            rest = sum(leads[at:]) + look.padding + self._keep if last and at == tail else 0.0
            if paper.y + max(leads[at], rest if height >= page else 0.0) > paper.bottom:
                self._next_page()
                paper.y += look.padding
            for cell, place in zip(cells, self._places, strict=True):
                if at < len(cell):
                    self._put(place, paper.y, *cell[at])
            paper.y += leads[at]
        paper.y += look.padding
        if not look.zebra:
            paper.sheet.rule(paper.left, paper.y, paper.right, look.rule)
        elif last:
            paper.sheet.rule(paper.left, paper.y, paper.right, look.strong_rule, 0.6)

    def _cells(self, row: PrintRow) -> list[Lines]:
        look = self._look
        cells: list[Lines] = []
        for number, (cell, place) in enumerate(zip(row.cells, self._places, strict=True)):
            if number == self._stretch:
                name = [(part, look.strong) for part in text.wrap(cell, look.strong, place.width)]
                quiet = text.wrap(row.detail, look.caption, place.width)
                cells.append(name + [(part, look.caption) for part in quiet])
            else:
                room = place.width + 0.01  # what was measured fits
                cells.append([(part, look.body) for part in text.wrap(cell, look.body, room, 4)])
        return cells if any(cells) else [[("", look.strong)], *cells[1:]]

    def _leading(self, cells: list[Lines], at: int) -> float:
        stretch = cells[self._stretch]
        if at < len(stretch):
            return stretch[at][1].leading
        return self._look.body.leading

    def _put(self, place: _Place, y: float, string: str, style: Style) -> None:
        sheet = self._paper.sheet
        if place.right:
            sheet.text_right(place.x, y + style.size, string, style)
        else:
            sheet.text(place.x, y + style.size, string, style)

    def _heading(self, words: str) -> None:
        """A line over the rows that follow; it never stands alone at the foot of a page."""
        paper, look = self._paper, self._look
        lines = text.wrap(words, look.number, paper.room, 3)
        height = look.number.leading * len(lines) + 14
        if paper.y + height + 40 > paper.bottom:
            self._next_page()
        paper.y += 10
        ink = [(line, replace(look.number, colour=look.body.colour)) for line in lines]
        paper.y = paper.block(paper.left + self._inset, paper.y, ink) + 4
        paper.sheet.rule(paper.left, paper.y, paper.right, look.rule)

    def _next_page(self) -> None:
        self._paper.next_page()
        self.head()
