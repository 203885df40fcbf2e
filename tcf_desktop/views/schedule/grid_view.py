"""The hour grid as a picture: where things are and how it is painted, cached while dragging."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.style import box
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.schedule import AppointmentBlock
from tcf_desktop.views.schedule.board import BoardGeometry, BoardPainter
from tcf_desktop.views.schedule.day_drag import DayDrag
from tcf_desktop.views.schedule.drag_words import drag_words
from tcf_desktop.views.schedule.geometry import CURSOR_MINUTES, Geometry, Scene, Spot, local_at
from tcf_desktop.views.schedule.surface import Surface
from tcf_desktop.views.schedule.week_drag import Drag, DragKind, busy_at
from tcf_desktop.views.schedule.week_paint import WeekPainter

FIRST_HOUR = 7


class GridView(Surface):
    """Shows a :class:`Scene` by hours or by crew; :class:`WeekGrid` adds the hands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("schedule.grid")
        self.geometry_: Geometry | None = None
        self._painter: WeekPainter | None = None
        self._drag: Drag | None = None
        self._bar_drag: DayDrag | None = None
        self.cursor_spot: Spot | None = None
        self._by_crew = False
        self._hour_seen = False
        self._layer: QPixmap | None = None
        self._layer_scroll = -1
        self._overlay = QRect()

    # data

    def show_scene(self, scene: Scene, empty_text: str = "", *, by_crew: bool = False) -> None:
        """Show other days, other crews or changed appointments; keeps selection and scroll."""
        if by_crew != self._by_crew:
            self._by_crew, self._hour_seen = by_crew, False
            self.cursor_spot = None
        spot, before = self.cursor_spot, self.scene
        if spot is not None and before is not None and before.week.days != scene.week.days:
            self.cursor_spot = None if spot.day >= len(scene.week.days) else spot
        self.set_scene(scene, empty_text)
        if self._selected is not None:
            self.cursor_spot = None

    def set_now(self, today: object, now_minute: int) -> None:
        """The time line moves on once a minute."""
        scene, g = self.scene, self.geometry_
        if scene is None or g is None:
            return
        if today != scene.today:
            super().set_now(today, now_minute)  # type: ignore[arg-type]
            return
        before = g.y_of(scene.now_minute, self.offset)
        scene.now_minute = now_minute
        after = g.y_of(now_minute, self.offset)
        top, bottom = min(before, after) - 12, max(before, after) + 12
        self.viewport().update(QRect(0, top, g.width, bottom - top))

    def _let_cursor_go(self) -> None:
        self._show_cursor(None)

    def block_rect(self, appointment_id: int) -> QRect:
        g = self.geometry_
        if g is None:
            return QRect()
        for placed in g.boxes:
            if placed.id == appointment_id:
                return g.box_rect(placed, self.offset)
        for bar in g.bars:
            if bar.id == appointment_id:
                return g.bar_rect(bar)
        return QRect()

    def block_at(self, pos: QPoint) -> AppointmentBlock | None:
        g = self.geometry_
        if g is None:
            return None
        if pos.y() < g.header_height:
            hit = next((b.id for b in g.bars if g.bar_rect(b).contains(pos)), None)
        else:
            hit = next(
                (b.id for b in reversed(g.boxes) if g.box_rect(b, self.offset).contains(pos)), None
            )
        return g.scene.by_id[hit] if hit is not None else None

    def reveal(self, appointment_id: int) -> None:
        rect, g = self.block_rect(appointment_id), self.geometry_
        if g is None or rect.isEmpty() or rect.bottom() <= g.header_height:
            return
        if rect.top() < g.header_height + 4:
            self.verticalScrollBar().setValue(self.offset + rect.top() - g.header_height - 12)
        elif rect.top() + 40 > g.height:
            over = min(rect.bottom(), rect.top() + g.body_height // 2) - g.height + 12
            self.verticalScrollBar().setValue(self.offset + over)

    # layout and painting

    def _lay_out(self) -> None:
        if self.scene is None:
            return
        size = self.viewport().size()
        before = self.geometry_
        g = BoardGeometry(self.scene, size) if self._by_crew else Geometry(self.scene, size)
        self.geometry_ = g
        words = {
            "all_day": self.tr("all day"),
            "visit": self.tr("{n} visit"),
            "visits": self.tr("{n} visits"),
            "nobody": self.tr("No crew yet"),
            "off": self.tr("{name}: {reason}"),
            "day_off": self.tr("off"),
            "closed": self.tr("Closed"),
        }
        art = BoardPainter if self._by_crew else WeekPainter
        self._painter = art(g, self.devicePixelRatioF(), words)
        bar = self.verticalScrollBar()
        kept = bar.value()
        bar.setRange(0, g.scroll_range)
        if before is not None and before.hour_height != g.hour_height:
            # Another size of text: the same hour stays at the top; another zoom: in the middle.
            zoomed = before.scene.options.zoom != self.scene.options.zoom
            middle = before.body_height // 2 if zoomed else 0
            bar.setValue(round((kept + middle) * g.hour_height / before.hour_height) - middle)
        bar.setPageStep(g.body_height)
        bar.setSingleStep(g.hour_height // 2)
        if not self._by_crew and not self._hour_seen and g.body_height > 100:
            self._hour_seen = True
            bar.setValue(FIRST_HOUR * g.hour_height)
        self._layer = None
        self.viewport().update()
        self._access.content_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def dragging(self) -> bool:
        """Whether something is being dragged now."""
        return any(d is not None and d.active for d in (self._drag, self._bar_drag))

    def _drag_moved(self) -> None:
        """Repaint only what is over the picture: where it was and where it is now."""
        old, self._overlay = self._overlay, self._overlay_rect()
        if old.isEmpty():
            self.viewport().update()
            return
        self.viewport().update(old)
        self.viewport().update(self._overlay)

    def _drag_ended(self) -> None:
        self._layer, self._overlay = None, QRect()
        self.viewport().update()

    def _overlay_rect(self) -> QRect:
        g, art = self.geometry_, self._painter
        if g is None or art is None or not self.dragging():
            return QRect()
        rect, text, note, _busy = self._drag_shape(g)
        label = art.label_rect(rect.topLeft(), text, note)
        return rect.united(label).adjusted(-4, -4, 4, 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        g, art = self.geometry_, self._painter
        area = event.rect()
        if g is None or art is None:
            painter.fillRect(area, theme().color("surface"))
            painter.end()
            return
        if abs(art.ratio - self.devicePixelRatioF()) > 0.001:
            painter.end()
            self._lay_out()
            return
        if self.dragging():
            self._paint_layer(painter, art, area)
            painter.setClipRect(area)
            self._paint_drag(painter, art)
        else:
            self._paint_picture(painter, art, area)
        painter.end()

    def _paint_layer(self, painter: QPainter, art: WeekPainter, area: QRect) -> None:
        """What lies under a drag, painted once for a scroll offset."""
        g = art.geometry
        if self._layer is None or self._layer_scroll != self.offset:
            ratio = art.ratio
            layer = QPixmap(round(g.width * ratio), round(g.height * ratio))
            layer.setDevicePixelRatio(ratio)
            below = QPainter(layer)
            self._paint_picture(below, art, QRect(0, 0, g.width, g.height))
            below.end()
            self._layer, self._layer_scroll = layer, self.offset
        _blit(painter, self._layer, area, art.ratio)

    def _paint_picture(self, painter: QPainter, art: WeekPainter, area: QRect) -> None:
        g = art.geometry
        _blit(painter, art.still(self.offset), area, art.ratio)
        painter.setClipRect(g.body_rect().intersected(area))
        art.paint_now(painter, self.offset)
        moving = self._drag if self._drag is not None and self._drag.active else None
        ghosts = [moving.block.id] if moving is not None and moving.block is not None else []
        art.paint_blocks(painter, self.offset, area, self._selected, ghosts)
        art.paint_now_dot(painter, self.offset)
        self._paint_cursor(painter)
        self._paint_empty(painter, g)
        painter.setClipRect(area)
        art.paint_bars(painter, self._selected)

    def _paint_cursor(self, painter: QPainter) -> None:
        g, spot = self.geometry_, self.cursor_spot
        if g is None or spot is None or self.dragging() or not self.hasFocus():
            return
        rect = g.slot_rect(spot, CURSOR_MINUTES, self.offset)
        box(painter, rect, None, theme().color("accent"), width=2)

    def _drag_shape(self, g: Geometry) -> tuple[QRect, str, str, bool]:
        """Where the dragged thing would lie, its words, and whether the crew is busy then."""
        if self._bar_drag is not None and self._bar_drag.active:
            bar_drag = self._bar_drag
            day = g.scene.week.days[g.day_at(bar_drag.at.x())]
            start, minutes = bar_drag.landing(day)
            rect = g.days_rect(start, minutes)
            text, note = drag_words(g.scene, bar_drag.block, start, minutes, None, busy=False)
            return rect, text, note, False
        drag = self._drag
        assert drag is not None
        landing = drag.landing(g, self.offset)
        rect = g.slot_rect(landing.spot, landing.minutes, self.offset)
        busy = busy_at(g, landing, drag.block)
        start = local_at(g.scene.week.days[landing.spot.day], landing.spot.minute)
        shown = drag.block if drag.kind is not DragKind.CREATE else None
        text, note = drag_words(g.scene, shown, start, landing.minutes, landing.lane, busy=busy)
        return rect, text, note, busy

    def _paint_drag(self, painter: QPainter, art: WeekPainter) -> None:
        g = art.geometry
        rect, text, note, busy = self._drag_shape(g)
        drag = self._drag
        if drag is None or not drag.active:
            assert self._bar_drag is not None
            look = art.look(self._bar_drag.block)
            art.paint_target(painter, rect, look.bar, busy=False, filled=True)
        else:
            painter.setClipRect(g.body_rect())
            lane = drag.landing(g, self.offset).lane
            crew = lane.color_index if lane is not None else None
            color = theme().color("text3") if crew is None else theme().crew(crew).bar
            if drag.block is not None and drag.kind is DragKind.MOVE and not g.by_crew:
                art.paint_one(
                    painter, rect, drag.block, self.offset, look=art.look(drag.block, crew)
                )
            filled = drag.kind is not DragKind.MOVE or g.by_crew
            art.paint_target(painter, rect, color, busy=busy, filled=filled)
            painter.setClipping(False)
        art.paint_label(painter, rect.topLeft(), text, note)

    def _paint_empty(self, painter: QPainter, g: Geometry) -> None:
        if not self._empty_text or g.scene.shown:
            return
        colors = theme()
        metrics = colors.metrics("body")
        wide, high = metrics.horizontalAdvance(self._empty_text) + 32, metrics.height() + 18
        middle = g.body_rect().center()
        rect = QRect(max(g.gutter + 8, middle.x() - wide // 2), middle.y() - high, wide, high)
        box(painter, rect, colors.color("surface"), colors.color("line"), radius=6)
        painter.setFont(colors.font("body"))
        painter.setPen(colors.color("text2"))
        painter.drawText(rect, 0x84, self._empty_text)

    # the cell cursor

    def cursor_local(self) -> str:
        spot, scene = self.cursor_spot, self.scene
        return local_at(scene.week.days[spot.day], spot.minute) if spot and scene else ""

    def _show_cursor(self, spot: Spot | None) -> None:
        g = self.geometry_
        if g is None:
            return
        for one in (self.cursor_spot, spot):
            if one is not None:
                rect = g.slot_rect(one, CURSOR_MINUTES, self.offset)
                self.viewport().update(rect.adjusted(-2, -2, 2, 2))
        self.cursor_spot = spot

    def move_cursor(self, spot: Spot) -> None:
        """Put the cell cursor somewhere and bring it into view."""
        self.select(None)
        self._show_cursor(spot)
        g = self.geometry_
        if g is None:
            return
        rect = g.slot_rect(spot, CURSOR_MINUTES, self.offset)
        if rect.top() < g.header_height:
            self.verticalScrollBar().setValue(self.offset + rect.top() - g.header_height - 8)
        elif rect.bottom() > g.height:
            self.verticalScrollBar().setValue(self.offset + rect.bottom() - g.height + 8)
        start = local_at(g.scene.week.days[spot.day], spot.minute)
        lane = g.scene.lane_at(spot.lane) if len(g.scene.lanes) > 1 else None
        who = lane.name if lane is not None else ""
        self.say(i18n.joined([i18n.weekday(start), i18n.clock_time(start), who], ", "))

    def tip_at(self, pos: QPoint) -> str:
        g, art = self.geometry_, self._painter
        if g is not None and art is not None and pos.y() < g.header_height:
            from html import escape

            for bar, entry in g.off_bars:
                if g.bar_rect(bar).contains(pos):
                    return f"<p>{escape(art.off_words(entry))}</p>"
            note = g.scene.facts.of(g.scene.week.days[g.day_at(pos.x())]).note
            if note and pos.y() < g.title_height and pos.x() > g.gutter:
                return f"<p>{escape(note)}</p>"
        return super().tip_at(pos)


def _blit(painter: QPainter, pixmap: QPixmap, area: QRect, ratio: float) -> None:
    source = QRect(
        round(area.x() * ratio), round(area.y() * ratio),
        round(area.width() * ratio), round(area.height() * ratio),
    )  # fmt: skip
    painter.drawPixmap(area, pixmap, source)
