"""The blocks of the detail pane: facts, places, numbers, note, timeline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tcf_desktop.domain.contacts import ContactDraft, Place
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.style import box, focus_ring
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.contact_detail import ContactDetail, PlaceTax, TimelineRow
from tcf_desktop.views.common import Card, DataLabel, IconLabel, LinkButton, hairline

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactDetail", text)


class FactsStrip(Card):
    """Owes, to invoice, paid in twelve months, last and next visit, in one line."""

    def __init__(self, detail: ContactDetail, ctx: ViewContext) -> None:
        super().__init__(margin=0, object_name="contacts.facts")
        self.body.setContentsMargins(0, 10, 0, 10)
        currency, today = ctx.currency(), ctx.today()
        owes = i18n.money(detail.owes_cents, currency) if detail.owes_cents else _tr("Nothing")
        to_invoice = _tr("Nothing")
        if detail.to_invoice_cents:
            to_invoice = i18n.money(detail.to_invoice_cents, currency)
        self._cells = [
            _Fact(name, value, token)
            for name, value, token in (
                (_tr("Owes"), owes, "bad" if detail.overdue else "text"),
                (_tr("To invoice"), to_invoice, "info" if detail.to_invoice_cents else "text"),
                (_tr("Paid in 12 months"), i18n.money(detail.paid_year_cents, currency), "text"),
                (_tr("Last visit"), _visit_text(detail.last_visit, today), "text"),
                (_tr("Next visit"), _visit_text(detail.next_visit, today), "text"),
            )
        ]
        self._grid = QGridLayout()
        self._grid.setSpacing(0)
        self._grid.setVerticalSpacing(10)
        self._columns = 0
        self.body.addLayout(self._grid)
        self._arrange(len(self._cells))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = event.size().width()
        for columns in (5, 3, 2, 1):
            rows = [self._cells[n : n + columns] for n in range(0, len(self._cells), columns)]
            if max(sum(cell.sizeHint().width() for cell in row) for row in rows) <= width:
                break
        self._arrange(columns)

    def _arrange(self, columns: int) -> None:
        """So many facts in a row, each with the share of the width that its text needs."""
        if columns == self._columns:
            return
        self._columns = columns
        for column in range(len(self._cells)):
            self._grid.setColumnStretch(column, 0)
        for number, cell in enumerate(self._cells):
            column = number % columns
            cell.set_line(shown=column > 0)
            self._grid.addWidget(cell, number // columns, column)
            wide = max(self._grid.columnStretch(column), cell.sizeHint().width())
            self._grid.setColumnStretch(column, wide)


class _Fact(QWidget):
    """A caption and its value, with a line at the left."""

    def __init__(self, name: str, value: str, token: str) -> None:
        super().__init__()
        self._line = hairline(vertical=True)
        words = QVBoxLayout()
        words.setContentsMargins(16, 0, 12, 0)
        words.setSpacing(2)
        words.addWidget(DataLabel(name, "caption", "text2"))
        words.addWidget(DataLabel(value, "body", token, weight=600))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._line)
        row.addLayout(words, 1)

    def set_line(self, *, shown: bool) -> None:
        """The first of a row has none."""
        self._line.setVisible(shown)


def _visit_text(visit: object, today: str) -> str:
    local, minutes = getattr(visit, "starts_local", ""), getattr(visit, "minutes", 0)
    if not local:
        return i18n.DASH
    day = i18n.near_day(local, today)
    if local[:10] != today:
        return day
    return f"{day}, {i18n.time_range(local, minutes)}"


class PlaceCard(Card):
    """A location: its name, address, how to get in, its tax."""

    def __init__(
        self, place: Place, tax: PlaceTax | None, *, commercial: bool, home: str = ""
    ) -> None:
        super().__init__()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel("buildings" if commercial else "house", "text2", 16))
        name = _capital(place.name) or _tr("Location")
        head.addWidget(DataLabel(name, "body", weight=600), 1)
        if place.is_billing:
            head.addWidget(DataLabel(_tr("Bills go here"), "caption", "text2"))
        elif tax is not None and tax.rate_ppm:
            text = _tr("Tax {rate}").format(rate=i18n.rate(tax.rate_ppm))
            head.addWidget(DataLabel(text, "caption", "text2"))
        self.body.setSpacing(6)
        self.body.addLayout(head)
        self.body.addWidget(DataLabel(address_line(place, home), "body", "text2", wrap=True))
        if place.access_note:
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(IconLabel("lock-key", "warn", 16), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(DataLabel(place.access_note[:600], wrap=True), 1)
            self.body.addLayout(row)
        self.body.addStretch(1)


def address_line(place: Place, home: str = "") -> str:
    """``2416 S Prairie Ave, Sioux Falls, SD 57105``, with the country when it is another one."""
    town = " ".join(part for part in (place.region, place.postal_code) if part)
    parts = (
        place.street,
        place.street2,
        place.city,
        town,
        "" if place.country == home else place.country,
    )
    return ", ".join(part for part in parts if part)[:600]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _strut(card: Card) -> None:
    """Make a heading without a link as high as one with a link beside it."""
    card.header.addStretch(1)
    prop = QWidget()
    prop.setFixedSize(1, max(24, theme().line_height() + 8))
    card.header.addWidget(prop)


class PlacesGrid(QWidget):
    """The locations, two in a row."""

    def __init__(self, detail: ContactDetail) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(12)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        commercial = detail.draft.segment == "commercial"
        for number, place in enumerate(detail.draft.places):
            tax = detail.taxes.get(place.tax_id or 0)
            card = PlaceCard(place, tax, commercial=commercial, home=detail.home_country)
            grid.addWidget(card, number // 2, number % 2)


class ReachCard(Card):
    """Numbers and mail addresses."""

    def __init__(self, draft: ContactDraft) -> None:
        super().__init__(_tr("Phone and e-mail"), object_name="contacts.reach")
        entries = [("phone", phone.number, phone.label) for phone in draft.phones]
        entries += [("envelope-simple", mail.address, mail.label) for mail in draft.emails]
        _strut(self)
        for icon, text, label in entries[:12]:
            row = QHBoxLayout()
            row.setSpacing(10)
            row.addWidget(IconLabel(icon, "text2", 16), 0, Qt.AlignmentFlag.AlignTop)
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(DataLabel(text[:300]))
            if label:
                words.addWidget(DataLabel(_capital(label[:60]), "caption", "text2"))
            row.addLayout(words, 1)
            self.body.addLayout(row)
        if not entries:
            self.body.addWidget(DataLabel(_tr("No phone or e-mail yet."), color="text2"))
        self.body.addStretch(1)


class NoteCard(Card):
    """The office's note."""

    editRequested = Signal()

    def __init__(self, note: str) -> None:
        super().__init__(_tr("Note"), object_name="contacts.note")
        link = LinkButton(_tr("Edit") if note else _tr("Add note"))
        link.clicked.connect(self.editRequested)
        self.header.addStretch(1)
        self.header.addWidget(link)
        text = note if len(note) <= 1200 else note[:1199] + "…"
        if note:
            self.body.addWidget(DataLabel(text, wrap=True))
        else:
            self.body.addWidget(DataLabel(_tr("Nothing noted."), color="text2"))
        self.body.addStretch(1)


class TimelineCard(Card):
    """Visits, invoices and payments, newest first. ``opened`` gives kind and id."""

    opened = Signal(str, int)

    def __init__(self, rows: Sequence[TimelineRow], ctx: ViewContext) -> None:
        super().__init__(_tr("Timeline"), object_name="contacts.timeline")
        self.body.setSpacing(0)
        self.body.setContentsMargins(16, 12, 16, 8)
        if not rows:
            self.body.addSpacing(8)
            text = _tr("Nothing has happened yet. Visits, invoices and payments will stand here.")
            self.body.addWidget(DataLabel(text, color="text2", wrap=True))
            self.body.addSpacing(6)
        for number, row in enumerate(rows):
            if number:
                self.body.addWidget(hairline())
            line = _TimelineLine(row, ctx.currency(), ctx.today())
            line.chosen.connect(self.opened)
            self.body.addWidget(line)


_VISIT_ICONS = {
    "done": ("check-circle", "ok"),
    "cancelled": ("x-circle", "text2"),
    "no_show": ("x-circle", "warn"),
}


class _TimelineLine(QWidget):
    chosen = Signal(str, int)

    def __init__(self, row: TimelineRow, currency: str, today: str) -> None:
        super().__init__()
        self._row = row
        self._icon, self._token = _icon_of(row)
        self._title, self._sub = words_of(row, today)
        self._amount = i18n.money(row.amount_cents, currency) if row.amount_cents else ""
        self._day = i18n.near_day(row.on, today) if row.on else _tr("Draft")
        self._opens = row.kind in {"visit", "invoice"}
        name = i18n.joined([self._title, self._sub, self._amount, self._day], ", ")
        self.setAccessibleName(name)
        self.setObjectName(f"contacts.timeline.{row.kind}.{row.id}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if self._opens:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(320, theme().row_height(2))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, theme().row_height(2))

    def enterEvent(self, event: object) -> None:
        self.update()

    def leaveEvent(self, event: object) -> None:
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._opens and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self._row.kind, self._row.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._opens and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self._row.kind, self._row.id)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        rect = self.rect()
        if self._opens and self.underMouse():
            box(painter, rect.adjusted(-6, 1, 6, -1), colors.color("hover"), None, radius=6)
        glyph = colors.pixmap(self._icon, self._token, 18, self.devicePixelRatioF())
        painter.drawPixmap(0, (rect.height() - 18) // 2, glyph)
        figures, days = colors.metrics("body", 600), colors.metrics("caption")
        day_room = max(days.horizontalAdvance("Yesterday"), days.horizontalAdvance(self._day)) + 8
        amount_room = figures.horizontalAdvance(self._amount) + 12 if self._amount else 0
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.setFont(colors.font("caption"))
        painter.setPen(colors.color("text2"))
        painter.drawText(rect, int(middle | Qt.TextFlag.TextSingleLine), self._day)
        painter.setFont(colors.font("body", 600))
        painter.setPen(colors.color("text"))
        painter.drawText(
            rect.adjusted(0, 0, -day_room, 0),
            int(middle | Qt.TextFlag.TextSingleLine),
            self._amount,
        )
        room = rect.width() - 28 - day_room - amount_room
        heights = colors.line_height(), colors.line_height("caption") if self._sub else 0
        top = (rect.height() - sum(heights)) // 2
        for text, style, weight, token, down in (
            (self._title, "body", 500, "text", 0),
            (self._sub, "caption", 400, "text2", heights[0]),
        ):
            metrics = colors.metrics(style, weight)
            line = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.setFont(colors.font(style, weight))
            painter.setPen(colors.color(token))
            painter.drawText(28, top + down + metrics.ascent(), line)
        if self.hasFocus():
            focus_ring(painter, rect.adjusted(-4, 1, 4, -1), radius=6)
        painter.end()


def _icon_of(row: TimelineRow) -> tuple[str, str]:
    if row.kind == "visit":
        return _VISIT_ICONS.get(row.state, ("calendar-blank", "text2"))
    if row.kind == "payment":
        return "money", "ok"
    return "receipt", "text2"


def words_of(row: TimelineRow, today: str) -> tuple[str, str]:
    """The two lines of a timeline row."""
    if row.kind == "visit":
        return _visit_words(row)
    if row.kind == "payment":
        methods = {
            "check": _tr("Check"),
            "cash": _tr("Cash"),
            "card": _tr("Card"),
            "transfer": _tr("Transfer"),
        }
        method = methods.get(row.about, row.about.capitalize())
        what = f"{method} {row.more}".strip()
        return _tr("{what} received").format(what=what), ""
    templates = {
        "paid": _tr("Invoice {number}, paid in full"),
        "part_paid": _tr("Invoice {number}, paid in part"),
        "void": _tr("Invoice {number}, void"),
        "credited": _tr("Invoice {number}, credited"),
    }
    if row.state == "draft":
        return _tr("Invoice draft"), _tr("No number yet")
    template = templates.get(row.state, _tr("Invoice {number} issued"))
    due = i18n.near_day(row.more, today)
    sub = _tr("Due {day}").format(day=due) if due and row.state in {"issued", "part_paid"} else ""
    return template.format(number=row.about), sub


def _visit_words(row: TimelineRow) -> tuple[str, str]:
    title = _capital(row.title) or _tr("Visit")
    if row.state == "done" and row.about:
        title = _tr("{what}, done by {crew}").format(what=title, crew=row.about)
    elif row.state == "cancelled":
        title = _tr("{what}, cancelled").format(what=title)
    elif row.state == "no_show":
        title = _tr("{what}, nobody was there").format(what=title)
    return title, i18n.joined([row.more, i18n.time_range(row.starts_local, row.minutes)])
