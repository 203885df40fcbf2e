"""The week by crew: a row for each crew, a column for each day, cards with times in the cells.

Used when the lanes of the hour grid would be too narrow to read. It answers the same questions as
the hour grid, so that selection, keyboard and dragging are shared.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from tcf_desktop.domain import week_layout as layout
from tcf_desktop.domain.appointments import WORK_FROM, WORK_TO, shift_local
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.schedule import AppointmentBlock
from tcf_desktop.services.queries.schedule_days import OffEntry
from tcf_desktop.views.schedule.block_art import BAR, TextLine
from tcf_desktop.views.schedule.geometry import BAR_GAP, Geometry, Spot
from tcf_desktop.views.schedule.week_paint import WeekPainter

_CARD_GAP = 3
_ROW_PAD = 5


class BoardGeometry(Geometry):
    """Cells instead of hours: content y counts from the first crew's row."""

    by_crew = True

    def _lay_out(self) -> None:
        scene, days = self.scene, self.scene.week.days
        names = [lane.name for lane in scene.lanes] + [member for _, member in self.members()]
        metrics = theme().metrics("caption", 600)
        widest = max((metrics.horizontalAdvance(name) for name in names), default=60)
        self.gutter = min(max(118, widest + 30), max(118, self.width // 5))
        self.slots = [
            slot
            for block in scene.shown
            for slot in layout.slots_of(
                block.id, block.starts_local, block.minutes, scene.lane_of(block), days
            )
        ]
        rows = len(scene.lanes) + any(slot.lane >= len(scene.lanes) for slot in self.slots)
        busy = {slot.day for slot in self.slots}
        weights = self._weights([2 if day in busy else 0 for day in range(len(days))])
        self.columns = self.fitted(weights)
        widest = max(column.width for column in self.columns)
        step = theme().line_height("caption")
        # In narrow columns the price stands on a line of its own, so that it is never cut.
        self.three_lines = (
            widest < theme().metrics("caption").horizontalAdvance("12:30–12:30 · $1,000") + 40
        )
        self.card_height = (3 if self.three_lines else 2) * step + 8
        self.lanes = [1] * len(days)
        self.bars: list[layout.Bar] = []
        self.off_bars: list[tuple[layout.Bar, OffEntry]] = []
        self.bar_height = 0
        self.all_day_height = 0
        self.header_height = self.title_height
        self._stack(max(1, rows))

    def members(self) -> list[tuple[int, str]]:
        """(crew id, first names of its workers)."""
        return [
            (crew.id, ", ".join(name.split()[0] for name in crew.workers if name.split()))
            for crew in self.scene.week.crews
        ]

    def _stack(self, rows: int) -> None:
        """Cards one under the other, whole days first; a row is as high as its fullest cell."""
        cells: dict[tuple[int, int], list[layout.Slot]] = {}
        for slot in self.slots:
            cells.setdefault((slot.lane, slot.day), []).append(slot)
        step = self.card_height + _CARD_GAP
        fullest = [
            max((len(cells.get((row, day), ())) for day in range(len(self.columns))), default=0)
            for row in range(rows)
        ]
        spare = max(0, self.height - self.header_height - sum(2 * _ROW_PAD + max(1, n) * step
                                                              for n in fullest))  # fmt: skip
        self.row_tops, y = [0], 0
        for count in fullest:
            y += 2 * _ROW_PAD + max(1, count) * step + min(3 * step, spare // rows)
            self.row_tops.append(y)
        self.content_height = y
        self.boxes = []
        for (row, day), slots in cells.items():
            column = self.columns[day]
            slots.sort(key=lambda s: (not self.scene.by_id[s.id].all_day, s.start, s.id))
            for number, slot in enumerate(slots):
                self.boxes.append(
                    layout.Box(
                        slot.id, day, row,
                        column.x + BAR_GAP,
                        self.row_tops[row] + _ROW_PAD + number * step,
                        max(8, column.width - 2 * BAR_GAP),
                        self.card_height,
                    )
                )  # fmt: skip

    def slot_rect(self, spot: Spot, minutes: int, scroll: int, *, whole_day: bool = False) -> QRect:
        column = self.columns[spot.day]
        row = min(spot.lane, len(self.row_tops) - 2)
        top, bottom = self.row_tops[row], self.row_tops[row + 1]
        return QRect(
            column.x + 2, top - scroll + self.header_height + 2, column.width - 3, bottom - top - 3
        )

    def minute_at(self, y: int, scroll: int) -> float:
        return float(WORK_FROM)

    def lane_at(self, x: int, y: int, scroll: int) -> int:
        inside = y - self.header_height + scroll
        for row, bottom in enumerate(self.row_tops[1:]):
            if inside < bottom:
                return row
        return len(self.row_tops) - 2

    def free_minute(self, spot: Spot) -> int:
        """After the last visit of a cell, or the beginning of the working day."""
        ends = [s.end for s in self.slots if s.day == spot.day and s.lane == spot.lane]
        timed = [end for end in ends if end < layout.DAY_MINUTES]
        return min(max(timed, default=WORK_FROM), WORK_TO)


class BoardPainter(WeekPainter):
    """Rows of crews and cards."""

    geometry: BoardGeometry

    def _paint_body(self, painter: QPainter, scroll: int) -> None:
        g, colors = self.geometry, theme()
        painter.setClipRect(g.body_rect())
        line = colors.color("line")
        for day, column in zip(g.scene.week.days, g.columns, strict=True):
            ground = "todayTint" if day == g.scene.today else "surface"
            if g.scene.facts.of(day).hours is None:
                ground = "sunken"
            painter.fillRect(
                column.x, g.header_height, column.width, g.body_height, colors.color(ground)
            )
            painter.fillRect(column.x, g.header_height, 1, g.body_height, line)
        members = dict(g.members())
        for row, bottom in enumerate(g.row_tops[1:]):
            top = g.row_tops[row] - scroll + g.header_height
            painter.fillRect(0, bottom - scroll + g.header_height, g.width, 1, line)
            lane = g.scene.lane_at(row)
            index = lane.color_index if lane is not None else None
            bar = colors.color("text3") if index is None else colors.crew(index).bar
            painter.fillRect(10, top + 9, BAR, colors.line_height("caption") * 2 + 2, bar)
            name = lane.name if lane is not None else self._words["nobody"]
            sub = members.get(lane.crew_id or 0, "") if lane is not None else ""
            self._row_words(painter, top + 7, name, sub)
        painter.setClipping(False)

    def _row_words(self, painter: QPainter, top: int, name: str, sub: str) -> None:
        g, colors = self.geometry, theme()
        room = g.gutter - 28
        step = colors.line_height("caption")
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for number, (text, weight, token) in enumerate(((name, 600, "text"), (sub, 400, "text3"))):
            metrics = colors.metrics("caption", weight)
            painter.setFont(colors.font("caption", weight))
            painter.setPen(colors.color(token))
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(22, top + number * step, room + 4, step + 4), flags, shown)

    def paint_now(self, painter: QPainter, scroll: int) -> None:
        """There are no hours to put a line between."""

    def paint_now_dot(self, painter: QPainter, scroll: int) -> None:
        """Neither is there a dot."""

    def window_end(self, block: AppointmentBlock, top: int) -> int | None:
        return None

    def words_of(self, block: AppointmentBlock, width: int, height: int) -> list[TextLine]:
        colors = theme()
        bold, plain = colors.metrics("caption", 600), colors.metrics("caption")
        left, room = BAR + 5, width - BAR - 9
        if room < 12:
            return []
        currency = self.geometry.scene.week.currency
        price = i18n.short_money(block.total_cents, currency) if block.total_cents else ""
        time = self._words["all_day"]
        if not block.all_day:
            end = shift_local(block.starts_local, block.minutes)
            time = f"{i18n.short_time(block.starts_local)}–{i18n.short_time(end)}"
        elide = Qt.TextElideMode.ElideRight
        short = room - 16 if self.look(block).mark else room
        if not block.all_day and plain.horizontalAdvance(time) > room:
            time = i18n.short_time(block.starts_local)
        rest = [time, price] if self.geometry.three_lines else [i18n.joined([time, price])]
        crowded = len(rest) == 1 and plain.horizontalAdvance(rest[0]) > short
        if crowded and not block.all_day:
            rest[-1] = i18n.joined([i18n.short_time(block.starts_local), price])
        step = plain.height()
        name = bold.elidedText(block.name, elide, room)
        lines = [TextLine(left, 4 + bold.ascent(), name, True)]
        for number, text in enumerate(rest, 1):
            shown = plain.elidedText(text, elide, short if number == len(rest) else room)
            lines.append(TextLine(left, 4 + number * step + plain.ascent(), shown, False))
        return lines
