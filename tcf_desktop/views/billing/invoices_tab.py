"""The list of invoices: search, filters by state, sorting, the sum of what is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.itemmodels.invoice_list import (
    CUSTOMER,
    DUE,
    ISSUED,
    NUMBER,
    OPEN,
    SENT,
    STATE,
    TOTAL,
    InvoiceListModel,
)
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries import invoices as queries
from tcf_desktop.services.queries.invoices import InvoiceCounts, InvoiceList, InvoiceRow
from tcf_desktop.views.billing.batch_words import BATCHES
from tcf_desktop.views.billing.issued_actions import InvoiceActions
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
from tcf_desktop.views.page import HeaderButton, PageCommand

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

_RELOAD_MS: Final = 60
_SEARCH_MS: Final = 60
_LIST, _EMPTY, _NO_MATCH = range(3)
_NAMES_ROOM: Final = 220
_RARE: Final = ("credit_note", "deposit")


class InvoicesTab(BillingTab):
    """Enter or a double click opens an invoice."""

    loaded = Signal()

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._generation = 0
        self._text, self._shown = "", "all"
        self._sort, self._descending = "issued", True
        self._counts = InvoiceCounts(0, 0, 0, 0, 0, 0)
        self._stale = True
        self.model = InvoiceListModel(self._fetch, ctx.today)
        self._actions = InvoiceActions(ctx, self)
        self._actions.targeted.connect(self.targeted)
        self._build()
        theme().changed.connect(self._fit_columns)
        self._timer = QTimer(self, singleShot=True, interval=_RELOAD_MS)
        self._timer.timeout.connect(self.reload)
        ctx.bus.committed.connect(self._on_bus_committed)

    # building

    def _build(self) -> None:
        self.search = SearchField(self.tr("Number or customer"), object_name="billing.search")
        self.search.set_delay(_SEARCH_MS)
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
        self.count = DataLabel("", "caption", "text2", object_name="billing.count")
        self.sum = DataLabel("", "caption", "text", weight=600, object_name="billing.sum")
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
            "open": self.tr("Open"),
            "overdue": self.tr("Overdue"),
            "paid": self.tr("Paid"),
            "void": self.tr("Void"),
            "credit_note": self.tr("Credit notes"),
            "deposit": self.tr("Deposits"),
        }
        group = QButtonGroup(self)
        chips = {}
        for key, text in words.items():
            chip = FilterChip(text, object_name=f"billing.filter.{key}")
            chip.setChecked(key == "all")
            group.addButton(chip)
            tools.addWidget(chip)
            chip.setVisible(key not in _RARE)
            chips[key] = chip
        group.buttonClicked.connect(self._on_group_button_clicked)
        return chips

    def _build_table(self) -> None:
        self.table = ListTable(lines=1, object_name="billing.invoices", outer=24)
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("Invoices"))
        header = self.table.horizontalHeader()
        for number, column in enumerate(self.model.columns):
            self.table.setItemDelegateForColumn(
                number, TwoLineDelegate(_cell(self.model, number), self.table)
            )
            if column.stretch:
                header.setSectionResizeMode(number, header.ResizeMode.Stretch)
        header.setAccessibleName(self.tr("Columns of the invoices"))
        header.setSortIndicatorShown(True)
        header.setSortIndicator(ISSUED, Qt.SortOrder.DescendingOrder)
        header.sectionClicked.connect(self._on_header_section_clicked)
        self.table.activatedRow.connect(self._on_table_activated_row)
        empty = EmptyState(
            "invoice",
            self.tr("Your invoices live here. They are made from finished visits."),
            button=(self.tr("New invoice"), self.new_here),
            object_name="billing.empty",
        )
        self._no_match = EmptyState(
            "magnifying-glass",
            "",
            link=(self.tr("Show all invoices"), self.show_all),
            object_name="billing.nothing",
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
            number: colors.scaled(column.width + (16 if number in {NUMBER, STATE} else 0))
            for number, column in enumerate(self.model.columns)
            if not column.stretch
        }
        room = self.width() - colors.scaled(_NAMES_ROOM) - sum(widths.values())
        for number in (SENT, DUE, ISSUED):
            hidden = room < 0
            if hidden != self.table.isColumnHidden(number):
                self.table.setColumnHidden(number, hidden)
            room += widths[number] if hidden else 0
        for number, width in widths.items():
            if not self.table.isColumnHidden(number) and header.sectionSize(number) != width:
                header.resizeSection(number, width)
        self.table.refresh_edges()

    # asking

    def shown(self) -> None:
        """Called when the tab comes to the front."""
        if self._stale:
            self.reload()

    def reload(self) -> None:
        """Read the list again as it is filtered and sorted."""
        self._stale = False
        self._generation += 1
        generation, today = self._generation, self.ctx.today()
        text, shown, sort, down = self._text, self._shown, self._sort, self._descending

        def ask(r: Any) -> tuple[InvoiceList, InvoiceCounts]:
            found = queries.invoice_list(
                r, today, text=text, shown=shown, sort=sort, descending=down
            )
            return found, queries.invoice_counts(r, today)

        def answer(found: tuple[InvoiceList, InvoiceCounts]) -> None:
            if generation == self._generation:
                self._take(*found)

        self.ctx.tasks.read(self, ask, answer)

    def header_actions(self) -> list[HeaderButton]:
        return [
            HeaderButton(
                self.tr("Many at once"),
                lambda: None,
                icon="list",
                object_name="billing.batches",
                menu=self._fill_batches,
            ),
            HeaderButton(
                self.tr("New invoice"),
                self.new_here,
                icon="plus",
                primary=True,
                tooltip=self.tr("New invoice (Ctrl+N)"),
                object_name="billing.new",
            ),
        ]

    def _fill_batches(self, menu: QMenu) -> None:
        for key, words in BATCHES.items():
            action = menu.addAction(QCoreApplication.translate("BillingBatch", words.command))
            target = Target("billing", "batch", value=key)
            action.triggered.connect(lambda *_, target=target: self.targeted.emit(target))

    def commands(self) -> list[PageCommand]:
        return [
            PageCommand(self.tr("Duplicate"), self._duplicate, "Ctrl+D", words="copy again"),
            PageCommand(self.tr("Queue e-mail"), self._queue, "Ctrl+Shift+M", words="send"),
            PageCommand(self.tr("Void…"), self._void, "Ctrl+Shift+V", words="cancel"),
        ]

    def payment_target(self) -> Target:
        ids = self.selected_ids()
        if len(ids) != 1:
            return Target("billing", "payment")
        return Target("billing", "payment", value=f"invoice:{ids[0]}")

    def new_here(self) -> bool:
        self.targeted.emit(Target("billing", "new"))
        return True

    def focus_search(self) -> bool:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
        return True

    def show_value(self, value: str) -> None:
        self.show_filter(value)

    def show_filter(self, key: str) -> None:
        """Show one state of invoices."""
        if key in self.chips:
            self.chips[key].setChecked(True)
            self._shown = key
            self.reload()

    def show_all(self) -> None:
        """Drop search and filter."""
        self._text = ""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.show_filter("all")

    def selected_ids(self) -> tuple[int, ...]:
        """The marked invoices, in the order of the list."""
        return tuple(self.model.id_at(row) for row in self.table.selected_rows())

    @property
    def filter_key(self) -> str:
        return self._shown

    def _fetch(self, ids: Sequence[int]) -> dict[int, InvoiceRow]:
        return self.ctx.tasks.read_now(lambda r: queries.invoice_rows(r, ids))

    def _take(self, found: InvoiceList, counts: InvoiceCounts) -> None:
        self._counts = counts
        self.model.set_ids(found.ids)
        for key, chip in self.chips.items():
            chip.set_count(getattr(counts, key))
            # Most offices never have any of these: the room is for the others.
            if key in _RARE:
                chip.setVisible(bool(getattr(counts, key)) or key == self._shown)
        self._choose_view()
        self._show_foot(found)
        self.loaded.emit()

    def _choose_view(self) -> None:
        if self.model.rowCount():
            self._stack.setCurrentIndex(_LIST)
        elif self._text:
            text = self._text if len(self._text) <= 60 else self._text[:59] + "…"
            self._no_match.text.setText(self.tr("Nothing matches “{text}”.").format(text=text))
            self._stack.setCurrentIndex(_NO_MATCH)
        elif self._shown != "all":
            self._no_match.text.setText(self.tr("No invoice is in this state."))
            self._stack.setCurrentIndex(_NO_MATCH)
        else:
            self._stack.setCurrentIndex(_EMPTY)

    def _show_foot(self, found: InvoiceList) -> None:
        number = len(found.ids)
        self.count.setText(
            i18n.plural(number, self.tr("{n} invoice"), self.tr("{n} invoices")) if number else ""
        )
        currency = self.ctx.currency()
        text = self.tr("Issued {total}, open {open}").format(
            total=i18n.money(found.total_cents, currency),
            open=i18n.money(found.open_cents, currency),
        )
        self.sum.setText(text if number else "")

    # what is done with the marked ones

    def _marked(self) -> InvoiceRow | None:
        """The one that is marked; with none or several a word says what to do."""
        rows = self.table.selected_rows()
        if len(rows) != 1:
            self.ctx.notify(self.tr("Mark one invoice first."))
            return None
        return self.model.row_at(rows[0])

    def _duplicate(self) -> None:
        row = self._marked()
        if row is not None:
            self._actions.duplicate(row.id)

    def _void(self) -> None:
        row = self._marked()
        if row is not None:
            self.targeted.emit(Target("billing", "invoice", row.id, "void"))

    def _queue(self) -> None:
        found = (self.model.row_at(at) for at in self.table.selected_rows())
        ids = tuple(row.id for row in found if row and row.state not in {"draft", "void"})
        if ids:
            self._actions.queue_mails(ids)
        else:
            self.ctx.notify(self.tr("Mark invoices that were issued first."))

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
        if key == self._sort:
            self._descending = not self._descending
        else:
            self._sort, self._descending = key, section != CUSTOMER
        order = Qt.SortOrder.DescendingOrder if self._descending else Qt.SortOrder.AscendingOrder
        self.table.horizontalHeader().setSortIndicator(section, order)
        self.reload()

    def _on_table_activated_row(self, row: int) -> None:
        self.targeted.emit(Target("billing", "invoice", self.model.id_at(row)))

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        if not changes.touches("invoices", "contacts", "business"):
            return
        self.model.invalidate(changes.ids("invoices") or None)
        self._stale = True
        if self.isVisible():
            self._timer.start()


def _cell(model: InvoiceListModel, number: int) -> Callable[[InvoiceRow], Cell]:
    """The painter's recipe of one column."""
    column = model.columns[number]

    def state(row: InvoiceRow) -> Cell:
        return Cell(chip=column.text(row), tone=column.tone(row))

    def amount(row: InvoiceRow) -> Cell:
        weight = 600 if number == OPEN and row.open_cents else 400
        token = column.tone(row) or ("text" if number == TOTAL or row.open_cents else "text2")
        return Cell(column.text(row), right=True, weight=weight, token=token)

    def words(row: InvoiceRow) -> Cell:
        strong = number in {NUMBER, CUSTOMER}
        token = column.tone(row) or ("text" if strong else "text2")
        return Cell(column.text(row), weight=600 if number == NUMBER else 400, token=token)

    return {STATE: state, TOTAL: amount, OPEN: amount}.get(number, words)
