"""The preview beside the editor: the real PDF, made in the worker process while one types; of an
issued document the kept one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.archive import invoice_pdf
from tcf_desktop.services.invoice_pdf import render_pdf
from tcf_desktop.views.billing.paper import PaperView
from tcf_desktop.views.common import (
    DataLabel,
    IconButton,
    Notice,
    QuietButton,
    Surface,
    hairline,
)

if TYPE_CHECKING:
    from tcf_desktop.domain.print_document import PaperFrame
    from tcf_desktop.ports import Worker
    from tcf_desktop.services.office import Office
    from tcf_desktop.views.context import ViewContext

_PAUSE_MS: Final = 40
_ROOMY: Final = 360


class PreviewPane(Surface):
    """``rendered`` when the newest version is on the screen. ``render`` makes the page of what is
    edited in the worker process, ``kept`` gives the one of what left the house."""

    rendered = Signal()
    printRequested = Signal()
    pdfRequested = Signal()

    def __init__(
        self,
        ctx: ViewContext,
        parent: QWidget | None = None,
        *,
        render: Callable[[Worker, Any], bytes] = render_pdf,
        kept: Callable[[Office, int, str], bytes] = invoice_pdf,
    ) -> None:
        super().__init__("sunken", parent)
        self.ctx = ctx
        self._make, self._keep = render, kept
        self.setObjectName("invoice.preview")
        self._document: PaperFrame | None = None
        self._shown: PaperFrame | None = None
        self._kept: tuple[int, str] | None = None
        self._busy = False
        self.paper = PaperView(object_name="invoice.paper")
        self.paper.shownChanged.connect(self._on_paper_shown_changed)
        self.paper.settled.connect(self.rendered)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._render)
        self._notice = Notice("", "bad", "warning")
        self._notice.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._build_head())
        column.addWidget(hairline())
        column.addWidget(self._notice)
        column.addWidget(self.paper, 1)

    def _build_head(self) -> QHBoxLayout:
        self._title = DataLabel(self.tr("Preview"), "body", weight=600)
        self._where = DataLabel("", "body", "text2", object_name="invoice.pages")
        smaller = IconButton("minus", self.tr("Smaller"), framed=False)
        smaller.clicked.connect(lambda: self.paper.step_zoom(-1))
        larger = IconButton("plus", self.tr("Larger"), framed=False)
        larger.clicked.connect(lambda: self.paper.step_zoom(1))
        fit = QuietButton(self.tr("Fit"), tooltip=self.tr("Fit the width"))
        fit.clicked.connect(lambda: self.paper.set_zoom(0))
        save = IconButton(
            "file-pdf", self.tr("Save PDF…"), framed=False, object_name="invoice.savePdf"
        )
        save.clicked.connect(self.pdfRequested)
        paper = QuietButton(
            self.tr("Print"), "printer", tooltip=self.tr("Print (Ctrl+P)"),
            object_name="invoice.print",
        )  # fmt: skip
        paper.clicked.connect(self.printRequested)
        row = QHBoxLayout()
        row.setContentsMargins(16, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addWidget(self._where)
        row.addStretch(1)
        for button in (smaller, fit, larger, save, paper):
            row.addWidget(button)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In little room the buttons come before the words."""
        super().resizeEvent(event)
        roomy = event.size().width() >= theme().scaled(_ROOMY)
        for label in (self._title, self._where):
            label.setVisible(roomy)

    def show_document(self, document: PaperFrame, *, at_once: bool = False) -> None:
        """Show this document soon; what is typed meanwhile replaces it."""
        self._kept = None
        self._title.setText(self.tr("Preview"))
        self._document = document
        if at_once:
            self._render()
        elif not self._busy:
            self._timer.start()

    def show_kept(self, document_id: int, state: str) -> None:
        """Show an issued document as it left the house; one that is void is marked so."""
        if self._kept == (document_id, state):
            return
        wanted = (document_id, state)
        self._kept, self._document, self._shown = wanted, None, None
        self._timer.stop()
        self._title.setText(self.tr("As it left the house") if state != "void" else self.tr("Void"))
        office, today = self.ctx.office, self.ctx.today()

        def done(content: bytes) -> None:
            if self._kept == wanted:
                self._notice.hide()
                self.paper.show_pdf(content)

        def failed(error: AppError) -> None:
            if self._kept == wanted:
                self._notice.set_notice(str(error), "bad", "warning")
                self._notice.show()

        self.ctx.tasks.run(self, lambda: self._keep(office, document_id, today), done, failed)

    def clear(self) -> None:
        """Show nothing."""
        self._document = self._shown = self._kept = None
        self.paper.clear()

    def _render(self) -> None:
        document = self._document
        if self._busy or document is None or document == self._shown:
            return
        self._busy = True
        worker = self.ctx.office.ports.documents

        def done(content: bytes) -> None:
            self._busy = False
            if self._document is not None:
                self._shown = document
                self._notice.hide()
                self.paper.show_pdf(content)
            self._again()

        def failed(error: AppError) -> None:
            self._busy = False
            if self._document is not None:
                self._shown = document
                self._notice.set_notice(str(error), "bad", "warning")
                self._notice.show()
            self._again()

        self.ctx.tasks.run(self, lambda: self._make(worker, document), done, failed)

    def _again(self) -> None:
        if self._document is not None and self._document != self._shown:
            self._timer.start(0)

    def _on_paper_shown_changed(self, page: int, count: int) -> None:
        text = self.tr("page {page} of {pages}").format(page=page + 1, pages=count)
        self._where.setText(text if count else "")
