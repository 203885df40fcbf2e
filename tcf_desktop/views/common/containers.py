"""Cards, empty states, tabs and the panes that hold them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tcf_desktop.qtkit.style import box
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common.buttons import BaseButton, LinkButton, PlainButton, PrimaryButton
from tcf_desktop.views.common.labels import DataLabel, IconLabel


class Surface(QWidget):
    """A pane filled with one token's colour."""

    def __init__(self, token: str = "surface", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = token
        theme().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme().color(self._token))
        painter.end()


class Card(QFrame):
    """A white block with a hairline border. ``body`` is its vertical layout (16 px inside)."""

    def __init__(
        self,
        title: str = "",
        parent: QWidget | None = None,
        *,
        margin: int = 16,
        object_name: str = "",
    ) -> None:
        super().__init__(parent)
        if object_name:
            self.setObjectName(object_name)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, 12 if title else margin, margin, 12)
        self.body.setSpacing(8)
        self.header = QHBoxLayout()
        self.header.setSpacing(10)
        self.title = DataLabel(title, "heading")
        if title:
            self.setAccessibleName(title)
            self.header.addWidget(self.title)
            self.body.addLayout(self.header)
        theme().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        box(painter, self.rect(), colors.color("surface"), colors.color("line"), radius=8)
        painter.end()


class EmptyState(QWidget):
    """What lives here, in one sentence, with one button and one link."""

    def __init__(
        self,
        icon: str,
        text: str,
        parent: QWidget | None = None,
        *,
        button: tuple[str, Callable[[], object]] | None = None,
        link: tuple[str, Callable[[], object]] | None = None,
        primary: bool = True,
        object_name: str = "",
    ) -> None:
        super().__init__(parent)
        if object_name:
            self.setObjectName(object_name)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(IconLabel(icon, "text3", 32))
        self.text = DataLabel(text, "body", "text2", wrap=True)
        self.text.setMaximumWidth(460)
        self.text.setMinimumWidth(200)
        column.addWidget(self.text)
        row = QHBoxLayout()
        row.setSpacing(12)
        if button is not None:
            made = (PrimaryButton if primary else PlainButton)(button[0])
            made.clicked.connect(lambda *_: button[1]())
            row.addWidget(made)
        if link is not None:
            made_link = LinkButton(link[0])
            made_link.clicked.connect(lambda *_: link[1]())
            row.addWidget(made_link)
        row.addStretch(1)
        column.addLayout(row)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.addStretch(1)
        outer.addLayout(column)
        outer.addStretch(2)


class TabRow(QWidget):
    """Underlined tabs, 44 px; ``chosen`` gives the key. Left and Right move between them."""

    chosen = Signal(str)

    def __init__(
        self,
        tabs: list[tuple[str, str]],
        parent: QWidget | None = None,
        *,
        object_name: str = "",
        margin: int = 24,
        ground: str = "surface",
    ) -> None:
        super().__init__(parent)
        self._ground = ground
        if object_name:
            self.setObjectName(object_name)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(margin, 0, margin, 0)
        self._layout.setSpacing(16)
        self._group = QButtonGroup(self)
        self._tabs: dict[str, _Tab] = {}
        for key, text in tabs:
            tab = _Tab(text)
            tab.setCheckable(True)
            if object_name:
                tab.setObjectName(f"{object_name}.{key}")
            self._group.addButton(tab)
            self._tabs[key] = tab
            self._layout.addWidget(tab)
            tab.clicked.connect(self._on_tab_clicked)
        self._layout.addStretch(1)
        if tabs:
            self._tabs[tabs[0][0]].setChecked(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def key(self) -> str:
        """The chosen tab's key."""
        return next((key for key, tab in self._tabs.items() if tab.isChecked()), "")

    def set_key(self, key: str) -> None:
        """Choose a tab without announcing it."""
        if key in self._tabs:
            self._tabs[key].setChecked(True)

    def set_count(self, key: str, count: int | None) -> None:
        """A number beside a tab's name; None hides it."""
        self._tabs[key].set_count(count)

    def add_trailing(self, widget: QWidget) -> None:
        """A widget at the right end of the row."""
        self._layout.addWidget(widget)

    def step(self, by: int) -> None:
        """Choose the next or previous tab (Ctrl+Tab)."""
        keys = list(self._tabs)
        if keys:
            at = (keys.index(self.key()) + by) % len(keys)
            self._tabs[keys[at]].click()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), max(44, theme().line_height() + 26))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps:
            self.step(steps[Qt.Key(event.key())])
            self._tabs[self.key()].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colors.color(self._ground))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colors.color("line"))
        painter.end()

    def _on_tab_clicked(self) -> None:
        self.chosen.emit(self.key())


class _Tab(BaseButton):
    padding = 0

    def __init__(self, text: str) -> None:
        self._count: int | None = None
        super().__init__(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def set_count(self, count: int | None) -> None:
        self._count = count
        self.setAccessibleName(self.text() if count is None else f"{self.text()}, {count}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        colors = theme()
        wide = colors.metrics("body", 600).horizontalAdvance(self.text()) + 4
        if self._count is not None:
            wide += colors.metrics("caption").horizontalAdvance(f"{self._count:,}") + 8
        return QSize(wide, 44)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        from PySide6.QtCore import QRect

        from tcf_desktop.qtkit.style import focus_ring

        colors = theme()
        painter = QPainter(self)
        on = self.isChecked()
        weight = 600 if on else 500
        painter.setFont(colors.font("body", weight))
        painter.setPen(colors.color("text" if on or self.is_hot() else "text2"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        wide = colors.metrics("body", 600).horizontalAdvance(self.text())
        painter.drawText(QRect(0, 0, wide + 4, self.height()), flags, self.text())
        if self._count is not None:
            painter.setFont(colors.font("caption"))
            painter.setPen(colors.color("text2"))
            painter.drawText(
                QRect(wide + 8, 0, self.width(), self.height()), flags, f"{self._count:,}"
            )
        if on:
            painter.fillRect(0, self.height() - 3, self.width(), 3, colors.color("accent"))
        if self._keyboard_focus:
            focus_ring(painter, self.rect().adjusted(-2, 6, 2, -6))
        painter.end()


class ScrollPane(QScrollArea):
    """A vertically scrolling pane on a token's ground; put widgets into ``content``."""

    def __init__(self, token: str = "window", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.content = Surface(token)
        self.layout_ = QVBoxLayout(self.content)
        self.layout_.setDirection(QBoxLayout.Direction.TopToBottom)
        self.layout_.setContentsMargins(24, 14, 24, 24)
        self.layout_.setSpacing(12)
        self.setWidget(self.content)


class Notice(QFrame):
    """A tinted line inside a page: what, and one thing to do. ``tone`` as for chips."""

    actionRequested = Signal()

    def __init__(self, text: str, tone: str = "info", icon: str = "info", action: str = "") -> None:
        super().__init__()
        self._tone = tone
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(10)
        self._icon = IconLabel(icon, tone, 16)
        row.addWidget(self._icon)
        self.label = DataLabel(text, "body", tone, wrap=True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.label, 1)
        self.button = LinkButton(action)
        self.button.setVisible(bool(action))
        self.button.clicked.connect(self.actionRequested)
        row.addWidget(self.button)
        theme().changed.connect(self.update)

    def set_notice(self, text: str, tone: str, icon: str, action: str = "") -> None:
        """Say something else."""
        self._tone = tone
        self._icon.set_icon(icon, tone)
        self.label.setText(text)
        self.label.set_style(color=tone)
        self.button.setText(action)
        self.button.setVisible(bool(action))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box(painter, self.rect(), theme().color(f"{self._tone}Tint"), None, radius=6)
        painter.end()
