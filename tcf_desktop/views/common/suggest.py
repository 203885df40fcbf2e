"""Fields that propose what was used before and take anything else as well."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from tcf_desktop.views.common.completion import give_room
from tcf_desktop.views.common.inputs import ComboBox, LineEdit


class EditableCombo(ComboBox):
    """A drop-down of proposals that takes any other text; ``words`` gives what stands there."""

    def __init__(
        self,
        proposals: Iterable[str],
        parent: QWidget | None = None,
        *,
        placeholder: str = "",
        object_name: str = "",
    ) -> None:
        super().__init__(parent, object_name=object_name)
        self.setEditable(True)
        edit = LineEdit()
        edit.setFrame(False)
        edit.setTextMargins(0, 0, 0, 0)
        edit.setPlaceholderText(placeholder)
        self.setLineEdit(edit)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.addItems(list(proposals))
        self.setCurrentIndex(-1)
        self.set_words("")

    def words(self) -> str:
        """What stands in the field."""
        return self.currentText().strip()

    def set_words(self, text: str) -> None:
        """Show a text, whether it is one of the proposals or not."""
        index = self.findText(text, Qt.MatchFlag.MatchFixedString)
        self.setCurrentIndex(index if text else -1)
        self.setEditText(text)
        edit = self.lineEdit()
        if edit is not None:
            edit.setCursorPosition(0)


class SuggestEdit(LineEdit):
    """One line with a list of what was used before below it while one types.

    With ``several`` it holds words with commas between them, and the list completes the one under
    the cursor.
    """

    def __init__(
        self, *, several: bool = False, placeholder: str = "", object_name: str = ""
    ) -> None:
        super().__init__(placeholder=placeholder, object_name=object_name)
        self._several = several
        self._choices = QStringListModel(self)
        self._completer = QCompleter(self._choices, self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setMaxVisibleItems(8)
        self._completer.setWidget(self)
        give_room(self._completer)
        self._completer.activated.connect(self._on_completer_activated)
        self.textEdited.connect(self._on_text_edited)

    def set_proposals(self, words: Sequence[str]) -> None:
        """What to propose."""
        self._choices.setStringList(list(words))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self._completer.popup()
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Escape)
        if popup is not None and popup.isVisible() and event.key() in keys:
            event.ignore()  # the list takes these
            return
        super().keyPressEvent(event)

    def _word(self) -> tuple[int, int]:
        """(start, end) of the word that is completed."""
        text = self.text()
        if not self._several:
            return 0, len(text)
        at = self.cursorPosition()
        start = text.rfind(",", 0, at) + 1
        end = text.find(",", at)
        return start, len(text) if end < 0 else end

    def _on_text_edited(self) -> None:
        start, end = self._word()
        word = self.text()[start:end].strip()
        self._completer.setCompletionPrefix(word)
        popup = self._completer.popup()
        hits = self._completer.completionCount()
        same = hits == 1 and self._completer.currentCompletion().casefold() == word.casefold()
        if word and hits and not same:
            self._completer.complete()
        elif popup is not None:
            popup.hide()

    def _on_completer_activated(self, chosen: str) -> None:
        start, end = self._word()
        text = self.text()
        before = f"{text[:start].rstrip()} " if text[:start].strip() else ""
        self.setText(f"{before}{chosen}{text[end:]}")
        self.setCursorPosition(len(before) + len(chosen))
        self.setModified(True)
        self.textEdited.emit(self.text())
