"""The calendar: two years of work by habit, this week as cast, next week as it fills up."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Final

from tcf_desktop.domain.money import PRICE_SCALE
from tcf_desktop.services.sample import places
from tcf_desktop.services.sample.book import ZONE, Book, Client, Days, Plan, Visit, is_workday, wall
from tcf_desktop.services.sample.catalog import CARPET, LAWN, TRADES, WINDOWS, Crew
from tcf_desktop.services.sample.people import People

DAY_START: Final = 480
DAY_END: Final = 1020
_LUNCH: Final = (720, 750)
# Visits of a crew's day, from and to, and the share of days ahead that are booked already.
_LOAD: Final = {WINDOWS: (2, 4), CARPET: (1, 3), LAWN: (3, 6)}
_BOOKED_AHEAD: Final = 0.7
Due = tuple[int, int, Client, Plan]  # ordinal day, serial, who, what


class Work:
    """Turns habits into visits, day by day."""

    def __init__(self, people: People, crews: Sequence[Crew], seed: int, today: date) -> None:
        self._people = people
        self._crews = crews
        self._rng = Random(f"{seed}:work")
        self._today = today
        self._due: dict[str, list[Due]] = {trade: [] for trade in TRADES}
        self._serial = 0

    def expect(self, clients: Iterable[Client], first: date) -> None:
        """Spread the first visits of these customers over their intervals from ``first`` on."""
        for client in clients:
            for plan in client.plans:
                wait = self._rng.randrange(max(1, min(plan.interval_days, 200)))
                self._push(first.toordinal() + wait, client, plan)

    def day(self, day: date, trades: Sequence[str] = TRADES) -> list[Visit]:
        """The visits of one working day, as far as customers are due."""
        visits: list[Visit] = []
        for crew in self._crews:
            if crew.trade in trades:
                visits += self.crew_day(crew, day)
        return visits

    def _push(self, ordinal: int, client: Client, plan: Plan) -> None:
        self._serial += 1
        heapq.heappush(self._due[plan.trade], (ordinal, self._serial, client, plan))

    def crew_day(self, crew: Crew, day: date) -> list[Visit]:
        """One crew's visits of a day."""
        low, high = _LOAD[crew.trade]
        wanted = self._rng.randint(low, high)
        if day > self._today and self._rng.random() > _BOOKED_AHEAD:
            wanted -= 1
        chosen: list[tuple[Client, Plan]] = []
        heap = self._due[crew.trade]
        while heap and len(chosen) < wanted and heap[0][0] <= day.toordinal():
            _ordinal, _serial, client, plan = heapq.heappop(heap)
            later = self._not_before(plan, day)
            if later is None:
                chosen.append((client, plan))
            elif later:
                self._push(later, client, plan)
        return self._place(crew, day, chosen)

    def _not_before(self, plan: Plan, day: date) -> int | None:
        """None when the visit can be made; 0 to forget it; else the ordinal day to try again."""
        if plan.pause_days:
            if day <= self._today + timedelta(days=3):
                if day >= self._today - timedelta(days=plan.pause_days):
                    again = plan.interval_days <= 14
                    return (self._today + timedelta(days=6)).toordinal() if again else 0
            elif plan.interval_days > 14:
                return 0
        if plan.trade == LAWN and season(day) == "snow" and self._rng.random() < 0.5:
            return day.toordinal() + 5
        return None

    def _place(self, crew: Crew, day: date, chosen: list[tuple[Client, Plan]]) -> list[Visit]:
        """Order the stops by nearness from the shop and give them times."""
        visits: list[Visit] = []
        minute, here = DAY_START + self._rng.choice((0, 0, 15, 30)), places.SHOP
        while chosen:
            nearest = min(
                range(len(chosen)),
                key=lambda index: _distance(here, chosen[index][0], chosen[index][1]),
            )
            client, plan = chosen.pop(nearest)
            spot = client.spots[plan.spot]
            travel = _distance(here, client, plan) / 660 + 4 if visits else 0
            start = -(-round(minute + travel) // 15) * 15
            if _LUNCH[0] - 15 <= start < _LUNCH[1]:
                start = _LUNCH[1]
            visit = Visit(day, start, plan.minutes, crew.id, client, spot, plan.lines, plan.title)
            if plan.trade == LAWN:
                dress_for_season(self._people, visit)
            if visit.end > DAY_END + 15 and visits:
                self._push(day.toordinal() + 1, client, plan)
                continue
            visits.append(visit)
            self._finish(visit)
            again = plan.interval_days + self._rng.randint(0, max(1, plan.interval_days // 12))
            self._push(day.toordinal() + again, client, plan)
            minute, here = visit.end, spot.place
        return visits

    def _finish(self, visit: Visit) -> None:
        rng = self._rng
        draw = rng.random()
        this_week = abs((visit.day - self._today).days) < 7
        if visit.day < self._today:
            visit.state = "done"
            if draw < 0.025 and not this_week:
                visit.state, visit.note = "cancelled", "Customer is away."
            elif draw < 0.033 and not this_week:
                visit.state, visit.note = "no_show", "Nobody at home."
        elif draw < 0.07 and not this_week:
            visit.state, visit.note = "tentative", "Held, not confirmed yet."
        if visit.minutes >= 75 and visit.start >= 600 and rng.random() < 0.3:
            visit.arrival = (visit.start, 60)


def _distance(here: places.Place, client: Client, plan: Plan) -> float:
    there = client.spots[plan.spot].place
    return places.metres_between(here.lat, here.lon, there.lat, there.lon)


def season(day: date) -> str:
    """What lawn crews do: grow (April to October), leaves (November) or snow."""
    if 4 <= day.month <= 10:
        return "grow"
    return "leaves" if day.month == 11 else "snow"


def dress_for_season(people: People, visit: Visit) -> None:
    """Outside the growing season a mowing visit becomes leaf cleanup or snow clearing."""
    now = season(visit.day)
    if now == "grow":
        return
    commercial = visit.client is not None and visit.client.segment == "commercial"
    if now == "leaves":
        hours = 2.5 if commercial else (1.25 if visit.minutes > 60 else 0.75)
        visit.lines = people.lines((("leaves", hours), ("landfill", 1)))
        visit.title = "Leaves"
    else:
        visit.lines = people.lines((("snow_lot" if commercial else "snow", 1),))
        visit.title = "Snow"


def write_visits(book: Book, days: Days, visits: Sequence[Visit], today: date, seed: int) -> None:
    """Store appointments with their lines; their invoices stand in the book already."""
    rng = Random(f"{seed}:booked:{visits[0].day if visits else ''}")
    for visit in visits:
        starts_at = days.midnight(visit.day) if visit.all_day else days.at(visit.day, visit.start)
        ends_at = starts_at + visit.minutes * 60_000
        if visit.all_day:
            ends_at = days.midnight(visit.day + timedelta(days=visit.minutes // 1440))
        booked = min(visit.day, today) - timedelta(days=rng.randrange(2, 30))
        created_at = days.at(booked, rng.randrange(480, 1020))
        changed_at = ends_at if visit.state == "done" else created_at
        total = sum((line.qty_milli * line.price_cents + 500) // 1000 for line in visit.lines)
        book.add(
            "appointments", f"{book.uid()}@tcf-desktop", visit.kind,
            visit.client.id if visit.client else None,
            visit.spot.id if visit.spot else None, visit.title, wall(visit.day, visit.start),
            visit.minutes, ZONE, starts_at, ends_at, int(visit.all_day),
            wall(visit.day, visit.arrival[0]) if visit.arrival else None,
            visit.arrival[1] if visit.arrival else None, visit.crew, visit.worker, visit.state,
            visit.note, total, visit.invoice_id, 0, created_at, changed_at, row_id=visit.id,
        )  # fmt: skip
        for position, line in enumerate(visit.lines):
            book.add(
                "appointment_lines", visit.id, position, line.service_id, line.name,
                line.description, line.qty_milli, line.price_cents * PRICE_SCALE, int(line.taxable),
            )  # fmt: skip


def workdays(first: date, last: date) -> list[date]:
    """Every working day from ``first`` to ``last``, both included."""
    span = (last - first).days + 1
    return [day for day in (first + timedelta(days=n) for n in range(span)) if is_workday(day)]
