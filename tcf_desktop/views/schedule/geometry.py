"""Where everything of the week grid lies. Pixels only; painting and input use the same answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from PySide6.QtCore import QRect, QSize

from tcf_desktop.domain import week_layout as layout
from tcf_desktop.domain.appointments import DAY_MINUTES
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.schedule import AppointmentBlock, Week
from tcf_desktop.services.queries.schedule_days import Facts, OffEntry
from tcf_desktop.views.schedule.options import BY_STATE, ViewOptions

BAR_GAP = 3
CURSOR_MINUTES = 30


@dataclass(frozen=True, slots=True)
class Lane:
    """A crew's lane, that of a worker without a crew, or (both None) of what nobody has."""

    crew_id: int | None
    name: str
    color_index: int | None
    worker_id: int | None = None


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
    options: ViewOptions = field(default_factory=ViewOptions)
    facts: Facts = field(default_factory=Facts)
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
            if lane.crew_id == block.crew_id and (
                block.crew_id is not None or lane.worker_id == block.worker_id
            ):
                return number
        return len(self.lanes)

    def color_of(self, block: AppointmentBlock) -> int | None:
        """The index of its colour: its own, else its crew's; None for nobody's."""
        if block.color_index is not None:
            return block.color_index
        return next((c.color_index for c in self.week.crews if c.id == block.crew_id), None)

    @property
    def by_state(self) -> bool:
        """Whether colours say the state and not the crew."""
        return self.options.colors == BY_STATE

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
        usual = max(64, 4 * metrics.height() + 2)
        self.hour_height = max(24, round(usual * scene.options.zoom / 100))
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
        weights = self._weights(busiest) if len(days) > 1 else [1]
        self.columns = self.fitted(weights)
        self.boxes = layout.place(
            slots,
            self.columns,
            lanes=crews,
            minute_height=self.minute_height,
            spread=len(days) > 1,
        )
        self._lay_out_bars()
        every = [*self.bars, *(bar for bar, _entry in self.off_bars)]
        lines = max((bar.line + 1 for bar in every), default=1)
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

    def _weights(self, busiest: Sequence[int]) -> list[int]:
        """A weekend day on which the business works is as wide as any other."""
        days = self.scene.week.days
        weights = layout.day_weights(days, busiest)
        facts = self.scene.facts
        for number, day in enumerate(days):
            if day in facts.days and day.weekday() > 4 and facts.of(day).hours is not None:
                weights[number] = 10
        return weights

    def _lay_out_bars(self) -> None:
        """The all-day row: whole days, and who is off."""
        spans: list[tuple[int, int, int]] = []
        things: list[int | OffEntry] = []
        for block in self.scene.shown:
            if block.all_day:
                first = date.fromisoformat(block.starts_local[:10])
                last = first + timedelta(days=max(1, -(-block.minutes // DAY_MINUTES)) - 1)
                spans += self._span(len(things), first, last)
                things.append(block.id)
        hidden = {crew.id for crew in self.scene.week.crews}
        hidden -= {lane.crew_id for lane in self.scene.lanes if lane.crew_id is not None}
        for entry in self.scene.facts.off:
            if entry.crew_id not in hidden and not self._is_booked(entry):
                spans += self._span(len(things), entry.first_on, entry.last_on)
                things.append(entry)
        self.bars: list[layout.Bar] = []
        self.off_bars: list[tuple[layout.Bar, OffEntry]] = []
        for bar in layout.all_day_bars(spans):
            thing = things[bar.id]
            if isinstance(thing, OffEntry):
                self.off_bars.append((bar, thing))
            else:
                self.bars.append(layout.Bar(thing, bar.first, bar.last, bar.line))

    def _is_booked(self, entry: OffEntry) -> bool:
        """Whether a whole-day entry of that worker says it already."""
        return any(
            block.all_day
            and entry.name in (block.worker_name, block.name.partition(":")[0])
            and block.starts_local[:10] <= entry.first_on.isoformat()
            for block in self.scene.shown
        )

    def _span(self, number: int, first: date, last: date) -> list[tuple[int, int, int]]:
        touched = [n for n, day in enumerate(self.scene.week.days) if first <= day <= last]
        return [(number, touched[0], touched[-1])] if touched else []

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

    def days_rect(self, starts_local: str, minutes: int) -> QRect:
        """Where whole days would lie in the all-day row; empty when none of them is shown."""
        first = date.fromisoformat(starts_local[:10])
        last = first + timedelta(days=max(1, -(-minutes // DAY_MINUTES)) - 1)
        found = self._span(0, first, last)
        return self.bar_rect(layout.Bar(0, found[0][1], found[0][2], 0)) if found else QRect()

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

    def off_hours(self, day: date, lane: int | None = None) -> Sequence[tuple[int, int]]:
        """Spans of minutes outside the working hours, of the business or of a lane's crew."""
        found = self.scene.lane_at(lane) if lane is not None else None
        return self.scene.facts.of(day).off_spans(found.crew_id if found is not None else None)

    def off_parts(self, day: date, column: layout.Column) -> list[tuple[int, int, tuple[int, int]]]:
        """(x, width, span) of what lies outside the hours; one day: each lane has its own."""
        if len(self.columns) > 1 or self.lanes[0] < 2:
            return [(column.x, column.width, span) for span in self.off_hours(day)]
        parts = layout.columns(column.x, column.width, [1] * self.lanes[0])
        return [
            (part.x, part.width, span)
            for lane, part in enumerate(parts)
            for span in self.off_hours(day, lane)
        ]


def local_at(day: date, minute: int) -> str:
    """The wall time of a place in the grid."""
    moment = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute)
    return moment.isoformat(timespec="minutes")
