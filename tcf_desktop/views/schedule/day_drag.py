"""Dragging by whole days, in the all-day row and in the month: the time of day stays."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import Enum

from PySide6.QtCore import QPoint

from tcf_desktop.domain.appointments import DAY_MINUTES, MAX_ALL_DAY_MINUTES, format_local
from tcf_desktop.services.queries.schedule import AppointmentBlock


class DayDragKind(Enum):
    """What is being done."""

    MOVE = "move"
    FIRST = "first"  # the first day is pulled
    LAST = "last"


class DayDrag:
    """A press that became a drag; ``press_day`` is the day under the press."""

    def __init__(
        self, kind: DayDragKind, press: QPoint, press_day: date, block: AppointmentBlock
    ) -> None:
        self.kind = kind
        self.press = press
        self.press_day = press_day
        self.block = block
        self.active = False
        self.at = press

    def landing(self, day: date) -> tuple[str, int]:
        """Start as wall time and length in minutes if it were let go over ``day``."""
        block = self.block
        start = datetime.fromisoformat(block.starts_local)
        by = (day - self.press_day).days
        if self.kind is DayDragKind.MOVE:
            return format_local(start + timedelta(days=by)), block.minutes
        length = max(1, -(-block.minutes // DAY_MINUTES))
        most = MAX_ALL_DAY_MINUTES // DAY_MINUTES
        if self.kind is DayDragKind.LAST:
            return block.starts_local, max(1, min(most, length + by)) * DAY_MINUTES
        by = min(by, length - 1)
        by = max(by, length - most)
        return format_local(start + timedelta(days=by)), (length - by) * DAY_MINUTES
