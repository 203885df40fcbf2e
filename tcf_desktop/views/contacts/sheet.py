"""A small panel that hangs over the list: not modal, Esc closes it and gives the focus back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.qtkit.style import box
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common import DataLabel, IconButton, ScrollPane

_MARGIN = 12
_EDGE = 1


class PaneSheet(QWidget):
    """Hangs at ``top`` of its parent, as wide as it. Put widgets into ``body``."""

    closed = Signal()

    def __init__(self, title: str, parent: QWidget, *, object_name: str) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setAccessibleName(title)
        self._top = 0
        self._over = parent
        self._return_to: QWidget | None = None
        self.title = DataLabel(title, "heading")
        self.close_button = IconButton(
            "x", self.tr("Close"), object_name=f"{object_name}.close", framed=False
        )
        self.close_button.clicked.connect(self.dismiss)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(16, 8, 8, 0)
        self.head.addWidget(self.title, 1)
        self.head.addWidget(self.close_button)
        self._pane = ScrollPane("surface")
        self._pane.layout_.setContentsMargins(16, 4, 16, 14)
        self.body: QVBoxLayout = self._pane.layout_
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        column.setSpacing(0)
        column.addLayout(self.head)
        column.addWidget(self._pane, 1)
        parent.installEventFilter(self)
        theme().changed.connect(self._on_theme_changed)
        self.hide()

    def open_at(self, top: int, focus: QWidget | None = None) -> None:
        """Show it below ``top`` pixels of the parent with the focus in it."""
        self._top = top
        if not self.isVisible():
            self._return_to = self.window().focusWidget()
        self.show()
        self.raise_()
        self.refit()
        (focus or self.close_button).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def dismiss(self) -> None:
        """Close and give the focus back to where it came from."""
        if not self.isVisible():
            return
        inside = self.isAncestorOf(self.window().focusWidget() or self)
        self.hide()
        if inside and self._return_to is not None and self._return_to.isVisible():
            self._return_to.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.closed.emit()

    def refit(self) -> None:
        """Take the height that the content needs, as far as there is room."""
        parent = self._over
        wide = parent.width() - 2 * _MARGIN
        layout = self._pane.layout_
        inner = wide - 2 * _EDGE - self._pane.verticalScrollBar().sizeHint().width()
        layout.activate()
        needs = max(layout.totalHeightForWidth(inner), layout.totalMinimumSize().height())
        high = needs + self.head.sizeHint().height() + 2 * _EDGE + 10
        room = parent.height() - self._top - _MARGIN
        self.setGeometry(QRect(_MARGIN, self._top, wide, max(120, min(high, room))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            self.refit()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colors.color("surface"))
        box(painter, self.rect(), colors.color("surface"), colors.color("control"), radius=2)
        painter.end()

    def _on_theme_changed(self) -> None:
        self.update()
        if self.isVisible():
            self.refit()
