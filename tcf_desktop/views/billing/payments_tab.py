"""The list of payments: search, filters, sorting, and a pane for the one that is marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.itemmodels.payment_list import (
    AMOUNT,
    APPLIED,
    CUSTOMER,
    DATE,
    KIND,
    LEFT,
    METHOD,
    REFERENCE,
    PaymentListModel,
)
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries import payments as queries
from tcf_desktop.services.queries.payments import PaymentList, PaymentRow
from tcf_desktop.views.billing.deposit_actions import DepositActions
from tcf_desktop.views.billing.parts import BillingTab
from tcf_desktop.views.billing.payment_pane import PaymentPane
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
_LIST, _EMPTY, _NO_MATCH = range(3)


class PaymentsTab(BillingTab):
    """What came in and went out, with what it settled."""

    loaded = Signal()

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._generation = 0
        self._text, self._shown = "", "all"
        self._sort, self._descending = "date", True
        self._stale = True
        self.model = PaymentListModel(self._fetch)
        self.deposits = DepositActions(ctx, self)
        self._build()
        self._timer = QTimer(self, singleShot=True, interval=_RELOAD_MS)
        self._timer.timeout.connect(self.reload)
        ctx.bus.committed.connect(self._on_bus_committed)

    # building

    def _build(self) -> None:
        self.search = SearchField(
            self.tr("Customer, reference, amount or invoice"), object_name="payments.search"
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
        self.pane = PaymentPane(self.ctx)
        self.pane.targeted.connect(self.targeted)
        self.pane.shownChanged.connect(self._on_pane_shown_changed)
        self.pane.hide()
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addLayout(self._stack, 1)
        middle.addWidget(self.pane)
        self.count = DataLabel("", "caption", "text2", object_name="payments.count")
        self.sum = DataLabel("", "caption", "text", weight=600, object_name="payments.sum")
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 9, 24, 9)
        foot.addWidget(self.count, 1)
        foot.addWidget(self.sum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tools)
        column.addLayout(middle, 1)
        column.addWidget(hairline())
        column.addLayout(foot)

    def _build_chips(self, tools: QHBoxLayout) -> dict[str, FilterChip]:
        words = {
            "all": self.tr("All"),
            "unapplied": self.tr("Credit left"),
            "undeposited": self.tr("Cash and checks to deposit"),
            "refunds": self.tr("Given back or up"),
            "reversed": self.tr("Reversed"),
        }
        group = QButtonGroup(self)
        chips = {}
        for key, text in words.items():
            chip = FilterChip(text, object_name=f"payments.filter.{key}")
            chip.setChecked(key == "all")
            group.addButton(chip)
            tools.addWidget(chip)
            chips[key] = chip
        group.buttonClicked.connect(self._on_group_button_clicked)
        return chips

    def _build_table(self) -> None:
        self.table = ListTable(lines=1, object_name="billing.payments", outer=24)
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("Payments"))
        header = self.table.horizontalHeader()
        for number, column in enumerate(self.model.columns):
            self.table.setItemDelegateForColumn(
                number, TwoLineDelegate(_cell(self.model, number), self.table)
            )
            if column.stretch:
                header.setSectionResizeMode(number, header.ResizeMode.Stretch)
            else:
                header.resizeSection(number, column.width + (16 if number in {DATE, KIND} else 0))
        header.setAccessibleName(self.tr("Columns of the payments"))
        header.setSortIndicatorShown(True)
        header.setSortIndicator(DATE, Qt.SortOrder.DescendingOrder)
        header.sectionClicked.connect(self._on_header_section_clicked)
        self.table.selectionModel().currentRowChanged.connect(self._on_current_row_changed)
        empty = EmptyState(
            "money",
            self.tr("What customers pay is recorded here, with the invoices it settles."),
            button=(self.tr("Receive payment"), self.new_here),
            object_name="payments.empty",
        )
        self._no_match = EmptyState(
            "magnifying-glass",
            "",
            link=(self.tr("Show all payments"), self.show_all),
            object_name="payments.nothing",
        )
        self._stack = QStackedLayout()
        for widget in (self.table, empty, self._no_match):
            self._stack.addWidget(widget)

    # what the page asks

    def header_actions(self) -> list[HeaderButton]:
        count = len(self._to_deposit())
        return [
            HeaderButton(
                self.tr("Deposit slips"),
                self._nothing,
                icon="file-text",
                menu=self.deposits.fill_menu,
                object_name="payments.slips",
            ),
            HeaderButton(
                self.tr("Put on a deposit slip"),
                self.make_slip,
                icon="buildings",
                enabled=count > 0,
                tooltip="" if count else self.tr("Choose “Cash and checks to deposit” first"),
                object_name="payments.deposit",
            ),
            HeaderButton(
                self.tr("Receive payment"),
                self.new_here,
                icon="plus",
                primary=True,
                tooltip=self.tr("Receive payment (Ctrl+N)"),
                object_name="payments.new",
            ),
        ]

    def _nothing(self) -> None:
        """A button with a menu only opens it."""

    def _to_deposit(self) -> list[int]:
        """The marked ones, or all that are listed, while what waits for the bank is shown."""
        if self._shown != "undeposited":
            return []
        marked = self.table.selected_rows()
        rows = marked if len(marked) > 1 else range(self.model.rowCount())
        return [self.model.id_at(row) for row in rows]

    def make_slip(self) -> None:
        """Put what waits for the bank on a slip."""
        chosen = self._to_deposit()
        if chosen:
            self.deposits.make(chosen)

    def new_here(self) -> bool:
        self.targeted.emit(Target("billing", "payment"))
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
        generation = self._generation
        text, shown, sort, down = self._text, self._shown, self._sort, self._descending

        def ask(r: Any) -> tuple[PaymentList, dict[str, int]]:
            found = queries.payment_list(r, text=text, shown=shown, sort=sort, descending=down)
            return found, queries.payment_counts(r)

        def answer(found: tuple[PaymentList, dict[str, int]]) -> None:
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

    def _fetch(self, ids: Sequence[int]) -> dict[int, PaymentRow]:
        return self.ctx.tasks.read_now(lambda r: queries.payment_rows(r, ids))

    def _take(self, found: PaymentList, counts: dict[str, int]) -> None:
        marked = self.pane.payment_id
        self.model.invalidate()
        self.model.set_ids(found.ids)
        for key, chip in self.chips.items():
            chip.set_count(counts[key])
        self._choose_view()
        number = len(found.ids)
        words = i18n.plural(number, self.tr("{n} payment"), self.tr("{n} payments"))
        self.count.setText(words if number else "")
        currency = self.ctx.currency()
        text = self.tr("In less out {moved}, not applied {left}").format(
            moved=i18n.money(found.moved_cents, currency),
            left=i18n.money(found.unapplied_cents, currency),
        )
        self.sum.setText(text if number else "")
        if marked is not None and marked in found.ids:
            self.table.select_row(found.ids.index(marked))
            self.pane.show_payment(marked)
        else:
            self.pane.clear()
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
            self._no_match.text.setText(self.tr("No payment is in this state."))
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
            self._sort, self._descending = key, section != CUSTOMER
        order = Qt.SortOrder.DescendingOrder if self._descending else Qt.SortOrder.AscendingOrder
        self.table.horizontalHeader().setSortIndicator(section, order)
        self.reload()

    def _on_current_row_changed(self, current: Any, _previous: Any) -> None:
        if current.isValid():
            self.pane.show_payment(self.model.id_at(current.row()))

    def _on_pane_shown_changed(self, shown: bool) -> None:
        for column in (METHOD, REFERENCE, APPLIED, LEFT):  # the pane says them
            self.table.setColumnHidden(column, shown)

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        if changes.touches("payments", "deposit_slips", "allocations", "invoices", "contacts"):
            self._stale = True
            if self.isVisible():
                self._timer.start()


def _cell(model: PaymentListModel, number: int) -> Callable[[PaymentRow], Cell]:
    """The painter's recipe of one column."""
    column = model.columns[number]

    def state(row: PaymentRow) -> Cell:
        return Cell(chip=column.text(row), tone=column.tone(row))

    def amount(row: PaymentRow) -> Cell:
        dim = row.reversed or (number == LEFT and not row.unapplied_cents)
        weight = 600 if number == AMOUNT and not dim else 400
        return Cell(column.text(row), right=True, weight=weight, token="text2" if dim else "text")

    def words(row: PaymentRow) -> Cell:
        return Cell(column.text(row), token="text" if number == CUSTOMER else "text2")

    return {KIND: state, AMOUNT: amount, LEFT: amount}.get(number, words)
