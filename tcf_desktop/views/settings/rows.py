"""Sections that are a list: rows that are changed where they stand, ordered, removed, added."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import fold
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.services.queries.record_settings import Removed
from tcf_desktop.views.common import (
    DataLabel,
    IconButton,
    LineEdit,
    LinkButton,
    PlainButton,
    hairline,
)
from tcf_desktop.views.settings.section import Section

if TYPE_CHECKING:
    from tcf_desktop.services.command import Command


class SettingRow(QWidget):
    """One thing of the list. ``edited`` asks to store it, ``moveRequested`` for a place up or
    down, ``removeRequested`` to take it out; each with its id."""

    edited = Signal(int)
    moveRequested = Signal(int, int)
    removeRequested = Signal(int)

    def __init__(self, row_id: int, object_name: str, what: str, *, ordered: bool = True) -> None:
        super().__init__()
        self.row_id = row_id
        self.object_name = object_name
        self.setObjectName(object_name)
        self.name = LineEdit(object_name=f"{object_name}.name")
        self.name.setAccessibleName(self.tr("Name of the {what}").format(what=what))
        self.name.setMaxLength(200)
        self.name.editingFinished.connect(self.announce)
        self.top = QHBoxLayout()
        self.top.setSpacing(8)
        self.top.addWidget(self.name, 3)
        self._tail = QHBoxLayout()
        self._tail.setSpacing(2)
        self.up, self.down = (
            IconButton(icon, words, self, framed=False, object_name=f"{object_name}.{key}")
            for icon, words, key in (
                ("arrow-up", self.tr("Move up"), "up"),
                ("arrow-down", self.tr("Move down"), "down"),
            )
        )
        self.up.clicked.connect(lambda *_: self.moveRequested.emit(self.row_id, -1))
        self.down.clicked.connect(lambda *_: self.moveRequested.emit(self.row_id, 1))
        self.remove = IconButton(
            "trash",
            self.tr("Remove this {what}").format(what=what),
            framed=False,
            object_name=f"{object_name}.remove",
        )
        self.remove.clicked.connect(lambda *_: self.removeRequested.emit(self.row_id))
        for button in (self.up, self.down):
            button.setVisible(ordered)
            self._tail.addWidget(button)
        self._tail.addWidget(self.remove)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addLayout(self.top, 1)
        self.head.addLayout(self._tail)
        self.note = DataLabel("", "caption", "text2", wrap=True)
        self.note.hide()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 6, 0, 6)
        self.column.setSpacing(6)
        self.column.addLayout(self.head)
        self.column.addWidget(self.note)
        self.stored: Any = None

    def show_stored(self, stored: Any, *, first: bool, last: bool) -> None:
        """Show what is stored; the field that is being typed into is left alone."""
        self.stored = stored
        self.up.setEnabled(not first)
        self.down.setEnabled(not last)
        put(self.name, stored.name)

    def announce(self) -> None:
        """Ask to store what stands here, when it differs from what is stored."""
        if self.stored is not None and self.differs():
            self.edited.emit(self.row_id)

    def differs(self) -> bool:
        """Whether something was changed."""
        return bool(self.name.text().strip() != self.stored.name)

    def say(self, text: str, tone: str = "text2") -> None:
        """A remark below the row; empty hides it."""
        self.note.setText(text)
        self.note.set_style(color=tone)
        self.note.setVisible(bool(text))


class ListSection(Section):
    """Reads on an io thread; each change is one command that can be undone."""

    def build_list(self, title: str, note: str, add: str) -> None:
        """The card of the rows, the button below it, and what was removed."""
        self._rows: dict[int, SettingRow] = {}
        self._order: list[int] = []
        self._wanted: int | None = None
        self.list_card = self.card(title, note)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.list_card.body.addLayout(self._list)
        self.empty = DataLabel("", color="text2", wrap=True)
        self.list_card.body.addWidget(self.empty)
        foot = QHBoxLayout()
        self.add = PlainButton(add, "plus", object_name=f"settings.{self.key}.add")
        self.add.clicked.connect(lambda *_: self.add_new())
        foot.addWidget(self.add)
        foot.addStretch(1)
        self.column.addLayout(foot)
        self._removed = QVBoxLayout()
        self._removed.setSpacing(2)
        self.column.addLayout(self._removed)

    def add_new(self) -> None:
        """Make one more; the row that comes gets the focus."""
        raise NotImplementedError

    def make_row(self, stored: Any) -> SettingRow:
        """The widgets of a row; the section connects its own signals."""
        raise NotImplementedError

    def row(self, row_id: int) -> SettingRow:
        """A row that is shown."""
        return self._rows[row_id]

    def show_rows(self, stored: Sequence[Any]) -> None:
        """Show these in order; rows that stay keep their widgets and the focus."""
        ids = [entry.id for entry in stored]
        for row_id in [known for known in self._rows if known not in ids]:
            self._take_out(self._rows.pop(row_id))
        for number, entry in enumerate(stored):
            row = self._rows.get(entry.id)
            if row is None:
                row = self._rows[entry.id] = self.make_row(entry)
            row.show_stored(entry, first=number == 0, last=number == len(stored) - 1)
        if ids != self._order:
            self._order = ids
            self._lay_out()
        self.empty.setVisible(not ids)
        if self._wanted in self._rows:
            self._focus(self._rows[self._wanted])
            self._wanted = None

    def show_removed(self, removed: Iterable[Removed], words: Callable[[Removed], str]) -> None:
        """What can come back, each with a link."""
        while (item := self._removed.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for entry in removed:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(12)
            row.addWidget(DataLabel(words(entry), "caption", "text2"))
            back = LinkButton(self.tr("Bring it back"), style="caption",
                              object_name=f"settings.{self.key}.restore{entry.id}")  # fmt: skip
            back.clicked.connect(lambda *_, row_id=entry.id: self.bring_back(row_id))
            row.addWidget(back)
            row.addStretch(1)
            self._removed.addWidget(line)

    def bring_back(self, row_id: int) -> None:
        """Restore what was removed."""
        raise NotImplementedError

    def do(self, command: Command[Any], row_id: int | None = None) -> None:
        """Run a command; trouble is said below the row, and what is stored is shown again."""

        def done(_result: Any) -> None:
            if row_id in self._rows:
                self._rows[row_id].say("")
            self.saved.emit()

        def refused(error: AppError) -> None:
            row = self._rows.get(row_id) if row_id is not None else None
            if row is None:
                self.ctx.show_error(error)
            else:
                row.say(words_of(error).text(), "bad")
            self.load()

        self.ctx.tasks.command(self, command, done, refused)

    def do_add(self, command: Command[int]) -> None:
        """Run a command that makes a row, and go there."""

        def done(row_id: int) -> None:
            self._wanted = row_id
            self.saved.emit()
            self.load()

        self.ctx.tasks.command(self, command, done)

    def do_remove(self, command: Command[None], said: str) -> None:
        """Run a command that takes a row away; the notice offers Undo."""
        self.ctx.tasks.command(self, command, lambda _: self.ctx.notify(said, undo=True))

    def free_name(self, name: str) -> str:
        """The name, or the name with a number when it is taken."""
        taken = {fold(row.stored.name) for row in self._rows.values()}
        number = 2
        free = name
        while fold(free) in taken:
            free, number = f"{name} {number}", number + 1
        return free

    def _lay_out(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            line = item.widget()
            if line is not None and line not in self._rows.values():
                line.hide()
                line.deleteLater()
        before: QWidget | None = None
        for number, row_id in enumerate(self._order):
            if number:
                self._list.addWidget(hairline())
            row = self._rows[row_id]
            self._list.addWidget(row)
            if before is not None:
                QWidget.setTabOrder(before, row.name)
            before = row.remove

    def _take_out(self, row: SettingRow) -> None:
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _focus(self, row: SettingRow) -> None:
        self.ensureWidgetVisible(row, 24, 60)
        row.name.setFocus(Qt.FocusReason.OtherFocusReason)
        row.name.selectAll()


def put(edit: LineEdit, text: str) -> None:
    """Show a text unless the field is being typed into."""
    if not (edit.hasFocus() and edit.isModified()) and edit.text() != text:
        edit.setText(text)
        edit.setCursorPosition(0)
