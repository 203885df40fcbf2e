"""Whom a request for data, or for being erased, is about."""

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
_WIDEST: Final = 560


class ChoosePerson(Surface):
    """``chosen`` gives the contact's id."""

    chosen = Signal(int)

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__("window", parent)
        self.ctx = ctx
        self._generation = 0
        self._found: list[ContactMatch] = []
        self.search = SearchField(self.tr("Name, address or phone"), object_name="privacy.search")
        self.search.set_delay(_PAUSE_MS)
        self.search.searchChanged.connect(self._on_search_changed)
        self.search.returnPressed.connect(self._on_search_return_pressed)
        self.search.leaveRequested.connect(self._on_search_leave_requested)
        field = FormField(self.tr("Who asked?"), self.search)
        field.setMaximumWidth(_WIDEST)
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
        holder = QWidget()
        holder.setMaximumWidth(_WIDEST)
        self._rows = QVBoxLayout(holder)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 24)
        column.setSpacing(12)
        for widget in (lead, field, holder):
            column.addWidget(widget)
        column.addStretch(1)

    def begin(self) -> None:
        """Ask anew."""
        self.search.clear()
        self._show([])
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_search_changed(self, text: str) -> None:
        self._generation += 1
        generation = self._generation

        def answer(found: list[ContactMatch]) -> None:
            if generation == self._generation:
                self._show(found)

        self.ctx.tasks.read(self, lambda r: search_contacts(r, text, _MOST), answer)

    def _show(self, found: list[ContactMatch]) -> None:
        self._found = found
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for hit in found:
            text = f"{hit.name} · {hit.sub}" if hit.sub else hit.name
            row = PlainButton(text, object_name=f"privacy.choose.{hit.id}")
            row.clicked.connect(lambda *_, contact_id=hit.id: self.chosen.emit(contact_id))
            self._rows.addWidget(row)
        if self.search.text().strip() and not found:
            nothing = self.tr("Nothing matches “{text}”.").format(text=self.search.text()[:40])
            self._rows.addWidget(DataLabel(nothing, "body", "text2"))

    def _on_search_return_pressed(self) -> None:
        if self._found:
            self.chosen.emit(self._found[0].id)

    def _on_search_leave_requested(self) -> None:
        item = self._rows.itemAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.setFocus(Qt.FocusReason.TabFocusReason)
