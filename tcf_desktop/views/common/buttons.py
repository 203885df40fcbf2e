"""Buttons, drawn from tokens: one filled per region, the rest plain, links and icons."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from tcf_desktop.qtkit.style import box, focus_ring
from tcf_desktop.qtkit.theme import theme

_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class BaseButton(QPushButton):
    """A button whose text is shown as it is ("&" included) and that paints itself."""

    padding = 14
    icon_size = 16
    weight = 500
    text_token = "text"
    type_style = "body"

    def __init__(
        self,
        text: str = "",
        icon: str = "",
        parent: QWidget | None = None,
        *,
        tooltip: str = "",
        object_name: str = "",
    ) -> None:
        super().__init__(parent)
        self._label = ""
        self._icon_name = icon
        self._keyboard_focus = False
        self.setText(text)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if tooltip:
            self.setToolTip(tooltip)
        if object_name:
            self.setObjectName(object_name)
        theme().changed.connect(self._on_theme_changed)

    # text and icon

    def text(self) -> str:
        return self._label

    def setText(self, text: str) -> None:
        self._label = text
        super().setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def icon_name(self) -> str:
        """The icon of the set that the button shows, or nothing."""
        return self._icon_name

    def set_icon(self, name: str) -> None:
        """Show another icon of the set."""
        if name != self._icon_name:
            self._icon_name = name
            self.updateGeometry()
            self.update()

    # measures

    def sizeHint(self) -> QSize:
        width = 2 * self.padding
        if self._label:
            width += (
                theme().metrics(self.type_style, self.weight).horizontalAdvance(self._label) + 1
            )
        if self._icon_name:
            width += theme().scaled(self.icon_size) + (6 if self._label else 0)
        return QSize(width, theme().control_height())

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), 2 * self.padding + 72), hint.height())

    # drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_back(painter)
        self.paint_content(painter, self.rect())
        if self._keyboard_focus:
            focus_ring(painter, self.rect())
        painter.end()

    def paint_back(self, painter: QPainter) -> None:
        """The button's face; subclasses draw theirs."""

    def content_token(self) -> str:
        """Colour token of text and icon in the present state."""
        return self.text_token if self.isEnabled() else "text3"

    def icon_token(self) -> str:
        return self.content_token()

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        colors = theme()
        metrics = colors.metrics(self.type_style, self.weight)
        room = rect.width() - 2 * min(self.padding, 10)
        size = colors.scaled(self.icon_size)
        icon_room = size + (6 if self._label else 0) if self._icon_name else 0
        label = self._label
        wide = metrics.horizontalAdvance(label)
        if wide + icon_room > room:
            label = metrics.elidedText(label, Qt.TextElideMode.ElideRight, room - icon_room)
            wide = metrics.horizontalAdvance(label)
        left = rect.x() + (rect.width() - wide - icon_room) // 2
        if self._icon_name:
            ratio = self.devicePixelRatioF()
            glyph = colors.pixmap(self._icon_name, self.icon_token(), size, ratio)
            painter.drawPixmap(left, rect.y() + (rect.height() - size) // 2, glyph)
        if label:
            painter.setFont(colors.font(self.type_style, self.weight))
            painter.setPen(colors.color(self.content_token()))
            where = QRect(left + icon_room, rect.y(), wide + 2, rect.height())
            painter.drawText(
                where, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, label
            )

    # state

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._keyboard_focus = event.reason() in _KEYBOARD
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._keyboard_focus = False
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt lets only Space press a button outside of dialogs; whoever came here by keyboard
        # expects it of Enter too. With a modifier it is a key of the page ("Ctrl+Enter").
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if enter and plain and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def is_hot(self) -> bool:
        return self.isEnabled() and self.underMouse()

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()


class PrimaryButton(BaseButton):
    """The one filled button of a region: the commonest next step."""

    weight = 600

    def paint_back(self, painter: QPainter) -> None:
        if not self.isEnabled():
            token = "hover"
        elif self.isDown():
            token = "accentPressed"
        elif self.is_hot() or self._keyboard_focus:
            token = "accentHover"
        else:
            token = "accent"
        box(painter, self.rect(), theme().color(token), None)

    def content_token(self) -> str:
        return "onAccent" if self.isEnabled() else "text3"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_back(painter)
        self.paint_content(painter, self.rect())
        if self._keyboard_focus:
            inner = self.rect().adjusted(2, 2, -2, -2)
            box(painter, inner, None, theme().color("onAccent"), radius=4, width=1.5)
        painter.end()


class PlainButton(BaseButton):
    """A bordered button; ``danger`` writes in the colour of destructive actions."""

    def __init__(
        self,
        text: str = "",
        icon: str = "",
        parent: QWidget | None = None,
        *,
        tooltip: str = "",
        object_name: str = "",
        danger: bool = False,
    ) -> None:
        super().__init__(text, icon, parent, tooltip=tooltip, object_name=object_name)
        self.text_token = "bad" if danger else "text"

    def paint_back(self, painter: QPainter) -> None:
        colors = theme()
        token = "surface"
        if self.isDown() or self.isChecked():
            token = "selected"
        elif self.is_hot():
            token = "hover"
        box(painter, self.rect(), colors.color(token), colors.color("buttonLine"))

    def icon_token(self) -> str:
        if not self.isEnabled() or self.text_token == "bad":
            return self.content_token()
        return "text2"


class QuietButton(BaseButton):
    """A button without border until the mouse is over it ("→ Open schedule")."""

    text_token = "text2"
    padding = 10

    def paint_back(self, painter: QPainter) -> None:
        if self.isDown() or self.is_hot():
            box(painter, self.rect(), theme().color("hover"), None)


class LinkButton(BaseButton):
    """A link in the text colour of links, at least 24 high."""

    text_token = "link"
    padding = 0

    def __init__(
        self,
        text: str = "",
        icon: str = "",
        parent: QWidget | None = None,
        *,
        tooltip: str = "",
        object_name: str = "",
        style: str = "body",
    ) -> None:
        self.type_style = style
        super().__init__(text, icon, parent, tooltip=tooltip, object_name=object_name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), max(24, theme().line_height(self.type_style) + 8))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paint_back(self, painter: QPainter) -> None:
        if self.is_hot():
            metrics = theme().metrics(self.type_style, self.weight)
            base = (self.height() + metrics.ascent() - metrics.descent()) // 2 + 2
            wide = metrics.horizontalAdvance(self.text())
            painter.fillRect(
                (self.width() - wide) // 2, base, wide, 1, theme().color(self.text_token)
            )


class IconButton(BaseButton):
    """An icon alone; its tooltip is its accessible name."""

    padding = 7

    def __init__(
        self,
        icon: str,
        tooltip: str,
        parent: QWidget | None = None,
        *,
        object_name: str = "",
        framed: bool = True,
        shortcut: str = "",
    ) -> None:
        super().__init__("", icon, parent, object_name=object_name)
        self._framed = framed
        self.setAccessibleName(tooltip)
        self.setToolTip(f"{tooltip} ({shortcut})" if shortcut else tooltip)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        edge = theme().control_height()
        return QSize(edge, edge)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def content_token(self) -> str:
        return "text2" if self.isEnabled() else "text3"

    def icon_token(self) -> str:
        return "accent" if self.isChecked() else self.content_token()

    def paint_back(self, painter: QPainter) -> None:
        colors = theme()
        token = "selected" if self.isDown() or self.isChecked() else "surface"
        if self.is_hot() and not self.isDown():
            token = "hover"
        if self._framed:
            box(painter, self.rect(), colors.color(token), colors.color("buttonLine"))
        elif token != "surface":
            box(painter, self.rect(), colors.color(token), None)
