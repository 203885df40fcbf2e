"""Painting of the week grid: the still part once into a pixmap, the blocks over it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from tcf_desktop.domain.appointments import OFF_STATES
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.style import box
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.schedule import AppointmentBlock, summaries
from tcf_desktop.services.queries.schedule_days import OffEntry
from tcf_desktop.views.schedule import day_paint
from tcf_desktop.views.schedule.block_art import (
    BAR,
    RADIUS,
    Look,
    TextLine,
    look_of,
    paint_block,
    text_lines,
)
from tcf_desktop.views.schedule.geometry import Geometry

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTER = Qt.AlignmentFlag.AlignCenter
_NOW_DOT = 4


class WeekPainter:
    """Paints one geometry; made anew when size, data or theme change."""

    def __init__(self, geometry: Geometry, ratio: float, words: dict[str, str]) -> None:
        self.geometry = geometry
        self.ratio = ratio
        self._words = words
        self._still: QPixmap | None = None
        self._still_scroll = -1
        self._texts: dict[tuple[int, int, int], list[TextLine]] = {}
        self._looks: dict[int, Look] = {}

    # the still part

    def still(self, scroll: int) -> QPixmap:
        """Ground, lines, hours and header for a scroll offset."""
        if self._still is None or self._still_scroll != scroll:
            g = self.geometry
            pixmap = QPixmap(round(g.width * self.ratio), round(g.height * self.ratio))
            pixmap.setDevicePixelRatio(self.ratio)
            pixmap.fill(theme().color("surface"))
            painter = QPainter(pixmap)
            self._paint_body(painter, scroll)
            self._paint_header(painter)
            painter.end()
            self._still, self._still_scroll = pixmap, scroll
        return self._still

    def _paint_body(self, painter: QPainter, scroll: int) -> None:
        g, colors = self.geometry, theme()
        painter.setClipRect(g.body_rect())
        for day, column in zip(g.scene.week.days, g.columns, strict=True):
            if day == g.scene.today:
                painter.fillRect(
                    column.x, g.header_height, column.width, g.body_height,
                    colors.color("todayTint"),
                )  # fmt: skip
            for x, wide, (first, last) in g.off_parts(day, column):
                top = g.y_of(first, scroll)
                height = g.y_of(last, scroll) - top
                painter.fillRect(x, top, wide, height, colors.color("sunken"))
        line = colors.color("line")
        painter.setFont(colors.font("caption"))
        for hour in range(25):
            y = g.y_of(hour * 60, scroll)
            painter.fillRect(g.gutter - 6, y, g.width - g.gutter + 6, 1, line)
            if 0 < hour < 24 and y > g.header_height + 9:
                painter.setPen(colors.color("text3"))
                label = QRect(0, y - 10, g.gutter - 9, 20)
                painter.drawText(
                    label,
                    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                    i18n.hour_label(hour),
                )
        for column in g.columns:
            painter.fillRect(column.x, g.header_height, 1, g.body_height, line)
        painter.setClipping(False)

    def _paint_header(self, painter: QPainter) -> None:
        g, colors = self.geometry, theme()
        painter.fillRect(0, 0, g.width, g.header_height, colors.color("surface"))
        line = colors.color("line")
        totals = summaries(g.scene.shown, g.scene.week.days)
        for number, (day, column) in enumerate(zip(g.scene.week.days, g.columns, strict=True)):
            if day == g.scene.today:
                top = g.title_height + 1
                painter.fillRect(
                    column.x + 1, top, column.width - 1, g.all_day_height - 1,
                    colors.color("todayTint"),
                )  # fmt: skip
            self._paint_day_title(painter, number, totals[day].visits, totals[day].total_cents)
            painter.fillRect(column.x, 0, 1, g.header_height, line)
        painter.fillRect(0, g.title_height, g.width, 1, line)
        painter.fillRect(0, g.header_height - 1, g.width, 1, line)
        if not g.all_day_height:
            return
        painter.setFont(colors.font("caption"))
        painter.setPen(colors.color("text3"))
        row = QRect(0, g.title_height, g.gutter - 9, g.bar_height + 8)
        painter.drawText(
            row,
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            self._words["all_day"],
        )

    def _paint_day_title(self, painter: QPainter, number: int, visits: int, cents: int) -> None:
        g, colors = self.geometry, theme()
        day, column = g.scene.week.days[number], g.columns[number]
        bold = colors.metrics("body", 600)
        step, small = bold.height(), colors.line_height("caption")
        x, wide = column.x + 9, column.width - 12
        name, figure = i18n.day(day, "ddd"), str(day.day)
        name_wide = bold.horizontalAdvance(name)
        figure_wide = bold.horizontalAdvance(figure)
        narrow = name_wide + figure_wide + 22 > wide
        painter.setFont(colors.font("body", 600))
        painter.setPen(colors.color("text"))
        if narrow:
            painter.drawText(QRect(column.x, 5, column.width, step + 2), _CENTER, name)
            side = figure_wide + 10
            spot = QRect(column.x + (column.width - side) // 2, 5 + step, side, step + 4)
        else:
            painter.drawText(QRect(x, 6, name_wide + 2, step + 4), _LEFT, name)
            spot = QRect(x + name_wide + 4, 5, max(24, figure_wide + 10), step + 6)
        if day == g.scene.today:
            side = min(max(24, spot.height()), g.title_height - spot.top() + 2)
            circle = QRect(spot.center().x() - side // 2, spot.center().y() - side // 2, side, side)
            circle.moveTop(max(2, circle.top()))
            box(painter, circle, colors.color("accent"), None, radius=side / 2)
            painter.setPen(colors.color("onAccent"))
            painter.drawText(circle, _CENTER, figure)
        elif narrow:
            painter.drawText(spot, _CENTER, figure)
        else:
            painter.drawText(QRect(x + name_wide + 5, 6, figure_wide + 4, step + 4), _LEFT, figure)
        if len(g.columns) == 1 and g.lanes[0] > 1:
            day_paint.paint_lane_titles(painter, g, 9 + step, small + 2, self._words["nobody"])
            return
        room = QRect(x, 9 + step, wide + 4, small + 2)
        if not narrow:
            self._paint_day_words(painter, room, day, visits, cents)

    def _paint_day_words(
        self, painter: QPainter, room: QRect, day: date, visits: int, cents: int
    ) -> None:
        """Under the day: why it is special, or its visits and money; what fits, never cut."""
        colors = theme()
        facts = self.geometry.scene.facts.of(day)
        note = facts.note or (self._words["closed"] if facts.closed else "")
        metrics = colors.metrics("caption")
        summary = self.summary(visits, cents) if visits else ""
        few = self._visits(visits) if visits else ""
        choices = [i18n.joined([note, few]), note, few] if note else [summary, few]
        text = next((t for t in choices if t and metrics.horizontalAdvance(t) <= room.width()), "")
        if note and not text:
            text = metrics.elidedText(note, Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(colors.font("caption"))
        painter.setPen(colors.color("warn" if facts.closed else "text3"))
        painter.drawText(room, _LEFT, text)

    def summary(self, visits: int, cents: int) -> str:
        """ "5 visits · $1,440"."""
        money = i18n.short_money(cents, self.geometry.scene.week.currency) if cents else ""
        return i18n.joined([self._visits(visits), money])

    def _visits(self, visits: int) -> str:
        return i18n.plural(visits, self._words["visit"], self._words["visits"])

    # what moves

    def paint_now(self, painter: QPainter, scroll: int) -> None:
        """The line and pill of the moment, behind the blocks."""
        g, colors = self.geometry, theme()
        if g.scene.today not in g.scene.week.days:
            return
        column = g.columns[g.scene.week.days.index(g.scene.today)]
        y = g.y_of(g.scene.now_minute, scroll)
        now = colors.color("now")
        painter.fillRect(g.gutter - 6, y, column.x - g.gutter + 6, 1, colors.color("buttonLine"))
        painter.fillRect(column.x, y - 1, column.width, 2, now)
        text = i18n.short_time(f"T{g.scene.now_minute // 60:02d}:{g.scene.now_minute % 60:02d}")
        metrics = colors.metrics("caption", 600)
        wide, high = metrics.horizontalAdvance(text) + 10, metrics.height() + 4
        pill = QRect(g.gutter - 6 - wide, y - high // 2, wide, high)
        # An hour that would peep out from behind the pill is not shown.
        near = round(g.scene.now_minute / 60) * 60
        if abs(g.y_of(near, scroll) - y) < high // 2 + 9:
            cover = QRect(0, g.y_of(near, scroll) - 9, g.gutter - 7, 18)
            painter.fillRect(cover, colors.color("surface"))
        box(painter, pill, now, None, radius=high / 2)
        painter.setFont(colors.font("caption", 600))
        painter.setPen(colors.color("onNow"))
        painter.drawText(pill, _CENTER, text)

    def paint_now_dot(self, painter: QPainter, scroll: int) -> None:
        """Where the line begins, over the blocks."""
        g = self.geometry
        if g.scene.today not in g.scene.week.days:
            return
        column = g.columns[g.scene.week.days.index(g.scene.today)]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("now"))
        painter.drawEllipse(
            QPoint(column.x, g.y_of(g.scene.now_minute, scroll)), _NOW_DOT, _NOW_DOT
        )
        painter.restore()

    def paint_blocks(
        self,
        painter: QPainter,
        scroll: int,
        area: QRect,
        selected: int | None,
        ghosts: Iterable[int] = (),
    ) -> None:
        """The timed blocks that touch ``area``; ``ghosts`` are drawn faintly (being moved)."""
        g = self.geometry
        faint = set(ghosts)
        late: list[tuple[QRect, AppointmentBlock]] = []
        for placed in g.boxes:
            rect = g.box_rect(placed, scroll)
            if not rect.intersects(area):
                continue
            block = g.scene.by_id[placed.id]
            if placed.id == selected:
                late.append((rect, block))
                continue
            if placed.id in faint:
                painter.setOpacity(0.45)
            self.paint_one(painter, rect, block, scroll)
            painter.setOpacity(1.0)
        if len(g.columns) == 1 and not g.by_crew:
            day_paint.paint_gaps(painter, g, scroll)
        for rect, block in late:
            painter.setOpacity(0.45 if block.id in faint else 1.0)
            self.paint_one(painter, rect, block, scroll, selected=True)
            painter.setOpacity(1.0)

    def paint_one(
        self,
        painter: QPainter,
        rect: QRect,
        block: AppointmentBlock,
        scroll: int,
        *,
        selected: bool = False,
        look: Look | None = None,
    ) -> None:
        """One block at a rectangle; ``look`` where it is to be another crew's."""
        look = look or self.look(block)
        key = (block.id, rect.width(), rect.height())
        lines = self._texts.get(key)
        if lines is None:
            lines = self._texts[key] = self.words_of(block, rect.width(), rect.height())
        dotted = self.window_end(block, rect.top())
        paint_block(
            painter, rect, look, lines, ratio=self.ratio, selected=selected, dotted_y=dotted
        )

    def window_end(self, block: AppointmentBlock, top: int) -> int | None:
        """Where the promised arrival window ends inside a block that begins at ``top``."""
        until = block.arrival_until_local
        if not until or until <= block.starts_local or block.state in ("done", *OFF_STATES):
            return None
        minutes = _minutes(until) - _minutes(block.starts_local)
        return top + round(minutes * self.geometry.minute_height)

    def words_of(self, block: AppointmentBlock, width: int, height: int) -> list[TextLine]:
        """The text of a block of this size."""
        currency = self.geometry.scene.week.currency
        return text_lines(block, width, height, currency, mark=bool(self.look(block).mark))

    def look(self, block: AppointmentBlock, crew_index: int | None = None) -> Look:
        """The look of a block, worked out once; that of another crew while it is dragged there."""
        scene = self.geometry.scene
        if crew_index is not None and block.color_index is None:
            return look_of(block, crew_index, by_state=scene.by_state)
        found = self._looks.get(block.id)
        if found is None:
            found = look_of(block, scene.color_of(block), by_state=scene.by_state)
            self._looks[block.id] = found
        return found

    def paint_bars(self, painter: QPainter, selected: int | None) -> None:
        """The entries of the all-day row."""
        g, colors = self.geometry, theme()
        painter.setFont(colors.font("caption", 600))
        metrics = colors.metrics("caption", 600)
        for bar in g.bars:
            rect = g.bar_rect(bar)
            if rect.bottom() > g.header_height:
                continue
            block = g.scene.by_id[bar.id]
            look = self.look(block)
            box(painter, rect, look.fill, None, radius=RADIUS - 1)
            painter.fillRect(rect.x(), rect.y() + 1, BAR, rect.height() - 2, look.bar)
            if bar.id == selected:
                box(painter, rect, None, colors.color("accent"), radius=RADIUS - 1, width=2)
            painter.setPen(colors.color(look.text))
            room = rect.adjusted(BAR + 6, 0, -4, 0)
            text = metrics.elidedText(block.name, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, _LEFT, text)
        for bar, entry in g.off_bars:
            rect = g.bar_rect(bar)
            if rect.bottom() > g.header_height:
                continue
            crew = next((c for c in g.scene.week.crews if c.id == entry.crew_id), None)
            side = colors.color("text3") if crew is None else colors.crew(crew.color_index).bar
            box(painter, rect, colors.color("neutralTint"), None, radius=RADIUS - 1)
            painter.fillRect(rect.x(), rect.y() + 1, BAR, rect.height() - 2, side)
            painter.setPen(colors.color("text2"))
            room = rect.adjusted(BAR + 6, 0, -4, 0)
            text = metrics.elidedText(
                self.off_words(entry), Qt.TextElideMode.ElideRight, room.width()
            )
            painter.drawText(room, _LEFT, text)

    def off_words(self, entry: OffEntry) -> str:
        """ "Jo Petersen: vacation"."""
        reason = entry.reason or self._words["day_off"]
        return self._words["off"].format(name=entry.name, reason=reason)

    def label_rect(self, at: QPoint, text: str, note: str = "") -> QRect:
        """Where the words beside a dragged thing stand, kept inside the grid."""
        g, colors = self.geometry, theme()
        metrics = colors.metrics("caption", 600)
        shown = i18n.joined([text, note])
        wide, high = metrics.horizontalAdvance(shown) + 20, metrics.height() + 10
        x = max(4, min(max(g.gutter, at.x()), g.width - wide - 6))
        y = at.y() - high - 6
        if y < g.header_height:
            y = max(at.y() + 18, 2)
        return QRect(x, min(y, g.height - high - 2), wide, high)

    def paint_label(self, painter: QPainter, at: QPoint, text: str, note: str = "") -> None:
        """The words beside a dragged thing."""
        colors = theme()
        rect = self.label_rect(at, text, note)
        box(painter, rect, colors.color("snack"), None, radius=6)
        painter.setFont(colors.font("caption", 600))
        painter.setPen(colors.color("snackText"))
        painter.drawText(rect, _CENTER, i18n.joined([text, note]))

    def paint_target(
        self, painter: QPainter, rect: QRect, color: QColor, *, busy: bool, filled: bool
    ) -> None:
        """Where a new appointment or a drop would lie; amber outline on a busy lane."""
        colors = theme()
        fill = QColor(color)
        fill.setAlpha(60 if filled else 0)
        edge = colors.color("warn") if busy else color
        box(painter, rect, fill, edge, radius=RADIUS, width=2)


def _minutes(local: str) -> int:
    from datetime import datetime

    moment = datetime.fromisoformat(local)
    return moment.toordinal() * 1440 + moment.hour * 60 + moment.minute
