"""What could not be done, in words, above the page: it stays until it is read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.qtkit.a11y import announce
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common.buttons import IconButton, LinkButton
from tcf_desktop.views.common.labels import DataLabel, IconLabel


class ProblemBar(QWidget):
    """Icon, what happened, what to do; details can be copied. Escape closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("window.problem")
        self._code = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 10, 16, 10)
        row.setSpacing(12)
        row.addWidget(IconLabel("warning-circle", "bad", 18), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.what = DataLabel("", "body", "bad", weight=600, wrap=True)
        self.what.setObjectName("window.problem.what")
        self.todo = DataLabel("", "body", "text", wrap=True)
        self.todo.setObjectName("window.problem.todo")
        words.addWidget(self.what)
        words.addWidget(self.todo)
        row.addLayout(words, 1)
        self._copy = LinkButton(self.tr("Copy details"), object_name="window.problem.copy")
        self._copy.clicked.connect(self._on_copy_clicked)
        row.addWidget(self._copy)
        self.close_button = IconButton(
            "x", self.tr("Close"), object_name="window.problem.close", framed=False, shortcut="Esc"
        )
        self.close_button.clicked.connect(self.hide)
        row.addWidget(self.close_button)
        self.hide()
        theme().changed.connect(self.update)

    def show_error(self, error: AppError, context: str = "") -> None:
        """Show the words of an error; ``context`` names what was tried."""
        words = words_of(error)
        self._code = words.code
        self.what.setText(f"{context} {words.what}".strip() if context else words.what)
        self.todo.setText(words.todo)
        self.todo.setVisible(bool(words.todo))
        self.show()
        announce(self, words.text(), assertive=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), colors.color("badTint"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colors.color("line"))
        painter.end()

    def _on_copy_clicked(self) -> None:
        text = f"{self.what.text()} {self.todo.text()}\n[{self._code}]"
        QGuiApplication.clipboard().setText(text)
