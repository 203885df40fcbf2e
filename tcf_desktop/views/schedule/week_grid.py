"""The week (or day) by hours: a painted grid with blocks to select, drag and change."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from tcf_desktop.services.queries.schedule import AppointmentBlock
from tcf_desktop.views.schedule import view_keys, week_keys
from tcf_desktop.views.schedule.board import BoardGeometry
from tcf_desktop.views.schedule.day_drag import DayDrag, DayDragKind
from tcf_desktop.views.schedule.geometry import CURSOR_MINUTES, Lane, Spot, local_at
from tcf_desktop.views.schedule.grid_view import GridView
from tcf_desktop.views.schedule.surface import Wish
from tcf_desktop.views.schedule.week_drag import EDGE, Drag, DragKind, Landing

_SCROLL_MARGIN = 28
_TURN_MS = 600


class WeekGrid(GridView):
    """The grid with mouse and keyboard; wishes go out as signals, nothing is changed here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scroller = QTimer(self)
        self._scroller.setInterval(30)
        self._scroller.timeout.connect(self._on_scroller_timeout)
        self._turner = QTimer(self)
        self._turner.setInterval(_TURN_MS)
        self._turner.timeout.connect(self._on_turner_timeout)

    # mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self.geometry_ is None:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        pos = event.position().toPoint()
        block = self.block_at(pos)
        if block is not None:
            self.select(block.id)
            if block.all_day and not block.invoiced and not self.geometry_.by_crew:
                day = self.geometry_.scene.week.days[self.geometry_.day_at(pos.x())]
                self._bar_drag = DayDrag(self._bar_kind(block, pos), pos, day, block)
            elif not block.all_day and not block.invoiced:
                self._drag = Drag(self._edge_kind(block, pos), pos, self.offset, block)
                self._drag.grab(self.geometry_)
            return
        self.select(None)
        g = self.geometry_
        if pos.y() >= g.header_height and pos.x() >= g.gutter:
            minute = int(g.minute_at(pos.y(), self.offset) // CURSOR_MINUTES) * CURSOR_MINUTES
            lane = g.lane_at(pos.x(), pos.y(), self.offset)
            self._show_cursor(Spot(g.day_at(pos.x()), min(minute, 1410), lane))
            if not g.by_crew:
                self._drag = Drag(DragKind.CREATE, pos, self.offset)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        pos = event.position().toPoint()
        drag = self._drag or self._bar_drag
        if drag is None:
            self._set_hover(pos)
            return
        far = (pos - drag.press).manhattanLength() >= max(6, QApplication.startDragDistance())
        if not drag.active and far:
            drag.active = True
            self._scroller.start()
        if drag.active:
            self._drag_to(pos, event.modifiers())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag, self._drag = self._drag, None
        bar_drag, self._bar_drag = self._bar_drag, None
        self._stop_timers()
        g = self.geometry_
        if g is None:
            return
        self._drag_ended()
        copy = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if bar_drag is not None and bar_drag.active:
            day = g.scene.week.days[g.day_at(event.position().toPoint().x())]
            view_keys.wish_days(self, bar_drag, day, copy=copy)
        if drag is None or not drag.active:
            return
        drag.at = event.position().toPoint()
        drag.copy = copy
        self._wish(drag, drag.landing(g, self.offset))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        pos, g = event.position().toPoint(), self.geometry_
        if g is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._drag = self._bar_drag = None
        block = self.block_at(pos)
        if block is not None:
            self.chosen.emit(block.id)
        elif pos.y() < g.title_height and pos.x() >= g.gutter:
            self.dayRequested.emit(g.scene.week.days[g.day_at(pos.x())])
        elif pos.y() >= g.header_height and pos.x() >= g.gutter:
            self.create_at_cursor()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not view_keys.wheel_zoom(self, event):
            super().wheelEvent(event)

    def create_at_cursor(self, minutes: int = 60) -> None:
        g, spot = self.geometry_, self.cursor_spot
        if g is None:
            return
        if spot is None:
            spot = week_keys.first_cursor(g)
        lane = g.scene.lane_at(spot.lane)
        minute = g.free_minute(spot) if isinstance(g, BoardGeometry) else spot.minute
        start = local_at(g.scene.week.days[spot.day], minute)
        self.wished.emit(_created(start, minutes, lane))

    def cancel_drag(self) -> bool:
        if self._drag is None and self._bar_drag is None:
            return False
        self._drag = self._bar_drag = None
        self._stop_timers()
        self._drag_ended()
        return True

    def _bar_kind(self, block: AppointmentBlock, pos: QPoint) -> DayDragKind:
        rect = self.block_rect(block.id)
        if rect.width() >= 4 * EDGE and pos.x() > rect.right() - EDGE:
            return DayDragKind.LAST
        if rect.width() >= 4 * EDGE and pos.x() < rect.left() + EDGE:
            return DayDragKind.FIRST
        return DayDragKind.MOVE

    def _edge_kind(self, block: AppointmentBlock, pos: QPoint) -> DragKind:
        g = self.geometry_
        assert g is not None
        rects = [g.box_rect(b, self.offset) for b in g.boxes if b.id == block.id]
        rect = next((r for r in rects if r.contains(pos)), QRect())
        if rect.height() >= 3 * EDGE and not g.by_crew:
            if rect == rects[-1] and pos.y() > rect.bottom() - EDGE:
                return DragKind.RESIZE_END
            if rect == rects[0] and pos.y() < rect.top() + EDGE:
                return DragKind.RESIZE_START
        return DragKind.MOVE

    def _set_hover(self, pos: QPoint) -> None:
        block = self.block_at(pos)
        shape = Qt.CursorShape.ArrowCursor
        if block is not None and not block.all_day and not block.invoiced:
            kind = self._edge_kind(block, pos)
            if kind is not DragKind.MOVE:
                shape = Qt.CursorShape.SizeVerCursor
        elif (
            block is not None
            and not block.invoiced
            and self._bar_kind(block, pos) is not DayDragKind.MOVE
        ):
            shape = Qt.CursorShape.SizeHorCursor
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)

    def _drag_to(self, pos: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        drag, g = self._drag or self._bar_drag, self.geometry_
        if drag is None or g is None:
            return
        drag.at = pos
        if isinstance(drag, Drag):
            drag.fine = bool(modifiers & Qt.KeyboardModifier.AltModifier)
        carries = drag.kind in (DragKind.MOVE, DayDragKind.MOVE)
        if carries and self._turn_at(pos):
            if not self._turner.isActive():
                self._turner.start()
        else:
            self._turner.stop()
        self._drag_moved()

    def _turn_at(self, pos: QPoint) -> int:
        """The page turn that a place asks for: the edges of the grid, the arrows above it."""
        g = self.geometry_
        assert g is not None
        if 0 <= pos.y() <= g.height and pos.x() < g.gutter // 2:
            return -1
        if 0 <= pos.y() <= g.height and pos.x() > g.width - 8:
            return 1
        return self.turn_under(self.viewport().mapToGlobal(pos))

    def _wish(self, drag: Drag, landing: Landing) -> None:
        g = self.geometry_
        assert g is not None
        start = local_at(g.scene.week.days[landing.spot.day], landing.spot.minute)
        lane = landing.lane
        if drag.kind is DragKind.CREATE or drag.block is None:
            self.wished.emit(_created(start, landing.minutes, lane))
            return
        kind = "resize"
        if drag.kind is DragKind.MOVE:
            kind = "copy" if drag.copy else "move"
        block = drag.block
        same = start == block.starts_local and landing.minutes == block.minutes
        if same and not landing.changes_who and kind != "copy":
            return
        self.wished.emit(
            Wish(
                kind,
                block.id,
                start,
                landing.minutes,
                lane.crew_id if lane is not None else None,
                landing.changes_who,
                block.name,
                block.starts_local,
                lane.worker_id if lane is not None else None,
                block.series_id,
            )
        )

    def _on_scroller_timeout(self) -> None:
        drag, g = self._drag, self.geometry_
        if drag is None or g is None or not drag.active:
            self._scroller.stop()
            return
        y = drag.at.y()
        if y < g.header_height + _SCROLL_MARGIN:
            step = -(g.header_height + _SCROLL_MARGIN - y) // 2 - 1
        elif y > g.height - _SCROLL_MARGIN:
            step = (y - g.height + _SCROLL_MARGIN) // 2 + 1
        else:
            return
        self.verticalScrollBar().setValue(self.offset + max(-24, min(24, step)))

    def _on_turner_timeout(self) -> None:
        drag, g = self._drag or self._bar_drag, self.geometry_
        by = self._turn_at(drag.at) if drag is not None and g is not None else 0
        if not by:
            self._turner.stop()
            return
        self.turnRequested.emit(by)

    def _stop_timers(self) -> None:
        self._scroller.stop()
        self._turner.stop()

    # keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.cancel_drag():
            return
        if not view_keys.handle(self, event):
            super().keyPressEvent(event)

    def arrow(self, days: int, steps: int, modifiers: Qt.KeyboardModifier) -> bool:
        return week_keys.arrow(self, days, steps, modifiers)

    def focusNextPrevChild(self, forward: bool) -> bool:
        if week_keys.step(self, 1 if forward else -1):
            return True
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._selected is None and self.cursor_spot is None and self.geometry_ is not None:
            self.cursor_spot = week_keys.first_cursor(self.geometry_)
        self.viewport().update()


def _created(start: str, minutes: int, lane: Lane | None) -> Wish:
    crew = lane.crew_id if lane is not None else None
    worker = lane.worker_id if lane is not None else None
    return Wish("create", None, start, minutes, crew, worker_id=worker)
