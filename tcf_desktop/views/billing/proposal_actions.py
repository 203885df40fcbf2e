"""What can be done with a proposal besides writing it: send, print, copy, open again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.qtkit.printing import print_pdf
from tcf_desktop.services.command import Command
from tcf_desktop.services.proposal_acceptance import ReopenProposal
from tcf_desktop.services.proposal_billing import InvoiceProposal
from tcf_desktop.services.proposal_papers import proposal_pdf, save_proposal_pdf
from tcf_desktop.services.proposals import (
    DiscardProposal,
    DuplicateProposal,
    ReviseProposal,
    SendProposal,
    SetFollowUp,
)
from tcf_desktop.views.context import NoticeAction, Target

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext


class ProposalActions(QObject):
    """Bound to the widget it works for; ``targeted`` asks for another place of the page, ``busy``
    says that nothing else can be begun."""

    targeted = Signal(object)
    busyChanged = Signal(bool)

    def __init__(self, ctx: ViewContext, owner: QWidget) -> None:
        super().__init__(owner)
        self.ctx, self._owner = ctx, owner

    def run(self, command: Command[Any], done: Callable[[Any], object], what: str) -> None:
        """Do it, then go on; why it was refused is told."""

        def ready(result: Any) -> None:
            self.busyChanged.emit(False)
            done(result)

        def failed(error: AppError) -> None:
            self.busyChanged.emit(False)
            self.ctx.show_error(error, what)

        self.busyChanged.emit(True)
        self.ctx.tasks.command(self._owner, command, ready, failed)

    def send(self, proposal_id: int, how: str) -> None:
        """Give it its number, keep its page, and mail or print it."""
        self.run(
            SendProposal(proposal_id, how),  # type: ignore[arg-type]
            lambda number: self._give_out(proposal_id, str(number), how),
            self.tr("Sending the proposal"),
        )

    def _give_out(self, proposal_id: int, number: str, how: str) -> None:
        office, today = self.ctx.office, self.ctx.today()

        def kept(content: bytes) -> None:
            if how == "print":
                title = self.tr("Proposal {number}").format(number=number)
                print_pdf(self._owner, content, title, lambda _done: None)
            elif how == "email":
                action = NoticeAction(
                    self.tr("Show"), lambda: self.ctx.navigate(Target("messages", "waiting"))
                )
                text = self.tr("The e-mail with {number} waits under Messages.")
                self.ctx.notify(text.format(number=number), action=action)
            else:
                text = self.tr("Proposal {number} is marked as sent.")
                self.ctx.notify(text.format(number=number))

        self.ctx.tasks.run(self._owner, lambda: proposal_pdf(office, proposal_id, today), kept)

    def discard(self, proposal_id: int, then: Callable[[], object]) -> None:
        """Put a draft into the trash; the notice offers undo."""

        def done(_result: Any) -> None:
            self.ctx.notify(self.tr("The proposal was discarded."), undo=True)
            then()

        self.run(DiscardProposal(proposal_id), done, self.tr("Discarding the proposal"))

    def revise(self, proposal_id: int) -> None:
        """Begin a new version."""
        self.run(ReviseProposal(proposal_id), self._open, self.tr("Writing a new version"))

    def duplicate(self, proposal_id: int) -> None:
        """Begin another proposal with the same lines."""
        self.run(DuplicateProposal(proposal_id), self._open, self.tr("Copying the proposal"))

    def _open(self, proposal_id: int) -> None:
        self.targeted.emit(Target("billing", "proposal", proposal_id))

    def invoice(self, proposal_id: int) -> None:
        """Draft the invoice of what was accepted."""
        self.run(
            InvoiceProposal(proposal_id),
            lambda made: self.targeted.emit(Target("billing", "invoice", made)),
            self.tr("Making the invoice"),
        )

    def reopen(self, proposal_id: int) -> None:
        """Let it wait for an answer again."""
        self.run(
            ReopenProposal(proposal_id),
            lambda _none: self.ctx.notify(self.tr("It waits for an answer again.")),
            self.tr("Opening the proposal again"),
        )

    def ask_again(self, proposal_id: int, on: str) -> None:
        """Set or (empty) take away the day of asking again."""
        text = self.tr("You are reminded on that day.") if on else self.tr("No reminder any more.")
        self.run(
            SetFollowUp(proposal_id, on),
            lambda _none: self.ctx.notify(text, undo=True),
            self.tr("Changing the day"),
        )

    def print_out(self, proposal_id: int, title: str) -> None:
        """Put it on paper."""
        office, today = self.ctx.office, self.ctx.today()

        def made(content: bytes) -> None:
            print_pdf(self._owner, content, title, lambda _done: None)

        self.ctx.tasks.run(self._owner, lambda: proposal_pdf(office, proposal_id, today), made)

    def ask_for_pdf(self, proposal_id: int, title: str) -> None:
        """Ask where the PDF shall go."""
        dialog = QFileDialog(self._owner, self.tr("Save PDF"))
        dialog.setObjectName("proposal.pdfDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("PDF files (*.pdf)"))
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(f"{title.replace(' / ', '-')}.pdf")
        dialog.fileSelected.connect(lambda path: self.save_pdf(proposal_id, Path(path)))
        dialog.open()

    def save_pdf(self, proposal_id: int, path: Path) -> None:
        """Write the PDF of what is stored."""
        office, today = self.ctx.office, self.ctx.today()

        def done(_size: int) -> None:
            self.ctx.notify(self.tr("{file} was saved.").format(file=path.name))

        self.ctx.tasks.run(
            self._owner, lambda: save_proposal_pdf(office, proposal_id, today, path), done
        )
