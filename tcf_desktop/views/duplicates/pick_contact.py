"""Which contact is the other one of a merge that somebody asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tcf_desktop.views.common import DataLabel, Surface
from tcf_desktop.views.common.contact_picker import ContactPicker

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext


class PickContact(Surface):
    """``picked`` gives the contact's id."""

    picked = Signal(int)

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__("window", parent)
        self.setObjectName("merge.pick")
        self.heading = DataLabel("", "title", object_name="merge.pick.title")
        self._picker = ContactPicker(ctx, self.tr("The other contact"), "merge.pick")
        self._picker.setMaximumWidth(520)
        self._picker.picked.connect(self.picked)
        self.search = self._picker.search
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 24)
        column.setSpacing(12)
        column.addWidget(self.heading)
        column.addWidget(self._picker)
        column.addStretch(1)

    def begin(self, name: str, but: int | None) -> None:
        """Ask for the one that is merged with ``name``; ``but`` is not offered."""
        self.heading.setText(
            self.tr("Merge {name} with…").format(name=name[:80])
            if name
            else self.tr("Which contact stays?")
        )
        self._picker.begin(but)
