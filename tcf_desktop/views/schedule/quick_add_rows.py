"""The customers and places that match the letters of the quick line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tcf_desktop.qtkit import a11y
from tcf_desktop.qtkit.style import box
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common import BaseButton, LinkButton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcf_desktop.services.queries.quick_add import WhoRow


class WhoRows(QWidget):
    """The first row is chosen until arrow keys say otherwise; ``picked`` when one is clicked."""

    picked = Signal(object)  # WhoRow
    newRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("schedule.quick.rows")
        self._rows: list[_Row] = []
        self._at = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._new = LinkButton("", "user-plus", object_name="schedule.quick.new_contact")
        self._new.clicked.connect(lambda *_: self.newRequested.emit())
        self._column.addWidget(self._new)
        self.hide()

    def show_rows(self, rows: Sequence[WhoRow], typed: str) -> None:
        """Who matches; with nothing typed the list goes away."""
        for old in self._rows:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = [_Row(row, number) for number, row in enumerate(rows)]
        for number, made in enumerate(self._rows):
            self._column.insertWidget(number, made)
            made.clicked.connect(lambda _=False, one=made: self.picked.emit(one.row))
        self._new.setText(self.tr("New contact “{name}”").format(name=typed[:60]))
        self._at = 0
        self._mark()
        self.setVisible(bool(typed))

    def chosen(self) -> WhoRow | None:
        """The row that Enter takes."""
        return self._rows[self._at].row if self._rows and not self.isHidden() else None

    def step(self, by: int) -> None:
        """Down or up by one."""
        if self._rows:
            self._at = (self._at + by) % len(self._rows)
            self._mark()
            a11y.announce(self, self._rows[self._at].accessibleName())

    def _mark(self) -> None:
        for number, row in enumerate(self._rows):
            row.setChecked(number == self._at)


class _Row(BaseButton):
    """A name and an address in one line."""

    def __init__(self, row: WhoRow, number: int) -> None:
        self.row = row
        super().__init__(row.name, object_name=f"schedule.quick.row.{number}")
        self.setAccessibleName(f"{row.name}, {row.address}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(240, theme().line_height() + 12)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        rect = self.rect()
        if self.isChecked() or self.is_hot():
            face = "selected" if self.isChecked() else "hover"
            box(painter, rect, colors.color(face), None, radius=4)
        metrics = colors.metrics("body", 600)
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
        name = metrics.elidedText(self.row.name, Qt.TextElideMode.ElideRight, rect.width() * 3 // 5)
        painter.setFont(colors.font("body", 600))
        painter.setPen(colors.color("text"))
        painter.drawText(rect.adjusted(8, 0, 0, 0), flags, name)
        left = 8 + metrics.horizontalAdvance(name) + 10
        room = QRect(left, 0, rect.width() - left - 6, rect.height())
        small = colors.metrics("caption")
        painter.setFont(colors.font("caption"))
        painter.setPen(colors.color("text2"))
        line = small.elidedText(self.row.address, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, flags, line)
        painter.end()
