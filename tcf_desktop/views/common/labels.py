"""Text on the screen: always plain text, always a style and a colour token."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QToolTip, QWidget

from tcf_desktop.qtkit.theme import theme

_LINES = Qt.TextFlag.TextSingleLine


class DataLabel(QLabel):
    """One line that ends with "…" when it is too long and shows the rest on hover.

    With ``wrap`` it is a paragraph. The text is never read as HTML.
    """

    def __init__(
        self,
        text: str = "",
        style: str = "body",
        color: str = "text",
        parent: QWidget | None = None,
        *,
        weight: int | None = None,
        align: str = "left",
        wrap: bool = False,
        object_name: str = "",
    ) -> None:
        super().__init__(parent)
        self._style = style
        self._weight = weight
        self._token = color
        self._wrap = wrap
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setWordWrap(wrap)
        horizontal = {
            "left": Qt.AlignmentFlag.AlignLeft,
            "right": Qt.AlignmentFlag.AlignRight,
            "center": Qt.AlignmentFlag.AlignHCenter,
        }[align]
        vertical = Qt.AlignmentFlag.AlignTop if wrap else Qt.AlignmentFlag.AlignVCenter
        self.setAlignment(horizontal | vertical)
        if not wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if object_name:
            self.setObjectName(object_name)
        self._restyle()
        theme().changed.connect(self._restyle)

    def set_style(
        self, style: str | None = None, *, color: str | None = None, weight: int | None = None
    ) -> None:
        """Another type style, colour token or weight."""
        self._style = style or self._style
        self._token = color or self._token
        self._weight = weight or self._weight
        self._restyle()

    def sizeHint(self) -> QSize:
        if self._wrap:
            return super().sizeHint()
        metrics = theme().metrics(self._style, self._weight)
        return QSize(metrics.horizontalAdvance(self._line()) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        if self._wrap:
            return super().minimumSizeHint()
        hint = self.sizeHint()
        return QSize(min(hint.width(), 40), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._wrap:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setFont(theme().font(self._style, self._weight))
        painter.setPen(theme().color(self._token if self.isEnabled() else "text3"))
        metrics = theme().metrics(self._style, self._weight)
        rect = self.contentsRect()
        line = metrics.elidedText(self._line(), Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, int(self.alignment()) | _LINES, line)
        painter.end()

    def event(self, event: QEvent) -> bool:
        asked = isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip
        if asked and isinstance(event, QHelpEvent) and self.is_elided() and not self.toolTip():
            QToolTip.showText(event.globalPos(), plain_tip(self.text()), self)
            return True
        return super().event(event)

    def is_elided(self) -> bool:
        """Whether part of the text does not fit."""
        metrics = theme().metrics(self._style, self._weight)
        return not self._wrap and metrics.horizontalAdvance(self._line()) > self.width() + 1

    def _line(self) -> str:
        return self.text().replace("\n", " ")

    def _restyle(self) -> None:
        self.setFont(theme().font(self._style, self._weight))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, theme().color(self._token))
        self.setPalette(palette)
        self.updateGeometry()
        self.update()


class Hairline(QFrame):
    """A line of one logical pixel."""

    def __init__(self, *, vertical: bool = False, token: str = "line") -> None:
        super().__init__()
        self._token = token
        if vertical:
            self.setFixedWidth(1)
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        else:
            self.setFixedHeight(1)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color(self._token))
        painter.end()


def hairline(*, vertical: bool = False) -> Hairline:
    """A line between rows or panes."""
    return Hairline(vertical=vertical)


class IconLabel(QWidget):
    """A decorative icon beside text, optionally on a tinted square."""

    def __init__(
        self,
        name: str,
        token: str = "text2",
        size: int = 18,
        parent: QWidget | None = None,
        *,
        tint: str = "",
        box_size: int = 0,
    ) -> None:
        super().__init__(parent)
        self._name, self._token, self._size, self._tint = name, token, size, tint
        self._edge = box_size or size
        self._restyle()
        theme().changed.connect(self._restyle)

    def set_icon(self, name: str, token: str | None = None, tint: str | None = None) -> None:
        """Another icon, colour token or tint."""
        self._name = name
        self._token = token or self._token
        self._tint = self._tint if tint is None else tint
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        from tcf_desktop.qtkit.style import box

        painter = QPainter(self)
        if self._tint:
            box(painter, self.rect(), theme().color(self._tint), None, radius=6)
        size = theme().scaled(self._size)
        glyph = theme().pixmap(self._name, self._token, size, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - size) // 2, (self.height() - size) // 2, glyph)
        painter.end()

    def _restyle(self) -> None:
        edge = theme().scaled(self._edge)
        self.setFixedSize(edge, edge)
        self.update()


def plain_tip(text: str) -> str:
    """Tooltips guess HTML; data must not be read as such."""
    from html import escape

    return f"<span>{escape(text)}</span>"
