"""The pages of a crew's day sheet. :func:`render` runs in the worker process."""

from dataclasses import dataclass

from tcf_desktop.domain.day_sheet_print import DaySheet, PrintCrew, PrintVisit
from tcf_desktop.integrations.pdf import text
from tcf_desktop.integrations.pdf.kit import Sheet, colour
from tcf_desktop.integrations.pdf.text import Style

_INK, _MUTED = colour("#1A1E25"), colour("#59616E")
_RULE, _STRONG_RULE, _BAND = colour("#DDE1E8"), colour("#98A1AF"), colour("#EDF1F8")

_CREW = Style("bold", 18, 23, _INK)
_DAY = Style("bold", 11.5, 16, _INK)
_NAME = Style("bold", 11.5, 15.5, _INK)
_TIME = Style("bold", 10.5, 15.5, _INK)
_BODY = Style("regular", 10, 13.5, _INK)
_STRONG = Style("bold", 10, 13.5, _INK)
_CAPTION = Style("regular", 8.5, 11.5, _MUTED)
_LABEL = Style("regular", 9, 13.5, _MUTED)

_MARGIN = 46.0
_TOP = 44.0
_FOOT = 58.0
_WHEN = 124.0  # the column of times
_TAG = 62.0  # the column of labels
_QUANTITY = 58.0
_PADDING = 9.0


def render(document: DaySheet) -> bytes:
    """The PDF of a day sheet; each crew begins on a page of its own. Texts are literal."""
    return _DayPages(document).to_bytes()


@dataclass(slots=True)
class _Line:
    """One line of a visit: pieces (x from the main column, text, style) and what is at the left."""

    pieces: list[tuple[float, str, Style]]
    height: float
    band: bool = False
    right: str = ""
    when: tuple[str, Style] | None = None


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
        for line in text.wrap(crew.name, _CREW, room, 2):
            sheet.text(self._left, self._y + _CREW.size, line, _CREW)
            self._y += _CREW.leading
        sheet.text_right(self._right, _TOP + 14, document.day, _DAY)
        sheet.text_right(self._right, _TOP + 29, crew.summary, _CAPTION)
        for line in text.wrap(crew.people, _CAPTION, room, 2):
            sheet.text(self._left, self._y + _CAPTION.size, line, _CAPTION)
            self._y += _CAPTION.leading
        self._y = max(self._y, _TOP + 36) + 10
        sheet.rule(self._left, self._y, self._right, _STRONG_RULE, 0.8)
        for visit in crew.visits:
            self._visit(crew, self._lines(visit))

    # a visit as lines

    def _lines(self, visit: PrintVisit) -> list[_Line]:
        room = self._right - self._main
        lines = [self._plain(part, _NAME) for part in text.wrap(visit.name, _NAME, room, 3)]
        lines += [self._plain(part, _CAPTION) for part in text.wrap(visit.detail, _CAPTION, room)]
        lines += self._tagged(visit.facts)
        access = self._tagged((*visit.access, *visit.notes), band=True)
        if access:
            edges = [_Line([], 4, band=True) for _ in range(2)]
            lines += [self._gap(4), edges[0], *access, edges[1], self._gap(4)]
        if visit.work:
            lines.append(self._gap(3))
        for work in visit.work:
            lines += self._work(work.quantity, work.name, work.detail, work.price)
        if visit.total:
            lines.append(_Line([(0.0, "Total", _STRONG)], _BODY.leading, right=visit.total))
        self._set_beside(lines, visit.when)
        return lines

    def _plain(self, string: str, style: Style) -> _Line:
        return _Line([(0.0, string, style)], style.leading)

    def _gap(self, height: float) -> _Line:
        return _Line([], height)

    def _tagged(self, rows: tuple[tuple[str, str], ...], *, band: bool = False) -> list[_Line]:
        inset = 8.0 if band else 0.0
        room = self._right - self._main - _TAG - 2 * inset
        lines: list[_Line] = []
        for label, content in rows:
            style = _STRONG if label == "Gate code" else _BODY
            parts = text.wrap(content, style, room) or [""]
            for number, part in enumerate(parts):
                pieces = [(inset + _TAG, part, style)]
                if not number:
                    pieces.insert(0, (inset, label, _LABEL))
                lines.append(_Line(pieces, style.leading + (1 if band else 0), band=band))
        return lines

    def _work(self, quantity: str, name: str, detail: str, price: str) -> list[_Line]:
        taken = max(_TAG, text.width(text.clean(quantity), _BODY) + 10)
        taken = min(taken, _TAG + _QUANTITY)
        room = self._right - self._main - taken - (70 if price else 0)
        parts = text.wrap(name, _STRONG, room) or [""]
        shown = text.ellipsis(text.clean(quantity), _BODY, taken - 6)
        first = _Line([(0.0, shown, _BODY), (taken, parts[0], _STRONG)], _BODY.leading, right=price)
        lines = [first, *(_Line([(taken, part, _STRONG)], _BODY.leading) for part in parts[1:])]
        lines += [
            _Line([(taken, part, _CAPTION)], _CAPTION.leading)
            for part in text.wrap(detail, _CAPTION, room, 6)
        ]
        return lines

    def _set_beside(self, lines: list[_Line], when: tuple[str, ...]) -> None:
        """The times beside the first lines, each as high as what stands there."""
        while len(lines) < len(when):
            lines.append(self._gap(_CAPTION.leading))
        for number, string in enumerate(when):
            style = _TIME if not number else _CAPTION
            lines[number].when = (text.ellipsis(text.clean(string), style, _WHEN - 10), style)
            lines[number].height = max(lines[number].height, style.leading)

    # on the page

    def _visit(self, crew: PrintCrew, lines: list[_Line]) -> None:
        """A visit stays together where it fits on one page."""
        height = sum(line.height for line in lines) + 2 * _PADDING
        room = self._bottom - self._y
        if height > room and height <= self._bottom - _TOP - 30:
            self._next_page(crew)
        self._y += _PADDING
        for line in lines:
            if self._y + line.height > self._bottom:
                self._next_page(crew)
                self._y += _PADDING
            self._draw(line)
        self._y += _PADDING
        self._sheet.rule(self._left, self._y, self._right, _RULE)

    def _draw(self, line: _Line) -> None:
        sheet = self._sheet
        if line.band:
            # A hair more than the line, so that neighbours touch.
            width = self._right - self._main
            sheet.box(self._main, self._y, width, line.height + 0.3, _BAND, 0)
        if line.when is not None:
            string, style = line.when
            sheet.text(self._left, self._y + style.size, string, style)
        for x, string, style in line.pieces:
            sheet.text(self._main + x, self._y + _baseline(style, line), string, style)
        if line.right:
            sheet.text_right(self._right, self._y + _BODY.size, line.right, _BODY)
        self._y += line.height

    def _next_page(self, crew: PrintCrew) -> None:
        sheet = self._sheet
        sheet.new_page()
        self._feet.append(crew.name)
        level = _TOP - 6 + _CAPTION.size
        name = text.ellipsis(text.clean(crew.name), _CAPTION, 260)
        sheet.text(self._left, level, name, _CAPTION)
        sheet.text_right(self._right, level, self._document.day, _CAPTION)
        self._y = _TOP + 12
        sheet.rule(self._left, self._y, self._right, _STRONG_RULE, 0.8)

    def _footers(self) -> None:
        document, sheet = self._document, self._sheet
        level = sheet.height - 34
        room = self._right - self._left - 100
        for page, crew in enumerate(self._feet):
            sheet.page = page
            words = " · ".join(filter(None, (crew, document.day, document.business_name)))
            sheet.text(
                self._left, level, text.ellipsis(text.clean(words), _CAPTION, room), _CAPTION
            )
            label = document.page_label.format(page=page + 1, pages=sheet.page_count)
            sheet.text_right(self._right, level, label, _CAPTION)


def _baseline(style: Style, line: _Line) -> float:
    """Small words stand on the line of the larger ones beside them."""
    return max([style.size, *(other.size for _, _, other in line.pieces)]) + (1 if line.band else 0)
