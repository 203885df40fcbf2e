"""The Billing page: its lists behind tabs, and the screens that stand over them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.command import Command
from tcf_desktop.services.invoices import DraftInvoice, DraftInvoiceFromAppointments
from tcf_desktop.services.proposals import DraftProposal
from tcf_desktop.services.queries.invoices import FILTERS
from tcf_desktop.views.billing.batch_words import BATCHES
from tcf_desktop.views.billing.parts import SCREENS, TABS, BillingScreen, BillingTab, made
from tcf_desktop.views.common import Surface, TabRow
from tcf_desktop.views.context import Target
from tcf_desktop.views.page import HeaderButton, Page, PageCommand
from tcf_desktop.views.window_commands import focus_pane

if TYPE_CHECKING:
    from tcf_desktop.views.billing.choose_customer import ChooseCustomer
    from tcf_desktop.views.billing.editor import InvoiceEditor
    from tcf_desktop.views.billing.invoices_tab import InvoicesTab
    from tcf_desktop.views.billing.to_invoice_tab import ToInvoiceTab
    from tcf_desktop.views.context import ViewContext


# What is made for a customer → the screen that shows it, and the command.
_DRAFTS: Final[dict[str, tuple[str, Callable[[int], Command[int]]]]] = {
    "new": ("invoice", DraftInvoice),
    "new_proposal": ("proposal", DraftProposal),
}


class BillingPage(Page):
    """Targets: the key of a tab (value: a filter), a filter of the invoices itself (``overdue``),
    the kind of a screen (``invoice`` with an id, ``new`` with or without the customer's id),
    ``draft_visits`` (value: appointment ids), ``batch`` (value: a key of ``BATCHES``).
    """

    key = "billing"
    ground = "surface"

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__(ctx)
        self._tabs: dict[str, BillingTab] = {}
        self._screens: dict[str, BillingScreen] = {}
        self._state: dict[str, Any] = {}
        self._build()

    def _build(self) -> None:
        names = [(part.key, QCoreApplication.translate("BillingPage", part.label)) for part in TABS]
        self.tabs = TabRow(names, object_name="billing.tabs")
        self.tabs.chosen.connect(self.show_tab)
        self._tab_stack = QStackedWidget()
        self._lists = Surface("surface")
        column = QVBoxLayout(self._lists)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self._tab_stack, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._lists)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self._tab_stack.setCurrentWidget(self.tab_of(TABS[0].key))

    # its parts

    def tab_of(self, key: str) -> BillingTab:
        """A list, made at its first use."""
        if key not in self._tabs:
            part = next(part for part in TABS if part.key == key)
            tab: BillingTab = made(part.maker, self.ctx)
            tab.counted.connect(lambda count: self.tabs.set_count(key, count))
            tab.headerChanged.connect(self.headerChanged)
            tab.targeted.connect(self.open_target)
            self._tabs[key] = tab
            self._tab_stack.addWidget(tab)
        return self._tabs[key]

    def screen_of(self, kind: str) -> BillingScreen:
        """A screen, made at its first use."""
        if kind not in self._screens:
            screen: BillingScreen = made(SCREENS[kind], self.ctx)
            screen.restore_layout(self._state)
            screen.headerChanged.connect(self.headerChanged)
            screen.closeRequested.connect(self.show_lists)
            screen.targeted.connect(self.open_target)
            self._screens[kind] = screen
            self._stack.addWidget(screen)
        return self._screens[kind]

    @property
    def to_invoice(self) -> ToInvoiceTab:
        """The list of finished visits."""
        return cast("ToInvoiceTab", self.tab_of("to_invoice"))

    @property
    def invoices(self) -> InvoicesTab:
        """The list of invoices."""
        return cast("InvoicesTab", self.tab_of("invoices"))

    @property
    def editor(self) -> InvoiceEditor:
        """The editor of an invoice."""
        return cast("InvoiceEditor", self.screen_of("invoice"))

    @property
    def choose(self) -> ChooseCustomer:
        """The question whom a new invoice is for."""
        return cast("ChooseCustomer", self.screen_of("new"))

    @property
    def tab(self) -> str:
        """The chosen tab."""
        return self.tabs.key()

    @property
    def over(self) -> BillingScreen | None:
        """What stands over the lists; None while they are to be seen."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, BillingScreen) else None

    # what the header shows

    def title(self) -> str:
        return self.over.title() if self.over is not None else self.tr("Billing")

    def chip(self) -> tuple[str, str] | None:
        return self.over.chip() if self.over is not None else None

    def back_action(self) -> Callable[[], object] | None:
        return None if self.over is None else self.show_lists

    def header_actions(self) -> list[HeaderButton]:
        if self.over is not None:
            return self.over.header_actions()
        return self.tab_of(self.tab).header_actions()

    def commands(self) -> list[PageCommand]:
        if self.over is not None:
            return self.over.commands()
        new = PageCommand(self.tr("New invoice"), self._new_invoice, words="bill draft")
        offer = PageCommand(
            self.tr("New proposal"),
            lambda: self._show_screen(Target("billing", "new_proposal")),
            words="quote estimate offer",
        )
        batches = [
            PageCommand(
                QCoreApplication.translate("BillingBatch", words.command),
                partial(self._show_screen, Target("billing", "batch", value=key)),
                words="batch many at once everything",
            )
            for key, words in BATCHES.items()
        ]
        prices = PageCommand(
            self.tr("Raise prices…"),
            lambda: self._show_screen(Target("billing", "raise_prices")),
            words="increase percent price list",
        )
        return [new, offer, *batches, prices, *self.tab_of(self.tab).commands()]

    # life

    def shown(self) -> None:
        self.to_invoice.shown()  # its count stands beside its name
        self.tab_of(self.tab).shown()

    def hideEvent(self, event: Any) -> None:
        if self.over is not None:
            self.over.leave()
        super().hideEvent(event)

    def open_target(self, target: Target) -> None:
        if target.kind == "draft_visits":
            self.draft_visits(tuple(int(p) for p in target.value.split(",") if p.isdigit()))
        elif target.kind in _DRAFTS and target.id is not None:
            self._draft_for(target.kind, target.id)
        elif target.kind in SCREENS:
            self._show_screen(target)
        elif target.kind in FILTERS:
            self._show_list("invoices", target.kind)
        elif any(part.key == target.kind for part in TABS):
            self._show_list(target.kind, target.value)

    def focus_search(self) -> bool:
        if self.over is not None:
            return False
        if self.tab_of(self.tab).focus_search():
            return True
        self.show_tab("invoices")
        return self.invoices.focus_search()

    def new_here(self) -> bool:
        if self.over is not None or not self.tab_of(self.tab).new_here():
            self._new_invoice()
        return True

    def payment_target(self) -> Target:
        if self.over is not None:
            return self.over.payment_target()
        return self.tab_of(self.tab).payment_target()

    def step_tab(self, by: int) -> bool:
        if self.over is not None:
            return False
        self.tabs.step(by)
        return True

    def toggle_side_panel(self) -> bool:
        return self.over is not None and self.over.toggle_side_panel()

    def foot_height(self) -> int:
        return 0 if self.over is None else self.over.foot_height()

    def regions(self) -> list[QWidget]:
        if self.over is not None:
            return list(self.over.regions())
        return [self.tabs, self._tab_stack]

    def page_state(self) -> dict[str, Any]:
        sizes = dict(self._state)
        for screen in self._screens.values():
            sizes |= screen.layout_state()
        return {**sizes, "tab": self.tab}

    def restore_state(self, state: dict[str, Any]) -> None:
        self._state = {key: value for key, value in state.items() if key != "tab"}
        for screen in self._screens.values():
            screen.restore_layout(self._state)
        if any(part.key == state.get("tab") for part in TABS):
            self.show_tab(str(state["tab"]))

    # what can be done

    def show_tab(self, key: str) -> None:
        """Show a list."""
        self.tabs.set_key(key)
        self._tab_stack.setCurrentWidget(self.tab_of(key))
        self.shown()
        self.headerChanged.emit()

    def show_lists(self) -> None:
        """Leave what stands over the lists; what was typed is stored."""
        if self.over is not None:
            self.over.leave()
        self._stack.setCurrentWidget(self._lists)
        self.headerChanged.emit()
        self.shown()

    def open_invoice(self, invoice_id: int) -> None:
        """Show an invoice in the editor."""
        self._show_screen(Target("billing", "invoice", invoice_id))

    def draft_visits(self, appointment_ids: tuple[int, ...]) -> None:
        """Make drafts of finished visits."""

        def done(made_ids: tuple[int, ...]) -> None:
            text = i18n.plural(
                len(made_ids), self.tr("{n} draft was made."), self.tr("{n} drafts were made.")
            )
            self.ctx.notify(text, undo=True)
            if len(made_ids) == 1:
                self.open_invoice(made_ids[0])
            else:
                self._show_list("invoices", "draft")

        def failed(error: AppError) -> None:
            self.ctx.show_error(error, self.tr("Creating invoices"))

        self.ctx.tasks.command(self, DraftInvoiceFromAppointments(appointment_ids), done, failed)

    def _show_list(self, key: str, value: str = "") -> None:
        self.show_lists()
        self.show_tab(key)
        if value:
            self.tab_of(key).show_value(value)

    def _show_screen(self, target: Target) -> None:
        screen = self.screen_of(target.kind)
        if self.over is not None and self.over is not screen:
            self.over.leave()
        screen.open_target(target)
        self._stack.setCurrentWidget(screen)
        self.headerChanged.emit()
        regions = screen.regions()
        if regions and not screen.isAncestorOf(self.window().focusWidget()):
            # Else the button that was pressed and is gone leaves the focus to whatever follows it.
            focus_pane(regions[0], Qt.FocusReason.OtherFocusReason)

    def _new_invoice(self) -> None:
        self._show_screen(Target("billing", "new"))

    def _draft_for(self, kind: str, contact_id: int) -> None:
        shown, command = _DRAFTS[kind]

        def done(made: int) -> None:
            self._show_screen(Target("billing", shown, made))

        self.ctx.tasks.command(self, command(contact_id), done)
