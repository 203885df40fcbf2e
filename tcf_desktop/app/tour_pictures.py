"""Pictures of every page, light and dark, taken from the real window without a screen."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tcf_desktop.base.errors import AppError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from tcf_desktop.app.tour import Tour
    from tcf_desktop.views.main_window import MainWindow

WIDTH, HEIGHT = 1440, 900
MODES = ("light", "dark")
_STILL_MS, _TICK_MS, _LONGEST_S = 120, 20, 30.0


def take_pictures(tour: Tour, work: Path) -> None:
    """Show every scene in both modes and save it as ``screens/<scene>-<mode>.png``."""
    from tcf_desktop.app.bootstrap import make_view_context
    from tcf_desktop.app.lifecycle import run_loop
    from tcf_desktop.app.qt_start import make_application
    from tcf_desktop.app.tour_scenes import scenes
    from tcf_desktop.views.main_window import MainWindow

    app = make_application()
    context = make_view_context(tour.office, work / "device.ini")
    folder = tour.out / "screens"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        window = MainWindow(context)
        window.resize(WIDTH, HEIGHT)
        window.show()
        photographer = Photographer(app, window, folder)
        for mode in MODES:
            for name, show in scenes(tour, window):
                photographer.add(name, mode, show)
        run_loop(app, photographer.begin)
        photographer.finish()
        window.hide()
        window.deleteLater()
    finally:
        context.close()
    tour.tell(
        f"{len(photographer.taken)} pictures of {WIDTH} × {HEIGHT}.",
        screens=sorted(path.name for path in photographer.taken),
    )


class Photographer:
    """Goes through the scenes on the event loop: show, wait until nothing is on its way, grab."""

    def __init__(self, app: QApplication, window: MainWindow, folder: Path) -> None:
        from PySide6.QtCore import QTimer

        self._app = app
        self._window = window
        self._folder = folder
        self._todo: list[tuple[str, str, Callable[[], QWidget | None]]] = []
        self._shown: QWidget | None = None
        self._since = 0.0
        self._still = 0
        self._trouble: BaseException | None = None
        self.taken: list[Path] = []
        self._timer = QTimer()
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._on_timer_timeout)

    def add(self, name: str, mode: str, show: Callable[[], QWidget | None]) -> None:
        """Queue a scene; ``show`` returns the widget to picture, None for the window."""
        self._todo.append((name, mode, show))

    def begin(self) -> None:
        """Start; ends the event loop after the last scene."""
        self._next()
        self._timer.start()

    def finish(self) -> None:
        """Raise what went wrong on the event loop."""
        if self._trouble is not None:
            raise self._trouble

    def _next(self) -> None:
        if not self._todo:
            self._timer.stop()
            self._app.quit()
            return
        name, mode, show = self._todo[0]
        self._window.ctx.theme.set_mode(mode)
        try:
            self._shown = show() or self._window
        except Exception as error:  # noqa: BLE001 - the loop must end; finish() raises it
            self._fail(name, error)
            return
        self._since = time.monotonic()
        self._still = 0

    def _on_timer_timeout(self) -> None:
        name, mode, _ = self._todo[0]
        if time.monotonic() - self._since > _LONGEST_S:
            self._fail(name, AppError("tour.step_failed", step=name, reason="it never settled"))
            return
        self._still = 0 if self._window.ctx.tasks.running else self._still + _TICK_MS
        if self._still < _STILL_MS or self._shown is None:
            return
        path = self._folder / f"{name}-{mode}.png"
        _picture(self._window, self._shown, path)
        self.taken.append(path)
        if self._shown is not self._window:
            self._shown.close()
        self._todo.pop(0)
        self._next()

    def _fail(self, name: str, error: BaseException) -> None:
        self._timer.stop()
        error.add_note(f"while picturing {name}")
        self._trouble = error
        self._app.quit()


def _picture(window: QWidget, shown: QWidget, path: Path) -> None:
    """The window, with a dialog of its own drawn over the middle of it."""
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QColor, QPainter

    image = window.grab()
    if shown is not window and shown.isWindow():
        top = shown.grab()
        room = image.size() - top.size()
        painter = QPainter(image)
        painter.fillRect(image.rect(), QColor(0, 0, 0, 70))
        painter.drawPixmap(QPoint(room.width() // 2, room.height() // 3), top)
        painter.end()
    if not image.save(str(path), "PNG"):
        raise AppError("file.no_permission", path=path)
