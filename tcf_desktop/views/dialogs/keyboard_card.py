"""Help > Keyboard shortcuts: every key of the table, by menu."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tcf_desktop.views.actions import ACTIONS, MENUS, key_texts
from tcf_desktop.views.common import DataLabel, PlainButton, Surface
from tcf_desktop.views.registry import PAGES


class KeyboardCard(QDialog):
    """A list to read; Escape closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("keyboard_card")
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.resize(520, 620)
        ground = Surface("surface", self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)
        column = QVBoxLayout(ground)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(DataLabel(self.tr("Keyboard shortcuts"), "subtitle"))
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        inner = Surface("surface")
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        for title, rows in shortcut_groups():
            self._heading(title)
            for text, keys in rows:
                self._row(text, keys)
        area.setWidget(inner)
        column.addWidget(area, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        close = PlainButton(self.tr("Close"), object_name="keyboard_card.close")
        close.clicked.connect(self.close)
        foot.addWidget(close)
        column.addLayout(foot)

    def _heading(self, title: str) -> None:
        row = self._grid.rowCount()
        if row > 1:
            self._grid.setRowMinimumHeight(row, 8)
            row += 1
        self._grid.addWidget(DataLabel(title, "body", "text2", weight=600), row, 0, 1, 2)

    def _row(self, text: str, keys: str) -> None:
        row = self._grid.rowCount()
        self._grid.addWidget(DataLabel(text), row, 0)
        self._grid.addWidget(DataLabel(keys, "body", "text2", align="right"), row, 1)


def shortcut_groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """(menu, [(command, keys)]) of all commands that have a key."""
    groups = []
    for menu, title in MENUS:
        rows = []
        if menu == "go":
            rows = [
                (QCoreApplication.translate("Rail", place.title), _native(place.shortcut))
                for place in PAGES
                if place.shortcut
            ]
        for spec in ACTIONS:
            keys = key_texts(spec)
            if spec.menu == menu and keys:
                text = QCoreApplication.translate("Actions", spec.text)
                rows.append((text, _native(keys[0])))
        if rows:
            groups.append((QCoreApplication.translate("Actions", title).replace("&", ""), rows))
    return groups


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
