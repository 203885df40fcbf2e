"""What a drag in the week grid would do: create, move, copy, change the length. No painting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from PySide6.QtCore import QPoint

from tcf_desktop.domain.appointments import DAY_MINUTES, MIN_MINUTES, OFF_STATES
from tcf_desktop.domain.week_layout import snapped
from tcf_desktop.services.queries.schedule import AppointmentBlock
from tcf_desktop.views.schedule.geometry import Geometry, Lane, Spot

EDGE = 6
STEP = 15
FINE_STEP = 5


class DragKind(Enum):
    """What is being done."""

    CREATE = "create"
    MOVE = "move"
    RESIZE_END = "end"
    RESIZE_START = "start"


@dataclass(frozen=True, slots=True)
class Landing:
    """Where it would lie: the spot, the length, the crew lane (None keeps who has it)."""

    spot: Spot
    minutes: int
    lane: Lane | None
    changes_who: bool = False


class Drag:
    """A press that became a drag. Positions are widget coordinates; ``scroll`` moves under them."""

    def __init__(
        self, kind: DragKind, press: QPoint, scroll: int, block: AppointmentBlock | None = None
    ) -> None:
        self.kind = kind
        self.press = press
        self.block = block
        self.active = False
        self.copy = False
        self.fine = False
        self.at = press
        self._press_scroll = scroll
        self._lead = 0.0

    def grab(self, g: Geometry) -> None:
        """Remember how far from its start the block was taken, also in a later part of it."""
        if self.block is not None:
            day, start = _place(self.block, g)
            pressed = g.minute_at(self.press.y(), self._press_scroll)
            self._lead = pressed + (g.day_at(self.press.x()) - day) * DAY_MINUTES - start

    def landing(self, g: Geometry, scroll: int) -> Landing:
        """Where letting go now would put it."""
        if self.kind is DragKind.CREATE or self.block is None:
            return self._created(g, scroll)
        if self.kind is DragKind.MOVE:
            return self._moved(g, scroll, self.block)
        return self._resized(g, scroll, self.block)

    def _step(self) -> int:
        return FINE_STEP if self.fine else STEP

    def _created(self, g: Geometry, scroll: int) -> Landing:
        day = g.day_at(self.press.x())
        lane = g.lane_at(self.press.x(), self.press.y(), self._press_scroll)
        step = self._step()
        one = g.minute_at(self.press.y(), self._press_scroll)
        two = g.minute_at(self.at.y(), scroll)
        if two >= one:
            start, end = int(one // step) * step, max(snapped(two, step), 0)
        else:
            start, end = snapped(two, step), int(-(-one // step)) * step
        start = min(start, DAY_MINUTES - step)
        end = min(DAY_MINUTES, max(end, start + step))
        return Landing(Spot(day, start, lane), end - start, g.scene.lane_at(lane), True)

    def _moved(self, g: Geometry, scroll: int, block: AppointmentBlock) -> Landing:
        if g.by_crew:  # cards keep their time
            return self._moved_card(g, scroll, block)
        minute = snapped(g.minute_at(self.at.y(), scroll) - self._lead, self._step())
        minute = min(DAY_MINUTES - STEP, max(0, minute))
        day = g.day_at(self.at.x())
        pressed_lane = g.lane_at(self.press.x(), self.press.y(), self._press_scroll)
        lane = g.lane_at(self.at.x(), self.at.y(), scroll)
        target = g.scene.lane_at(lane)
        own = g.scene.lane_of(block)
        # The crew changes only when the pointer itself went over to another lane: a visit that
        # spans the day is not handed over by the place where it was grabbed.
        crosses = lane != pressed_lane and target is not None and len(g.scene.lanes) > 1
        if not crosses or lane == own:
            return Landing(Spot(day, minute, own), block.minutes, g.scene.lane_at(own))
        return Landing(Spot(day, minute, lane), block.minutes, target, True)

    def _moved_card(self, g: Geometry, scroll: int, block: AppointmentBlock) -> Landing:
        moment = datetime.fromisoformat(block.starts_local)
        start = moment.hour * 60 + moment.minute
        own = g.scene.lane_of(block)
        lane = g.lane_at(self.at.x(), self.at.y(), scroll)
        target = g.scene.lane_at(lane)
        spot = Spot(g.day_at(self.at.x()), start, lane)
        return Landing(spot, block.minutes, target, lane != own)

    def _resized(self, g: Geometry, scroll: int, block: AppointmentBlock) -> Landing:
        day, start = _place(block, g)
        lane = g.scene.lane_of(block)
        pointer = snapped(g.minute_at(self.at.y(), scroll), self._step())
        end = start + block.minutes
        least = FINE_STEP if self.fine else STEP
        if self.kind is DragKind.RESIZE_END:
            end = max(start + least, pointer)
        else:
            start = min(end - least, pointer)
        spot = Spot(day, start, lane)
        return Landing(spot, max(MIN_MINUTES, end - start), g.scene.lane_at(lane))


def busy_at(g: Geometry, landing: Landing, block: AppointmentBlock | None) -> bool:
    """Whether the crew has something else at that time."""
    lane = landing.lane
    if lane is None:
        return False
    if lane.crew_id is None and lane.worker_id is None:
        return False
    start = landing.spot.minute
    end = start + landing.minutes
    return any(
        slot.id != (block.id if block else None)
        and g.scene.lane_at(slot.lane) == lane
        and g.scene.by_id[slot.id].state not in OFF_STATES
        and slot.start < end
        and start < slot.end
        for slot in g.slots
        if slot.day == landing.spot.day
    )


def _place(block: AppointmentBlock, g: Geometry) -> tuple[int, int]:
    start = datetime.fromisoformat(block.starts_local)
    days = g.scene.week.days
    minute = start.hour * 60 + start.minute
    for number, day in enumerate(days):
        if start.date() <= day:  # before the first shown day, or on one that is not shown
            return number, minute + (start.date() - day).days * DAY_MINUTES
    return len(g.columns) - 1, minute
