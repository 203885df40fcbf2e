"""On or off, one of a few."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from tcf_desktop.qtkit.style import box, focus_ring
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common.buttons import BaseButton


class Switch(QAbstractButton):
    """On or off, at once. Its text is for screen readers; the row beside it shows the words."""

    def __init__(self, name: str, parent: QWidget | None = None, *, object_name: str = "") -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if object_name:
            self.setObjectName(object_name)
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(40, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        track = self.rect().adjusted(2, 2, -2, -2)
        on = self.isChecked()
        enabled = self.isEnabled()
        if on:
            fill = colors.color("accent" if enabled else "buttonLine")
            box(painter, track, fill, None, radius=10)
            knob = colors.color("onAccent")
            left = track.right() - 16
        else:
            box(painter, track, colors.color("surface"), colors.color("control"), radius=10)
            knob = colors.color("control" if enabled else "buttonLine")
            left = track.left() + 3
        box(painter, QRect(left, track.top() + 3, 14, 14), knob, None, radius=7)
        if self.hasFocus():
            focus_ring(painter, self.rect(), radius=12)
        painter.end()


class SegmentedControl(QWidget):
    """One choice of a few ("Day Week Month List"); ``chosen`` gives its key."""

    chosen = Signal(str)

    def __init__(
        self,
        options: list[tuple[str, str]],
        parent: QWidget | None = None,
        *,
        object_name: str = "",
    ) -> None:
        super().__init__(parent)
        if object_name:
            self.setObjectName(object_name)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3, 3, 3, 3)
        layout.setSpacing(2)
        self._group = QButtonGroup(self)
        self._keys: dict[str, _Segment] = {}
        for key, text in options:
            button = _Segment(text)
            button.setCheckable(True)
            if object_name:
                button.setObjectName(f"{object_name}.{key}")
            self._group.addButton(button)
            self._keys[key] = button
            layout.addWidget(button)
            button.clicked.connect(self._on_button_clicked)
        if options:
            self._keys[options[0][0]].setChecked(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def key(self) -> str:
        """The chosen key; empty when there is none."""
        return next((key for key, button in self._keys.items() if button.isChecked()), "")

    def set_key(self, key: str) -> None:
        """Choose without announcing it."""
        self._keys[key].setChecked(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        box(painter, self.rect(), colors.color("sunken"), colors.color("buttonLine"), radius=6)
        painter.end()

    def _on_button_clicked(self) -> None:
        self.chosen.emit(self.key())


class _Segment(BaseButton):
    padding = 12

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme().control_height() - 6)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def content_token(self) -> str:
        return "text" if self.isChecked() else "text2"

    def paint_back(self, painter: QPainter) -> None:
        colors = theme()
        if self.isChecked():
            face = "hover" if colors.is_dark else "surface"
            box(painter, self.rect(), colors.color(face), colors.color("buttonLine"), radius=4)
        elif self.is_hot():
            box(painter, self.rect(), colors.color("hover"), None, radius=4)
