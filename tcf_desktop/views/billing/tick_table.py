"""Lists with a tick before each row."""

from __future__ import annotations

from typing import Any, Protocol, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from tcf_desktop.qtkit.style import box
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common import Cell, ListTable, TwoLineDelegate, paint_row_back


class Ticked(Protocol):
    """A model that knows which rows are ticked."""

    def is_ticked(self, place: int) -> bool: ...


class TickTable(ListTable):
    """A list with a tick in its first column; a click on it or Space on the selection ticks."""

    tickRequested = Signal(list)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == 0:
            self.setCurrentIndex(index)
            self.tickRequested.emit([index.row()])
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.tickRequested.emit(self.selected_rows())
            return
        super().keyPressEvent(event)


class TickDelegate(TwoLineDelegate):
    """A box with a check mark."""

    def __init__(self, model: Ticked) -> None:
        super().__init__(lambda _row: Cell())
        self._model = model

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        colors = theme()
        rect: QRect = cast("Any", option).rect
        table = cast("ListTable", self.parent())
        paint_row_back(painter, rect, option, index.row(), table, first=True)
        edge = 18
        where = QRect(rect.x() + 24, rect.y() + (rect.height() - edge) // 2, edge, edge)
        if self._model.is_ticked(index.row()):
            box(painter, where, colors.color("accent"), None, radius=4)
            glyph = colors.pixmap("check-bold", "onAccent", 12, painter.device().devicePixelRatio())
            painter.drawPixmap(where.x() + 3, where.y() + 3, glyph)
        else:
            box(painter, where, colors.color("surface"), colors.color("control"), radius=4)
