"""Prices before and after a raise, with a tick for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, Qt, Signal

from tcf_desktop.itemmodels.id_list_model import ROW_ROLE, SECOND_ROLE, Index
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.price_rise import RisenPrice

TICK, NAME, WHERE, OLD, NEW = range(5)
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NOTHING: Final = QModelIndex()


def _tr(text: str) -> str:
    return QCoreApplication.translate("PriceRise", text)


class PriceRiseModel(QAbstractTableModel):
    """``ticksChanged`` after every tick; new prices are all ticked."""

    ticksChanged = Signal()

    def __init__(self, currency: Callable[[], str]) -> None:
        super().__init__()
        self.currency = currency
        self._rows: tuple[RisenPrice, ...] = ()
        self._left_out: set[tuple[str, int]] = set()
        self._titles = ("", _tr("Name"), _tr("Where"), _tr("Now"), _tr("Then"))
        self._places = {
            "service": _tr("Price list"),
            "list": _tr("Price list of a group"),
            "plan": _tr("Repeating invoice"),
            "due": _tr("Due again"),
        }

    def set_rows(self, rows: Sequence[RisenPrice]) -> None:
        """Show these; what was unticked stays so."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()
        self.ticksChanged.emit()

    def place_of(self, row: RisenPrice) -> str:
        """Where a price is kept, in words."""
        return self._places[row.kind]

    @property
    def rows(self) -> tuple[RisenPrice, ...]:
        return self._rows

    def ticked(self) -> tuple[RisenPrice, ...]:
        """What shall change."""
        return tuple(row for row in self._rows if (row.kind, row.id) not in self._left_out)

    def is_ticked(self, place: int) -> bool:
        row = self._rows[place]
        return (row.kind, row.id) not in self._left_out

    def toggle(self, places: Sequence[int]) -> None:
        """Untick these rows, or tick them when all of them are unticked."""
        keys = {(self._rows[at].kind, self._rows[at].id) for at in places}
        out = self._left_out
        self._left_out = out - keys if keys <= out else out | keys
        self._announce()

    def tick_all(self, on: bool) -> None:
        """Tick or untick everything."""
        self._left_out = set() if on else {(row.kind, row.id) for row in self._rows}
        self._announce()

    def _announce(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, NEW))
        self.ticksChanged.emit()

    # Qt

    def rowCount(self, parent: Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        place, column = index.row(), index.column()
        row = self._rows[place]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column in {OLD, NEW} else _LEFT
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if column == TICK:
                return _tr("ticked") if self.is_ticked(place) else _tr("not ticked")
            return f"{self._titles[column]}: {self._text(row, column)}"
        if role == ROW_ROLE:
            return row
        if role == SECOND_ROLE:
            return row.about if column == NAME else ""
        return None

    def _text(self, row: RisenPrice, column: int) -> str:
        if column == NAME:
            return row.name
        if column == WHERE:
            return self.place_of(row)
        if column in {OLD, NEW}:
            return i18n.price(row.old_e4 if column == OLD else row.new_e4, self.currency())
        return ""

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
            return _RIGHT if section in {OLD, NEW} else _LEFT
        return None
