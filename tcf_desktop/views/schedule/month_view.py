"""The month: six weeks of days with chips, to read, to drag between days and to open a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from tcf_desktop.domain.appointments import DAY_MINUTES, WORK_FROM, shift_local
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.style import box
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.schedule import AppointmentBlock
from tcf_desktop.views.schedule import view_keys, week_keys
from tcf_desktop.views.schedule.day_drag import DayDrag, DayDragKind
from tcf_desktop.views.schedule.drag_words import drag_words
from tcf_desktop.views.schedule.geometry import Scene, local_at
from tcf_desktop.views.schedule.month_geometry import MonthGeometry
from tcf_desktop.views.schedule.month_paint import MonthPainter
from tcf_desktop.views.schedule.surface import Surface, Wish

_EDGE = 6
_TURN_MS = 600
_SCROLL_MARGIN = 24


class MonthView(Surface):
    """Wishes go out as signals. The cell cursor is a date, so that it can leave the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("schedule.month")
        self.geometry_: MonthGeometry | None = None
        self.cursor_day: date | None = None
        self._month = date.min
        self._painter: MonthPainter | None = None
        self._drag: DayDrag | None = None
        self._overlay = QRect()
        self._turner = QTimer(self)
        self._turner.setInterval(_TURN_MS)
        self._turner.timeout.connect(self._on_turner_timeout)
        self._scroller = QTimer(self)
        self._scroller.setInterval(30)
        self._scroller.timeout.connect(self._on_scroller_timeout)

    # data

    def show_month(self, scene: Scene, month: date) -> None:
        """Show six weeks around a month."""
        self._month = month
        self.set_scene(scene)
        g = self.geometry_
        if self.cursor_day is None or (g is not None and g.number_of(self.cursor_day) is None):
            self.cursor_day = scene.today if scene.today in scene.week.days else month

    def _lay_out(self) -> None:
        if self.scene is None:
            return
        self.geometry_ = g = MonthGeometry(self.scene, self.viewport().size())
        self._painter = MonthPainter(g, self.devicePixelRatioF(), self._month)
        bar = self.verticalScrollBar()
        bar.setRange(0, g.scroll_range)
        bar.setPageStep(g.body_height)
        bar.setSingleStep(max(1, g.row_height // 3))
        self.viewport().update()
        self._access.content_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def block_rect(self, appointment_id: int) -> QRect:
        g = self.geometry_
        piece = g.first_piece(appointment_id) if g is not None else None
        if g is None:
            return QRect()
        if piece is not None:
            return g.piece_rect(piece, self.offset)
        block = g.scene.by_id.get(appointment_id)
        if block is None:
            return QRect()
        number = g.number_of(date.fromisoformat(block.starts_local[:10]))
        return QRect() if number is None else g.more_rect(number, self.offset)

    def block_at(self, pos: QPoint) -> AppointmentBlock | None:
        g = self.geometry_
        if g is None or pos.y() < g.header_height or pos.x() < g.gutter:
            return None
        number = g.day_at(pos.x(), pos.y(), self.offset)
        for piece in g.by_day.get(number, ()):
            if g.piece_rect(piece, self.offset).contains(pos):
                return g.scene.by_id[piece.id]
        return None

    def reveal(self, appointment_id: int) -> None:
        self._reveal_rect(self.block_rect(appointment_id))

    def _reveal_rect(self, rect: QRect) -> None:
        g = self.geometry_
        if g is None or rect.isEmpty():
            return
        bar = self.verticalScrollBar()
        if rect.top() < g.header_height:
            bar.setValue(self.offset + rect.top() - g.header_height - 4)
        elif rect.bottom() > g.height:
            bar.setValue(self.offset + rect.bottom() - g.height + 4)

    def _touch(self, ident: int | None) -> None:
        self.viewport().update()

    def tip_at(self, pos: QPoint) -> str:
        found = super().tip_at(pos)
        g = self.geometry_
        if found or g is None or pos.y() < g.header_height:
            return found
        from html import escape

        number = g.day_at(pos.x(), pos.y(), self.offset)
        day = g.scene.week.days[number]
        facts = g.scene.facts.of(day)
        off = [e.name for e in g.scene.facts.off if e.first_on <= day <= e.last_on]
        lines = [facts.note, *(self.tr("{name} is off").format(name=name) for name in off)]
        if g.more_rect(number, self.offset).contains(pos):
            hidden = g.plan.hidden[number]
            more = i18n.plural(
                hidden, self.tr("{n} more; click to see the day"),
                self.tr("{n} more; click to see the day"),
            )  # fmt: skip
            lines.append(more)
        return "<br>".join(escape(line) for line in lines if line)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        g, art, area = self.geometry_, self._painter, event.rect()
        if g is None or art is None:
            painter.fillRect(area, theme().color("surface"))
            painter.end()
            return
        if abs(art.ratio - self.devicePixelRatioF()) > 0.001:
            painter.end()
            self._lay_out()
            return
        _blit(painter, art.picture(self.offset), area, art.ratio)
        painter.setClipRect(g.body_rect().intersected(area))
        number = g.number_of(self.cursor_day) if self.cursor_day is not None else None
        dragging = self._drag is not None and self._drag.active
        if number is not None and self.hasFocus() and self._selected is None and not dragging:
            cell = g.cell_rect(number, self.offset).adjusted(1, 0, 0, -1)
            box(painter, cell, None, theme().color("accent"), radius=3, width=2)
        if self._selected is not None:
            art.paint_selection(painter, self._selected, self.offset)
        if dragging:
            self._paint_drag(painter, g, art)
        painter.end()

    def _drag_shape(self, g: MonthGeometry) -> tuple[list[QRect], str, bool]:
        """The cells it would lie on, the words, and whether the crew is busy then."""
        drag = self._drag
        assert drag is not None
        day = g.scene.week.days[g.day_at(drag.at.x(), drag.at.y(), self.offset)]
        start, minutes = drag.landing(day)
        first = date.fromisoformat(start[:10])
        span = max(1, -(-minutes // DAY_MINUTES)) if drag.block.all_day else 1
        numbers = [g.number_of(first + timedelta(days=n)) for n in range(min(span, 42))]
        cells = [g.cell_rect(n, self.offset) for n in numbers if n is not None]
        busy = _busy(g.scene, drag.block, start)
        lane = g.scene.lane_at(g.scene.lane_of(drag.block))
        text, note = drag_words(g.scene, drag.block, start, minutes, lane, busy=busy)
        return cells, i18n.joined([text, note]), busy

    def _chip_rect(self, g: MonthGeometry, drag: DayDrag) -> QRect:
        was = self.block_rect(drag.block.id)
        wide = min(was.width() or 120, g.columns[g.shown_columns[0]].width - 8)
        return QRect(drag.at.x() - wide // 3, drag.at.y() - g.chip_height // 2, wide, g.chip_height)

    def _paint_drag(self, painter: QPainter, g: MonthGeometry, art: MonthPainter) -> None:
        drag = self._drag
        assert drag is not None
        cells, text, busy = self._drag_shape(g)
        color = theme().color("warn") if busy else art.look(drag.block).bar
        for cell in cells:
            art.paint_target(painter, cell, color)
        chip = self._chip_rect(g, drag)
        if drag.kind is DayDragKind.MOVE:
            art.paint_chip(painter, chip, drag.block)
        painter.setClipping(False)
        art.paint_label(painter, art.label_rect(chip.topLeft(), text), text)

    def _drag_moved(self) -> None:
        """Repaint where the overlay was and where it is now."""
        g, art, drag = self.geometry_, self._painter, self._drag
        if g is None or art is None or drag is None:
            return
        old = self._overlay
        cells, text, _busy = self._drag_shape(g)
        chip = self._chip_rect(g, drag)
        found = chip.united(art.label_rect(chip.topLeft(), text))
        for cell in cells:
            found = found.united(cell)
        self._overlay = found.adjusted(-3, -3, 3, 3)
        self.viewport().update(old)
        self.viewport().update(self._overlay)

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


def _busy(scene: Scene, block: AppointmentBlock, start: str) -> bool:
    """Whether the same people have something else at that time."""
    if block.all_day or (block.crew_id is None and block.worker_id is None):
        return False
    end = datetime.fromisoformat(start) + timedelta(minutes=block.minutes)
    until = end.isoformat(timespec="minutes")
    return any(
        other.id != block.id
        and not other.all_day
        and other.state not in ("cancelled", "no_show")
        and (other.crew_id, other.worker_id) == (block.crew_id, block.worker_id)
        and other.starts_local < until
        and start < shift_local(other.starts_local, other.minutes)
        for other in scene.shown
    )


def _blit(painter: QPainter, pixmap: QPixmap, area: QRect, ratio: float) -> None:
    source = QRect(
        round(area.x() * ratio), round(area.y() * ratio),
        round(area.width() * ratio), round(area.height() * ratio),
    )  # fmt: skip
    painter.drawPixmap(area, pixmap, source)
