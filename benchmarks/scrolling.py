"""One scroll step until it is painted; how late the event loop is. Import after Qt is loaded."""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication

TICK_MS = 10


class _Scroll(QObject):
    """Turns the wheel by one notch, waits for the paint, and again."""

    def __init__(self, view: QAbstractItemView, steps: int, loop: QEventLoop) -> None:
        super().__init__()
        self.walls: list[float] = []
        self.cpus: list[float] = []
        self._view = view
        self._steps = steps
        self._loop = loop
        self._pending = False
        self._started = 0
        view.viewport().installEventFilter(self)
        QTimer.singleShot(0, self._step)

    def _step(self) -> None:
        if len(self.walls) >= self._steps:
            self._view.viewport().removeEventFilter(self)
            self._loop.quit()
            return
        self._pending = True
        self._cpu = time.thread_time_ns()
        self._started = time.perf_counter_ns()
        middle = QPointF(self._view.viewport().rect().center())
        wheel = QWheelEvent(
            middle, self._view.viewport().mapToGlobal(middle), QPoint(), QPoint(0, -120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(self._view.viewport(), wheel)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The paint begins; the timer fires when it is over."""
        if self._pending and event.type() == QEvent.Type.Paint:
            self._pending = False
            QTimer.singleShot(0, self._painted)
        return False

    def _painted(self) -> None:
        self.walls.append((time.perf_counter_ns() - self._started) / 1e6)
        self.cpus.append((time.thread_time_ns() - self._cpu) / 1e6)
        QTimer.singleShot(4, self._step)


def scroll(view: QAbstractItemView, steps: int) -> tuple[list[float], list[float]]:
    """(wall, processor time of this thread) in milliseconds of so many steps."""
    gc.collect()
    loop = QEventLoop()
    work = _Scroll(view, steps, loop)
    loop.exec()
    return work.walls, work.cpus


def lateness(seconds: float) -> list[float]:
    """Milliseconds by which each tick of a 10 ms timer came late."""
    lates: list[float] = []
    clock = QElapsedTimer()
    due = [0.0]
    loop = QEventLoop()
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setSingleShot(True)

    def tick() -> None:
        now = clock.nsecsElapsed() / 1e6
        lates.append(max(0.0, now - due[0]))
        if now > seconds * 1000:
            loop.quit()
            return
        due[0] = clock.nsecsElapsed() / 1e6 + TICK_MS
        timer.start(TICK_MS)

    timer.timeout.connect(tick)
    clock.start()
    due[0] = TICK_MS
    timer.start(TICK_MS)
    loop.exec()
    return lates


def wait(milliseconds: int) -> None:
    """Let the event loop run for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
