"""What only the day shows: the crews' names over their columns, and the time between visits."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPen

from tcf_desktop.domain.appointments import OFF_STATES
from tcf_desktop.domain.week_layout import gaps_between
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.schedule import summaries
from tcf_desktop.views.schedule.geometry import Geometry, Spot

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_BAR = 4
_LEAST, _MOST = 5, 240


def paint_lane_titles(painter: QPainter, g: Geometry, top: int, height: int, nobody: str) -> None:
    """One day: the crews' names, visits and money stand over their columns."""
    colors = theme()
    bold, plain = colors.metrics("caption", 600), colors.metrics("caption")
    day = g.scene.week.days[0]
    for number in range(g.lanes[0]):
        lane = g.scene.lane_at(number)
        rect = g.slot_rect(Spot(0, 0, number), 60, 0)
        name = lane.name if lane is not None else nobody
        index = lane.color_index if lane is not None else None
        bar = colors.color("text3") if index is None else colors.crew(index).bar
        painter.fillRect(rect.x(), top + 3, _BAR, height - 4, bar)
        room = QRect(rect.x() + 9, top, rect.width() - 10, height)
        painter.setFont(colors.font("caption", 600))
        painter.setPen(colors.color("text2"))
        shown = bold.elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LEFT, shown)
        mine = [b for b in g.scene.shown if g.scene.lane_of(b) == number]
        total = summaries(mine, [day])[day]
        money = i18n.short_money(total.total_cents, g.scene.week.currency)
        text = i18n.joined([str(total.visits), money if total.total_cents else ""])
        used = bold.horizontalAdvance(shown) + 10
        if total.visits and used + plain.horizontalAdvance(text) <= room.width():
            painter.setFont(colors.font("caption"))
            painter.setPen(colors.color("text3"))
            painter.drawText(room.adjusted(used, 0, 0, 0), _LEFT, text)


def paint_gaps(painter: QPainter, g: Geometry, scroll: int) -> None:
    """The minutes between two visits of a crew: what there is to drive and to rest."""
    colors = theme()
    metrics = colors.metrics("caption")
    painter.setFont(colors.font("caption"))
    pen = QPen(colors.color("buttonLine"), 1, Qt.PenStyle.DotLine)
    active = [s for s in g.slots if g.scene.by_id[s.id].state not in OFF_STATES]
    for lane, first, last in gaps_between(active):
        if not _LEAST <= last - first <= _MOST or g.scene.lane_at(lane) is None:
            continue
        rect = g.slot_rect(Spot(0, first, lane), last - first, scroll)
        rect.setHeight(round((last - first) * g.minute_height))
        text = i18n.minutes_text(last - first)
        wide = metrics.horizontalAdvance(text) + 10
        if rect.height() < metrics.height() or wide + 16 > rect.width():
            continue
        x = rect.x() + 14
        painter.setPen(pen)
        painter.drawLine(x, rect.top() + 2, x, rect.bottom() - 2)
        painter.setPen(colors.color("text3"))
        painter.drawText(QRect(x + 8, rect.y(), wide, rect.height()), _LEFT, text)
