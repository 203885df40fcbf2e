"""What is to be done whenever a service is booked: a fold under the service."""

from __future__ import annotations

from PySide6.QtCore import Signal

from tcf_desktop.qtkit import i18n
from tcf_desktop.services.checklists import clean_items
from tcf_desktop.views.common import TextArea
from tcf_desktop.views.common.fold import Fold


class ServiceChecklist(Fold):
    """``listChanged`` when the field is left with another list."""

    listChanged = Signal()

    def __init__(self, object_name: str) -> None:
        super().__init__("", object_name=object_name)
        self.head.setText(self.tr("Checklist"))
        self.items = TextArea(
            lines=4,
            placeholder=self.tr("One thing on each line"),
            object_name=f"{object_name}.items",
        )
        self.items.setAccessibleName(self.tr("Checklist of the service, one thing on each line"))
        self.items.editingFinished.connect(self._on_items_left)
        self.body.addWidget(self.items)
        self._stored: tuple[str, ...] = ()
        self._say()

    def show_items(self, stored: tuple[str, ...]) -> None:
        """What is stored; a field that is being typed into is left alone."""
        if self.items.hasFocus() and self.texts() != self._stored:
            return
        self._stored = stored
        self.items.setText("\n".join(stored))
        self._say()

    def texts(self) -> tuple[str, ...]:
        """What stands in the field."""
        return clean_items(self.items.text().split("\n"))

    def _on_items_left(self) -> None:
        self._say()
        if self.texts() != self._stored:
            self.listChanged.emit()

    def _say(self) -> None:
        count = len(self.texts())
        words = i18n.plural(count, self.tr("{n} thing"), self.tr("{n} things"))
        self.set_summary(words if count else self.tr("nothing; visits begin with an empty list"))
