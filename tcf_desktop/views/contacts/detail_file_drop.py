"""Files that are dragged onto widgets from other programs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget


class FileDrops(QObject):
    """Watches widgets: ``dropped`` with the paths, ``hovered`` while files are held over them.

    ``enabled`` says whether files are welcome now.
    """

    dropped = Signal(list)
    hovered = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.enabled = False

    def watch(self, widget: QWidget) -> None:
        """Take files there, too."""
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
            welcome = self.enabled and bool(_paths(event.mimeData()))
            self.hovered.emit(welcome)
            event.setAccepted(welcome)
            return welcome
        if kind == QEvent.Type.DragLeave:
            self.hovered.emit(False)
        if kind == QEvent.Type.Drop and isinstance(event, QDropEvent):
            self._drop(event)
            return True
        return False

    def _drop(self, event: QDropEvent) -> None:
        self.hovered.emit(False)
        paths = _paths(event.mimeData()) if self.enabled else []
        event.setAccepted(bool(paths))
        if paths:
            event.setDropAction(Qt.DropAction.CopyAction)  # never move somebody's files away
            # The other program waits for the answer to the drop, not for our copying.
            QTimer.singleShot(0, self, lambda: self.dropped.emit(paths))


def _paths(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
