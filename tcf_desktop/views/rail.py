"""The navigation rail: 208 px with labels, 56 px with icons and tooltips."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from tcf_desktop.qtkit.style import box, focus_ring
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common.buttons import BaseButton
from tcf_desktop.views.common.labels import hairline
from tcf_desktop.views.registry import Place
from tcf_desktop.views.status import StatusBoard, StatusLine

WIDE = 208
COMPACT = 56
_FLAGS = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class Rail(QWidget):
    """``chosen`` gives the key of the place; ``statusChosen`` that of a status line."""

    chosen = Signal(str)
    statusChosen = Signal(str)

    def __init__(
        self, places: list[tuple[Place, str]], status: StatusBoard, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName(self.tr("Places"))
        self._compact = False
        self._status = status
        self._group = QButtonGroup(self)
        self._buttons: dict[str, NavButton] = {}
        self._under: dict[str, str] = {}
        self.brand = Brand()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 10)
        layout.setSpacing(4)
        layout.addWidget(self.brand)
        layout.addSpacing(6)
        foot = []
        for place, title in places:
            if place.under:
                self._under[place.key] = place.under
                continue
            button = NavButton(title, place.icon, place.shortcut, f"rail.{place.key}")
            button.clicked.connect(lambda *_, key=place.key: self.chosen.emit(key))
            self._group.addButton(button)
            self._buttons[place.key] = button
            if place.foot:
                foot.append(button)
            else:
                layout.addWidget(button)
        layout.addStretch(1)
        self._status_line = hairline()
        layout.addWidget(self._status_line)
        self._status_box = QVBoxLayout()
        self._status_box.setContentsMargins(0, 4, 0, 4)
        self._status_box.setSpacing(0)
        layout.addLayout(self._status_box)
        layout.addWidget(hairline())
        layout.addSpacing(2)
        for button in foot:
            layout.addWidget(button)
        self.setFixedWidth(WIDE)
        status.changed.connect(self._on_status_changed)
        theme().changed.connect(self.update)
        self._on_status_changed()

    @property
    def is_compact(self) -> bool:
        return self._compact

    def set_compact(self, compact: bool) -> None:
        """Icons only, or icons with labels."""
        if compact == self._compact:
            return
        self._compact = compact
        self.setFixedWidth(COMPACT if compact else WIDE)
        for button in self._buttons.values():
            button.set_compact(compact)
        self.brand.set_compact(compact)
        self._on_status_changed()

    def set_current(self, key: str) -> None:
        """Mark the place that is shown."""
        key = self._under.get(key, key)
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def set_badge(self, key: str, count: int) -> None:
        """A number at a place; 0 hides it."""
        if key in self._buttons:
            self._buttons[key].set_badge(count)

    def focus_current(self) -> None:
        """F6: the marked place gets the focus."""
        button = self._group.checkedButton()
        if button is not None:
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme().color("rail"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme().color("line"))
        painter.end()

    def _on_status_changed(self) -> None:
        while (item := self._status_box.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        lines = self._status.lines()
        self._status_line.setVisible(bool(lines))
        for key, line in lines:
            button = StatusButton(key, line, compact=self._compact)
            button.clicked.connect(lambda *_, key=key: self.statusChosen.emit(key))
            self._status_box.addWidget(button)


class Brand(QWidget):
    """The business's name in two lines beside a sign."""

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self._compact = False
        self.setFixedHeight(44)
        theme().changed.connect(self.update)

    def set_name(self, name: str) -> None:
        """The business's name."""
        self._name = name
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def set_compact(self, compact: bool) -> None:
        self._compact = compact
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        sign = QRect(4, 8, 28, 28)
        box(painter, sign, colors.color("accent"), None, radius=7)
        glyph = colors.pixmap("check-bold", "onAccent", 17, self.devicePixelRatioF())
        painter.drawPixmap(sign.x() + 6, sign.y() + 5, glyph)
        if not self._compact:
            self._paint_name(painter)
        painter.end()

    def _paint_name(self, painter: QPainter) -> None:
        colors = theme()
        room = self.width() - 42
        first, rest = split_name(self._name, room)
        metrics = colors.metrics("body", 600)
        line = colors.line_height()
        below = colors.line_height("caption")
        top = (44 - line - (below + 2 if rest else 0)) // 2
        painter.setFont(colors.font("body", 600))
        painter.setPen(colors.color("text"))
        text = metrics.elidedText(first, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(42, top, room, line), _FLAGS, text)
        if rest:
            painter.setFont(colors.font("caption"))
            painter.setPen(colors.color("text2"))
            text = colors.metrics("caption").elidedText(rest, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(42, top + line + 2, room, below), _FLAGS, text)


def split_name(name: str, room: int) -> tuple[str, str]:
    """A name in two lines, the first as long as ``room`` pixels allow."""
    metrics = theme().metrics("body", 600)
    if metrics.horizontalAdvance(name) <= room:
        return name, ""
    words = name.split()
    for count in range(len(words) - 1, 0, -1):
        first = " ".join(words[:count])
        if metrics.horizontalAdvance(first) <= room:
            joins = count > 1 and words[count - 1] in {"&", "and", "+"}
            end = count - joins
            return " ".join(words[:end]), " ".join(words[end:])
    return name, ""


class NavButton(BaseButton):
    """A place of the rail: checked is a white tile with an accent bar."""

    icon_size = 20

    def __init__(self, text: str, icon: str, shortcut: str, object_name: str) -> None:
        self._compact = False
        self._badge = 0
        super().__init__(text, icon, object_name=object_name)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._shortcut_text = shortcut
        self.setToolTip(f"{text} ({shortcut})")

    def set_compact(self, compact: bool) -> None:
        self._compact = compact
        self.update()

    def set_badge(self, count: int) -> None:
        self._badge = count
        self.setAccessibleName(f"{self.text()}, {count}" if count else self.text())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(36, max(36, theme().line_height() + 18))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        rect = self.rect()
        on = self.isChecked()
        if on:
            face = colors.color("hover" if colors.is_dark else "surface")
            box(painter, rect, face, colors.color("line"), radius=6)
            painter.fillRect(0, 9, 3, rect.height() - 18, colors.color("accent"))
        elif self.is_hot():
            box(painter, rect, colors.color("hover"), None, radius=6)
        size = min(26, colors.scaled(20))
        token = "accent" if on else "text2"
        glyph = colors.pixmap(self.icon_name(), token, size, self.devicePixelRatioF())
        left = (36 - size) // 2 if self._compact else 11
        painter.drawPixmap(left, (rect.height() - size) // 2, glyph)
        if not self._compact:
            weight = 600 if on else 500
            painter.setFont(colors.font("body", weight))
            painter.setPen(colors.color("text" if on else "text2"))
            room = rect.width() - 41 - (34 if self._badge else 8)
            text = colors.metrics("body", weight).elidedText(
                self.text(), Qt.TextElideMode.ElideRight, room
            )
            painter.drawText(QRect(41, 0, room + 2, rect.height()), _FLAGS, text)
        if self._badge:
            self._paint_badge(painter)
        if self._keyboard_focus:
            focus_ring(painter, rect, radius=6)
        painter.end()

    def _paint_badge(self, painter: QPainter) -> None:
        colors = theme()
        text = str(self._badge) if self._badge < 100 else "99+"
        wide = max(22, colors.metrics("caption", 600).horizontalAdvance(text) + 12)
        where = QRect(self.width() - wide - 10, (self.height() - 20) // 2, wide, 20)
        if self._compact:
            where.moveTo(self.width() - wide, 0)
        box(painter, where, colors.color("infoTint"), None, radius=10)
        painter.setFont(colors.font("caption", 600))
        painter.setPen(colors.color("info"))
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, text)


class StatusButton(BaseButton):
    """A line of the status block; a click opens where it is set up."""

    def __init__(self, key: str, line: StatusLine, *, compact: bool) -> None:
        self._line = line
        self._compact = compact
        super().__init__(line.title, line.icon, object_name=f"rail.status.{key}")
        self.setAccessibleName(f"{line.title}. {line.detail}".strip())
        self.setToolTip(f"{line.title}\n{line.detail}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        colors = theme()
        high = colors.line_height("caption") * (1 if self._compact else 2) + 4
        return QSize(36, max(28, high))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        if self.is_hot():
            box(painter, self.rect(), colors.color("hover"), None, radius=6)
        ratio = self.devicePixelRatioF()
        glyph = colors.pixmap(self._line.icon, self._line.tone, 14, ratio)
        left = 11 if self._compact else 2
        painter.drawPixmap(left, (self.height() - 14) // 2, glyph)
        if not self._compact:
            high = colors.line_height("caption")
            top = (self.height() - 2 * high) // 2
            room = self.width() - 24
            for row, (text, weight, token) in enumerate(
                ((self._line.title, 500, "text"), (self._line.detail, 400, "text2"))
            ):
                painter.setFont(colors.font("caption", weight))
                painter.setPen(colors.color(token))
                shown = colors.metrics("caption", weight).elidedText(
                    text, Qt.TextElideMode.ElideRight, room
                )
                painter.drawText(QRect(24, top + row * high, room, high), _FLAGS, shown)
        if self._keyboard_focus:
            focus_ring(painter, self.rect())
        painter.end()
