"""The grid as a picture: what is shown, what is selected, where things are, how it is painted."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from tcf_desktop.qtkit import a11y, i18n
from tcf_desktop.qtkit.style import box
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.schedule import AppointmentBlock, Week
from tcf_desktop.views.schedule.accessible import register_grid
from tcf_desktop.views.schedule.block_art import look_of
from tcf_desktop.views.schedule.board import BoardGeometry, BoardPainter
from tcf_desktop.views.schedule.geometry import (
    CURSOR_MINUTES,
    Geometry,
    Lane,
    Scene,
    Spot,
    local_at,
)
from tcf_desktop.views.schedule.week_drag import Drag, DragKind, Landing, busy_at
from tcf_desktop.views.schedule.week_paint import WeekPainter
from tcf_desktop.views.schedule.wording import block_sentence, block_tip

FIRST_HOUR = 7


class GridView(QAbstractScrollArea):
    """Shows a :class:`Scene` and keeps the selection; :class:`WeekGrid` adds the hands."""

    selected = Signal(object)  # appointment id or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("schedule.grid")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Schedule"))
        self.scene: Scene | None = None
        self.geometry_: Geometry | None = None
        self._painter: WeekPainter | None = None
        self._selected: int | None = None
        self._drag: Drag | None = None
        self.cursor_spot: Spot | None = None
        self._empty_text = ""
        self._by_crew = False
        self._hour_seen = False
        theme().changed.connect(self._on_theme_changed)
        self._access = register_grid(self)

    # data

    def show_week(
        self,
        week: Week,
        lanes: tuple[Lane, ...],
        today: date,
        now_minute: int,
        empty_text: str = "",
        *,
        by_crew: bool = False,
    ) -> None:
        """Show other days, other crews or changed appointments; keeps selection and scroll."""
        if by_crew != self._by_crew:
            self._by_crew, self._hour_seen = by_crew, False
            self.cursor_spot = None
        self.scene = Scene(week, lanes, today, now_minute)
        self._empty_text = empty_text
        if self._selected is not None and self._selected not in self.scene.by_id:
            self._selected = None
        self.cursor_spot = None if self._selected is not None else self.cursor_spot
        self._lay_out()

    def set_now(self, today: date, now_minute: int) -> None:
        """The time line moves on once a minute."""
        scene, g = self.scene, self.geometry_
        if scene is None or g is None:
            return
        if today != scene.today:
            scene.today, scene.now_minute = today, now_minute
            self._lay_out()
            return
        before = g.y_of(scene.now_minute, self.offset)
        scene.now_minute = now_minute
        after = g.y_of(now_minute, self.offset)
        top, bottom = min(before, after) - 12, max(before, after) + 12
        self.viewport().update(QRect(0, top, g.width, bottom - top))

    @property
    def offset(self) -> int:
        """Vertical offset of the body in pixels."""
        return self.verticalScrollBar().value()

    @property
    def selected_id(self) -> int | None:
        """The selected appointment."""
        return self._selected

    def select(self, appointment_id: int | None, *, announce: bool = True) -> None:
        """Select and bring into view; None selects nothing."""
        if appointment_id == self._selected:
            return
        for ident in (self._selected, appointment_id):
            if ident is not None:
                self.viewport().update(self.block_rect(ident).adjusted(-3, -3, 3, 3))
        self._selected = appointment_id
        if appointment_id is not None:
            self._show_cursor(None)
            self.reveal(appointment_id)
        if announce:
            self.selected.emit(appointment_id)
        self._access.selection_changed()

    def block_rect(self, appointment_id: int) -> QRect:
        """Where an appointment is drawn (its first part); empty when it is not shown."""
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
        """The appointment under a point of the viewport."""
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
        """Scroll so that an appointment is seen."""
        rect, g = self.block_rect(appointment_id), self.geometry_
        if g is None or rect.isEmpty() or rect.bottom() <= g.header_height:
            return
        if rect.top() < g.header_height + 4:
            self.verticalScrollBar().setValue(self.offset + rect.top() - g.header_height - 12)
        elif rect.top() + 40 > g.height:
            over = min(rect.bottom(), rect.top() + g.body_height // 2) - g.height + 12
            self.verticalScrollBar().setValue(self.offset + over)

    def in_order(self) -> list[AppointmentBlock]:
        """The shown appointments as the keyboard goes through them."""
        if self.scene is None:
            return []
        return sorted(
            self.scene.shown,
            key=lambda b: (b.starts_local[:10], not b.all_day, b.starts_local, b.id),
        )

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
        }
        art = BoardPainter if self._by_crew else WeekPainter
        self._painter = art(g, self.devicePixelRatioF(), words)
        bar = self.verticalScrollBar()
        kept = bar.value()
        bar.setRange(0, g.scroll_range)
        if before is not None and before.hour_height != g.hour_height:
            # Another size of text: the same hour stays at the top.
            bar.setValue(round(kept * g.hour_height / before.hour_height))
        bar.setPageStep(g.body_height)
        bar.setSingleStep(g.hour_height // 2)
        if not self._by_crew and not self._hour_seen and g.body_height > 100:
            self._hour_seen = True
            bar.setValue(FIRST_HOUR * g.hour_height)
        self.viewport().update()
        self._access.content_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

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
        still = art.still(self.offset)
        ratio = art.ratio
        source = QRect(
            round(area.x() * ratio), round(area.y() * ratio),
            round(area.width() * ratio), round(area.height() * ratio),
        )  # fmt: skip
        painter.drawPixmap(area, still, source)
        painter.setClipRect(g.body_rect().intersected(area))
        art.paint_now(painter, self.offset)
        moving = self._drag if self._drag is not None and self._drag.active else None
        ghosts = [moving.block.id] if moving is not None and moving.block is not None else []
        art.paint_blocks(painter, self.offset, area, self._selected, ghosts)
        art.paint_now_dot(painter, self.offset)
        self._paint_cursor(painter)
        if moving is not None:
            self._paint_drag(painter, art, moving)
        self._paint_empty(painter, g)
        painter.setClipRect(area)
        art.paint_bars(painter, self._selected)
        painter.end()

    def _paint_cursor(self, painter: QPainter) -> None:
        g, spot = self.geometry_, self.cursor_spot
        moving = self._drag is not None and self._drag.active
        if g is None or spot is None or moving or not self.hasFocus():
            return
        rect = g.slot_rect(spot, CURSOR_MINUTES, self.offset)
        box(painter, rect, None, theme().color("accent"), width=2)

    def _paint_drag(self, painter: QPainter, art: WeekPainter, drag: Drag) -> None:
        g = art.geometry
        landing = drag.landing(g, self.offset)
        rect = g.slot_rect(landing.spot, landing.minutes, self.offset)
        crew = landing.lane.color_index if landing.lane is not None else None
        color = theme().color("text3") if crew is None else theme().crew(crew).bar
        busy = busy_at(g, landing, drag.block)
        if drag.block is not None and drag.kind is DragKind.MOVE and not g.by_crew:
            art.paint_one(painter, rect, drag.block, self.offset, look=look_of(drag.block, crew))
        filled = drag.kind is not DragKind.MOVE or g.by_crew
        art.paint_target(painter, rect, color, busy=busy, filled=filled)
        text, note = self._drag_words(g, landing, busy=busy)
        art.paint_label(painter, QPoint(rect.left(), rect.top()), text, note)

    def _drag_words(self, g: Geometry, landing: Landing, *, busy: bool) -> tuple[str, str]:
        day = g.scene.week.days[landing.spot.day]
        start = local_at(day, landing.spot.minute)
        when = f"{i18n.day(day, 'ddd')} {i18n.time_range(start, landing.minutes)}"
        who = landing.lane.name if landing.lane is not None else ""
        if busy:
            return i18n.joined([when, who]), self.tr("busy then")
        last = landing.spot.minute + landing.minutes
        outside = any(
            landing.spot.minute < until and first < last for first, until in g.off_hours(day)
        )
        return i18n.joined([when, who]), self.tr("outside working hours") if outside else ""

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
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._empty_text)

    # the cell cursor

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
        a11y.announce(self, f"{i18n.weekday(start)}, {i18n.clock_time(start)}")

    # words

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            block = self.block_at(event.pos())
            if block is None or self.scene is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), block_tip(block, self.scene), self)
            return True
        return super().viewportEvent(event)

    def sentence_of(self, appointment_id: int) -> str:
        """An appointment as a screen reader says it."""
        if self.scene is None or appointment_id not in self.scene.by_id:
            return ""
        chosen = appointment_id == self._selected
        return block_sentence(self.scene.by_id[appointment_id], self.scene, selected=chosen)

    def _on_theme_changed(self) -> None:
        self._lay_out()
