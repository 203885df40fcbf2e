"""A field for how often: forgiving to type, with what was understood below it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from tcf_desktop.domain.frequency import Rhythm
from tcf_desktop.domain.frequency_text import parse, text_of
from tcf_desktop.itemmodels.due_words import interval_words
from tcf_desktop.views.common import FormField, LineEdit


def _tr(text: str) -> str:
    return QCoreApplication.translate("Due", text)


class RhythmField(FormField):
    """``changed`` while one types; :meth:`rhythm` is None for nothing and for what is unclear."""

    changed = Signal()

    def __init__(
        self, label: str, object_name: str, note: str = "", parent: QWidget | None = None
    ) -> None:
        self.edit = LineEdit(
            placeholder=_tr("every 8 weeks, twice a year, every spring"), object_name=object_name
        )
        super().__init__(label, self.edit, parent)
        self._note = note
        self.edit.textChanged.connect(self._on_edit_text_changed)
        self._on_edit_text_changed()

    def rhythm(self) -> Rhythm | None:
        """What is meant."""
        return parse(self.edit.text())

    def is_empty(self) -> bool:
        """Whether nothing stands there."""
        return not self.edit.text().strip()

    def is_clear(self) -> bool:
        """Whether it is empty or understood."""
        return self.is_empty() or self.rhythm() is not None

    def set_rhythm(self, rhythm: Rhythm | None) -> None:
        """Show one; None empties the field."""
        self.edit.setText("" if rhythm is None else text_of(rhythm))
        self.edit.setCursorPosition(0)

    def set_note(self, note: str) -> None:
        """What else is said below the field."""
        self._note = note
        self._on_edit_text_changed()

    def complain(self) -> None:
        """Say how it is written, and wait for it."""
        self.set_hint(_tr("Write it like “every 8 weeks” or “twice a year, april to october”."),
                      "bad")  # fmt: skip
        self.edit.setFocus()
        self.edit.selectAll()

    def _on_edit_text_changed(self) -> None:
        understood = self.rhythm()
        if understood is not None:
            said = interval_words(understood)
            same = said.casefold() == self.edit.text().strip().casefold()
            self.set_hint("; ".join(part for part in ("" if same else said, self._note) if part))
        else:
            self.set_hint("" if self.is_empty() else _tr("Not clear yet"))
        self.changed.emit()
