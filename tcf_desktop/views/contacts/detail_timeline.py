"""What happened with a contact, in the detail pane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.style import box, focus_ring
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.contact_detail import TimelineRow, timeline
from tcf_desktop.views.common import DataLabel, hairline
from tcf_desktop.views.contacts.detail_card import DetailCard, clear
from tcf_desktop.views.contacts.detail_places import capital
from tcf_desktop.views.context import Target

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.queries.contact_detail import ContactDetail
    from tcf_desktop.views.context import ViewContext


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactDetail", text)


class TimelineCard(DetailCard):
    """Visits, invoices and payments, newest first."""

    tables = ("appointments", "invoices", "payments")

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__(ctx, _tr("Timeline"), object_name="contacts.timeline")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)

    @staticmethod
    def load(r: Reader, contact_id: int, now_ms: int, _today: str, /) -> Any:
        return timeline(r, contact_id, now_ms)

    def show_contact(self, detail: ContactDetail, facts: Any) -> None:
        clear(self._rows)
        if not facts:
            text = _tr("Nothing has happened yet. Visits, invoices and payments will stand here.")
            self._rows.addWidget(DataLabel(text, color="text2", wrap=True))
        for number, row in enumerate(facts):
            if number:
                self._rows.addWidget(hairline())
            line = _TimelineLine(row, self.ctx.currency(), self.ctx.today())
            line.chosen.connect(self._on_line_chosen)
            self._rows.addWidget(line)

    def _on_line_chosen(self, kind: str, row_id: int) -> None:
        if kind == "invoice":
            self.ctx.navigate(Target("billing", "invoice", row_id))
        else:
            self.ctx.navigate(Target("schedule", "appointment", row_id))


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
    title = capital(row.title) or _tr("Visit")
    if row.state == "done" and row.about:
        title = _tr("{what}, done by {crew}").format(what=title, crew=row.about)
    elif row.state == "cancelled":
        title = _tr("{what}, cancelled").format(what=title)
    elif row.state == "no_show":
        title = _tr("{what}, nobody was there").format(what=title)
    return title, i18n.joined([row.more, i18n.time_range(row.starts_local, row.minutes)])
