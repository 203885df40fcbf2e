"""What comes again on fixed days: series of customers, and one of the office itself."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Final, NamedTuple

from tcf_desktop.domain.money import PRICE_SCALE
from tcf_desktop.services.sample.book import ZONE, Book, Client, Days, Plan, Visit, wall
from tcf_desktop.services.sample.catalog import Crew

_WEEKS: Final = 12  # so far ahead no visit may be in the way
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR")
_STARTS: Final = range(480, 960, 30)


class _Kind(NamedTuple):
    trade: str
    rule: str
    weeks: int
    usual: int
    title: str
    segment: str


_KINDS: Final = (
    _Kind("lawn", "FREQ=WEEKLY;BYDAY={day}", 1, 4, "Weekly lawn care", "residential"),
    _Kind(
        "windows", "FREQ=WEEKLY;INTERVAL=2;BYDAY={day}", 2, 2, "Storefront windows", "commercial"
    ),
    _Kind("carpet", "FREQ=MONTHLY;BYDAY=1MO", 4, 1, "First-Monday office clean", "commercial"),
)


class Standing:
    """Writes series that begin in the week after today, where crews have time."""

    def __init__(
        self, book: Book, days: Days, seed: int, today: date, crews: Sequence[Crew]
    ) -> None:
        self._book = book
        self._days = days
        self._uids = Random(f"{seed}:series")
        self._today = today
        self._monday = today + timedelta(days=7 - today.weekday())
        self._crews = crews
        self._busy: defaultdict[tuple[int, date], list[tuple[int, int]]] = defaultdict(list)

    def write(self, customers: Iterable[Client], visits: Iterable[Visit], many: int = 0) -> None:
        """The usual few, or ``many``; customers with habits only, the later ones first."""
        for visit in visits:
            if visit.crew is not None and visit.day >= self._monday:
                self._busy[visit.crew, visit.day].append((visit.start, visit.end))
        made = self._own()
        kinds = _KINDS if not many else [kind._replace(usual=many // 3 + 1) for kind in _KINDS]
        able = [client for client in reversed(list(customers)) if client.plans]
        for kind in kinds:
            left = kind.usual
            for client in sorted(able, key=lambda client: client.segment != kind.segment):
                plan = next((one for one in client.plans if one.trade == kind.trade), None)
                if plan is None or not left or (many and made >= many):
                    continue
                self._series(kind, client, plan)
                left, made = left - 1, made + 1

    def _own(self) -> int:
        """The office itself, at an hour before anybody leaves."""
        friday = self._monday + timedelta(days=4)
        self._add(friday, 990, 30, "FREQ=WEEKLY;BYDAY=FR", "Bank and week's papers")
        return 1

    def _series(self, kind: _Kind, client: Client, plan: Plan) -> None:
        crews = [crew.id for crew in self._crews if crew.trade == kind.trade]
        minutes = min(max(30, plan.minutes // 30 * 30), 180)
        crew, day, start = self._free(crews, minutes, kind)
        rule = kind.rule.format(day=_DAYS[day.weekday()])
        cents = sum(line.qty_milli * line.price_cents // 1000 for line in plan.lines)
        series = self._add(day, start, minutes, rule, kind.title, client, plan, crew, cents)
        for position, line in enumerate(plan.lines):
            self._book.add(
                "series_lines", series, position, line.service_id, line.name, line.description,
                line.qty_milli, line.price_cents * PRICE_SCALE, int(line.taxable),
            )  # fmt: skip
        for week in range(0, _WEEKS, kind.weeks):
            on = day + timedelta(weeks=week)
            self._busy[crew, on].append((start, start + minutes))

    def _free(self, crews: Sequence[int], minutes: int, kind: _Kind) -> tuple[int, date, int]:
        """A crew, a first day and a minute of the day at which nothing is in the way."""
        days = [self._monday + timedelta(days=n) for n in range(5)]
        if "1MO" in kind.rule:
            first = (self._monday.replace(day=1) + timedelta(days=32)).replace(day=1)
            days = [first + timedelta(days=-first.weekday() % 7)]
        for day in days:
            for start in _STARTS:
                for crew in crews:
                    if self._is_free(crew, day, start, start + minutes, kind.weeks):
                        return crew, day, start
        return crews[0], days[0], _STARTS[0]

    def _is_free(self, crew: int, day: date, start: int, end: int, weeks: int) -> bool:
        return not any(
            begin < end and start < until
            for week in range(0, _WEEKS, weeks)
            for begin, until in self._busy.get((crew, day + timedelta(weeks=week)), ())
        )

    def _add(
        self,
        day: date,
        start: int,
        minutes: int,
        rule: str,
        title: str,
        client: Client | None = None,
        plan: Plan | None = None,
        crew: int | None = None,
        cents: int = 0,
    ) -> int:
        written = self._days.at(self._today - timedelta(days=20), 600)
        spot = client.spots[plan.spot].id if client and plan else None
        identity = uuid.UUID(int=self._uids.getrandbits(128), version=4)
        return self._book.add(
            "series", str(identity), wall(day, start), minutes, ZONE, 0, rule, "keep",
            "job" if client else "personal", client.id if client else None, spot, title,
            0, 60 if client else None, crew, "confirmed", "", "", "", cents, 0, written, written,
        )  # fmt: skip
