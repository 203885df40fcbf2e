"""Says when a window, and a table with rows in it, was painted first. Import after Qt is loaded."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMainWindow, QWidget

T0 = int(os.environ.get("BENCH_T0", "0"))
_SEARCH_MS = 8
_WINDOW = QEvent.registerEventType()
_ROWS = QEvent.registerEventType()
ENOUGH_ROWS = 4  # a list with fewer is a menu


class PaintWatch(QObject):
    """Watches the windows that are open when the event loop begins; prints JSON and ends the
    process a little after the rows were painted."""

    def __init__(self, *, rows: bool) -> None:
        super().__init__()
        self._wants_rows = rows
        self._marks: dict[str, float] = {}
        self._watched: set[int] = set()
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QMainWindow) or window.isVisible():
                window.installEventFilter(self)
                self._look_for_tables(window)
        # Pages may be made after the window's first paint.
        self._search = QTimer(self, interval=_SEARCH_MS)
        self._search.timeout.connect(self._look_everywhere)
        QTimer.singleShot(20_000, self._end)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Sees a paint before it happens; the posted event comes right after it, before timers."""
        if event.type() == QEvent.Type.Paint:
            self._after_paint(_WINDOW)
            table = watched.parent()
            if isinstance(table, QAbstractItemView) and _has_rows(table):
                self._after_paint(_ROWS)
        return False

    def customEvent(self, event: QEvent) -> None:
        if event.type() == _WINDOW:
            self._window_painted()
        elif event.type() == _ROWS:
            self._rows_painted()

    def _after_paint(self, kind: int) -> None:
        QCoreApplication.postEvent(
            self, QEvent(QEvent.Type(kind)), Qt.EventPriority.HighEventPriority.value
        )

    def _look_for_tables(self, window: QWidget) -> None:
        for table in window.findChildren(QAbstractItemView):
            if id(table) not in self._watched:
                self._watched.add(id(table))
                table.viewport().installEventFilter(self)
                if _has_rows(table):
                    table.viewport().update()

    def _look_everywhere(self) -> None:
        for window in QApplication.topLevelWidgets():
            self._look_for_tables(window)

    def _window_painted(self) -> None:
        if self._mark("window"):
            if self._wants_rows:
                self._look_everywhere()
                self._search.start()
            else:
                self._end()

    def _rows_painted(self) -> None:
        if self._mark("rows"):
            self._search.stop()
            QTimer.singleShot(300, self._end)

    def _mark(self, name: str) -> bool:
        if f"{name}_wall" in self._marks:
            return False
        self._marks[f"{name}_wall"] = (time.monotonic_ns() - T0) / 1e6
        self._marks[f"{name}_cpu"] = time.process_time_ns() / 1e6
        self._marks[f"{name}_mib"] = _peak_mib()
        return True

    def _end(self) -> None:
        self._marks["later_mib"] = _peak_mib()
        print(json.dumps(self._marks), flush=True)
        os._exit(0)


def _has_rows(table: QAbstractItemView) -> bool:
    model = table.model()
    return model is not None and table.isVisible() and model.rowCount() >= ENOUGH_ROWS


def _peak_mib() -> float:
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0
