"""The header of the window: title, context, search box, buttons of the page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from tcf_desktop.qtkit.style import box, focus_ring
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common.buttons import BaseButton, IconButton, PlainButton, PrimaryButton
from tcf_desktop.views.common.chips import Chip
from tcf_desktop.views.common.labels import DataLabel
from tcf_desktop.views.page import HeaderButton, PageHeader

HEIGHT = 60
NARROW = 760


class Header(QWidget):
    """Shows what the current page says; ``searchRequested`` opens the palette."""

    searchRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self._back = IconButton(
            "arrow-left",
            self.tr("Back"),
            object_name="header.back",
            framed=False,
            shortcut="Alt+Left",
        )
        self._back.clicked.connect(self._on_back_clicked)
        self._go_back: Callable[[], object] | None = None
        self.title = DataLabel("", "title", object_name="header.title")
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._chip = Chip("", "neutral")
        self.subtitle = DataLabel("", "body", "text3", object_name="header.subtitle")
        self.search = SearchBox(self.tr("Search or jump to…"))
        self.search.clicked.connect(self.searchRequested)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(10)
        self._menus: list[QMenu] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 1)
        row.setSpacing(10)
        row.addWidget(self._back)
        row.addWidget(self.title)
        row.addWidget(self._chip)
        row.addWidget(self.subtitle, 1)
        row.addWidget(self.search)
        row.addLayout(self._buttons)
        self.setMinimumHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(600, max(HEIGHT, theme().line_height("title") + 28))

    def show_header(self, header: PageHeader) -> None:
        """Show a page's title, state and buttons."""
        back = header.back
        self._back.setVisible(back is not None)
        self._go_back = back
        self.title.setText(header.title)
        self.subtitle.setText(header.subtitle)
        self._chip.setVisible(header.chip is not None)
        if header.chip is not None:
            self._chip.set_state(*header.chip)
        while (item := self._buttons.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._menus.clear()
        for spec in header.buttons:
            self._buttons.addWidget(self._make(spec))
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colors.color("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colors.color("line"))
        painter.end()

    def _fold(self) -> None:
        self.search.set_compact(self.width() < NARROW * theme().text_scale / 100)

    def _make(self, spec: HeaderButton) -> BaseButton:
        kind = PrimaryButton if spec.primary else PlainButton
        button = kind(spec.text, spec.icon, tooltip=spec.tooltip, object_name=spec.object_name)
        if spec.danger and isinstance(button, PlainButton):
            button.text_token = "bad"
        button.setEnabled(spec.enabled)
        if spec.menu is None:
            button.clicked.connect(lambda *_: spec.run())
        else:
            menu = QMenu(button)
            fill = spec.menu
            fill(menu)
            self._menus.append(menu)
            button.clicked.connect(
                lambda *_: menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
            )
        return button

    def _on_back_clicked(self) -> None:
        if self._go_back is not None:
            self._go_back()


class SearchBox(BaseButton):
    """Looks like a field and opens the palette; an icon where space is short."""

    def __init__(self, text: str) -> None:
        self._compact = False
        super().__init__(text, "magnifying-glass", object_name="header.search")
        self.setToolTip(f"{text} (Ctrl+K)")
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_compact(self, compact: bool) -> None:
        """An icon instead of the box."""
        if compact != self._compact:
            self._compact = compact
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        high = max(32, theme().control_height() + 2)
        return QSize(high if self._compact else 300, high)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        rect = self.rect()
        ratio = self.devicePixelRatioF()
        size = colors.scaled(15)
        glyph = colors.pixmap("magnifying-glass", "text2", size, ratio)
        top = (rect.height() - size) // 2
        if self._compact:
            box(painter, rect, colors.color("surface"), colors.color("buttonLine"))
            painter.drawPixmap((rect.width() - size) // 2, top, glyph)
        else:
            face = colors.color("hover" if self.is_hot() else "sunken")
            box(painter, rect, face, colors.color("control"))
            painter.drawPixmap(11, top, glyph)
            self._paint_words(painter, rect)
        if self._keyboard_focus:
            focus_ring(painter, rect)
        painter.end()

    def _paint_words(self, painter: QPainter, rect: QRect) -> None:
        colors = theme()
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        key = "Ctrl K"
        wide = colors.metrics("caption", 500).horizontalAdvance(key) + 18
        cap = QRect(rect.right() - wide - 4, rect.y() + 4, wide, rect.height() - 8)
        box(painter, cap, colors.color("surface"), colors.color("line"), radius=4)
        painter.setFont(colors.font("caption", 500))
        painter.setPen(colors.color("text2"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
        room = cap.left() - 36
        painter.setFont(colors.font())
        painter.setPen(colors.color("text3"))
        text = colors.metrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(34, 0, room, rect.height()), flags, text)
