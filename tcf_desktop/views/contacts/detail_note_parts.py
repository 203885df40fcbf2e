"""Parts of notes: who sees one, and a field that holds a megabyte without making anyone wait."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Final, NamedTuple

from PySide6.QtCore import QCoreApplication, QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QTextCursor
from PySide6.QtWidgets import QButtonGroup

from tcf_desktop.domain.contacts import VISIBILITIES, Visibility
from tcf_desktop.qtkit.style import box
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common import BaseButton, TextArea
from tcf_desktop.views.common.flow import FlowRow

_PIECE: Final = 2000  # characters of one laid out block; longer lines cost seconds
_PORTION: Final = 40_000  # characters that are put in at once
_LINES: Final = 4_000  # and lines
_LONG_WORD: Final = 24


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactDetail", text)


class Face(NamedTuple):
    """How a visibility is shown: its words, tone, icon and what it means."""

    text: str
    tone: str
    icon: str
    means: str


def face_of(visibility: str) -> Face:
    """The face of a visibility."""
    if visibility == "crew":
        return Face(
            _tr("Crew sees this"), "warn", "eye", _tr("On the crew's day sheet, never on documents")
        )
    if visibility == "document":
        return Face(
            _tr("Customer sees this"),
            "info",
            "file-text",
            _tr("Printed on invoices under the lines"),
        )
    return Face(_tr("Office only"), "neutral", "lock-simple", _tr("Stays in this office"))


class VisibilityButton(BaseButton):
    """A pill with a visibility's face; filled when it is chosen, or always with ``solid``."""

    type_style = "caption"
    padding = 10
    icon_size = 13

    def __init__(self, visibility: str, *, solid: bool = False, object_name: str = "") -> None:
        self._face = face_of(visibility)
        self._solid = solid
        super().__init__(
            self._face.text, self._face.icon, tooltip=self._face.means, object_name=object_name
        )
        self.setCheckable(not solid)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), max(24, theme().line_height("caption") + 8))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # the picker moves and chooses; a button alone would only move
        else:
            super().keyPressEvent(event)

    def content_token(self) -> str:
        return self._face.tone if self._filled() else "text2"

    def paint_back(self, painter: QPainter) -> None:
        colors, rect = theme(), self.rect()
        radius = rect.height() / 2 - 0.5
        if self._filled():
            edge = colors.color(self._face.tone) if self.is_hot() or self.isChecked() else None
            box(painter, rect, colors.color(f"{self._face.tone}Tint"), edge, radius=radius)
        else:
            fill = colors.color("hover" if self.is_hot() else "surface")
            box(painter, rect, fill, colors.color("buttonLine"), radius=radius)

    def _filled(self) -> bool:
        return self._solid or self.isChecked()


class VisibilityPicker(FlowRow):
    """The three faces, one of which must be chosen; the arrow keys move between them."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(spacing=6)
        self.setObjectName("contacts.note.visibility")
        self.setAccessibleName(_tr("Who may see this note"))
        self._group = QButtonGroup(self)
        self._buttons: dict[Visibility, VisibilityButton] = {}
        for visibility in VISIBILITIES:
            button = VisibilityButton(
                visibility, object_name=f"contacts.note.visibility.{visibility}"
            )
            self._group.addButton(button)
            self._buttons[visibility] = button
            self.add(button)
            button.clicked.connect(self._on_button_clicked)

    def value(self) -> Visibility | None:
        """What was chosen, or None."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), None)

    def set_value(self, visibility: Visibility | None) -> None:
        """Choose without announcing it."""
        self._group.setExclusive(False)
        for key, button in self._buttons.items():
            button.setChecked(key == visibility)
        self._group.setExclusive(True)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        self._buttons[self.value() or "office"].setFocus(reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps:
            keys = list(self._buttons)
            focused = next((n for n, k in enumerate(keys) if self._buttons[k].hasFocus()), 0)
            button = self._buttons[keys[(focused + steps[Qt.Key(event.key())]) % len(keys)]]
            button.setFocus(Qt.FocusReason.TabFocusReason)
            button.click()
            return
        super().keyPressEvent(event)

    def _on_button_clicked(self) -> None:
        self.chosen.emit(self.value() or "")


class NoteText(TextArea):
    """A note's text of any length. Long ones come in portions, a turn of the event loop each.

    Lines that are too long to be laid out in one go are shown as several; :meth:`whole` gives the
    text as it was.
    """

    filled = Signal()

    def __init__(self, *, lines: int = 4, placeholder: str = "", object_name: str = "") -> None:
        super().__init__(lines=lines, placeholder=placeholder, object_name=object_name)
        self._waiting: deque[list[tuple[str, bool]]] = deque()
        self._at: QTextCursor | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_timer_timeout)

    def load(self, text: str) -> None:
        """Show a text from its beginning."""
        self._waiting.clear()
        self.clear()
        self._put(text, QTextCursor(self.document()))
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def is_filled(self) -> bool:
        """Whether everything that was given is there."""
        return not self._waiting

    def whole(self) -> str:
        """The text without the breaks that were only for showing it; waits for no portion."""
        parts: list[str] = []
        block = self.document().firstBlock()
        while block.isValid():
            if parts and block.userState() != 1:
                parts.append("\n")
            parts.append(block.text())
            block = block.next()
        return "".join(parts)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if not source.hasText() or len(source.text()) <= _PIECE:
            super().insertFromMimeData(source)
            return
        cursor = self.textCursor()
        cursor.removeSelectedText()
        self._put(source.text().replace("\r\n", "\n"), cursor)

    def _put(self, text: str, where: QTextCursor) -> None:
        self._at = where
        portion: list[tuple[str, bool]] = []
        size = 0
        for piece in _pieces(text):
            portion.append(piece)
            size += len(piece[0]) + 1
            if size >= _PORTION or len(portion) >= _LINES:
                self._waiting.append(portion)
                portion, size = [], 0
        if portion:
            self._waiting.append(portion)
        self._on_timer_timeout()
        if self._waiting:
            self._timer.start()

    def _on_timer_timeout(self) -> None:
        if not self._waiting or self._at is None:
            self._timer.stop()
            return
        cursor = self._at
        portion = self._waiting.popleft()
        cursor.beginEditBlock()
        first = cursor.block().blockNumber()
        cursor.insertText("\n".join(text for text, _ in portion))
        if self._waiting:
            cursor.insertText("\n")
        cursor.endEditBlock()
        document = self.document()
        for number, (_, continues) in enumerate(portion):
            if continues:
                document.findBlockByNumber(first + number).setUserState(1)
        if not self._waiting:
            self._timer.stop()
            self.filled.emit()


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The lines of a text, long ones in parts; whether each goes on with the one before."""
    for line in text.split("\n"):
        if len(line) <= _PIECE:
            yield line, False
            continue
        start = 0
        while start < len(line):
            end = min(len(line), start + _PIECE)
            space = line.rfind(" ", start, end) + 1
            if end < len(line) and space > start:
                end = space
            yield line[start:end], start > 0
            start = end


def breakable(text: str) -> str:
    """The text with places to wrap at in words that are longer than a narrow card is wide."""
    if all(len(word) <= _LONG_WORD for word in text.split()):
        return text
    words = text.split(" ")
    return " ".join(
        "\u200b".join(word[n : n + _LONG_WORD] for n in range(0, len(word), _LONG_WORD))
        if len(word) > _LONG_WORD
        else word
        for word in words
    )
