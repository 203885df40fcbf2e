"""What a timeline is made of: entries, their places in time, and how a page is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from tcf_desktop.base.clock import from_ms, to_ms

END_OF_TIME: Final = 1 << 62


class Key(NamedTuple):
    """Where an entry stands: its instant (UTC ms), the rank of its source, its id."""

    at: int
    rank: int
    id: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. ``on`` is its local date; ``kind`` names its source.

    What the texts are depends on the kind: ``title`` is a visit's work, a note's beginning, a
    file's name, the template of a change; ``about`` a crew, a number, a method, a place; ``more``
    a due date, a reference, an address. ``opens`` is the id of what it leads to, or None.
    """

    kind: str
    key: Key
    on: str
    title: str = ""
    state: str = ""
    about: str = ""
    more: str = ""
    amount_cents: int = 0
    starts_local: str = ""
    minutes: int = 0
    undone: bool = False
    opens: int | None = None
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ask:
    """Which entries of a contact one source is asked for: the newest below a key."""

    contact_id: int
    before: Key
    limit: int
    zone: str
    rank: int
    now_ms: int

    def older(self, column: str, row_id: str = "id") -> tuple[str, tuple[int, ...]]:
        """The condition for entries below the key whose instant stands in ``column``."""
        if self.rank == self.before.rank:
            return f"({column}, {row_id}) < (?, ?)", (self.before.at, self.before.id)
        sign = "<=" if self.rank < self.before.rank else "<"
        return f"{column} {sign} ?", (self.before.at,)

    def older_day(self, column: str, row_id: str = "id") -> tuple[str, tuple[str | int, ...]]:
        """The same for a local date; what happened on a day counts as its last instant."""
        if self.before.at >= END_OF_TIME:
            return f"{column} IS NOT NULL", ()
        day = from_ms(self.before.at, self.zone).date()
        if self.before.at < day_end(day, self.zone) or self.rank > self.before.rank:
            return f"{column} < ?", (day.isoformat(),)
        if self.rank < self.before.rank:
            return f"{column} <= ?", (day.isoformat(),)
        return f"({column}, {row_id}) < (?, ?)", (day.isoformat(), self.before.id)

    def key(self, at: int, row_id: int) -> Key:
        return Key(at, self.rank, row_id)

    def day_key(self, on: str, row_id: int) -> Key:
        return self.key(day_end(date.fromisoformat(on), self.zone), row_id)

    def day(self, at: int) -> str:
        return from_ms(at, self.zone).date().isoformat()


def day_end(day: date, zone: str) -> int:
    """The last millisecond of a local day in UTC ms."""
    return to_ms(datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(zone))) - 1
