"""Due again on Today: the most overdue few, each with a button that books."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.qtkit import i18n
from tcf_desktop.views.common import Card, Chip, DataLabel, IconButton, LinkButton, hairline
from tcf_desktop.views.context import Target

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.queries.due import DueRow

SHOWN: Final = 4
MOST_COUNTED: Final = 1_000  # the query counts no further


class DueCard(Card):
    """Filled after the rest of the page: nobody waits for it."""

    targetRequested = Signal(object)

    def __init__(self) -> None:
        super().__init__(self.tr("Due again"), object_name="today.due")
        self.header.addStretch(1)
        self.link = LinkButton(self.tr("Show all"), object_name="today.due.link")
        self.link.clicked.connect(lambda *_: self.targetRequested.emit(Target("due", "now")))
        self.header.addWidget(self.link)
        self._none = DataLabel("", "body", "text2", wrap=True, object_name="today.due.none")
        self.body.addWidget(self._none)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.body.addLayout(self._list)
        self._shown: tuple[int, list[DueRow]] | None = None

    def show_rows(self, total: int, rows: list[DueRow]) -> None:
        """How many are due, and the most overdue of them."""
        if (total, rows) == self._shown:
            return
        self._shown = (total, rows)
        focused = self._focused()
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, row in enumerate(rows):
            if number:
                self._list.addWidget(hairline())
            self._list.addWidget(self._row(number, row))
        text = self.tr("Show all")
        if SHOWN < total < MOST_COUNTED:
            text = self.tr("Show all {n}").format(n=i18n.locale_of().toString(total))
        self.link.setText(text)
        self._none.setText("" if rows else self.tr("Nobody is to be called today."))
        self._none.setVisible(not rows)
        if focused is not None:
            again = self.findChildren(IconButton)
            (again[min(focused, len(again) - 1)] if again else self.link).setFocus()

    def _focused(self) -> int | None:
        buttons = self.findChildren(IconButton)
        return next((i for i, button in enumerate(buttons) if button.hasFocus()), None)

    def _row(self, number: int, row: DueRow) -> QWidget:
        from tcf_desktop.itemmodels.due_list import rhythm_line, state_of, work_of
        from tcf_desktop.views.due.actions import book_target

        widget = QWidget()
        widget.setToolTip(rhythm_line(row).replace("<", "‹"))
        line = QHBoxLayout(widget)
        line.setContentsMargins(0, 6, 0, 6)
        line.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(DataLabel(row.name, "body", weight=500))
        words.addWidget(DataLabel(work_of(row), "caption", "text2"))
        line.addLayout(words, 1)
        line.addWidget(Chip(*state_of(row)))
        book = IconButton(
            "calendar-plus",
            self.tr("Book {name}").format(name=row.name[:60]),
            object_name=f"today.due.book.{number}",
        )
        book.clicked.connect(lambda *_: self.targetRequested.emit(book_target(row)))
        line.addWidget(book)
        return widget


def read(r: Reader, today: str) -> tuple[int, list[DueRow]]:
    """What the card shows; for an io thread."""
    from tcf_desktop.services.queries.due import due_first

    return due_first(r, today, SHOWN)
