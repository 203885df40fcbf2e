"""One appointment as a painted block: colours by crew and state, text that is never cut."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen

from tcf_desktop.qtkit import i18n, icons
from tcf_desktop.qtkit.style import box
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.schedule import AppointmentBlock
from tcf_desktop.views.schedule.wording import work_of

BAR = 4
RADIUS = 5
MARK = 14
_PAD = 4


@dataclass(frozen=True, slots=True)
class Look:
    """How a block is drawn."""

    bar: QColor
    fill: QColor
    text: str
    text2: str
    border: QColor | None = None
    dashed: bool = False
    strong_border: bool = False
    mark: str = ""
    mark_color: QColor | None = None
    struck: bool = False
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a block: offset from the block's corner, the words, bold or quiet. An upright one
    is written from top to bottom, where a block is too narrow for words."""

    x: int
    y: int
    text: str
    bold: bool
    upright: bool = False


# Colours by state: indices of the crews' colour-blind safe palette; marks say the same.
STATE_COLORS = {
    "tentative": 6,
    "confirmed": 0,
    "on_the_way": 4,
    "arrived": 3,
    "done": 2,
    "cancelled": 5,
    "no_show": 7,
}
UPRIGHT = 44  # narrower blocks have their name from top to bottom


def look_of(block: AppointmentBlock, color_index: int | None, *, by_state: bool = False) -> Look:
    """Colours and marks of a block; ``color_index`` None is nobody's or personal."""
    look = _look(block, color_index if not by_state else STATE_COLORS[block.state], by_state)
    return replace(look, repeats=True) if block.series_id is not None or block.id < 0 else look


def _look(block: AppointmentBlock, color_index: int | None, by_state: bool) -> Look:
    colors = theme()
    if color_index is None:
        bar, fill = colors.color("text3"), colors.color("neutralTint")
    else:
        crew = colors.crew(color_index)
        bar, fill = crew.bar, crew.fill
    if block.state in ("cancelled", "no_show"):
        faded = blend(bar, colors.color("sunken"))
        return Look(faded, colors.color("sunken"), "text3", "text3", mark="x", struck=True,
                    mark_color=colors.color("text3"))  # fmt: skip
    if block.state == "done" and by_state:
        return Look(bar, fill, "text", "text2", mark="check", mark_color=colors.color("text2"))
    if block.state == "done":
        quiet = colors.color("sunken")
        return Look(blend(bar, quiet), quiet, "text2", "text2", mark="check",
                    mark_color=colors.color("ok"))  # fmt: skip
    if block.late or block.conflict:
        warn = colors.color("warn")
        return Look(bar, fill, "text", "text2", border=warn, strong_border=True, mark="warning",
                    mark_color=warn)  # fmt: skip
    if block.kind == "estimate" or block.state == "tentative":
        mark = "ruler" if block.kind == "estimate" else "question"
        return Look(bar, colors.color("surface"), "text", "text2", border=bar, dashed=True,
                    mark=mark, mark_color=colors.color("text2"))  # fmt: skip
    if block.state in ("arrived", "on_the_way"):
        return Look(bar, fill, "text", "text2", mark="play-circle", mark_color=bar)
    return Look(bar, fill, "text", "text2")


def blend(color: QColor, ground: QColor) -> QColor:
    """Half of the colour over the ground."""
    return QColor(
        (color.red() + ground.red()) // 2,
        (color.green() + ground.green()) // 2,
        (color.blue() + ground.blue()) // 2,
    )


def paint_block(
    painter: QPainter,
    rect: QRect,
    look: Look,
    lines: list[TextLine],
    *,
    ratio: float,
    selected: bool = False,
    dotted_y: int | None = None,
) -> None:
    """Fill, bar, outline, text and mark. ``dotted_y`` is where the promised window ends."""
    colors = theme()
    box(painter, rect, look.fill, None, radius=RADIUS)
    path = QPainterPath()
    path.addRoundedRect(QRectF(rect), RADIUS, RADIUS)
    painter.save()
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    painter.fillRect(rect.x(), rect.y(), BAR, rect.height(), look.bar)
    painter.restore()
    if dotted_y is not None and rect.top() + 4 < dotted_y < rect.bottom() - 2:
        pen = QPen(look.bar, 1, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([1, 2])
        painter.setPen(pen)
        y = dotted_y + 0.5
        painter.drawLine(QPointF(rect.x() + BAR + 2, y), QPointF(rect.right(), y))
    if look.border is not None:
        _outline(painter, rect, look.border, 1.5 if look.strong_border else 1.2, look.dashed)
        if look.dashed:
            painter.fillRect(rect.x(), rect.y() + 2, BAR - 1, rect.height() - 4, look.bar)
    if selected:
        _outline(painter, rect, colors.color("accent"), 2.0, dashed=False)
    for line in lines:
        font = colors.font("caption", 600 if line.bold else 400)
        if look.struck and line.bold:
            font = QFont(font)
            font.setStrikeOut(True)
        painter.setFont(font)
        painter.setPen(colors.color(look.text if line.bold else look.text2))
        at = QPoint(rect.x() + line.x, rect.y() + line.y)
        if line.upright:
            painter.save()
            painter.translate(at)
            painter.rotate(90)
            painter.drawText(0, 0, line.text)
            painter.restore()
        else:
            painter.drawText(at, line.text)
    _paint_marks(painter, rect, look, ratio)


def _paint_marks(painter: QPainter, rect: QRect, look: Look, ratio: float) -> None:
    """State in the corner, the loop of a series beside it where there is room."""
    if rect.height() < 34 or rect.width() < 34:
        return
    x, y = rect.right() - MARK - 3, rect.bottom() - MARK - 3
    if look.mark and look.mark_color is not None:
        pixmap = icons.pixmap(look.mark, look.mark_color.name(), MARK, ratio)
        painter.drawPixmap(x, y, pixmap)
        x -= MARK + 4
    if look.repeats and x > rect.x() + BAR + 2:
        loop = icons.pixmap("repeat", theme().color("text2").name(), MARK, ratio)
        painter.drawPixmap(x, y, loop)


def text_lines(
    block: AppointmentBlock, width: int, height: int, currency: str, *, mark: bool
) -> list[TextLine]:
    """The words that fit: name at word ends, service, price; the service gives way first."""
    metrics = theme().metrics("caption")
    bold = theme().metrics("caption", 600)
    left = BAR + _PAD
    room = width - left - 3
    step = metrics.height()
    count = max(1, (height - 4) // step)
    price = i18n.short_money(block.total_cents, currency) if block.total_cents else ""
    top = (height - step) // 2 + metrics.ascent() if height < 30 else 3 + metrics.ascent()
    if width < UPRIGHT and height > 2 * width and room >= 6:
        return _upright(block.name, price, width, height - (MARK + 2 if mark else 0))
    if room < 12:
        return []
    if count == 1:
        return _single(block.name, price, left, top, room)
    if mark and price and metrics.horizontalAdvance(price) > room - MARK - 2:
        # The price does not fit beside the mark: it goes above it, or is left to the tooltip.
        count = min(count, max(1, (height - MARK - 4 - 3) // step))
        price = price if count > 1 and metrics.horizontalAdvance(price) <= room else ""
    name = _wrapped(block.name, room, max(1, count - (1 if price else 0)), bold)
    texts = [(text, True) for text in name]
    work = work_of(block)
    if work and len(texts) + (1 if price else 0) < count:
        texts.append((metrics.elidedText(work, Qt.TextElideMode.ElideRight, room), False))
    if price:
        texts.append((metrics.elidedText(price, Qt.TextElideMode.ElideRight, room), False))
    lines = []
    for number, (words, strong) in enumerate(texts):
        y = top + number * step
        text = words
        if mark and y + metrics.descent() > height - MARK - 4:
            measure = bold if strong else metrics
            text = measure.elidedText(text, Qt.TextElideMode.ElideRight, room - MARK - 2)
        lines.append(TextLine(left, y, text, strong))
    return lines


def _upright(name: str, price: str, width: int, height: int) -> list[TextLine]:
    """The name, and the price behind it, from top to bottom."""
    bold, metrics = theme().metrics("caption", 600), theme().metrics("caption")
    room, wide = height - 10, metrics.horizontalAdvance(price)
    x = BAR + max(2, (width - BAR - metrics.height()) // 2 + metrics.descent())
    if price and bold.horizontalAdvance(name) + wide + 8 > room:
        price = ""
    shown = bold.elidedText(name, Qt.TextElideMode.ElideRight, room)
    lines = [TextLine(x, 5, shown, True, upright=True)]
    if price:
        lines.append(TextLine(x, height - 5 - wide, price, False, upright=True))
    return lines


def _single(name: str, price: str, left: int, top: int, room: int) -> list[TextLine]:
    metrics = theme().metrics("caption")
    bold = theme().metrics("caption", 600)
    wide = metrics.horizontalAdvance(price)
    if price and room - wide - 8 >= 36:
        shown = bold.elidedText(name, Qt.TextElideMode.ElideRight, room - wide - 8)
        return [TextLine(left, top, shown, True), TextLine(left + room - wide, top, price, False)]
    return [TextLine(left, top, bold.elidedText(name, Qt.TextElideMode.ElideRight, room), True)]


def _wrapped(text: str, room: int, most: int, metrics: QFontMetrics) -> list[str]:
    """Lines that break between words; the last one, or a word too long, ends with "…"."""
    measure, elide = metrics.horizontalAdvance, metrics.elidedText
    lines: list[str] = []
    words = text.split()
    while words:
        line = words.pop(0)
        if len(lines) == most - 1:
            rest = " ".join([line, *words])
            return [*lines, elide(rest, Qt.TextElideMode.ElideRight, room)]
        while words and measure(f"{line} {words[0]}") <= room:
            line = f"{line} {words.pop(0)}"
        if measure(line) > room and measure(line.rstrip(",")) <= room:
            line = line.rstrip(",")
        if measure(line) > room:
            line = elide(line, Qt.TextElideMode.ElideRight, room)
        lines.append(line)
    return lines or [""]


def _outline(painter: QPainter, rect: QRect, color: QColor, width: float, dashed: bool) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(color, width)
    if dashed:
        pen.setDashPattern([3, 2])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = width / 2
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)
    painter.restore()
