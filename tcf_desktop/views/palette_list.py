"""The list of the palette: headings and items, drawn by hand, and how well a command fits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from tcf_desktop.qtkit.style import box
from tcf_desktop.qtkit.theme import theme

WIDTH = 640
VISIBLE = 13
LOOSE = 3  # rank of a match by scattered letters
_FLAGS = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the list; without ``run`` it is the heading of a group."""

    title: str
    run: Callable[[], object] | None = None
    detail: str = ""
    right: str = ""
    icon: str = ""
    key: str = ""


class PaletteList(QWidget):
    """Draws the items; the current one is tinted. Few rows, so no model is needed."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("palette.list")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._items: list[Item] = []
        self._current = -1
        self._first = 0

    def items(self) -> list[Item]:
        return self._items

    def current(self) -> Item | None:
        """The item that Enter would run."""
        return self._items[self._current] if 0 <= self._current < len(self._items) else None

    def show_items(self, items: list[Item]) -> None:
        """Show other items; the first that can be run is current."""
        self._items = items
        self._first = 0
        self._current = next((i for i, item in enumerate(items) if item.run is not None), -1)
        self._say()
        self.updateGeometry()
        self.update()

    def step(self, by: int) -> None:
        """Move over what can be run, round the ends."""
        able = [i for i, item in enumerate(self._items) if item.run is not None]
        if not able:
            return
        at = able.index(self._current) if self._current in able else 0
        at = (at + by) % len(able) if abs(by) == 1 else min(len(able) - 1, max(0, at + by))
        self._current = able[at]
        shown = max(1, self.height() // self._row())
        low = 0 if at == 0 else self._current
        self._first = min(self._first, low)
        self._first = max(self._first, self._current - shown + 1)
        self._say()
        self.update()

    def sizeHint(self) -> QSize:
        rows = min(len(self._items), VISIBLE)
        while rows > 1 and self._items[rows - 1].run is None:
            rows -= 1  # a heading alone at the bottom says nothing
        return QSize(WIDTH - 24, rows * self._row())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        row = self._row()
        for slot, item in enumerate(self._items[self._first :]):
            rect = QRect(0, slot * row, self.width(), row)
            if rect.bottom() > self.height():
                break
            self._paint_item(painter, rect, item, current=self._first + slot == self._current)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._first + int(event.position().y()) // self._row()
        if 0 <= at < len(self._items) and self._items[at].run is not None:
            self._current = at
            self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.step(-1 if event.angleDelta().y() > 0 else 1)

    def _paint_item(self, painter: QPainter, rect: QRect, item: Item, *, current: bool) -> None:
        colors = theme()
        if item.run is None:
            painter.setFont(colors.font("caption", 600))
            painter.setPen(colors.color("text2"))
            painter.drawText(rect.adjusted(8, 4, -8, 0), _FLAGS, item.title)
            return
        if current:
            box(painter, rect.adjusted(0, 1, 0, -1), colors.color("selected"), None, radius=6)
            painter.fillRect(rect.x(), rect.y() + 6, 3, rect.height() - 12, colors.color("accent"))
        glyph = colors.pixmap(item.icon or "caret-right", "text2", 16, self.devicePixelRatioF())
        painter.drawPixmap(rect.x() + 10, rect.center().y() - 8, glyph)
        right = colors.metrics("caption").horizontalAdvance(item.right) + 12 if item.right else 0
        room = rect.width() - 44 - right
        name = colors.metrics("body", 500).elidedText(item.title, Qt.TextElideMode.ElideRight, room)
        painter.setFont(colors.font("body", 500))
        painter.setPen(colors.color("text"))
        painter.drawText(QRect(rect.x() + 36, rect.y(), room, rect.height()), _FLAGS, name)
        used = colors.metrics("body", 500).horizontalAdvance(name) + 12
        detail = "" if item.key else item.detail
        if detail and room - used > 60:
            painter.setFont(colors.font("caption"))
            painter.setPen(colors.color("text2"))
            metrics = colors.metrics("caption")
            text = metrics.elidedText(detail, Qt.TextElideMode.ElideRight, room - used)
            where = QRect(rect.x() + 36 + used, rect.y(), room - used, rect.height())
            painter.drawText(where, _FLAGS, text)
        if item.right:
            painter.setFont(colors.font("caption"))
            painter.setPen(colors.color("text2"))
            painter.drawText(
                rect.adjusted(0, 0, -10, 0),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
                item.right,
            )

    def _row(self) -> int:
        return max(32, theme().line_height() + 16)

    def _say(self) -> None:
        item = self.current()
        name = "" if item is None else f"{item.title}, {item.detail}"
        self.setAccessibleName(name)


def score(typed: str, title: str, words: str = "") -> int | None:
    """How well a command fits what was typed: 0 begins so, 1 a word does, 2 a further word,
    3 letters in order; None not at all."""
    typed, lower = typed.casefold(), title.casefold()
    if not typed:
        return 1
    if lower.startswith(typed):
        return 0
    parts = lower.replace("…", "").split()
    typed_parts = typed.split()
    if all(any(part.startswith(piece) for part in parts) for piece in typed_parts):
        return 1
    every = parts + words.casefold().split()
    if all(any(part.startswith(piece) for part in every) for piece in typed_parts):
        return 2
    letters = iter(lower)
    if len(typed) >= 3 and all(letter in letters for letter in typed.replace(" ", "")):
        return LOOSE
    return None
