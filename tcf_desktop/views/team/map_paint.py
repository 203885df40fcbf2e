"""The strokes of the map. Functions of a painter, a scene, a section and a rectangle."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from tcf_desktop.domain.presence import AT_PLACE_M, GAP_MS
from tcf_desktop.domain.tracks import Position
from tcf_desktop.qtkit.style import box
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.team.map_math import Projection, nice_length
from tcf_desktop.views.team.map_scene import MapScene, PersonMark

MARK = 26
VISIT = 22
_ACCURACY_SHOWN_M = 50.0


class Labels:
    """Finds places for words so that they cover neither marks nor each other."""

    def __init__(self, frame: QRect, taken: Sequence[QRect] = ()) -> None:
        self._frame = frame.adjusted(4, 4, -4, -4)
        self._taken = list(taken)

    def reserve(self, rect: QRect) -> None:
        """Keep words away from here."""
        self._taken.append(rect)

    def place(self, anchor: QRect, size: QSize) -> QRect | None:
        """A free rectangle beside ``anchor``, right first; None when every side is taken."""
        middle = anchor.center()
        candidates = (
            QPoint(anchor.right() + 6, middle.y() - size.height() // 2),
            QPoint(anchor.left() - 6 - size.width(), middle.y() - size.height() // 2),
            QPoint(middle.x() - size.width() // 2, anchor.bottom() + 5),
            QPoint(middle.x() - size.width() // 2, anchor.top() - 5 - size.height()),
            QPoint(anchor.right() + 4, anchor.bottom() + 4),
            QPoint(anchor.right() + 4, anchor.top() - 4 - size.height()),
        )
        for corner in candidates:
            rect = QRect(corner, size)
            if self._frame.contains(rect) and not any(rect.intersects(one) for one in self._taken):
                self._taken.append(rect)
                return rect
        return None


def point_of(projection: Projection, lat: float, lon: float, rect: QRect) -> QPointF:
    """Where a place lies in the widget."""
    return QPointF(*projection.pixels(lat, lon, rect.width(), rect.height()))


def paint_grid(painter: QPainter, projection: Projection, rect: QRect, *, miles: bool) -> None:
    """Hairlines at round distances, so that sizes can be judged without streets."""
    step, _ = nice_length(projection.scale * 130, miles=miles)
    pixels = step / projection.scale
    colors = theme()
    painter.save()
    left = rect.width() / 2 - projection.centre_x / projection.scale
    top = rect.height() / 2 + projection.centre_y / projection.scale
    minor, major = QColor(colors.color("line")), QColor(colors.color("line"))
    minor.setAlphaF(0.55)
    for at, number in _grid_lines(left, pixels, rect.width()):
        painter.fillRect(at, 0, 1, rect.height(), minor if number % 5 else major)
    for at, number in _grid_lines(top, pixels, rect.height()):
        painter.fillRect(0, at, rect.width(), 1, minor if number % 5 else major)
    painter.restore()


def _grid_lines(origin: float, pixels: float, length: int) -> list[tuple[int, int]]:
    first = math.ceil(-origin / pixels)
    lines = (
        (round(origin + number * pixels), number)
        for number in range(first, first + int(length / pixels) + 2)
    )
    return [(at, number) for at, number in lines if 0 <= at < length]


def paint_places(painter: QPainter, scene: MapScene, projection: Projection, rect: QRect) -> None:
    """Customers' places as small quiet dots."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    color = QColor(theme().color("text3"))
    color.setAlphaF(0.38)
    painter.setBrush(color)
    for place in scene.places:
        painter.drawEllipse(point_of(projection, place.lat, place.lon, rect), 2.0, 2.0)
    painter.restore()


def paint_tracks(painter: QPainter, scene: MapScene, projection: Projection, rect: QRect) -> None:
    """The ways in crew colours; the chosen one strong with arrows, longer silences dotted."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = theme().color("sunken")
    for track in scene.tracks:
        color = QColor(theme().crew(track.crew).bar)
        if not track.strong:
            color.setAlphaF(0.5)
        width = 4.0 if track.strong else 2.5
        pieces = _pieces(track.positions, projection, rect)
        if track.strong:
            for piece in pieces:
                _stroke(painter, piece, ground, width + 3)
        for before, after in pairwise(pieces):
            pen = QPen(color, 1.5, Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.drawLine(before.last(), after.first())
        for piece in pieces:
            _stroke(painter, piece, color, width)
            if track.strong:
                _arrows(painter, piece, ground)
    painter.restore()


def paint_marks(
    painter: QPainter, scene: MapScene, projection: Projection, rect: QRect
) -> tuple[list[QRect], list[tuple[QRect, int, str]]]:
    """The shop and the numbered visits; returns what is taken, and what the mouse may find."""
    painter.save()
    taken: list[QRect] = []
    hits: list[tuple[QRect, int, str]] = []
    if scene.shop is not None:
        taken += _paint_shop(painter, scene, projection, rect)
    for visit in scene.visits:
        middle = point_of(projection, visit.lat, visit.lon, rect)
        pair = theme().crew(visit.crew)
        if visit.is_there:
            _ring(painter, middle, AT_PLACE_M / projection.scale, pair.bar)
        frame = _square(middle, theme().scaled(VISIT))
        surface = theme().color("surface")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(pair.bar, 2))
        painter.setBrush(pair.bar if visit.filled else surface)
        painter.drawEllipse(QRectF(frame).adjusted(1, 1, -1, -1))
        painter.setFont(theme().font("caption", 600))
        painter.setPen(readable_on(pair.bar) if visit.filled else theme().color("text"))
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, str(visit.number))
        taken.append(frame)
        hits.append((frame, 0, visit.name))
    painter.restore()
    return taken, hits


def paint_people(
    painter: QPainter, scene: MapScene, projection: Projection, rect: QRect, labels: Labels
) -> list[tuple[QRect, int, str]]:
    """Everybody's last position with words; returns what the mouse may find."""
    painter.save()
    hits: list[tuple[QRect, int, str]] = []
    edge = theme().scaled(MARK)
    frames = [
        (mark, _square(point_of(projection, mark.position.lat, mark.position.lon, rect), edge))
        for mark in scene.people
    ]
    for _, frame in frames:
        labels.reserve(frame)
    for mark, frame in frames:
        _paint_person(painter, mark, frame, projection)
        hits.append((frame, mark.worker_id, mark.words))
    for mark, frame in reversed(frames):  # the chosen one has the first choice
        _paint_words(painter, mark.words, frame, labels, strong=mark.strong)
    painter.restore()
    return hits


def paint_scale(painter: QPainter, projection: Projection, rect: QRect, *, miles: bool) -> QRect:
    """A bar with its length in words, bottom left; returns where it is."""
    length, words = nice_length(projection.scale * 120, miles=miles)
    pixels = max(8, round(length / projection.scale))
    colors = theme()
    height = colors.line_height("caption")
    left, base = 16, rect.height() - 16
    painter.save()
    color = colors.color("text2")
    painter.fillRect(left, base, pixels, 1, color)
    painter.fillRect(left, base - 5, 1, 6, color)
    painter.fillRect(left + pixels - 1, base - 5, 1, 6, color)
    painter.setFont(colors.font("caption"))
    painter.setPen(color)
    wide = max(pixels, colors.metrics("caption").horizontalAdvance(words) + 4)
    frame = QRect(left + pixels // 2 - wide // 2, base - 6 - height, wide, height)
    frame.moveLeft(max(left, frame.left()))
    painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()
    return frame.united(QRect(left, base - 6, pixels, 8))


def readable_on(ground: QColor) -> QColor:
    """Black or white, whichever reads better on a colour."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    light = (
        0.2126 * linear(ground.redF())
        + 0.7152 * linear(ground.greenF())
        + 0.0722 * linear(ground.blueF())
    )
    return QColor(Qt.GlobalColor.white if light < 0.2 else Qt.GlobalColor.black)


def _pieces(positions: Sequence[Position], projection: Projection, rect: QRect) -> list[QPolygonF]:
    pieces: list[QPolygonF] = []
    last_at = 0
    last = QPointF()
    for position in positions:
        point = point_of(projection, position.lat, position.lon, rect)
        if not pieces or position.fix_at - last_at > GAP_MS:
            pieces.append(QPolygonF([point]))
        elif (point - last).manhattanLength() >= 1.5:
            pieces[-1].append(point)
        else:
            last_at = position.fix_at
            continue
        last_at, last = position.fix_at, point
    return pieces


def _stroke(painter: QPainter, piece: QPolygonF, color: QColor, width: float) -> None:
    pen = QPen(color, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    if piece.size() == 1:
        painter.drawPoint(piece.first())
    else:
        painter.drawPolyline(piece)


def _arrows(painter: QPainter, piece: QPolygonF, color: QColor) -> None:
    """Small chevrons in the direction of travel, one each 90 pixels."""
    since = 45.0
    pen = QPen(color, 1.6)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    for index in range(1, piece.size()):
        start, end = piece.at(index - 1), piece.at(index)
        step = end - start
        length = math.hypot(step.x(), step.y())
        since += length
        if since < 90 or length < 6:
            continue
        since = 0.0
        ahead = step / length
        aside = QPointF(-ahead.y(), ahead.x())
        tip = (start + end) / 2 + ahead * 1.5
        for side in (1.6, -1.6):
            painter.drawLine(tip, tip - ahead * 2.4 + aside * side)


def _paint_shop(
    painter: QPainter, scene: MapScene, projection: Projection, rect: QRect
) -> list[QRect]:
    assert scene.shop is not None
    colors = theme()
    frame = _square(point_of(projection, scene.shop.lat, scene.shop.lon, rect), 24)
    box(painter, frame, colors.color("surface"), colors.color("text"), width=1.5)
    ratio = painter.device().devicePixelRatioF()
    icon = colors.pixmap("storefront", "text", 16, ratio)
    painter.drawPixmap(frame.x() + 4, frame.y() + 4, icon)
    return [frame]


def _paint_person(
    painter: QPainter, mark: PersonMark, frame: QRect, projection: Projection
) -> None:
    pair = theme().crew(mark.crew)
    acc_m = mark.position.acc_m
    middle = QPointF(QRectF(frame).center())
    if acc_m is not None and acc_m > _ACCURACY_SHOWN_M:
        _ring(painter, middle, acc_m / projection.scale, pair.bar)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().color("surface"))
    painter.drawEllipse(QRectF(frame).adjusted(-2, -2, 2, 2))
    painter.setBrush(pair.bar)
    painter.drawEllipse(QRectF(frame))
    painter.setFont(theme().font("caption", 600))
    painter.setPen(readable_on(pair.bar))
    painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, mark.initials)


def _paint_words(
    painter: QPainter, words: str, anchor: QRect, labels: Labels, *, strong: bool
) -> None:
    colors = theme()
    weight = 600 if strong else 500
    metrics = colors.metrics("caption", weight)
    text = metrics.elidedText(words, Qt.TextElideMode.ElideRight, 220)
    size = QSize(metrics.horizontalAdvance(text) + 14, metrics.height() + 6)
    frame = labels.place(anchor, size)
    if frame is None:
        return
    box(painter, frame, colors.color("surface"), colors.color("line"), radius=4)
    painter.setFont(colors.font("caption", weight))
    painter.setPen(colors.color("text"))
    painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, text)


def _ring(painter: QPainter, middle: QPointF, radius: float, color: QColor) -> None:
    fill = QColor(color)
    fill.setAlphaF(0.12)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, 1.2, Qt.PenStyle.DashLine))
    painter.setBrush(fill)
    painter.drawEllipse(middle, max(radius, 16.0), max(radius, 16.0))


def _square(middle: QPointF, edge: int) -> QRect:
    return QRect(round(middle.x()) - edge // 2, round(middle.y()) - edge // 2, edge, edge)
