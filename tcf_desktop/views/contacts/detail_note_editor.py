"""Writing a note right in the detail pane."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from tcf_desktop.domain.contacts import Place, Visibility
from tcf_desktop.views.common import ComboBox, DataLabel, PrimaryButton, QuietButton
from tcf_desktop.views.contacts.detail_inline_editor import InlineEditor
from tcf_desktop.views.contacts.detail_note_parts import NoteText, VisibilityPicker, face_of

if TYPE_CHECKING:
    from tcf_desktop.services.queries.notes import NoteRow


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactDetail", text)


@dataclass(frozen=True, slots=True)
class TypedNote:
    """What stands in the editor: a new note (``note_id`` None) or other words for one."""

    contact_id: int
    note_id: int | None = None
    text: str = ""
    visibility: Visibility | None = None
    location_id: int | None = None


class NoteEditor(InlineEditor):
    """Text, who may see it, where it belongs. Ctrl+Enter keeps, Esc leaves."""

    keepRequested = Signal(object)  # TypedNote with a visibility

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("contacts.note.editor")
        self._typed: TypedNote | None = None
        self.text = NoteText(
            lines=4, placeholder=_tr("What should be remembered?"), object_name="contacts.note.text"
        )
        self.text.setAccessibleName(_tr("Note"))
        self.picker = VisibilityPicker()
        self.hint = DataLabel("", "caption", "text2", wrap=True, object_name="contacts.note.hint")
        self.place = ComboBox(object_name="contacts.note.place")
        self.place.setAccessibleName(_tr("What the note is about"))
        self.place.setSizeAdjustPolicy(
            ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.place.setMinimumContentsLength(8)
        self.keep = PrimaryButton(
            _tr("Keep note"),
            tooltip=_tr("Keep note (Ctrl+Enter)"),
            object_name="contacts.note.keep",
        )
        leave = QuietButton(
            _tr("Cancel"), tooltip=_tr("Leave without keeping it (Esc)"),
            object_name="contacts.note.cancel",
        )  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(8)
        column.addWidget(self.text)
        column.addWidget(self.picker)
        column.addWidget(self.hint)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(leave)
        foot.addWidget(self.keep)
        column.addWidget(self.place)
        column.addLayout(foot)
        self.picker.chosen.connect(self._on_picker_chosen)
        self.keep.clicked.connect(lambda *_: self.submit())
        leave.clicked.connect(lambda *_: self.left.emit())

    def start(self, typed: TypedNote, places: Sequence[Place], person: str) -> None:
        """Begin with what is there; the focus goes into the text."""
        self._typed = typed
        self.text.load(typed.text)
        self.picker.set_value(typed.visibility)
        self._say_where(typed.visibility)
        self.place.clear()
        self.place.addItem(person, None)
        for place in places:
            if place.id is not None:
                self.place.addItem((place.name or place.street)[:60], place.id)
        self.place.select_data(typed.location_id)
        self.place.setVisible(self.place.count() > 1)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def typed(self) -> TypedNote:
        """What stands here now."""
        assert self._typed is not None
        return TypedNote(
            self._typed.contact_id,
            self._typed.note_id,
            self.text.whole(),
            self.picker.value(),
            self.place.currentData(),
        )

    def is_touched(self) -> bool:
        """Whether leaving would lose something."""
        if self._typed is None or not self.text.is_filled():
            return False
        now = self.typed()
        return now != self._typed and bool(now.text.strip() or self._typed.text)

    def submit(self) -> None:
        """Keep it, unless it is not said yet who may see it."""
        if self.picker.value() is None:
            self.hint.setText(_tr("Choose who may see this note."))
            self.hint.set_style(color="warn")
            self.hint.show()
            self.picker.setFocus(Qt.FocusReason.TabFocusReason)
            return
        if self.text.is_filled():
            self.keepRequested.emit(self.typed())

    def _on_picker_chosen(self, visibility: str) -> None:
        self._say_where(self.picker.value() if visibility else None)

    def _say_where(self, visibility: Visibility | None) -> None:
        text = _tr("Who may see this note?") if visibility is None else face_of(visibility).means
        self.hint.setText(text)
        self.hint.set_style(color="text2")


def typed_of(contact_id: int, row: NoteRow, text: str) -> TypedNote:
    """A stored note as the editor takes it."""
    visibility: Visibility = "office"
    if row.visibility == "crew":
        visibility = "crew"
    elif row.visibility == "document":
        visibility = "document"
    return TypedNote(contact_id, row.id, text, visibility, row.location_id)
