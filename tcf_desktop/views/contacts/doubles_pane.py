"""While a contact is typed: who is known already and may be the same."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.domain.duplicates import Certainty
from tcf_desktop.itemmodels.duplicate_groups import (
    certainty_tone,
    certainty_word,
    reasons_text,
)
from tcf_desktop.services.queries.duplicates import LookAlike
from tcf_desktop.views.common import Card, Chip, DataLabel, LinkButton


class DoublesPane(Card):
    """Up to five contacts with the reason; ``chosen`` gives the one to open.

    Nothing is in the way: saving keeps what was typed as a new contact.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, margin=12, object_name="contacts.form.doubles")
        self.found: tuple[LookAlike, ...] = ()
        self.heading = DataLabel(self.tr("Is it one of these?"), "body", weight=600)
        self.setAccessibleName(self.heading.text())
        self.body.addWidget(self.heading)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.body.addLayout(self._rows)
        self.body.addWidget(
            DataLabel(
                self.tr("Enter on a name opens it. Ctrl+Enter keeps what you typed."),
                "caption", "text2", wrap=True,
            )
        )  # fmt: skip
        self.hide()

    def show_found(self, found: Sequence[LookAlike]) -> None:
        """Show these, or nothing at all."""
        if tuple(found) != self.found:
            self.found = tuple(found)
            while (item := self._rows.takeAt(0)) is not None:
                widget = item.widget()
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
            for alike in self.found:
                self._rows.addWidget(self._row(alike))
        self.setVisible(bool(self.found))

    def _row(self, alike: LookAlike) -> QWidget:
        name = LinkButton(alike.name[:80], object_name=f"contacts.form.double.{alike.id}")
        reasons = reasons_text(alike.reasons)
        name.setAccessibleName(
            self.tr("Open {name}, {sub}. {reasons}").format(
                name=alike.name[:80], sub=alike.sub[:120], reasons=reasons
            )
        )
        name.clicked.connect(lambda *_: self.chosen.emit(alike.id))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(name)
        if alike.certainty > Certainty.POSSIBLE:
            head.addWidget(Chip(certainty_word(alike.certainty), certainty_tone(alike.certainty)))
        head.addStretch(1)
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        parts = [part for part in (reasons, alike.sub) if part]
        column.addWidget(DataLabel(" · ".join(parts), "caption", "text2"))
        return row
