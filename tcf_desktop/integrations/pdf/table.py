"""A table over landscape pages: headings again on each page, rows that break nowhere unasked."""

from collections.abc import Sequence

from tcf_desktop.integrations.pdf import text
from tcf_desktop.integrations.pdf.kit import Sheet, colour
from tcf_desktop.integrations.pdf.text import Style

_INK, _MUTED = colour("#1A1E25"), colour("#59616E")
_RULE, _STRONG_RULE, _BAND = colour("#DDE1E8"), colour("#98A1AF"), colour("#EDF1F8")

_TITLE = Style("bold", 17, 21, _INK)
_CAPTION = Style("regular", 8.5, 11.5, _MUTED)
_COLUMN = Style("bold", 8.5, 11.5, _INK)
_SECTION = Style("bold", 10, 13, _INK)
_CELL = Style("regular", 9, 11.5, _INK)
_STRONG = Style("bold", 9, 11.5, _INK)

_MARGIN = 34.0
_FOOT = 44.0
_GAP = 8.0
_PAD = 3.5


class TablePages:
    """Title, then headings, sections and rows from above; ``to_bytes`` ends it."""

    def __init__(
        self,
        title: str,
        subtitle: str,
        business: str,
        *,
        paper: str,
        page_label: str,
        continued: str,
    ) -> None:
        self._title, self._business = title, business
        self._page_label, self._continued = page_label, continued
        self._sheet = Sheet(paper, title=f"{title} – {business}", author=business, landscape=True)
        self._left, self._right = _MARGIN, self._sheet.width - _MARGIN
        self._bottom = self._sheet.height - _FOOT
        self._names: tuple[str, ...] = ()
        self._places: list[tuple[float, float]] = []
        self._section = ""
        self._sheet.text(self._left, 34 + _TITLE.size, text.clean(title), _TITLE)
        wide = text.width(text.clean(title), _TITLE)
        shown = text.clean(subtitle)
        self._sheet.text(self._left + wide + 12, 34 + _TITLE.size, shown, _CAPTION)
        self._y = 34 + _TITLE.leading + 6

    def columns(self, names: Sequence[str], shares: Sequence[float]) -> None:
        """The headings and the share of the width that each column has."""
        whole, x = self._right - self._left, self._left
        self._names, self._places = tuple(names), []
        for share in shares:
            wide = whole * share / sum(shares)
            self._places.append((x + _PAD, wide - _GAP))
            x += wide
        self._headings()

    def section(self, head: str) -> None:
        """A heading over the rows that follow; it never stands alone at the foot of a page."""
        self._section = head
        if self._y + _SECTION.leading + 34 > self._bottom:
            self._next_page()
            return
        self._section_head(head)

    def row(self, cells: Sequence[str]) -> None:
        """A row; the second column is the strong one. A row higher than a page goes on on the
        next."""
        styles = [_STRONG if number == 1 else _CELL for number in range(len(cells))]
        broken = [
            text.wrap(cell, style, room) or [""]
            for cell, style, (_, room) in zip(cells, styles, self._places, strict=True)
        ]
        count = max(map(len, broken))
        height = count * _CELL.leading + 2 * _PAD
        if self._y + height > self._bottom and height <= self._bottom - 90:
            self._next_page()
        self._y += _PAD
        for number in range(count):
            if self._y + _CELL.leading > self._bottom:
                self._next_page()
                self._y += _PAD
            for lines, style, (x, _) in zip(broken, styles, self._places, strict=True):
                if number < len(lines):
                    self._sheet.text(x, self._y + style.size, lines[number], style)
            self._y += _CELL.leading
        self._y += _PAD
        self._sheet.rule(self._left, self._y, self._right, _RULE)

    def words(self, string: str) -> None:
        """A line of its own."""
        self._sheet.text(self._left, self._y + 20, text.clean(string), _CAPTION)
        self._y += 30

    def to_bytes(self) -> bytes:
        """Write the feet and finish."""
        sheet, level = self._sheet, self._sheet.height - 26
        for page in range(sheet.page_count):
            sheet.page = page
            words = text.clean(f"{self._title} · {self._business}")
            room = self._right - self._left - 100
            sheet.text(self._left, level, text.ellipsis(words, _CAPTION, room), _CAPTION)
            label = self._page_label.format(page=page + 1, pages=sheet.page_count)
            sheet.text_right(self._right, level, label, _CAPTION)
        return sheet.to_bytes()

    def _headings(self) -> None:
        height = 16.0
        self._sheet.box(self._left, self._y, self._right - self._left, height, _BAND, 0)
        for name, (x, room) in zip(self._names, self._places, strict=True):
            shown = text.ellipsis(text.clean(name), _COLUMN, room)
            self._sheet.text(x, self._y + 11.5, shown, _COLUMN)
        self._y += height
        self._sheet.rule(self._left, self._y, self._right, _STRONG_RULE, 0.8)

    def _section_head(self, head: str) -> None:
        self._y += 8
        for line in text.wrap(head, _SECTION, self._right - self._left):
            self._sheet.text(self._left + _PAD, self._y + _SECTION.size, line, _SECTION)
            self._y += _SECTION.leading
        self._y += 2
        self._sheet.rule(self._left, self._y, self._right, _STRONG_RULE, 0.6)

    def _next_page(self) -> None:
        self._sheet.new_page()
        words = text.clean(f"{self._title} ({self._continued})")
        self._sheet.text(self._left, 40, words, _CAPTION)
        self._y = 46.0
        self._headings()
        if self._section:
            self._section_head(self._section)
