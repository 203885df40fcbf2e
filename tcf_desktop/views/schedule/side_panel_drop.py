"""Cards that are dropped on the hours: where they would lie, and what is to be booked there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from tcf_desktop.domain.appointments import DAY_MINUTES
from tcf_desktop.domain.week_layout import snapped
from tcf_desktop.qtkit.style import box
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.schedule.board import BoardGeometry
from tcf_desktop.views.schedule.drag_words import drag_words
from tcf_desktop.views.schedule.geometry import Geometry, Spot, local_at
from tcf_desktop.views.schedule.side_panel_card import carried
from tcf_desktop.views.schedule.week_drag import STEP
from tcf_desktop.views.schedule.week_grid import WeekGrid


class CardDrop(QObject):
    """Listens to what is dragged over a grid; nothing of the grid itself changes."""

    dropped = Signal(object, str, object)  # key, starts_local, crew id or None

    def __init__(self, grid: WeekGrid) -> None:
        super().__init__(grid)
        self._grid = grid
        self._ghost = _Ghost(grid.viewport())
        grid.setAcceptDrops(True)
        grid.viewport().setAcceptDrops(True)
        grid.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.DragEnter, QEvent.Type.DragMove):
            assert isinstance(event, QDragMoveEvent)
            return self._over(event)
        if event.type() == QEvent.Type.DragLeave:
            self._ghost.hide()
        elif event.type() == QEvent.Type.Drop:
            assert isinstance(event, QDropEvent)
            return self._drop(event)
        return False

    def _over(self, event: QDragMoveEvent) -> bool:
        what = carried(event.mimeData())
        g = self._grid.geometry_
        if what is None or g is None:
            return False
        _key, minutes = what
        spot = self._spot(g, event.position().toPoint(), minutes)
        if spot is None:
            self._ghost.hide()
            event.ignore()
            return True
        lane = g.scene.lane_at(spot.lane)
        local = local_at(g.scene.week.days[spot.day], spot.minute)
        words, warning = drag_words(g.scene, None, local, minutes, lane, busy=False)
        rect = g.slot_rect(spot, minutes, self._grid.offset)
        self._ghost.show_at(rect, f"{words}\n{warning}" if warning else words)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        return True

    def _drop(self, event: QDropEvent) -> bool:
        self._ghost.hide()
        what = carried(event.mimeData())
        g = self._grid.geometry_
        if what is None or g is None:
            return False
        key, minutes = what
        spot = self._spot(g, event.position().toPoint(), minutes)
        if spot is None:
            return True
        lane = g.scene.lane_at(spot.lane)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        local = local_at(g.scene.week.days[spot.day], spot.minute)
        self.dropped.emit(key, local, lane.crew_id if lane is not None else None)
        return True

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
