"""The lines of an invoice, edited where they stand and wholly by keyboard.

Tab or Enter moves to the right and from the last cell to the next line; the empty row takes the
name of a service or any text; Enter in it without a text leaves the table. Alt+Up and Alt+Down move
a line, Ctrl+Delete takes it away.
"""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QMenu,
    QSizePolicy,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from tcf_desktop.itemmodels.id_list_model import ROW_ROLE, Index
from tcf_desktop.itemmodels.invoice_lines import (
    AMOUNT,
    EACH,
    EDITABLE,
    HANDLE,
    QTY,
    SERVICE,
    TAX,
    InvoiceLinesModel,
    PriceListModel,
)
from tcf_desktop.qtkit.style import focus_ring
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.catalog import PriceRow
from tcf_desktop.views.billing.service_editor import ServiceEditor
from tcf_desktop.views.common import Cell, LineEdit, ListTable, TwoLineDelegate, paint_lines

_WIDTHS = {HANDLE: 24, QTY: 70, EACH: 88, TAX: 70, AMOUNT: 104}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LinesTable(ListTable):
    """As high as its lines; ``leftDown`` when Enter left the empty row."""

    leftDown = Signal()

    def __init__(
        self, model: InvoiceLinesModel, prices: PriceListModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, lines=2, object_name="invoice.lines", outer=0)
        self.lines_model = model
        self.prices = prices
        self.cell_focus = True
        self.setModel(model)
        self.setAccessibleName(self.tr("Lines of the invoice"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.AnyKeyPressed
            | triggers.EditKeyPressed
            | triggers.DoubleClicked
            | triggers.CurrentChanged
        )
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setItemDelegate(_LineDelegate(self))
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(24)
        header.setAccessibleName(self.tr("Columns of the lines"))
        for column, width in _WIDTHS.items():
            header.resizeSection(column, width)
        header.setSectionResizeMode(SERVICE, header.ResizeMode.Stretch)
        for changed in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            changed.connect(self._on_rows_changed)
        self._on_rows_changed()
        theme().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        header = self.horizontalHeader().sizeHint().height()
        return QSize(500, header + self.lines_model.rowCount() * theme().row_height(2) + 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(300, self.sizeHint().height())

    def _on_rows_changed(self) -> None:
        """The empty row is one wide cell."""
        self.clearSpans()
        if not self.lines_model.is_read_only:
            self.setSpan(self.lines_model.rowCount() - 1, SERVICE, 1, AMOUNT - SERVICE + 1)
        self.updateGeometry()

    def show_tax(self, on: bool) -> None:
        """Hide the column of taxes where none is charged."""
        self.setColumnHidden(TAX, not on)
        self.refresh_edges()

    def new_row_hint(self) -> str:
        """What the empty row says."""
        return self.tr("Type a service, or press Enter twice when you are done")

    def edit_new_row(self) -> None:
        """Begin the next line."""
        self.setFocus(Qt.FocusReason.TabFocusReason)
        self._go(self.lines_model.rowCount() - 1, SERVICE)

    # moving between cells

    def step(self, index: Index, *, back: bool = False) -> None:
        """Go on to the next (or previous) cell that can be edited."""
        row, at = index.row(), EDITABLE.index(index.column())
        if self.lines_model.is_new_row(row) and not back:
            self.leftDown.emit()
            return
        at += -1 if back else 1
        if at < 0:
            row, at = row - 1, len(EDITABLE) - 1
        elif at == len(EDITABLE):
            row, at = row + 1, 0
        if row < 0:
            before = self.previousInFocusChain()
            if before is not None:
                before.setFocus(Qt.FocusReason.BacktabFocusReason)
        else:
            self._go(row, EDITABLE[at])

    def _go(self, row: int, column: int) -> None:
        index = self.lines_model.index(row, column)
        if index == self.currentIndex():
            self.edit(index)
        else:
            self.setCurrentIndex(index)

    def move_line(self, by: int) -> None:
        """Move the current line."""
        index = self.currentIndex()
        self._close_editor()
        column = index.column()
        row = self.lines_model.move(index.row(), by)
        self._go(row, column)

    def remove_line(self) -> None:
        """Take the current line away; the next one becomes current."""
        index = self.currentIndex()
        self._close_editor()
        row = index.row()
        self.lines_model.remove(row)
        self._go(min(row, self.lines_model.rowCount() - 1), SERVICE)

    def commit(self) -> None:
        """Take over what stands in an open cell editor."""
        editor = self.indexWidget(self.currentIndex())
        if editor is not None:
            self.commitData(editor)

    def _close_editor(self) -> None:
        editor = self.indexWidget(self.currentIndex())
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, _LineDelegate.EndEditHint.NoHint)

    # events

    def handle_key(self, event: QKeyEvent) -> bool:
        """Keys of the table, also while a cell is being edited."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_line(-1 if event.key() == Qt.Key.Key_Up else 1)
            return True
        if control and event.key() == Qt.Key.Key_Delete:
            self.remove_line()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.handle_key(event):
            return
        index = self.currentIndex()
        if event.key() in _ENTER and not event.modifiers() and index.isValid():
            if index.column() in EDITABLE:
                self.edit(index)
            return
        if event.key() == Qt.Key.Key_Space and index.column() == TAX:
            self.lines_model.toggle_tax(index.row())
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        where = event.position().toPoint()
        index = self.indexAt(where)
        if not self.lines_model.is_read_only and index.isValid():
            if index.column() == TAX:
                self.lines_model.toggle_tax(index.row())
                return
            if index.column() == HANDLE and not self.lines_model.is_new_row(index.row()):
                self.setCurrentIndex(self.lines_model.index(index.row(), SERVICE))
                self._open_menu(self.viewport().mapToGlobal(where), index.row())
                return
        super().mousePressEvent(event)
        if index.isValid() and index == self.currentIndex():
            self.edit(index)

    def _open_menu(self, where: QPoint, row: int) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        up = menu.addAction(self.tr("Move up\tAlt+Up"), lambda: self.move_line(-1))
        up.setEnabled(row > 0)
        down = menu.addAction(self.tr("Move down\tAlt+Down"), lambda: self.move_line(1))
        down.setEnabled(not self.lines_model.is_new_row(row + 1))
        menu.addAction(self.tr("Tax this line or not"), lambda: self.lines_model.toggle_tax(row))
        menu.addSeparator()
        menu.addAction(self.tr("Remove line\tCtrl+Del"), self.remove_line)
        menu.popup(where)


class _LineDelegate(TwoLineDelegate):
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
        token = "text2" if index.column() == TAX else "text"
        weight = 600 if index.column() == AMOUNT else 400
        return Cell(text, right=True, weight=weight, token=token)

    # editors

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        if index.column() == SERVICE:
            return self._service_editor(parent, index.row())
        field = LineEdit(parent=parent, object_name="invoice.cell")
        field.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
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
            if key.modifiers() & Qt.KeyboardModifier.ControlModifier and key.key() in _ENTER:
                self.commitData.emit(editor)
                return False
            if key.key() in (*_ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
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
