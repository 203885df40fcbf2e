"""The list of proposals: search, filters, sorting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.itemmodels.proposal_list import (
    CUSTOMER,
    FOLLOW_UP,
    NUMBER,
    SENT,
    STATE,
    TITLE,
    TOTAL,
    VALID,
    ProposalListModel,
)
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries import proposals as queries
from tcf_desktop.services.queries.proposals import ProposalList, ProposalRow
from tcf_desktop.views.billing.parts import BillingTab
from tcf_desktop.views.common import (
    Cell,
    DataLabel,
    EmptyState,
    FilterChip,
    ListTable,
    SearchField,
    TwoLineDelegate,
    hairline,
)
from tcf_desktop.views.context import Target
from tcf_desktop.views.page import HeaderButton

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

_RELOAD_MS: Final = 60
_NAMES_ROOM: Final = 200
_LIST, _EMPTY, _NO_MATCH = range(3)


class ProposalsTab(BillingTab):
    """What was offered, what waits for an answer, and whom to ask again."""

    loaded = Signal()

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._generation = 0
        self._text, self._shown = "", "all"
        self._sort, self._descending = "sent", True
        self._stale = True
        self.model = ProposalListModel(self._fetch, ctx.today)
        self._build()
        theme().changed.connect(self._fit_columns)
        self._timer = QTimer(self, singleShot=True, interval=_RELOAD_MS)
        self._timer.timeout.connect(self.reload)
        ctx.bus.committed.connect(self._on_bus_committed)

    # building

    def _build(self) -> None:
        self.search = SearchField(
            self.tr("Number, customer or title"), object_name="proposals.search"
        )
        self.search.set_delay(_RELOAD_MS)
        self.search.setMaximumWidth(320)
        self.search.searchChanged.connect(self._on_search_changed)
        self.search.leaveRequested.connect(self._on_search_left)
        tools = QHBoxLayout()
        tools.setContentsMargins(24, 12, 24, 10)
        tools.setSpacing(6)
        tools.addWidget(self.search, 1)
        tools.addSpacing(10)
        self.chips = self._build_chips(tools)
        tools.addStretch(1)
        self._build_table()
        self.count = DataLabel("", "caption", "text2", object_name="proposals.count")
        self.sum = DataLabel("", "caption", "text", weight=600, object_name="proposals.sum")
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 9, 24, 9)
        foot.addWidget(self.count, 1)
        foot.addWidget(self.sum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tools)
        column.addLayout(self._stack, 1)
        column.addWidget(hairline())
        column.addLayout(foot)

    def _build_chips(self, tools: QHBoxLayout) -> dict[str, FilterChip]:
        words = {
            "all": self.tr("All"),
            "draft": self.tr("Drafts"),
            "sent": self.tr("Sent"),
            "follow_up": self.tr("Ask again"),
            "accepted": self.tr("Accepted"),
            "declined": self.tr("Declined"),
            "expired": self.tr("Expired"),
        }
        group = QButtonGroup(self)
        chips = {}
        for key, text in words.items():
            chip = FilterChip(text, object_name=f"proposals.filter.{key}")
            chip.setChecked(key == "all")
            group.addButton(chip)
            tools.addWidget(chip)
            chips[key] = chip
        group.buttonClicked.connect(self._on_group_button_clicked)
        return chips

    def _build_table(self) -> None:
        self.table = ListTable(lines=1, object_name="billing.proposals", outer=24)
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("Proposals"))
        header = self.table.horizontalHeader()
        for number, column in enumerate(self.model.columns):
            self.table.setItemDelegateForColumn(
                number, TwoLineDelegate(_cell(self.model, number), self.table)
            )
            if column.stretch:
                header.setSectionResizeMode(number, header.ResizeMode.Stretch)
        header.setAccessibleName(self.tr("Columns of the proposals"))
        header.setSortIndicatorShown(True)
        header.setSortIndicator(SENT, Qt.SortOrder.DescendingOrder)
        header.sectionClicked.connect(self._on_header_section_clicked)
        self.table.activatedRow.connect(self._on_table_activated_row)
        empty = EmptyState(
            "file-text",
            self.tr("What you offer to customers is kept here, with what became of it."),
            button=(self.tr("New proposal"), self.new_here),
            object_name="proposals.empty",
        )
        self._no_match = EmptyState(
            "magnifying-glass",
            "",
            link=(self.tr("Show all proposals"), self.show_all),
            object_name="proposals.nothing",
        )
        self._stack = QStackedLayout()
        for widget in (self.table, empty, self._no_match):
            self._stack.addWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """As wide as the text is large; names, amounts and states survive before the rest."""
        colors, header = theme(), self.table.horizontalHeader()
        widths = {
            number: colors.scaled(column.width)
            for number, column in enumerate(self.model.columns)
            if not column.stretch
        }
        room = self.width() - colors.scaled(_NAMES_ROOM) - sum(widths.values())
        for number in (VALID, FOLLOW_UP, TITLE, SENT):
            hidden = room < 0
            if hidden != self.table.isColumnHidden(number):
                self.table.setColumnHidden(number, hidden)
            room += widths[number] if hidden else 0
        for number, width in widths.items():
            if not self.table.isColumnHidden(number) and header.sectionSize(number) != width:
                header.resizeSection(number, width)
        self.table.refresh_edges()

    # what the page asks

    def header_actions(self) -> list[HeaderButton]:
        return [
            HeaderButton(
                self.tr("New proposal"),
                self.new_here,
                icon="plus",
                primary=True,
                tooltip=self.tr("New proposal (Ctrl+N)"),
                object_name="proposals.new",
            )
        ]

    def new_here(self) -> bool:
        self.targeted.emit(Target("billing", "new_proposal"))
        return True

    def focus_search(self) -> bool:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
        return True

    def show_value(self, value: str) -> None:
        if value in self.chips:
            self.chips[value].setChecked(True)
            self._shown = value
            self.reload()

    def shown(self) -> None:
        if self._stale:
            self.reload()

    # asking

    def reload(self) -> None:
        """Read the list again as it is filtered and sorted."""
        self._stale = False
        self._generation += 1
        generation, today = self._generation, self.ctx.today()
        text, shown, sort, down = self._text, self._shown, self._sort, self._descending

        def ask(r: Any) -> tuple[ProposalList, dict[str, int]]:
            found = queries.proposal_list(
                r, today, text=text, shown=shown, sort=sort, descending=down
            )
            return found, queries.proposal_counts(r, today)

        def answer(found: tuple[ProposalList, dict[str, int]]) -> None:
            if generation == self._generation:
                self._take(*found)

        self.ctx.tasks.read(self, ask, answer)

    def show_all(self) -> None:
        """Drop search and filter."""
        self._text = ""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.show_value("all")

    def _fetch(self, ids: Sequence[int]) -> dict[int, ProposalRow]:
        return self.ctx.tasks.read_now(lambda r: queries.proposal_rows(r, ids))

    def _take(self, found: ProposalList, counts: dict[str, int]) -> None:
        current = self.table.currentIndex()
        marked = self.model.id_at(current.row()) if current.isValid() else None
        self.model.invalidate()
        self.model.set_ids(found.ids)
        for key, chip in self.chips.items():
            chip.set_count(counts[key])
        self._choose_view()
        number = len(found.ids)
        words = i18n.plural(number, self.tr("{n} proposal"), self.tr("{n} proposals"))
        self.count.setText(words if number else "")
        money = i18n.money(found.total_cents, self.ctx.currency())
        self.sum.setText(self.tr("Total {money}").format(money=money) if number else "")
        if marked is not None and marked in found.ids:
            self.table.select_row(found.ids.index(marked))
        self.counted.emit(counts["follow_up"])
        self.loaded.emit()
        self.headerChanged.emit()

    def _choose_view(self) -> None:
        if self.model.rowCount():
            self._stack.setCurrentIndex(_LIST)
        elif self._text:
            text = self._text if len(self._text) <= 60 else self._text[:59] + "…"
            self._no_match.text.setText(self.tr("Nothing matches “{text}”.").format(text=text))
            self._stack.setCurrentIndex(_NO_MATCH)
        elif self._shown != "all":
            self._no_match.text.setText(self.tr("No proposal is in this state."))
            self._stack.setCurrentIndex(_NO_MATCH)
        else:
            self._stack.setCurrentIndex(_EMPTY)

    # slots

    def _on_search_changed(self, text: str) -> None:
        self._text = text
        self.reload()

    def _on_search_left(self) -> None:
        self.table.setFocus()
        if self.model.rowCount() and not self.table.currentIndex().isValid():
            self.table.select_row(0)

    def _on_group_button_clicked(self) -> None:
        self._shown = next(key for key, chip in self.chips.items() if chip.isChecked())
        self.reload()

    def _on_header_section_clicked(self, section: int) -> None:
        key = self.model.columns[section].sort
        if not key:
            return
        if key == self._sort:
            self._descending = not self._descending
        else:
            self._sort, self._descending = key, section not in {CUSTOMER, TITLE}
        order = Qt.SortOrder.DescendingOrder if self._descending else Qt.SortOrder.AscendingOrder
        self.table.horizontalHeader().setSortIndicator(section, order)
        self.reload()

    def _on_table_activated_row(self, row: int) -> None:
        self.targeted.emit(Target("billing", "proposal", self.model.id_at(row)))

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        if changes.touches("proposals", "contacts"):
            self._stale = True
            if self.isVisible():
                self._timer.start()


def _cell(model: ProposalListModel, number: int) -> Callable[[ProposalRow], Cell]:
    """The painter's recipe of one column."""
    column = model.columns[number]

    def state(row: ProposalRow) -> Cell:
        return Cell(chip=column.text(row), tone=column.tone(row))

    def amount(row: ProposalRow) -> Cell:
        return Cell(column.text(row), right=True, weight=600)

    def words(row: ProposalRow) -> Cell:
        usual = "text" if number in {CUSTOMER, NUMBER} else "text2"
        return Cell(column.text(row), token=column.tone(row) or usual)

    return {STATE: state, TOTAL: amount}.get(number, words)
