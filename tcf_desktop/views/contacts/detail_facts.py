"""The facts strip of the detail pane: money, visits, rhythm, in one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.domain.frequency import about
from tcf_desktop.itemmodels.due_words import span_words
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.due import usual_interval
from tcf_desktop.views.common import Card, DataLabel, hairline
from tcf_desktop.views.contacts.detail_card import Fact, clear

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.queries.contact_detail import ContactDetail
    from tcf_desktop.views.context import ViewContext


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactDetail", text)


def owes(detail: ContactDetail, _facts: Any, ctx: ViewContext) -> Fact:
    """What is open, red when some of it is overdue; or what waits as credit."""
    if detail.credit_cents and not detail.owes_cents:
        return Fact(_tr("Credit"), i18n.money(detail.credit_cents, ctx.currency()), "info")
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


def load_interval(r: Reader, contact_id: int, _now_ms: int, _today: str) -> int | None:
    """The days between two visits, as a habit."""
    return usual_interval(r, contact_id)


def interval(detail: ContactDetail, facts: Any, ctx: ViewContext) -> Fact:
    """How often they really come; while there is no habit, when they come next."""
    if facts is None:
        return Fact(_tr("Next visit"), _visit_text(detail.next_visit, ctx.today()))
    return Fact(_tr("Usual interval"), span_words(*about(facts)))


class FactsStrip(Card):
    """Facts in one line, or in as few lines as the pane has room for."""

    def __init__(self) -> None:
        super().__init__(margin=0, object_name="contacts.facts")
        self.body.setContentsMargins(0, 10, 0, 10)
        self._cells: list[_Fact] = []
        self._shown: list[Fact] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(0)
        self._grid.setVerticalSpacing(10)
        self._columns = 0
        self.body.addLayout(self._grid)
        theme().changed.connect(self._on_theme_changed)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these in place of what stood there."""
        if list(facts) == self._shown:
            return
        self._shown = list(facts)
        clear(self._grid)
        self._cells = [_Fact(fact) for fact in facts]
        self._columns = 0
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _on_theme_changed(self) -> None:
        self._columns = 0
        self._fit()

    def _fit(self) -> None:
        """As few lines as there is room for, equally full."""
        count = len(self._cells)
        columns = 1
        for lines in range(1, count + 1):
            columns = -(-count // lines)
            if sum(self._needs(columns)) <= self.width():
                break
        if columns != self._columns:
            self._arrange(columns)

    def _needs(self, columns: int) -> list[int]:
        """The width of each column."""
        widths = [cell.sizeHint().width() for cell in self._cells]
        return [max(widths[column::columns], default=0) for column in range(columns)]

    def _arrange(self, columns: int) -> None:
        """So many facts in a row, each with the share of the width that its text needs.

        A column has no least width: that would keep the pane from ever becoming narrower.
        """
        self._columns = columns
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        for number, cell in enumerate(self._cells):
            cell.set_line(shown=number % columns > 0)
            self._grid.addWidget(cell, number // columns, number % columns)
        for column, need in enumerate(self._needs(columns)):
            self._grid.setColumnStretch(column, need)


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
