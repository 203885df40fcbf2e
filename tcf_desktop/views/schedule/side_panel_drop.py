"""Cards that are dropped on the hours: where they would lie, and what is to be booked there."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from tcf_desktop.domain.appointments import DAY_MINUTES
from tcf_desktop.domain.week_layout import snapped
from tcf_desktop.qtkit.style import box
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.schedule.board import BoardGeometry
from tcf_desktop.views.schedule.drag_words import drag_words
from tcf_desktop.views.schedule.geometry import Geometry, Spot, local_at
from tcf_desktop.views.schedule.week_drag import STEP
from tcf_desktop.views.schedule.week_grid import WeekGrid


class CardDrop(QObject):
    """Shows where a carried card would lie on a grid; nothing of the grid itself changes."""

    dropped = Signal(object, str, object)  # key, starts_local, crew id or None

    def __init__(self, grid: WeekGrid) -> None:
        super().__init__(grid)
        self._grid = grid
        self._ghost = _Ghost(grid.viewport())

    def carry(self, _key: object, minutes: int, at: QPoint) -> None:
        """The card is over this place of the screen."""
        g, spot = self._grid.geometry_, self._place(at, minutes)
        if g is None or spot is None:
            self._ghost.hide()
            return
        lane = g.scene.lane_at(spot.lane)
        local = local_at(g.scene.week.days[spot.day], spot.minute)
        words, warning = drag_words(g.scene, None, local, minutes, lane, busy=False)
        rect = g.slot_rect(spot, minutes, self._grid.offset)
        self._ghost.show_at(rect, f"{words}\n{warning}" if warning else words)

    def let_go(self, key: object, minutes: int, at: QPoint) -> None:
        """The card is dropped there; outside the hours that means nothing."""
        self.cancel()
        g, spot = self._grid.geometry_, self._place(at, minutes)
        if g is not None and spot is not None:
            lane = g.scene.lane_at(spot.lane)
            local = local_at(g.scene.week.days[spot.day], spot.minute)
            self.dropped.emit(key, local, lane.crew_id if lane is not None else None)

    def cancel(self) -> None:
        """It is carried no more."""
        self._ghost.hide()

    def _place(self, at: QPoint, minutes: int) -> Spot | None:
        view = self._grid.viewport()
        pos, g = view.mapFromGlobal(at), self._grid.geometry_
        if g is None or not view.isVisible() or not view.rect().contains(pos):
            return None
        return self._spot(g, pos, minutes)

    def _spot(self, g: Geometry, pos: QPoint, minutes: int) -> Spot | None:
        """The quarter of an hour under the pointer; on a board the first free one of the day."""
        if pos.y() < g.header_height or pos.x() < g.gutter:
            return None
        lane = g.lane_at(pos.x(), pos.y(), self._grid.offset)
        if isinstance(g, BoardGeometry):
            day = Spot(g.day_at(pos.x()), 0, lane)
            return Spot(day.day, g.free_minute(day), lane)
        minute = snapped(g.minute_at(pos.y(), self._grid.offset), STEP)
        return Spot(g.day_at(pos.x()), max(0, min(minute, DAY_MINUTES - minutes)), lane)


class _Ghost(QWidget):
    """Where the card would lie."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text = ""
        self.hide()

    def show_at(self, rect: QRect, text: str) -> None:
        lines = theme().line_height("caption") * (text.count("\n") + 2) + 8
        self._text = text
        self.setGeometry(rect.adjusted(0, 0, 0, max(0, lines - rect.height())))
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        box(painter, self.rect(), colors.color("selected"), colors.color("accent"))
        painter.setPen(colors.color("text"))
        painter.setFont(colors.font("caption", 600))
        flags = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(self.rect().adjusted(6, 4, -4, -4), flags, self._text)
        painter.end()
