"""Which contact is the other one of a merge that somebody asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tcf_desktop.services.queries.contacts import ContactMatch, search_contacts
from tcf_desktop.views.common import DataLabel, FormField, PlainButton, SearchField, Surface

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

_PAUSE_MS: Final = 80
_MOST: Final = 8


class PickContact(Surface):
    """``picked`` gives the contact's id; one of its rows or Enter in the field chooses."""

    picked = Signal(int)

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__("window", parent)
        self.ctx = ctx
        self.setObjectName("merge.pick")
        self._but: int | None = None
        self._generation = 0
        self._found: list[ContactMatch] = []
        self.heading = DataLabel("", "title", object_name="merge.pick.title")
        self.search = SearchField(self.tr("Name, address or phone"), object_name="merge.search")
        self.search.set_delay(_PAUSE_MS)
        self.search.searchChanged.connect(self._on_search_changed)
        self.search.returnPressed.connect(self._on_search_return_pressed)
        self.search.leaveRequested.connect(self._on_search_leave_requested)
        field = FormField(self.tr("The other contact"), self.search)
        field.setMaximumWidth(520)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 24)
        column.setSpacing(12)
        column.addWidget(self.heading)
        column.addWidget(field)
        column.addLayout(self._rows)
        column.addStretch(1)

    def begin(self, name: str, but: int | None) -> None:
        """Ask for the one that is merged with ``name``; ``but`` is not offered."""
        self._but = but
        self.heading.setText(
            self.tr("Merge {name} with…").format(name=name[:80])
            if name
            else self.tr("Which contact stays?")
        )
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
            row = PlainButton(text, object_name=f"merge.pick.{hit.id}")
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
