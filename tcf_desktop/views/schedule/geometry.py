"""Where everything of the week grid lies. Pixels only; painting and input use the same answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from PySide6.QtCore import QRect, QSize

from tcf_desktop.domain import week_layout as layout
from tcf_desktop.domain.appointments import DAY_MINUTES, WORK_FROM, WORK_TO
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.schedule import AppointmentBlock, Week

BAR_GAP = 3
CURSOR_MINUTES = 30


@dataclass(frozen=True, slots=True)
class Lane:
    """A crew's lane, or the one of what nobody has been given (``crew_id`` None)."""

    crew_id: int | None
    name: str
    color_index: int | None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the grid: day column, minute after midnight, lane."""

    day: int
    minute: int
    lane: int


@dataclass(slots=True)
class Scene:
    """What is shown: the data, the shown lanes, the moment now."""

    week: Week
    lanes: tuple[Lane, ...]
    today: date
    now_minute: int
    shown: tuple[AppointmentBlock, ...] = field(init=False)
    by_id: dict[int, AppointmentBlock] = field(init=False)

    def __post_init__(self) -> None:
        keys = {lane.crew_id for lane in self.lanes}
        crews = {crew.id for crew in self.week.crews}
        self.shown = tuple(
            block
            for block in self.week.blocks
            if block.crew_id in keys or block.crew_id not in crews
        )
        self.by_id = {block.id: block for block in self.shown}

    def lane_of(self, block: AppointmentBlock) -> int:
        """The lane of a block; after the crews' when nobody has it."""
        for number, lane in enumerate(self.lanes):
            if lane.crew_id == block.crew_id:
                return number
        return len(self.lanes)

    def lane_at(self, number: int) -> Lane | None:
        """The crew lane of a number; None for the one of nobody."""
        return self.lanes[number] if 0 <= number < len(self.lanes) else None


class Geometry:
    """Rectangles for one size of the grid. Content y counts from midnight; the header does not
    scroll."""

    by_crew = False

    def __init__(self, scene: Scene, size: QSize) -> None:
        metrics = theme().metrics("caption")
        self.scene = scene
        self.width, self.height = size.width(), size.height()
        self.hour_height = max(64, 4 * metrics.height() + 2)
        self.gutter = max(56, metrics.horizontalAdvance("12 AM") + 20)
        self.title_height = theme().line_height() + theme().line_height("caption") + 17
        self.minute_height = self.hour_height / 60
        self.content_height = 24 * self.hour_height
        self._lay_out()

    def _lay_out(self) -> None:
        scene = self.scene
        days = scene.week.days
        timed = [block for block in scene.shown if not block.all_day]
        self.slots = slots = [
            slot
            for block in timed
            for slot in layout.slots_of(
                block.id, block.starts_local, block.minutes, scene.lane_of(block), days
            )
        ]
        crews = len(scene.lanes)
        self.lanes = [max(1, crews)] * len(days)
        busiest = [layout.most_parallel(slots, day) for day in range(len(days))]
        weights = layout.day_weights(days, busiest) if len(days) > 1 else [1]
        self.columns = self.fitted(weights)
        self.boxes = layout.place(
            slots,
            self.columns,
            lanes=crews,
            minute_height=self.minute_height,
            spread=len(days) > 1,
        )
        self.bars = layout.all_day_bars(
            [span for block in scene.shown if block.all_day for span in self._span(block)]
        )
        lines = max((bar.line + 1 for bar in self.bars), default=1)
        self.bar_height = max(22, theme().line_height("caption") + 7)
        self.all_day_height = min(lines, 4) * (self.bar_height + 3) + 5
        self.header_height = self.title_height + self.all_day_height

    def fitted(self, weights: list[int]) -> list[layout.Column]:
        """Columns of these weights; a shrunk day still shows its name."""
        room = max(0, self.width - self.gutter)
        least = theme().metrics("body", 600).horizontalAdvance("Wed") + 10
        found = layout.columns(self.gutter, room, weights)
        while found[-1].width < least < room // 8 and min(weights) < 10:
            weights = [w + 1 if w == min(weights) else w for w in weights]
            found = layout.columns(self.gutter, room, weights)
        return found

    def _span(self, block: AppointmentBlock) -> list[tuple[int, int, int]]:
        days = self.scene.week.days
        start = date.fromisoformat(block.starts_local[:10])
        first = (start - days[0]).days
        last = first + max(1, -(-block.minutes // DAY_MINUTES)) - 1
        if last < 0 or first >= len(days):
            return []
        return [(block.id, max(0, first), min(len(days) - 1, last))]

    @property
    def body_height(self) -> int:
        """Height of the scrolling part that is seen."""
        return max(0, self.height - self.header_height)

    @property
    def scroll_range(self) -> int:
        """The largest scroll offset."""
        return max(0, self.content_height - self.body_height)

    def body_rect(self) -> QRect:
        """The scrolling part, in widget coordinates."""
        return QRect(0, self.header_height, self.width, self.body_height)

    def box_rect(self, box: layout.Box, scroll: int) -> QRect:
        """A block in widget coordinates."""
        return QRect(box.x, box.y - scroll + self.header_height, box.width, box.height)

    def bar_rect(self, bar: layout.Bar) -> QRect:
        """An entry of the all-day row in widget coordinates."""
        first, last = self.columns[bar.first], self.columns[bar.last]
        left = first.x + BAR_GAP
        right = last.x + last.width - BAR_GAP
        top = self.title_height + 4 + bar.line * (self.bar_height + 3)
        return QRect(left, top, max(8, right - left), self.bar_height)

    def slot_rect(self, spot: Spot, minutes: int, scroll: int, *, whole_day: bool = False) -> QRect:
        """The rectangle of a time span in a lane, for cursor, selection and ghosts."""
        column = self.columns[spot.day]
        room = column
        if not whole_day and self.lanes[spot.day] > 1:
            parts = layout.columns(column.x, column.width, [1] * self.lanes[spot.day])
            room = parts[min(spot.lane, len(parts) - 1)]
        top = round(spot.minute * self.minute_height) - scroll + self.header_height
        height = max(layout.MIN_BLOCK_HEIGHT, round(minutes * self.minute_height))
        return QRect(room.x + BAR_GAP, top, max(8, room.width - 2 * BAR_GAP), height)

    def y_of(self, minute: int, scroll: int) -> int:
        """Widget y of a minute of the day."""
        return round(minute * self.minute_height) - scroll + self.header_height

    def day_at(self, x: int) -> int:
        """The column under x, the nearest one outside."""
        for number, column in enumerate(self.columns):
            if x < column.x + column.width:
                return number
        return len(self.columns) - 1

    def minute_at(self, y: int, scroll: int) -> float:
        """Minutes after midnight at a widget y, inside the day."""
        minute = (y - self.header_height + scroll) / self.minute_height
        return min(float(DAY_MINUTES), max(0.0, minute))

    def lane_at(self, x: int, y: int, scroll: int) -> int:
        """The lane under a point, inside its day."""
        day = self.day_at(x)
        column = self.columns[day]
        parts = layout.columns(column.x, column.width, [1] * self.lanes[day])
        for number, part in enumerate(parts):
            if x < part.x + part.width:
                return number
        return len(parts) - 1

    def off_hours(self, day: date) -> Sequence[tuple[int, int]]:
        """Spans of minutes outside the working hours."""
        if day.weekday() >= 5:
            return ((0, DAY_MINUTES),)
        return ((0, WORK_FROM), (WORK_TO, DAY_MINUTES))


def local_at(day: date, minute: int) -> str:
    """The wall time of a place in the grid."""
    moment = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute)
    return moment.isoformat(timespec="minutes")
