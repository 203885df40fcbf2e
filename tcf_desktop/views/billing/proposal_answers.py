"""The customer's answer, asked beside the proposal and carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from tcf_desktop.base.errors import AppError
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.services.proposal_acceptance import Accepted
from tcf_desktop.views.billing.editor_panes import EditorPanes
from tcf_desktop.views.billing.proposal_content import ProposalContent
from tcf_desktop.views.billing.proposal_panes import AcceptPane, DeclinePane
from tcf_desktop.views.billing.side_pane import SidePane
from tcf_desktop.views.context import NoticeAction, Target

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext


class ProposalAnswers(QObject):
    """The panes are made at their first use; ``targeted`` leads to the deposit invoice."""

    targeted = Signal(object)

    def __init__(self, ctx: ViewContext, panes: EditorPanes) -> None:
        super().__init__(panes)
        self.ctx, self._panes = ctx, panes
        self.accept_pane: AcceptPane | None = None
        self.decline_pane: DeclinePane | None = None

    def accept(self, content: ProposalContent) -> None:
        """Ask what was accepted."""
        if self.accept_pane is None:
            self.accept_pane = AcceptPane()
            self._add(self.accept_pane)
            self.accept_pane.agreed.connect(self._on_accept_pane_agreed)
        self._panes.ask(self.accept_pane)
        self.accept_pane.ask(content, self.ctx.today())

    def decline(self, content: ProposalContent) -> None:
        """Ask why it was declined."""
        if self.decline_pane is None:
            self.decline_pane = DeclinePane()
            self._add(self.decline_pane)
            self.decline_pane.agreed.connect(self._on_decline_pane_agreed)
        self._panes.ask(self.decline_pane)
        self.decline_pane.ask(content, self.ctx.today())

    def _add(self, pane: SidePane) -> None:
        pane.closed.connect(self._on_pane_closed)
        self._panes.side.addWidget(pane)

    def _refuse(self, pane: SidePane, error: AppError) -> None:
        pane.set_why(words_of(error).text())
        pane.do.setEnabled(True)

    # slots

    def _on_pane_closed(self) -> None:
        self._panes.ask(None)

    def _on_accept_pane_agreed(self) -> None:
        pane = self.accept_pane
        assert pane is not None
        pane.do.setEnabled(False)

        def done(made: Accepted) -> None:
            self._panes.ask(None)
            if made.deposit_id is None:
                self.ctx.notify(self.tr("The proposal was accepted."))
                return
            target = Target("billing", "invoice", made.deposit_id)
            text = self.tr("The proposal was accepted; deposit invoice {number} was issued.")
            action = NoticeAction(self.tr("Show"), lambda: self.targeted.emit(target))
            self.ctx.notify(text.format(number=made.deposit_number), action=action)

        self.ctx.tasks.command(
            self._panes, pane.command(), done, lambda error: self._refuse(pane, error)
        )

    def _on_decline_pane_agreed(self) -> None:
        pane = self.decline_pane
        assert pane is not None

        def done(_none: Any) -> None:
            self._panes.ask(None)
            self.ctx.notify(self.tr("The proposal was declined."), undo=True)

        self.ctx.tasks.command(
            self._panes, pane.command(), done, lambda error: self._refuse(pane, error)
        )
