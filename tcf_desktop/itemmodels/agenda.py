"""The list of the schedule: one row for each appointment, grouped by day while sorted by time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from tcf_desktop.itemmodels.columns import Column
from tcf_desktop.itemmodels.id_list_model import IdListModel
from tcf_desktop.qtkit import i18n

DAY, TIME, NAME, WHO, PRICE, STATE = range(6)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Agenda", text)


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """An appointment in words. ``day_note`` stands under the day in its first row; ``sentence`` is
    the whole row as a screen reader says it."""

    id: int
    starts_local: str
    all_day: bool
    time: str
    length: str
    name: str
    service: str
    who: str
    color_index: int | None
    total_cents: int
    price: str
    state: str
    state_word: str
    tone: str
    repeats: bool
    sentence: str
    day_note: str = ""


_KEYS: dict[str, Callable[[AgendaRow], tuple[object, ...]]] = {
    "day": lambda row: (row.starts_local[:10], not row.all_day, row.starts_local, row.id),
    "time": lambda row: (row.starts_local[11:], row.starts_local, row.id),
    "name": lambda row: (row.name.casefold(), row.starts_local, row.id),
    "who": lambda row: (row.who.casefold(), row.starts_local, row.id),
    "price": lambda row: (row.total_cents, row.starts_local, row.id),
    "state": lambda row: (row.state_word.casefold(), row.starts_local, row.id),
}


class AgendaModel(IdListModel[AgendaRow]):
    """Rows by their number; :meth:`sort_by` puts them in another order."""

    def __init__(self) -> None:
        self.rows: list[AgendaRow] = []
        self.key, self.falling = "day", False
        self._leading: set[int] = set()
        super().__init__(
            [
                Column[AgendaRow](
                    "day", _tr("Day"), self._day, second=self._day_note, sort="day", width=132,
                    spoken=lambda row: row.sentence,
                ),
                Column[AgendaRow](
                    "time", _tr("Time"), lambda row: row.time, second=lambda row: row.length,
                    sort="time", width=132,
                ),
                Column[AgendaRow](
                    "name", _tr("Who or what"), lambda row: row.name,
                    second=lambda row: row.service, sort="name", stretch=True,
                ),
                Column[AgendaRow]("who", _tr("Crew"), lambda row: row.who, sort="who", width=130),
                Column[AgendaRow](
                    "price", _tr("Price"), lambda row: row.price, align_right=True, sort="price",
                    width=92,
                ),
                Column[AgendaRow](
                    "state", _tr("State"), lambda row: row.state_word, sort="state", width=150,
                ),
            ],
            lambda numbers: {number: self.rows[number] for number in numbers},
        )  # fmt: skip

    def set_rows(self, rows: Sequence[AgendaRow]) -> None:
        """Show other appointments, in the order that was chosen."""
        self.rows = list(rows)
        self._sort()

    def sort_by(self, key: str, *, falling: bool) -> None:
        """Another order."""
        self.key, self.falling = key, falling
        self._sort()

    def number_of(self, ident: int) -> int:
        """The row of an appointment; -1 when it is not in the list."""
        return next((n for n, row in enumerate(self.rows) if row.id == ident), -1)

    def leads(self, number: int) -> bool:
        """Whether a row is the first of its day, in the order of days."""
        if self.key != "day" or number == 0:
            return True
        return self.rows[number].starts_local[:10] != self.rows[number - 1].starts_local[:10]

    def _sort(self) -> None:
        self.rows.sort(key=_KEYS[self.key], reverse=self.falling)
        self._leading = {row.id for n, row in enumerate(self.rows) if self.leads(n)}
        self.set_ids([])
        self.invalidate()
        self.set_ids(range(len(self.rows)))

    def _day(self, row: AgendaRow) -> str:
        return i18n.weekday_short(row.starts_local) if row.id in self._leading else ""

    def _day_note(self, row: AgendaRow) -> str:
        return row.day_note if row.id in self._leading and self.key == "day" else ""
