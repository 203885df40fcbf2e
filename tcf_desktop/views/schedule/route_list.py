"""The stops of a route in their order: dragged, or moved with Alt+Up and Alt+Down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QDropEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.style import focus_ring
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.route import RouteStop
from tcf_desktop.views.common import chip_size, paint_chip
from tcf_desktop.views.team.map_paint import readable_on

Index = QModelIndex | QPersistentModelIndex
_MARK = 26
_EDGE = 20


@dataclass(frozen=True, slots=True)
class RouteLine:
    """A stop as it is shown: ``when`` its time (or the one that the order would give), ``way`` the
    distance from the stop before, ``chip`` why it stays."""

    stop: RouteStop
    number: int
    when: str
    way: str
    chip: str
    tone: str
    moves: bool = False

    def spoken(self) -> str:
        """All of it in one sentence."""
        return i18n.joined(
            [str(self.number), self.stop.name, self.when, self.stop.address, self.way, self.chip],
            ", ",
        )


class RouteModel(QAbstractListModel):
    """The lines in order."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[RouteLine, ...] = ()

    def show_lines(self, lines: Sequence[RouteLine]) -> None:
        """Show these; the same stops in another order keep the rest as it is."""
        same = len(lines) == len(self.lines)
        if not same:
            self.beginResetModel()
        self.lines = tuple(lines)
        if not same:
            self.endResetModel()
        elif lines:
            self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.stop.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return line.spoken()
        return line if role == Qt.ItemDataRole.UserRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid():
            return base | Qt.ItemFlag.ItemIsDragEnabled
        return Qt.ItemFlag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction


class RouteList(QListView):
    """``moved`` with the row and the row it goes to; ``opened`` with a row on Enter."""

    moved = Signal(int, int)
    opened = Signal(int)

    def __init__(self, model: RouteModel) -> None:
        super().__init__()
        self.setObjectName("route.list")
        self.setAccessibleName(self.tr("Visits in the order of the route"))
        self.setModel(model)
        self.setItemDelegate(_StopDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        theme().changed.connect(self.doItemsLayout)

    def row(self) -> int:
        """The current row; -1 when there is none."""
        return self.currentIndex().row()

    def select_row(self, row: int) -> None:
        """Make a row the current one."""
        self.setCurrentIndex(self.model().index(row, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, here = event.key(), self.row()
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and here >= 0:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(key))
            if step is not None:
                if 0 <= here + step < self.model().rowCount():
                    self.moved.emit(here, here + step)
                return
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and here >= 0:
            self.opened.emit(here)
            return
        super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        here = self.row()
        index = self.indexAt(event.position().toPoint())
        to = index.row() if index.isValid() else self.model().rowCount() - 1
        below = QAbstractItemView.DropIndicatorPosition.BelowItem
        above = QAbstractItemView.DropIndicatorPosition.AboveItem
        if self.dropIndicatorPosition() == below and to < here:
            to += 1
        elif self.dropIndicatorPosition() == above and to > here:
            to -= 1
        event.setDropAction(Qt.DropAction.IgnoreAction)  # the page moves it, not the view
        event.accept()
        if here >= 0 and to != here:
            self.moved.emit(here, to)


class _StopDelegate(QStyledItemDelegate):
    """The number in the crew's colour, name and address, the time, the way, why it stays."""

    color = 0

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        colors = theme()
        return QSize(200, colors.line_height() + 2 * colors.line_height("caption") + 24)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        colors = theme()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, colors.color("selected" if chosen else "surface"))
        painter.fillRect(
            rect.x() + _EDGE, rect.bottom(), rect.width() - 2 * _EDGE, 1, colors.color("line")
        )
        mark = QRect(rect.x() + _EDGE, rect.y() + 10, _MARK, _MARK)
        bar = colors.crew(self.color).bar
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        known = line.stop.spot is not None
        painter.setBrush(bar if known else colors.color("neutralTint"))
        painter.drawEllipse(mark)
        painter.setFont(colors.font("caption", 600))
        painter.setPen(readable_on(bar) if known else colors.color("text2"))
        painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, str(line.number))
        painter.restore()
        self._paint_words(painter, rect, line)
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, rect.adjusted(2, 2, -2, -2))

    def _paint_words(self, painter: QPainter, rect: QRect, line: RouteLine) -> None:
        colors = theme()
        left, right = rect.x() + _EDGE + _MARK + 12, rect.right() - _EDGE
        first = QRect(left, rect.y() + 8, right - left, colors.line_height())
        token = "link" if line.moves else "text"
        wide = _text(painter, first, line.when, ("body", 600, token), right=True)
        _text(painter, first.adjusted(0, 0, -wide - 10, 0), line.stop.name, ("body", 600, "text"))
        high = colors.line_height("caption")
        second = QRect(left, first.bottom() + 2, right - left, high)
        quiet = ("caption", 400, "text2")
        way = _text(painter, second, line.way, quiet, right=True)
        place = line.stop.address or line.stop.service
        _text(painter, second.adjusted(0, 0, -way - 10, 0), place, quiet)
        if line.chip:
            size = chip_size(line.chip, "")
            room = QRect(left, second.bottom() + 3, min(size.width(), right - left), high + 2)
            paint_chip(painter, room, line.chip, line.tone)


def _text(
    painter: QPainter, rect: QRect, text: str, style: tuple[str, int, str], *, right: bool = False
) -> int:
    """One line that ends with "…" when it is too long; returns its width."""
    colors = theme()
    face, weight, token = style
    metrics = colors.metrics(face, weight)
    painter.setFont(colors.font(face, weight))
    painter.setPen(colors.color(token))
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(rect, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
    return metrics.horizontalAdvance(shown)
