"""What the tests of the schedule share."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tcf_desktop.services.queries import appointment as queries
from tcf_desktop.services.queries.schedule import AppointmentBlock
from tcf_desktop.views.context import ViewContext
from tcf_desktop.views.schedule.page import SchedulePage

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def settle(ctx: ViewContext) -> None:
    """Wait until commands, notices and the reading after them are through."""
    quiet = 0
    for _ in range(500):
        QTest.qWait(10)
        quiet = quiet + 1 if ctx.tasks.running == 0 else 0
        if quiet == 3:
            return
    raise TimeoutError


def visit(page: SchedulePage, name: str, day: str = "2026-07-15") -> AppointmentBlock:
    return next(
        b for b in page.grid.in_order() if b.name == name and b.starts_local.startswith(day)
    )


def stored(page: SchedulePage, ident: int) -> queries.AppointmentDetail:
    found = page.ctx.tasks.read_now(lambda r: queries.detail(r, ident))
    assert found is not None
    return found


def drag(page: SchedulePage, start: QPoint, by: QPoint, keys: Qt.KeyboardModifier = NONE) -> None:
    view = page.grid.viewport()
    QTest.mousePress(view, LEFT, keys, start)
    QTest.mouseMove(view, start + QPoint(0, 8))
    QTest.mouseMove(view, start + by)
    view.repaint()
    QTest.mouseRelease(view, LEFT, keys, start + by)
    settle(page.ctx)


def hours(page: SchedulePage, count: float) -> int:
    assert page.grid.geometry_ is not None
    return round(page.grid.geometry_.hour_height * count)


def day_width(page: SchedulePage) -> int:
    assert page.grid.geometry_ is not None
    return page.grid.geometry_.columns[2].width
