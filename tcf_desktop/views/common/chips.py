"""Chips, badges and round initials."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tcf_desktop.qtkit.style import box
from tcf_desktop.qtkit.theme import TONES, theme
from tcf_desktop.views.common.buttons import BaseButton

CHIP_PADDING = 10
CHIP_HEIGHT = 22


def paint_chip(
    painter: QPainter, rect: QRect, text: str, tone: str, *, icon: str = "", pill: bool = True
) -> None:
    """Draw a state chip: tinted pill, text (and icon) in the tone's colour."""
    colors = theme()
    radius = rect.height() / 2 if pill else 4
    box(painter, rect, colors.color(f"{tone}Tint"), None, radius=radius)
    left = rect.x() + CHIP_PADDING
    if icon:
        glyph = colors.pixmap(icon, tone, 13, painter.device().devicePixelRatio())
        painter.drawPixmap(left, rect.y() + (rect.height() - 13) // 2, glyph)
        left += 18
    painter.setFont(colors.font("caption", 500))
    painter.setPen(colors.color(tone))
    room = rect.right() - CHIP_PADDING - left + 2
    line = colors.metrics("caption", 500).elidedText(text, Qt.TextElideMode.ElideRight, room)
    painter.drawText(
        QRect(left, rect.y(), room, rect.height()),
        Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine,
        line,
    )


def chip_size(text: str, icon: str = "") -> QSize:
    """Size of the chip that :func:`paint_chip` draws for a text."""
    wide = theme().metrics("caption", 500).horizontalAdvance(text) + 2 * CHIP_PADDING + 1
    return QSize(wide + (18 if icon else 0), max(CHIP_HEIGHT, theme().line_height("caption") + 6))


class Chip(QWidget):
    """A state in at most two words: ``ok warn bad info neutral``."""

    def __init__(
        self, text: str, tone: str = "neutral", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._text, self._tone, self._icon = text, tone, icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_state(text, tone, icon)
        theme().changed.connect(self._on_theme_changed)

    def set_state(self, text: str, tone: str, icon: str = "") -> None:
        """Another word, tone and icon."""
        if tone not in TONES:
            raise ValueError(tone)
        self._text, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        return self._text

    def sizeHint(self) -> QSize:
        return chip_size(self._text, self._icon)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chip(painter, self.rect(), self._text, self._tone, icon=self._icon)
        painter.end()

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()


class CountBadge(Chip):
    """A quiet number beside a heading."""

    def __init__(self, count: int = 0, tone: str = "neutral") -> None:
        super().__init__(str(count), tone)

    def set_count(self, count: int) -> None:
        """Show another number; nothing for none."""
        self.set_state(str(count), self._tone)
        self.setVisible(count > 0)


class FilterChip(BaseButton):
    """A checkable pill with a count ("Customers 371"), or with a crew's colour."""

    padding = 10
    type_style = "caption"

    def __init__(
        self,
        text: str,
        count: int | None = None,
        parent: QWidget | None = None,
        *,
        crew: int | None = None,
        object_name: str = "",
    ) -> None:
        self._count = count
        self._crew = crew
        super().__init__(text, "", parent, object_name=object_name)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_count(self, count: int | None) -> None:
        """Show another count."""
        self._count = count
        self.setAccessibleName(self.text() if count is None else f"{self.text()}, {count}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        colors = theme()
        wide = colors.metrics("caption", 600).horizontalAdvance(self.text()) + 2 * self.padding
        if self._count is not None:
            wide += colors.metrics("caption").horizontalAdvance(f"{self._count:,}") + 6
        if self._crew is not None:
            wide += 15
        return QSize(wide + 2, max(26, colors.line_height("caption") + 10))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        on = self.isChecked()
        rect = self.rect()
        border, fill = self._face(on=on)
        width = 2.0 if self._keyboard_focus else 1.0
        if self._keyboard_focus:
            border = colors.color("accent")
        box(painter, rect, fill, border, radius=rect.height() / 2 - 0.5, width=width)
        left = self.padding + 1
        if self._crew is not None:
            self._dot(painter, left, on=on)
            left += 15
        weight = 600 if on else 500
        token = "text" if on and self._crew is not None else ("info" if on else "text2")
        painter.setFont(colors.font("caption", weight))
        painter.setPen(colors.color(token))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        wide = colors.metrics("caption", weight).horizontalAdvance(self.text())
        painter.drawText(QRect(left, 0, wide + 2, rect.height()), flags, self.text())
        if self._count is not None:
            painter.setFont(colors.font("caption"))
            painter.setPen(colors.color("info" if on else "text3"))
            where = QRect(left + wide + 6, 0, rect.width(), rect.height())
            painter.drawText(where, flags, f"{self._count:,}")
        painter.end()

    def _face(self, *, on: bool) -> tuple[QColor, QColor]:
        colors = theme()
        if on and self._crew is not None:
            crew = colors.crew(self._crew)
            return crew.bar, crew.fill
        if on:
            return colors.color("accent"), colors.color("selected")
        return colors.color("buttonLine"), colors.color("hover" if self.is_hot() else "surface")

    def _dot(self, painter: QPainter, left: int, *, on: bool) -> None:
        bar = theme().crew(self._crew or 0).bar
        where = QRectF(left, (self.height() - 9) / 2, 9, 9)
        if on:
            box(painter, where, bar, None, radius=4.5)
        else:
            box(painter, where, None, bar, radius=4, width=2)


class Avatar(QWidget):
    """Initials on a round ground in a crew's colour."""

    def __init__(
        self, initials: str, crew: int = 0, size: int = 28, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._initials, self._crew = initials, crew
        self.setFixedSize(size, size)
        theme().changed.connect(self.update)

    def set_person(self, initials: str, crew: int) -> None:
        """Show another person."""
        self._initials, self._crew = initials, crew
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_avatar(painter, self.rect(), self._initials, self._crew)
        painter.end()


def paint_avatar(painter: QPainter, rect: QRect, initials: str, crew: int) -> None:
    """Draw round initials into a square rectangle."""
    colors = theme()
    pair = colors.crew(crew)
    box(painter, rect, pair.fill, None, radius=rect.height() / 2)
    big = rect.height() >= 40
    painter.setFont(colors.font("subtitle" if big else "caption", 600))
    if rect.height() < 32:
        small = QFont(colors.font("caption", 600))
        if small.pixelSize() > 0:
            small.setPixelSize(max(8, round(rect.height() * 0.38)))
        else:
            small.setPointSizeF(small.pointSizeF() * 0.88)
        painter.setFont(small)
    painter.setPen(pair.text)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, initials)


def initials_of(name: str) -> str:
    """Up to two initials of a name; "?" when it has none."""
    words = [word for word in name.replace(",", " ").split() if word[0].isalnum()]
    if not words:
        return "?"
    picked = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0].upper() for word in picked)
