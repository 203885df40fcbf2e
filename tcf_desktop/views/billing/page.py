"""The Billing page: what is to be invoiced, the invoices, and the editor of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.invoices import DraftInvoice, DraftInvoiceFromAppointments
from tcf_desktop.services.queries.invoices import FILTERS
from tcf_desktop.views.billing.choose_customer import ChooseCustomer
from tcf_desktop.views.billing.editor import InvoiceEditor
from tcf_desktop.views.billing.invoices_tab import InvoicesTab
from tcf_desktop.views.billing.to_invoice_tab import ToInvoiceTab
from tcf_desktop.views.common import Surface, TabRow
from tcf_desktop.views.context import Target
from tcf_desktop.views.page import HeaderButton, Page, PageCommand
from tcf_desktop.views.window_commands import focus_pane

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

_LISTS, _EDITOR, _CHOOSE = range(3)
_TO_INVOICE: Final = "to_invoice"
_INVOICES: Final = "invoices"


class BillingPage(Page):
    """Targets: ``to_invoice``, ``invoices`` (value: a filter), a filter itself (``overdue``),
    ``invoice`` with an id, ``new`` (id: the customer), ``draft_visits`` (value: appointment ids).
    """

    key = "billing"
    ground = "surface"

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__(ctx)
        self.to_invoice = ToInvoiceTab(ctx)
        self.invoices = InvoicesTab(ctx)
        self.editor = InvoiceEditor(ctx)
        self.choose = ChooseCustomer(ctx)
        self._build()

    def _build(self) -> None:
        self.tabs = TabRow(
            [(_TO_INVOICE, self.tr("To invoice")), (_INVOICES, self.tr("Invoices"))],
            object_name="billing.tabs",
        )
        self.tabs.chosen.connect(self._on_tabs_chosen)
        self._tab_stack = QStackedWidget()
        self._tab_stack.addWidget(self.to_invoice)
        self._tab_stack.addWidget(self.invoices)
        lists = Surface("surface")
        column = QVBoxLayout(lists)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self._tab_stack, 1)
        self._stack = QStackedWidget()
        for widget in (lists, self.editor, self.choose):
            self._stack.addWidget(widget)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.to_invoice.ticksChanged.connect(self.headerChanged)
        self.to_invoice.counted.connect(lambda count: self.tabs.set_count(_TO_INVOICE, count))
        for tab in (self.to_invoice, self.invoices):
            tab.newRequested.connect(self._on_new_requested)
        self.invoices.opened.connect(self.open_invoice)
        self.editor.headerChanged.connect(self.headerChanged)
        self.editor.closeRequested.connect(self.show_lists)
        self.choose.chosen.connect(self._on_choose_chosen)

    # what the header shows

    def title(self) -> str:
        place = self._stack.currentIndex()
        if place == _EDITOR:
            return self.editor.title()
        return self.tr("New invoice") if place == _CHOOSE else self.tr("Billing")

    def chip(self) -> tuple[str, str] | None:
        return self.editor.chip() if self._stack.currentIndex() == _EDITOR else None

    def back_action(self) -> Callable[[], object] | None:
        return None if self._stack.currentIndex() == _LISTS else self.show_lists

    def header_actions(self) -> list[HeaderButton]:
        place = self._stack.currentIndex()
        if place == _EDITOR:
            return self._editor_actions()
        if place == _CHOOSE:
            return []
        new = HeaderButton(
            self.tr("New invoice"),
            self._on_new_requested,
            icon="plus",
            primary=self.tab == _INVOICES,
            tooltip=self.tr("New invoice (Ctrl+N)"),
            object_name="billing.new",
        )
        if self.tab == _INVOICES:
            return [new]
        ticked = len(self.to_invoice.ticked())
        create = HeaderButton(
            self.tr("Create invoices"),
            self.create_invoices,
            icon="receipt",
            primary=True,
            enabled=ticked > 0,
            tooltip="" if ticked else self.tr("Tick at least one visit first"),
            object_name="billing.create",
        )
        return [new, create]

    def _editor_actions(self) -> list[HeaderButton]:
        if not self.editor.is_draft():
            return []
        return [
            HeaderButton(
                self.tr("Discard draft"),
                self.editor.discard,
                icon="trash",
                object_name="invoice.discard",
            )
        ]

    def commands(self) -> list[PageCommand]:
        if self._stack.currentIndex() == _EDITOR:
            if not self.editor.is_draft():
                return []
            return [
                PageCommand(self.tr("Issue invoice"), self.editor.issue, words="send number"),
                PageCommand(self.tr("Discard draft"), self.editor.discard, words="delete"),
            ]
        return [PageCommand(self.tr("New invoice"), self._on_new_requested, words="bill draft")]

    # life

    @property
    def tab(self) -> str:
        """The chosen tab."""
        return self.tabs.key()

    def shown(self) -> None:
        self.to_invoice.shown()
        self.invoices.shown()

    def hideEvent(self, event: Any) -> None:
        self.editor.leave()
        super().hideEvent(event)

    def open_target(self, target: Target) -> None:
        if target.kind == "invoice" and target.id is not None:
            self.open_invoice(target.id)
        elif target.kind == "new":
            if target.id is None:
                self._on_new_requested()
            else:
                self._on_choose_chosen(target.id)
        elif target.kind == "draft_visits":
            ids = tuple(int(part) for part in target.value.split(",") if part.isdigit())
            self._draft(ids)
        elif target.kind == _TO_INVOICE:
            self.show_lists()
            self.show_tab(_TO_INVOICE)
        elif target.kind == _INVOICES or target.kind in FILTERS:
            self.show_lists()
            self.show_tab(_INVOICES)
            self.invoices.show_filter(target.value if target.kind == _INVOICES else target.kind)

    def focus_search(self) -> bool:
        if self._stack.currentIndex() != _LISTS:
            return False
        self.show_tab(_INVOICES)
        self.invoices.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.invoices.search.selectAll()
        return True

    def new_here(self) -> bool:
        self._on_new_requested()
        return True

    def step_tab(self, by: int) -> bool:
        if self._stack.currentIndex() != _LISTS:
            return False
        self.tabs.step(by)
        return True

    def toggle_side_panel(self) -> bool:
        if self._stack.currentIndex() != _EDITOR:
            return False
        self.editor.toggle_preview()
        return True

    def foot_height(self) -> int:
        return self.editor.foot.height() if self._stack.currentIndex() == _EDITOR else 0

    def regions(self) -> list[QWidget]:
        place = self._stack.currentIndex()
        if place == _EDITOR:
            return [self.editor.form, self.editor.preview.paper]
        if place == _CHOOSE:
            return [self.choose.search]
        return [self.tabs, self._tab_stack]

    def page_state(self) -> dict[str, Any]:
        return {"tab": self.tab, **self.editor.layout_state()}

    def restore_state(self, state: dict[str, Any]) -> None:
        if state.get("tab") in {_TO_INVOICE, _INVOICES}:
            self.show_tab(str(state["tab"]))
        self.editor.restore_layout(state)

    # what can be done

    def show_tab(self, key: str) -> None:
        """Show a list."""
        self.tabs.set_key(key)
        self._tab_stack.setCurrentIndex(0 if key == _TO_INVOICE else 1)
        self.shown()
        self.headerChanged.emit()

    def show_lists(self) -> None:
        """Leave the editor; what was typed is stored."""
        self.editor.leave()
        self._go(_LISTS)
        self.shown()

    def open_invoice(self, invoice_id: int) -> None:
        """Show an invoice in the editor."""
        self.editor.open_invoice(invoice_id)
        self._go(_EDITOR)
        if not self.editor.isAncestorOf(self.window().focusWidget()):
            # Else the button that was pressed and is gone leaves the focus to whatever follows it.
            focus_pane(self.editor.form, Qt.FocusReason.OtherFocusReason)

    def create_invoices(self) -> None:
        """Make drafts of the ticked visits."""
        self._draft(tuple(row.id for row in self.to_invoice.ticked()))

    def _draft(self, appointment_ids: tuple[int, ...]) -> None:
        def done(made: tuple[int, ...]) -> None:
            text = i18n.plural(
                len(made), self.tr("{n} draft was made."), self.tr("{n} drafts were made.")
            )
            self.ctx.notify(text, undo=True)
            if len(made) == 1:
                self.open_invoice(made[0])
            else:
                self.show_lists()
                self.show_tab(_INVOICES)
                self.invoices.show_filter("draft")

        def failed(error: AppError) -> None:
            self.ctx.show_error(error, self.tr("Creating invoices"))

        self.ctx.tasks.command(self, DraftInvoiceFromAppointments(appointment_ids), done, failed)

    def _go(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self.headerChanged.emit()

    # slots

    def _on_tabs_chosen(self, key: str) -> None:
        self.show_tab(key)

    def _on_new_requested(self) -> None:
        self.editor.leave()
        self._go(_CHOOSE)
        self.choose.begin()

    def _on_choose_chosen(self, contact_id: int) -> None:
        self.ctx.tasks.command(self, DraftInvoice(contact_id), self.open_invoice)
