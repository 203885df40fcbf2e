"""What the Billing page is made of: lists behind its tabs, and screens that stand over them.

A new list or screen is a line in :data:`TABS` or :data:`SCREENS`; it is made at its first use.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, Signal
from PySide6.QtWidgets import QWidget

from tcf_desktop.views.common import Surface
from tcf_desktop.views.context import Target
from tcf_desktop.views.page import HeaderButton, PageCommand

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

_V: Final = "tcf_desktop.views.billing"


class BillingTab(Surface):
    """One list of the page.

    ``counted`` sets the number beside its name; ``targeted`` asks for another place of the page.
    """

    counted = Signal(int)
    headerChanged = Signal()
    targeted = Signal(object)

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.ctx = ctx

    def header_actions(self) -> list[HeaderButton]:
        """Buttons of the header while the list is shown, the primary one last."""
        return []

    def commands(self) -> list[PageCommand]:
        """Commands while the list is shown."""
        return []

    def shown(self) -> None:
        """Called each time it comes to the front."""

    def show_value(self, value: str) -> None:
        """Show what an address says beyond the list: a filter."""

    def focus_search(self) -> bool:
        """Ctrl+F; False when it has no search of its own."""
        return False

    def payment_target(self) -> Target:
        """Where money is taken in for what is marked."""
        return Target("billing", "payment")

    def new_here(self) -> bool:
        """Ctrl+N; False when the page makes a new invoice."""
        return False


class BillingScreen(Surface):
    """Something that takes the whole page, with a way back to the lists."""

    headerChanged = Signal()
    closeRequested = Signal()
    targeted = Signal(object)

    def __init__(self, ctx: ViewContext, ground: str = "surface") -> None:
        super().__init__(ground)
        self.ctx = ctx

    def open_target(self, target: Target) -> None:
        """Show what an address names."""

    def title(self) -> str:
        """The name in the header."""
        return ""

    def chip(self) -> tuple[str, str] | None:
        """A state beside the name: (word, tone)."""
        return None

    def header_actions(self) -> list[HeaderButton]:
        """Buttons of the header, the primary one last."""
        return []

    def commands(self) -> list[PageCommand]:
        """Commands while it is shown."""
        return []

    def payment_target(self) -> Target:
        """Where money is taken in for what is shown."""
        return Target("billing", "payment")

    def leave(self) -> None:
        """Called before something else is shown: what was typed is stored."""

    def regions(self) -> Sequence[QWidget]:
        """What F6 goes through."""
        return []

    def foot_height(self) -> int:
        """The height of a bar at the bottom, above which messages stand."""
        return 0

    def toggle_side_panel(self) -> bool:
        """F9; False when there is no side."""
        return False

    def layout_state(self) -> dict[str, Any]:
        """Sizes to remember."""
        return {}

    def restore_layout(self, state: dict[str, Any]) -> None:
        """Sizes that were remembered."""


@dataclass(frozen=True, slots=True)
class TabPart:
    """A list: its key in addresses, its name, where its class is (``module:Class``)."""

    key: str
    label: str
    maker: str


TABS: Final = (
    TabPart("to_invoice", str(QT_TRANSLATE_NOOP("BillingPage", "To invoice")),
            f"{_V}.to_invoice_tab:ToInvoiceTab"),
    TabPart("invoices", str(QT_TRANSLATE_NOOP("BillingPage", "Invoices")),
            f"{_V}.invoices_tab:InvoicesTab"),
    TabPart("proposals", str(QT_TRANSLATE_NOOP("BillingPage", "Proposals")),
            f"{_V}.proposals_tab:ProposalsTab"),
    TabPart("payments", str(QT_TRANSLATE_NOOP("BillingPage", "Payments")),
            f"{_V}.payments_tab:PaymentsTab"),
)  # fmt: skip
# Kind of an address → the screen that shows it.
SCREENS: Final = {
    "invoice": f"{_V}.editor:InvoiceEditor",
    "new": f"{_V}.choose_customer:ChooseCustomer",
    "payment": f"{_V}.payment_screen:PaymentScreen",
    "proposal": f"{_V}.proposal_editor:ProposalEditor",
    "raise_prices": f"{_V}.raise_screen:RaiseScreen",
    "batch": f"{_V}.batch_screen:BatchScreen",
    "new_proposal": f"{_V}.choose_customer:ChooseForProposal",
}


def made(maker: str, ctx: ViewContext) -> Any:
    """The widget that ``module:Class`` names."""
    module, _, name = maker.partition(":")
    return getattr(import_module(module), name)(ctx)
