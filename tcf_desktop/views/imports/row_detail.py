"""The fields of one row: what an update fills, what it replaces, what stays as it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from tcf_desktop.domain.imports import FieldChange, PlanRow
from tcf_desktop.qtkit import i18n
from tcf_desktop.views.common import Card, DataLabel

_MOST = 5


class RowDetail(QWidget):
    """Hidden while the row says nothing field by field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import.detail")
        self.title = DataLabel("", weight=600)
        self.more = DataLabel("", "caption", "text2")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self.lines: list[tuple[DataLabel, DataLabel]] = []
        for number in range(_MOST):
            field, text = DataLabel("", color="text2"), DataLabel("")
            self._grid.addWidget(field, number, 0)
            self._grid.addWidget(text, number, 1)
            self.lines.append((field, text))
        card = Card(margin=0)
        card.body.setContentsMargins(16, 10, 16, 10)
        card.body.setSpacing(6)
        card.body.addWidget(self.title)
        card.body.addLayout(self._grid)
        card.body.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.hide()

    def show_row(self, row: PlanRow | None) -> None:
        """Show the fields of a row; None hides them."""
        changes = self._changes(row)
        self.setVisible(bool(changes))
        if row is None or not changes:
            return
        joined = row.joinable[0].name if row.joinable and not row.changes else ""
        self.title.setText(
            self.tr("Joined with {name}, this row would say").format(name=joined)
            if joined
            else row.name
        )
        for number, (field, text) in enumerate(self.lines):
            change = changes[number] if number < len(changes) else None
            field.setVisible(change is not None)
            text.setVisible(change is not None)
            if change is not None:
                field.setText(change.field)
                text.setText(self._words(change))
        rest = len(changes) - _MOST
        self.more.setVisible(rest > 0)
        if rest > 0:
            self.more.setText(
                i18n.plural(rest, self.tr("and {n} more field"), self.tr("and {n} more fields"))
            )

    @staticmethod
    def _changes(row: PlanRow | None) -> Sequence[FieldChange]:
        if row is None:
            return ()
        if row.changes or not row.joinable:
            return row.changes
        return row.joinable[0].changes

    def _words(self, change: FieldChange) -> str:
        if change.kept:
            text = self.tr("stays {old} (the file says {new})")
        elif change.old:
            text = self.tr("{old} → {new}")
        else:
            text = self.tr("{new}")
        return text.format(old=change.old, new=change.new)
