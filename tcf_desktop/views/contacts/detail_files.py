"""Files and photos of a contact in the detail pane: drop them here, open, name, delete."""

from __future__ import annotations

from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from tcf_desktop.base.clock import from_ms
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.file_names import is_picture
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.qtkit.style import focus_ring
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.files import ContactFiles, FileRow, contact_files
from tcf_desktop.views.common import DataLabel, LinkButton, Notice
from tcf_desktop.views.common.flow import FlowRow
from tcf_desktop.views.contacts.detail_card import DetailCard, clear
from tcf_desktop.views.contacts.detail_file_drop import FileDrops
from tcf_desktop.views.contacts.detail_file_editor import FileEditor, TypedFile
from tcf_desktop.views.contacts.detail_file_tiles import TILE_WIDTH, FileTile

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.files import Attached, TakenIn
    from tcf_desktop.services.queries.contact_detail import ContactDetail
    from tcf_desktop.views.context import ViewContext

_FIRST: Final = 12
_MORE: Final = 60
_CHUNK: Final = 6  # pictures read in one go
_TOLD: Final = 4  # refusals in full; more are counted


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactFiles", text)


class FilesCard(DetailCard):
    """Tiles of what is kept, newest first."""

    tables: ClassVar[tuple[str, ...]] = ("attachments",)

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__(ctx, _tr("Files"), "contacts.files")
        self.header.addStretch(1)
        add = LinkButton(
            _tr("Add file…"),
            tooltip=_tr("Add photos or files; you can also drop them here"),
            object_name="contacts.files.add",
        )
        add.clicked.connect(lambda *_: self.ask())
        self.header.addWidget(add)
        self._notice = Notice("", "warn", "warning", _tr("Close"))
        self._notice.setObjectName("contacts.files.notice")
        self._notice.actionRequested.connect(self._notice.hide)
        self._notice.hide()
        self._status = DataLabel("", "caption", "text2", object_name="contacts.files.status")
        self._status.hide()
        self._flow = FlowRow(spacing=8)
        self.editor = FileEditor()
        self.editor.hide()
        self.editor.keepRequested.connect(self._on_keep)
        self.editor.left.connect(self._leave_editor)
        for widget in (self._notice, self._status, self._flow, self.editor):
            self.body.addWidget(widget)
        self._more = LinkButton("", object_name="contacts.files.more")
        self._more.clicked.connect(lambda *_: self._show_more())
        self.body.addWidget(self._more)
        self._tiles: dict[int, FileTile] = {}
        self._files = ContactFiles((), 0, ())
        self._images: dict[str, QImage] = {}
        self._limit = _FIRST
        self._wanted_focus: int | None = None
        self._dropping = False
        self._drops = FileDrops(self)
        self._drops.watch(self)
        self._drops.dropped.connect(self.add)
        self._drops.hovered.connect(self._on_drops_hovered)
        theme().changed.connect(self._fit)

    @staticmethod
    def load(r: Reader, contact_id: int, _now_ms: int, _today: str, /) -> Any:
        return contact_files(r, contact_id)

    # showing

    def show_contact(self, detail: ContactDetail, facts: Any) -> None:
        self._files = facts
        self._fill()

    def leave(self) -> None:
        self._leave_editor()
        self._notice.hide()
        self._limit = _FIRST
        self._images.clear()

    def point_at(self, row_id: int) -> None:
        where = [row.id for row in self._files.files]
        if row_id in where and row_id not in self._tiles:
            self._limit = where.index(row_id) + 1
            self._fill()
        tile = self._tiles.get(row_id)
        if tile is None:
            super().point_at(row_id)
            return
        tile.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.wishToBeSeen.emit(tile)

    def _fill(self) -> None:
        files = self._files.files
        shown = files[: self._limit]
        clear(self._flow.flow)
        self._tiles = {}
        today, zone = self.ctx.today(), self.ctx.zone()
        for row in shown:
            tile = FileTile(row, i18n.near_day(from_ms(row.added_at, zone).date(), today))
            tile.setToolTip(_tip(row))
            tile.openRequested.connect(self.open)
            tile.renameRequested.connect(self.rename)
            tile.deleteRequested.connect(self.delete)
            tile.menuRequested.connect(self._on_menu_requested)
            tile.stepRequested.connect(self._on_step_requested)
            if row.sha256 in self._images:
                tile.set_image(self._images[row.sha256])
            self._tiles[row.id] = tile
            tile.set_width(self._tile_width())
            self._flow.add(tile)
            tile.show()  # at once, so that it can take the focus
        if not files:
            text = _tr("Drop photos and files here, or add them. They stay in your data folder.")
            self._flow.add(DataLabel(text, color="text2"))
        hidden = self._files.count - len(shown)
        self._more.setText(
            i18n.plural(hidden, _tr("Show {n} more file"), _tr("Show {n} more files"))
        )
        self._more.setVisible(len(files) > len(shown))
        self._flow.updateGeometry()
        wanted, self._wanted_focus = self._wanted_focus, None
        if wanted in self._tiles:
            self._tiles[wanted].setFocus(Qt.FocusReason.OtherFocusReason)
        self._read_images()

    def _tile_width(self) -> int:
        """So many tiles in a row as fit, filling it."""
        room, gap = self._flow.width(), self._flow.flow.spacing()
        columns = max(1, (room + gap) // (theme().scaled(TILE_WIDTH) + gap))
        return (room + gap) // columns - gap

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.body.activate()
        for tile in self._tiles.values():
            tile.set_width(self._tile_width())

    def _show_more(self) -> None:
        self._wanted_focus = self._files.files[self._limit].id  # the first that comes
        self._limit += _MORE
        self._fill()

    def _read_images(self) -> None:
        """The small pictures of the tiles, some at a time; missing ones are made."""
        waiting = {
            tile.row.sha256: tile.row.mime
            for tile in self._tiles.values()
            if is_picture(tile.row.mime) and tile.row.sha256 not in self._images
        }
        part = dict(list(waiting.items())[:_CHUNK])
        if not part or self.detail is None:
            return
        office, contact_id = self.ctx.office, self.detail.id

        def read() -> dict[str, QImage]:
            from tcf_desktop.services.files import thumbnail

            found = {}
            for sha256, mime in part.items():
                path = thumbnail(office, sha256, mime)
                found[sha256] = QImage() if path is None else QImage(str(path))
            return found

        def arrived(found: dict[str, QImage]) -> None:
            if self.detail is None or self.detail.id != contact_id:
                return
            self._images.update(found)
            for tile in self._tiles.values():
                if tile.row.sha256 in found:
                    tile.set_image(found[tile.row.sha256])
            self._read_images()

        # Pictures are an extra: without them a tile shows its icon.
        self.ctx.tasks.run(self, read, arrived, lambda _error: None)

    # adding

    def ask(self) -> QFileDialog:
        """The system's dialog for files."""
        dialog = QFileDialog(self, _tr("Add files"))
        dialog.setObjectName("contacts.files.dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.add([Path(name) for name in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def add(self, paths: list[Path]) -> None:
        """Keep files with the contact that is shown."""
        detail, office = self.detail, self.ctx.office
        if detail is None or not paths:
            return
        self._notice.hide()
        text = i18n.plural(len(paths), _tr("Adding {n} file…"), _tr("Adding {n} files…"))
        self._status.setText(text)
        self._status.show()

        def take() -> TakenIn:
            from tcf_desktop.services.files import take_in

            return take_in(office, paths)

        def refused(error: AppError) -> None:
            self._status.hide()
            self.ctx.show_error(error)

        self.ctx.tasks.run(self, take, partial(self._on_taken, detail.id), refused)

    def _on_taken(self, contact_id: int, taken: TakenIn) -> None:
        from tcf_desktop.services.files import AttachFiles

        self._status.hide()
        if taken.refused and self.detail is not None and self.detail.id == contact_id:
            self._say_refused(taken.refused)
        elif taken.refused:
            self.ctx.show_error(taken.refused[0])
        if not taken.files:
            return

        def added(done: Attached) -> None:
            if self.detail is not None and self.detail.id == contact_id:
                self._wanted_focus = done.ids[-1]
                if done.ids[-1] in self._tiles:
                    self.point_at(done.ids[-1])
            if done.added:
                one, many = _tr("{n} file was added."), _tr("{n} files were added.")
                self.ctx.notify(i18n.plural(done.added, one, many), undo=True)
            else:
                self.ctx.notify(_tr("{file} is here already.").format(file=taken.files[0].name))

        self.ctx.tasks.command(self, AttachFiles(contact_id, taken.files), added)

    def _say_refused(self, errors: tuple[AppError, ...]) -> None:
        lines = [words_of(error).text() for error in errors[:_TOLD]]
        rest = len(errors) - len(lines)
        if rest:
            lines.append(
                i18n.plural(rest, _tr("{n} more was not added."), _tr("{n} more were not added."))
            )
        self._notice.set_notice("\n".join(lines), "warn", "warning", _tr("Close"))
        self._notice.show()

    # one file

    def _row(self, file_id: int) -> FileRow | None:
        tile = self._tiles.get(file_id)
        return None if tile is None else tile.row

    def open(self, file_id: int) -> None:
        """Open a copy with the system's program."""
        row, office = self._row(file_id), self.ctx.office
        if row is None:
            return

        def start() -> Path:
            from tcf_desktop.services.files import open_file

            return open_file(office, row)

        self.ctx.tasks.run(self, start)

    def save_copy(self, file_id: int) -> None:
        """Ask where to, then write the file there."""
        row = self._row(file_id)
        if row is None:
            return
        dialog = QFileDialog(self, _tr("Save a copy"))
        dialog.setObjectName("contacts.files.save")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(row.name)
        dialog.fileSelected.connect(lambda name: self.save_copy_to(row, Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_copy_to(self, row: FileRow, target: Path) -> None:
        """Write a kept file to a place of the user's choice."""
        office = self.ctx.office

        def write() -> None:
            from tcf_desktop.services.files import save_copy

            save_copy(office, row, target)

        said = _tr("{file} was written.").format(file=target.name)
        self.ctx.tasks.run(self, write, lambda _none: self.ctx.notify(said))

    def rename(self, file_id: int) -> None:
        """Name, caption and place in the editor below the tiles."""
        row = self._row(file_id)
        if row is not None:
            self.editor.begin(row, self._files.places)
            self.wishToBeSeen.emit(self.editor)

    def delete(self, file_id: int) -> None:
        """Into the trash; the notice offers Undo, and the neighbour has the focus."""
        from tcf_desktop.services.files import DeleteAttachment

        row = self._row(file_id)
        if row is None:
            return
        order = list(self._tiles)
        where = order.index(file_id)
        rest = order[where + 1 :] or order[:where][-1:]
        self._wanted_focus = rest[0] if rest else None
        said = _tr("{file} was deleted.").format(file=row.name[:60])
        self.ctx.tasks.command(
            self, DeleteAttachment((file_id,)), lambda _none: self.ctx.notify(said, undo=True)
        )

    def _on_keep(self, typed: TypedFile) -> None:
        from tcf_desktop.services.files import ChangeAttachment

        def kept(_none: None) -> None:
            self._wanted_focus = typed.file_id
            self.editor.hide()
            if typed.file_id in self._tiles:
                self._tiles[typed.file_id].setFocus(Qt.FocusReason.OtherFocusReason)

        self.ctx.tasks.command(
            self,
            ChangeAttachment(typed.file_id, typed.name, typed.caption, typed.location_id),
            kept,
            lambda error: self.editor.refuse(words_of(error).text()),
        )

    def _leave_editor(self) -> None:
        if self.editor.isHidden():
            return
        file_id = self.editor.file_id
        self.editor.hide()
        if file_id in self._tiles:
            self._tiles[file_id].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_step_requested(self, file_id: int, by: int) -> None:
        order = list(self._tiles)
        where = order.index(file_id) + by
        if 0 <= where < len(order):
            tile = self._tiles[order[where]]
            tile.setFocus(Qt.FocusReason.TabFocusReason)
            self.wishToBeSeen.emit(tile)

    def _on_menu_requested(self, file_id: int, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setObjectName("contacts.files.menu")
        menu.addAction(_tr("Open\tEnter"), partial(self.open, file_id))
        menu.addAction(_tr("Save a copy…"), partial(self.save_copy, file_id))
        menu.addAction(_tr("Name and caption…\tF2"), partial(self.rename, file_id))
        menu.addSeparator()
        menu.addAction(_tr("Delete\tDel"), partial(self.delete, file_id))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)

    # dropping, on the card and anywhere in the pane

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        pane = _ancestor(self, "contacts.detail")
        if pane is not None and not self._drops.enabled:
            self._drops.watch(pane)
        self._drops.enabled = True

    def _on_drops_hovered(self, on: bool) -> None:
        self._dropping = on
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._dropping:
            painter = QPainter(self)
            focus_ring(painter, self.rect(), radius=8)
            painter.end()


def add_words(_detail: ContactDetail) -> str:
    """How the pane's menu calls adding."""
    return _tr("Add file…")


def add_file(_ctx: ViewContext, _detail: ContactDetail, pane: QWidget) -> None:
    """Open the dialog for files of the pane's card; for the pane's menu."""
    card = pane.findChild(QWidget, "contacts.files")
    if isinstance(card, FilesCard):
        card.ask()


def _ancestor(widget: QWidget, name: str) -> QWidget | None:
    found = widget.parentWidget()
    while found is not None and found.objectName() != name:
        found = found.parentWidget()
    return found


def _tip(row: FileRow) -> str:
    """As markup of our own, in which the text of the record is only text."""
    lines = [row.name, row.caption, row.place, _tr("Enter or double-click opens")]
    return "<qt>" + "<br>".join(escape(line) for line in lines if line) + "</qt>"
