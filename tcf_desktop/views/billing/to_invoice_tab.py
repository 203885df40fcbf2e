"""Finished visits: tick, see what the invoices will come to, make them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.itemmodels.to_invoice import (
    AMOUNT,
    CREW,
    CUSTOMER,
    DATE,
    SERVICE,
    TICK,
    ToInvoiceModel,
)
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries import invoices as queries
from tcf_desktop.services.queries.invoices import ToInvoiceRow
from tcf_desktop.views.billing.parts import BillingTab
from tcf_desktop.views.billing.tick_table import TickDelegate, TickTable
from tcf_desktop.views.common import (
    Cell,
    DataLabel,
    EmptyState,
    LinkButton,
    TwoLineDelegate,
    hairline,
)
from tcf_desktop.views.context import Target
from tcf_desktop.views.page import HeaderButton

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

_RELOAD_MS: Final = 60
_WIDTHS: Final = {TICK: 52, SERVICE: 300, DATE: 120, CREW: 140, AMOUNT: 124}


class ToInvoiceTab(BillingTab):
    """``counted`` gives the number of visits."""

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._stale = True
        self.model = ToInvoiceModel(ctx.currency)
        self._build()
        self._timer = QTimer(self, singleShot=True, interval=_RELOAD_MS)
        self._timer.timeout.connect(self.reload)
        self.model.ticksChanged.connect(self._on_model_ticks_changed)
        ctx.bus.committed.connect(self._on_bus_committed)

    def _build(self) -> None:
        self.lead = DataLabel("", "body", "text2", object_name="billing.toInvoice.lead")
        self.all = LinkButton(self.tr("Tick all"), object_name="billing.toInvoice.all")
        self.all.clicked.connect(self._on_all_clicked)
        tools = QHBoxLayout()
        tools.setContentsMargins(24, 12, 24, 10)
        tools.setSpacing(12)
        tools.addWidget(self.lead)
        tools.addWidget(self.all)
        tools.addStretch(1)
        self._tools = QWidget()
        self._tools.setLayout(tools)
        self.table = TickTable(object_name="billing.toInvoice", outer=24)
        self.table.setAccessibleName(self.tr("Finished visits that are not invoiced"))
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        header.setSectionsClickable(False)
        header.setAccessibleName(self.tr("Columns of the visits"))
        for column in range(self.model.columnCount()):
            delegate = (
                TickDelegate(self.model)
                if column == TICK
                else TwoLineDelegate(_cell(column, self.ctx.currency))
            )
            delegate.setParent(self.table)
            self.table.setItemDelegateForColumn(column, delegate)
            if column == CUSTOMER:
                header.setSectionResizeMode(column, header.ResizeMode.Stretch)
            else:
                header.resizeSection(column, _WIDTHS[column])
        self.table.tickRequested.connect(self.model.toggle)
        empty = EmptyState(
            "check-circle",
            self.tr("Everything finished is invoiced."),
            button=(self.tr("New invoice"), self.new_here),
            primary=False,
            object_name="billing.toInvoice.empty",
        )
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(empty)
        self.count = DataLabel("", "caption", "text2", object_name="billing.toInvoice.count")
        self.sum = DataLabel("", "caption", "text", weight=600, object_name="billing.toInvoice.sum")
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 9, 24, 9)
        foot.addWidget(self.count, 1)
        foot.addWidget(self.sum)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._tools)
        outer.addLayout(self._stack, 1)
        outer.addWidget(hairline())
        outer.addLayout(foot)

    # the content

    def shown(self) -> None:
        """Called when the tab comes to the front."""
        if self._stale:
            self.reload()

    def header_actions(self) -> list[HeaderButton]:
        ticked = len(self.ticked())
        return [
            HeaderButton(
                self.tr("Invoice all…"),
                self.invoice_all,
                icon="list",
                enabled=bool(self.model.rows),
                tooltip=self.tr("Invoice all finished visits, after a look at the list"),
                object_name="billing.all",
            ),
            HeaderButton(
                self.tr("New invoice"),
                self.new_here,
                icon="plus",
                tooltip=self.tr("New invoice (Ctrl+N)"),
                object_name="billing.new",
            ),
            HeaderButton(
                self.tr("Create invoices"),
                self.create_invoices,
                icon="receipt",
                primary=True,
                enabled=ticked > 0,
                tooltip="" if ticked else self.tr("Tick at least one visit first"),
                object_name="billing.create",
            ),
        ]

    def new_here(self) -> bool:
        self.targeted.emit(Target("billing", "new"))
        return True

    def invoice_all(self) -> None:
        """Look at what all finished visits would make."""
        self.targeted.emit(Target("billing", "batch", value="visits"))

    def create_invoices(self) -> None:
        """Make drafts of the ticked visits."""
        ids = ",".join(str(row.id) for row in self.ticked())
        self.targeted.emit(Target("billing", "draft_visits", value=ids))

    def reload(self) -> None:
        """Read the visits again."""
        self._stale = False
        self.ctx.tasks.read(self, queries.to_invoice, self._take)

    def ticked(self) -> list[ToInvoiceRow]:
        """The ticked visits."""
        return self.model.ticked()

    def _take(self, rows: tuple[ToInvoiceRow, ...]) -> None:
        self.model.set_rows(rows)
        self._stack.setCurrentIndex(0 if rows else 1)
        self._tools.setVisible(bool(rows))
        total = i18n.money(sum(row.total_cents for row in rows), self.ctx.currency())
        lead = i18n.plural(len(rows), self.tr("{n} finished visit"), self.tr("{n} finished visits"))
        self.lead.setText(
            self.tr("{visits}, {total} before tax, are not invoiced yet.").format(
                visits=lead, total=total
            )
        )
        self._show_foot()
        self.headerChanged.emit()
        self.counted.emit(len(rows))

    def _show_foot(self) -> None:
        chosen = self.ticked()
        all_ticked = bool(chosen) and len(chosen) == len(self.model.rows)
        self.all.setText(self.tr("Untick all") if all_ticked else self.tr("Tick all"))
        if not chosen:
            hint = self.tr("Tick the visits that go on invoices.")
            self.count.setText(hint if self.model.rows else "")
            self.sum.setText("")
            return
        visits = i18n.plural(len(chosen), self.tr("{n} visit"), self.tr("{n} visits"))
        made = len({(row.contact_id, row.location_id) for row in chosen})
        invoices = i18n.plural(made, self.tr("{n} invoice"), self.tr("{n} invoices"))
        self.count.setText(
            self.tr("{visits} ticked: {invoices}, one for each customer and place").format(
                visits=visits, invoices=invoices
            )
        )
        total = i18n.money(sum(row.total_cents for row in chosen), self.ctx.currency())
        self.sum.setText(self.tr("{total} before tax").format(total=total))

    # slots

    def _on_all_clicked(self) -> None:
        self.model.tick_all(len(self.ticked()) < len(self.model.rows))

    def _on_model_ticks_changed(self) -> None:
        self._show_foot()
        self.headerChanged.emit()

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        if changes.touches("appointments", "appointment_lines", "invoices", "contacts"):
            self._stale = True
            self._timer.start()


def _cell(column: int, currency: Callable[[], str]) -> Callable[[ToInvoiceRow], Cell]:
    """The painter's recipe of one column."""
    return {
        CUSTOMER: lambda row: Cell(row.customer, row.place, weight=600),
        SERVICE: lambda row: Cell(row.service),
        DATE: lambda row: Cell(i18n.day(row.on, "ddd, MMM d"), token="text2"),
        CREW: lambda row: Cell(row.crew or i18n.DASH, token="text2"),
        AMOUNT: lambda row: Cell(i18n.amount(row.total_cents, currency()), right=True, weight=600),
    }[column]
