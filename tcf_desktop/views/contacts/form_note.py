"""A new note in the contact form, with who may see it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import NoteDraft, Visibility
from tcf_desktop.views.common import DataLabel, TextArea
from tcf_desktop.views.contacts.visibility import VisibilityChoice


class NewNote(QWidget):
    """The chips come with the first letter; a note without a choice is not stored."""

    def __init__(self) -> None:
        super().__init__()
        label = self.tr("New note")
        self.text = TextArea(lines=3, object_name="contacts.form.note")
        self.text.setAccessibleName(label)
        self.who = VisibilityChoice("contacts.form.note.visibility")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(DataLabel(label, "caption", "text2", weight=500))
        column.addWidget(self.text)
        column.addWidget(self.who)
        self.text.textChanged.connect(self._on_text_changed)
        self._on_text_changed()

    def fill(self, text: str, visibility: Visibility | None) -> None:
        """Show a note that is not stored yet."""
        self.text.setText(text)
        self.who.set_key(visibility)

    def draft(self) -> NoteDraft | None:
        """The note; for the office only as long as nothing was chosen."""
        text = self.text.text().strip()
        return NoteDraft(text, self.who.key() or "office") if text else None

    def problem(self) -> AppError | None:
        """Why it cannot be stored."""
        if self.draft() is not None and self.who.key() is None:
            return AppError("contacts.note_for_whom")
        return None

    def _on_text_changed(self) -> None:
        self.who.setVisible(bool(self.text.text().strip()))
