"""The pages of a crew's day sheet. :func:`render` runs in the worker process."""

from tcf_desktop.domain.day_sheet_print import DaySheet, PrintCrew, PrintVisit
from tcf_desktop.integrations.pdf import text
from tcf_desktop.integrations.pdf.day_sheet_lines import (
    BODY,
    CAPTION,
    CODE,
    INK,
    TIME,
    Line,
    VisitLines,
)
from tcf_desktop.integrations.pdf.kit import Sheet, colour
from tcf_desktop.integrations.pdf.qr import draw_code
from tcf_desktop.integrations.pdf.text import Style

_RULE, _STRONG_RULE, _BAND = colour("#DDE1E8"), colour("#98A1AF"), colour("#EDF1F8")

_CREW = Style("bold", 18, 23, INK)
_DAY = Style("bold", 11.5, 16, INK)

_MARGIN = 46.0
_TOP = 44.0
_FOOT = 58.0
_WHEN = 124.0  # the column of times
_QR = 44.0  # 21 squares of 0.74 mm: what a hand scanner reads from paper
_PADDING = 9.0
_TICK = 8.0


def render(document: DaySheet) -> bytes:
    """The PDF of a day sheet; each crew begins on a page of its own. Texts are literal."""
    return _DayPages(document).to_bytes()


class _DayPages:
    def __init__(self, document: DaySheet) -> None:
        self._document = document
        title = f"{document.title} {document.day} – {document.business_name}"
        self._sheet = Sheet(document.paper, title=title, author=document.business_name)
        self._left = _MARGIN
        self._main = _MARGIN + _WHEN
        self._right = self._sheet.width - _MARGIN
        self._bottom = self._sheet.height - _FOOT
        self._y = _TOP
        self._feet: list[str] = []
        self._lines = VisitLines(document, self._right - self._main)

    def to_bytes(self) -> bytes:
        for number, crew in enumerate(self._document.crews):
            if number:
                self._sheet.new_page()
            self._crew(crew)
        self._footers()
        return self._sheet.to_bytes()

    def _crew(self, crew: PrintCrew) -> None:
        document, sheet = self._document, self._sheet
        self._feet.append(crew.name)
        self._y = _TOP
        room = self._right - self._left - 190
        for line in text.wrap(crew.name, _CREW, room):
            sheet.text(self._left, self._y + _CREW.size, line, _CREW)
            self._y += _CREW.leading
        sheet.text_right(self._right, _TOP + 14, document.day, _DAY)
        sheet.text_right(self._right, _TOP + 29, crew.summary, CAPTION)
        if crew.total:
            total = f"{document.total_label} {crew.total}"
            sheet.text_right(self._right, _TOP + 43, total, CODE)
        for line in text.wrap(crew.people, CAPTION, room):
            sheet.text(self._left, self._y + CAPTION.size, line, CAPTION)
            self._y += CAPTION.leading
        self._y = max(self._y, _TOP + (50 if crew.total else 36)) + 10
        sheet.rule(self._left, self._y, self._right, _STRONG_RULE, 0.8)
        for visit in crew.visits:
            self._visit(crew, visit)

    def _visit(self, crew: PrintCrew, visit: PrintVisit) -> None:
        """A visit stays together where it fits on one page."""
        lines = self._lines.lines(visit)
        beside = self._beside_height(visit)
        height = max(sum(line.height for line in lines), beside) + 2 * _PADDING
        room = self._bottom - self._y
        whole_page = self._bottom - _TOP - 30
        if room < height <= whole_page or room < beside + 2 * _PADDING:
            self._next_page(crew)
        self._y += _PADDING
        self._beside(visit)
        lowest, page = self._y + beside, self._sheet.page
        for line in lines:
            if self._y + line.height > self._bottom:
                self._next_page(crew)
                self._y += _PADDING
            self._draw(line)
        if page == self._sheet.page:
            self._y = max(self._y, lowest)
        self._y += _PADDING
        self._sheet.rule(self._left, self._y, self._right, _RULE)

    # at the left: when, and the code

    def _when_lines(self, visit: PrintVisit) -> list[tuple[str, Style]]:
        room = _WHEN - 10
        found: list[tuple[str, Style]] = []
        for number, string in enumerate(visit.when):
            style = CAPTION if number else TIME
            found += [(part, style) for part in text.wrap(string, style, room)]
        return found

    def _beside_height(self, visit: PrintVisit) -> float:
        height = sum(style.leading for _, style in self._when_lines(visit))
        return height + (_QR + 8 + CODE.leading if visit.code else 0)

    def _beside(self, visit: PrintVisit) -> None:
        y = self._y
        for string, style in self._when_lines(visit):
            self._sheet.text(self._left, y + style.size, string, style)
            y += style.leading
        if visit.code:
            draw_code(self._sheet, self._left, y + 6, _QR, visit.code)
            self._sheet.text(self._left, y + 8 + _QR + CODE.size, visit.code, CODE)

    # on the page

    def _draw(self, line: Line) -> None:
        sheet = self._sheet
        if line.band:
            # A hair more than the line, so that neighbours touch.
            width = self._right - self._main
            sheet.box(self._main, self._y, width, line.height + 0.3, _BAND, 0)
        level = self._y + _baseline(line)
        for x, string, style in line.pieces:
            sheet.text(self._main + x, level, string, style)
        for begin, end in line.blanks:
            sheet.rule(self._main + begin, level + 2, self._main + end, _STRONG_RULE, 0.6)
        for x, done in line.boxes:
            self._box(self._main + x, level - _TICK + 0.6, done=done)
        if line.right:
            sheet.text_right(self._right, level, line.right, BODY)
        self._y += line.height

    def _box(self, x: float, y: float, *, done: bool) -> None:
        self._sheet.frame(x, y, _TICK, _TICK, INK)
        if done:
            self._sheet.line(x + 1.6, y + 4.2, x + 3.4, y + 6.2, INK, 1.1)
            self._sheet.line(x + 3.4, y + 6.2, x + 6.6, y + 1.6, INK, 1.1)

    def _next_page(self, crew: PrintCrew) -> None:
        sheet = self._sheet
        sheet.new_page()
        self._feet.append(crew.name)
        level = _TOP - 6 + CAPTION.size
        name = text.ellipsis(text.clean(crew.name), CAPTION, 260)
        sheet.text(self._left, level, name, CAPTION)
        sheet.text_right(self._right, level, self._document.day, CAPTION)
        self._y = _TOP + 12
        sheet.rule(self._left, self._y, self._right, _STRONG_RULE, 0.8)

    def _footers(self) -> None:
        document, sheet = self._document, self._sheet
        level = sheet.height - 34
        room = self._right - self._left - 100
        for page, crew in enumerate(self._feet):
            sheet.page = page
            words = " · ".join(filter(None, (crew, document.day, document.business_name)))
            sheet.text(self._left, level, text.ellipsis(text.clean(words), CAPTION, room), CAPTION)
            label = document.page_label.format(page=page + 1, pages=sheet.page_count)
            sheet.text_right(self._right, level, label, CAPTION)


def _baseline(line: Line) -> float:
    """Small words stand on the line of the larger ones beside them; what is to be written on needs
    its room above."""
    if line.blanks:
        return line.height - 4
    sizes = [style.size for _, _, style in line.pieces]
    return max(sizes, default=0) + (1 if line.band else 0)
