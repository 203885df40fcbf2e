"""A week or a month on landscape pages. :func:`render` runs in the worker process.

Rows grow with what is in them. A row that does not fit moves to the next page; one that is higher
than a page goes on there, chip by chip.
"""

from dataclasses import dataclass

from tcf_desktop.domain.schedule_print import PrintChip, PrintRow, PrintTable
from tcf_desktop.integrations.pdf import text
from tcf_desktop.integrations.pdf.kit import Sheet, colour
from tcf_desktop.integrations.pdf.text import Style

_INK, _MUTED = colour("#1A1E25"), colour("#59616E")
_RULE, _STRONG_RULE = colour("#C6CCD6"), colour("#98A1AF")
_HEAD_BAND, _OUTSIDE = colour("#EDF1F8"), colour("#F6F7F9")
# Bar and ground of the crews' colours, as on the screen in daylight. What stands on the ground is
# dark, and each chip says its crew's letter: copies without colour can be read as well.
CREW_COLOURS = (
    ("#2661D2", "#DEE7F8"), ("#D37E02", "#F8ECD9"), ("#2BA760", "#DFF2E7"),
    ("#7D0375", "#ECD9EA"), ("#B77CCC", "#F4EBF7"), ("#533537", "#E5E1E1"),
    ("#8A9498", "#EDEFF0"), ("#AF0B04", "#F3DAD9"),
)  # fmt: skip
_NOBODY = ("#59616E", "#FFFFFF")

_TITLE = Style("bold", 17, 21, _INK)
_CAPTION = Style("regular", 8.5, 11.5, _MUTED)
_COLUMN = Style("bold", 8.5, 11.5, _INK)
_DAY = Style("bold", 9, 12, _INK)
_DAY_QUIET = Style("regular", 9, 12, _MUTED)
_ROW = Style("bold", 9.5, 12.5, _INK)
_TIME = Style("bold", 7.5, 9.5, _INK)
_NAME = Style("regular", 7.5, 9.5, _INK)
_DETAIL = Style("regular", 7, 9, _MUTED)
_TAG = Style("bold", 6.5, 8, _INK)

_MARGIN = 34.0
_FOOT = 44.0
_HEAD_WIDTH = 78.0  # the column of row heads
_PAD = 3.0
_CHIP_PAD = 2.5
_BAR = 3.0
_LEAST_ROW = 34.0
_MOST_LINES = 36  # of a chip on one page


def render(document: PrintTable) -> bytes:
    """The PDF of a week or a month. Texts are literal."""
    return _Pages(document).to_bytes()


_Pieces = tuple[tuple[float, str, Style], ...]


@dataclass(slots=True)
class _Chip:
    """A chip broken into lines of pieces: x, text and style; the last one gives the height."""

    source: PrintChip
    lines: list[_Pieces]

    @property
    def height(self) -> float:
        return sum(line[-1][2].leading for line in self.lines) + 2 * _CHIP_PAD

    @property
    def room(self) -> float:
        return self.height + 2


class _Pages:
    def __init__(self, document: PrintTable) -> None:
        self._document = document
        self._sheet = Sheet(
            document.paper,
            title=f"{document.title} – {document.business_name}",
            author=document.business_name,
            landscape=True,
        )
        self._left = _MARGIN
        self._right = self._sheet.width - _MARGIN
        self._bottom = self._sheet.height - _FOOT
        heads = any(row.head for row in document.rows)
        self._cells_left = self._left + (_HEAD_WIDTH if heads else 0)
        self._width = (self._right - self._cells_left) / max(len(document.columns), 1)
        self._y = 0.0

    def to_bytes(self) -> bytes:
        self._title()
        self._columns()
        for row in self._document.rows:
            self._row(row)
        if not self._document.rows:
            level = self._y + 20
            self._sheet.text(self._left, level, text.clean(self._document.empty), _CAPTION)
        self._footers()
        return self._sheet.to_bytes()

    # heads

    def _title(self) -> None:
        document, sheet = self._document, self._sheet
        y = 34.0
        sheet.text(self._left, y + _TITLE.size, text.clean(document.title), _TITLE)
        wide = text.width(text.clean(document.title), _TITLE)
        subtitle = text.clean(document.subtitle)
        sheet.text(self._left + wide + 12, y + _TITLE.size, subtitle, _CAPTION)
        y += _TITLE.leading + 4
        x = self._left
        for letter, name, color in document.legend:
            shown = text.ellipsis(text.clean(name), _CAPTION, 200)
            taken = 18 + text.width(shown, _CAPTION) + 14
            if x + taken > self._right and x > self._left:
                x, y = self._left, y + 13
            self._tag(x, y + 1, letter, color)
            sheet.text(x + 17, y + _CAPTION.size, shown, _CAPTION)
            x += taken
        self._y = y + 18

    def _columns(self) -> None:
        sheet, height = self._sheet, 16.0
        wide = self._right - self._left
        sheet.box(self._left, self._y, wide, height, _HEAD_BAND, 0)
        for number, name in enumerate(self._document.columns):
            shown = text.ellipsis(text.clean(name), _COLUMN, self._width - 2 * _PAD)
            x = self._cells_left + number * self._width + _PAD
            sheet.text(x, self._y + 11.5, shown, _COLUMN)
        self._y += height
        sheet.rule(self._left, self._y, self._right, _STRONG_RULE, 0.8)

    def _next_page(self) -> None:
        self._sheet.new_page()
        words = f"{self._document.title} ({self._document.continued})"
        self._sheet.text(self._left, 40, text.clean(words), _CAPTION)
        self._y = 46.0
        self._columns()

    # rows

    def _row(self, row: PrintRow) -> None:
        """A row keeps together where a page can hold it."""
        cells = [
            [piece for chip in chips for piece in self._pieces(chip)] for _, _, chips in row.cells
        ]
        head = self._head_lines(row)
        top = _DAY.leading + 1 if any(word for word, _, _ in row.cells) else 0.0
        needed = [top + 2 * _PAD + sum(chip.room for chip in cell) for cell in cells]
        head_height = sum(style.leading for _, style in head) + 2 * _PAD
        height = max([_LEAST_ROW, head_height, *needed])
        whole_page = self._bottom - 62
        if height > self._bottom - self._y and (
            height <= whole_page or self._bottom - self._y < head_height + 60
        ):
            self._next_page()
        first = True
        while True:
            taken = [self._fitting(cell, self._bottom - self._y - top - 2 * _PAD) for cell in cells]
            used = [
                sum(chip.room for chip in cell[:count])
                for cell, count in zip(cells, taken, strict=True)
            ]
            drawn = max([_LEAST_ROW, head_height, *(top + 2 * _PAD + part for part in used)])
            self._draw_row(row, [c[:n] for c, n in zip(cells, taken, strict=True)],
                           (head, top, drawn), first=first)  # fmt: skip
            cells = [cell[count:] for cell, count in zip(cells, taken, strict=True)]
            if not any(cells):
                return
            first = False
            self._next_page()

    def _fitting(self, cell: list[_Chip], room: float) -> int:
        """How many chips of a cell stand in ``room``; on an empty page one at least."""
        taken, count = 0.0, 0
        for chip in cell:
            taken += chip.room
            if taken > room and not (count == 0 and room > self._bottom - 110):
                break
            count += 1
        return count

    def _draw_row(
        self,
        row: PrintRow,
        cells: list[list[_Chip]],
        measures: tuple[list[tuple[str, Style]], float, float],
        *,
        first: bool,
    ) -> None:
        sheet = self._sheet
        head, top, height = measures
        y = self._y
        for string, style in head:
            sheet.text(self._left + _PAD, y + _PAD + style.size, string, style)
            y += style.leading
        if head and not first:
            words = text.clean(self._document.continued)
            sheet.text(self._left + _PAD, y + _PAD + _DETAIL.size, words, _DETAIL)
        for number, ((word, outside, _), chips) in enumerate(zip(row.cells, cells, strict=True)):
            x = self._cells_left + number * self._width
            if outside:
                sheet.box(x, self._y, self._width, height, _OUTSIDE, 0)
            if word:
                shown = word if first else f"{word} ({self._document.continued})"
                style = _DAY_QUIET if outside else _DAY
                sheet.text(x + _PAD, self._y + _PAD + style.size, text.clean(shown), style)
            level = self._y + _PAD + top
            for chip in chips:
                self._chip(chip, x + _PAD, level)
                level += chip.room
        end = self._y + height
        for number in range(len(row.cells) + 1):
            x = self._cells_left + number * self._width
            sheet.line(x, self._y, x, end, _RULE)
        self._y = end
        sheet.rule(self._left, end, self._right, _STRONG_RULE, 0.7)

    def _head_lines(self, row: PrintRow) -> list[tuple[str, Style]]:
        room = _HEAD_WIDTH - 2 * _PAD
        lines = [(part, _ROW) for part in text.wrap(row.head, _ROW, room)] if row.head else []
        if row.summary:
            lines += [(part, _DETAIL) for part in text.wrap(row.summary, _DETAIL, room)]
        return lines

    # chips

    def _pieces(self, chip: PrintChip) -> list[_Chip]:
        """The chip; in several pieces where it would be higher than a page."""
        room = self._width - 2 * _PAD - _BAR - 2 * _CHIP_PAD - 1
        first_room = room - 11  # the letter stands at the right
        after = text.width(text.clean(chip.time), _TIME) + 4
        name = text.clean(chip.name)
        lines: list[_Pieces] = []
        if chip.time and after + text.width(name, _NAME) <= first_room:
            lines.append(((0.0, text.clean(chip.time), _TIME), (after, name, _NAME)))
        elif chip.time:
            lines += _one_each(chip.time, _TIME, first_room)
            lines += _one_each(chip.name, _NAME, room)
        else:
            lines += _one_each(chip.name, _TIME, first_room)
        if chip.detail:
            lines += _one_each(chip.detail, _DETAIL, room)
        return [
            _Chip(chip, lines[start : start + _MOST_LINES])
            for start in range(0, max(len(lines), 1), _MOST_LINES)
        ]

    def _chip(self, chip: _Chip, x: float, y: float) -> None:
        sheet, source = self._sheet, chip.source
        width = self._width - 2 * _PAD
        bar, ground = _colours(source.color_index)
        sheet.box(x, y, width, chip.height, colour(ground), 2)
        if source.color_index is None:
            sheet.frame(x, y, width, chip.height, _STRONG_RULE, 0.6)
        sheet.box(x, y, _BAR, chip.height, colour(bar), 1)
        self._letter(x + width - 2.5, y + _CHIP_PAD + 6.2, source.tag)
        level = y + _CHIP_PAD
        for line in chip.lines:
            for along, string, style in line:
                sheet.text(x + _BAR + _CHIP_PAD + along, level + style.size, string, style)
            level += line[-1][2].leading

    def _letter(self, right: float, level: float, letter: str) -> None:
        self._sheet.text_right(right, level, text.clean(letter), _TAG)

    def _tag(self, x: float, y: float, letter: str, color: int | None) -> None:
        """A crew in the legend: its ground, bar and letter."""
        bar, ground = _colours(color)
        self._sheet.box(x, y, 14, 9.5, colour(ground), 2)
        if color is None:
            self._sheet.frame(x, y, 14, 9.5, _STRONG_RULE, 0.6)
        self._sheet.box(x, y, _BAR, 9.5, colour(bar), 1)
        self._letter(x + 12.5, y + 7.2, letter)

    def _footers(self) -> None:
        document, sheet = self._document, self._sheet
        level = sheet.height - 26
        for page in range(sheet.page_count):
            sheet.page = page
            words = f"{document.title} · {document.business_name}"
            room = self._right - self._left - 100
            sheet.text(
                self._left, level, text.ellipsis(text.clean(words), _CAPTION, room), _CAPTION
            )
            label = document.page_label.format(page=page + 1, pages=sheet.page_count)
            sheet.text_right(self._right, level, label, _CAPTION)


def _one_each(string: str, style: Style, room: float) -> list[_Pieces]:
    return [((0.0, part, style),) for part in text.wrap(string, style, room)]


def _colours(index: int | None) -> tuple[str, str]:
    return _NOBODY if index is None else CREW_COLOURS[index % len(CREW_COLOURS)]
