"""The notes about a contact in the detail pane: each with who may see it, newest first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from tcf_desktop.base.clock import from_ms
from tcf_desktop.domain.contacts import VISIBILITIES
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.notes import FIRST_NOTES, NoteRow, Notes, note_text, notes_of
from tcf_desktop.views.common import DataLabel, IconButton, LinkButton, hairline
from tcf_desktop.views.contacts.detail_card import DetailCard, clear
from tcf_desktop.views.contacts.detail_note_editor import NoteEditor, TypedNote, typed_of
from tcf_desktop.views.contacts.detail_note_parts import (
    NoteText,
    VisibilityButton,
    breakable,
    face_of,
)
from tcf_desktop.views.context import NoticeAction, Target

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.queries.contact_detail import ContactDetail
    from tcf_desktop.views.context import ViewContext

_FOLDED_LINES: Final = 4
_FOLDED_LENGTH: Final = 200
_LABEL_LENGTH: Final = 2000  # longer texts are read in a field that scrolls
_MORE_NOTES: Final = 50


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactDetail", text)


class NotesCard(DetailCard):
    """Notes, each with its visibility, and the editor in their place."""

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__(ctx, _tr("Notes"), object_name="contacts.notes")
        self.header.addStretch(1)
        link = LinkButton(
            _tr("Add note"), tooltip=_tr("Add a note (Ctrl+T)"), object_name="contacts.notes.add"
        )
        link.clicked.connect(lambda *_: self.add_note())
        self.header.addWidget(link)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.body.addLayout(self._rows)
        self.body.addStretch(1)
        self.editor = NoteEditor()
        self.editor.hide()
        self.editor.keepRequested.connect(self._keep)
        self.editor.left.connect(self._leave_editor)
        self._lines: dict[int, NoteLine] = {}
        self._notes = Notes((), 0)
        self._limit = FIRST_NOTES
        self._waiting: TypedNote | None = None  # brought back; its contact is on its way

    @staticmethod
    def load(r: Reader, contact_id: int, _now_ms: int, _today: str, /) -> Any:
        return notes_of(r, contact_id)

    # showing

    def show_contact(self, detail: ContactDetail, facts: Any) -> None:
        if self._limit > FIRST_NOTES and self._lines and facts.rows:
            self._read_more()  # the longer list that was asked for, as it is now
            return
        self._show(facts)
        waiting, self._waiting = self._waiting, None
        if waiting is not None and waiting.contact_id == detail.id:
            self._open_editor(waiting)

    def leave(self) -> None:
        self._leave_editor()
        self._limit = FIRST_NOTES
        self._lines = {}

    def point_at(self, row_id: int) -> None:
        line = self._lines.get(row_id)
        if line is None and self._limit == FIRST_NOTES and self._notes.total > FIRST_NOTES:
            self._limit = _MORE_NOTES
            self._read_more(row_id)
        elif line is not None:
            line.chip.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show(self, notes: Notes) -> None:
        self._notes = notes
        writing = not self.editor.isHidden()
        self._rows.removeWidget(self.editor)
        unfolded = {key for key, line in self._lines.items() if line.whole is not None}
        clear(self._rows)
        self._lines = {}
        today, zone = self.ctx.today(), self.ctx.zone()
        for number, row in enumerate(notes.rows):
            if number:
                self._rows.addWidget(hairline())
            line = NoteLine(row, i18n.near_day(from_ms(row.at, zone).date(), today))
            line.wholeRequested.connect(partial(self._read_whole, row.id))
            line.editRequested.connect(partial(self._edit, row))
            line.deleteRequested.connect(partial(self._delete, row.id))
            line.visibilityChosen.connect(partial(self._set_visibility, row.id))
            if row.id in unfolded:
                line.unfold(None if row.is_long else row.head)
            self._lines[row.id] = line
            self._rows.addWidget(line)
        if not notes.rows:
            self._rows.addWidget(DataLabel(_tr("Nothing noted yet."), color="text2"))
        hidden = notes.total - len(notes.rows)
        if hidden > 0:
            text = i18n.plural(hidden, _tr("Show {n} more note"), _tr("Show {n} more notes"))
            more = LinkButton(text, object_name="contacts.notes.more")
            more.clicked.connect(self._on_more_clicked)
            self._rows.addWidget(more)
        if writing:
            self._place_editor(self.editor.typed().note_id)

    def _on_more_clicked(self) -> None:
        self._limit += _MORE_NOTES
        self._read_more()

    def _read_more(self, point_at: int | None = None) -> None:
        detail, limit = self.detail, self._limit
        if detail is None:
            return

        def answer(notes: Notes) -> None:
            if self.detail is not None and self.detail.id == detail.id:
                self._show(notes)
                if point_at in self._lines:
                    self.point_at(point_at)

        self.ctx.tasks.read(self, lambda r: notes_of(r, detail.id, limit), answer)

    def _read_whole(self, note_id: int) -> None:
        def answer(text: str | None) -> None:
            if text is not None and note_id in self._lines:
                self._lines[note_id].unfold(text)

        self.ctx.tasks.read(self, lambda r: note_text(r, note_id), answer)

    # writing

    def add_note(self) -> None:
        """An empty note, right here."""
        if self.detail is None:
            return
        if not self.editor.isHidden():
            self.editor.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self._open_editor(TypedNote(self.detail.id))

    def _edit(self, row: NoteRow) -> None:
        detail = self.detail
        if detail is None:
            return

        def answer(text: str | None) -> None:
            if text is not None and self.detail is not None and self.detail.id == detail.id:
                self._leave_editor()
                self._open_editor(typed_of(detail.id, row, text))

        self.ctx.tasks.read(self, lambda r: note_text(r, row.id), answer)

    def _open_editor(self, typed: TypedNote) -> None:
        detail = self.detail
        if detail is None:
            return
        self._place_editor(typed.note_id)
        self.editor.show()
        self.editor.start(typed, detail.draft.places, detail.name[:40])
        self.wishToBeSeen.emit(self.editor)

    def _place_editor(self, note_id: int | None) -> None:
        """At the top, or in place of the note that it changes."""
        line = self._lines.get(note_id) if note_id is not None else None
        at = 0
        if line is not None:
            at = self._rows.indexOf(line)
            line.hide()
        self._rows.insertWidget(at, self.editor)

    def _close_editor(self) -> None:
        typed = self.editor.typed()
        self.editor.hide()
        self._rows.removeWidget(self.editor)
        if typed.note_id in self._lines:
            self._lines[typed.note_id].show()

    def _leave_editor(self) -> None:
        if self.editor.isHidden():
            return
        typed = self.editor.typed() if self.editor.is_touched() else None
        self._close_editor()
        if typed is not None:
            self.ctx.notify(
                _tr("Your note was not kept."),
                action=NoticeAction(_tr("Bring it back"), partial(self._bring_back, typed)),
            )

    def _bring_back(self, typed: TypedNote) -> None:
        if self.detail is not None and self.detail.id == typed.contact_id:
            self._open_editor(typed)
        else:
            self._waiting = typed
            self.ctx.navigate(Target("contacts", "contact", typed.contact_id))

    # commands

    def _keep(self, typed: TypedNote) -> None:
        from tcf_desktop.services.notes import AddNote, ChangeNote

        if typed.visibility is None:
            return
        if typed.note_id is None:
            new = AddNote(typed.contact_id, typed.text, typed.visibility, typed.location_id)
            self.ctx.tasks.command(self, new, lambda _: self._kept(_tr("Note added")))
        else:
            changed = ChangeNote(
                typed.note_id,
                typed.text,
                typed.visibility,
                typed.location_id,
                at_contact=typed.location_id is None,
            )
            self.ctx.tasks.command(self, changed, lambda _: self._kept(_tr("Note changed")))

    def _kept(self, said: str) -> None:
        visibility = self.editor.picker.value() or "office"
        self._close_editor()
        if visibility == "document":
            where = _tr("It is printed on invoices under the lines.")
            said = _tr("{what}. {where}").format(what=said, where=where)
        self.ctx.notify(said, undo=True)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _delete(self, note_id: int) -> None:
        from tcf_desktop.services.notes import DeleteNote

        def deleted(name: str) -> None:
            said = _tr("A note about {name} was deleted.").format(name=name[:60])
            self.ctx.notify(said, undo=True)

        self.ctx.tasks.command(self, DeleteNote(note_id), deleted)

    def _set_visibility(self, note_id: int, visibility: str) -> None:
        from tcf_desktop.services.notes import ChangeNote

        found = next((each for each in VISIBILITIES if each == visibility), None)
        face = face_of(visibility)

        def changed(_: None) -> None:
            said = _tr("{who}: {where}").format(who=face.text, where=face.means)
            self.ctx.notify(said, undo=True)

        self.ctx.tasks.command(self, ChangeNote(note_id, visibility=found), changed)


class NoteLine(QWidget):
    """One note: who sees it, where it belongs, when; its first lines or all of it."""

    wholeRequested = Signal()
    editRequested = Signal()
    deleteRequested = Signal()
    visibilityChosen = Signal(str)

    def __init__(self, row: NoteRow, day: str) -> None:
        super().__init__()
        self._row = row
        self.whole: str | None = None
        self.setObjectName(f"contacts.note.{row.id}")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.chip = VisibilityButton(
            row.visibility, solid=True, object_name=f"contacts.note.{row.id}.visibility"
        )
        self.chip.setAccessibleName(_tr("{who}, change").format(who=self.chip.text()))
        self.chip.clicked.connect(self._on_chip_clicked)
        self._menu_button = IconButton(
            "dots-three",
            _tr("More for this note"),
            object_name=f"contacts.note.{row.id}.more",
            framed=False,
        )
        self._menu_button.clicked.connect(self._on_more_clicked)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.chip)
        head.addWidget(DataLabel(row.place[:80], "caption", "text2"), 1)
        edited = row.updated_at > row.at
        said = _tr("{day}, changed").format(day=day) if edited else day
        head.addWidget(DataLabel(said, "caption", "text2"))
        head.addWidget(self._menu_button)
        self._column.addLayout(head)
        self._text: QWidget = DataLabel(breakable(self._folded()), wrap=True)
        self._column.addWidget(self._text)
        self._link = LinkButton(
            _tr("Show all"), style="caption", object_name=f"contacts.note.{row.id}.all"
        )
        self._link.clicked.connect(self._on_link_clicked)
        self._link.setVisible(self._is_folded())
        self._column.addWidget(self._link)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu_requested)

    def unfold(self, text: str | None) -> None:
        """Show the whole text; None asks for it."""
        if text is None:
            self.wholeRequested.emit()
            return
        self.whole = text
        self._link.setText(_tr("Show less"))
        if len(text) <= _LABEL_LENGTH and text.count("\n") < 40:
            self._swap(DataLabel(breakable(text), wrap=True))
            return
        field = NoteText(lines=14, object_name=f"contacts.note.{self._row.id}.text")
        field.setAccessibleName(_tr("Note"))
        field.setReadOnly(True)
        field.load(text)
        self._swap(field)

    def _folded(self) -> str:
        lines = self._row.head[:_FOLDED_LENGTH].split("\n")[:_FOLDED_LINES]
        text = "\n".join(lines)
        return f"{text.rstrip()} …" if self._is_folded() else text

    def _is_folded(self) -> bool:
        head = self._row.head
        too_many = head.count("\n") >= _FOLDED_LINES
        return self._row.is_long or len(head) > _FOLDED_LENGTH or too_many

    def _swap(self, widget: QWidget) -> None:
        old, self._text = self._text, widget
        self._column.replaceWidget(old, widget)
        old.hide()
        old.deleteLater()

    def _on_link_clicked(self) -> None:
        if self.whole is None:
            self.wholeRequested.emit()
        else:
            self.whole = None
            self._link.setText(_tr("Show all"))
            self._swap(DataLabel(breakable(self._folded()), wrap=True))

    def _on_chip_clicked(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for visibility in VISIBILITIES:
            face = face_of(visibility)
            action = menu.addAction(face.text, partial(self.visibilityChosen.emit, visibility))
            action.setCheckable(True)
            action.setChecked(visibility == self._row.visibility)
        menu.popup(self.chip.mapToGlobal(self.chip.rect().bottomLeft()))

    def _on_more_clicked(self) -> None:
        self._open_menu(self._menu_button.mapToGlobal(self._menu_button.rect().bottomLeft()))

    def _on_menu_requested(self, where: QPoint) -> None:
        self._open_menu(self.mapToGlobal(where))

    def _open_menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_tr("Edit note"), self.editRequested.emit)
        menu.addAction(_tr("Delete note"), self.deleteRequested.emit)
        menu.popup(where)
