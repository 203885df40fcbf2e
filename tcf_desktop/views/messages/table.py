"""The list of messages: two lines a row, letters for what can be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent

from tcf_desktop.itemmodels.columns import Column
from tcf_desktop.itemmodels.id_list_model import IdListModel
from tcf_desktop.itemmodels.message_list import STATE, TO, WHY
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common import Cell, ListTable, TwoLineDelegate

_OUTER = 24
_NARROW = 620


class MessageTable(ListTable):
    """``currentChosen`` when other rows are selected."""

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
            self.setItemDelegateForColumn(number, TwoLineDelegate(_cell(column, number), self))
            if column.stretch:
                header.setSectionResizeMode(number, header.ResizeMode.Stretch)
        self._size_columns()
        theme().changed.connect(self._size_columns)
        self.selectionModel().selectionChanged.connect(lambda *_: self.currentChosen.emit())

    def on_key(self, key: Qt.Key, run: Callable[[], object]) -> None:
        """A key that does something while this list has the focus."""
        self._keys[key] = run

    def keyPressEvent(self, event: QKeyEvent) -> None:
        run = self._keys.get(Qt.Key(event.key()))
        if run is not None and not event.modifiers():
            run()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW * theme().text_scale // 100
        if narrow != self.isColumnHidden(WHY):
            self.setColumnHidden(WHY, narrow)
            self.refresh_edges()
        self._size_columns()

    def _size_columns(self) -> None:
        scale = theme().text_scale
        for number, column in enumerate(self._columns):
            if not column.stretch:
                width = column.width * scale // 100 + (_OUTER if number == STATE else 0)
                most = max(100, self.viewport().width() * 3 // 10)
                self.horizontalHeader().resizeSection(number, min(width, most))


def _cell(column: Column[Any], number: int) -> Callable[[Any], Cell]:
    def words(row: Any) -> Cell:
        second = column.second(row) if column.second else ""
        return Cell(column.text(row), second, weight=600 if number == TO else 400)

    def chip(row: Any) -> Cell:
        return Cell(chip=column.text(row), tone=column.tone(row))

    return chip if number == STATE else words
