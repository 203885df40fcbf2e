"""The one-line notice at the bottom of the page, with its undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tcf_desktop.qtkit.a11y import announce
from tcf_desktop.qtkit.style import box
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common.buttons import LinkButton
from tcf_desktop.views.common.labels import DataLabel

SHOWN_MS = 10_000


@dataclass(frozen=True, slots=True)
class SnackAction:
    """A word to click; ``hint`` is the shortcut that does the same."""

    text: str
    run: Callable[[], object]
    hint: str = ""


class Snackbar(QWidget):
    """Dark on light, light on dark; over the page, never a window; one at a time."""

    def __init__(self, parent: QWidget, foot: Callable[[], int] = lambda: 0) -> None:
        super().__init__(parent)
        self._ground = parent
        self._foot = foot  # what at the foot of the page must stay in sight
        self.setObjectName("window.snackbar")
        self._label = DataLabel("", "body", "snackText")
        self._label.setObjectName("window.snackbar.text")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 6, 16, 6)
        self._row.setSpacing(14)
        self._row.addWidget(self._label)
        self._extra: list[QWidget] = []
        self._return_focus: QWidget | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        self.hide()
        parent.installEventFilter(self)
        theme().changed.connect(self.update)

    def text(self) -> str:
        """What it says at the moment; empty when hidden."""
        return self._label.text() if self.isVisible() else ""

    def show_text(self, text: str, actions: list[SnackAction] | None = None) -> None:
        """Say something with up to two actions; replaces what stood there."""
        for widget in self._extra:
            self._row.removeWidget(widget)
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        self._extra = []
        self._label.setText(text)
        for action in actions or []:
            button = _SnackLink(action.text)
            button.setObjectName(f"window.snackbar.{action.text.casefold()}")
            button.clicked.connect(lambda *_, run=action.run: self._act(run))
            self._add(button)
            if action.hint:
                self._add(DataLabel(action.hint, "caption", "snackText"))
        self.setAccessibleName(text)
        self.show()
        self._place()
        self.raise_()
        self._timer.start()
        announce(self, text)

    def take_focus(self) -> None:
        """F8: the first action gets the focus."""
        if not self.isVisible():
            return
        self._return_focus = self.window().focusWidget()
        for widget in self._extra:
            if isinstance(widget, LinkButton):
                widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def place_again(self) -> None:
        """Stand clear of the foot of the page that is shown now."""
        if self.isVisible():
            self._place()

    def dismiss(self) -> None:
        """Close and give the focus back."""
        self.hide()
        self._timer.stop()
        if self._return_focus is not None:
            self._return_focus.setFocus(Qt.FocusReason.OtherFocusReason)
            self._return_focus = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEvent) -> None:
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        if self.isVisible():
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box(painter, self.rect(), theme().color("snack"), None, radius=8)
        painter.end()

    def _add(self, widget: QWidget) -> None:
        self._row.addWidget(widget)
        # A layout shows what joins it a turn later; until then it would not count in the width.
        widget.show()
        self._extra.append(widget)

    def _act(self, run: Callable[[], object]) -> None:
        self.dismiss()
        run()

    def _place(self) -> None:
        parent = self._ground
        hint = self._row.sizeHint()
        wide = min(max(320, hint.width()), parent.width() - 32)
        high = max(44, hint.height())
        bottom = parent.height() - self._foot() - high - 18
        self.setGeometry(QRect((parent.width() - wide) // 2, bottom, wide, high))

    def _on_timer_timeout(self) -> None:
        focused = self.window().focusWidget()
        if self.isAncestorOf(focused):
            self._timer.start()
        else:
            self.dismiss()


class _SnackLink(LinkButton):
    text_token = "snackLink"
    weight = 600
