"""Which contact: a field to search in and the few that match, as buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tcf_desktop.services.queries.contacts import ContactMatch, search_contacts
from tcf_desktop.views.common.buttons import PlainButton
from tcf_desktop.views.common.inputs import FormField, SearchField
from tcf_desktop.views.common.labels import DataLabel

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

_PAUSE_MS: Final = 80
_MOST: Final = 8


class ContactPicker(QWidget):
    """``picked`` gives the contact's id; one of its rows or Enter in the field chooses.

    ``names`` is the beginning of the object names of the field and the rows.
    """

    picked = Signal(int)

    def __init__(
        self, ctx: ViewContext, question: str, names: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self._names = names
        self._but: int | None = None
        self._generation = 0
        self._found: list[ContactMatch] = []
        self.search = SearchField(self.tr("Name, address or phone"), object_name=f"{names}.search")
        self.search.set_delay(_PAUSE_MS)
        self.search.searchChanged.connect(self._on_search_changed)
        self.search.returnPressed.connect(self._on_search_return_pressed)
        self.search.leaveRequested.connect(self._on_search_leave_requested)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(FormField(question, self.search))
        column.addLayout(self._rows)

    def begin(self, but: int | None = None) -> None:
        """Ask anew; the contact ``but`` is not offered."""
        self._but = but
        self.search.clear()
        self._show([])
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_search_changed(self, text: str) -> None:
        self._generation += 1
        generation = self._generation

        def answer(found: list[ContactMatch]) -> None:
            if generation == self._generation:
                self._show(found)

        self.ctx.tasks.read(self, lambda r: search_contacts(r, text, _MOST + 1), answer)

    def _show(self, found: list[ContactMatch]) -> None:
        self._found = [hit for hit in found if hit.id != self._but][:_MOST]
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for hit in self._found:
            text = f"{hit.name} · {hit.sub}" if hit.sub else hit.name
            row = PlainButton(text, object_name=f"{self._names}.{hit.id}")
            row.clicked.connect(lambda *_, contact_id=hit.id: self.picked.emit(contact_id))
            self._rows.addWidget(row)
        if self.search.text().strip() and not self._found:
            nothing = self.tr("Nothing matches “{text}”.").format(text=self.search.text()[:40])
            self._rows.addWidget(DataLabel(nothing, "body", "text2"))

    def _on_search_return_pressed(self) -> None:
        if self._found:
            self.picked.emit(self._found[0].id)

    def _on_search_leave_requested(self) -> None:
        item = self._rows.itemAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.setFocus(Qt.FocusReason.TabFocusReason)
