"""Name, caption and place of a kept file, edited in the card."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.services.queries.files import FileRow
from tcf_desktop.views.common import ComboBox, FormField, LineEdit, PrimaryButton, QuietButton


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactFiles", text)


@dataclass(frozen=True, slots=True)
class TypedFile:
    """What stands in the editor for a file."""

    file_id: int
    name: str
    caption: str
    location_id: int | None


class FileEditor(QWidget):
    """Enter keeps, Esc leaves."""

    keepRequested = Signal(object)  # TypedFile
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("contacts.files.editor")
        self._file_id = 0
        self.name = LineEdit(object_name="contacts.files.editor.name")
        self.name.setMaxLength(300)
        self.name_field = FormField(_tr("Name"), self.name)
        self.caption = LineEdit(object_name="contacts.files.editor.caption")
        self.caption.setMaxLength(500)
        self.place = ComboBox(object_name="contacts.files.editor.place")
        self.keep = PrimaryButton(_tr("Keep"), object_name="contacts.files.editor.keep")
        leave = QuietButton(_tr("Cancel"), object_name="contacts.files.editor.cancel")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(8)
        column.addWidget(self.name_field)
        column.addWidget(FormField(_tr("Caption"), self.caption))
        column.addWidget(FormField(_tr("Belongs to"), self.place))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(leave)
        foot.addWidget(self.keep)
        column.addLayout(foot)
        self.name.returnPressed.connect(self._on_keep)
        self.caption.returnPressed.connect(self._on_keep)
        self.keep.clicked.connect(lambda *_: self._on_keep())
        leave.clicked.connect(lambda *_: self.left.emit())

    def begin(self, row: FileRow, places: tuple[tuple[int, str], ...]) -> None:
        """Show what a file has; the caption is what one usually comes for."""
        self._file_id = row.id
        self.name_field.set_hint("")
        self.name.setText(row.name)
        self.caption.setText(row.caption)
        self.place.clear()
        self.place.addItem(_tr("The customer"), None)
        for place_id, name in places:
            self.place.addItem(name or _tr("Location"), place_id)
        self.place.setCurrentIndex(max(0, self.place.findData(row.location_id)))
        self.show()
        stem = row.name.rpartition(".")[0]
        self.name.setSelection(0, len(stem))
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def file_id(self) -> int:
        """The file that is edited, or was."""
        return self._file_id

    def refuse(self, words: str) -> None:
        """Say why it was not kept."""
        self.name_field.set_hint(words, "bad")
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _on_keep(self) -> None:
        self.keepRequested.emit(
            TypedFile(
                self._file_id, self.name.text(), self.caption.text(), self.place.currentData()
            )
        )
