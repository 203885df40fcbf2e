"""Painting the lines of an invoice and the editors of their cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from tcf_desktop.itemmodels.id_list_model import ROW_ROLE, Index
from tcf_desktop.itemmodels.invoice_lines import (
    AMOUNT,
    DISCOUNT,
    EDITABLE,
    HANDLE,
    SERVICE,
    TAX,
    UNIT,
)
from tcf_desktop.qtkit.style import focus_ring
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.catalog import PriceRow
from tcf_desktop.views.billing.service_editor import ServiceEditor
from tcf_desktop.views.common import Cell, LineEdit, TwoLineDelegate, paint_lines

if TYPE_CHECKING:
    from tcf_desktop.views.billing.lines_table import LinesTable

ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LineDelegate(TwoLineDelegate):
    """Paints a line and gives its cells their editors."""

    def __init__(self, table: LinesTable) -> None:
        super().__init__(parent=table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colors = theme()
        rect: QRect = cast("Any", option).rect
        painter.fillRect(rect, colors.color("surface"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colors.color("line"))
        model = self._table.lines_model
        first, last = index.column() == HANDLE, index.column() == AMOUNT
        inner = rect.adjusted(0 if first else 8, 0, -(0 if last else 8), -1)
        if model.is_new_row(index.row()):
            if index.column() == SERVICE:
                paint_lines(painter, inner, Cell(self._table.new_row_hint(), token="text3"))
        elif first:
            if not model.is_read_only:
                glyph = colors.pixmap(
                    "dots-six-vertical", "text3", 16, painter.device().devicePixelRatio()
                )
                painter.drawPixmap(inner.x() + 2, inner.y() + (inner.height() - 16) // 2, glyph)
        else:
            paint_lines(painter, inner, self._line_cell(index))
        state = cast("Any", option).state
        if state & QStyle.StateFlag.State_HasFocus and index.column() not in EDITABLE:
            focus_ring(painter, rect.adjusted(1, 1, -1, -2), radius=4)

    def _line_cell(self, index: Index) -> Cell:
        text = str(index.data() or "")
        if index.column() == SERVICE:
            line = index.data(ROW_ROLE)
            return Cell(text, line.description.replace("\n", " · "), weight=600)
        if index.column() == UNIT:
            return Cell(text, token="text2")
        token = "text2" if index.column() in {TAX, DISCOUNT} else "text"
        weight = 600 if index.column() == AMOUNT else 400
        return Cell(text, right=True, weight=weight, token=token)

    # editors

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        if index.column() == SERVICE:
            return self._service_editor(parent, index.row())
        field = LineEdit(parent=parent, object_name="invoice.cell")
        side = Qt.AlignmentFlag.AlignLeft if index.column() == UNIT else Qt.AlignmentFlag.AlignRight
        field.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        if index.column() == DISCOUNT:
            field.setPlaceholderText(self._table.tr("10%"))
        field.setAccessibleName(
            str(self._table.lines_model.headerData(index.column(), Qt.Orientation.Horizontal))
        )
        return field

    def _service_editor(self, parent: QWidget, row: int) -> ServiceEditor:
        table = self._table
        editor = ServiceEditor(table.prices, table.handle_key, parent)
        if table.lines_model.is_new_row(row):
            editor.begin_new(table.new_row_hint())
        editor.committed.connect(self.commitData)
        editor.leaveRequested.connect(lambda back: self.leave(editor, back=back))
        editor.closeRequested.connect(self._on_editor_close_requested)
        editor.priceChosen.connect(lambda price: self._on_price_chosen(editor, row, price))
        return editor

    def _on_editor_close_requested(self, editor: QWidget) -> None:
        self.closeEditor.emit(editor, self.EndEditHint.NoHint)

    def _on_price_chosen(self, editor: QWidget, row: int, price: PriceRow) -> None:
        at = QModelIndex(self._table.currentIndex())
        self._table.lines_model.set_service(row, price)
        self.closeEditor.emit(editor, self.EndEditHint.NoHint)
        QTimer.singleShot(0, self._table, lambda: self._table.step(at))

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, ServiceEditor):
            editor.take(index.data(ROW_ROLE))
        elif isinstance(editor, LineEdit) and not editor.isModified():
            editor.setText(str(index.data() or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        if isinstance(editor, ServiceEditor):
            if not editor.is_done:
                self._table.lines_model.set_text(index.row(), *editor.words())
        elif isinstance(editor, LineEdit) and editor.isModified():
            editor.setModified(False)
            model.setData(index, editor.text())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        rect: QRect = cast("Any", option).rect
        if isinstance(editor, ServiceEditor):
            editor.setGeometry(rect.adjusted(0, 1, -2, -2))
            return
        height = theme().control_height()
        top = rect.y() + (rect.height() - height) // 2
        editor.setGeometry(rect.x() + 2, top, rect.width() - 2, height)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(editor, LineEdit):
            key = cast("QKeyEvent", event)
            if self._table.handle_key(key):
                return True
            if key.modifiers() & Qt.KeyboardModifier.ControlModifier and key.key() in ENTER:
                self.commitData.emit(editor)
                return False
            if key.key() in (*ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self.leave(editor, back=key.key() == Qt.Key.Key_Backtab)
                return True
        return super().eventFilter(editor, event)

    def leave(self, editor: QWidget, *, back: bool = False) -> None:
        """Take over what was typed, close, and go on."""
        index = QModelIndex(self._table.currentIndex())
        was_new = self._table.lines_model.is_new_row(index.row())
        typed = isinstance(editor, ServiceEditor) and editor.has_text()
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, self.EndEditHint.NoHint)
        if was_new and typed and not back:
            QTimer.singleShot(0, self._table, lambda: self._table.step(index))
            return
        self._table.step(index, back=back)
