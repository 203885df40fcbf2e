"""The month as a picture: where things are and how it is painted, cached while dragging."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from tcf_desktop.domain.appointments import DAY_MINUTES, shift_local
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.style import box
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.schedule import AppointmentBlock
from tcf_desktop.views.schedule.day_drag import DayDrag, DayDragKind
from tcf_desktop.views.schedule.drag_words import drag_words
from tcf_desktop.views.schedule.geometry import Scene
from tcf_desktop.views.schedule.month_geometry import MonthGeometry
from tcf_desktop.views.schedule.month_paint import MonthPainter
from tcf_desktop.views.schedule.surface import Surface


class MonthPicture(Surface):
    """Shows six weeks; :class:`MonthView` adds the hands. The cell cursor is a date, so that it
    can leave the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("schedule.month")
        self.geometry_: MonthGeometry | None = None
        self.cursor_day: date | None = None
        self._month = date.min
        self._painter: MonthPainter | None = None
        self._drag: DayDrag | None = None
        self._overlay = QRect()

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
