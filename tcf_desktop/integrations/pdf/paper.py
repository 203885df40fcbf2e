"""Paper for customers: letterhead, addresses, facts, running heads and feet, in three layouts.

A maker of a document calls, from above: ``head``, then ``table``, ``totals``, ``notes``, ``words``,
``payment`` and ``signature`` of :class:`Paper` as it needs them, and ``to_bytes`` at the end. Pages
turn by themselves. ``y`` is where the next block begins, in points from the upper edge.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from tcf_desktop.domain.print_document import PaperFrame, PrintColumn, PrintRow, PrintTotal
from tcf_desktop.integrations.pdf import text
from tcf_desktop.integrations.pdf.images import Picture, prepare
from tcf_desktop.integrations.pdf.kit import Sheet, colour
from tcf_desktop.integrations.pdf.layouts import Layout, layout_of
from tcf_desktop.integrations.pdf.paper_blocks import draw_payment, draw_signature, draw_totals
from tcf_desktop.integrations.pdf.paper_blocks import totals_height as height_of_totals
from tcf_desktop.integrations.pdf.paper_table import draw_table
from tcf_desktop.integrations.pdf.text import Style

_TONES = {"warn": colour("#9A5B00"), "bad": colour("#A61B16"), "ok": colour("#0F6A3F")}
_WHITE, _PALE = colour("#FFFFFF"), colour("#F6DEDC")
_TITLE_ROOM = 210.0


class _Window(NamedTuple):
    """Where a window shows the address: left edge, first line, lines, their leading, and where the
    letterhead must have ended."""

    left: float
    top: float
    lines: int
    leading: float
    head: float


# DIN 5008 form B (for DL and C5/6): the field begins 45 mm below the edge and 20 mm from the left,
# its address zone 62.7 mm below the edge, text 25 mm from the left, six lines in 27.3 mm. US #10: a
# window of 4 1/2 by 1 1/8 inches, 7/8 from the left and 1/2 from the lower edge of 9 1/2 by 4 1/8
# (USPS DMM 601.6.3 and the makers' templates); a letter sheet folded in three can slide by 0.46
# inches up and 1 inch across, so what it always shows is 2.5 to 3.17 inches, from 7/8 to 4.37.
_WINDOWS = {
    "a4": _Window(70.9, 177.7, 6, 12.8, 127.6),
    "letter": _Window(66.0, 181.0, 4, 11.4, 168.0),
}

Lines = list[tuple[str, Style]]


class Paper:
    """A document on its way. ``look`` holds the styles, ``left``, ``right``, ``bottom`` the room.

    Raises ``pdf.bad_logo`` when the logo cannot be read. Any text is printed literally.
    """

    def __init__(self, frame: PaperFrame) -> None:
        self.frame = frame
        self.sheet = Sheet(
            frame.look.paper,
            title=frame.file_title,
            author=frame.business_name,
            subject=" · ".join(filter(None, (frame.title, *frame.bill_to[:1]))),
            language=frame.language,
        )
        self.look: Layout = layout_of(frame.look)
        self.left = self.look.margin
        self.right = self.sheet.width - self.look.margin
        self.bottom = self.sheet.height - self.look.foot
        self.y = self.look.top

    @property
    def room(self) -> float:
        """The width between the margins."""
        return self.right - self.left

    def head(self) -> None:
        """Letterhead, title, addresses, facts and the bar with the amount."""
        self._letterhead()
        if self.frame.look.window:
            self._window_address()
        else:
            self._addresses()
        if self.look.strip:
            self._strip()
        elif self.frame.due_amount:
            self._band()

    def table(
        self, columns: Sequence[PrintColumn], rows: Sequence[PrintRow], keep: float = 0.0
    ) -> None:
        """Rows under a head that repeats on each page; ``keep`` points after the last row stay on
        the page of its end. A row longer than a page goes on on the next."""
        draw_table(self, columns, rows, keep)

    def totals(self, totals: Sequence[PrintTotal]) -> None:
        """Sums at the right."""
        draw_totals(self, totals)

    def totals_height(self, totals: Sequence[PrintTotal]) -> float:
        """What :meth:`totals` takes: the ``keep`` of the table above."""
        return height_of_totals(self, totals)

    def note_lines(self, title: str, string: str) -> Lines:
        """A text under its small title, broken into lines; nothing for no text."""
        lines = [(line, self.look.body) for line in text.wrap(string, self.look.body, self.room)]
        titled = [(text.clean(title), self.look.caption)] if title else []
        return [*titled, *lines] if lines else []

    def notes(self, title: str, string: str) -> None:
        """A text under its small title, over as many pages as it takes."""
        self.lines(self.note_lines(title, string))

    def word_lines(self, string: str) -> Lines:
        """A quiet text, broken into lines."""
        return [(line, self.look.label) for line in text.wrap(string, self.look.label, self.room)]

    def words(self, string: str) -> None:
        """A quiet text, over as many pages as it takes."""
        self.lines(self.word_lines(string))

    def lines(self, lines: Lines) -> None:
        """Lines in their styles, over as many pages as they take."""
        for line, style in lines:
            self.need(style.leading)
            self.sheet.text(self.left, self.y + style.size, line, style)
            self.y += style.leading

    def payment(self, title: str, lines: Sequence[str], code: str = "") -> None:
        """How to pay, with a payment square beside it where there is ``code``; never torn."""
        draw_payment(self, title, lines, code)

    def signature(self, labels: Sequence[str]) -> None:
        """A line to sign on above each label, side by side; never torn."""
        draw_signature(self, labels)

    def gap(self, points: float) -> None:
        """Room between two blocks."""
        self.y += points

    def need(self, height: float) -> None:
        """Go to a further page where so much no longer fits."""
        if self.y + height > self.bottom:
            self.next_page()

    def next_page(self) -> None:
        """A further page with its running head."""
        frame, caption, top = self.frame, self.look.caption, self.look.top
        self.sheet.new_page()
        level = top - 8 + caption.size
        name = text.ellipsis(text.clean(frame.business_name), caption, 240)
        right = text.ellipsis(text.clean(frame.continued), caption, 240)
        self.sheet.text(self.left, level, name, caption)
        self.sheet.text_right(self.right, level, right, caption)
        if self.look.banner:
            self.sheet.box(0, 0, self.sheet.width, 10, self.look.accent, 0)
        self.y = top + 18

    def block(self, x: float, y: float, lines: Lines) -> float:
        """Lines from ``y`` on; returns where they end."""
        for string, style in lines:
            self.sheet.text(x, y + style.size, string, style)
            y += style.leading
        return y

    def to_bytes(self) -> bytes:
        """Write feet and marks, and finish; the paper cannot be used afterwards."""
        frame, sheet, caption = self.frame, self.sheet, self.look.caption
        level = sheet.height - self.look.foot + 30
        note = text.ellipsis(text.clean(frame.footer), caption, self.room - 90)
        own = [
            text.ellipsis(text.clean(line), caption, self.room)
            for line in frame.look.footer.splitlines()[:2]
        ]
        for page in range(sheet.page_count):
            sheet.page = page
            label = frame.page_label.format(page=page + 1, pages=sheet.page_count)
            sheet.text(self.left, level, note, caption)
            sheet.text_right(self.right, level, label, caption)
            for number, line in enumerate(own, 1):
                sheet.text(self.left, level + number * caption.leading, line, caption)
            if frame.watermark:
                sheet.watermark(text.clean(frame.watermark)[:20], _PALE)
        return sheet.to_bytes()

    # the head of the first page

    def _letterhead(self) -> None:
        frame, look = self.frame, self.look
        picture, wide, high = self._logo()
        pad = 5.0 if look.banner and picture else 0.0
        x = self.left + (wide + 2 * pad + 11 if picture else 0.0)
        titles, title_width = self._titles()
        lines = self._sender(self.right - x - title_width - 18)
        height = sum(style.leading for _, style in lines)
        titles_end = look.top + sum(style.leading for _, style in titles)
        end = max(look.top + max(height, high + pad), titles_end)
        if look.banner:
            end = max(look.banner, end + 16)
            self.sheet.box(0, 0, self.sheet.width, end, look.accent, 0)
        elif look.edge:
            self.sheet.box(self.left, look.top - 12, self.room, 3, look.accent, 0)
        if picture:
            if pad:  # on white: a logo is drawn for paper
                self.sheet.box(self.left, look.top - pad, wide + 2 * pad, high + 2 * pad, _WHITE, 4)
            self.sheet.picture(picture, self.left + pad, look.top, wide, high)
        self.block(x, look.top + max(0.0, (high - height) / 2), lines)
        y = look.top
        for string, style in titles:
            self.sheet.text_right(self.right, y + style.size, string, style)
            y += style.leading
        self.y = end + look.gap
        if frame.look.window:
            self.y = min(self.y, _WINDOWS[frame.look.paper].head)

    def _logo(self) -> tuple[Picture | None, float, float]:
        if not self.frame.logo_png:
            return None, 0.0, 0.0
        picture = prepare(self.frame.logo_png)
        scale = min(self.look.logo / picture.height, 150 / picture.width)
        return picture, picture.width * scale, picture.height * scale

    def _titles(self) -> tuple[Lines, float]:
        """Title, number and notice, and the width that they take."""
        frame, look = self.frame, self.look
        number = f"{frame.number_label} {frame.number}".strip() if frame.number else ""
        tone = look.head_ink if look.banner else _TONES[frame.notice_tone]
        title = text.clean(frame.title)
        wide = text.width(title, look.title)
        style = look.title
        if wide > _TITLE_ROOM:  # a long word of another language: smaller rather than cut off
            style = replace(style, size=max(12.0, style.size * _TITLE_ROOM / wide))
        rows = [
            (frame.title, style),
            (number, look.number),
            (frame.notice, Style("bold", 8.5, 13, tone)),
        ]
        shown = [
            (text.ellipsis(text.clean(string), style, _TITLE_ROOM), style)
            for string, style in rows
            if string
        ]
        return shown, max((text.width(string, style) for string, style in shown), default=0.0)

    def _sender(self, room: float) -> Lines:
        """Name, address and the office's own words, within what a window leaves free."""
        frame, look = self.frame, self.look
        caption = replace(look.caption, colour=look.head_muted)
        lines = [(line, look.name) for line in text.wrap(frame.business_name, look.name, room, 3)]
        for contact in (*frame.business_lines, *frame.look.header.splitlines()[:3]):
            lines += [(line, caption) for line in text.wrap(contact, caption, room, 3)]
        if frame.look.window:
            most = _WINDOWS[frame.look.paper].head - look.top
            while len(lines) > 1 and sum(style.leading for _, style in lines) > most:
                lines.pop()
        return lines

    def _addresses(self) -> None:
        frame, facts = self.frame, () if self.look.strip else self.frame.facts
        second = self.left + min(176.0, self.room * 0.35)
        ends = [
            self._address(self.left, frame.bill_to_title, frame.bill_to, strong=True),
            self._address(second, frame.service_at_title, frame.service_place),
            self._facts(facts),
        ]
        self.y = max(ends) + 10

    def _window_address(self) -> None:
        """The address where a window shows it; the rest beside and below."""
        frame, look = self.frame, self.look
        window = _WINDOWS[frame.look.paper]
        style = replace(look.body, leading=window.leading)
        lines = [
            (line, style) for part in frame.bill_to for line in text.wrap(part, style, 220, 2)
        ][: window.lines]
        if frame.look.paper == "a4":  # the zone for the way back is above the address there
            small = replace(look.caption, size=6.5)
            sender = ", ".join((frame.business_name, *frame.business_lines[:1]))
            shown = text.ellipsis(text.clean(sender), small, 220)
            self.sheet.text(window.left, window.top - 6, shown, small)
        end = self.block(window.left, window.top, lines)
        facts_end = end
        if not look.strip:
            self.y = window.top - look.caption.leading
            facts_end = self._facts(frame.facts)
        # The fold and the lower edge of the window are free of other words.
        self.y = max(end, facts_end, window.top + window.lines * window.leading) + 24
        if frame.service_place:
            rows = [(text.clean(frame.service_at_title), look.caption)]
            place = ", ".join(frame.service_place)
            rows += [(line, look.body) for line in text.wrap(place, look.body, self.room, 3)]
            self.y = self.block(self.left, self.y, rows) + 10

    def _address(
        self, x: float, title: str, address: tuple[str, ...], *, strong: bool = False
    ) -> float:
        look = self.look
        if not address:
            return self.y
        lines = [(text.clean(title), look.caption)]
        for index, part in enumerate(address[:8]):
            style = look.strong if strong and index == 0 else look.body
            lines += [(line, style) for line in text.wrap(part, style, 164, 3)]
        return self.block(x, self.y, lines)

    def _facts(self, facts: tuple[tuple[str, str], ...]) -> float:
        look, x = self.look, self.right - 158
        y = self.y + look.caption.leading
        for label, value in facts:
            shown = text.clean(label)
            self.sheet.text(x, y + look.label.size, shown, look.label)
            room = self.right - x - text.width(shown, look.label) - 8
            for line in text.wrap(value, look.strong, room, 3):
                self.sheet.text_right(self.right, y + look.strong.size, line, look.strong)
                y += look.strong.leading
        return y

    def _band(self) -> None:
        look, frame, height = self.look, self.frame, 30.0
        self.sheet.box(self.left, self.y, self.room, height, look.band, 5)
        label, amount = text.clean(frame.due_label), text.clean(frame.due_amount)
        self.sheet.text(self.left + 11, self.y + 18.5, label, look.strong)
        self.sheet.text_right(self.right - 11, self.y + 19.8, amount, look.due)
        self.y += height + 20

    def _strip(self) -> None:
        """Facts and amount side by side between two rules, the label above each."""
        frame, look = self.frame, self.look
        cells = [(text.clean(label), value) for label, value in frame.facts]
        if frame.due_amount:
            cells.append((text.clean(frame.due_label), frame.due_amount))
        if not cells:
            return
        share = self.room / len(cells)
        self.sheet.rule(self.left, self.y, self.right, look.accent, 0.8)
        top = self.y + 6
        ends = [top]
        for number, (label, value) in enumerate(cells):
            style = look.due if frame.due_amount and number == len(cells) - 1 else look.strong
            lines = [(text.ellipsis(label, look.caption, share - 8), look.caption)]
            lines += [(line, style) for line in text.wrap(value, style, share - 8, 3)]
            if number and number == len(cells) - 1:
                ends.append(self._right_block(top, lines))
            else:
                ends.append(self.block(self.left + number * share, top, lines))
        self.y = max(ends) + 4
        self.sheet.rule(self.left, self.y, self.right, look.accent, 0.8)
        self.y += 14

    def _right_block(self, y: float, lines: Lines) -> float:
        for string, style in lines:
            self.sheet.text_right(self.right, y + style.size, string, style)
            y += style.leading
        return y
