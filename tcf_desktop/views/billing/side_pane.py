"""A pane at the right of an issued document, for what has to be asked before it is done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common import (
    DataLabel,
    FormField,
    IconButton,
    PlainButton,
    PrimaryButton,
    ScrollPane,
    Surface,
    TextArea,
    hairline,
)

_LEAST_WIDTH = 400


class SidePane(Surface):
    """A title, what is asked, and one button that does it. ``closed`` when it is left undone."""

    closed = Signal()
    agreed = Signal()

    def __init__(self, name: str, button: str, icon: str) -> None:
        super().__init__("surface")
        self.setObjectName(name)
        self.setMinimumWidth(theme().scaled(_LEAST_WIDTH))
        self.title = DataLabel("", "subtitle", weight=600)
        close = IconButton("x", self.tr("Close (Esc)"), framed=False, object_name=f"{name}.close")
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setContentsMargins(16, 4, 12, 4)
        head.addWidget(self.title, 1)
        head.addWidget(close)
        self.pane: ScrollPane = ScrollPane("surface")
        self.body = self.pane.layout_
        self.body.setContentsMargins(16, 12, 16, 16)
        self.body.setSpacing(12)
        self.why = DataLabel("", "caption", "bad", wrap=True, object_name=f"{name}.why")
        self.keep = PlainButton(self.tr("Cancel"), object_name=f"{name}.cancel")
        self.keep.clicked.connect(self.closed)
        self.do = PrimaryButton(button, icon, object_name=f"{name}.do")
        self.do.clicked.connect(self.agreed)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 10)
        foot.setSpacing(10)
        foot.addWidget(self.why, 1)
        foot.addWidget(self.keep)
        foot.addWidget(self.do)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(hairline())
        column.addWidget(self.pane, 1)
        column.addWidget(hairline())
        column.addLayout(foot)

    def set_why(self, text: str) -> None:
        """Why it cannot be done as it stands; empty when it can."""
        self.why.setText(text)
        self.do.setEnabled(not text)
        self.do.setToolTip(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.do.click()
        else:
            super().keyPressEvent(event)


class VoidPane(SidePane):
    """Asks for the reason; ``agreed`` when it was given."""

    def __init__(self) -> None:
        super().__init__("invoice.void", "", "prohibit")
        self.do.setText(self.tr("Declare void"))
        self.explain = DataLabel("", "body", "text2", wrap=True)
        self.reason = TextArea(lines=3, object_name="invoice.void.reason")
        self.reason.textChanged.connect(self._on_reason_changed)
        self.body.addWidget(self.explain)
        self.body.addWidget(FormField(self.tr("Reason"), self.reason))
        self.body.addStretch(1)

    def ask(self, name: str, number: str, *, visits: bool) -> None:
        """Begin anew for a document, such as “invoice 1049”."""
        self.title.setText(self.tr("Void {name}?").format(name=name))
        text = self.tr(
            "The number {number} stays used and the document stays in the list, marked void. It "
            "owes nothing any more. This cannot be undone."
        ).format(number=number)
        if visits:
            text = self.tr("{what} Its visits can be invoiced again.").format(what=text)
        self.explain.setText(text)
        self.reason.setText("")
        self._on_reason_changed()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_reason_changed(self) -> None:
        given = bool(self.reason.text().strip())
        self.set_why("" if given else self.tr("Say why, such as “Wrong customer”."))


def row_of(switch: QWidget, text: str) -> QWidget:
    """A switch with its words beside it."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    row.addWidget(switch)
    row.addWidget(DataLabel(text, "body"), 1)
    return holder
