"""Who may see a note: three chips, of which one must be chosen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from tcf_desktop.domain.contacts import VISIBILITIES, Visibility
from tcf_desktop.qtkit.style import box, focus_ring
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common.buttons import BaseButton
from tcf_desktop.views.common.chips import chip_size
from tcf_desktop.views.common.flow import FlowRow

FACES: Final[dict[Visibility, tuple[str, str]]] = {  # tone and icon
    "office": ("neutral", "lock-simple"),
    "crew": ("warn", "eye"),
    "document": ("info", "file-text"),
}


def visibility_word(visibility: Visibility) -> str:
    """The word on the chip."""
    words = {
        "office": QCoreApplication.translate("Visibility", "Office only"),
        "crew": QCoreApplication.translate("Visibility", "Crew sees this"),
        "document": QCoreApplication.translate("Visibility", "Customer sees this"),
    }
    return words[visibility]


class VisibilityChoice(FlowRow):
    """None is chosen at first. Arrow keys move, Space chooses; ``chosen`` says that one was."""

    chosen = Signal(str)

    def __init__(self, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, 6)
        self.setObjectName(object_name)
        self.setAccessibleName(self.tr("Who may see the note"))
        self._group = QButtonGroup(self)
        self._chips: dict[Visibility, _Chip] = {}
        for key in VISIBILITIES:
            chip = _Chip(visibility_word(key), *FACES[key], f"{object_name}.{key}")
            self._chips[key] = chip
            self._group.addButton(chip)
            self.add(chip)
            chip.clicked.connect(lambda *_, key=key: self.chosen.emit(key))

    def key(self) -> Visibility | None:
        """Who may see it; None while nothing is chosen."""
        return next((key for key, chip in self._chips.items() if chip.isChecked()), None)

    def set_key(self, key: Visibility | None) -> None:
        """Choose without announcing it; None takes the choice back."""
        self._group.setExclusive(False)
        for name, chip in self._chips.items():
            chip.setChecked(name == key)
        self._group.setExclusive(True)

    def focus_first(self) -> None:
        """Put the focus on the chosen chip, or on the first."""
        chip = self._chips[self.key() or VISIBILITIES[0]]
        chip.setFocus(Qt.FocusReason.TabFocusReason)


class _Chip(BaseButton):
    """A pill with a ring and an icon; filled with its tone when chosen."""

    type_style = "caption"

    def __init__(self, text: str, tone: str, icon: str, object_name: str) -> None:
        self._tone = tone
        super().__init__(text, icon, object_name=object_name)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        hint = chip_size(self.text(), self.icon_name())
        return QSize(hint.width() + 4, max(28, hint.height() + 6))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        on, rect = self.isChecked(), self.rect()
        tone = self._tone if on else "text2"
        face = colors.color(f"{self._tone}Tint" if on else "hover" if self.is_hot() else "surface")
        line = colors.color(self._tone if on else "control")
        box(painter, rect, face, line, radius=rect.height() / 2 - 0.5)
        size = colors.scaled(13)
        glyph = colors.pixmap(self.icon_name(), tone, size, self.devicePixelRatioF())
        painter.drawPixmap(11, (rect.height() - size) // 2, glyph)
        painter.setFont(colors.font("caption", 600 if on else 500))
        painter.setPen(colors.color(tone))
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
        painter.drawText(rect.adjusted(size + 16, 0, 0, 0), flags, self.text())
        if self._keyboard_focus:
            focus_ring(painter, rect, radius=rect.height() // 2)
        painter.end()
