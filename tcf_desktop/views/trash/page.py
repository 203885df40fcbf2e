"""The Trash page: everything that was deleted, to be found, filtered and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from tcf_desktop.base.clock import from_ms
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.itemmodels.trash_rows import (
    DELETED,
    KIND,
    WHAT,
    TrashModel,
    detail,
    kind_word,
    title,
)
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.trash import KINDS, SHOWN, Trash, TrashRow, trash
from tcf_desktop.services.trash import KEEP_DAYS, Restored, RestoreItems
from tcf_desktop.views.common import (
    Cell,
    DataLabel,
    EmptyState,
    FilterChip,
    ListTable,
    PrimaryButton,
    SearchField,
    Surface,
    TwoLineDelegate,
    hairline,
)
from tcf_desktop.views.common.flow import FlowRow
from tcf_desktop.views.page import Page, PageCommand
from tcf_desktop.views.window_commands import said

if TYPE_CHECKING:
    from tcf_desktop.views.context import Target, ViewContext

_SEARCH_MS: Final = 120
_RELOAD_MS: Final = 120
_NARROW: Final = 720


class TrashPage(Page):
    """Address: a kind of :data:`KINDS` as kind shows only it."""

    key = "trash"

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._kind = ""
        self._generation = 0
        self._found = Trash((), {})
        self.model = TrashModel(self._when, self._why)
        self._build()
        self._timer = QTimer(self, singleShot=True, interval=_RELOAD_MS)
        self._timer.timeout.connect(self.reload)
        ctx.bus.committed.connect(self._on_bus_committed)

    def _build(self) -> None:
        self.search = SearchField(self.tr("Find what was deleted"), object_name="trash.search")
        self.search.set_delay(_SEARCH_MS)
        self.search.setMaximumWidth(360)
        self.search.searchChanged.connect(self.reload)
        self.search.leaveRequested.connect(self._focus_table)
        lead = DataLabel(
            self.tr("Deleted things are kept for {n} days. What invoices or visits refer to"
                    " stays longer.").format(n=KEEP_DAYS),
            "caption", "text2", wrap=True,
        )  # fmt: skip
        self.chips: dict[str, FilterChip] = {}
        chips = FlowRow()
        group = QButtonGroup(self)
        for kind in ("", *KINDS):
            text = kind_word(kind, many=True) if kind else self.tr("All")
            chip = FilterChip(text, object_name=f"trash.filter.{kind or 'all'}")
            chip.setChecked(not kind)
            chip.setVisible(not kind)
            chip.clicked.connect(lambda *_, which=kind: self._filter(which))
            group.addButton(chip)
            chips.add(chip)
            self.chips[kind] = chip
        tools = QVBoxLayout()
        tools.setContentsMargins(16, 12, 16, 10)
        tools.setSpacing(8)
        tools.addWidget(self.search)
        tools.addWidget(chips)
        tools.addWidget(lead)
        self._build_table()
        self.empty = EmptyState("trash", "", object_name="trash.empty")
        self.empty.hide()
        ground = Surface("surface")
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tools)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(hairline())
        column.addWidget(self._build_foot())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)

    def _build_table(self) -> None:
        self.table = ListTable(object_name="trash.table")
        self.table.setAccessibleName(self.tr("Deleted things"))
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        cells = {WHAT: _what, KIND: _kind, DELETED: self._deleted}
        for number, shown in enumerate(self.model.columns):
            delegate = TwoLineDelegate(cells[number], self.table)
            self.table.setItemDelegateForColumn(number, delegate)
            if shown.stretch:
                header.setSectionResizeMode(number, header.ResizeMode.Stretch)
            else:
                header.resizeSection(number, shown.width * theme().text_scale // 100)
        self.table.selectionModel().selectionChanged.connect(self._show_selected)
        self.table.activatedRow.connect(lambda _row: self.restore())
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._show_menu)

    def _build_foot(self) -> QWidget:
        self.count = DataLabel("", "caption", "text2", object_name="trash.count")
        self.bring_back = PrimaryButton(self.tr("Restore"), object_name="trash.restore")
        self.bring_back.clicked.connect(self.restore)
        foot = Surface("surface")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        row.addWidget(self.count, 1)
        row.addWidget(self.bring_back)
        return foot

    # the page

    def title(self) -> str:
        return self.tr("Trash")

    def commands(self) -> list[PageCommand]:
        return [
            PageCommand(
                self.tr("Restore from the trash"), self.restore, words="bring back undelete"
            )
        ]

    def shown(self) -> None:
        self.reload()

    def open_target(self, target: Target) -> None:
        if target.kind in KINDS:
            self.chips[target.kind].setChecked(True)
            self._filter(target.kind)

    def focus_search(self) -> bool:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
        return True

    def foot_height(self) -> int:
        return self.bring_back.height() + 20

    def regions(self) -> list[QWidget]:
        return [self.search, self.table]

    def home(self) -> QWidget:
        return self.table

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.restore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() * 100 < _NARROW * theme().text_scale
        self.table.setColumnHidden(KIND, narrow)
        self.table.refresh_edges()

    # reading

    def reload(self) -> None:
        """Read the list for the search and kind of now."""
        self._generation += 1
        generation, text, kind = self._generation, self.search.text(), self._kind

        def answer(found: Trash) -> None:
            if generation == self._generation:
                self._show(found)

        self.ctx.tasks.read(self, lambda r: trash(r, text, kind), answer)

    def _show(self, found: Trash) -> None:
        selected = self._selected()
        row = max(0, self.table.currentIndex().row())
        self._found = found
        for kind, chip in self.chips.items():
            count = found.counts.get(kind, 0) if kind else found.total
            chip.set_count(count)
            chip.setVisible(not kind or count > 0 or chip.isChecked())
        self.model.set_trash(found)
        some = bool(found.rows)
        self.table.setVisible(some)
        self.empty.setVisible(not some)
        self.empty.text.setText(self._empty_words())
        if some:
            keep = [n for n, shown in enumerate(found.rows) if (shown.kind, shown.id) in selected]
            self.table.select_row(keep[0] if keep else min(row, len(found.rows) - 1))
        self._show_selected()

    def _empty_words(self) -> str:
        if self.search.text().strip():
            return self.tr("Nothing matches “{text}”.").format(text=self.search.text()[:40])
        return self.tr("Nothing was deleted. What you delete lands here first.")

    def _filter(self, kind: str) -> None:
        self._kind = kind
        self.reload()

    # doing

    def restore(self) -> None:
        """Bring the selected things back, all with one Undo."""
        items = self._selected()
        if items:
            self.bring_back.setEnabled(False)
            self.ctx.tasks.command(
                self, RestoreItems(tuple(items)), self._on_restored, self._on_refused
            )

    def _selected(self) -> list[tuple[str, int]]:
        rows = (self.model.row_at(row) for row in self.table.selected_rows())
        return [(row.kind, row.id) for row in rows if row is not None]

    def _show_selected(self) -> None:
        chosen = len(self.table.selected_rows())
        self.bring_back.setEnabled(chosen > 0)
        self.bring_back.setToolTip(
            self.tr("Bring it back where it was (Enter)")
            if chosen
            else self.tr("Select what should come back")
        )
        self.bring_back.setText(
            self.tr("Restore")
            if chosen < 2
            else self.tr("Restore {n}").format(n=i18n.locale_of().toString(chosen))
        )
        shown, total = len(self._found.rows), self._found.counts.get(self._kind, self._found.total)
        text = i18n.plural(total, self.tr("{n} deleted thing"), self.tr("{n} deleted things"))
        if total > shown >= SHOWN:
            text = self.tr("The newest {n} of {all}").format(
                n=i18n.locale_of().toString(shown), all=i18n.locale_of().toString(total)
            )
        self.count.setText(text)

    def _on_restored(self, done: Restored) -> None:
        self._show_selected()
        text = i18n.plural(
            done.count, self.tr("{n} thing is back."), self.tr("{n} things are back.")
        )
        if done.contacts:
            names = ", ".join(name[:40] for name in done.contacts[:2])
            text = self.tr("{done} {names} came back too.").format(done=text, names=names)
        self.ctx.notify(text, undo=True)
        self._focus_table()

    def _on_refused(self, error: AppError) -> None:
        self._show_selected()
        self.ctx.show_error(error)

    def _show_menu(self, where: QPoint) -> None:
        if not self.table.selected_rows():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.bring_back.text(), self.restore)
        menu.popup(self.table.viewport().mapToGlobal(where))

    # words

    def _when(self, at: int) -> str:
        moment = from_ms(at, self.ctx.zone())
        day = i18n.near_day(moment.date(), self.ctx.today())
        return f"{day}, {i18n.clock_time(moment)}"

    def _why(self, row: TrashRow) -> str:
        """The command that took other things along; a plain deletion needs no more words."""
        text = said(row.label, row.params) if row.label else ""
        return "" if title(row) in text else text[:1].upper() + text[1:]

    def _deleted(self, row: TrashRow) -> Cell:
        return Cell(self._when(row.at), self._why(row), token="text2")

    # reacting

    def _focus_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        if self.isVisible() and changes.touches(*(kind.table for kind in KINDS.values())):
            self._timer.start()


def _what(row: TrashRow) -> Cell:
    return Cell(title(row), detail(row), weight=600)


def _kind(row: TrashRow) -> Cell:
    return Cell(kind_word(row.kind), token="text2")
