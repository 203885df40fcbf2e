"""How often customers want something done, as they once said: what Due again is made from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from random import Random
from typing import Final

from tcf_desktop.services.sample.book import Book, Client, Days, Plan, Visit

_ROUND_DAYS: Final = 14  # who comes that often stands on the calendar anyway
# Words for the days between two visits: every so many of a unit.
_WORDS: Final[dict[int, tuple[int, str]]] = {
    28: (4, "week"), 30: (1, "month"), 45: (6, "week"), 56: (8, "week"), 60: (2, "month"),
    84: (12, "week"), 90: (3, "month"), 91: (3, "month"), 120: (4, "month"), 178: (6, "month"),
    182: (6, "month"), 340: (11, "month"), 365: (1, "year"), 548: (18, "month"), 730: (2, "year"),
}  # fmt: skip
_REASONS: Final = ("Does it themselves now", "Moved to a condo", "Has somebody in the family")
_LATEST: Final = 40  # days for which the office may have put somebody off
_CALLERS_SHARE: Final = 30  # one in so many customers
_DONE: Final = "done"
_LOOSE: Final = frozenset({"cancelled", "no_show"})
_Key = tuple[int, int, int]  # contact, place, service


class Habits:
    """Remembers visits while they are stored and writes the frequencies at the end."""

    def __init__(self, book: Book, days: Days, seed: int, today: date) -> None:
        self._book = book
        self._days = days
        self._today = today
        self._rng = Random(f"{seed}:again")
        self._last: dict[_Key, date] = {}
        self._next: dict[_Key, date] = {}
        self._clients: dict[_Key, tuple[Client, Visit]] = {}
        self._stopped = 0
        self._callers = 0  # so many wanted to be asked sooner than they came

    def see(self, visits: Iterable[Visit]) -> None:
        """Take note of what was done and what is booked."""
        for visit in visits:
            if visit.client is None or visit.spot is None or not visit.lines:
                continue
            key = (visit.client.id, visit.spot.id, visit.lines[0].service_id)
            if visit.day > self._today or (visit.day == self._today and visit.state != _DONE):
                if visit.state not in _LOOSE:
                    self._next[key] = min(visit.day, self._next.get(key, visit.day))
            elif visit.state == _DONE and visit.day >= self._last.get(key, visit.day):
                self._last[key] = visit.day
                self._clients[key] = (visit.client, visit)

    def write(self, cast: Iterable[Client], customers: Iterable[Client]) -> None:
        """One row a habit that somebody named; the rest is left to be learned from history."""
        customers = list(customers)
        self._callers = len(customers) // _CALLERS_SHARE
        fixed = {client.id for client in cast}
        planned: defaultdict[int, list[Plan]] = defaultdict(list)
        for client in customers:
            planned[client.id] += client.plans
            for plan in client.plans:
                self._of_plan(client, plan, fixed=client.id in fixed)
        for key, (client, visit) in self._clients.items():
            if not planned[client.id]:
                self._of_visit(key, client, visit)

    def _of_plan(self, client: Client, plan: Plan, *, fixed: bool) -> None:
        if plan.interval_days <= _ROUND_DAYS:
            return
        spot = client.spots[plan.spot]
        key = (client.id, spot.id, plan.lines[0].service_id)
        last = self._last.get(key)
        if last is None and not fixed:
            return
        interval, late = plan.interval_days, 0
        if last is not None and key not in self._next:
            ago = (self._today - last).days
            if fixed:
                interval = _fitting(interval, ago)
            elif self._callers > 0 and (sooner := _promised(interval, ago)):
                interval, self._callers = sooner, self._callers - 1
            late = ago - interval
        # Nobody asks to be called and is forgotten for months; who is so late only came so often.
        draw = self._rng.random()
        if not fixed and (late > _LATEST or draw > (0.7 if late <= 0 else 0.9)):
            return
        price = sum((line.qty_milli * line.price_cents + 500) // 1000 for line in plan.lines)
        self._add(
            key, plan.title, _WORDS.get(interval, (interval, "day")),
            price if fixed or draw < 0.25 else None, last, season=plan.title == "Outside",
            snoozed=not fixed and late > 20,
        )  # fmt: skip

    def _of_visit(self, key: _Key, client: Client, visit: Visit) -> None:
        """In the large business: a year or less after the last contract, seldom later."""
        last = self._last[key]
        ago = (self._today - last).days
        if ago > 400 or client.kind != "customer":
            return
        longer = [days for days in (91, 182, 365) if days > ago]
        late = [days for days in (91, 182, 365) if 0 <= ago - days < 25]
        if late and self._rng.random() < 0.03:
            self._add(key, visit.title, _WORDS[late[0]], None, last)
        elif longer:
            self._add(key, visit.title, _WORDS[longer[0]], None, last)

    def _add(
        self, key: _Key, title: str, every: tuple[int, str], price: int | None, last: date | None,
        *, season: bool = False, snoozed: bool = False,
    ) -> None:  # fmt: skip
        contact_id, spot_id, service_id = key
        since = (last or self._today) - timedelta(days=self._rng.randrange(1, 30))
        at = self._days.at(since, 700)
        stopped_at, reason = None, ""
        if key not in self._next and self._rng.random() < 0.015:
            stopped_at = self._days.at(self._today - timedelta(days=1 + self._stopped % 20), 660)
            reason = _REASONS[self._stopped % len(_REASONS)]
            self._stopped += 1
        until = self._today + timedelta(days=self._rng.randrange(4, 18)) if snoozed else None
        self._book.add(
            "frequencies", contact_id, spot_id, service_id, title, *every,
            "04-01" if season else "", "10-31" if season else "", price,
            None if last else self._today.isoformat(), until.isoformat() if until else None,
            stopped_at, reason, at, at,
        )  # fmt: skip


def _fitting(interval: int, ago: int) -> int:
    """The interval, or the next usual one by which nobody was forgotten for long."""
    longer = (each for each in (182, 365, 548, 730) if each > interval)
    return next((days for days in (interval, *longer) if ago - days <= _LATEST), interval)


def _promised(interval: int, ago: int) -> int:
    """A usual interval, shorter than the real one, by which it is time since a few weeks; or 0."""
    return next((days for days in (91, 120, 182) if days < interval and 0 < ago - days < 30), 0)
