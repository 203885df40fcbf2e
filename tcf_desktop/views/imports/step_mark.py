"""One step in the list at the left of the import page."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from tcf_desktop.views.common import DataLabel, IconLabel


class StepMark(QWidget):
    """One step in the list at the left."""

    def __init__(self, number: int, text: str) -> None:
        super().__init__()
        self.setFixedWidth(132)
        self._number = number
        self._icon = IconLabel("circle", "text3", 16)
        self._text = DataLabel(text, color="text2")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)

    def show_state(self, *, now: bool, done: bool) -> None:
        """Past, present or future."""
        self._icon.set_icon(
            "check-circle" if done else "circle", "accent" if now or done else "text3"
        )
        self._text.set_style(color="text" if now else "text2", weight=600 if now else 400)
