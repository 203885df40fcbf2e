"""The lines at the foot of the rail: phones, background work; later backup and calendar.

Anyone may set a line by key; the rail shows them in the order of ``ORDER`` and then of arrival.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from tcf_desktop.views.context import Target

ORDER = ("backup", "google", "phones", "work")


@dataclass(frozen=True, slots=True)
class StatusLine:
    """One line: what, and the second line with a time or count. Click opens ``target``."""

    title: str
    detail: str = ""
    icon: str = "info"
    tone: str = "ok"
    target: Target | None = None
    stop: Callable[[], object] | None = None


class StatusBoard(QObject):
    """The lines in force. Used on the GUI thread."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: dict[str, StatusLine] = {}

    def set(self, key: str, line: StatusLine | None) -> None:
        """Show a line, or take it away with None."""
        if self._lines.get(key) == line:
            return
        if line is None:
            self._lines.pop(key, None)
        else:
            self._lines[key] = line
        self.changed.emit()

    def lines(self) -> list[tuple[str, StatusLine]]:
        """Keys and lines in the order in which they are shown."""
        known = {key: place for place, key in enumerate(ORDER)}
        return sorted(self._lines.items(), key=lambda item: known.get(item[0], len(ORDER)))
