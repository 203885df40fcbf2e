"""The people who work here as a list: search, order, and what can be done with one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QStackedWidget,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from tcf_desktop.domain.contacts import fold
from tcf_desktop.itemmodels.columns import Column
from tcf_desktop.itemmodels.id_list_model import SECOND_ROLE, IdListModel
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.team_records import PersonRow, TeamRecords
from tcf_desktop.views.common import (
    Cell,
    DataLabel,
    EmptyState,
    FilterChip,
    ListTable,
    SearchField,
    Surface,
    TwoLineDelegate,
    hairline,
    initials_of,
    paint_avatar,
    paint_row_back,
)
from tcf_desktop.views.common.cell_lines import paint_lines
from tcf_desktop.views.common.flow import FlowRow
from tcf_desktop.views.common.hours import off_text
from tcf_desktop.views.common.tables import ROW_ROLE, Index

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

_AVATAR: Final = 30
_SORTS: Final[dict[str, Callable[[PersonRow], Any]]] = {
    "name": lambda row: fold(row.name),
    "crew": lambda row: (not row.crew, fold(row.crew), fold(row.name)),
    "pay": lambda row: (row.pay_cents is None, row.pay_cents or 0, fold(row.name)),
    "since": lambda row: (row.active_from or "", fold(row.name)),
    "off": lambda row: (row.off is None, row.off.first_on if row.off else "", fold(row.name)),
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("WorkerList", text)


class WorkerList(Surface):
    """``opened`` with a person's id, ``pairRequested`` and ``deleteRequested`` likewise;
    ``crewRequested`` with the person's and the crew's id (None for none)."""

    opened = Signal(int)
    addRequested = Signal()
    pairRequested = Signal(int)
    deleteRequested = Signal(int)
    crewRequested = Signal(int, object)

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__("surface")
        self.ctx = ctx
        self._found: TeamRecords | None = None
        self._left = False
        self._sort = "name"
        self._wanted: int | None = None
        self.search = SearchField(self.tr("Name, phone or crew"), object_name="team.records.search")
        self.search.setMaximumWidth(320)
        self.search.searchChanged.connect(lambda _text: self._show())
        self.search.leaveRequested.connect(self._to_table)
        self.model: IdListModel[PersonRow] = IdListModel(self._columns(), lambda _ids: {})
        self.table = ListTable(object_name="team.records", outer=24)
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("People who work here"))
        self.table.setItemDelegate(_Delegate(parent=self.table))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.activatedRow.connect(self._open)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._on_menu_requested)
        header = self.table.horizontalHeader()
        header.setAccessibleName(self.tr("Columns of the people"))
        header.setSortIndicatorShown(True)
        header.sectionClicked.connect(self._on_header_section_clicked)
        self._lay_out()
        theme().changed.connect(self._fit)

    def _columns(self) -> tuple[Column[PersonRow], ...]:
        return (
            Column(
                "name", self.tr("Name"), lambda row: row.name, _reach, sort="name", stretch=True
            ),
            Column("crew", self.tr("Crew"), _crew, sort="crew", width=130),
            Column("off", self.tr("Days off"), _off, _off_reason, sort="off", width=170),
            Column("since", self.tr("Works here"), _since, sort="since", width=150),
            Column("pay", self.tr("Pay per hour"), self._pay, sort="pay", width=110,
                   align_right=True),
        )  # fmt: skip

    def _lay_out(self) -> None:
        self.chips = {
            False: FilterChip(self.tr("Work here"), object_name="team.records.here"),
            True: FilterChip(self.tr("Left"), object_name="team.records.left"),
        }
        group = QButtonGroup(self)
        chips = FlowRow()
        for left, chip in self.chips.items():
            chip.setChecked(not left)
            group.addButton(chip)
            chips.add(chip)
            chip.clicked.connect(lambda _on=False, left=left: self.show_left(left))
        tools = QHBoxLayout()
        tools.setContentsMargins(24, 12, 16, 10)
        tools.setSpacing(14)
        tools.addWidget(self.search, 2, Qt.AlignmentFlag.AlignTop)
        tools.addWidget(chips, 3)
        self.first = EmptyState(
            "users-three",
            self.tr(
                "The people who do the work live here: crew, pay, hours and days off. Nobody is "
                "entered yet."
            ),
            button=(self.tr("Add a person"), self.addRequested.emit),
            object_name="team.records.first",
        )
        self.empty = EmptyState(
            "users-three",
            "",
            link=(self.tr("Show everybody who works here"), self._on_empty_link),
            object_name="team.records.empty",
        )
        self.stack = QStackedWidget()
        for widget in (self.table, self.first, self.empty):
            self.stack.addWidget(widget)
        self.count = DataLabel("", "caption", "text2", object_name="team.records.count")
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 8, 24, 8)
        foot.addWidget(self.count, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tools)
        column.addWidget(hairline())
        column.addWidget(self.stack, 1)
        column.addWidget(hairline())
        column.addLayout(foot)

    # what the tab asks

    def show_records(self, found: TeamRecords) -> None:
        """Show everybody of a new reading; the chosen one stays chosen."""
        self._found = found
        for left, chip in self.chips.items():
            chip.set_count(sum(row.left is left for row in found.people))
        if self._left and not any(row.left for row in found.people):
            self.show_left(left=False)
        self.chips[True].setVisible(any(row.left for row in found.people))
        self._show()

    def show_left(self, left: bool) -> None:
        """Show those who left, or those who work here."""
        self._left = left
        for one, chip in self.chips.items():
            chip.setChecked(one is left)
        self._show()

    def choose(self, worker_id: int) -> None:
        """Make a person the current row, as soon as the row is there."""
        self._wanted = worker_id
        self._show()

    def current(self) -> PersonRow | None:
        """The chosen person."""
        rows = self.table.selected_rows()
        return self.model.row_at(rows[0]) if rows else None

    # inside

    def _pay(self, row: PersonRow) -> str:
        return "" if row.pay_cents is None else i18n.money(row.pay_cents, self.ctx.currency())

    def _show(self) -> None:
        if self._found is None:
            return
        words = fold(self.search.text()).split()
        rows = [row for row in self._found.people if row.left is self._left]
        shown = [row for row in rows if all(word in _haystack(row) for word in words)]
        shown.sort(key=_SORTS[self._sort.removeprefix("-")], reverse=self._sort.startswith("-"))
        chosen = self.current()
        self.model.set_ids([row.id for row in shown], {row.id: row for row in shown})
        wanted = self._wanted if self._wanted is not None else chosen.id if chosen else None
        if wanted is not None and self.model.place_of(wanted) >= 0:
            self.table.select_row(self.model.place_of(wanted))
            self._wanted = None
        if shown:
            self.stack.setCurrentWidget(self.table)
        elif not self._found.people:
            self.stack.setCurrentWidget(self.first)
        else:
            self.empty.text.setText(
                self.tr("Nobody matches “{text}”.").format(text=self.search.text().strip()[:60])
            )
            self.stack.setCurrentWidget(self.empty)
        self._show_foot(len(shown))

    def _show_foot(self, count: int) -> None:
        section = next(
            n for n, column in enumerate(self.model.columns)
            if column.sort == self._sort.removeprefix("-")
        )  # fmt: skip
        down = self._sort.startswith("-")
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        self.table.horizontalHeader().setSortIndicator(section, order)
        people = i18n.plural(count, self.tr("{n} person"), self.tr("{n} people"))
        by = self.tr("sorted by {column}").format(column=self.model.columns[section].title.lower())
        self.count.setText(i18n.joined([people, by]))

    def _on_header_section_clicked(self, section: int) -> None:
        key = self.model.columns[section].sort
        self._sort = f"-{key}" if self._sort == key else key
        self._show()

    def _on_empty_link(self) -> None:
        self.search.clear()
        self.show_left(left=False)

    def _to_table(self) -> None:
        if self.model.rowCount():
            if self.current() is None:
                self.table.select_row(0)
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _open(self, row: int) -> None:
        self.opened.emit(self.model.id_at(row))

    def _on_menu_requested(self, at: QPoint) -> None:
        menu = self.menu()
        if menu is not None:
            menu.popup(self.table.viewport().mapToGlobal(at))

    def menu(self) -> QMenu | None:
        """What can be done with the chosen person; None when nobody is chosen."""
        row = self.current()
        if row is None or self._found is None:
            return None
        menu = QMenu(self)
        menu.addAction(self.tr("Open"), lambda: self.opened.emit(row.id))
        crews = menu.addMenu(self.tr("Crew from today"))
        for ident, name in [
            *((crew.id, crew.name) for crew in self._found.crews), (None, self.tr("No crew"))
        ]:  # fmt: skip
            action = crews.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(ident == row.crew_id)
            action.triggered.connect(
                lambda _on=False, ident=ident: self.crewRequested.emit(row.id, ident)
            )
        menu.addAction(self.tr("Pair a phone"), lambda: self.pairRequested.emit(row.id))
        menu.addSeparator()
        menu.addAction(self.tr("Delete"), lambda: self.deleteRequested.emit(row.id))
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current()
        if event.key() == Qt.Key.Key_Delete and row is not None and self.table.hasFocus():
            self.deleteRequested.emit(row.id)
        elif event.key() == Qt.Key.Key_N and not event.modifiers():
            self.addRequested.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Columns that have no room go, the least needed first; the name stays whole."""
        header = self.table.horizontalHeader()
        room = self.width() - theme().scaled(240)
        for place in (1, 2, 4, 3):
            wide = theme().scaled(self.model.columns[place].width)
            header.setSectionHidden(place, wide > room)
            if wide <= room:
                header.resizeSection(place, wide)
                room -= wide
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.refresh_edges()


class _Delegate(TwoLineDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if index.column() != 0 or not isinstance(row, PersonRow):
            super().paint(painter, option, index)
            return
        table = self.parent()
        assert isinstance(table, ListTable)
        rect = option.rect
        painter.save()
        paint_row_back(painter, rect, option, index.row(), table, first=True)
        edge = theme().scaled(_AVATAR)
        avatar = rect.adjusted(24, (rect.height() - edge) // 2, 0, 0)
        avatar.setSize(avatar.size().scaled(edge, edge, Qt.AspectRatioMode.IgnoreAspectRatio))
        paint_avatar(painter, avatar, initials_of(row.name), row.color_index)
        room = rect.adjusted(24 + edge + 12, 0, -8, 0)
        paint_lines(painter, room, Cell(row.name, _reach(row), weight=600))
        painter.restore()

    def cell(self, index: Index) -> Cell:
        model = index.model()
        column = model.columns[index.column()] if isinstance(model, IdListModel) else None
        return Cell(
            str(index.data() or ""),
            str(index.data(SECOND_ROLE) or ""),
            right=column is not None and column.align_right,
        )


def _haystack(row: PersonRow) -> str:
    return fold(f"{row.name} {row.phone} {row.email} {row.crew} {row.language} {row.licence}")


def _reach(row: PersonRow) -> str:
    return i18n.joined([row.phone, row.language])


def _crew(row: PersonRow) -> str:
    return row.crew or _tr("No crew")


def _off(row: PersonRow) -> str:
    return "" if row.off is None else off_text(row.off)


def _off_reason(row: PersonRow) -> str:
    return "" if row.off is None else row.off.reason


def _since(row: PersonRow) -> str:
    if row.active_to:
        return _tr("until {day}").format(day=i18n.full_day(row.active_to))
    if row.active_from:
        return _tr("since {day}").format(day=i18n.full_day(row.active_from))
    return ""
