"""The keyboard in the week grid. Single letters work only while the grid has the focus."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from tcf_desktop.domain.appointments import DAY_MINUTES, WORK_FROM, shift_local
from tcf_desktop.views.schedule.board import BoardGeometry
from tcf_desktop.views.schedule.geometry import CURSOR_MINUTES, Geometry, Spot
from tcf_desktop.views.schedule.week_drag import STEP

if TYPE_CHECKING:
    from tcf_desktop.views.schedule.week_grid import WeekGrid

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_VIEWS = {Qt.Key.Key_D: "day", Qt.Key.Key_W: "week"}
_LETTERS = {
    Qt.Key.Key_X: "cancel",
    Qt.Key.Key_F: "finish",
    Qt.Key.Key_I: "invoice",
    Qt.Key.Key_C: "give",
    Qt.Key.Key_Delete: "delete",
    Qt.Key.Key_Backspace: "delete",
}


def first_cursor(g: Geometry) -> Spot:
    """Where the cursor begins: the current half hour of today, or Monday morning."""
    if g.scene.today in g.scene.week.days:
        minute = g.scene.now_minute // CURSOR_MINUTES * CURSOR_MINUTES
        return Spot(g.scene.week.days.index(g.scene.today), minute, 0)
    return Spot(0, WORK_FROM, 0)


def handle(grid: WeekGrid, event: QKeyEvent) -> bool:
    """Do what the key asks; False when it means nothing here."""
    key = Qt.Key(event.key())
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    if key in _ARROWS:
        return _arrow(grid, *_ARROWS[key], modifiers)
    if modifiers not in (Qt.KeyboardModifier.NoModifier, shift) or (modifiers and control):
        return False
    if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
        grid.weekTurnRequested.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        return True
    if key in _VIEWS:
        grid.viewRequested.emit(_VIEWS[key])
        return True
    if key == Qt.Key.Key_T:
        grid.todayRequested.emit()
        return True
    if key == Qt.Key.Key_N:
        grid.create_at_cursor()
        return True
    selected = grid.selected_id
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        if selected is not None:
            grid.activated.emit(selected)
        else:
            grid.create_at_cursor()
        return True
    if key == Qt.Key.Key_Escape:
        return _let_go(grid)
    if key in _LETTERS and selected is not None:
        grid.commandRequested.emit(_LETTERS[key], selected)
        return True
    return False


def step(grid: WeekGrid, by: int) -> bool:
    """Tab: the next appointment; False at the end, so that Tab leaves the grid."""
    order = [block.id for block in grid.in_order()]
    if not order:
        return False
    if grid.selected_id is None:
        grid.select(order[_from_cursor(grid, by)])
        return True
    where = order.index(grid.selected_id) + by
    if not 0 <= where < len(order):
        return False
    grid.select(order[where])
    return True


def _from_cursor(grid: WeekGrid, by: int) -> int:
    order = grid.in_order()
    spot, scene = grid.cursor_spot, grid.scene
    if spot is None or scene is None:
        return 0 if by > 0 else len(order) - 1
    day = scene.week.days[spot.day].isoformat()
    at = f"{day}T{spot.minute // 60:02d}:{spot.minute % 60:02d}"
    later = [n for n, block in enumerate(order) if block.starts_local >= at]
    if by > 0:
        return later[0] if later else len(order) - 1
    return max(0, later[0] - 1) if later else len(order) - 1


def _arrow(grid: WeekGrid, days: int, steps: int, modifiers: Qt.KeyboardModifier) -> bool:
    shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    scene, selected = grid.scene, grid.selected_id
    if scene is None or grid.geometry_ is None:
        return False
    if modifiers == shift and selected is not None:
        _nudge(grid, selected, days, steps)
        return True
    if modifiers == shift | control and selected is not None:
        if steps:
            _stretch(grid, selected, steps)
        return True
    if modifiers:
        return False
    grid.move_cursor(_next_spot(grid, days, steps))
    return True


def _next_spot(grid: WeekGrid, days: int, steps: int) -> Spot:
    g = grid.geometry_
    assert g is not None
    spot = grid.cursor_spot
    if grid.selected_id is not None:
        block = g.scene.by_id[grid.selected_id]
        start = datetime.fromisoformat(block.starts_local)
        day = max(0, min(len(g.columns) - 1, (start.date() - g.scene.week.days[0]).days))
        minute = (start.hour * 60 + start.minute) // CURSOR_MINUTES * CURSOR_MINUTES
        spot = Spot(day, minute, g.scene.lane_of(block))
    if spot is None:
        return first_cursor(g)
    if isinstance(g, BoardGeometry):
        row = max(0, min(len(g.row_tops) - 2, spot.lane + steps))
        return Spot(max(0, min(len(g.columns) - 1, spot.day + days)), spot.minute, row)
    lane, day = spot.lane + days, spot.day
    if not 0 <= lane < g.lanes[day]:
        day = max(0, min(len(g.columns) - 1, day + days))
        lane = 0 if days > 0 else g.lanes[day] - 1
        if day == spot.day:
            lane = spot.lane
    minute = max(0, min(DAY_MINUTES - CURSOR_MINUTES, spot.minute + steps * CURSOR_MINUTES))
    return Spot(day, minute, min(lane, g.lanes[day] - 1))


def _nudge(grid: WeekGrid, selected: int, days: int, steps: int) -> None:
    from tcf_desktop.views.schedule.week_grid import Wish

    assert grid.scene is not None
    block = grid.scene.by_id[selected]
    start = shift_local(block.starts_local, days * DAY_MINUTES + steps * STEP)
    grid.wished.emit(Wish("move", selected, start, block.minutes, name=block.name))


def _stretch(grid: WeekGrid, selected: int, steps: int) -> None:
    from tcf_desktop.views.schedule.week_grid import Wish

    assert grid.scene is not None
    block = grid.scene.by_id[selected]
    minutes = max(STEP, block.minutes + steps * STEP)
    if not block.all_day and minutes != block.minutes:
        grid.wished.emit(
            Wish(
                "resize",
                selected,
                block.starts_local,
                minutes,
                name=block.name,
                was_local=block.starts_local,
            )
        )


def _let_go(grid: WeekGrid) -> bool:
    if grid.selected_id is None:
        return False
    grid.select(None)
    return True
