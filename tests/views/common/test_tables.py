"""The list table: fixed rows, whole-row selection, hover, keys that do not search."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tcf_desktop.views.common import Cell, ListTable, TwoLineDelegate
from tcf_desktop.views.common.tables import Index

ROLE = Qt.ItemDataRole


class Names(QAbstractTableModel):
    """A hundred rows with a name and an amount."""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 100

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 2

    def data(self, index: Index, role: int = ROLE.DisplayRole) -> object:
        if role == ROLE.DisplayRole:
            return f"Bergstrom, Ellen {index.row()}" if index.column() == 0 else "12.00"
        if role == ROLE.UserRole:
            return index.row()
        if role == ROLE.TextAlignmentRole and index.column() == 1:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole
    ) -> object:
        if role == ROLE.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return ("Name", "Owes")[section]
        return None


@pytest.fixture
def table(qtbot: QtBot) -> ListTable:
    made = ListTable(object_name="t")
    qtbot.addWidget(made)
    made.setModel(Names(made))
    made.setItemDelegateForColumn(
        0,
        TwoLineDelegate(
            lambda row: Cell(f"Row {row}", "second", weight=600, chip="late" if row == 3 else "",
                             tone="warn", icon="user" if row == 4 else ""),
            made,
        ),
    )  # fmt: skip
    made.resize(400, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_rows_are_46_high_and_paint(table: ListTable) -> None:
    assert table.rowHeight(0) == table.rowHeight(99) == 46
    table.select_row(1)
    assert not table.grab().toImage().isNull()


def test_selection_is_whole_rows(table: ListTable, qtbot: QtBot) -> None:
    where = table.visualRect(table.model().index(2, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert table.selected_rows() == [2]
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert table.selected_rows() == [2, 3]


def test_enter_and_double_click_open_the_row(table: ListTable, qtbot: QtBot) -> None:
    table.select_row(5)
    with qtbot.waitSignal(table.activatedRow) as opened:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [5]
    where = table.visualRect(table.model().index(4, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    with qtbot.waitSignal(table.activatedRow) as opened:
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert opened.args == [4]


def test_letters_do_not_jump(table: ListTable) -> None:
    table.select_row(5)
    QTest.keyClicks(table, "bergstrom, ellen 7")
    assert table.currentIndex().row() == 5


def test_the_row_under_the_mouse_is_known(table: ListTable, qtbot: QtBot) -> None:
    where = table.visualRect(table.model().index(1, 0)).center()
    qtbot.mouseMove(table.viewport(), QPoint(1, 1))
    qtbot.mouseMove(table.viewport(), where)
    qtbot.waitUntil(lambda: table.hovered_row == 1)
    table.scrollToBottom()
    assert table.hovered_row == -1


def test_outer_columns_follow_hiding(table: ListTable) -> None:
    assert table.edges(0) == (True, False)
    assert table.edges(1) == (False, True)
    table.setColumnHidden(1, True)
    table.refresh_edges()
    assert table.edges(0) == (True, True)


def test_selecting_beyond_the_end_does_nothing(table: ListTable) -> None:
    table.select_row(500)
    assert table.selected_rows() == []
    assert ListTable().selected_rows() == []
