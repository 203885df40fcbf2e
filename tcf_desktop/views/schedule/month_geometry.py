"""Where everything of the month lies. Content y counts from the first week; the weekdays above do
not scroll."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QRect, QSize

from tcf_desktop.domain import month_layout
from tcf_desktop.domain import week_layout as layout
from tcf_desktop.domain.appointments import DAY_MINUTES, MAX_MINUTES
from tcf_desktop.domain.month_layout import MOST_LINES, WEEKS, Piece, Span
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.schedule import AppointmentBlock
from tcf_desktop.views.schedule.geometry import Scene

GAP = 2
_LEAST_LINES = 2


class MonthGeometry:
    """Rectangles for one size of the month. Weekends that are hidden have no column."""

    def __init__(self, scene: Scene, size: QSize) -> None:
        self.scene = scene
        self.width, self.height = size.width(), size.height()
        caption = theme().line_height("caption")
        self.header_height = caption + 16
        self.title_height = caption + 10
        self.chip_height = caption + 5
        widest = theme().metrics("caption").horizontalAdvance("00")
        self.gutter = widest + 16
        days = scene.week.days
        shown = [n for n in range(7) if scene.options.weekends or days[n].weekday() < 5]
        weights = [1 if n in shown else 0 for n in range(7)]
        self.columns = layout.columns(self.gutter, max(0, self.width - self.gutter), weights)
        self.shown_columns = shown
        room = max(1, (self.height - self.header_height) // WEEKS)
        step = self.chip_height + GAP
        least = self.title_height + _LEAST_LINES * step + 3
        self.row_height = max(room, least)
        self.lines = max(1, min(MOST_LINES, (self.row_height - self.title_height - 3) // step))
        spare = self.height - self.header_height - WEEKS * self.row_height
        self.last_extra = max(0, spare)
        self.content_height = WEEKS * self.row_height + self.last_extra
        self.plan = month_layout.plan(self._spans(), self.lines)
        self.by_day: dict[int, list[Piece]] = {}
        self._first_piece: dict[int, Piece] = {}
        for piece in self.plan.pieces:
            self._first_piece.setdefault(piece.id, piece)
            for column in range(piece.first, piece.last + 1):
                self.by_day.setdefault(7 * piece.week + column, []).append(piece)

    def _spans(self) -> list[Span]:
        """Entries in the order of a day: whole days, then crew by crew and by time."""
        scene = self.scene
        first = scene.week.days[0]
        last = len(scene.week.days) - 1
        spans = []
        for block in sorted(
            scene.shown,
            key=lambda b: (not b.all_day, scene.lane_of(b), b.starts_local[11:], b.id),
        ):
            begin = (date.fromisoformat(block.starts_local[:10]) - first).days
            end = begin + days_of(block) - 1
            if end >= 0 and begin <= last:
                spans.append(Span(block.id, begin, end))
        return spans

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

    def cell_rect(self, number: int, scroll: int) -> QRect:
        """A day's cell in widget coordinates."""
        week, column = divmod(number, 7)
        where = self.columns[column]
        extra = self.last_extra if week == WEEKS - 1 else 0
        top = self.header_height + week * self.row_height - scroll
        return QRect(where.x, top, where.width, self.row_height + extra)

    def piece_rect(self, piece: Piece, scroll: int) -> QRect:
        """An entry's chip or bar in widget coordinates."""
        first, last = self.columns[piece.first], self.columns[piece.last]
        top = self.header_height + piece.week * self.row_height - scroll + self.title_height
        top += piece.line * (self.chip_height + GAP)
        left = first.x + (0 if piece.from_before else 4)
        right = last.x + last.width - (0 if piece.goes_on else 3)
        return QRect(left, top, max(4, right - left), self.chip_height)

    def more_rect(self, number: int, scroll: int) -> QRect:
        """Where "+3" stands in a day's cell; empty when everything is shown."""
        hidden = self.plan.hidden[number]
        if not hidden:
            return QRect()
        cell = self.cell_rect(number, scroll)
        metrics = theme().metrics("caption", 600)
        wide = metrics.horizontalAdvance(more_text(hidden)) + 12
        return QRect(cell.right() - wide - 2, cell.y() + 3, wide, self.title_height - 4)

    def first_piece(self, ident: int) -> Piece | None:
        """Where an appointment begins to be shown."""
        return self._first_piece.get(ident)

    def pieces_of(self, ident: int) -> list[Piece]:
        """All parts of an appointment."""
        first = self._first_piece.get(ident)
        if first is None:
            return []
        if not first.goes_on:
            return [first]
        return [piece for piece in self.plan.pieces if piece.id == ident]

    def day_at(self, x: int, y: int, scroll: int) -> int:
        """The number of the day under a point, the nearest one outside."""
        row = (y - self.header_height + scroll) // max(1, self.row_height)
        week = max(0, min(WEEKS - 1, row))
        for column in self.shown_columns:
            where = self.columns[column]
            if x < where.x + where.width:
                return int(7 * week + column)
        return int(7 * week + self.shown_columns[-1])

    def number_of(self, day: date) -> int | None:
        """The number of a date; None when it is not shown."""
        number = (day - self.scene.week.days[0]).days
        return number if 0 <= number < len(self.scene.week.days) else None


def days_of(block: AppointmentBlock) -> int:
    """How many days an entry is drawn over: a visit through the night stays on its first day."""
    if block.all_day:
        return max(1, -(-block.minutes // DAY_MINUTES))
    if block.minutes < DAY_MINUTES or block.minutes > MAX_MINUTES:
        return 1
    start = int(block.starts_local[11:13]) * 60 + int(block.starts_local[14:16])
    return max(1, -(-(start + block.minutes) // DAY_MINUTES))


def last_day(block: AppointmentBlock) -> date:
    """The last day an entry is drawn on."""
    return date.fromisoformat(block.starts_local[:10]) + timedelta(days=days_of(block) - 1)


def more_text(count: int) -> str:
    """ "+3"."""
    return "+" + i18n.locale_of().toString(count)
