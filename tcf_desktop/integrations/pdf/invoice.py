"""The invoice's pages. :func:`render` runs in the worker process."""

from dataclasses import dataclass, replace

from tcf_desktop.domain.print_document import InvoiceDocument, PrintLine, PrintTotal
from tcf_desktop.integrations.pdf import text
from tcf_desktop.integrations.pdf.images import prepare
from tcf_desktop.integrations.pdf.kit import Sheet, colour
from tcf_desktop.integrations.pdf.layouts import Layout, layout_of
from tcf_desktop.integrations.pdf.qr import draw_code
from tcf_desktop.integrations.pdf.text import Style

_TONES = {"warn": colour("#9A5B00"), "bad": colour("#A61B16"), "ok": colour("#0F6A3F")}
_WHITE = colour("#FFFFFF")
_GAP = 14.0
_TOTALS = 292.0
_CODE = 76.0  # a payment square of 27 mm is read at arm's length
_SHORT = 7  # lines below the totals that should not stand on a page of their own
# Left edge and first line of an address in a window, and how many lines fit: DIN 5008 form B (the
# address zone begins 62.7 mm below the edge, 25 mm from the left); US #10 with a sheet folded in
# three, where the window shows 2.5 to 3.17 inches of it wherever the sheet lies in the envelope.
_WINDOWS = {"a4": (70.9, 177.7, 6), "letter": (76.0, 181.0, 4)}


def render(document: InvoiceDocument) -> bytes:
    """The PDF of an invoice; the same document gives the same bytes in every process.

    Raises ``pdf.bad_logo`` when the logo cannot be read. Any text is printed literally.
    """
    return _InvoicePages(document).to_bytes()


@dataclass(frozen=True, slots=True)
class _Row:
    lines: tuple[tuple[str, Style], ...]
    source: PrintLine
    padding: float

    @property
    def height(self) -> float:
        return sum(style.leading for _, style in self.lines) + 2 * self.padding


class _InvoicePages:
    def __init__(self, document: InvoiceDocument) -> None:
        self._document = document
        self._sheet = Sheet(
            document.look.paper,
            title=document.file_title,
            author=document.business_name,
            language=document.language,
        )
        self._set: Layout = layout_of(document.look)
        self._left = self._set.margin
        self._right = self._sheet.width - self._set.margin
        self._bottom = self._sheet.height - self._set.foot
        self._y = self._set.top
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
        document, sheet, look = self._document, self._sheet, self._set
        if look.banner:
            sheet.box(0, 0, sheet.width, look.banner, look.accent, 0)
        x, logo_height = self._left, 0.0
        if document.logo_png:
            picture = prepare(document.logo_png)
            scale = min(look.logo / picture.height, 130 / picture.width)
            logo_height = picture.height * scale
            if look.banner:  # on white: a logo is drawn for paper
                wide = picture.width * scale
                sheet.box(x, look.top - 5, wide + 10, logo_height + 10, _WHITE, 4)
                x += 5
            sheet.picture(picture, x, look.top, picture.width * scale, logo_height)
            x += picture.width * scale + (16 if look.banner else 11)
        room = self._right - x - 160
        caption = replace(look.caption, colour=look.head_muted)
        lines = [
            (line, look.name) for line in text.wrap(document.business_name, look.name, room, 3)
        ]
        for contact in (*document.business_lines, *document.look.header.splitlines()[:3]):
            lines += [(line, caption) for line in text.wrap(contact, caption, room, 3)]
        height = sum(style.leading for _, style in lines)
        end = self._block(x, look.top + max(0.0, (logo_height - height) / 2), lines)
        end = max(end, look.top + logo_height, self._title(), look.banner)
        self._y = end + look.gap

    def _title(self) -> float:
        look = self._set
        document, y = self._document, look.top
        number = f"{document.number_label} {document.number}" if document.number else ""
        rows = [(document.title, look.title), (number, look.number)]
        tone = look.head_ink if look.banner else _TONES[document.notice_tone]
        rows.append((document.notice, Style("bold", 8.5, 13, tone)))
        for string, style in rows:
            if string:
                shown = text.ellipsis(text.clean(string), style, 150)
                self._sheet.text_right(self._right, y + style.size, shown, style)
                y += style.leading
        return y

    def _addresses(self) -> None:
        document = self._document
        if document.look.window:
            self._window_address()
            return
        ends = [
            self._address(self._left, document.bill_to_title, document.bill_to, strong=True),
            self._address(self._left + 176, document.service_at_title, document.service_place),
            self._facts(self._right - 158),
        ]
        self._y = max(ends) + 10

    def _window_address(self) -> None:
        """The address where a window shows it; the rest beside and below."""
        document, look = self._document, self._set
        x, top, most = _WINDOWS[document.look.paper]
        y = max(top, self._y)
        lines = [
            (line, look.body)
            for part in document.bill_to
            for line in text.wrap(part, look.body, 220, 2)
        ][:most]
        sender = text.ellipsis(
            text.clean(", ".join((document.business_name, *document.business_lines[:1]))),
            replace(look.caption, size=6.5),
            220,
        )
        if document.look.paper == "a4":  # the zone for the way back is above the address there
            self._sheet.text(x, y - 6, sender, replace(look.caption, size=6.5))
        end = self._block(x, y, lines)
        self._y = y - look.caption.leading
        facts = self._facts(self._right - 158)
        self._y = max(end, facts) + 22
        if document.service_place:
            place = ", ".join(document.service_place)
            rows = [(document.service_at_title, look.caption)]
            room = self._right - self._left
            rows += [(line, look.body) for line in text.wrap(place, look.body, room, 3)]
            self._y = self._block(self._left, self._y, rows) + 8

    def _address(
        self, x: float, title: str, address: tuple[str, ...], *, strong: bool = False
    ) -> float:
        look = self._set
        if not address:
            return self._y
        lines = [(title, look.caption)]
        for index, part in enumerate(address[:8]):
            style = look.strong if strong and index == 0 else look.body
            lines += [(line, style) for line in text.wrap(part, style, 164, 3)]
        return self._block(x, self._y, lines)

    def _facts(self, x: float) -> float:
        look = self._set
        y = self._y + look.caption.leading
        for label, value in self._document.facts:
            self._sheet.text(x, y + look.label.size, label, look.label)
            room = self._right - x - text.width(label, look.label) - 8
            for line in text.wrap(value, look.strong, room, 3):
                self._sheet.text_right(self._right, y + look.strong.size, line, look.strong)
                y += look.strong.leading
        return y

    def _band(self) -> None:
        look = self._set
        document, height = self._document, 30.0
        width = self._right - self._left
        self._sheet.box(self._left, self._y, width, height, look.band, 5)
        self._sheet.text(self._left + 11, self._y + 18.5, document.due_label, look.strong)
        self._sheet.text_right(self._right - 11, self._y + 19.8, document.due_amount, look.due)
        self._y += height + 20

    def _block(self, x: float, y: float, lines: list[tuple[str, Style]]) -> float:
        for string, style in lines:
            self._sheet.text(x, y + style.size, string, style)
            y += style.leading
        return y

    # the lines

    def _column_ends(self) -> tuple[float, float, float]:
        """Right edges of quantity, price and amount, as far apart as the widest figure needs."""
        look = self._set
        titles = self._document.column_titles
        figures = [(line.quantity, line.each, line.amount) for line in self._document.lines]
        widths = [
            max(
                [text.width(titles[column + 1], look.caption)]
                + [text.width(row[column], look.body) for row in figures]
            )
            for column in range(3)
        ]
        amount = self._right
        each = amount - max(widths[2] + _GAP, 80.0)
        quantity = each - max(widths[1] + _GAP, 72.0)
        self._room = quantity - max(widths[0] + _GAP, 48.0) - self._left
        return quantity, each, amount

    def _table_head(self) -> None:
        look = self._set
        titles = self._document.column_titles
        self._sheet.text(self._left, self._y + look.caption.size, titles[0], look.caption)
        for end, title in zip(self._columns, titles[1:], strict=True):
            self._sheet.text_right(end, self._y + look.caption.size, title, look.caption)
        self._y += look.caption.leading + 5
        self._sheet.rule(self._left, self._y, self._right, look.strong_rule, 0.6)

    def _lines(self) -> None:
        self._table_head()
        rows = [self._row(line) for line in self._document.lines]
        for index, row in enumerate(rows):
            # The last line goes with the totals: figures alone on a page say nothing.
            needed = row.height + (self._end_height() if index == len(rows) - 1 else 0.0)
            if (
                index
                and self._y + needed > self._bottom
                and row.height < self._bottom - self._set.top - 60
            ):
                self._next_page(table=True)
            self._draw_row(row)

    def _row(self, line: PrintLine) -> _Row:
        look = self._set
        lines = [(part, look.strong) for part in text.wrap(line.name, look.strong, self._room)]
        lines += [(part, look.caption) for part in text.wrap(line.detail, look.caption, self._room)]
        return _Row(tuple(lines or [("", look.strong)]), line, look.padding)

    def _draw_row(self, row: _Row) -> None:
        """A row; one that is longer than the page goes on on the next."""
        look = self._set
        sheet = self._sheet
        self._y += look.padding
        first = True
        for string, style in row.lines:
            if self._y + style.leading > self._bottom:
                self._next_page(table=True)
                self._y += look.padding
            sheet.text(self._left, self._y + style.size, string, style)
            if first:
                figures = (row.source.quantity, row.source.each, row.source.amount)
                for end, figure in zip(self._columns, figures, strict=True):
                    sheet.text_right(end, self._y + look.body.size, figure, look.body)
                first = False
            self._y += style.leading
        self._y += look.padding
        sheet.rule(self._left, self._y, self._right, look.rule)

    # below the lines

    def _total_rows(self) -> list[tuple[PrintTotal, list[str]]]:
        look = self._set
        amounts = [text.width(total.amount, look.strong) for total in self._document.totals]
        room = _TOTALS - max(amounts, default=0.0) - _GAP
        return [
            (
                total,
                text.wrap(total.label, look.strong if total.strong else look.label, room, 3),
            )
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
                self._set.body.leading * len(labels) + (9 if total.strong else 2)
                for total, labels in rows
            )
        )

    def _totals(self) -> None:
        look = self._set
        x = self._right - _TOTALS
        self._y += 12
        for total, labels in self._total_rows():
            height = look.body.leading * len(labels) + 9
            if self._y + height > self._bottom:
                self._next_page(table=False)
            label_style, amount_style = (
                (look.strong, look.strong) if total.strong else (look.label, look.body)
            )
            if total.strong:
                self._sheet.rule(x, self._y + 1.5, self._right, look.strong_rule, 0.6)
                self._y += 5
            self._sheet.text_right(
                self._right, self._y + look.body.size, total.amount, amount_style
            )
            self._y = self._block(x, self._y, [(label, label_style) for label in labels])
            self._y += 4 if total.strong else 2

    def _message(self) -> None:
        self._y += 16
        for line, style in self._closing():
            if self._y + style.leading > self._bottom:
                self._next_page(table=False)
            self._sheet.text(self._left, self._y + style.size, line, style)
            self._y += style.leading
        self._payment()

    def _payment(self) -> None:
        """How to pay, with the square beside it; never torn."""
        document, look = self._document, self._set
        code = _CODE if document.payment_code else 0.0
        room = self._right - self._left - (code + 16 if code else 0.0)
        rows = [(document.payment_title, look.caption)] if document.payment_title else []
        for part in document.payment[:12]:
            rows += [(line, look.body) for line in text.wrap(part, look.body, room, 4)]
        if not rows and not code:
            return
        height = max(code + 10, sum(style.leading for _, style in rows) + 10)
        self._y += 12
        if self._y + height > self._bottom:
            self._next_page(table=False)
        self._sheet.rule(self._left, self._y, self._right, look.rule)
        self._y += 10
        x = self._left
        if code:
            draw_code(self._sheet, x, self._y, code, document.payment_code)
            x += code + 16
        self._y = max(self._block(x, self._y, rows), self._y + code)

    def _closing(self) -> list[tuple[str, Style]]:
        """The customer's notes under their title, then the message."""
        look = self._set
        document, room = self._document, self._right - self._left
        notes = [(line, look.body) for line in text.wrap(document.notes, look.body, room)]
        if notes:
            notes = [(document.notes_title, look.caption), *notes]
        message = [(line, look.label) for line in text.wrap(document.message, look.label, room)]
        return [*notes, *([("", look.body)] if notes and message else []), *message]

    def _next_page(self, *, table: bool) -> None:
        look = self._set
        document = self._document
        self._sheet.new_page()
        level = look.top - 8 + look.caption.size
        right = text.ellipsis(text.clean(document.continued), look.caption, 240)
        name = text.ellipsis(text.clean(document.business_name), look.caption, 240)
        self._sheet.text(self._left, level, name, look.caption)
        self._sheet.text_right(self._right, level, right, look.caption)
        self._y = look.top + 22
        if table:
            self._table_head()

    def _footers(self) -> None:
        document, sheet, look = self._document, self._sheet, self._set
        level = sheet.height - look.foot + 30
        room = self._right - self._left - 90
        own = [text.clean(line) for line in document.look.footer.splitlines()[:2]]
        for page in range(sheet.page_count):
            sheet.page = page
            label = document.page_label.format(page=page + 1, pages=sheet.page_count)
            note = text.ellipsis(text.clean(document.footer), look.caption, room)
            sheet.text(self._left, level, note, look.caption)
            sheet.text_right(self._right, level, label, look.caption)
            for number, line in enumerate(own, 1):
                shown = text.ellipsis(line, look.caption, self._right - self._left)
                sheet.text(self._left, level + number * look.caption.leading, shown, look.caption)
