"""Arrows and Tab in the hour grid."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from tcf_desktop.domain.appointments import DAY_MINUTES, WORK_FROM, shift_local
from tcf_desktop.views.schedule.board import BoardGeometry
from tcf_desktop.views.schedule.geometry import CURSOR_MINUTES, Geometry, Spot
from tcf_desktop.views.schedule.view_keys import moved_wish, resized_wish
from tcf_desktop.views.schedule.week_drag import STEP

if TYPE_CHECKING:
    from tcf_desktop.views.schedule.surface import Surface
    from tcf_desktop.views.schedule.week_grid import WeekGrid


def first_cursor(g: Geometry) -> Spot:
    """Where the cursor begins: the current half hour of today, or Monday morning."""
    if g.scene.today in g.scene.week.days:
        minute = g.scene.now_minute // CURSOR_MINUTES * CURSOR_MINUTES
        return Spot(g.scene.week.days.index(g.scene.today), minute, 0)
    return Spot(0, WORK_FROM, 0)


def step(view: Surface, by: int) -> bool:
    """Tab: the next appointment; False at the end, so that Tab leaves the view."""
    order = view.in_order()
    if not order:
        return False
    if view.selected_id is None:
        at = view.cursor_local()
        later = [n for n, block in enumerate(order) if block.starts_local >= at] if at else []
        where = later[0] if later else len(order) - 1
        if by < 0:
            where = max(0, later[0] - 1) if later else len(order) - 1
        elif not at:
            where = 0
        view.select(order[where].id)
        return True
    ids = [block.id for block in order]
    where = ids.index(view.selected_id) + by
    if not 0 <= where < len(ids):
        return False
    view.select(ids[where])
    return True


def arrow(grid: WeekGrid, days: int, steps: int, modifiers: Qt.KeyboardModifier) -> bool:
    """Move the cell cursor; with Shift the appointment, with Ctrl+Shift its end."""
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
        later = [n for n, shown in enumerate(g.scene.week.days) if shown >= start.date()]
        day = later[0] if later else len(g.columns) - 1
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
    assert grid.scene is not None
    block = grid.scene.by_id[selected]
    if block.all_day:
        steps = 0
    start = shift_local(block.starts_local, days * DAY_MINUTES + steps * STEP)
    if start != block.starts_local:
        grid.wished.emit(moved_wish(block, start))


def _stretch(grid: WeekGrid, selected: int, steps: int) -> None:
    assert grid.scene is not None
    block = grid.scene.by_id[selected]
    step = DAY_MINUTES if block.all_day else STEP
    minutes = max(step, block.minutes + steps * step)
    if minutes != block.minutes:
        grid.wished.emit(resized_wish(block, block.starts_local, minutes))
