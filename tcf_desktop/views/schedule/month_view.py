"""The month with mouse and keyboard: chips are dragged between days, a click on "+3" opens one."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from tcf_desktop.domain.appointments import DAY_MINUTES, WORK_FROM, shift_local
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.schedule import AppointmentBlock
from tcf_desktop.views.schedule import view_keys, week_keys
from tcf_desktop.views.schedule.day_drag import DayDrag, DayDragKind
from tcf_desktop.views.schedule.geometry import local_at
from tcf_desktop.views.schedule.month_picture import MonthPicture
from tcf_desktop.views.schedule.surface import Wish

_EDGE = 6
_TURN_MS = 600
_SCROLL_MARGIN = 24


class MonthView(MonthPicture):
    """Wishes go out as signals, nothing is changed here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._turner = QTimer(self)
        self._turner.setInterval(_TURN_MS)
        self._turner.timeout.connect(self._on_turner_timeout)
        self._scroller = QTimer(self)
        self._scroller.setInterval(30)
        self._scroller.timeout.connect(self._on_scroller_timeout)

    # mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        g = self.geometry_
        if event.button() != Qt.MouseButton.LeftButton or g is None:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        pos = event.position().toPoint()
        if pos.y() < g.header_height:
            return
        number = g.day_at(pos.x(), pos.y(), self.offset)
        day = g.scene.week.days[number]
        block = self.block_at(pos)
        if block is None:
            if g.more_rect(number, self.offset).contains(pos):
                self.dayRequested.emit(day)
                return
            self.select(None)
            self.cursor_day = day
            self.viewport().update()
            return
        self.select(block.id)
        if not block.invoiced:
            self._drag = DayDrag(self._kind_at(block, pos), pos, day, block)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        pos, drag = event.position().toPoint(), self._drag
        if drag is None:
            self._set_hover(pos)
            return
        far = (pos - drag.press).manhattanLength() >= max(6, QApplication.startDragDistance())
        if not drag.active and far:
            drag.active = True
            self._scroller.start()
            self.viewport().update()
        if drag.active:
            drag.at = pos
            if self._turn_at(pos) and drag.kind is DayDragKind.MOVE:
                if not self._turner.isActive():
                    self._turner.start()
            else:
                self._turner.stop()
            self._drag_moved()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag, self._drag = self._drag, None
        self._stop()
        g = self.geometry_
        if drag is None or not drag.active or g is None:
            return
        pos = event.position().toPoint()
        copy = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        day = g.scene.week.days[g.day_at(pos.x(), pos.y(), self.offset)]
        view_keys.wish_days(self, drag, day, copy=copy)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        pos, g = event.position().toPoint(), self.geometry_
        if g is None or event.button() != Qt.MouseButton.LeftButton or pos.y() < g.header_height:
            return
        self._drag = None
        block = self.block_at(pos)
        if block is not None:
            self.chosen.emit(block.id)
        elif not g.more_rect(g.day_at(pos.x(), pos.y(), self.offset), self.offset).contains(pos):
            self.create_at_cursor()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not view_keys.wheel_zoom(self, event):
            super().wheelEvent(event)

    def _kind_at(self, block: AppointmentBlock, pos: QPoint) -> DayDragKind:
        g = self.geometry_
        if not block.all_day or g is None:
            return DayDragKind.MOVE
        pieces = g.pieces_of(block.id)
        first, last = g.piece_rect(pieces[0], self.offset), g.piece_rect(pieces[-1], self.offset)
        if last.contains(pos) and last.width() > 4 * _EDGE and pos.x() > last.right() - _EDGE:
            return DayDragKind.LAST
        if first.contains(pos) and first.width() > 4 * _EDGE and pos.x() < first.left() + _EDGE:
            return DayDragKind.FIRST
        return DayDragKind.MOVE

    def _set_hover(self, pos: QPoint) -> None:
        g, block = self.geometry_, self.block_at(pos)
        shape = Qt.CursorShape.ArrowCursor
        if block is not None and not block.invoiced:
            if self._kind_at(block, pos) is not DayDragKind.MOVE:
                shape = Qt.CursorShape.SizeHorCursor
        elif g is not None and pos.y() >= g.header_height:
            number = g.day_at(pos.x(), pos.y(), self.offset)
            if g.more_rect(number, self.offset).contains(pos):
                shape = Qt.CursorShape.PointingHandCursor
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)

    def _turn_at(self, pos: QPoint) -> int:
        g = self.geometry_
        assert g is not None
        if 0 <= pos.y() <= g.height and not g.gutter // 2 <= pos.x() <= g.width - 8:
            return -1 if pos.x() < g.gutter else 1
        return self.turn_under(self.viewport().mapToGlobal(pos))

    def _on_turner_timeout(self) -> None:
        by = self._turn_at(self._drag.at) if self._drag is not None else 0
        if not by:
            self._turner.stop()
            return
        self.turnRequested.emit(by)

    def _on_scroller_timeout(self) -> None:
        drag, g = self._drag, self.geometry_
        if drag is None or g is None:
            self._scroller.stop()
            return
        y, bar = drag.at.y(), self.verticalScrollBar()
        if y < g.header_height + _SCROLL_MARGIN:
            bar.setValue(bar.value() - 12)
        elif y > g.height - _SCROLL_MARGIN:
            bar.setValue(bar.value() + 12)

    def _stop(self) -> None:
        self._turner.stop()
        self._scroller.stop()
        self._overlay = QRect()
        self.viewport().update()

    def cancel_drag(self) -> bool:
        if self._drag is None:
            return False
        self._drag = None
        self._stop()
        return True

    # keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.cancel_drag():
            return
        if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal) and self._selected is None:
            self.dayRequested.emit(self._cursor())
            return
        if not view_keys.handle(self, event):
            super().keyPressEvent(event)

    def arrow(self, days: int, steps: int, modifiers: Qt.KeyboardModifier) -> bool:
        by = days + 7 * steps
        block = self.selected_block
        shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
        if modifiers == shift and block is not None:
            start = shift_local(block.starts_local, by * DAY_MINUTES)
            self.wished.emit(view_keys.moved_wish(block, start))
            return True
        if modifiers == shift | control and block is not None and block.all_day:
            minutes = max(DAY_MINUTES, block.minutes + by * DAY_MINUTES)
            self.wished.emit(view_keys.resized_wish(block, block.starts_local, minutes))
            return True
        if modifiers:
            return False
        self._go_to(self._stepped(by))
        return True

    def _stepped(self, by: int) -> date:
        """The next day that has a column."""
        day = self._cursor() + timedelta(days=by)
        while self.scene is not None and not self.scene.options.weekends and day.weekday() > 4:
            day += timedelta(days=1 if by > 0 else -1)
        return day

    def _cursor(self) -> date:
        block = self.selected_block
        if block is not None:
            return date.fromisoformat(block.starts_local[:10])
        return self.cursor_day or self._month

    def _go_to(self, day: date) -> None:
        self.select(None)
        self.cursor_day = day
        g = self.geometry_
        number = g.number_of(day) if g is not None else None
        if g is None or number is None:
            self.turnRequested.emit(-1 if day < self._month else 1)
        else:
            self._reveal_rect(g.cell_rect(number, self.offset))
        self.viewport().update()
        count = sum(block.starts_local[:10] == day.isoformat() for block in self.in_order())
        visits = i18n.plural(count, self.tr("{n} entry"), self.tr("{n} entries"))
        note = self.scene.facts.of(day).note if self.scene is not None else ""
        self.say(i18n.joined([i18n.weekday(day), note, visits], ", "))

    def cursor_local(self) -> str:
        return self.cursor_day.isoformat() if self.cursor_day is not None else ""

    def create_at_cursor(self, minutes: int = 60) -> None:
        day = self._cursor()
        hours = self.scene.facts.of(day).hours if self.scene is not None else None
        start = local_at(day, hours.from_minute if hours is not None else WORK_FROM)
        lanes = self.scene.lanes if self.scene is not None else ()
        crew = lanes[0].crew_id if len(lanes) == 1 else None
        self.wished.emit(Wish("create", None, start, minutes, crew))

    def focusNextPrevChild(self, forward: bool) -> bool:
        if week_keys.step(self, 1 if forward else -1):
            return True
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()
