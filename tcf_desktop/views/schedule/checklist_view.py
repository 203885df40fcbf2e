"""The checklist of the selected visit: each thing can be ticked off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tcf_desktop.qtkit.style import box, focus_ring
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common import BaseButton, DataLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcf_desktop.services.queries.checklists import CheckRow


class ChecklistView(QWidget):
    """``ticked`` gives the position and whether it is done now."""

    ticked = Signal(int, bool)

    def __init__(self, rows: Sequence[CheckRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("schedule.detail.checklist")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        done = sum(row.done for row in rows)
        head = self.tr("Checklist, {done} of {count}").format(done=done, count=len(rows))
        column.addWidget(DataLabel(head, "caption", "text2", weight=600))
        self.items: list[TickRow] = []
        for row in rows:
            item = TickRow(row)
            item.clicked.connect(lambda _=False, one=item: self._on_item_clicked(one))
            self.items.append(item)
            column.addWidget(item)

    def _on_item_clicked(self, item: TickRow) -> None:
        self.ticked.emit(item.position, item.isChecked())


class TickRow(BaseButton):
    """A box and what is to be done, wrapped; Space or Enter ticks it."""

    def __init__(self, row: CheckRow) -> None:
        self.position = row.position
        super().__init__(row.text, object_name=f"schedule.detail.check.{row.position}")
        self.setCheckable(True)
        self.setChecked(row.done)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(40, width - self._left() - 4), 10_000)
        flags = int(Qt.TextFlag.TextWordWrap)
        tall = theme().metrics("caption").boundingRect(room, flags, self.text()).height()
        return max(26, tall + 8)

    def sizeHint(self) -> QSize:
        return QSize(180, self.heightForWidth(180))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 26)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        if self.is_hot():
            box(painter, self.rect(), colors.color("hover"), None, radius=4)
        size = colors.scaled(16)
        line = colors.line_height("caption")
        square = QRect(3, 4 + (line - size) // 2, size, size)
        on = self.isChecked()
        face = "ok" if on else "surface"
        box(painter, square, colors.color(face), colors.color("ok" if on else "control"), radius=3)
        if on:
            glyph = colors.pixmap("check-bold", "surface", size - 4, self.devicePixelRatioF())
            painter.drawPixmap(square.x() + 2, square.y() + 2, glyph)
        painter.setFont(colors.font("caption"))
        painter.setPen(colors.color("text2" if on else "text"))
        where = self.rect().adjusted(self._left(), 4, -4, -2)
        painter.drawText(where, int(Qt.TextFlag.TextWordWrap), self.text())
        if self._keyboard_focus:
            focus_ring(painter, self.rect(), radius=4)
        painter.end()

    def _left(self) -> int:
        return int(theme().scaled(16)) + 11
