"""The rows of a batch: what is ticked before it runs, and what came of each after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, Qt, Signal

from tcf_desktop.itemmodels.id_list_model import ROW_ROLE, SECOND_ROLE, Index
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.services.batches import Outcome
from tcf_desktop.services.queries.batch_items import BatchItem

TICK, CUSTOMER, DATES, AMOUNT, RESULT = range(5)
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NOTHING: Final = QModelIndex()


def _tr(text: str) -> str:
    return QCoreApplication.translate("BillingBatch", text)


class BatchModel(QAbstractTableModel):
    """``ticksChanged`` after every tick. What cannot be done as it stands cannot be ticked."""

    ticksChanged = Signal()

    def __init__(self, currency: Callable[[], str]) -> None:
        super().__init__()
        self._currency = currency
        self._items: tuple[BatchItem, ...] = ()
        self._ticked: set[int] = set()
        self._outcomes: dict[int, Outcome] = {}
        self._minded = True
        self._titles = ("", _tr("Customer"), _tr("Date"), _tr("Amount"), _tr("Result"))

    def set_items(self, items: Sequence[BatchItem]) -> None:
        """Show these, all ticked that can be."""
        self.beginResetModel()
        self._items = tuple(items)
        self._ticked = {at for at in range(len(self._items)) if self.is_able(at)}
        self._outcomes = {}
        self.endResetModel()
        self.ticksChanged.emit()

    def mind_hindrances(self, minded: bool) -> None:
        """Whether what keeps a row from being done keeps it from being ticked."""
        self._minded = minded
        self._ticked = {at for at in self._ticked if self.is_able(at)}
        self._announce()

    def is_able(self, place: int) -> bool:
        """Whether a row can be ticked."""
        return not self._minded or not self._items[place].hindrance

    def able(self) -> int:
        """How many rows can be ticked."""
        return sum(self.is_able(at) for at in range(len(self._items)))

    @property
    def items(self) -> tuple[BatchItem, ...]:
        return self._items

    @property
    def outcomes(self) -> dict[int, Outcome]:
        """What came of each row that was worked through, by its place."""
        return self._outcomes

    def ticked(self) -> list[int]:
        """The places of the ticked rows, in order."""
        return sorted(self._ticked)

    def is_ticked(self, place: int) -> bool:
        return place in self._ticked

    def toggle(self, places: Sequence[int]) -> None:
        """Tick these rows, or untick them when all of them are ticked; not after it ran."""
        if self._outcomes:
            return
        able = {at for at in places if self.is_able(at)}
        self._ticked = self._ticked - able if able <= self._ticked else self._ticked | able
        self._announce()

    def tick_all(self, on: bool) -> None:
        """Tick or untick everything that can be."""
        self._ticked = set()
        if on:
            self.toggle(range(len(self._items)))
        else:
            self._announce()

    def show_outcomes(self, outcomes: dict[int, Outcome]) -> None:
        """What came of the rows at these places."""
        self._outcomes = dict(outcomes)
        self._announce()

    def _announce(self) -> None:
        if self._items:
            last = self.index(len(self._items) - 1, RESULT)
            self.dataChanged.emit(self.index(0, 0), last)
        self.ticksChanged.emit()

    def result(self, place: int) -> tuple[str, str]:
        """What came of a row, or keeps it from being done: (words, token of the color)."""
        outcome = self._outcomes.get(place)
        if outcome is None:
            return _HINDRANCES.get(self._items[place].hindrance, lambda: "")(), "warn"
        if outcome.state == "left":
            return _tr("not done"), "text2"
        if outcome.error is not None:
            return words_of(outcome.error).what, "bad"
        if outcome.made.skipped:
            return _tr("left out"), "text2"
        done = ", ".join(outcome.made.numbers) or _tr("draft")
        if outcome.made.unmailed:
            return _tr("{number}, no e-mail address").format(number=done), "warn"
        return done, "ok"

    # Qt

    def rowCount(self, parent: Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        place, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(place, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column == AMOUNT else _LEFT
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if column == TICK:
                return _tr("ticked") if self.is_ticked(place) else _tr("not ticked")
            return f"{self._titles[column]}: {self._text(place, column)}"
        if role == ROW_ROLE:
            return place
        if role == SECOND_ROLE:
            return self._items[place].detail if column == CUSTOMER else ""
        if role == Qt.ItemDataRole.ToolTipRole and column == RESULT:
            return self.result(place)[0]
        return None

    def _text(self, place: int, column: int) -> str:
        item = self._items[place]
        if column == CUSTOMER:
            return item.customer
        if column == DATES:
            return " – ".join(i18n.day(on, "MMM d") for on in item.dates)
        if column == AMOUNT:
            return i18n.amount(item.amount_cents, self._currency())
        return self.result(place)[0] if column == RESULT else ""

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


_HINDRANCES: Final[dict[str, Callable[[], str]]] = {
    "no_lines": lambda: _tr("it has no lines"),
    "no_visits": lambda: _tr("no finished visit in this period"),
    "no_address": lambda: _tr("no e-mail address"),
}
