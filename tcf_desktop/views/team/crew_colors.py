"""The eight colours of crews to choose from, each with its name."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from tcf_desktop.qtkit.style import box, focus_ring
from tcf_desktop.qtkit.theme import theme


def color_names() -> list[str]:
    """The names of the colours in their order."""
    return [
        QCoreApplication.translate("CrewColors", word)
        for word in ("Blue", "Orange", "Green", "Purple", "Lilac", "Umber", "Slate", "Brick")
    ]


class ColorPicker(QWidget):
    """One of eight; ``chosen`` with its index. Arrow keys go from one to the next."""

    chosen = Signal(int)

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName(self.tr("Color"))
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for index, name in enumerate(color_names()):
            swatch = _Swatch(index, name, f"{object_name}.{index}")
            self._group.addButton(swatch, index)
            row.addWidget(swatch)
        row.addStretch(1)
        self._group.idClicked.connect(self.chosen)

    def index(self) -> int | None:
        """The chosen colour; None when none is chosen."""
        found = self._group.checkedId()
        return None if found < 0 else found

    def set_index(self, index: int | None) -> None:
        """Choose one without announcing it; None chooses none."""
        self._group.setExclusive(False)
        for swatch in self._group.buttons():
            swatch.setChecked(index is not None and self._group.id(swatch) == index % 8)
        self._group.setExclusive(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        button = self._group.button(((self.index() or 0) + step) % 8)
        button.setFocus(Qt.FocusReason.TabFocusReason)
        button.click()


class _Swatch(QAbstractButton):
    def __init__(self, index: int, name: str, object_name: str) -> None:
        super().__init__()
        self._index = index
        self.setObjectName(object_name)
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        return QSize(theme().scaled(28), theme().scaled(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        pair = colors.crew(self._index)
        if self.isChecked():
            box(
                painter, self.rect().adjusted(2, 2, -2, -2), None, pair.bar, radius=self.width() / 2
            )
        box(painter, self.rect().adjusted(5, 5, -5, -5), pair.bar, None, radius=self.width() / 2)
        if self.isChecked():
            edge = colors.scaled(12)
            mark = colors.pixmap("check-bold", "surface", edge, self.devicePixelRatioF())
            painter.drawPixmap((self.width() - edge) // 2, (self.height() - edge) // 2, mark)
        if self.hasFocus():
            focus_ring(painter, self.rect(), radius=self.width() / 2)
        painter.end()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
