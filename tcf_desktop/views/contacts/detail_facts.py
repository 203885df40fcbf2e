"""The facts strip of the detail pane: money, visits, rhythm, in one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common import Card, DataLabel, hairline
from tcf_desktop.views.contacts.detail_card import Fact, clear

if TYPE_CHECKING:
    from tcf_desktop.services.queries.contact_detail import ContactDetail
    from tcf_desktop.views.context import ViewContext


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactDetail", text)


def owes(detail: ContactDetail, _facts: Any, ctx: ViewContext) -> Fact:
    """What is open; red when some of it is overdue."""
    open_ = i18n.money(detail.owes_cents, ctx.currency()) if detail.owes_cents else _tr("Nothing")
    return Fact(_tr("Owes"), open_, "bad" if detail.overdue else "text")


def to_invoice(detail: ContactDetail, _facts: Any, ctx: ViewContext) -> Fact:
    """Work that is done and not billed."""
    if not detail.to_invoice_cents:
        return Fact(_tr("To invoice"), _tr("Nothing"))
    return Fact(_tr("To invoice"), i18n.money(detail.to_invoice_cents, ctx.currency()), "info")


def paid(detail: ContactDetail, _facts: Any, ctx: ViewContext) -> Fact:
    """Money received in the last twelve months."""
    return Fact(_tr("Paid in 12 months"), i18n.money(detail.paid_year_cents, ctx.currency()))


def last_visit(detail: ContactDetail, _facts: Any, ctx: ViewContext) -> Fact:
    """The day of the last visit, with its times when it is today's."""
    return Fact(_tr("Last visit"), _visit_text(detail.last_visit, ctx.today()))


def next_visit(detail: ContactDetail, _facts: Any, ctx: ViewContext) -> Fact:
    """The day of the next visit."""
    return Fact(_tr("Next visit"), _visit_text(detail.next_visit, ctx.today()))


class FactsStrip(Card):
    """Facts in one line, or in as few lines as the pane has room for."""

    def __init__(self) -> None:
        super().__init__(margin=0, object_name="contacts.facts")
        self.body.setContentsMargins(0, 10, 0, 10)
        self._cells: list[_Fact] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(0)
        self._grid.setVerticalSpacing(10)
        self._columns = 0
        self.body.addLayout(self._grid)
        theme().changed.connect(self._fit)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these in place of what stood there."""
        clear(self._grid)
        self._cells = [_Fact(fact) for fact in facts]
        self._columns = 0
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for columns in range(len(self._cells), 0, -1):
            rows = [self._cells[n : n + columns] for n in range(0, len(self._cells), columns)]
            if max(sum(cell.sizeHint().width() for cell in row) for row in rows) <= self.width():
                break
        else:
            columns = 1
        self._arrange(columns)

    def _arrange(self, columns: int) -> None:
        """So many facts in a row, each with the share of the width that its text needs."""
        if columns == self._columns:
            return
        self._columns = columns
        for column in range(len(self._cells)):
            self._grid.setColumnStretch(column, 0)
        for number, cell in enumerate(self._cells):
            column = number % columns
            cell.set_line(shown=column > 0)
            self._grid.addWidget(cell, number // columns, column)
            wide = max(self._grid.columnStretch(column), cell.sizeHint().width())
            self._grid.setColumnStretch(column, wide)


class _Fact(QWidget):
    """A caption and its value, with a line at the left."""

    def __init__(self, fact: Fact) -> None:
        super().__init__()
        self._line = hairline(vertical=True)
        words = QVBoxLayout()
        words.setContentsMargins(16, 0, 12, 0)
        words.setSpacing(2)
        words.addWidget(DataLabel(fact.name, "caption", "text2"))
        words.addWidget(DataLabel(fact.value, "body", fact.token, weight=600))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._line)
        row.addLayout(words, 1)

    def set_line(self, *, shown: bool) -> None:
        """The first of a row has none."""
        self._line.setVisible(shown)


def _visit_text(visit: object, today: str) -> str:
    local, minutes = getattr(visit, "starts_local", ""), getattr(visit, "minutes", 0)
    if not local:
        return i18n.DASH
    day = i18n.near_day(local, today)
    if local[:10] != today:
        return day
    return f"{day}, {i18n.time_range(local, minutes)}"
