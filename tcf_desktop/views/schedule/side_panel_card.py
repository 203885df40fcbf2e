"""A card of the right panel: somebody to be booked, with the mouse, a key or a menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.style import box, focus_ring
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common import Chip, DataLabel
from tcf_desktop.views.common.labels import plain_tip

_DOTS = 3


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What a card shows; ``key`` names it: ("due", frequency id) or ("visit", appointment id)."""

    key: tuple[str, int]
    name: str
    work: str
    price: str
    hint: str
    chip: str
    tone: str
    state: str = ""  # the chip in full


class SideCard(QWidget):
    """One card. Carried by the mouse it says where; what is asked for goes out as a signal."""

    bookRequested = Signal(object)  # key
    menuRequested = Signal(object, QPoint)  # key, global position
    moveRequested = Signal(int)  # focus to the next (1) or previous (-1) card
    carried = Signal(object, int, QPoint)  # key, minutes, global position of the pointer
    letGo = Signal(object, int, QPoint)
    carryingCancelled = Signal()

    def __init__(
        self,
        facts: CardFacts,
        minutes_of: Callable[[tuple[str, int]], int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.facts = facts
        self._minutes_of = minutes_of  # asked when it is taken up
        self._press: QPoint | None = None
        self._minutes: int | None = None  # while it is carried
        self.setObjectName(f"schedule.card.{facts.key[0]}.{facts.key[1]}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        said = i18n.joined(
            [facts.name, facts.state or facts.chip, facts.work, facts.price, facts.hint], ", "
        )
        self.setAccessibleName(said)
        self.setAccessibleDescription(self.tr("B books it, S puts it off or takes it out."))
        self.setToolTip(plain_tip(said))
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(DataLabel(facts.name, "body", weight=600), 1)
        if facts.chip:
            head.addWidget(Chip(facts.chip, facts.tone))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 8, 9)
        column.setSpacing(1)
        column.addLayout(head)
        work = QHBoxLayout()
        work.setSpacing(6)
        work.addWidget(DataLabel(facts.work, "caption", "text2"), 1)
        if facts.price:
            work.addWidget(DataLabel(facts.price, "caption", "text2", weight=500))
        column.addLayout(work)
        if facts.hint:
            column.addWidget(DataLabel(facts.hint, "caption", "text3"))
        for label in self.findChildren(QWidget):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        token = "hover" if self.underMouse() else "surface"
        box(painter, self.rect().adjusted(1, 1, -1, -1), colors.color(token), colors.color("line"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.color("text3"))
        middle = self.height() // 2
        for row in range(_DOTS):
            for column in range(2):
                painter.drawEllipse(QRect(10 + 4 * column, middle - 5 + 4 * row, 2, 2))
        if self.hasFocus():
            focus_ring(painter, self.rect())
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._press = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is None:
            return
        far = (event.position().toPoint() - self._press).manhattanLength()
        if self._minutes is None and far >= QApplication.startDragDistance():
            self._minutes = self._minutes_of(self.facts.key)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self._minutes is not None:
            self.carried.emit(self.facts.key, self._minutes, event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        minutes = self._minutes
        self._put_down()
        if minutes is not None:
            self.letGo.emit(self.facts.key, minutes, event.globalPosition().toPoint())

    def _put_down(self) -> None:
        self._press = self._minutes = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.bookRequested.emit(self.facts.key)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menuRequested.emit(self.facts.key, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self._minutes is not None:
            self._put_down()
            self.carryingCancelled.emit()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_B, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.bookRequested.emit(self.facts.key)
        elif key == Qt.Key.Key_S:
            below = QPoint(24, self.height() - 4)
            self.menuRequested.emit(self.facts.key, self.mapToGlobal(below))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moveRequested.emit(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)
