"""Opening the real window on an office, as the tests of pages need it."""

from __future__ import annotations

from typing import Any

from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.main_window import MainWindow


def open_window(ctx: Any, qtbot: Any, page: str = "today") -> MainWindow:
    """A shown window on a page whose background work has finished."""
    assert isinstance(ctx, ViewContext)
    window = MainWindow(ctx)
    qtbot.addWidget(window)
    window.show()
    window.navigate(Target(page))
    qtbot.waitUntil(lambda: window.current_page() is not None)
    settle(ctx, qtbot)
    return window


def settle(ctx: ViewContext, qtbot: Any) -> None:
    """Wait until nothing is on its way."""
    qtbot.waitUntil(lambda: ctx.tasks.running == 0, timeout=10_000)
    qtbot.wait(1)
    qtbot.waitUntil(lambda: ctx.tasks.running == 0, timeout=10_000)
