"""A few sentences, an optional text to keep, and buttons. Never blocks; says what was chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.views.common import DataLabel, PlainButton, PrimaryButton, Surface, TextArea


class MessageDialog(QDialog):
    """``choices`` are (key, text) from the quietest to the commonest, which is filled."""

    chosen = Signal(str)

    def __init__(
        self,
        title: str,
        text: str,
        choices: list[tuple[str, str]],
        parent: QWidget | None = None,
        *,
        detail: str = "",
        object_name: str = "message",
    ) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setWindowTitle(title)
        self._choice = ""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        ground = Surface("surface")
        outer.addWidget(ground)
        body = QVBoxLayout(ground)
        body.setContentsMargins(24, 20, 24, 20)
        body.setSpacing(12)
        body.addWidget(DataLabel(title, "heading", wrap=True))
        body.addWidget(DataLabel(text, "body", "text2", wrap=True))
        if detail:
            shown = TextArea()
            shown.setObjectName(f"{object_name}.detail")
            shown.setPlainText(detail)
            shown.setReadOnly(True)
            shown.setMinimumHeight(220)
            shown.setAccessibleName(title)
            body.addWidget(shown, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for place, (key, label) in enumerate(choices):
            last = place == len(choices) - 1
            button = PrimaryButton(label) if last else PlainButton(label)
            button.setObjectName(f"{object_name}.{key}")
            button.clicked.connect(lambda _=False, k=key: self._choose(k))
            row.addWidget(button)
            if last:
                button.setDefault(True)
                button.setFocus()
        body.addLayout(row)
        self.setMinimumWidth(480)
        self.setMaximumWidth(760)

    def _choose(self, key: str) -> None:
        self._choice = key
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing without a button is the empty choice."""
        super().closeEvent(event)
        self.chosen.emit(self._choice)
