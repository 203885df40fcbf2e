"""What the invoice editor offers in the header and in the menus, and the panes that ask first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu

from tcf_desktop.domain.documents import OPEN_STATES, DocType, InvoiceState, owes
from tcf_desktop.services.credit_figures import CreditBasis
from tcf_desktop.services.queries.invoice_detail import InvoiceDetail
from tcf_desktop.views.billing.credit_pane import CreditPane
from tcf_desktop.views.billing.document_titles import document_name, document_title
from tcf_desktop.views.billing.side_pane import SidePane, VoidPane
from tcf_desktop.views.context import Target
from tcf_desktop.views.page import HeaderButton, PageCommand

if TYPE_CHECKING:
    from tcf_desktop.views.billing.editor import InvoiceEditor


class EditorCommands(QObject):
    """The commands of the document on the screen; a pane is made at its first use."""

    def __init__(self, editor: InvoiceEditor) -> None:
        super().__init__(editor)
        self.editor = editor
        self._credit: CreditPane | None = None
        self._void: VoidPane | None = None
        self._wish = ""

    @property
    def _detail(self) -> InvoiceDetail | None:
        content = self.editor.content
        return None if content is None else content.detail

    # what is offered

    def header_actions(self) -> list[HeaderButton]:
        """Buttons of the header, the commonest next step last and primary."""
        detail = self._detail
        if detail is None:
            return []
        if detail.is_draft:
            return [
                HeaderButton(
                    self.tr("Discard draft"),
                    self.editor.discard,
                    icon="trash",
                    object_name="invoice.discard",
                )
            ]
        more = HeaderButton(
            self.tr("More"), self._nothing, icon="dots-three", object_name="invoice.moreActions",
            menu=self._fill_menu,
        )  # fmt: skip
        buttons = [more]
        if can_credit(detail) and not self.editor.panes.is_narrow:  # it stands under More too
            buttons.append(
                HeaderButton(
                    self.tr("Credit…"), self.credit, icon="receipt",
                    object_name="invoice.creditButton",
                )
            )  # fmt: skip
        if owes(detail.state, detail.doc_type):
            buttons.append(
                HeaderButton(
                    self.tr("Receive payment"), self.receive, icon="money", primary=True,
                    tooltip=self.tr("Receive payment (Ctrl+Shift+P)"),
                    object_name="invoice.receive",
                )
            )  # fmt: skip
        return buttons

    def commands(self) -> list[PageCommand]:
        """The same for menus and palette, with their keys."""
        detail = self._detail
        if detail is None:
            return []
        found = [
            PageCommand(self.tr("Print…"), self.editor.print_out, "Ctrl+P", words="paper"),
            PageCommand(self.tr("Save PDF…"), self.editor.ask_for_pdf, words="file export"),
            PageCommand(
                self.tr("Duplicate"), self.duplicate, "Ctrl+D", words="copy again",
                object_name="invoice.cmd.duplicate",
            ),
        ]  # fmt: skip
        if detail.is_draft:
            return [
                PageCommand(self.tr("Issue invoice"), self.editor.issue, words="send number"),
                PageCommand(self.tr("Discard draft"), self.editor.discard, words="delete"),
                *found,
            ]
        if detail.state != InvoiceState.VOID:
            found.append(
                PageCommand(
                    self.tr("Send again"), self.send, "Ctrl+Shift+M", words="queue e-mail",
                    object_name="invoice.cmd.send",
                )
            )  # fmt: skip
        if can_credit(detail):
            found.append(PageCommand(self.tr("Credit…"), self.credit, words="take back refund"))
        if can_void(detail):
            found.append(
                PageCommand(
                    self.tr("Void…"), self.void, "Ctrl+Shift+V", words="cancel",
                    object_name="invoice.cmd.void",
                )
            )  # fmt: skip
        return found

    def _fill_menu(self, menu: QMenu) -> None:
        menu.setObjectName("invoice.moreMenu")
        for command in self.commands():
            text = command.text + (f"\t{command.shortcut}" if command.shortcut else "")
            menu.addAction(text, command.run)

    def _nothing(self) -> None:
        """A button with a menu only opens it."""

    # what they do

    def payment_target(self) -> Target:
        """Where money for the document on the screen is taken in."""
        detail = self._detail
        if detail is None or detail.is_draft:
            return Target("billing", "payment")
        return Target("billing", "payment", value=f"invoice:{detail.id}")

    def receive(self) -> None:
        """Go there."""
        self.editor.targeted.emit(self.payment_target())

    def send(self) -> None:
        """A mail, or paper for a customer without an address."""
        content, detail = self.editor.content, self._detail
        if content is None or detail is None or detail.is_draft:
            return
        if content.mail:
            self.editor.actions_.queue_mail(detail.id, str(detail.number), content.mail)
        else:
            self.editor.print_out()

    def duplicate(self) -> None:
        """A new draft like this one."""
        self.editor.stored_then(lambda ident, _title: self.editor.actions_.duplicate(ident))

    def credit(self) -> None:
        """Ask what is credited."""
        detail = self._detail
        if detail is not None and can_credit(detail):
            self.editor.actions_.read_basis(detail.id, self._ask_credit)

    def void(self) -> None:
        """Ask for the reason."""
        detail = self._detail
        if detail is None or not can_void(detail):
            self.editor.ctx.notify(
                self.tr("Only what was issued and not paid can be voided. Credit it instead.")
            )
            return
        if self._void is None:
            self._void = VoidPane()
            self._void.agreed.connect(self._on_void_agreed)
            self._add(self._void)
        self._show(self._void)
        self._void.ask(document_name(detail), str(detail.number), visits=bool(detail.visits))

    def ask_later(self, wish: str) -> None:
        """Open this pane (``void``, ``credit``) when the document has been read."""
        self._wish = wish

    def ask_now(self) -> None:
        """Open the pane that was wished for."""
        wish, self._wish = self._wish, ""
        if wish == "void":
            self.void()
        elif wish == "credit":
            self.credit()

    def is_asking(self) -> bool:
        """Whether a pane is open."""
        return self.editor.panes.is_asking()

    def close_pane(self) -> None:
        """Back to the preview."""
        if self.is_asking():
            self.editor.panes.ask(None)
            self.editor.form.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_credit(self, basis: CreditBasis) -> None:
        detail = self._detail
        if detail is None or str(detail.number) != basis.number:
            return
        if self._credit is None:
            self._credit = CreditPane()
            self._credit.agreed.connect(self._on_credit_agreed)
            self._add(self._credit)
        self._show(self._credit)
        self._credit.ask(detail, basis)

    def _add(self, pane: SidePane) -> None:
        pane.closed.connect(self.close_pane)
        self.editor.panes.side.addWidget(pane)

    def _show(self, pane: SidePane) -> None:
        self.editor.panes.ask(pane)

    # slots

    def _on_credit_agreed(self) -> None:
        detail = self._detail
        if detail is not None and self._credit is not None:
            command = self._credit.command(detail.id)
            self.editor.actions_.credit(command, self.close_pane)

    def _on_void_agreed(self) -> None:
        detail = self._detail
        if detail is not None and self._void is not None:
            title, reason = document_title(detail), self._void.reason.text()
            self.editor.actions_.void(detail.id, title, reason, self.close_pane)


def can_credit(detail: InvoiceDetail) -> bool:
    """Whether something of it may be taken back by a credit note."""
    return detail.doc_type == DocType.INVOICE and detail.state not in {
        InvoiceState.DRAFT,
        InvoiceState.VOID,
    }


def can_void(detail: InvoiceDetail) -> bool:
    """Whether it can be declared void: issued, and no money was received for it."""
    return detail.state in OPEN_STATES and not detail.paid_cents
