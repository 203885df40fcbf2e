"""The full-page invoice editor: form left, the real PDF right, saved while one types."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.domain.invoice_print import build_document
from tcf_desktop.itemmodels.invoice_list import row_state
from tcf_desktop.services.invoices import IssueInvoice, SaveInvoiceDraft, SaveInvoiceNote
from tcf_desktop.views.billing.content import EditorContent, read_content
from tcf_desktop.views.billing.document_titles import document_title
from tcf_desktop.views.billing.editor_commands import EditorCommands
from tcf_desktop.views.billing.editor_panes import EditorPanes
from tcf_desktop.views.billing.foot import EditorFoot
from tcf_desktop.views.billing.form import InvoiceForm
from tcf_desktop.views.billing.issued_actions import InvoiceActions
from tcf_desktop.views.billing.issued_card import IssuedCard
from tcf_desktop.views.billing.parts import BillingScreen
from tcf_desktop.views.billing.preview import PreviewPane
from tcf_desktop.views.common import hairline
from tcf_desktop.views.context import Target
from tcf_desktop.views.page import HeaderButton, PageCommand

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

_SAVE_MS: Final = 300
# Besides the document itself: what the form offers, warns of and offers to use.
_WATCHED: Final = (
    "business", "taxes", "tax_parts", "tax_codes", "tax_part_rates", "services", "number_series",
    "locations", "notes", "contacts", "contact_emails", "consent_events", "list_prices",
    "price_lists", "location_measures", "settings", "messages", "payments", "allocations",
)  # fmt: skip


class InvoiceEditor(BillingScreen):
    """``closeRequested`` when it is done with."""

    shown = Signal(int)  # the invoice with this id is on the screen
    saved = Signal()

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__(ctx)
        self.setObjectName("invoice.editor")
        self._content: EditorContent | None = None
        self._invoice_id: int | None = None
        self._dirty = False
        self._saving = 0
        self._missed = False  # a read came while something was being stored
        self._saved_at: int | None = None
        self.actions_ = InvoiceActions(ctx, self)
        self.actions_.targeted.connect(self.targeted)
        self._build()
        self.offers = EditorCommands(self)
        self._timer = QTimer(self, singleShot=True, interval=_SAVE_MS)
        self._timer.timeout.connect(self.save)
        ctx.bus.committed.connect(self._on_bus_committed)

    # building

    def _build(self) -> None:
        self.form = InvoiceForm()
        self.form.edited.connect(self._on_form_edited)
        self.form.refused.connect(self._on_form_refused)
        self.form.sourceRequested.connect(self._on_form_source_requested)
        self.card = IssuedCard()
        self.card.targeted.connect(self.targeted)
        self.card.noted.connect(self._on_card_noted)
        self.form.above.addWidget(self.card)
        self.form.under.addWidget(self.card.own)
        self._show_card(False)
        self.preview = PreviewPane(self.ctx)
        self.preview.printRequested.connect(self.print_out)
        self.preview.pdfRequested.connect(self.ask_for_pdf)
        self.panes = EditorPanes(self.form, self.preview)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.panes, 1)
        column.addWidget(hairline())
        self.foot = EditorFoot()
        self.foot.issueRequested.connect(self.issue)
        bar = self.form.verticalScrollBar()
        for moved in (bar.valueChanged, bar.rangeChanged):
            moved.connect(self._show_due)
        column.addWidget(self.foot)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._on_issue_requested)

    # what the page asks

    @property
    def invoice_id(self) -> int | None:
        return self._invoice_id

    @property
    def content(self) -> EditorContent | None:
        return self._content

    def is_draft(self) -> bool:
        return self._content is not None and self._content.detail.is_draft

    def title(self) -> str:
        """``New invoice``, ``Invoice 1049``."""
        return document_title(None if self._content is None else self._content.detail)

    def chip(self) -> tuple[str, str] | None:
        """The state in a word."""
        if self._content is None:
            return None
        return row_state(self._content.detail, self.ctx.today())

    def open_target(self, target: Target) -> None:
        if target.id is not None:
            self.open_invoice(target.id)
            self.offers.ask_later(target.value)

    def open_invoice(self, invoice_id: int) -> None:
        """Show an invoice; what was being edited is saved first."""
        self.leave()
        self.offers.close_pane()
        self._invoice_id = invoice_id
        self._content = None
        self._saved_at = None
        self._read(first=True)

    def leave(self) -> None:
        """Save what is pending; called when the editor goes out of sight."""
        self.form.table.commit()
        self.card.flush()
        if self._dirty:
            self.save()

    def discard(self) -> None:
        """Put the draft into the trash; the notice offers undo."""
        if self._invoice_id is None or not self.is_draft():
            return
        self._timer.stop()
        self._dirty = False
        name = self._content.detail.customer if self._content is not None else ""
        self.actions_.discard(self._invoice_id, name, self.closeRequested.emit)

    def header_actions(self) -> list[HeaderButton]:
        return self.offers.header_actions()

    def commands(self) -> list[PageCommand]:
        return self.offers.commands()

    def payment_target(self) -> Target:
        return self.offers.payment_target()

    def regions(self) -> list[QWidget]:
        return [self.form, self.preview.paper]

    def foot_height(self) -> int:
        return self.foot.height()

    def toggle_side_panel(self) -> bool:
        """Show or hide the PDF."""
        self.panes.toggle()
        return True

    def layout_state(self) -> dict[str, Any]:
        """How wide the panes are."""
        return self.panes.layout_state()

    def restore_layout(self, state: dict[str, Any]) -> None:
        """Take up what :meth:`layout_state` gave."""
        self.panes.restore_layout(state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.panes.take_width(event.size().width()):
            self.headerChanged.emit()

    # reading

    def _read(self, *, first: bool = False) -> None:
        invoice_id, today = self._invoice_id, self.ctx.today()

        def answer(content: EditorContent | None) -> None:
            if invoice_id == self._invoice_id:
                self._take(content, first=first)

        self.ctx.tasks.read(self, lambda r: read_content(r, invoice_id, today), answer)

    def _take(self, content: EditorContent | None, *, first: bool) -> None:
        if content is None or content.detail.deleted:
            self._invoice_id = None
            self._dirty = False
            if not first and self.isVisible():
                self.ctx.notify(self.tr("This draft was discarded. It is in the Trash."))
            self.closeRequested.emit()
            return
        if not first and content.detail.is_draft and (self._dirty or self._saving):
            self._missed = True
            return
        self._missed = False
        if not first and self._content is not None and content == self._content:
            return
        self._note_issue_elsewhere(content, first=first)
        keep = not first and content.detail.is_draft and self._same_text(content)
        self._content = content
        if keep:
            self.form.take_quietly(content)
        else:
            self.form.show_content(content, self.ctx.today())
        self._show_state(content)
        if self._saved_at is None:
            self._saved_at = content.detail.updated_at
        self._show_foot()
        QTimer.singleShot(0, self, self.panes.make_room)
        self._show_preview(at_once=first)
        self.headerChanged.emit()
        if first:
            if content.detail.is_draft and not content.detail.lines:
                self.form.table.edit_new_row()
            self.offers.ask_now()
            self.shown.emit(content.detail.id)

    def _note_issue_elsewhere(self, content: EditorContent, *, first: bool) -> None:
        """Somebody else gave the draft its number while it was open here."""
        if first or content.detail.is_draft or not self.is_draft() or self.foot.is_busy:
            return
        lost = self._dirty
        self._dirty = False
        self._timer.stop()
        text = self.tr("This draft was issued as {number} in another window.")
        if lost:
            text = self.tr("It was issued as {number} in another window, without the last change.")
        self.ctx.notify(text.format(number=content.detail.number))

    def _show_card(self, on: bool) -> None:
        for part in (self.card, self.card.own):
            part.setVisible(on)

    def _show_state(self, content: EditorContent) -> None:
        self._show_card(not content.detail.is_draft)
        if not content.detail.is_draft:
            self.card.show_content(content, self.ctx.today(), self.ctx.zone())

    def _same_text(self, content: EditorContent) -> bool:
        """Whether the form already shows what was read: then nothing under the cursor moves."""
        old = self._content
        if old is None or not old.detail.is_draft:
            return False
        same = (old.places, old.taxes, old.codes, old.prices, old.defaults) == (
            content.places,
            content.taxes,
            content.codes,
            content.prices,
            content.defaults,
        )
        return same and self.form.shows(content.detail)

    def _show_preview(self, *, at_once: bool = False) -> None:
        assert self._content is not None
        detail = self._content.detail
        if detail.is_draft:
            document = build_document(self.form.facts(), self._content.letterhead)
            self.preview.show_document(document, at_once=at_once)
        else:
            self.preview.show_kept(detail.id, detail.state)

    def _show_foot(self) -> None:
        if self._content is not None:
            blocking = [check.text for check in self.form.checks() if check.blocking]
            self.foot.show_state(
                self._content,
                dirty=self._dirty,
                saved_at=self._saved_at,
                zone=self.ctx.zone(),
                today=self.ctx.today(),
                blocked=" ".join(blocking[:1]),
            )
            self._show_due()

    def _show_due(self) -> None:
        totals = self.form.totals
        self.foot.show_due(totals.due_label, totals.due, on=not self.form.shows_totals())

    # writing

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Store the draft now."""
        self._timer.stop()
        if self._invoice_id is None or not self.is_draft() or not self._dirty:
            if then is not None:
                then()
            return
        self._dirty = False
        self._saving += 1

        def done(_result: None) -> None:
            self._saving -= 1
            self._saved_at = self.ctx.clock.now_ms()
            self._show_foot()
            if self._missed:
                self._read()
            self.saved.emit()
            if then is not None:
                then()

        def failed(error: AppError) -> None:
            self._saving -= 1
            self._dirty = error.code != "invoice.issued"
            self.foot.set_busy(False)
            self.ctx.show_error(error, self.tr("Saving the draft"))
            self._read()

        command = SaveInvoiceDraft(self._invoice_id, self.form.draft())
        self.ctx.tasks.command(self, command, done, failed)

    def issue(self, deliver: bool = False) -> None:
        """Store, give the number, and (``deliver``) prepare the mail or print."""
        invoice_id, content = self._invoice_id, self._content
        if invoice_id is None or content is None or not self.is_draft():
            return
        self.form.table.commit()
        self.foot.set_busy(True)
        mail = content.mail
        command = IssueInvoice(invoice_id, use_credit=self.form.use_credit)

        def done(number: str) -> None:
            self.foot.set_busy(False)
            if self.isVisible():
                # The fields are locked now; the focus would slide to the first thing outside.
                self.foot.take_focus()
            self.actions_.give_out(invoice_id, number, mail, deliver=deliver)

        def failed(error: AppError) -> None:
            self.foot.set_busy(False)
            self.ctx.show_error(error, self.tr("Issuing the invoice"))

        def go() -> None:
            self.ctx.tasks.command(self, command, done, failed)

        self.save(go)

    def stored_then(self, then: Callable[[int, str], None]) -> None:
        """Store what is pending, then go on with the id and a name for files."""
        invoice_id, content = self._invoice_id, self._content
        if invoice_id is None or content is None:
            return
        title = document_title(content.detail, for_file=True)
        self.form.table.commit()
        self.save(lambda: then(invoice_id, title))

    def print_out(self) -> None:
        """Put it on paper."""
        issued = not self.is_draft()
        self.stored_then(lambda ident, title: self.actions_.print_out(ident, title, issued=issued))

    def ask_for_pdf(self) -> None:
        """Ask where the PDF shall go."""
        self.stored_then(self.actions_.ask_for_pdf)

    # slots

    def _on_form_edited(self) -> None:
        self._dirty = True
        self._timer.start()
        self._show_preview()
        self._show_foot()

    def _on_form_refused(self, error: AppError) -> None:
        self.ctx.notify(str(error))

    def _on_form_source_requested(self) -> None:
        assert self._content is not None
        detail = self._content.detail
        if detail.corrects_id is not None:
            self.targeted.emit(Target("billing", "invoice", detail.corrects_id))
        elif detail.visits:
            visit, day = detail.visits[0]
            self.ctx.navigate(Target("schedule", "appointment", visit, day))
        elif detail.proposal_id is not None:
            self.targeted.emit(Target("billing", "proposal", detail.proposal_id))

    def _on_card_noted(self) -> None:
        if self._invoice_id is not None:
            note, hold = self.card.note.text(), self.card.hold.isChecked()
            command = SaveInvoiceNote(self._invoice_id, note, hold)
            self.ctx.tasks.command(self, command, lambda _: None)

    def _on_issue_requested(self) -> None:
        if self.is_draft() and self.foot.blocked:
            self.ctx.notify(self.foot.blocked)
        elif self.foot.issue.isVisible() and self.foot.issue.isEnabled():
            self.issue(deliver=True)

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        ours = self._invoice_id is not None and self._invoice_id in changes.ids("invoices")
        if self._invoice_id is not None and (ours or changes.touches(*_WATCHED)):
            self._read()
