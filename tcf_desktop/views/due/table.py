"""The lists of Due again: two lines a row, a chip for the lateness, a button that books."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, cast

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QToolTip

from tcf_desktop.itemmodels.columns import Column
from tcf_desktop.itemmodels.due_list import BOOK, CUSTOMER, LAST, STATE, WORK
from tcf_desktop.itemmodels.id_list_model import IdListModel
from tcf_desktop.qtkit.style import box
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common import Cell, ListTable, TwoLineDelegate, paint_row_back

_NARROW: Final = 700  # below it the names need the room of the last visit
_OUTER: Final = 24
Index = QModelIndex | QPersistentModelIndex


class DueTable(ListTable):
    """``bookRequested`` with the row when its button was clicked; the page knows the rest."""

    bookRequested = Signal(int)
    currentChosen = Signal()

    def __init__(self, model: IdListModel[Any], name: str, object_name: str) -> None:
        super().__init__(object_name=object_name, outer=_OUTER)
        self._columns = model.columns
        self._keys: dict[Qt.Key, Callable[[], object]] = {}
        self.setModel(model)
        self.setAccessibleName(name)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setAccessibleName(self.tr("Columns of the list"))
        for number, column in enumerate(model.columns):
            delegate = (
                _BookDelegate(self)
                if number == BOOK
                else TwoLineDelegate(_cell(column, number), self)
            )
            self.setItemDelegateForColumn(number, delegate)
            if column.stretch:
                header.setSectionResizeMode(number, header.ResizeMode.Stretch)
        self._size_columns()
        theme().changed.connect(self._size_columns)
        self.selectionModel().selectionChanged.connect(lambda *_: self.currentChosen.emit())

    def on_key(self, key: Qt.Key, run: Callable[[], object]) -> None:
        """A letter that does something while this list has the focus."""
        self._keys[key] = run

    def keyPressEvent(self, event: QKeyEvent) -> None:
        run = self._keys.get(Qt.Key(event.key()))
        if run is not None and not event.modifiers():
            run()
            return
        super().keyPressEvent(event)

    def button_rect(self, row: int) -> QRect:
        """Where the button of a row is, in the viewport."""
        return _button_in(self.visualRect(self.model().index(row, BOOK)))

    def select_rows(self, rows: Sequence[int]) -> None:
        """Select these rows, the first of them current; without any all stays as it is."""
        if rows:
            self.select_row(rows[0])
        flags = QItemSelectionModel.SelectionFlag
        for row in rows[1:]:
            index = self.model().index(row, 0)
            self.selectionModel().select(index, flags.Select | flags.Rows)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            where = event.position().toPoint()
            index = self.indexAt(where)
            if index.isValid() and self.button_rect(index.row()).contains(where):
                self.bookRequested.emit(index.row())

    def viewportEvent(self, event: QEvent) -> bool:
        """What was cut off is said in a tip."""
        if event.type() == QEvent.Type.ToolTip:
            asked = cast("QHelpEvent", event)
            index = self.indexAt(asked.pos())
            row = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
            if row is not None:
                column = self._columns[index.column()]
                second = column.second(row) if column.second else ""
                text = "\n".join(part for part in (column.text(row), second) if part)
                QToolTip.showText(asked.globalPos(), text.replace("<", "‹"), self)
                return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW * theme().text_scale // 100
        if narrow != self.isColumnHidden(LAST):
            self.setColumnHidden(LAST, narrow)
            self.refresh_edges()
        self._size_columns()

    def _size_columns(self) -> None:
        scale = theme().text_scale
        for number, column in enumerate(self._columns):
            if column.stretch:
                continue
            width = column.width * scale // 100 + (_OUTER if number == BOOK else 0)
            if number == WORK:  # the names keep their half
                width = min(width, max(120, self.viewport().width() * 3 // 10))
            self.horizontalHeader().resizeSection(number, width)


class _BookDelegate(TwoLineDelegate):
    """A button in the row; the keyboard has B for it."""

    def __init__(self, table: DueTable) -> None:
        super().__init__(lambda _row: Cell(), table)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colors = theme()
        table = cast("DueTable", self.parent())
        rect: QRect = cast("Any", option).rect
        paint_row_back(painter, rect, option, index.row(), table, first=False)
        where = _button_in(rect)
        hot = table.hovered_row == index.row()
        face = colors.color("hover" if hot else "surface")
        box(painter, where, face, colors.color("buttonLine"), radius=6)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        painter.setFont(colors.font("body", 500))
        painter.setPen(colors.color("text"))
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, text)


def _button_in(rect: QRect) -> QRect:
    """The button inside its cell."""
    high = min(theme().control_height() - 4, rect.height() - 8)
    top = rect.y() + (rect.height() - high) // 2
    return QRect(rect.x() + 4, top, max(40, rect.width() - _OUTER - 4), high)


def _cell(column: Column[Any], number: int) -> Callable[[Any], Cell]:
    """The painter's recipe of one column."""

    def words(row: Any) -> Cell:
        second = column.second(row) if column.second else ""
        weight = 600 if number == CUSTOMER else 400
        return Cell(column.text(row), second, weight=weight)

    def chip(row: Any) -> Cell:
        return Cell(chip=column.text(row), tone=column.tone(row))

    return chip if number == STATE else words
