"""What can be done with an invoice: give it out, print, credit, void, copy it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.printing import print_pdf
from tcf_desktop.services.archive import invoice_pdf, save_invoice_pdf
from tcf_desktop.services.credit_figures import CreditBasis, credit_basis
from tcf_desktop.services.credit_notes import Credited, CreditInvoice
from tcf_desktop.services.invoice_copies import DuplicateInvoice
from tcf_desktop.services.invoice_messages import QueueInvoiceMessage
from tcf_desktop.services.invoices import DiscardDraft, MarkInvoiceSent, VoidInvoice
from tcf_desktop.views.context import NoticeAction, Target

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext


class InvoiceActions(QObject):
    """Bound to the widget it works for; ``targeted`` asks for another place of the page."""

    targeted = Signal(object)

    def __init__(self, ctx: ViewContext, owner: QWidget) -> None:
        super().__init__(owner)
        self.ctx, self._owner = ctx, owner

    def discard(self, invoice_id: int, name: str, then: Callable[[], object]) -> None:
        """Put a draft into the trash; the notice offers undo."""

        def done(_result: None) -> None:
            text = self.tr("The draft for {name} was discarded.").format(name=name)
            self.ctx.notify(text, undo=True)
            then()

        self.ctx.tasks.command(self._owner, DiscardDraft(invoice_id), done)

    def give_out(self, invoice_id: int, number: str, mail: str, *, deliver: bool) -> None:
        """What follows the issue: a mail, paper where there is no address (``mail`` empty), or
        (not ``deliver``) just a word."""
        if deliver and mail:
            self.queue_mail(invoice_id, number, mail)
            return
        self.ctx.notify(self.tr("Invoice {number} was issued.").format(number=number))
        if deliver:
            title = self.tr("Invoice {number}").format(number=number)
            self.print_out(invoice_id, title, issued=True)

    def queue_mail(self, invoice_id: int, number: str, mail: str) -> None:
        """Keep the document and put a mail with it among the messages that wait."""
        office, today = self.ctx.office, self.ctx.today()

        def queued(_ids: tuple[int, ...]) -> None:
            text = self.tr("The e-mail with {number} to {mail} waits under Messages.")
            action = NoticeAction(
                self.tr("Show"), lambda: self.ctx.navigate(Target("messages", "waiting"))
            )
            self.ctx.notify(text.format(number=number, mail=mail), action=action)

        def failed(error: AppError) -> None:
            self.ctx.show_error(error, self.tr("Preparing the e-mail"))

        def kept(_content: bytes) -> None:
            self.ctx.tasks.command(self._owner, QueueInvoiceMessage((invoice_id,)), queued, failed)

        self.ctx.tasks.run(
            self._owner, lambda: invoice_pdf(office, invoice_id, today), kept, failed
        )

    def queue_mails(self, invoice_ids: tuple[int, ...]) -> None:
        """The same for several documents; customers without an address are passed over."""
        office, today = self.ctx.office, self.ctx.today()

        def queued(made: tuple[int, ...]) -> None:
            text = i18n.plural(
                len(made),
                self.tr("{n} e-mail waits under Messages."),
                self.tr("{n} e-mails wait under Messages."),
            )
            if len(made) < len(invoice_ids):
                text = self.tr("{queued} {count} have no e-mail address.").format(
                    queued=text, count=len(invoice_ids) - len(made)
                )
            self.ctx.notify(text, undo=True)

        def failed(error: AppError) -> None:
            self.ctx.show_error(error, self.tr("Preparing e-mails"))

        def keep() -> None:
            for invoice_id in invoice_ids:
                invoice_pdf(office, invoice_id, today)

        def kept(_result: None) -> None:
            self.ctx.tasks.command(self._owner, QueueInvoiceMessage(invoice_ids), queued, failed)

        self.ctx.tasks.run(self._owner, keep, kept, failed)

    def print_out(self, invoice_id: int, title: str, *, issued: bool) -> None:
        """Put the document on paper; an issued one counts as sent when it was printed."""
        office, today = self.ctx.office, self.ctx.today()

        def printed(done: bool) -> None:
            if not done:
                self.ctx.notify(self.tr("The printer could not be reached. Nothing was printed."))
            elif issued:
                self.ctx.tasks.command(
                    self._owner, MarkInvoiceSent((invoice_id,), "print"), lambda _: None
                )

        def ready(content: bytes) -> None:
            print_pdf(self._owner, content, title, printed)

        self.ctx.tasks.run(self._owner, lambda: invoice_pdf(office, invoice_id, today), ready)

    def ask_for_pdf(self, invoice_id: int, title: str) -> None:
        """Ask where the PDF shall go."""
        dialog = QFileDialog(self._owner, self.tr("Save PDF"))
        dialog.setObjectName("invoice.pdfDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("PDF files (*.pdf)"))
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(f"{title}.pdf")
        dialog.fileSelected.connect(lambda path: self.save_pdf(invoice_id, Path(path)))
        dialog.open()

    def save_pdf(self, invoice_id: int, path: Path) -> None:
        """Write the PDF of what is stored; nothing of it happens on the GUI thread."""
        office, today = self.ctx.office, self.ctx.today()

        def done(_size: int) -> None:
            self.ctx.notify(self.tr("{file} was saved.").format(file=path.name))

        self.ctx.tasks.run(
            self._owner, lambda: save_invoice_pdf(office, invoice_id, today, path), done
        )

    def duplicate(self, invoice_id: int) -> None:
        """A new draft with the same lines."""

        def done(made: int) -> None:
            self.ctx.notify(self.tr("A new draft with the same lines was made."), undo=True)
            self.targeted.emit(Target("billing", "invoice", made))

        def failed(error: AppError) -> None:
            self.ctx.show_error(error, self.tr("Copying the invoice"))

        self.ctx.tasks.command(self._owner, DuplicateInvoice(invoice_id), done, failed)

    def read_basis(self, invoice_id: int, then: Callable[[CreditBasis], None]) -> None:
        """What of an invoice can be credited; ``then`` is called with it."""

        def failed(error: AppError) -> None:
            self.ctx.show_error(error, self.tr("Crediting the invoice"))

        self.ctx.tasks.read(self._owner, lambda r: credit_basis(r.all, invoice_id), then, failed)

    def credit(self, command: CreditInvoice, then: Callable[[], object]) -> None:
        """Issue the credit note and show it; ``then`` comes before that."""

        def done(made: Credited) -> None:
            text = self.tr("Credit note {number} was issued.").format(number=made.number)
            self.ctx.notify(text)
            then()
            self.targeted.emit(Target("billing", "invoice", made.id))

        def failed(error: AppError) -> None:
            self.ctx.show_error(error, self.tr("Issuing the credit note"))

        self.ctx.tasks.command(self._owner, command, done, failed)

    def void(self, invoice_id: int, number: str, reason: str, then: Callable[[], object]) -> None:
        """Declare it void."""

        def done(_result: None) -> None:
            then()
            self.ctx.notify(self.tr("{number} is void and owes nothing.").format(number=number))

        def failed(error: AppError) -> None:
            self.ctx.show_error(error, self.tr("Voiding the invoice"))

        self.ctx.tasks.command(self._owner, VoidInvoice(invoice_id, reason), done, failed)
