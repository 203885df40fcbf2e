"""Painting of the month: days and chips once into a picture, what moves over it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap

from tcf_desktop.domain.month_layout import Piece
from tcf_desktop.qtkit import i18n, icons
from tcf_desktop.qtkit.style import box
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.schedule import AppointmentBlock
from tcf_desktop.views.schedule.block_art import Look, look_of
from tcf_desktop.views.schedule.month_geometry import MonthGeometry, more_text

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTER = Qt.AlignmentFlag.AlignCenter
_RADIUS = 4
_BAR = 3
_MARK = 12


class MonthPainter:
    """Paints one geometry; made anew when size, data or theme change."""

    def __init__(self, geometry: MonthGeometry, ratio: float, month: date) -> None:
        self.geometry = geometry
        self.ratio = ratio
        self._month = month
        self._picture: QPixmap | None = None
        self._picture_scroll = -1

    def picture(self, scroll: int) -> QPixmap:
        """Everything but selection, cursor and what is dragged."""
        if self._picture is None or self._picture_scroll != scroll:
            g = self.geometry
            pixmap = QPixmap(round(g.width * self.ratio), round(g.height * self.ratio))
            pixmap.setDevicePixelRatio(self.ratio)
            pixmap.fill(theme().color("surface"))
            painter = QPainter(pixmap)
            painter.setClipRect(g.body_rect())
            self._paint_days(painter, scroll)
            for piece in g.plan.pieces:
                rect = g.piece_rect(piece, scroll)
                if rect.bottom() > g.header_height and rect.top() < g.height:
                    self.paint_piece(painter, rect, piece)
            painter.setClipping(False)
            self._paint_header(painter)
            painter.end()
            self._picture, self._picture_scroll = pixmap, scroll
        return self._picture

    def _paint_header(self, painter: QPainter) -> None:
        g, colors = self.geometry, theme()
        painter.fillRect(0, 0, g.width, g.header_height, colors.color("surface"))
        painter.setFont(colors.font("caption", 600))
        metrics = colors.metrics("caption", 600)
        line = colors.color("line")
        days = g.scene.week.days
        widest = max(metrics.horizontalAdvance(i18n.day(days[n], "dddd")) for n in g.shown_columns)
        narrow = widest > g.columns[g.shown_columns[0]].width - 12
        for column in g.shown_columns:
            where = g.columns[column]
            text = i18n.day(days[column], "ddd" if narrow else "dddd")
            painter.setPen(colors.color("text2"))
            painter.drawText(QRect(where.x + 8, 0, where.width - 8, g.header_height), _LEFT, text)
            painter.fillRect(where.x, 0, 1, g.header_height, line)
        painter.fillRect(0, g.header_height - 1, g.width, 1, line)

    def _paint_days(self, painter: QPainter, scroll: int) -> None:
        g, colors = self.geometry, theme()
        line = colors.color("line")
        for number, day in enumerate(g.scene.week.days):
            cell = g.cell_rect(number, scroll)
            if not cell.width() or cell.bottom() < g.header_height or cell.top() > g.height:
                continue
            if day == g.scene.today:
                painter.fillRect(cell, colors.color("todayTint"))
            elif g.scene.facts.of(day).hours is None:
                painter.fillRect(cell, colors.color("sunken"))
            painter.fillRect(cell.x(), cell.y(), 1, cell.height(), line)
            if number % 7 == g.shown_columns[0]:
                painter.fillRect(0, cell.bottom(), g.width, 1, line)
                painter.setFont(colors.font("caption"))
                painter.setPen(colors.color("text3"))
                week = i18n.locale_of().toString(day.isocalendar()[1])
                painter.drawText(
                    QRect(0, cell.y() + 3, g.gutter, g.title_height - 3), _CENTER, week
                )
            self._paint_title(painter, number, day, cell, scroll)

    def _paint_title(
        self, painter: QPainter, number: int, day: date, cell: QRect, scroll: int
    ) -> None:
        """The number of the day, the holiday beside it, and "+3" at the right."""
        g, colors = self.geometry, theme()
        bold, plain = colors.metrics("caption", 600), colors.metrics("caption")
        text = i18n.locale_of().toString(day.day)
        if day.day == 1:
            text = i18n.day(day, "MMM d")
        inside = day.month == self._month.month
        spot = QRect(cell.x() + 4, cell.y() + 3, bold.horizontalAdvance(text) + 10,
                     g.title_height - 5)  # fmt: skip
        painter.setFont(colors.font("caption", 600))
        if day == g.scene.today:
            spot.setWidth(max(spot.width(), spot.height()))
            box(painter, spot, colors.color("accent"), None, radius=spot.height() / 2)
            painter.setPen(colors.color("onAccent"))
        else:
            painter.setPen(colors.color("text" if inside else "text3"))
        painter.drawText(spot, _CENTER, text)
        more = g.more_rect(number, scroll)
        right = cell.right() - 6
        if not more.isEmpty():
            painter.setPen(colors.color("accent"))
            painter.drawText(more, _CENTER, more_text(g.plan.hidden[number]))
            right = more.left() - 4
        facts = g.scene.facts.of(day)
        room = QRect(spot.right() + 6, spot.y(), right - spot.right() - 6, spot.height())
        if facts.note and room.width() > 30:
            painter.setFont(colors.font("caption"))
            painter.setPen(colors.color("warn" if facts.closed else "text3"))
            shown = plain.elidedText(facts.note, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, _LEFT, shown)

    def look(self, block: AppointmentBlock) -> Look:
        """Colours and marks of an entry."""
        scene = self.geometry.scene
        return look_of(block, scene.color_of(block), by_state=scene.by_state)

    def paint_piece(self, painter: QPainter, rect: QRect, piece: Piece) -> None:
        """One chip or one week of a bar."""
        self.paint_chip(painter, rect, self.geometry.scene.by_id[piece.id], piece.from_before)

    def paint_chip(
        self, painter: QPainter, rect: QRect, block: AppointmentBlock, inside: bool = False
    ) -> None:
        """Time and name on the crew's colour; the time gives way first."""
        colors = theme()
        look = self.look(block)
        edge = look.border if look.border is not None and not look.dashed else None
        box(painter, rect, look.fill, edge, radius=_RADIUS)
        if look.dashed and look.border is not None:
            painter.setPen(QPen(look.border, 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), _RADIUS, _RADIUS)
        if not inside:
            painter.fillRect(rect.x(), rect.y() + 1, _BAR, rect.height() - 2, look.bar)
        room = rect.adjusted(_BAR + 4, 0, -4, 0)
        mark = look.mark or ("repeat" if look.repeats else "")
        if mark and room.width() > 84:
            color = look.mark_color or colors.color("text2")
            pixmap = icons.pixmap(mark, color.name(), _MARK, self.ratio)
            painter.drawPixmap(
                room.right() - _MARK + 2, rect.y() + (rect.height() - _MARK) // 2, pixmap
            )
            room.setRight(room.right() - _MARK - 2)
        bold, plain = colors.metrics("caption", 600), colors.metrics("caption")
        time = "" if block.all_day else i18n.short_time(block.starts_local)
        wide = plain.horizontalAdvance(time) + 5
        least = min(bold.horizontalAdvance(block.name), bold.horizontalAdvance("M" * 4))
        if time and room.width() >= wide + least:
            painter.setFont(colors.font("caption"))
            painter.setPen(colors.color(look.text2))
            painter.drawText(room, _LEFT, time)
            room.setLeft(room.left() + wide)
        font = colors.font("caption", 600)
        if look.struck:
            font = QFont(font)
            font.setStrikeOut(True)
        painter.setFont(font)
        painter.setPen(colors.color(look.text))
        name = block.name
        if bold.horizontalAdvance(name) > room.width():
            name = name.partition(",")[0]
        shown = bold.elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LEFT, shown)

    # what moves

    def paint_selection(self, painter: QPainter, ident: int, scroll: int) -> None:
        """The outline of the selected entry."""
        for piece in self.geometry.pieces_of(ident):
            rect = self.geometry.piece_rect(piece, scroll)
            box(painter, rect, None, theme().color("accent"), radius=_RADIUS, width=2)

    def label_rect(self, at: QPoint, text: str) -> QRect:
        """Where the words beside a dragged chip stand, kept inside the view."""
        g, metrics = self.geometry, theme().metrics("caption", 600)
        wide, high = metrics.horizontalAdvance(text) + 20, metrics.height() + 10
        x = max(4, min(at.x(), g.width - wide - 6))
        y = at.y() - high - 8
        if y < 2:
            y = at.y() + 24
        return QRect(x, y, wide, high)

    def paint_label(self, painter: QPainter, rect: QRect, text: str) -> None:
        """The words beside a dragged chip."""
        colors = theme()
        box(painter, rect, colors.color("snack"), None, radius=6)
        painter.setFont(colors.font("caption", 600))
        painter.setPen(colors.color("snackText"))
        painter.drawText(rect, _CENTER, text)

    def paint_target(self, painter: QPainter, cell: QRect, color: QColor) -> None:
        """The day a drop would go to."""
        fill = QColor(color)
        fill.setAlpha(28)
        box(painter, cell.adjusted(2, 2, -1, -1), fill, color, radius=_RADIUS, width=2)
