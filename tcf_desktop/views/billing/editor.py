"""The full-page invoice editor: form left, the real PDF right, saved while one types."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QSplitter, QVBoxLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.domain.invoice_print import build_document
from tcf_desktop.itemmodels.invoice_list import state_words
from tcf_desktop.services.archive import save_invoice_pdf
from tcf_desktop.services.invoices import DiscardDraft, IssueInvoice, SaveInvoiceDraft
from tcf_desktop.views.billing.content import EditorContent, read_content
from tcf_desktop.views.billing.foot import EditorFoot
from tcf_desktop.views.billing.form import InvoiceForm
from tcf_desktop.views.billing.parts import BillingScreen
from tcf_desktop.views.billing.preview import PreviewPane
from tcf_desktop.views.common import hairline
from tcf_desktop.views.context import Target
from tcf_desktop.views.page import HeaderButton, PageCommand

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

_SAVE_MS: Final = 300
_FORM_WIDTH: Final = 560
_PREVIEW_WIDTH: Final = 540
_LEAST_PANE: Final = 300


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
        self._narrow = False
        self._wants_preview = True
        self._saving = 0
        self._missed = False  # a read came while something was being stored
        self._saved_at: int | None = None
        self._build()
        self._timer = QTimer(self, singleShot=True, interval=_SAVE_MS)
        self._timer.timeout.connect(self.save)
        ctx.bus.committed.connect(self._on_bus_committed)

    # building

    def _build(self) -> None:
        self.form = InvoiceForm()
        self.form.setMinimumWidth(_FORM_WIDTH - 140)
        self.form.edited.connect(self._on_form_edited)
        self.form.refused.connect(self._on_form_refused)
        self.form.visitsRequested.connect(self._on_form_visits_requested)
        self.preview = PreviewPane(self.ctx)
        self.preview.setMinimumWidth(260)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("invoice.splitter")
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(self.form)
        self.splitter.addWidget(self.preview)
        self.splitter.setSizes([700, _PREVIEW_WIDTH])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.splitter, 1)
        column.addWidget(hairline())
        self.foot = EditorFoot()
        self.foot.issueRequested.connect(self._on_issue_requested)
        self.foot.pdfRequested.connect(self._on_save_pdf_clicked)
        for moved in (
            self.form.verticalScrollBar().valueChanged,
            self.form.verticalScrollBar().rangeChanged,
        ):
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
        if self._content is None or self._content.detail.is_draft:
            return self.tr("New invoice")
        return self.tr("Invoice {number}").format(number=self._content.detail.number)

    def chip(self) -> tuple[str, str] | None:
        """The state in a word."""
        if self._content is None:
            return None
        detail = self._content.detail
        overdue = detail.overdue(date.fromisoformat(self.ctx.today()))
        return state_words(detail.state, overdue=overdue, sent=detail.sent_at is not None)

    def open_target(self, target: Target) -> None:
        if target.id is not None:
            self.open_invoice(target.id)

    def open_invoice(self, invoice_id: int) -> None:
        """Show an invoice; what was being edited is saved first."""
        self.leave()
        self._invoice_id = invoice_id
        self._content = None
        self._saved_at = None
        self._read(first=True)

    def leave(self) -> None:
        """Save what is pending; called when the editor goes out of sight."""
        self.form.table.commit()
        if self._dirty:
            self.save()

    def discard(self) -> None:
        """Put the draft into the trash; the notice offers undo."""
        if self._invoice_id is None or not self.is_draft():
            return
        self._timer.stop()
        self._dirty = False
        name = self._content.detail.customer if self._content is not None else ""

        def done(_result: None) -> None:
            self.ctx.notify(
                self.tr("The draft for {name} was discarded.").format(name=name), undo=True
            )
            self.closeRequested.emit()

        self.ctx.tasks.command(self, DiscardDraft(self._invoice_id), done)

    def header_actions(self) -> list[HeaderButton]:
        if not self.is_draft():
            return []
        return [
            HeaderButton(
                self.tr("Discard draft"),
                self.discard,
                icon="trash",
                object_name="invoice.discard",
            )
        ]

    def commands(self) -> list[PageCommand]:
        if not self.is_draft():
            return []
        return [
            PageCommand(self.tr("Issue invoice"), self.issue, words="send number"),
            PageCommand(self.tr("Discard draft"), self.discard, words="delete"),
        ]

    def regions(self) -> list[QWidget]:
        return [self.form, self.preview.paper]

    def foot_height(self) -> int:
        return self.foot.height()

    def toggle_side_panel(self) -> bool:
        """Show or hide the PDF."""
        self._wants_preview = not self.preview.isVisible()
        self.preview.setVisible(self._wants_preview)
        return True

    def layout_state(self) -> dict[str, Any]:
        """How wide the panes are, where both are to be seen."""
        sizes = self.splitter.sizes()
        return {"panes": sizes} if min(sizes) >= _LEAST_PANE else {}

    def restore_layout(self, state: dict[str, Any]) -> None:
        """Take up what :meth:`layout_state` gave; anything odd is left alone."""
        sizes = state.get("panes")
        if (
            isinstance(sizes, list)
            and len(sizes) == 2
            and all(isinstance(size, int) and size >= _LEAST_PANE for size in sizes)
        ):
            self.splitter.setSizes(sizes)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for both, the form comes first; F9 still shows the PDF."""
        super().resizeEvent(event)
        narrow = event.size().width() < _FORM_WIDTH + 400
        if narrow != self._narrow:
            self._narrow = narrow
            self.preview.setVisible(self._wants_preview and not narrow)

    def _read(self, *, first: bool = False) -> None:
        invoice_id, today = self._invoice_id, self.ctx.today()

        def answer(content: EditorContent | None) -> None:
            if invoice_id == self._invoice_id:
                self._take(content, first=first)

        self.ctx.tasks.read(self, lambda r: read_content(r, invoice_id, today), answer)

    def _take(self, content: EditorContent | None, *, first: bool) -> None:
        if content is None or content.detail.deleted:
            self._invoice_id = None
            self.closeRequested.emit()
            return
        if not first and (self._dirty or self._saving):
            self._missed = True
            return
        self._missed = False
        if not first and self._content is not None and content == self._content:
            return
        keep = not first and content.detail.is_draft and self._same_text(content)
        self._content = content
        if keep:
            self.form.take_notes(content.notes)
        else:
            self.form.show_content(content, self.ctx.today())
        if self._saved_at is None:
            self._saved_at = content.detail.updated_at
        self._show_foot()
        self._show_preview(at_once=first)
        self.headerChanged.emit()
        if first:
            if content.detail.is_draft and not content.detail.lines:
                self.form.table.edit_new_row()
            self.shown.emit(content.detail.id)

    def _same_text(self, content: EditorContent) -> bool:
        """Whether the form already shows what was read: then nothing under the cursor moves."""
        old = self._content
        if old is None or not old.detail.is_draft:
            return False
        same = (old.places, old.taxes, old.prices, old.defaults) == (
            content.places,
            content.taxes,
            content.prices,
            content.defaults,
        )
        stored = content.detail
        draft = self.form.draft()
        return same and (
            draft.bill_to, draft.po, draft.issued_on, draft.terms_days, draft.tax_id,
            draft.message, draft.location_id, self.form.lines.totals.amounts,
            tuple((line.name, line.description) for line in draft.lines),
        ) == (
            stored.bill_to, stored.po, stored.issued_on or "", stored.terms_days, stored.tax_id,
            stored.message, stored.location_id, tuple(line.amount_cents for line in stored.lines),
            tuple((line.name, line.description) for line in stored.lines),
        )  # fmt: skip

    def _show_preview(self, *, at_once: bool = False) -> None:
        if self._content is not None:
            document = build_document(self.form.facts(), self._content.letterhead)
            self.preview.show_document(document, at_once=at_once)

    def _show_foot(self) -> None:
        if self._content is not None:
            self.foot.show_state(
                self._content,
                dirty=self._dirty,
                saved_at=self._saved_at,
                zone=self.ctx.zone(),
                today=self.ctx.today(),
            )
            self._show_due()

    def _show_due(self) -> None:
        self.foot.show_due(self.form.totals.due, on=not self.form.shows_totals())

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
            self.ctx.show_error(error, self.tr("Saving the draft"))
            self._read()

        command = SaveInvoiceDraft(self._invoice_id, self.form.draft())
        self.ctx.tasks.command(self, command, done, failed)

    def issue(self) -> None:
        """Store, then give the number."""
        invoice_id = self._invoice_id
        if invoice_id is None or not self.is_draft():
            return
        self.form.table.commit()
        self.foot.issue.setEnabled(False)

        def done(number: str) -> None:
            self.foot.issue.setEnabled(True)
            if self.isVisible():
                # The fields are locked now; the focus would slide to the first thing outside.
                self.foot.take_focus()
            self.ctx.notify(self.tr("Invoice {number} was issued.").format(number=number))

        def failed(error: AppError) -> None:
            self.foot.issue.setEnabled(True)
            self.ctx.show_error(error, self.tr("Issuing the invoice"))

        def go() -> None:
            self.ctx.tasks.command(self, IssueInvoice(invoice_id), done, failed)

        self.save(go)

    def save_pdf(self, path: Path) -> None:
        """Write the PDF of what is stored; nothing of it happens on the GUI thread."""
        office, invoice_id, today = self.ctx.office, self._invoice_id, self.ctx.today()
        if invoice_id is None:
            return

        def done(_size: int) -> None:
            self.ctx.notify(self.tr("{file} was saved.").format(file=path.name))

        def go() -> None:
            self.ctx.tasks.run(
                self, lambda: save_invoice_pdf(office, invoice_id, today, path), done
            )

        self.form.table.commit()
        self.save(go)

    # slots

    def _on_form_edited(self) -> None:
        self._dirty = True
        self._timer.start()
        self._show_preview()
        self._show_foot()

    def _on_form_refused(self, error: AppError) -> None:
        self.ctx.notify(str(error))

    def _on_form_visits_requested(self) -> None:
        if self._content is not None and self._content.detail.visits:
            visit, day = self._content.detail.visits[0]
            self.ctx.navigate(Target("schedule", "appointment", visit, day))

    def _on_issue_requested(self) -> None:
        if self.foot.issue.isVisible() and self.foot.issue.isEnabled():
            self.issue()

    def _on_save_pdf_clicked(self) -> None:
        assert self._content is not None
        number = self._content.detail.number or self.tr("draft")
        dialog = QFileDialog(self, self.tr("Save PDF"))
        dialog.setObjectName("invoice.pdfDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("PDF files (*.pdf)"))
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(self.tr("Invoice {number}.pdf").format(number=number))
        dialog.fileSelected.connect(lambda path: self.save_pdf(Path(path)))
        dialog.open()

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        tables = (
            "business",
            "taxes",
            "tax_parts",
            "services",
            "number_series",
            "locations",
            "notes",
            "contacts",
            "list_prices",
            "price_lists",
            "location_measures",
        )
        ours = self._invoice_id is not None and self._invoice_id in changes.ids("invoices")
        if self._invoice_id is not None and (ours or changes.touches(*tables)):
            self._read()
