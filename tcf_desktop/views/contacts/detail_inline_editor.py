"""What the editors inside a contact's cards have in common: their keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


class InlineEditor(QWidget):
    """Ctrl+Enter keeps, Esc leaves, and letters stay inside."""

    left = Signal()

    def submit(self) -> None:
        """Keep what was typed."""
        raise NotImplementedError

    def event(self, event: QEvent) -> bool:
        # Ctrl+Enter and Esc mean this editor, whatever the page does with them elsewhere.
        asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if asked and isinstance(event, QKeyEvent) and (_keeps(event) or _leaves(event)):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _keeps(event):
            self.submit()
        elif _leaves(event):
            self.left.emit()
        elif event.text():
            event.accept()  # letters are no keys of the pane while something is being written
        else:
            super().keyPressEvent(event)


def _leaves(event: QKeyEvent) -> bool:
    """Esc."""
    return bool(event.key() == Qt.Key.Key_Escape)


def _keeps(event: QKeyEvent) -> bool:
    """Ctrl+Enter."""
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
