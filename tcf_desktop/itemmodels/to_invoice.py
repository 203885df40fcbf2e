"""Finished visits that wait to be invoiced, with a tick for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, Qt, Signal

from tcf_desktop.itemmodels.id_list_model import ROW_ROLE, SECOND_ROLE, Index
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.invoices import ToInvoiceRow

TICK, CUSTOMER, SERVICE, DATE, CREW, AMOUNT = range(6)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NOTHING = QModelIndex()


def _tr(text: str) -> str:
    return QCoreApplication.translate("ToInvoice", text)


class ToInvoiceModel(QAbstractTableModel):
    """A few hundred rows at most, read at once; ``ticksChanged`` after every tick."""

    ticksChanged = Signal()

    def __init__(self, currency: Callable[[], str]) -> None:
        super().__init__()
        self._currency = currency
        self._rows: tuple[ToInvoiceRow, ...] = ()
        self._ticked: set[int] = set()
        self._titles = (
            "",
            _tr("Customer"),
            _tr("Service"),
            _tr("Date"),
            _tr("Crew"),
            _tr("Amount"),
        )

    def set_rows(self, rows: Sequence[ToInvoiceRow]) -> None:
        """Show these visits; ticks of visits that are still there stay."""
        if tuple(rows) == self._rows:
            return
        self.beginResetModel()
        self._rows = tuple(rows)
        self._ticked &= {row.id for row in rows}
        self.endResetModel()
        self.ticksChanged.emit()

    @property
    def rows(self) -> tuple[ToInvoiceRow, ...]:
        return self._rows

    def ticked(self) -> list[ToInvoiceRow]:
        """The ticked visits in the order of the list."""
        return [row for row in self._rows if row.id in self._ticked]

    def is_ticked(self, place: int) -> bool:
        return self._rows[place].id in self._ticked

    def toggle(self, places: Sequence[int]) -> None:
        """Tick these rows, or untick them when all of them are ticked."""
        ids = {self._rows[place].id for place in places if 0 <= place < len(self._rows)}
        self._ticked = self._ticked - ids if ids <= self._ticked else self._ticked | ids
        self._announce()

    def tick_all(self, on: bool) -> None:
        """Tick or untick everything."""
        self._ticked = {row.id for row in self._rows} if on else set()
        self._announce()

    def _announce(self) -> None:
        if self._rows:
            last = self.index(len(self._rows) - 1, AMOUNT)
            self.dataChanged.emit(self.index(0, 0), last)
        self.ticksChanged.emit()

    # Qt

    def rowCount(self, parent: Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column == AMOUNT else _LEFT
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index.row(), column)
        if role == ROW_ROLE:
            return row
        if role == SECOND_ROLE:
            return row.place if column == CUSTOMER else ""
        return None

    def _text(self, row: ToInvoiceRow, column: int) -> str:
        return {
            CUSTOMER: row.customer,
            SERVICE: row.service,
            DATE: i18n.day(row.on, "ddd, MMM d"),
            CREW: row.crew or i18n.DASH,
            AMOUNT: i18n.amount(row.total_cents, self._currency()),
        }.get(column, "")

    def _spoken(self, place: int, column: int) -> str:
        if column == TICK:
            return _tr("ticked") if self.is_ticked(place) else _tr("not ticked")
        return f"{self._titles[column]}: {self._text(self._rows[place], column)}"

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section == AMOUNT else _LEFT
        return None
