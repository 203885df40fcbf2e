"""The lanes of today with hands: a visit is dragged to another time or another crew."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.style import box
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.today import LaneVisit
from tcf_desktop.views.today.lanes import Block, LanesView

_STEP, _FINE = 15, 5
_LAST = 1440 - _STEP
_FIXED = frozenset({"done", "cancelled", "no_show"})
_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0),
           Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a visit would lie; ``crew`` is the name of the lane."""

    visit: LaneVisit
    starts_local: str
    lane: int
    crew_id: int | None
    crew: str
    changes_who: bool


@dataclass(slots=True)
class _Drag:
    block: Block
    lane: int
    press: QPoint
    at: QPoint
    active: bool = False
    fine: bool = False


class DraggableLanes(LanesView):
    """``visitMoved`` gives the :class:`Landing`; Shift and the arrows do it by keyboard."""

    visitMoved = Signal(object)  # Landing

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drag: _Drag | None = None

    # mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        pos = event.position().toPoint()
        number = self._at(pos)
        if number < 0 or event.button() != Qt.MouseButton.LeftButton:
            return
        block = self._blocks[number]
        if block.visit.state not in _FIXED:
            self._drag = _Drag(block, self._lane_at(pos.y()), pos, pos)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        drag = self._drag
        if drag is None:
            super().mouseMoveEvent(event)
            return
        drag.at = event.position().toPoint()
        drag.fine = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        far = (drag.at - drag.press).manhattanLength()
        drag.active = drag.active or far >= max(6, QApplication.startDragDistance())
        if drag.active:
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag, self._drag = self._drag, None
        if drag is None or not drag.active:
            super().mouseReleaseEvent(event)
            return
        drag.at = event.position().toPoint()
        self.update()
        self._emit(self._landing(drag))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._drag is not None:
            self._drag = None
            self.update()
            return
        key = Qt.Key(event.key())
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if shift and key in _ARROWS and self._current >= 0:
            block = self._blocks[self._current]
            if block.visit.state not in _FIXED:
                steps, lanes = _ARROWS[key]
                lane = self._lane_at(block.rect.center().y())
                minute = _minutes(block.visit) + steps * _STEP
                self._emit(self._landed(block, lane, lane + lanes, minute))
            return
        super().keyPressEvent(event)

    # where

    def _lane_at(self, y: int) -> int:
        for number, (top, high) in enumerate(self._tops):
            if y < top + high:
                return number
        return len(self._tops) - 1

    def _landing(self, drag: _Drag) -> Landing:
        step = _FINE if drag.fine else _STEP
        per_pixel = (self._x(60) - self._x(0)) / 60
        moved = (drag.at.x() - drag.press.x()) / max(per_pixel, 0.01)
        minute = round((_minutes(drag.block.visit) + moved) / step) * step
        return self._landed(drag.block, drag.lane, self._lane_at(drag.at.y()), minute)

    def _landed(self, block: Block, was: int, lane: int, minute: int) -> Landing:
        assert self._plan is not None
        lane = max(0, min(len(self._plan.lanes) - 1, lane))
        minute = max(0, min(_LAST, minute))
        there = self._plan.lanes[lane]
        start = f"{block.visit.starts_local[:11]}{minute // 60:02d}:{minute % 60:02d}"
        return Landing(block.visit, start, lane, there.crew_id, there.name, lane != was)

    def _emit(self, landing: Landing) -> None:
        if landing.changes_who or landing.starts_local != landing.visit.starts_local:
            self.visitMoved.emit(landing)

    # drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        drag = self._drag
        if drag is None or not drag.active or self._plan is None:
            return
        landing = self._landing(drag)
        lane = self._plan.lanes[landing.lane]
        top, _high = self._tops[landing.lane]
        start = _minute_of(landing.starts_local)
        left, right = self._x(start), self._x(start + max(20, landing.visit.minutes))
        rect = QRect(left, top + 6, max(26, right - left), drag.block.rect.height())
        end = start + landing.visit.minutes
        busy = any(
            other.id != landing.visit.id
            and other.state not in _FIXED
            and _minutes(other) < end
            and start < _minutes(other) + other.minutes
            for other in lane.visits
        )
        painter = QPainter(self)
        colors = theme()
        edge = colors.color("warn") if busy else colors.crew(lane.color_index).bar
        fill = colors.crew(lane.color_index).fill
        box(painter, rect, fill, edge, width=2)
        words = i18n.joined([
            i18n.time_range(landing.starts_local, landing.visit.minutes), lane.name,
            self.tr("busy then") if busy else "",
        ])  # fmt: skip
        metrics = colors.metrics("caption", 600)
        wide, high = metrics.horizontalAdvance(words) + 20, metrics.height() + 10
        x = max(2, min(rect.x(), self.width() - wide - 2))
        y = rect.y() - high - 4 if rect.y() - high - 4 > 0 else rect.bottom() + 4
        label = QRect(x, y, wide, high)
        box(painter, label, colors.color("snack"), None, radius=6)
        painter.setFont(colors.font("caption", 600))
        painter.setPen(colors.color("snackText"))
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, words)
        painter.end()


def _minute_of(local: str) -> int:
    return int(local[11:13]) * 60 + int(local[14:16])


def _minutes(visit: LaneVisit) -> int:
    return _minute_of(visit.starts_local)
