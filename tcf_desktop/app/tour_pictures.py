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
    from tcf_desktop.views.context import ViewContext
    from tcf_desktop.views.main_window import MainWindow

    Show = Callable[[], QWidget | None]

WIDTH, HEIGHT = 1440, 900
MODES = ("light", "dark")
_STILL_MS, _TICK_MS, _LONGEST_S = 260, 20, 30.0


def take_pictures(tour: Tour, work: Path) -> None:
    """Show every scene in both modes and save it as ``screens/<scene>-<mode>.png``."""
    from tcf_desktop.app.bootstrap import make_view_context
    from tcf_desktop.app.qt_start import make_application

    app = make_application()
    folder = tour.out / "screens"
    folder.mkdir(parents=True, exist_ok=True)
    taken: list[Path] = []
    for mode in MODES:
        # A window of its own, so that nothing of the last scene is left.
        context = make_view_context(tour.office, work / f"{mode}.ini")
        context.device.set("appearance/mode", mode)
        context.device.set("phones/receive", True)
        try:
            taken += _picture_all(tour, app, context, folder, mode)
        finally:
            context.close()
    tour.tell(
        f"{len(taken)} pictures of {WIDTH} × {HEIGHT}.", screens=sorted(path.name for path in taken)
    )


def _picture_all(
    tour: Tour, app: QApplication, context: ViewContext, folder: Path, mode: str
) -> list[Path]:
    from tcf_desktop.app.lifecycle import run_loop
    from tcf_desktop.app.tour_scenes import scenes
    from tcf_desktop.views.main_window import MainWindow
    from tcf_desktop.views.team.receiver import receiver

    window = MainWindow(context)
    window.resize(WIDTH, HEIGHT)
    window.show()
    # The endpoint that the tour posted to is running; the window takes it up.
    receiver(context).resume()
    photographer = Photographer(app, window, folder, mode)
    for name, show in scenes(tour, window):
        photographer.add(name, show)
    run_loop(app, photographer.begin)
    photographer.finish()
    window.hide()
    window.deleteLater()
    return photographer.taken


class Photographer:
    """Goes through the scenes on the event loop: show, wait until nothing is on its way, grab."""

    def __init__(self, app: QApplication, window: MainWindow, folder: Path, mode: str) -> None:
        from PySide6.QtCore import QTimer

        self._app = app
        self._window = window
        self._folder = folder
        self._mode = mode
        self._todo: list[tuple[str, Show]] = []
        self._shown: QWidget | None = None
        self._since = 0.0
        self._still = 0
        self._trouble: BaseException | None = None
        self.taken: list[Path] = []
        self._timer = QTimer()
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._on_timer_timeout)

    def add(self, name: str, show: Show) -> None:
        """Queue a scene; ``show`` returns the widget to picture, None for the window."""
        self._todo.append((name, show))

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
        name, show = self._todo[0]
        try:
            self._shown = show() or self._window
        except Exception as error:  # noqa: BLE001 - the loop must end; finish() raises it
            self._fail(name, error)
            return
        self._since = time.monotonic()
        self._still = 0

    def _on_timer_timeout(self) -> None:
        name, _ = self._todo[0]
        if time.monotonic() - self._since > _LONGEST_S:
            self._fail(name, AppError("tour.step_failed", step=name, reason="it never settled"))
            return
        self._still = 0 if self._window.ctx.tasks.running else self._still + _TICK_MS
        if self._still < _STILL_MS or self._shown is None:
            return
        if name:
            path = self._folder / f"{name}-{self._mode}.png"
            _picture(self._window, self._shown, path)
            self.taken.append(path)
        if self._shown is not self._window:
            getattr(self._shown, "dismiss", self._shown.close)()
        self._todo.pop(0)
        self._next()

    def _fail(self, name: str, error: BaseException) -> None:
        self._timer.stop()
        error.add_note(f"while picturing {name}")
        self._trouble = error
        self._app.quit()


def _picture(window: MainWindow, shown: QWidget, path: Path) -> None:
    """The window, with a dialog of its own drawn over the middle of it."""
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QColor, QPainter

    image = window.grab()
    if shown is not window and shown.isWindow():
        top = shown.grab()
        room = image.size() - top.size()
        alone = bool(shown.property("alone"))
        painter = QPainter(image)
        ground = window.ctx.theme.color("desk") if alone else QColor(0, 0, 0, 70)
        painter.fillRect(image.rect(), ground)
        painter.drawPixmap(QPoint(room.width() // 2, room.height() // (2 if alone else 3)), top)
        painter.end()
    if not image.save(str(path), "PNG"):
        raise AppError("file.no_permission", path=path)
