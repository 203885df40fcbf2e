"""The first step: choose files, or drop them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.importers import suffixes
from tcf_desktop.views.common import (
    DataLabel,
    IconLabel,
    LinkButton,
    Notice,
    PlainButton,
    PrimaryButton,
)
from tcf_desktop.views.imports.words import known_files


class FileStep(QWidget):
    """``filesChosen`` gives the paths."""

    filesChosen = Signal(list)
    stopRequested = Signal()
    leaveRequested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.setObjectName("import.file")
        self._over = False
        self._dialog: QFileDialog | None = None
        self.problem = Notice("", "bad", "warning-circle")
        self.problem.setObjectName("import.problem")
        self.problem.hide()
        self.choose = PrimaryButton(
            self.tr("Choose files…"), "folder-open", object_name="import.choose"
        )
        self.choose.clicked.connect(self.open_dialog)
        cancel = LinkButton(self.tr("Not now"), object_name="import.leave")
        cancel.clicked.connect(self.leaveRequested)
        self.working = QWidget()
        working = QHBoxLayout(self.working)
        working.setContentsMargins(0, 0, 0, 0)
        working.setSpacing(12)
        self.reading = DataLabel("")
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedSize(160, 6)
        stop = PlainButton(self.tr("Stop"), object_name="import.stop_reading")
        stop.clicked.connect(self.stopRequested)
        working.addWidget(self.reading)
        working.addWidget(bar)
        working.addWidget(stop)
        working.addStretch(1)
        self.working.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(14)
        buttons.addWidget(self.choose)
        buttons.addWidget(cancel)
        buttons.addStretch(1)
        inner = QVBoxLayout(self)
        inner.setContentsMargins(32, 28, 32, 28)
        inner.setSpacing(12)
        inner.addWidget(IconLabel("download-simple", "text3", 32))
        inner.addWidget(DataLabel(self.tr("Drop files here, or choose them"), "subtitle"))
        hint = DataLabel(known_files(), color="text2", wrap=True)
        hint.setMaximumWidth(560)
        line = QHBoxLayout()  # a row knows the height of a paragraph that is narrower than itself
        line.addWidget(hint, 1)
        line.addStretch(0)
        inner.addLayout(line)
        inner.addSpacing(4)
        inner.addLayout(buttons)
        inner.addWidget(self.working)
        inner.addWidget(self.problem)
        inner.addStretch(1)

    def open_dialog(self) -> None:
        """The system's file dialog; it does not block the window."""
        known = " ".join(f"*{suffix}" for suffix in suffixes())
        dialog = QFileDialog(self, self.tr("Import"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(
            [
                self.tr("Files that can be read ({known})").format(known=known),
                self.tr("All files (*)"),
            ]
        )
        dialog.filesSelected.connect(self._on_dialog_files_selected)
        dialog.open()

    def show_reading(self, text: str) -> None:
        """Say that the files are being read; empty ends it."""
        self.reading.setText(text)
        self.working.setVisible(bool(text))
        self.choose.setEnabled(not text)

    def show_problem(self, text: str) -> None:
        """Say why the files were refused; empty takes it away."""
        self.problem.set_notice(text, "bad", "warning-circle")
        self.problem.setVisible(bool(text))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self._hover(over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._hover(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._hover(over=False)
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.filesChosen.emit(paths)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(colors.color("selected" if self._over else "surface"))
        pen = QPen(colors.color("accent" if self._over else "buttonLine"), 1)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 8, 8)
        painter.end()

    def _on_dialog_files_selected(self, paths: list[str]) -> None:
        self.filesChosen.emit(paths)

    def _hover(self, *, over: bool) -> None:
        self._over = over
        self.update()
