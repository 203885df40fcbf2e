"""What every section of Settings shares: cards on a ground of 1020 px, saving as one leaves."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.views.common import (
    Card,
    ComboBox,
    DataLabel,
    FormField,
    LineEdit,
    ScrollPane,
    TextArea,
)

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

WIDEST = 1020


class Section(ScrollPane):
    """``saved`` after each change that the database took."""

    saved = Signal()
    key = ""
    tables: tuple[str, ...] = ("business",)

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__("window")
        self.ctx = ctx
        self.setObjectName(f"settings.{self.key}")
        self._fields: dict[str, FormField] = {}
        holder = QWidget()
        holder.setMaximumWidth(WIDEST)
        holder.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.column = QVBoxLayout(holder)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        row = QHBoxLayout()
        row.addWidget(holder, 100)
        row.addStretch(1)
        self.layout_.addLayout(row)
        self.layout_.addStretch(1)
        self.build()
        ctx.bus.committed.connect(self._on_bus_committed)
        self.load()

    def build(self) -> None:
        """Make the cards; called once."""

    def load(self) -> None:
        """Show what is stored."""

    def card(self, title: str, note: str = "") -> Card:
        """A titled card with an optional sentence under its title."""
        card = Card(title)
        if note:
            card.body.addWidget(DataLabel(note, "caption", "text2", wrap=True))
        card.body.setSpacing(10)
        card.body.setContentsMargins(16, 12, 16, 16)
        self.column.addWidget(card)
        return card

    def focus_field(self, name: str) -> bool:
        """Put the focus on a setting's widget and scroll to it."""
        from PySide6.QtCore import Qt

        found = self.findChild(QWidget, name)
        if found is None:
            return False
        self.ensureWidgetVisible(found, 24, 60)
        found.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    # fields that save themselves

    def text_field(
        self, label: str, column: str, *, hint: str = "", placeholder: str = ""
    ) -> FormField:
        """A one-line field of the business."""
        edit = LineEdit(object_name=f"settings.{self.key}.{column}", placeholder=placeholder)
        edit.setMaxLength(10_000)
        field = FormField(label, edit, hint=hint)
        edit.editingFinished.connect(partial(self._save_text, column, edit))
        self._fields[column] = field
        return field

    def area_field(self, label: str, column: str, lines: int, *, hint: str = "") -> FormField:
        """A field of several lines of the business."""
        edit = TextArea(lines=lines, object_name=f"settings.{self.key}.{column}")
        field = FormField(label, edit, hint=hint)
        edit.editingFinished.connect(partial(self._save_text, column, edit))
        self._fields[column] = field
        return field

    def choice_field(
        self, label: str, column: str, choices: list[tuple[str, Any]], *, hint: str = ""
    ) -> FormField:
        """A drop-down of the business; choices are (text, value)."""
        combo = ComboBox(object_name=f"settings.{self.key}.{column}")
        for text, value in choices:
            combo.addItem(text, value)
        field = FormField(label, combo, hint=hint)
        combo.activated.connect(lambda *_: self.save_business(column, combo.currentData()))
        self._fields[column] = field
        return field

    def show_business(self, facts: Any) -> None:
        """Fill the fields from :class:`BusinessFacts`; the one with the focus is left alone."""
        for column, field in self._fields.items():
            widget, value = field.field, getattr(facts, column)
            if isinstance(widget, ComboBox):
                if widget.findData(value) < 0:
                    widget.addItem(str(value), value)
                widget.select_data(value)
            elif isinstance(widget, LineEdit | TextArea):
                if widget.property("stored") == widget.text() or not widget.hasFocus():
                    widget.setText(value)
                    if isinstance(widget, LineEdit):
                        widget.setCursorPosition(0)
                widget.setProperty("stored", value)

    def save_business(
        self, column: str, value: str | int | None, then: Callable[[], None] | None = None
    ) -> None:
        """Store one field of the business; trouble is said below the field."""
        from tcf_desktop.services.company import SaveBusiness

        field = self._fields.get(column)

        def done(_: None) -> None:
            if field is not None:
                field.set_hint(str(field.property("hint") or ""))
            self.saved.emit()
            if then is not None:
                then()

        def refused(error: AppError) -> None:
            if field is None:
                self.ctx.show_error(error)
            else:
                field.set_hint(words_of(error).text(), "bad")

        self.ctx.tasks.command(self, SaveBusiness(((column, value),)), done, refused)

    def _save_text(self, column: str, edit: LineEdit | TextArea) -> None:
        text = edit.text()
        if text != edit.property("stored"):
            self.save_business(column, text)

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        if changes.touches(*self.tables):
            self.load()


def side_by_side(*fields: QWidget) -> QHBoxLayout:
    """Fields of equal width in one row."""
    row = QHBoxLayout()
    row.setSpacing(12)
    for field in fields:
        row.addWidget(field, 1)
    return row
