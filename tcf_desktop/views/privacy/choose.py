"""Whom a request for data, or for being erased, is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tcf_desktop.views.common import DataLabel, Surface
from tcf_desktop.views.common.contact_picker import ContactPicker

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

_WIDEST: Final = 560


class ChoosePerson(Surface):
    """``chosen`` gives the contact's id."""

    chosen = Signal(int)

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__("window", parent)
        lead = DataLabel(
            self.tr(
                "Everybody may ask what you know about them, and to be erased. Look the person up; "
                "nothing happens before you have seen what it means."
            ),
            "body",
            "text2",
            wrap=True,
        )
        lead.setMaximumWidth(_WIDEST)
        self._picker = ContactPicker(ctx, self.tr("Who asked?"), "privacy.choose")
        self._picker.setMaximumWidth(_WIDEST)
        self._picker.picked.connect(self.chosen)
        self.search = self._picker.search
        self.begin = self._picker.begin
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 24)
        column.setSpacing(12)
        column.addWidget(lead)
        column.addWidget(self._picker)
        column.addStretch(1)
