"""The week (or day) by hours: a painted grid with blocks to select, drag and change."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from tcf_desktop.services.queries.schedule import AppointmentBlock
from tcf_desktop.views.schedule import week_keys
from tcf_desktop.views.schedule.board import BoardGeometry
from tcf_desktop.views.schedule.geometry import (
    CURSOR_MINUTES,
    Spot,
    local_at,
)
from tcf_desktop.views.schedule.grid_view import GridView
from tcf_desktop.views.schedule.week_drag import EDGE, Drag, DragKind, Landing

_SCROLL_MARGIN = 28
_TURN_MS = 600


_SCROLL_MARGIN = 28
_TURN_MS = 600


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user did with an appointment in the grid; the page makes the command of it."""

    kind: str  # move | copy | resize | create
    appointment_id: int | None
    starts_local: str
    minutes: int
    crew_id: int | None = None
    changes_who: bool = False
    name: str = ""
    was_local: str = ""


class WeekGrid(GridView):
    """The grid with mouse and keyboard; wishes go out as signals, nothing is changed here."""

    activated = Signal(int)  # Enter, double click
    wished = Signal(object)  # Wish
    commandRequested = Signal(str, int)  # finish, cancel, delete, invoice, give; id
    weekTurnRequested = Signal(int)
    todayRequested = Signal()
    viewRequested = Signal(str)
    menuRequested = Signal(int, QPoint)  # id, global position

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scroller = QTimer(self)
        self._scroller.setInterval(30)
        self._scroller.timeout.connect(self._on_scroller_timeout)
        self._turner = QTimer(self)
        self._turner.setInterval(_TURN_MS)
        self._turner.timeout.connect(self._on_turner_timeout)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.cancel_drag()

    # mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self.geometry_ is None:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        pos = event.position().toPoint()
        block = self.block_at(pos)
        if block is not None:
            self.select(block.id)
            if not block.all_day and not block.invoiced:
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
        drag = self._drag
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
        self._stop_timers()
        if drag is None or not drag.active or self.geometry_ is None:
            return
        drag.at = event.position().toPoint()
        drag.copy = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        landing = drag.landing(self.geometry_, self.offset)
        self.viewport().update()
        self._wish(drag, landing)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        pos, g = event.position().toPoint(), self.geometry_
        if g is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._drag = None
        block = self.block_at(pos)
        if block is not None:
            self.activated.emit(block.id)
        elif pos.y() >= g.header_height and pos.x() >= g.gutter:
            self.create_at_cursor()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        block = None if by_key else self.block_at(event.pos())
        if block is None and by_key and self._selected is not None and self.scene is not None:
            block = self.scene.by_id.get(self._selected)
        if block is None:
            return
        self.select(block.id)
        where = self.block_rect(block.id).center() if by_key else event.pos()
        self.menuRequested.emit(block.id, self.viewport().mapToGlobal(where))

    def create_at_cursor(self, minutes: int = 60) -> None:
        """Ask for a new appointment at the cell cursor."""
        g, spot = self.geometry_, self.cursor_spot
        if g is None:
            return
        if spot is None:
            spot = week_keys.first_cursor(g)
        lane = g.scene.lane_at(spot.lane)
        minute = g.free_minute(spot) if isinstance(g, BoardGeometry) else spot.minute
        start = local_at(g.scene.week.days[spot.day], minute)
        self.wished.emit(Wish("create", None, start, minutes, lane.crew_id if lane else None))

    def cancel_drag(self) -> bool:
        """Esc: put everything back; whether there was a drag."""
        if self._drag is None:
            return False
        self._drag = None
        self._stop_timers()
        self.viewport().update()
        return True

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
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)

    def _drag_to(self, pos: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        drag, g = self._drag, self.geometry_
        if drag is None or g is None:
            return
        drag.at = pos
        drag.fine = bool(modifiers & Qt.KeyboardModifier.AltModifier)
        beyond = pos.x() < g.gutter // 2 or pos.x() > g.width - 8
        if drag.kind is DragKind.MOVE and beyond and not self._turner.isActive():
            self._turner.start()
        elif not beyond:
            self._turner.stop()
        self.viewport().update()

    def _wish(self, drag: Drag, landing: Landing) -> None:
        g = self.geometry_
        assert g is not None
        start = local_at(g.scene.week.days[landing.spot.day], landing.spot.minute)
        crew = landing.lane.crew_id if landing.lane is not None else None
        if drag.kind is DragKind.CREATE or drag.block is None:
            self.wished.emit(Wish("create", None, start, landing.minutes, crew))
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
                crew,
                landing.changes_who,
                block.name,
                block.starts_local,
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
        drag, g = self._drag, self.geometry_
        if drag is None or g is None:
            self._turner.stop()
            return
        self.weekTurnRequested.emit(-1 if drag.at.x() < g.gutter else 1)

    def _stop_timers(self) -> None:
        self._scroller.stop()
        self._turner.stop()

    # keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.cancel_drag():
            return
        if not week_keys.handle(self, event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        if week_keys.step(self, 1 if forward else -1):
            return True
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._selected is None and self.cursor_spot is None and self.geometry_ is not None:
            self.cursor_spot = week_keys.first_cursor(self.geometry_)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
