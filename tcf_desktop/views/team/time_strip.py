"""The day as a strip: one line for each crew, thick at a visit, thin on the way; replay handle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tcf_desktop.domain.presence import seen_spans
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.style import box, focus_ring
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.team import Person
from tcf_desktop.services.queries.team_day import TeamDay

HOUR_MS = 3_600_000
_MINUTE_MS = 60_000
_FIRST_HOUR, _LAST_HOUR = 7, 19
_MOST_ROWS = 8


@dataclass(frozen=True, slots=True)
class StripRow:
    """A crew's day: on the clock, seen, and at visits, as (from, until) in milliseconds."""

    name: str
    crew: int
    shifts: tuple[tuple[int, int], ...]
    seen: tuple[tuple[int, int], ...]
    visits: tuple[tuple[int, int], ...]


def strip_rows(day: TeamDay) -> tuple[StripRow, ...]:
    """One row for each crew, and for each person without one, that was on the clock."""
    groups: dict[tuple[int, int], list[Person]] = {}
    for person in day.people:
        key = (0, person.crew_id) if person.crew_id is not None else (1, person.id)
        groups.setdefault(key, []).append(person)
    rows = []
    for members in groups.values():
        end = min(day.now_at, day.end_at)
        shifts = [
            (max(span.clock_in_at, day.start_at), min(span.clock_out_at or end, day.end_at))
            for person in members
            for span in person.spans
            # A clock that was left running says nothing about this day.
            if not (person.forgotten and span == person.running)
        ]
        if not shifts:
            continue
        seen = [
            span
            for person in members
            if person.id in day.tracks
            for span in seen_spans(day.tracks[person.id])
        ]
        visits = [
            (fact.stay.came_at, fact.stay.left_at)
            for fact in day.visits_of(members[0])
            if fact.stay is not None
        ]
        name = members[0].crew or members[0].name
        rows.append(
            StripRow(name, members[0].color_index, tuple(shifts), tuple(seen), tuple(visits))
        )
    return tuple(rows[:_MOST_ROWS])


class TimeStrip(QWidget):
    """``momentChanged`` with the moment of the replay, or None when it is live."""

    momentChanged = Signal(object)  # int | None; milliseconds do not fit a C int

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("team.strip")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Time of day"))
        self._day: TeamDay | None = None
        self._rows: Sequence[StripRow] = ()
        self._moment: int | None = None
        self._dragging = False
        theme().changed.connect(self.update)

    def set_day(self, day: TeamDay) -> None:
        """Show a day; the replay goes on when it is the same one."""
        if self._day is None or self._day.on != day.on:
            self._moment = None
        self._day = day
        self._rows = strip_rows(day)
        self.updateGeometry()
        self.update()

    def moment(self) -> int | None:
        """The moment of the replay; None when live."""
        return self._moment

    def set_moment(self, moment: int | None) -> None:
        """Move the handle and say so."""
        if self._day is not None and moment is not None:
            moment = max(self._day.start_at, min(moment, self._end()))
            if self._day.is_today and moment >= self._end():
                moment = None
        if moment == self._moment:
            return
        self._moment = moment
        self.momentChanged.emit(moment)
        self.update()

    def sizeHint(self) -> QSize:
        rows = max(1, len(self._rows))
        return QSize(
            400, max(84, 14 + rows * self._row_height() + theme().line_height("caption") + 10)
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    # events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._day is not None:
            self._dragging = True
            self.set_moment(self._moment_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self.set_moment(self._moment_at(event.position().x()))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._dragging = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._day is None:
            return
        now = self._moment if self._moment is not None else self._end()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        step = (10 if shift else 1) * _MINUTE_MS
        seen = [span for row in self._rows for span in row.shifts]
        moves = {
            Qt.Key.Key_Left: now - step,
            Qt.Key.Key_Right: now + step,
            Qt.Key.Key_Home: min((start for start, _ in seen), default=self._day.start_at),
            Qt.Key.Key_End: max((end for _, end in seen), default=self._end()),
        }
        key = Qt.Key(event.key())
        if key in moves:
            self.set_moment(moves[key])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        painter.fillRect(event.rect(), colors.color("surface"))
        painter.fillRect(0, 0, self.width(), 1, colors.color("line"))
        if self._day is not None:
            self._paint_hours(painter)
            for place, row in enumerate(self._rows):
                self._paint_row(painter, place, row)
            self._paint_handle(painter)
        if self.hasFocus():
            focus_ring(painter, self.rect().adjusted(1, 2, -1, -1))
        painter.end()

    # inside

    def _paint_hours(self, painter: QPainter) -> None:
        colors = theme()
        first, last = self._hours()
        assert self._day is not None
        painter.setFont(colors.font("caption"))
        height = colors.line_height("caption")
        base = self.height() - height - 6
        step = 1 if self._area().width() / (last - first) >= 78 else 2
        taken = self._time_frame()
        for hour in range(first, last + 1):
            at = round(self._x(self._day.start_at + hour * HOUR_MS))
            painter.fillRect(at, 10, 1, base - 12, colors.color("line"))
            if (hour - first) % step == 0:
                text = i18n.hour_label(hour % 24)
                wide = colors.metrics("caption").horizontalAdvance(text) + 6
                label = QRect(at - wide // 2, base, wide, height)
                if label.intersects(taken):
                    continue  # the time of the replay stands there
                painter.setPen(colors.color("text2"))
                painter.drawText(label, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_row(self, painter: QPainter, place: int, row: StripRow) -> None:
        colors = theme()
        pair = colors.crew(row.crew)
        top = 12 + place * self._row_height()
        middle = top + self._row_height() // 2
        painter.setFont(colors.font("caption"))
        painter.setPen(colors.color("text"))
        room = QRect(16, top, self._area().left() - 26, self._row_height())
        text = colors.metrics("caption").elidedText(
            row.name, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        faint = QColor(pair.bar)
        faint.setAlphaF(0.35)
        # Without positions the whole shift is as sure as a visit: somebody clocked it.
        self._bars(painter, row.shifts, middle, 4, faint)
        self._bars(painter, row.seen, middle, 4, faint)
        self._bars(painter, row.visits, middle, 11, pair.bar)

    def _bars(
        self,
        painter: QPainter,
        spans: Sequence[tuple[int, int]],
        middle: int,
        height: int,
        color: QColor,
    ) -> None:
        for start, end in spans:
            left, right = self._x(start), self._x(end)
            frame = QRectF(left, middle - height / 2, max(3.0, right - left), height)
            box(painter, frame, color, None, radius=min(3, height / 2))

    def _paint_handle(self, painter: QPainter) -> None:
        assert self._day is not None
        if self._moment is None and not self._day.is_today:
            return
        moment = self._moment if self._moment is not None else self._end()
        color = theme().color("now")
        at = round(self._x(moment))
        bottom = self.height() - theme().line_height("caption") - 8
        painter.fillRect(at - 1, 8, 2, bottom - 8, color)
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(QPointF(at, 8), 5, 5)
        if self._moment is None:
            return
        colors = theme()
        text = i18n.instant_time(moment, self._day.zone)
        frame = self._time_frame()
        box(painter, frame, colors.color("surface"), colors.color("line"), radius=4)
        painter.setFont(colors.font("caption", 600))
        painter.setPen(colors.color("text"))
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, text)

    def _time_frame(self) -> QRect:
        """Where the time of the replay stands; empty without one."""
        if self._moment is None or self._day is None:
            return QRect()
        colors = theme()
        text = i18n.instant_time(self._moment, self._day.zone)
        wide = colors.metrics("caption", 600).horizontalAdvance(text) + 12
        height = colors.line_height("caption")
        top = self.height() - height - 8
        frame = QRect(round(self._x(self._moment)) - wide // 2, top, wide, height + 4)
        frame.moveRight(min(frame.right(), self.width() - 4))
        return frame

    def _row_height(self) -> int:
        return theme().line_height("caption") + 2

    def _area(self) -> QRect:
        colors = theme()
        names = [colors.metrics("caption").horizontalAdvance(row.name) for row in self._rows]
        left = 16 + min(max(names, default=70), 150) + 22
        return QRect(left, 0, max(80, self.width() - left - 26), self.height())

    def _hours(self) -> tuple[int, int]:
        """The hours of the day that are shown: work hours, more when there is more."""
        assert self._day is not None
        first, last = _FIRST_HOUR, _LAST_HOUR
        for row in self._rows:
            for start, end in row.shifts:
                first = min(first, (start - self._day.start_at) // HOUR_MS)
                last = max(last, -(-(end - self._day.start_at) // HOUR_MS))
        return max(0, int(first)), min(25, int(last))

    def _x(self, moment: int) -> float:
        assert self._day is not None
        first, last = self._hours()
        share = (moment - self._day.start_at - first * HOUR_MS) / ((last - first) * HOUR_MS)
        area = self._area()
        return area.left() + share * area.width()

    def _moment_at(self, x: float) -> int:
        assert self._day is not None
        first, last = self._hours()
        area = self._area()
        share = (x - area.left()) / area.width()
        return round(self._day.start_at + first * HOUR_MS + share * (last - first) * HOUR_MS)

    def _end(self) -> int:
        assert self._day is not None
        return min(self._day.now_at, self._day.end_at)
