"""The schedule card's lanes: one row for each crew, a block for each visit, the line of now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from tcf_desktop.base.clock import from_ms
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.style import box, focus_ring
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.today import Day, DayPlan, Lane, LaneVisit

LABEL = 130
AXIS = 30
LANE = 60
SLICE = 40
SMALL = 92
MOST_LANES = 5
FIRST_HOUR, LAST_HOUR = 8, 17
_FLAGS = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


@dataclass(frozen=True, slots=True)
class Block:
    """A visit and where it is drawn."""

    rect: QRect
    visit: LaneVisit
    color: int


class LanesView(QWidget):
    """``visitChosen`` on click or Enter; Left and Right move between the visits."""

    visitChosen = Signal(object)  # id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("today.lanes")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._plan: DayPlan | None = None
        self._day: Day | None = None
        self._currency = "USD"
        self._blocks: list[Block] = []
        self._tops: list[tuple[int, int]] = []
        self._hours = (FIRST_HOUR, LAST_HOUR)
        self._all = False
        self._current = -1
        self._hovered = -1
        theme().changed.connect(self._on_theme_changed)

    def show_plan(self, plan: DayPlan, day: Day, currency: str) -> None:
        """Show a day; the chosen visit stays chosen."""
        kept = self._blocks[self._current].visit.id if self._current >= 0 else None
        self._plan, self._day, self._currency = self._cut(plan), day, currency
        self._place()
        self._current = next(
            (i for i, block in enumerate(self._blocks) if block.visit.id == kept), -1
        )
        self.setAccessibleName(self.tr("Schedule of today by crew"))
        self.setAccessibleDescription("; ".join(self._sentence(b.visit) for b in self._blocks))
        self.updateGeometry()
        self.update()

    def show_all(self) -> None:
        """Lanes beyond the first few too, from now on."""
        self._all = True

    def hidden_lanes(self, plan: DayPlan) -> int:
        """How many lanes of a day are not drawn, so that the queue below stays in sight."""
        most = len(plan.lanes) if self._all or len(plan.lanes) <= MOST_LANES + 1 else MOST_LANES
        return len(plan.lanes) - most

    def _cut(self, plan: DayPlan) -> DayPlan:
        hidden = self.hidden_lanes(plan)
        return replace(plan, lanes=plan.lanes[: len(plan.lanes) - hidden]) if hidden else plan

    def blocks(self) -> list[Block]:
        """What is drawn, for tests and for keyboard order."""
        return self._blocks

    # measures

    def sizeHint(self) -> QSize:
        return QSize(640, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(420, self._height())

    def resizeEvent(self, event: QEvent) -> None:
        self._place()

    def _height(self) -> int:
        return (sum(self._tops[-1]) if self._tops else self._axis() + LANE) + 1

    def _place(self) -> None:
        """Rectangles of all blocks; visits of a lane that overlap share its height."""
        self._blocks, self._tops = [], []
        if self._plan is None:
            return
        self._hours = _hours(self._plan)
        top = self._axis()
        for lane in self._plan.lanes:
            rows = _slices(lane)
            count = max((row for row, _ in rows), default=0) + 1
            unit = self._unit()
            high = unit if count == 1 else count * round(unit * SLICE / LANE) + 12
            self._tops.append((top, high))
            each = (high - 12) // count
            for row, visit in rows:
                left = self._x(_minutes(visit.starts_local))
                right = self._x(_minutes(visit.starts_local) + max(20, visit.minutes))
                rect = QRect(left, top + 6 + row * each, max(26, right - left), each - (count > 1))
                self._blocks.append(Block(rect, visit, lane.color_index))
            top += high

    def _axis(self) -> int:
        return max(AXIS, theme().line_height("caption") + 15)

    def _unit(self) -> int:
        lines = theme().line_height() + theme().line_height("caption")
        return max(LANE, lines + 29)

    def _x(self, minutes: int) -> int:
        first, last = self._hours
        span = max(60, (last - first) * 60)
        wide = self.width() - self._label() - theme().scaled(20)
        return self._label() + round((minutes - first * 60) * wide / span)

    def _label(self) -> int:
        return round(LABEL * max(1.0, theme().text_scale / 115))

    # drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_grid(painter)
        if self._plan is not None:
            for lane, (top, high) in zip(self._plan.lanes, self._tops, strict=True):
                self._paint_label(painter, lane, top, high)
        self._paint_now(painter)
        for number, block in enumerate(self._blocks):
            self._paint_block(painter, block, number)
        painter.end()

    def _paint_grid(self, painter: QPainter) -> None:
        colors = theme()
        line = colors.color("line")
        bottom = self.height() - 1
        axis, half = self._axis(), colors.scaled(40)
        painter.setFont(colors.font("caption", 500))
        first, last = self._hours
        step = 1 if (self.width() - self._label()) / max(1, last - first) > colors.scaled(52) else 2
        now = self._now_minutes()
        for hour in range(first, last + 1):
            x = self._x(hour * 60)
            painter.fillRect(x, axis, 1, bottom - axis, line)
            covered = now is not None and abs(self._x(now) - x) < colors.scaled(44)
            if (hour - first) % step == 0 and not covered:
                painter.setPen(colors.color("text2"))
                where = QRect(x - half, 0, 2 * half, axis - 6)
                painter.drawText(where, Qt.AlignmentFlag.AlignCenter, i18n.hour_label(hour))
        for top, _ in self._tops:
            painter.fillRect(0, top, self.width(), 1, line)

    def _paint_label(self, painter: QPainter, lane: Lane, top: int, high: int) -> None:
        colors = theme()
        bar = colors.crew(lane.color_index).bar
        box(painter, QRectF(0, top + 11, 4, high - 21), bar, None, radius=2)
        room = self._label() - 24
        name = lane.name or self.tr("No crew")
        title, below = colors.line_height(), colors.line_height("caption")
        people = ", ".join(lane.people)
        start = top + (high - title - (below if people else 0)) // 2
        for text, style, weight, token, y, line in (
            (name, "body", 600, "text", start, title),
            (people, "caption", 400, "text2", start + title, below),
        ):
            painter.setFont(colors.font(style, weight))
            painter.setPen(colors.color(token))
            shown = colors.metrics(style, weight).elidedText(
                text, Qt.TextElideMode.ElideRight, room
            )
            painter.drawText(QRect(12, y, room, line), _FLAGS, shown)

    def _now_minutes(self) -> int | None:
        if self._day is None:
            return None
        now = from_ms(self._day.now_at, self._day.zone)
        minutes = now.hour * 60 + now.minute
        first, last = self._hours
        return minutes if first * 60 <= minutes <= last * 60 else None

    def _paint_now(self, painter: QPainter) -> None:
        minutes = self._now_minutes()
        if minutes is None or self._day is None:
            return
        colors = theme()
        x = self._x(minutes)
        pen = QPen(colors.color("now"), 2)
        pen.setDashPattern([3, 1.5])
        painter.setPen(pen)
        painter.drawLine(x, self._axis() - 4, x, self.height() - 1)
        text = i18n.short_time(from_ms(self._day.now_at, self._day.zone))
        wide = colors.metrics("caption", 600).horizontalAdvance(text) + 16
        high = colors.line_height("caption") + 4
        pill = QRect(x - wide // 2, (self._axis() - 6 - high) // 2, wide, high)
        box(painter, pill, colors.color("now"), None, radius=high / 2)
        painter.setFont(colors.font("caption", 600))
        painter.setPen(colors.color("onNow"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_block(self, painter: QPainter, block: Block, number: int) -> None:
        colors = theme()
        visit, rect = block.visit, block.rect
        crew = colors.crew(block.color)
        state = self._state(visit)
        over = state == "done"
        fill = colors.color("sunken") if over else crew.fill
        held = visit.state == "tentative" or visit.kind == "estimate"
        if held and not over:
            box(painter, rect, colors.color("surface"), None)
            pen = QPen(crew.bar, 1)
            pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        else:
            box(painter, rect, fill, None)
        bar = crew.faded if over else crew.bar
        box(painter, QRectF(rect.x(), rect.y(), 4, rect.height()), bar, None, radius=2)
        if state == "late":
            box(painter, rect, None, colors.color("warn"), width=1.6)
        if number == self._current and self.hasFocus():
            focus_ring(painter, rect)
        elif number == self._hovered:
            box(painter, rect, None, crew.bar)
        self._paint_words(painter, rect, visit, state)

    def _paint_words(self, painter: QPainter, rect: QRect, visit: LaneVisit, state: str) -> None:
        colors = theme()
        small = rect.width() < theme().scaled(SMALL)
        icon = {"done": "check-circle", "running": "play-circle"}.get(state, "")
        left = rect.x() + 12
        title, below = colors.line_height(), colors.line_height("caption")
        two = rect.height() >= title + below
        top = rect.y() + (rect.height() - title - (below if two else 0)) // 2
        if icon and not small:
            token = "ok" if state == "done" else "info"
            size = colors.scaled(14)
            glyph = colors.pixmap(icon, token, size, self.devicePixelRatioF())
            painter.drawPixmap(left, top + (title - size) // 2, glyph)
            head = left + size + 5
        else:
            head = left
        right = rect.right() - 5
        over = state == "done"
        lines = [(visit.name, "body", 500 if over else 600, "text2" if over else "text", head, top)]
        if two:
            lines.append((self._second(visit, state, small=small), "caption", 400,
                          "text2", left, top + title))  # fmt: skip
        for text, style, weight, token, x, y in lines:
            room = right - x
            if room < 14:
                continue
            painter.setFont(colors.font(style, weight))
            painter.setPen(colors.color(token))
            metrics = colors.metrics(style, weight)
            shown = _fit(text, metrics.horizontalAdvance, room) if y == top else text
            shown = metrics.elidedText(shown, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(x, y, room, metrics.height()), _FLAGS, shown)

    def _second(self, visit: LaneVisit, state: str, *, small: bool) -> str:
        words = {"done": self.tr("Done"), "late": self.tr("Late"), "running": self.tr("There")}
        price = i18n.short_money(visit.total_cents, self._currency) if visit.total_cents else ""
        if small:
            return words.get(state) or price or visit.title
        if state == "late":
            return i18n.joined([words["late"], price])
        title = "" if visit.title == visit.name else visit.title
        return i18n.joined([price, title]) or words.get(state, "")

    def _state(self, visit: LaneVisit) -> str:
        if visit.state in {"done", "no_show"}:
            return "done"
        if visit.state == "arrived":
            return "running"
        if self._day is not None and visit.due_at < self._day.now_at:
            return "late"
        return "planned"

    def _sentence(self, visit: LaneVisit) -> str:
        words = {"done": self.tr("done"), "late": self.tr("late"), "running": self.tr("there now")}
        when = i18n.time_range(visit.starts_local, visit.minutes)
        price = i18n.money(visit.total_cents, self._currency) if visit.total_cents else ""
        parts = [when, visit.name, visit.title, price, words.get(self._state(visit), "")]
        return ", ".join(part for part in parts if part)

    # mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position().toPoint())
        if number >= 0:
            self._current = number
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position().toPoint())
        if number >= 0 and number == self._current:
            self.visitChosen.emit(self._blocks[number].visit.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position().toPoint())
        if number != self._hovered:
            self._hovered = number
            hand = Qt.CursorShape.PointingHandCursor if number >= 0 else Qt.CursorShape.ArrowCursor
            self.setCursor(hand)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = -1
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if key in steps and self._blocks:
            start = self._current if self._current >= 0 else min(0, -steps[key])
            self._current = (start + steps[key]) % len(self._blocks)
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current >= 0:
            self.visitChosen.emit(self._blocks[self._current].visit.id)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = self._at(event.pos())
            if number >= 0:
                from html import escape

                words = escape(self._sentence(self._blocks[number].visit))
                QToolTip.showText(event.globalPos(), f"<span>{words}</span>", self)
                return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        keys = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason,
                Qt.FocusReason.ShortcutFocusReason)  # fmt: skip
        if self._current < 0 and self._blocks and event.reason() in keys:
            self._current = 0
        self.update()

    def focusOutEvent(self, event: QEvent) -> None:
        self.update()

    def _at(self, point: QPoint) -> int:
        return next((i for i, b in enumerate(self._blocks) if b.rect.contains(point)), -1)

    def _on_theme_changed(self) -> None:
        self._place()
        self.updateGeometry()
        self.update()


def _minutes(starts_local: str) -> int:
    return int(starts_local[11:13]) * 60 + int(starts_local[14:16])


def _hours(plan: DayPlan) -> tuple[int, int]:
    first, last = FIRST_HOUR, LAST_HOUR
    for lane in plan.lanes:
        for visit in lane.visits:
            start = _minutes(visit.starts_local)
            first = min(first, start // 60)
            last = max(last, min(24, -(-(start + visit.minutes) // 60)))
    return first, last


def _slices(lane: Lane) -> list[tuple[int, LaneVisit]]:
    """The row of each visit inside its lane: the first that is free."""
    ends: list[int] = []
    placed = []
    for visit in lane.visits:
        row = next((i for i, end in enumerate(ends) if end <= visit.starts_at), len(ends))
        if row == len(ends):
            ends.append(visit.ends_at)
        else:
            ends[row] = visit.ends_at
        placed.append((row, visit))
    return placed


def _fit(name: str, width: Callable[[str], int], room: int) -> str:
    """A name shortened to its family name where the whole does not fit."""
    if width(name) <= room:
        return name
    short = name.partition(",")[0]
    return short if width(short) <= room else name
