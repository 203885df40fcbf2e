"""What a payment settles: the open documents of a customer with an amount beside each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from tcf_desktop.domain.spread import spread
from tcf_desktop.qtkit import i18n
from tcf_desktop.views.common import DataLabel, LinkButton, MoneyEdit, ScrollPane, hairline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcf_desktop.services.queries.payments import OpenDocument

_HEAD = 1  # rows of the grid above the documents


class SpreadTable(ScrollPane):
    """``changed`` when what the documents get changed. Until a cell is typed in, the amount goes
    to the oldest due first."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__("surface")
        self._documents: tuple[OpenDocument, ...] = ()
        self._cells: list[MoneyEdit] = []
        self._cents = 0
        self._by_hand = False
        self._first = 0  # the document that is paid before the others
        self.lead = DataLabel("", "body", "text2", wrap=True, object_name="payment.lead")
        self.again = LinkButton(
            self.tr("Spread over the oldest first"), object_name="payment.spread"
        )
        self.again.clicked.connect(self._on_again_clicked)
        self._grid_box = QWidget()
        self._box = QVBoxLayout(self._grid_box)
        self._box.setContentsMargins(0, 0, 0, 0)
        self.layout_.setContentsMargins(24, 18, 24, 18)
        self.layout_.setSpacing(10)
        self.layout_.addWidget(self.lead)
        self.layout_.addWidget(self._grid_box)
        self.layout_.addWidget(self.again, 0, Qt.AlignmentFlag.AlignRight)
        self.layout_.addStretch(1)
        self.again.hide()

    def set_documents(self, documents: Sequence[OpenDocument], first: int = 0) -> None:
        """Show what is open; ``first`` is the id of the document that is paid first."""
        self._documents = tuple(documents)
        self._first, self._by_hand = first, False
        while (item := self._box.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._cells = []
        if documents:
            self._box.addWidget(self._grid())
        self._spread()

    def set_cents(self, cents: int) -> None:
        """The amount to be spread, without the tip."""
        self._cents = cents
        self._spread()

    def allocations(self) -> tuple[tuple[int, int], ...]:
        """(id, minor units) of what gets something."""
        return tuple(
            (document.id, cell.cents())
            for document, cell in zip(self._documents, self._cells, strict=True)
            if cell.cents() > 0
        )

    def settled(self) -> int:
        """The sum of what the documents get."""
        return sum(cents for _id, cents in self.allocations())

    def too_much(self) -> OpenDocument | None:
        """A document that would get more than it owes."""
        for document, cell in zip(self._documents, self._cells, strict=True):
            if cell.cents() > document.open_cents or cell.cents() < 0:
                return document
        return None

    def short_ones(self) -> list[tuple[OpenDocument, int]]:
        """Documents that get something and still owe a rest, with that rest."""
        return [
            (document, document.open_cents - cell.cents())
            for document, cell in zip(self._documents, self._cells, strict=True)
            if 0 < cell.cents() < document.open_cents
        ]

    def _grid(self) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(6)
        titles = (self.tr("Invoice"), self.tr("Due"), self.tr("Open"), self.tr("Pays"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for column, title in enumerate(titles):
            label = DataLabel(title, "caption", "text2")
            if column > 1:
                label.setAlignment(right)
            grid.addWidget(label, 0, column)
        for row, document in enumerate(self._documents, _HEAD):
            grid.addWidget(DataLabel(document.number, "body", weight=600), row, 0)
            grid.addWidget(DataLabel(i18n.full_day(document.due_on), "body", "text2"), row, 1)
            owed = DataLabel(i18n.amount(document.open_cents, document.currency), "body")
            owed.setAlignment(right)
            grid.addWidget(owed, row, 2)
            cell = MoneyEdit(
                0, currency=document.currency, object_name=f"payment.pays.{document.number}"
            )
            cell.setAccessibleName(self.tr("What {number} gets").format(number=document.number))
            cell.setFixedWidth(130)
            cell.textEdited.connect(self._on_cell_text_edited)
            cell.centsChanged.connect(self._on_cell_cents_changed)
            grid.addWidget(cell, row, 3)
            self._cells.append(cell)
        grid.setColumnStretch(1, 1)
        grid.addWidget(hairline(), len(self._documents) + _HEAD, 0, 1, 4)
        return box

    def _spread(self) -> None:
        if not self._by_hand:
            order = sorted(
                range(len(self._documents)), key=lambda at: self._documents[at].id != self._first
            )
            shares = spread(self._cents, [self._documents[at].open_cents for at in order])
            for at, share in zip(order, shares, strict=True):
                self._cells[at].set_cents(share)
        self.again.setVisible(self._by_hand)
        if self._documents:
            total = sum(document.open_cents for document in self._documents)
            words = i18n.plural(
                len(self._documents), self.tr("{n} open invoice"), self.tr("{n} open invoices")
            )
            owed = i18n.money(total, self._documents[0].currency)
            self.lead.setText(
                self.tr("{invoices}, {total} in all.").format(invoices=words, total=owed)
            )
        else:
            self.lead.setText(
                self.tr("Nothing is open. The whole amount is kept as the customer’s credit.")
            )
        self.changed.emit()

    def _on_again_clicked(self) -> None:
        self._by_hand = False
        self._spread()

    def _on_cell_text_edited(self, _text: str) -> None:
        self._by_hand = True
        self.again.show()
        self.changed.emit()

    def _on_cell_cents_changed(self, _cents: int) -> None:
        self._by_hand = True
        self._spread()
