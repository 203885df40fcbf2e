"""What one cell of a list shows, and its lines of text: laid out once, found words in bold."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QStaticText

from tcf_desktop.domain.search_words import marks
from tcf_desktop.qtkit.theme import theme

_PLAIN: Final = 400
_BOLD: Final = 600


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows: one or two lines, or a chip, ready to be drawn."""

    title: str = ""
    sub: str = ""
    right: bool = False
    weight: int = 400
    token: str = "text"
    sub_token: str = "text2"
    chip: str = ""
    tone: str = "neutral"
    chip_icon: str = ""
    icon: str = ""
    icon_token: str = "text2"
    marks: tuple[str, ...] = ()  # folded words of a search: where they stand the text is bold


def paint_lines(painter: QPainter, rect: QRect, cell: Cell) -> None:
    """One or two lines of text, centred upright in ``rect``."""
    colors = theme()
    title_height = colors.line_height()
    height = title_height + (colors.line_height("caption") if cell.sub else 0)
    top = rect.y() + (rect.height() - height) // 2
    if cell.title or cell.sub:
        # Beside a bold piece the rest is plain, or it could not be told apart.
        shown = marks(cell.title, cell.marks) if cell.marks else ()
        weight = _PLAIN if cell.marks else cell.weight
        title = _Line(cell.title, "body", weight, cell.token, right=cell.right, marks=shown)
        _paint_line(painter, rect, top, title)
    if cell.sub:
        shown = marks(cell.sub, cell.marks) if cell.marks else ()
        sub = _Line(cell.sub, "caption", _PLAIN, cell.sub_token, right=cell.right, marks=shown)
        _paint_line(painter, rect, top + title_height, sub)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    style: str
    weight: int
    token: str
    right: bool
    marks: tuple[tuple[int, int], ...]


def _paint_line(painter: QPainter, rect: QRect, top: int, line: _Line) -> None:
    colors = theme()
    painter.setPen(colors.color(line.token))
    wanted = (line.text, line.style, line.weight, rect.width(), colors.text_scale)
    if line.marks:
        pieces, wide = _marked_text(*wanted, line.marks)
    else:
        static, wide = _static_text(*wanted)
        pieces = ((static, 0, line.weight),)
    left = rect.right() + 1 - wide if line.right else rect.x()
    for static, offset, weight in pieces:
        painter.setFont(colors.font(line.style, weight))
        painter.drawStaticText(left + offset, top, static)


@lru_cache(maxsize=4096)
def _static_text(
    text: str, style: str, weight: int, width: int, _scale: int
) -> tuple[QStaticText, int]:
    """Elided, laid out once; the scale is part of the key because fonts change with it."""
    metrics = theme().metrics(style, weight)
    line = metrics.elidedText(text[:400].replace("\n", " "), Qt.TextElideMode.ElideRight, width)
    return _laid_out(line, style, weight), metrics.horizontalAdvance(line)


@lru_cache(maxsize=4096)
def _marked_text(
    text: str, style: str, weight: int, width: int, _scale: int, places: tuple[tuple[int, int], ...]
) -> tuple[tuple[tuple[QStaticText, int, int], ...], int]:
    """The pieces of a line with its marked parts bold, each with its offset and weight."""
    line = text[:400].replace("\n", " ")
    pieces: list[tuple[QStaticText, int, int]] = []
    left = at = 0
    for start, length in (*places, (len(line), 0)):
        for end, heavy in ((start, weight), (start + length, _BOLD)):
            if at >= end or left >= width:
                continue
            metrics = theme().metrics(style, heavy)
            piece = line[at:end]
            whole = metrics.horizontalAdvance(piece)
            last = end >= len(line)
            if left + whole > width or (not last and left + whole > width - _room_for_more(style)):
                piece = _cut(piece, metrics, width - left)
                pieces.append((_laid_out(piece, style, heavy), left, heavy))
                return tuple(pieces), left + metrics.horizontalAdvance(piece)
            pieces.append((_laid_out(piece, style, heavy), left, heavy))
            left += whole
            at = end
    return tuple(pieces), left


def _room_for_more(style: str) -> int:
    return theme().metrics(style, _BOLD).horizontalAdvance("…")


def _cut(piece: str, metrics: QFontMetrics, room: int) -> str:
    """A piece after which more would come, with the sign that it does."""
    cut = metrics.elidedText(piece + " " * 40, Qt.TextElideMode.ElideRight, room)
    return cut if cut.endswith("…") else f"{cut.rstrip()}…"


def _laid_out(line: str, style: str, weight: int) -> QStaticText:
    static = QStaticText(line)
    static.setTextFormat(Qt.TextFormat.PlainText)
    static.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    static.prepare(font=theme().font(style, weight))
    return static
