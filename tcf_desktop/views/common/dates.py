"""A date that may be missing, typed as one speaks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from tcf_desktop.domain.when_input import parse_date
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common.inputs import LineEdit


class DayField(LineEdit):
    """ "7/14", "tue", "+6m" or nothing; what is understood stands grey at the right meanwhile.

    A text that is no date stays as typed, and :meth:`is_understood` says so.
    """

    isoChanged = Signal()

    def __init__(
        self, today: Callable[[], str], parent: QWidget | None = None, *, object_name: str = ""
    ) -> None:
        super().__init__("", parent, object_name=object_name)
        self._today = today
        self._iso = ""
        self.setPlaceholderText(self.tr("7/14/2027 or +12m"))
        self.textEdited.connect(self._on_text_edited)
        self.editingFinished.connect(self._on_editing_finished)

    def iso(self) -> str:
        """The date as YYYY-MM-DD; empty when there is none; the text when it is not understood."""
        text = self.text().strip()
        return (self._iso or text) if text else ""

    def set_iso(self, iso: str) -> None:
        """Show a stored date; a text that is none is shown as it is."""
        try:
            self._iso = date.fromisoformat(iso).isoformat() if iso else ""
        except ValueError:
            self._iso = ""
        self.setText(i18n.full_day(self._iso) if self._iso else iso)

    def is_understood(self) -> bool:
        """Whether it is a date, or nothing."""
        return not self.text().strip() or bool(self._iso)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.hasFocus() or not self._iso or not self.isModified():
            return
        colors = theme()
        painter = QPainter(self)
        painter.setFont(colors.font("caption"))
        painter.setPen(colors.color("text3"))
        shown = i18n.full_day(self._iso)
        typed = colors.metrics().horizontalAdvance(self.text())
        wide = colors.metrics("caption").horizontalAdvance(shown)
        if typed + wide + 24 <= self.width():
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(self.rect().adjusted(0, 0, -10, 0), int(right), shown)
        painter.end()

    def _on_text_edited(self, text: str) -> None:
        found = parse_date(text, date.fromisoformat(self._today()))
        self._iso = found.isoformat() if found else ""
        self.isoChanged.emit()

    def _on_editing_finished(self) -> None:
        if self._iso and self.isModified():
            self.set_iso(self._iso)
