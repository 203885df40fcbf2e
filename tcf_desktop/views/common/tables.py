"""Tables: a view set up once, and a delegate that paints ready strings quickly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleFactory,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from tcf_desktop.qtkit.style import focus_ring
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common.cell_lines import Cell, paint_lines
from tcf_desktop.views.common.chips import chip_size, paint_chip

ROW_ROLE = Qt.ItemDataRole.UserRole
OUTER = 16  # left of the first and right of the last column
INNER = 8

Index = QModelIndex | QPersistentModelIndex


class TwoLineDelegate(QStyledItemDelegate):
    """Paints ``cell(row)`` for the row object that the model gives for ``ROW_ROLE``.

    Without ``cell`` the model's display text is drawn in one line. Selection is a tinted row with
    a 3 px accent bar; hover a tint; every row ends with a hairline.
    """

    def __init__(
        self,
        cell: Callable[[Any], Cell] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._cell = cell

    def cell(self, index: Index) -> Cell:
        """The cell of an index; subclasses may override."""
        if self._cell is not None:
            row = index.data(ROW_ROLE)
            return Cell() if row is None else self._cell(row)
        text = index.data(Qt.ItemDataRole.DisplayRole)
        alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
        right = alignment is not None and bool(int(alignment) & int(Qt.AlignmentFlag.AlignRight))
        return Cell("" if text is None else str(text), right=right)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        table = option.widget
        rect = option.rect
        column = index.column()
        first, last, outer = True, False, OUTER
        if isinstance(table, ListTable):
            first, last = table.edges(column)
            outer = table.outer
        paint_row_back(painter, rect, option, index.row(), table, first=first)
        cell = self.cell(index)
        inner = rect.adjusted(outer if first else INNER, 0, -(outer if last else INNER), -1)
        if cell.chip:
            size = chip_size(cell.chip, cell.chip_icon)
            where = QRect(QPoint(inner.x(), 0), size)
            where.setWidth(min(size.width(), inner.width()))
            where.moveTop(rect.y() + (rect.height() - size.height()) // 2)
            paint_chip(painter, where, cell.chip, cell.tone, icon=cell.chip_icon)
            return
        if cell.icon:
            glyph = theme().pixmap(
                cell.icon, cell.icon_token, 16, painter.device().devicePixelRatio()
            )
            painter.drawPixmap(inner.x(), inner.y() + (inner.height() - 16) // 2, glyph)
            inner.setLeft(inner.x() + 24)
        paint_lines(painter, inner, cell)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, theme().row_height(2 if self._cell is not None else 1))


def paint_row_back(
    painter: QPainter,
    rect: QRect,
    option: QStyleOptionViewItem,
    row: int,
    table: QWidget | None,
    *,
    first: bool,
) -> None:
    """Ground, hairline, accent bar and focus of one cell of a row."""
    colors = theme()
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    if selected:
        painter.fillRect(rect, colors.color("selected"))
    elif isinstance(table, ListTable) and table.hovered_row == row:
        painter.fillRect(rect, colors.color("hover"))
    else:
        painter.fillRect(rect, colors.color("surface"))
    painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colors.color("line"))
    if selected and first:
        painter.fillRect(rect.x(), rect.y(), 3, rect.height() - 1, colors.color("accent"))
    focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
    if focused and isinstance(table, ListTable) and table.cell_focus:
        focus_ring(painter, rect.adjusted(1, 1, -1, -1), radius=4)


class ListHeader(QHeaderView):
    """Column titles in caption size, aligned as their column, with a sort arrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumSectionSize(48)
        theme().changed.connect(self._on_theme_changed)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), max(32, theme().line_height("caption") + 17))

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        colors = theme()
        painter.fillRect(rect, colors.color("surface"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, colors.color("line"))
        model = self.model()
        text = model.headerData(logical, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
        alignment = model.headerData(
            logical, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole
        )
        right = alignment is not None and bool(int(alignment) & int(Qt.AlignmentFlag.AlignRight))
        visual = self.visualIndex(logical)
        shown = [i for i in range(self.count()) if not self.isSectionHidden(self.logicalIndex(i))]
        first = bool(shown) and visual == shown[0]
        last = bool(shown) and visual == shown[-1]
        table = self.parent()
        outer = table.outer if isinstance(table, ListTable) else OUTER
        inner = rect.adjusted(outer if first else INNER, 0, -(outer if last else INNER), -1)
        metrics = colors.metrics("caption", 500)
        sorted_here = self.isSortIndicatorShown() and self.sortIndicatorSection() == logical
        room = inner.width() - (16 if sorted_here else 0)
        line = metrics.elidedText(str(text or ""), Qt.TextElideMode.ElideRight, room)
        wide = metrics.horizontalAdvance(line)
        left = inner.right() + 1 - wide if right else inner.x()
        painter.setFont(colors.font("caption", 500))
        painter.setPen(colors.color("text2"))
        painter.drawText(
            QRect(left, inner.y(), wide + 2, inner.height()),
            Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine,
            line,
        )
        if sorted_here:
            up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            glyph = colors.pixmap(
                "caret-up" if up else "caret-down",
                "text2",
                12,
                painter.device().devicePixelRatio(),
            )
            at = left - 16 if right else left + wide + 4
            painter.drawPixmap(at, inner.y() + (inner.height() - 12) // 2, glyph)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.viewport().update()


class ListTable(QTableView):
    """A list: fixed row height, hairlines, whole rows selected, hover, no letter search.

    ``activatedRow`` on Enter or double click; ``menuRequested`` with the position in the viewport.
    """

    activatedRow = Signal(int)

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        lines: int = 2,
        object_name: str = "",
        outer: int = OUTER,
    ) -> None:
        super().__init__(parent)
        self._lines = lines
        self.outer = outer  # left of the first and right of the last column
        self.hovered_row = -1
        self.cell_focus = False
        self._edges: tuple[int, int] = (0, -1)
        if object_name:
            self.setObjectName(object_name)
        # Qt asks the style once per cell for a ground that the delegate covers anyway.
        self.setStyle(_plain_fusion())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAutoFillBackground(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setHorizontalHeader(ListHeader(self))
        self.horizontalHeader().sectionMoved.connect(self._on_header_changed)
        self.horizontalHeader().sectionCountChanged.connect(self._on_header_changed)
        self.horizontalHeader().setStretchLastSection(False)
        vertical = self.verticalHeader()
        vertical.hide()
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setItemDelegate(TwoLineDelegate(parent=self))
        self.doubleClicked.connect(self._on_double_clicked)
        self._restyle()
        theme().changed.connect(self._restyle)

    def edges(self, column: int) -> tuple[bool, bool]:
        """Whether a column is the first and whether it is the last that is shown."""
        return column == self._edges[0], column == self._edges[1]

    def refresh_edges(self) -> None:
        """Find the outer columns again after hiding or showing one."""
        header = self.horizontalHeader()
        shown = [
            header.logicalIndex(i)
            for i in range(header.count())
            if not header.isSectionHidden(header.logicalIndex(i))
        ]
        self._edges = (shown[0], shown[-1]) if shown else (0, -1)
        self.viewport().update()

    def setModel(self, model: Any) -> None:
        super().setModel(model)
        self.refresh_edges()

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts of the page, not a search."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid() and not event.modifiers() & (
                Qt.KeyboardModifier.ControlModifier
            ):
                self.activatedRow.emit(self.currentIndex().row())
                return
            event.ignore()
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(int(event.position().y())))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.hovered_row = -1
        super().scrollContentsBy(dx, dy)

    def select_row(self, row: int) -> None:
        """Make a row current and selected, and show it."""
        model: QAbstractItemModel | None = self.model()
        if model is not None and 0 <= row < model.rowCount():
            # Not selectRow: it asks which keys are held, and Ctrl+Z would deselect the row.
            flags = QItemSelectionModel.SelectionFlag
            index = model.index(row, 0)
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def selected_rows(self) -> list[int]:
        """The selected row numbers, ascending."""
        rows: set[int] = set()
        for first, last in self._selected_ranges():
            rows.update(range(first, last + 1))
        return sorted(rows)

    def selected_count(self) -> int:
        """How many rows are selected, without looking at each."""
        return sum(last - first + 1 for first, last in self._selected_ranges())

    def _selected_ranges(self) -> list[tuple[int, int]]:
        chosen: QItemSelectionModel | None = self.selectionModel()
        if chosen is None:
            return []
        parts = chosen.selection().toList()
        return [(part.top(), part.bottom()) for part in parts if part.left() == 0]

    def _hover(self, row: int) -> None:
        if row == self.hovered_row:
            return
        old, self.hovered_row = self.hovered_row, row
        wide = self.viewport().width()
        for changed in (old, row):
            if changed >= 0:
                top = self.rowViewportPosition(changed)
                self.viewport().update(0, top, wide, self.rowHeight(changed))

    def _on_header_changed(self, *_: int) -> None:
        self.refresh_edges()

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.activatedRow.emit(index.row())

    def _restyle(self) -> None:
        height = theme().row_height(self._lines)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.setFont(theme().font())
        self.viewport().update()


def _plain_fusion() -> QStyle:
    # One for each table: the table owns its style and takes it along when it dies.
    return QStyleFactory.create("Fusion")
