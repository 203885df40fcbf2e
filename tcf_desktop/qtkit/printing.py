"""Putting finished PDFs on paper through the system's print dialog, page by page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_MOST_DPI: Final = 300


class PrintJob(QObject):
    """PDFs on their way to a printer, one after the other; one page is painted in each turn of the
    event loop. A range of pages that was chosen counts through all of them.

    ``finished`` is called with True when the last page was handed over, with False when the printer
    could not be opened. It goes away by itself.
    """

    def __init__(
        self,
        contents: Sequence[bytes],
        printer: QPrinter,
        finished: Callable[[bool], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._printer, self._finished = printer, finished
        self._contents = list(contents)
        self._document = QPdfDocument(self)
        self._pages: list[int] = []
        self._before = 0  # pages of the documents that were taken up
        self._painter = QPainter()

    def start(self) -> None:
        """Begin with the first page."""
        if not self._has_more() or not self._painter.begin(self._printer):
            self._end(done=False)
            return
        QTimer.singleShot(0, self, self._paint_next)

    def _has_more(self) -> bool:
        """Take up the next document that has a page to print, where this one has none left."""
        first, last = self._printer.fromPage(), self._printer.toPage()
        while not self._pages and self._contents:
            self._document.deleteLater()
            self._document = QPdfDocument(self)
            buffer = QBuffer(self._document)
            buffer.setData(QByteArray(self._contents.pop(0)))
            buffer.open(QBuffer.OpenModeFlag.ReadOnly)
            self._document.load(buffer)
            count = self._document.pageCount()
            self._pages = [
                page
                for page in range(count)
                if not first or first <= self._before + page + 1 <= last
            ]
            self._before += count
        return bool(self._pages)

    def _paint_next(self) -> None:
        page = self._pages.pop(0)
        dots = min(self._printer.resolution(), _MOST_DPI)
        points = self._document.pagePointSize(page)
        size = QSize(round(points.width() * dots / 72), round(points.height() * dots / 72))
        image = self._document.render(page, size)
        room = self._painter.viewport()
        fitted = size.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left = (room.width() - fitted.width()) // 2
        self._painter.drawImage(QRect(left, 0, fitted.width(), fitted.height()), image)
        if self._has_more():
            self._printer.newPage()
            QTimer.singleShot(0, self, self._paint_next)
        else:
            self._painter.end()
            self._end(done=True)

    def _end(self, *, done: bool) -> None:
        self._finished(done)
        self.deleteLater()


def print_pdf(
    parent: QWidget, content: bytes, title: str, finished: Callable[[bool], object]
) -> None:
    """Ask for the printer and print; see :func:`print_pdfs`."""
    print_pdfs(parent, (content,), title, finished)


def print_pdfs(
    parent: QWidget, contents: Sequence[bytes], title: str, finished: Callable[[bool], object]
) -> None:
    """Ask for the printer once and print all of them; ``finished`` as in :class:`PrintJob`, and
    not called when the dialog is closed without printing."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setObjectName("print.dialog")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.accepted.connect(lambda: PrintJob(contents, printer, finished, parent).start())
    dialog.show()
