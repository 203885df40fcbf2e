"""One side of a field that can be chosen."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from tcf_desktop.qtkit.style import box
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common import BaseButton


class ChoiceCell(BaseButton):
    """A value with a ring that is filled when it is chosen; Space and the arrows choose."""

    padding = 8

    def __init__(self, text: str, *, object_name: str = "") -> None:
        super().__init__(text, object_name=object_name)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        wide = theme().metrics("body").horizontalAdvance(self.text()) + 2 * self.padding + 24
        return QSize(wide, theme().control_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def paint_back(self, painter: QPainter) -> None:
        colors = theme()
        if self.isChecked():
            box(painter, self.rect(), colors.color("selected"), colors.color("accent"))
        else:
            ground = "hover" if self.is_hot() else "surface"
            box(painter, self.rect(), colors.color(ground), colors.color("buttonLine"))

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        colors = theme()
        size = colors.scaled(16)
        top = rect.y() + (rect.height() - size) // 2
        name, token = ("check-circle", "accent") if self.isChecked() else ("circle", "text3")
        glyph = colors.pixmap(name, token, size, self.devicePixelRatioF())
        painter.drawPixmap(rect.x() + self.padding, top, glyph)
        left = rect.x() + self.padding + size + 6
        where = QRect(left, rect.y(), rect.right() - self.padding - left, rect.height())
        weight = 600 if self.isChecked() else 400
        painter.setFont(colors.font("body", weight))
        painter.setPen(colors.color("text" if self.isChecked() else "text2"))
        line = colors.metrics("body", weight).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, where.width()
        )
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setToolTip(self.text() if self.sizeHint().width() > event.size().width() else "")
