"""The groups of contacts that may be the same, and the search for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.domain.duplicates import Certainty
from tcf_desktop.itemmodels.duplicate_groups import (
    CERTAINTY,
    DuplicateGroupsModel,
    ListedGroup,
    certainty_tone,
    certainty_word,
    reasons_text,
)
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.progress import Progress
from tcf_desktop.services.queries.duplicates import Duplicates, find_duplicates, group_rows
from tcf_desktop.views.common import (
    Cell,
    DataLabel,
    EmptyState,
    FilterChip,
    LinkButton,
    ListTable,
    Surface,
    TwoLineDelegate,
)
from tcf_desktop.views.common.flow import FlowRow
from tcf_desktop.views.context import Target

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

_QUICK_MS: Final = 150  # nothing is said of a search that ends sooner
_TOLD: Final = frozenset({"MergeContacts", "SayDistinct"})  # of the page itself
_TAKEN_BACK: Final = frozenset({"UndoLast", "UndoEntry", "RedoLast"})
_TABLES: Final = frozenset({"contacts", "contact_phones", "contact_emails", "locations"})


class GroupList(Surface):
    """``chosen`` gives the ids of the group that is current; ``opened`` is Enter on it."""

    chosen = Signal(list)
    opened = Signal()
    searched = Signal()

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.ctx = ctx
        self.setObjectName("duplicates.list")
        self.contacts: int | None = None  # how many were looked through
        self._progress: Progress | None = None
        self.model = DuplicateGroupsModel(
            lambda groups: ctx.tasks.read_now(lambda r: group_rows(r, groups))
        )
        self._quiet = QTimer(self, singleShot=True, interval=_QUICK_MS)
        self._quiet.timeout.connect(self._show_busy)
        self._build()
        ctx.bus.committed.connect(self._on_bus_committed)

    def _build(self) -> None:
        self.chips: dict[Certainty | None, FilterChip] = {}
        chips = FlowRow()
        group = QButtonGroup(self)
        for certainty in (None, *sorted(Certainty, reverse=True)):
            text = self.tr("All") if certainty is None else certainty_word(certainty)
            name = "all" if certainty is None else certainty.name.lower()
            chip = FilterChip(text, object_name=f"duplicates.filter.{name}")
            chip.setChecked(certainty is None)
            chip.clicked.connect(lambda *_, which=certainty: self._filter(which))
            group.addButton(chip)
            chips.add(chip)
            self.chips[certainty] = chip
        self.status = DataLabel("", "caption", "text2", object_name="duplicates.status")
        self.action = LinkButton("", object_name="duplicates.action")
        self.action.clicked.connect(self._on_action_clicked)
        said = QHBoxLayout()
        said.setSpacing(8)
        said.addWidget(self.status, 1)
        said.addWidget(self.action)
        tools = QVBoxLayout()
        tools.setContentsMargins(16, 12, 16, 10)
        tools.setSpacing(8)
        tools.addWidget(chips)
        tools.addLayout(said)
        self.table = ListTable(object_name="duplicates.table")
        self.table.setSelectionMode(ListTable.SelectionMode.SingleSelection)
        self.table.setAccessibleName(self.tr("Contacts that may be the same"))
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        for number, column in enumerate(self.model.columns):
            self.table.setItemDelegateForColumn(
                number, TwoLineDelegate(_certainty if number == CERTAINTY else _names, self.table)
            )
            if column.stretch:
                header.setSectionResizeMode(number, header.ResizeMode.Stretch)
            else:
                header.resizeSection(number, column.width * theme().text_scale // 100)
        self.table.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.table.activatedRow.connect(lambda _row: self.opened.emit())
        self.empty = EmptyState(
            "check-circle",
            self.tr("No two contacts look like the same customer."),
            link=(self.tr("Merge two that you know of"), self._merge_by_hand),
            object_name="duplicates.empty",
        )
        self.empty.hide()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(tools)
        outer.addWidget(self.table, 1)
        outer.addWidget(self.empty, 1)

    # searching

    @property
    def searching(self) -> bool:
        """Whether a search is on its way."""
        return self._progress is not None

    def search(self) -> None:
        """Look through all contacts, in the background."""
        if self._progress is not None:
            return
        progress = self._progress = Progress()
        self._quiet.start()
        self.ctx.tasks.read(
            self,
            lambda r: find_duplicates(r, progress.report),
            self._on_found,
            self._on_not_found,
        )

    def stop(self) -> None:
        """End the search; what was found before stays."""
        if self._progress is not None:
            self._progress.stop()

    def forget(self, gone: int, kept: int | None = None) -> None:
        """A contact was merged away, or told apart from ``kept``: its group says so at once."""
        groups = []
        for group in self.model.groups:
            if gone in group.ids and (kept is None or kept in group.ids):
                ids = tuple(one for one in group.ids if one != gone)
                if len(ids) < 2:
                    continue
                groups.append(type(group)(ids, group.certainty, group.reasons))
            else:
                groups.append(group)
        row = self.table.currentIndex().row()
        self.model.set_groups(groups)
        self._show_counts()
        self.table.select_row(min(row, self.model.rowCount() - 1))
        self.chosen.emit(list(self.current()))

    def current(self) -> tuple[int, ...]:
        """The contacts of the current group."""
        number = self.model.id_at(self.table.currentIndex().row())
        return self.model.groups[number].ids if number >= 0 else ()

    def _on_found(self, found: Duplicates) -> None:
        self._end()
        before = self.current()
        self.contacts = found.contacts
        self.model.set_groups(found.groups)
        self._show_counts()
        self.table.select_row(max(0, self.model.row_of(before)))
        self.chosen.emit(list(self.current()))
        self.searched.emit()

    def _on_not_found(self, error: AppError) -> None:
        self._end()
        if error.code == "app.stopped":
            self._say(self.tr("The search was stopped."), self.tr("Look again"))
        else:
            self._say(self.tr("The search did not end."), self.tr("Look again"))
            self.ctx.show_error(error)

    def _end(self) -> None:
        self._progress = None
        self._quiet.stop()

    # what is said

    def _show_busy(self) -> None:
        if self._progress is not None:
            self._say(self.tr("Looking through all contacts…"), self.tr("Stop"))

    def _show_counts(self) -> None:
        for certainty, chip in self.chips.items():
            count = self.model.count(certainty)
            chip.set_count(count)
            chip.setVisible(certainty is None or count > 0)
        looked = i18n.plural(
            self.contacts or 0,
            self.tr("{n} contact looked through"),
            self.tr("{n} contacts looked through"),
        )
        self._say(looked, self.tr("Look again"))
        some = bool(self.model.groups)
        self.table.setVisible(some)
        self.empty.setVisible(not some and self.contacts is not None)

    def _say(self, text: str, action: str) -> None:
        self.status.setText(text)
        self.action.setText(action)

    def _filter(self, certainty: Certainty | None) -> None:
        self.model.show_certainty(certainty)
        self.table.select_row(0)

    def _merge_by_hand(self) -> None:
        self.ctx.navigate(Target("duplicates", "merge"))

    # reacting

    def _on_action_clicked(self) -> None:
        if self.searching:
            self.stop()
        else:
            self.search()

    def _on_current_changed(self) -> None:
        self.chosen.emit(list(self.current()))

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        if self.contacts is None or changes.command in _TOLD:
            return
        touched = any(changes.touches(table) for table in (*_TABLES, "distinct_contacts"))
        if touched and changes.command in _TAKEN_BACK and self.isVisible():
            self.search()
        elif touched and not self.searching:
            self._say(self.tr("Contacts have changed since."), self.tr("Look again"))


def _names(listed: ListedGroup) -> Cell:
    return Cell(listed.title(), reasons_text(listed.group.reasons), weight=600)


def _certainty(listed: ListedGroup) -> Cell:
    certainty = listed.group.certainty
    if certainty is Certainty.CERTAIN:
        return Cell(chip=certainty_word(certainty), tone=certainty_tone(certainty))
    token = "text" if certainty is Certainty.LIKELY else "text2"
    return Cell(certainty_word(certainty), token=token)
