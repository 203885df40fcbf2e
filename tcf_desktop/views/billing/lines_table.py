"""The lines of an invoice, edited where they stand and wholly by keyboard.

Tab or Enter moves to the right and from the last cell to the next line; the empty row takes the
name of a service or any text; Enter in it without a text leaves the table. Alt+Up and Alt+Down move
a line, Ctrl+Delete takes it away. Rows copied in a spreadsheet are pasted as lines.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QActionGroup,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QMenu, QSizePolicy, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.pasted_lines import PastedLine, is_table, pasted_lines
from tcf_desktop.itemmodels.id_list_model import Index
from tcf_desktop.itemmodels.invoice_lines import (
    AMOUNT,
    DISCOUNT,
    EACH,
    EDITABLE,
    HANDLE,
    QTY,
    SERVICE,
    TAX,
    UNIT,
    InvoiceLinesModel,
)
from tcf_desktop.itemmodels.price_list import PriceListModel
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.invoice_drafts import InvoiceLineDraft
from tcf_desktop.services.queries.billing_choices import TaxCodeChoice
from tcf_desktop.views.billing.lines_delegate import ENTER, LineDelegate
from tcf_desktop.views.common import ListTable

_LEAST: Final = {HANDLE: 24, QTY: 60, UNIT: 56, EACH: 80, DISCOUNT: 76, TAX: 64, AMOUNT: 92}
_MOST: Final = 190  # no figure pushes the words out
_EDGES: Final = 18  # of a cell, left and right


class LinesTable(ListTable):
    """As high as its lines; ``leftDown`` when Enter left the empty row."""

    leftDown = Signal()
    discountsShown = Signal()

    def __init__(
        self, model: InvoiceLinesModel, prices: PriceListModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, lines=2, object_name="invoice.lines", outer=0)
        self.lines_model = model
        self.prices = prices
        self.codes: tuple[TaxCodeChoice, ...] = ()
        self.currency = "USD"
        self._wants_discounts = False
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
        self.setItemDelegate(LineDelegate(self))
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(24)
        header.setAccessibleName(self.tr("Columns of the lines"))
        header.setSectionResizeMode(SERVICE, header.ResizeMode.Stretch)
        for changed in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            changed.connect(self._on_rows_changed)
        model.dataChanged.connect(self.fit_columns)
        theme().changed.connect(self._on_theme_changed)
        self._on_rows_changed()

    def sizeHint(self) -> QSize:
        header = self.horizontalHeader().sizeHint().height()
        return QSize(500, header + self.lines_model.rowCount() * theme().row_height(2) + 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(300, self.sizeHint().height())

    # columns

    def show_tax(self, on: bool) -> None:
        """Hide the column of taxes where none is charged."""
        self.setColumnHidden(TAX, not on)
        self.refresh_edges()

    def show_discounts(self, on: bool) -> None:
        """Show the column of discounts also where there is none yet."""
        self._wants_discounts = on
        self.fit_columns()
        if on:
            self.discountsShown.emit()

    def fit_columns(self) -> None:
        """Columns that nobody uses are hidden, the others as wide as their figures."""
        lines = self.lines_model.lines
        offered = any(price.unit for price in self.prices.prices)
        unit = any(line.unit for line in lines) or (offered and not self.lines_model.is_read_only)
        used = any(line.discount_ppm or line.discount_fixed_cents for line in lines)
        self.setColumnHidden(UNIT, not unit)
        self.setColumnHidden(DISCOUNT, not (used or self._wants_discounts))
        header, metrics = self.horizontalHeader(), theme().metrics("body")
        bold = theme().metrics("body", 600)
        for column, least in _LEAST.items():
            wide = theme().scaled(least)
            if column != HANDLE:
                ruler = bold if column == AMOUNT else metrics
                texts = [
                    str(self.lines_model.index(row, column).data() or "")
                    for row in range(len(lines))
                ]
                texts.append(str(self.lines_model.headerData(column, Qt.Orientation.Horizontal)))
                longest = max(ruler.horizontalAdvance(text) for text in texts)
                wide = max(wide, min(longest + _EDGES, theme().scaled(_MOST)))
            if header.sectionSize(column) != wide and not self.isColumnHidden(column):
                header.resizeSection(column, wide)
        self.refresh_edges()

    def editable_columns(self) -> list[int]:
        """The columns to be typed into, as they stand."""
        return [column for column in EDITABLE if not self.isColumnHidden(column)]

    def new_row_hint(self) -> str:
        """What the empty row says."""
        return self.tr("Type a service, or press Enter twice when you are done")

    def edit_new_row(self) -> None:
        """Begin the next line."""
        self.setFocus(Qt.FocusReason.TabFocusReason)
        self._go(self.lines_model.rowCount() - 1, SERVICE)

    # moving between cells

    def step(self, index: Index, *, back: bool = False) -> None:
        """Go on to the next (or previous) cell to be typed into. The unit of a service is known."""
        columns, row = self.editable_columns(), index.row()
        known = not self.lines_model.is_new_row(row) and self.lines_model.lines[row].service_id
        if known and UNIT in columns and index.column() != UNIT:
            columns.remove(UNIT)
        at = columns.index(index.column()) if index.column() in columns else 0
        if self.lines_model.is_new_row(row) and not back:
            self.leftDown.emit()
            return
        at += -1 if back else 1
        if at < 0:
            row, at = row - 1, len(columns) - 1
        elif at == len(columns):
            row, at = row + 1, 0
        if row < 0:
            before = self.previousInFocusChain()
            if before is not None:
                before.setFocus(Qt.FocusReason.BacktabFocusReason)
        else:
            self._go(row, columns[at])

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

    def paste(self, text: str) -> bool:
        """Take rows of a spreadsheet as lines; False when the text is just words."""
        if self.lines_model.is_read_only or not is_table(text):
            return False
        try:
            found = pasted_lines(text, self.currency, i18n.number_style())
        except AppError as error:
            self.lines_model.refused.emit(error)
            return True
        self._close_editor()
        if self.lines_model.add_lines([self._line_of(row) for row in found]):
            self._go(self.lines_model.rowCount() - 1, SERVICE)
        return True

    def _line_of(self, row: PastedLine) -> InvoiceLineDraft:
        """A pasted row; what it does not say comes from the price list."""
        known = self.prices.named(row.name)
        if known is None:
            return InvoiceLineDraft(
                row.name, row.description, row.qty_milli, row.unit_price_e4 or 0
            )
        price = known.offered_e4 if row.unit_price_e4 is None else row.unit_price_e4
        return InvoiceLineDraft(
            known.name, row.description or known.description, row.qty_milli, price, known.taxable,
            known.id, unit=known.unit, tax_code_id=known.tax_code_id,
        )  # fmt: skip

    def commit(self) -> None:
        """Take over what stands in an open cell editor."""
        editor = self.indexWidget(self.currentIndex())
        if editor is not None:
            self.commitData(editor)

    def _close_editor(self) -> None:
        editor = self.indexWidget(self.currentIndex())
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, LineDelegate.EndEditHint.NoHint)

    # events

    def _on_rows_changed(self) -> None:
        """The empty row is one wide cell."""
        self.clearSpans()
        if not self.lines_model.is_read_only:
            self.setSpan(self.lines_model.rowCount() - 1, SERVICE, 1, AMOUNT - SERVICE + 1)
        self.fit_columns()
        self.updateGeometry()

    def _on_theme_changed(self) -> None:
        self.fit_columns()
        self.updateGeometry()

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
        if event.matches(QKeySequence.StandardKey.Paste):
            return self.paste(QGuiApplication.clipboard().text())
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.handle_key(event):
            return
        index = self.currentIndex()
        if event.key() in ENTER and not event.modifiers() and index.isValid():
            if index.column() in EDITABLE:
                self.edit(index)
            return
        if event.key() == Qt.Key.Key_Space and index.column() == TAX:
            self._choose_tax(index)
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        where = event.position().toPoint()
        index = self.indexAt(where)
        if not self.lines_model.is_read_only and index.isValid():
            if event.button() == Qt.MouseButton.RightButton:
                return  # the menu comes by itself
            if index.column() == TAX and not self.lines_model.is_new_row(index.row()):
                self._choose_tax(index)
                return
            if index.column() == HANDLE and not self.lines_model.is_new_row(index.row()):
                self.setCurrentIndex(self.lines_model.index(index.row(), SERVICE))
                self._open_menu(self.viewport().mapToGlobal(where), index.row())
                return
        super().mousePressEvent(event)
        if index.isValid() and index == self.currentIndex():
            self.edit(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.lines_model.is_read_only:
            return
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        row = index.row() if index.isValid() else self.lines_model.rowCount() - 1
        if not self.lines_model.is_new_row(row):
            self.setCurrentIndex(self.lines_model.index(row, SERVICE))
        where = self.visualRect(index).bottomLeft() if by_key else event.pos()
        self._open_menu(self.viewport().mapToGlobal(where), row)

    # menus

    def _choose_tax(self, index: Index) -> None:
        """How a line is taxed: two choices change places, more hang in a menu."""
        row = index.row()
        if self.lines_model.is_new_row(row) or self.lines_model.is_read_only:
            return
        if not self.codes:
            self.lines_model.set_tax(row, taxable=not self.lines_model.lines[row].taxable)
            return
        menu = self._menu("invoice.taxMenu")
        self._fill_taxes(menu, row)
        menu.popup(self.viewport().mapToGlobal(self.visualRect(index).bottomLeft()))

    def _fill_taxes(self, menu: QMenu, row: int) -> None:
        line = self.lines_model.lines[row]
        choices: list[tuple[str, bool, int | None]] = [(self.tr("Standard"), True, None)]
        choices += [(code.name, True, code.id) for code in self.codes]
        choices.append((self.tr("No tax"), False, None))
        group = QActionGroup(menu)
        for name, taxable, code in choices:
            action = menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            group.addAction(action)
            action.setChecked(line.taxable == taxable and (not taxable or line.tax_code_id == code))
            action.triggered.connect(self._taxing(row, taxable, code))

    def _taxing(self, row: int, taxable: bool, code: int | None) -> Callable[[], None]:
        return lambda: self.lines_model.set_tax(row, taxable=taxable, tax_code_id=code)

    def _menu(self, name: str) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName(name)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _open_menu(self, where: QPoint, row: int) -> None:
        menu = self._menu("invoice.lineMenu")
        if not self.lines_model.is_new_row(row):
            up = menu.addAction(self.tr("Move up\tAlt+Up"), lambda: self.move_line(-1))
            up.setEnabled(row > 0)
            down = menu.addAction(self.tr("Move down\tAlt+Down"), lambda: self.move_line(1))
            down.setEnabled(not self.lines_model.is_new_row(row + 1))
            if not self.isColumnHidden(TAX):
                self._fill_taxes(menu.addMenu(self.tr("Tax")), row)
            menu.addSeparator()
            menu.addAction(self.tr("Remove line\tCtrl+Del"), self.remove_line)
            menu.addSeparator()
        discounts = menu.addAction(self.tr("Discounts of lines"))
        discounts.setCheckable(True)
        discounts.setChecked(not self.isColumnHidden(DISCOUNT))
        discounts.toggled.connect(self.show_discounts)
        menu.popup(where)
