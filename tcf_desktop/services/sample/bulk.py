"""Years of work for the large business, written straight down: contracts of about four visits,
one invoice each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Final, NamedTuple

from tcf_desktop.services.sample.book import Client, Line, Visit
from tcf_desktop.services.sample.catalog import TRADES, Crew
from tcf_desktop.services.sample.money import Bill, next_workday
from tcf_desktop.services.sample.people import People

_PERIOD: Final = timedelta(days=28)
_SLOTS: Final = 6  # visits of a crew's day
_SLOT_MINUTES: Final = 85
_LENGTH: Final = 75
_PATTERNS: Final = 60  # different contracts a trade


class Period(NamedTuple):
    """Four weeks of contracts: what was done and what it cost."""

    visits: list[Visit]
    bills: list[Bill]


class _Pattern(NamedTuple):
    lines: tuple[Line, ...]
    title: str


def crews_needed(invoices: int, periods: int) -> int:
    """So many crews that every visit finds a slot of its own."""
    return -(-invoices // (periods * 5 * _SLOTS)) + 2


def periods(
    people: People,
    clients: Sequence[Client],
    crews: Sequence[Crew],
    seed: int,
    last_monday: date,
    count: int,
    invoices: int,
    visits: int,
) -> Iterator[Period]:
    """Exactly so many invoices and visits, spread over ``count`` periods that end before
    ``last_monday``, oldest first."""
    rng = Random(f"{seed}:bulk")
    patterns = {trade: _patterns(people, trade) for trade in TRADES}
    made = 0
    for index in range(count):
        share = invoices * (index + 1) // count - invoices * index // count
        start = last_monday - _PERIOD * (count - index)
        period = Period([], [])
        slots = rng.sample(range(len(crews) * 5 * _SLOTS), share)
        for slot in slots:
            times = visits * (made + 1) // invoices - visits * made // invoices
            made += 1
            _contract(rng, period, clients, crews, patterns, start, slot, times)
        period.visits.sort(key=_when)
        period.bills.sort(key=lambda bill: (bill.issued_on, bill.minute))
        yield period


def _when(visit: Visit) -> tuple[date, int]:
    return visit.day, visit.start


def _contract(
    rng: Random,
    period: Period,
    clients: Sequence[Client],
    crews: Sequence[Crew],
    patterns: dict[str, list[_Pattern]],
    start: date,
    slot: int,
    times: int,
) -> None:
    client = clients[int(rng.random() * len(clients))]
    crew = crews[slot // (5 * _SLOTS)]
    pattern = patterns[crew.trade][int(rng.random() * _PATTERNS)]
    day = start + timedelta(days=slot // _SLOTS % 5)
    minute = 480 + slot % _SLOTS * _SLOT_MINUTES
    spot = client.spots[int(rng.random() * len(client.spots))]
    done = []
    for week in range(times):
        # A fifth visit comes at the end of the fourth week's day.
        on, at = (day + timedelta(days=7 * week), minute) if week < 4 else (
            day + timedelta(days=21), 480 + _SLOTS * _SLOT_MINUTES)  # fmt: skip
        done.append(
            Visit(
                on, at, _LENGTH, crew.id, client, spot, pattern.lines, pattern.title, state="done"
            )
        )
    period.visits.extend(done)
    billed_on = next_workday(done[-1].day)
    period.bills.append(Bill(client, done, billed_on, 490 + slot % 400))


def _patterns(people: People, trade: str) -> list[_Pattern]:
    return [_Pattern(*people.pattern(trade)) for _ in range(_PATTERNS)]
