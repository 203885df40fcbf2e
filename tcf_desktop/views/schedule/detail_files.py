"""Files and photos of the selected visit: add, open, take away; drop them on the pane."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.services.queries.files import FileRow, visit_files
from tcf_desktop.views.common import DataLabel, IconButton, LinkButton
from tcf_desktop.views.contacts.detail_file_drop import FileDrops
from tcf_desktop.views.contacts.detail_file_tiles import icon_of

if TYPE_CHECKING:
    from tcf_desktop.domain.changes import ChangeSet
    from tcf_desktop.services.files import Attached, TakenIn
    from tcf_desktop.services.queries.appointment import AppointmentDetail
    from tcf_desktop.views.context import ViewContext

_MOST: Final = 30


class VisitFiles(QWidget):
    """The names of what is kept with a visit, newest first, as buttons."""

    def __init__(self, ctx: ViewContext, detail: AppointmentDetail) -> None:
        super().__init__()
        self.setObjectName("schedule.detail.files")
        self._ctx, self._detail = ctx, detail
        assert detail.contact_id is not None
        self._contact_id = detail.contact_id
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(DataLabel(self.tr("Files"), "caption", "text2", weight=600), 1)
        self.add_button = LinkButton(
            self.tr("Add…"), style="caption",
            tooltip=self.tr("Add photos or files of this visit; you can also drop them here"),
            object_name="schedule.detail.add_file",
        )  # fmt: skip
        self.add_button.clicked.connect(lambda *_: self.ask())
        head.addWidget(self.add_button)
        column.addLayout(head)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column.addLayout(self._rows)
        self._status = DataLabel("", "caption", "warn", wrap=True)
        self._status.hide()
        column.addWidget(self._status)
        self._drops = FileDrops(self)
        self._drops.enabled = True
        self._drops.watch(self)
        self._drops.dropped.connect(self.add)
        ctx.bus.committed.connect(self._on_bus_committed)
        self._load()

    def ask(self) -> QFileDialog:
        """The system's dialog for files."""
        dialog = QFileDialog(self.window(), self.tr("Add files"))
        dialog.setObjectName("schedule.detail.file_dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.add([Path(name) for name in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def add(self, paths: list[Path]) -> None:
        """Keep files with the visit and its customer."""
        office = self._ctx.office
        if not paths:
            return

        def take() -> TakenIn:
            from tcf_desktop.services.files import take_in

            return take_in(office, paths)

        self._ctx.tasks.run(self, take, self._on_taken, self._ctx.show_error)

    def _on_taken(self, taken: TakenIn) -> None:
        from tcf_desktop.services.visit_files import AttachToVisit

        said = "\n".join(words_of(error).text() for error in taken.refused[:3])
        self._status.setText(said)
        self._status.setVisible(bool(said))
        if not taken.files:
            return

        def added(done: Attached) -> None:
            one, many = self.tr("{n} file was added."), self.tr("{n} files were added.")
            self._ctx.notify(i18n.plural(done.added, one, many), undo=bool(done.added))

        self._ctx.tasks.command(self, AttachToVisit(self._detail.id, taken.files), added)

    def open(self, row: FileRow) -> None:
        """Open a copy with the system's program."""
        office = self._ctx.office

        def start() -> Path:
            from tcf_desktop.services.files import open_file

            return open_file(office, row)

        self._ctx.tasks.run(self, start)

    def delete(self, row: FileRow) -> None:
        """Into the trash; the notice offers Undo."""
        from tcf_desktop.services.files import DeleteAttachment

        said = self.tr("{file} was deleted.").format(file=row.name[:60])
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ctx.tasks.command(
            self, DeleteAttachment((row.id,)), lambda _none: self._ctx.notify(said, undo=True)
        )

    def _load(self) -> None:
        ident = self._detail.id
        self._ctx.tasks.read(self, lambda r: visit_files(r, ident, _MOST), self._show)

    def _show(self, rows: tuple[FileRow, ...]) -> None:
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row in rows:
            self._rows.addWidget(self._line(row))

    def _line(self, row: FileRow) -> QWidget:
        line = QWidget()
        inside = QHBoxLayout(line)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        name = LinkButton(
            row.name, icon_of(row.mime), style="caption", tooltip=i18n.joined(
                [part for part in (row.name, row.caption) if part]
            ), object_name=f"schedule.detail.file.{row.id}",
        )  # fmt: skip
        name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        name.setMinimumWidth(60)
        name.clicked.connect(partial(self._on_name_clicked, row))
        inside.addWidget(name, 1)
        inside.addStretch(0)
        away = IconButton("x", self.tr("Delete {file}").format(file=row.name), framed=False)
        away.clicked.connect(partial(self._on_away_clicked, row))
        inside.addWidget(away)
        return line

    def _on_name_clicked(self, row: FileRow, _checked: bool = False) -> None:
        self.open(row)

    def _on_away_clicked(self, row: FileRow, _checked: bool = False) -> None:
        self.delete(row)

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        if changes.touches("attachments"):
            self._load()
