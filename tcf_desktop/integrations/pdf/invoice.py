"""The invoice's pages. :func:`render` runs in the worker process."""

from dataclasses import dataclass

from tcf_desktop.domain.documents import InvoiceDocument, PrintLine, PrintTotal
from tcf_desktop.integrations.pdf import text
from tcf_desktop.integrations.pdf.images import prepare
from tcf_desktop.integrations.pdf.kit import Sheet, colour
from tcf_desktop.integrations.pdf.text import Style

_INK, _MUTED = colour("#1A1E25"), colour("#59616E")
_RULE, _STRONG_RULE, _BAND = colour("#DDE1E8"), colour("#98A1AF"), colour("#EDF1F8")
_TONES = {"warn": colour("#9A5B00"), "bad": colour("#A61B16"), "ok": colour("#0F6A3F")}

_BODY = Style("regular", 9.5, 13, _INK)
_STRONG = Style("bold", 9.5, 13, _INK)
_CAPTION = Style("regular", 8.5, 11.5, _MUTED)
_LABEL = Style("regular", 9.5, 13.5, _MUTED)
_NAME = Style("bold", 12.5, 16, _INK)
_TITLE = Style("bold", 21, 26, _INK)
_NUMBER = Style("bold", 11, 15, _INK)
_DUE = Style("bold", 13.5, 17, _INK)

_MARGIN = 54.0
_TOP = 50.0
_FOOT = 72.0
_LOGO = 36.0
_GAP = 14.0
_TOTALS = 292.0
_PADDING = 5.0
_SHORT = 7  # lines below the totals that should not stand on a page of their own


def render(document: InvoiceDocument) -> bytes:
    """The PDF of an invoice; the same document gives the same bytes in every process.

    Raises ``pdf.bad_logo`` when the logo cannot be read. Any text is printed literally.
    """
    return _InvoicePages(document).to_bytes()


@dataclass(frozen=True, slots=True)
class _Row:
    lines: tuple[tuple[str, Style], ...]
    source: PrintLine

    @property
    def height(self) -> float:
        return sum(style.leading for _, style in self.lines) + 2 * _PADDING


class _InvoicePages:
    def __init__(self, document: InvoiceDocument) -> None:
        self._document = document
        self._sheet = Sheet(
            document.paper, title=document.file_title, author=document.business_name
        )
        self._left = _MARGIN
        self._right = self._sheet.width - _MARGIN
        self._bottom = self._sheet.height - _FOOT
        self._y = _TOP
        self._columns = self._column_ends()

    def to_bytes(self) -> bytes:
        self._letterhead()
        self._addresses()
        self._band()
        self._lines()
        self._totals()
        self._message()
        self._footers()
        return self._sheet.to_bytes()

    # the head of the first page

    def _letterhead(self) -> None:
        document, sheet = self._document, self._sheet
        x, logo_height = self._left, 0.0
        if document.logo_png:
            picture = prepare(document.logo_png)
            scale = min(_LOGO / picture.height, 130 / picture.width)
            logo_height = picture.height * scale
            sheet.picture(picture, x, _TOP, picture.width * scale, logo_height)
            x += picture.width * scale + 11
        room = self._right - x - 160
        lines = [(line, _NAME) for line in text.wrap(document.business_name, _NAME, room, 3)]
        for contact in document.business_lines:
            lines += [(line, _CAPTION) for line in text.wrap(contact, _CAPTION, room, 3)]
        height = sum(style.leading for _, style in lines)
        end = self._block(x, _TOP + max(0.0, (logo_height - height) / 2), lines)
        self._y = max(end, _TOP + logo_height, self._title()) + 26

    def _title(self) -> float:
        document, y = self._document, _TOP
        number = f"{document.number_label} {document.number}" if document.number else ""
        rows = [(document.title, _TITLE), (number, _NUMBER)]
        rows.append((document.notice, Style("bold", 8.5, 13, _TONES[document.notice_tone])))
        for string, style in rows:
            if string:
                shown = text.ellipsis(text.clean(string), style, 150)
                self._sheet.text_right(self._right, y + style.size, shown, style)
                y += style.leading
        return y

    def _addresses(self) -> None:
        document = self._document
        ends = [
            self._address(self._left, document.bill_to_title, document.bill_to, strong=True),
            self._address(self._left + 176, document.service_at_title, document.service_place),
            self._facts(self._left + 346),
        ]
        self._y = max(ends) + 10

    def _address(
        self, x: float, title: str, address: tuple[str, ...], *, strong: bool = False
    ) -> float:
        if not address:
            return self._y
        lines = [(title, _CAPTION)]
        for index, part in enumerate(address[:8]):
            style = _STRONG if strong and index == 0 else _BODY
            lines += [(line, style) for line in text.wrap(part, style, 164, 3)]
        return self._block(x, self._y, lines)

    def _facts(self, x: float) -> float:
        y = self._y + _CAPTION.leading
        for label, value in self._document.facts:
            self._sheet.text(x, y + _LABEL.size, label, _LABEL)
            room = self._right - x - text.width(label, _LABEL) - 8
            for line in text.wrap(value, _STRONG, room, 3):
                self._sheet.text_right(self._right, y + _STRONG.size, line, _STRONG)
                y += _STRONG.leading
        return y

    def _band(self) -> None:
        document, height = self._document, 30.0
        width = self._right - self._left
        self._sheet.box(self._left, self._y, width, height, _BAND, 5)
        self._sheet.text(self._left + 11, self._y + 18.5, document.due_label, _STRONG)
        self._sheet.text_right(self._right - 11, self._y + 19.8, document.due_amount, _DUE)
        self._y += height + 20

    def _block(self, x: float, y: float, lines: list[tuple[str, Style]]) -> float:
        for string, style in lines:
            self._sheet.text(x, y + style.size, string, style)
            y += style.leading
        return y

    # the lines

    def _column_ends(self) -> tuple[float, float, float]:
        """Right edges of quantity, price and amount, as far apart as the widest figure needs."""
        titles = self._document.column_titles
        figures = [(line.quantity, line.each, line.amount) for line in self._document.lines]
        widths = [
            max(
                [text.width(titles[column + 1], _CAPTION)]
                + [text.width(row[column], _BODY) for row in figures]
            )
            for column in range(3)
        ]
        amount = self._right
        each = amount - max(widths[2] + _GAP, 80.0)
        quantity = each - max(widths[1] + _GAP, 72.0)
        self._room = quantity - max(widths[0] + _GAP, 48.0) - self._left
        return quantity, each, amount

    def _table_head(self) -> None:
        titles = self._document.column_titles
        self._sheet.text(self._left, self._y + _CAPTION.size, titles[0], _CAPTION)
        for end, title in zip(self._columns, titles[1:], strict=True):
            self._sheet.text_right(end, self._y + _CAPTION.size, title, _CAPTION)
        self._y += _CAPTION.leading + 5
        self._sheet.rule(self._left, self._y, self._right, _STRONG_RULE, 0.6)

    def _lines(self) -> None:
        self._table_head()
        rows = [self._row(line) for line in self._document.lines]
        for index, row in enumerate(rows):
            # The last line goes with the totals: figures alone on a page say nothing.
            needed = row.height + (self._end_height() if index == len(rows) - 1 else 0.0)
            if index and self._y + needed > self._bottom and row.height < self._bottom - _TOP - 60:
                self._next_page(table=True)
            self._draw_row(row)

    def _row(self, line: PrintLine) -> _Row:
        lines = [(part, _STRONG) for part in text.wrap(line.name, _STRONG, self._room)]
        lines += [(part, _CAPTION) for part in text.wrap(line.detail, _CAPTION, self._room)]
        return _Row(tuple(lines or [("", _STRONG)]), line)

    def _draw_row(self, row: _Row) -> None:
        """A row; one that is longer than the page goes on on the next."""
        sheet = self._sheet
        self._y += _PADDING
        first = True
        for string, style in row.lines:
            if self._y + style.leading > self._bottom:
                self._next_page(table=True)
                self._y += _PADDING
            sheet.text(self._left, self._y + style.size, string, style)
            if first:
                figures = (row.source.quantity, row.source.each, row.source.amount)
                for end, figure in zip(self._columns, figures, strict=True):
                    sheet.text_right(end, self._y + _BODY.size, figure, _BODY)
                first = False
            self._y += style.leading
        self._y += _PADDING
        sheet.rule(self._left, self._y, self._right, _RULE)

    # below the lines

    def _total_rows(self) -> list[tuple[PrintTotal, list[str]]]:
        amounts = [text.width(total.amount, _STRONG) for total in self._document.totals]
        room = _TOTALS - max(amounts, default=0.0) - _GAP
        return [
            (total, text.wrap(total.label, _STRONG if total.strong else _LABEL, room, 3))
            for total in self._document.totals
        ]

    def _end_height(self) -> float:
        """Height of the totals, with what is short below them."""
        rows = self._total_rows()
        closing = self._closing()
        height = sum(style.leading for _, style in closing)
        extra = 16 + height if len(closing) <= _SHORT else 0.0
        return (
            extra
            + 12
            + sum(
                _BODY.leading * len(labels) + (9 if total.strong else 2) for total, labels in rows
            )
        )

    def _totals(self) -> None:
        x = self._right - _TOTALS
        self._y += 12
        for total, labels in self._total_rows():
            height = _BODY.leading * len(labels) + 9
            if self._y + height > self._bottom:
                self._next_page(table=False)
            label_style, amount_style = (_STRONG, _STRONG) if total.strong else (_LABEL, _BODY)
            if total.strong:
                self._sheet.rule(x, self._y + 1.5, self._right, _STRONG_RULE, 0.6)
                self._y += 5
            self._sheet.text_right(self._right, self._y + _BODY.size, total.amount, amount_style)
            self._y = self._block(x, self._y, [(label, label_style) for label in labels])
            self._y += 4 if total.strong else 2

    def _message(self) -> None:
        self._y += 16
        for line, style in self._closing():
            if self._y + style.leading > self._bottom:
                self._next_page(table=False)
            self._sheet.text(self._left, self._y + style.size, line, style)
            self._y += style.leading

    def _closing(self) -> list[tuple[str, Style]]:
        """The customer's notes under their title, then the message."""
        document, room = self._document, self._right - self._left
        notes = [(line, _BODY) for line in text.wrap(document.notes, _BODY, room)]
        if notes:
            notes = [(document.notes_title, _CAPTION), *notes]
        message = [(line, _LABEL) for line in text.wrap(document.message, _LABEL, room)]
        return [*notes, *([("", _BODY)] if notes and message else []), *message]

    def _next_page(self, *, table: bool) -> None:
        document = self._document
        self._sheet.new_page()
        level = _TOP - 8 + _CAPTION.size
        right = text.ellipsis(text.clean(document.continued), _CAPTION, 240)
        name = text.ellipsis(text.clean(document.business_name), _CAPTION, 240)
        self._sheet.text(self._left, level, name, _CAPTION)
        self._sheet.text_right(self._right, level, right, _CAPTION)
        self._y = _TOP + 22
        if table:
            self._table_head()

    def _footers(self) -> None:
        document, sheet = self._document, self._sheet
        level = sheet.height - 42
        note = text.ellipsis(text.clean(document.footer), _CAPTION, self._right - self._left - 90)
        for page in range(sheet.page_count):
            sheet.page = page
            label = document.page_label.format(page=page + 1, pages=sheet.page_count)
            sheet.text(self._left, level, note, _CAPTION)
            sheet.text_right(self._right, level, label, _CAPTION)
