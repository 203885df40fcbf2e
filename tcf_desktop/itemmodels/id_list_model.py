"""Ordered ids of everything, rows only for what is looked at.

The query gives the ids in their final order; the rows come in windows by key. A changed list is
taken over by difference, so that selection, scroll position and a screen reader's place stay.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from tcf_desktop.itemmodels.columns import Column

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
WINDOW = 100
KEPT_ROWS = 1_000
ROW_ROLE = Qt.ItemDataRole.UserRole
ID_ROLE = Qt.ItemDataRole.UserRole + 1
SECOND_ROLE = Qt.ItemDataRole.UserRole + 2
TONE_ROLE = Qt.ItemDataRole.UserRole + 3

_NOTHING = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_FEW: Final = 8  # ids that are looked for one by one
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)


class IdListModel(QAbstractTableModel, Generic[Row]):
    """Rows by id. ``fetch`` reads at most ``WINDOW`` rows by key and runs on the GUI thread."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        fetch: Callable[[Sequence[int]], Mapping[int, Row]],
        parent: Any = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._fetch = fetch
        self._ids: array[int] = array("q")
        self._places: dict[int, int] | None = None
        self._rows: dict[int, Row | None] = {}
        self._answers: dict[int, Callable[[Row, Column[Row]], Any]] = {
            _DISPLAY: lambda row, column: column.text(row),
            int(SECOND_ROLE): lambda row, column: column.second(row) if column.second else "",
            int(TONE_ROLE): lambda row, column: column.tone(row),
            _ALIGN: lambda _row, column: _RIGHT if column.align_right else _LEFT,
            _SPOKEN: _spoken,
            _TIP: lambda row, column: column.text(row),
            int(ROW_ROLE): lambda row, _column: row,
        }

    # the content

    def set_ids(self, ids: Iterable[int], rows: Mapping[int, Row] | None = None) -> None:
        """Show these ids in this order; rows already at hand spare a read."""
        new = ids if isinstance(ids, array) else array("q", ids)
        if rows:
            self._rows.update(rows)
        if new == self._ids:
            self._repaint(0, len(new) - 1)
            return
        self._replace(new)

    def invalidate(self, ids: Iterable[int] | None = None) -> None:
        """Read these rows again when they are next looked at; all when ``ids`` is None."""
        if ids is None:
            self._rows.clear()
            self._repaint(0, len(self._ids) - 1)
            return
        for row_id in ids:
            if self._rows.pop(row_id, None) is not None:
                place = self.place_of(row_id)
                if place >= 0:
                    self._repaint(place, place)

    def id_at(self, place: int) -> int:
        """The id at a row number; -1 outside."""
        return self._ids[place] if 0 <= place < len(self._ids) else -1

    def place_of(self, row_id: int) -> int:
        """The row number of an id; -1 when it is not in the list."""
        if self._places is None:
            self._places = {value: place for place, value in enumerate(self._ids)}
        return self._places.get(row_id, -1)

    def row_at(self, place: int) -> Row | None:
        """The row, read now when it is not at hand; None when it was deleted meanwhile."""
        row_id = self.id_at(place)
        if row_id < 0:
            return None
        if row_id not in self._rows:
            self._read_window(place)
        return self._rows.get(row_id)

    @property
    def ids(self) -> array[int]:
        """All ids in order; do not change."""
        return self._ids

    # Qt

    def rowCount(self, parent: Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        answer = self._answers.get(role)
        if answer is None:
            return self.id_at(index.row()) if role == ID_ROLE else None
        row_id = self._ids[index.row()]
        row = self._rows.get(row_id)
        if row is None:
            row = self.row_at(index.row())
            if row is None:
                return None
        return answer(row, self.columns[index.column()])

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        column = self.columns[section]
        if role == _DISPLAY:
            return column.title
        if role == _ALIGN:
            return _RIGHT if column.align_right else _LEFT
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    # inside

    def _replace(self, new: array[int]) -> None:
        """Take the new order over; persistent indexes (selection, current) follow their ids."""
        old_ids = self._ids
        self._places = None
        if not self.persistentIndexList():
            self.beginResetModel()
            self._ids = new
            self.endResetModel()
            return
        added, gone = _difference(old_ids, new)
        if added:
            self.beginInsertRows(_NOTHING, len(old_ids), len(old_ids) + len(added) - 1)
            self._ids = old_ids + added
            self.endInsertRows()
        self.layoutAboutToBeChanged.emit()
        before = self._ids
        kept = [(index, before[index.row()]) for index in self.persistentIndexList()]
        self._ids = new + gone
        self._move(kept)
        self.layoutChanged.emit()
        if gone:
            self.beginRemoveRows(_NOTHING, len(new), len(new) + len(gone) - 1)
            self._ids = new
            self.endRemoveRows()
        self._places = None

    def _move(self, kept: Sequence[tuple[QModelIndex, int]]) -> None:
        self._places = None
        wanted = {row_id for _index, row_id in kept}
        if len(wanted) <= _FEW:  # a selected row or two: no map of a long list for them
            places = {row_id: _find(self._ids, row_id) for row_id in wanted}
        else:
            places = {row_id: self.place_of(row_id) for row_id in wanted}
        for index, row_id in kept:
            place = places[row_id]
            moved = self.index(place, index.column()) if place >= 0 else QModelIndex()
            self.changePersistentIndex(index, moved)

    def _read_window(self, place: int) -> None:
        start = max(0, place - WINDOW // 4)
        wanted = [
            row_id for row_id in self._ids[start : start + WINDOW] if row_id not in self._rows
        ]
        if len(self._rows) > KEPT_ROWS:
            self._rows.clear()
        found = self._fetch(wanted)
        for row_id in wanted:
            self._rows[row_id] = found.get(row_id)

    def _repaint(self, first: int, last: int) -> None:
        if 0 <= first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))


def _difference(old: array[int], new: array[int]) -> tuple[array[int], array[int]]:
    """(ids only in ``new``, ids only in ``old``), each in its order.

    What is equal at both ends is skipped without looking at each id: after a change in one place of
    a long list little is left.
    """
    shorter = min(len(old), len(new))
    with memoryview(old) as before, memoryview(new) as after:
        head = _equal_length(before[:shorter], after[:shorter])
        rest = shorter - head
        tail = _equal_length(before[::-1][:rest], after[::-1][:rest])
    old_part, new_part = old[head : len(old) - tail], new[head : len(new) - tail]
    if not old_part or not new_part:
        return new_part, old_part
    old_set, new_set = set(old_part), set(new_part)
    added = array("q", [row_id for row_id in new_part if row_id not in old_set])
    gone = array("q", [row_id for row_id in old_part if row_id not in new_set])
    return added, gone


def _equal_length(one: memoryview[int], other: memoryview[int]) -> int:
    """How many items are equal from the start on; both are equally long."""
    low, high = 0, len(one)
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _find(ids: array[int], row_id: int) -> int:
    try:
        return ids.index(row_id)
    except ValueError:
        return -1


def _spoken(row: Any, column: Column[Any]) -> str:
    if column.spoken is not None:
        return column.spoken(row)
    second = column.second(row) if column.second else ""
    text = column.text(row)
    return f"{column.title}: {text}" + (f", {second}" if second else "")
