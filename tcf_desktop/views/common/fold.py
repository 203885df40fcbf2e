"""A part of a form that folds away; folded it says in a line what is inside."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tcf_desktop.qtkit.style import box, focus_ring
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common.buttons import BaseButton


class Fold(QWidget):
    """A head that opens and closes its ``body`` (a vertical layout); closed at first."""

    toggled = Signal(bool)

    def __init__(self, title: str, *, object_name: str = "") -> None:
        super().__init__()
        self.head = _Head(title)
        if object_name:
            self.setObjectName(object_name)
            self.head.setObjectName(f"{object_name}.head")
        self.inside = QWidget()
        self.body = QVBoxLayout(self.inside)
        self.body.setContentsMargins(0, 6, 0, 0)
        self.body.setSpacing(12)
        self.inside.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.inside)
        self.head.toggled.connect(self._on_head_toggled)

    def is_open(self) -> bool:
        return self.head.isChecked()

    def set_open(self, on: bool) -> None:
        """Open or close it."""
        self.head.setChecked(on)

    def set_summary(self, text: str) -> None:
        """What is inside, shown while it is closed."""
        self.head.set_summary(text)

    def _on_head_toggled(self, on: bool) -> None:
        self.inside.setVisible(on)
        self.toggled.emit(on)


class _Head(BaseButton):
    """A caret, the title, and what is inside."""

    weight = 600

    def __init__(self, title: str) -> None:
        self._summary = ""
        super().__init__(title, "caret-right")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_summary(self, text: str) -> None:
        self._summary = text
        self.setAccessibleDescription(text)
        self.setToolTip(text)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, max(32, theme().line_height() + 14))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        if self.is_hot():
            box(painter, self.rect(), colors.color("hover"), None, radius=6)
        size = colors.scaled(14)
        icon = "caret-down" if self.isChecked() else "caret-right"
        glyph = colors.pixmap(icon, "text2", size, self.devicePixelRatioF())
        painter.drawPixmap(2, (self.height() - size) // 2, glyph)
        left = size + 10
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
        painter.setFont(colors.font("body", 600))
        painter.setPen(colors.color("text"))
        painter.drawText(QRect(left, 0, self.width() - left, self.height()), flags, self.text())
        left += colors.metrics("body", 600).horizontalAdvance(self.text()) + 12
        if self._summary and not self.isChecked():
            room = self.width() - left - 6
            metrics = colors.metrics("caption")
            line = metrics.elidedText(self._summary, Qt.TextElideMode.ElideRight, room)
            painter.setFont(colors.font("caption"))
            painter.setPen(colors.color("text2"))
            painter.drawText(QRect(left, 0, room, self.height()), flags, line)
        if self._keyboard_focus:
            focus_ring(painter, self.rect(), radius=6)
        painter.end()
