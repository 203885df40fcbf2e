"""Invoices that show a state: overdue by age, half paid, void, credited, draft, two pages long."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from tcf_desktop.services.sample.book import Client, Visit, workday_before
from tcf_desktop.services.sample.cast import Item
from tcf_desktop.services.sample.catalog import CARPET, WINDOWS, Crew
from tcf_desktop.services.sample.money import Bill
from tcf_desktop.services.sample.people import People, title_of

# Who, trade, items, minutes, days since it was due, fate.
_LATE: Final[tuple[tuple[str, str, tuple[Item, ...], int, int, str], ...]] = (
    ("falls_park", WINDOWS, (("side", 8),), 240, 2, "unpaid"),
    ("reyes", WINDOWS, (("win_out", 56),), 90, 2, "unpaid"),
    ("olson", WINDOWS, (("win_io", 44), ("tracks", 8.5)), 90, 12, "unpaid"),
    ("cherapa", WINDOWS, (("lobby", 4),), 120, 20, "unpaid"),
    ("dakota_title", CARPET, (("commercial", 1000),), 150, 44, "unpaid"),
    ("anders", WINDOWS, (("win_io", 52),), 120, 37, "unpaid"),
    ("kessler", WINDOWS, (("storefront", 40),), 110, 68, "unpaid"),
    ("sioux_steel", WINDOWS, (("lobby", 1.5),), 60, 97, "unpaid"),
    ("marriott", CARPET, (("commercial", 1300, 40),), 180, -12, "part"),
    ("vance", CARPET, (("room", 4), ("pets", 2)), 150, -4, "part"),
)
_HOUSE_ITEMS: Final[tuple[tuple[str, float], ...]] = (
    ("win_io", 38), ("win_out", 24), ("screens", 38), ("tracks", 19), ("hard_water", 6),
    ("lobby", 0.5),
)  # fmt: skip


def late_bills(people: People, crews: Sequence[Crew], today: date) -> list[Bill]:
    """Invoices that somebody has not paid, or not in full."""
    bills = []
    for who, trade, items, minutes, late_days, fate in _LATE:
        client = people.cast[who]
        issued_on = today - timedelta(days=late_days + client.terms_days)
        visit = _past_visit(people, client, _crew(crews, trade), issued_on, items, minutes)
        bills.append(Bill(client, (visit,), issued_on, 990, fate))
    return bills


def long_bill(people: People, crews: Sequence[Crew], today: date) -> Bill:
    """One invoice over all houses of an institution, too long for one page."""
    client = people.cast["good_sam"]
    issued_on = workday_before(today - timedelta(days=18))
    visits = []
    day = workday_before(issued_on)
    for index, spot in enumerate(client.spots):
        visit = _past_visit(people, client, _crew(crews, WINDOWS), day, _HOUSE_ITEMS, 210)
        visit.spot, visit.title = spot, spot.name
        visit.lines = tuple(replace(line, description=spot.name) for line in visit.lines)
        visit.start = 720 if index % 2 else 480
        visits.append(visit)
        if index % 2:
            day = workday_before(day)
    visits.sort(key=lambda visit: (visit.day, visit.start))
    return Bill(client, visits, issued_on, 990, "unpaid", po="GSS-20418")


def draft_bills(people: People, visits: Sequence[Visit], today: date) -> list[Bill]:
    """Two drafts for finished visits and one that began as a telephone call."""
    done = [
        visit
        for visit in visits
        if visit.state == "done" and visit.day < today and visit.client is not None
    ]
    bills = [
        Bill(visit.client, (visit,), today, 495 + index, "draft")
        for index, visit in enumerate(done[-2:])
        if visit.client is not None
    ]
    condos = people.cast["falls_park"]
    bills.append(
        Bill(
            condos, (), today - timedelta(days=1), 930, "draft",
            people.lines((("side", 24), ("gutters", 640), ("hard_water", 18))), "FPC-77",
        )
    )  # fmt: skip
    return bills


def without_overlaps(visits: Sequence[Visit], kept: Sequence[Visit]) -> list[Visit]:
    """The visits for which the crew has time besides the ``kept`` ones."""
    busy: defaultdict[tuple[date, int | None], list[Visit]] = defaultdict(list)
    for visit in kept:
        busy[visit.day, visit.crew].append(visit)
    return [
        visit
        for visit in visits
        if not any(
            visit.start < other.end and other.start < visit.end
            for other in busy.get((visit.day, visit.crew), ())
        )
    ]


def mark_corrections(bills: Sequence[Bill], today: date) -> None:
    """Make some old invoices void (written anew at once) and some credited."""
    old = [
        bill
        for bill in bills
        if not bill.fate and (today - bill.issued_on).days > 20 and bill.client.pays != "monthly"
    ]
    for share, fate in ((0.21, "void"), (0.58, "void"), (0.93, "void"), (0.4, "credited"),
                        (0.88, "credited")):  # fmt: skip
        if old:
            old[min(int(len(old) * share), len(old) - 1)].fate = fate


def _crew(crews: Sequence[Crew], trade: str) -> int:
    return next(crew.id for crew in crews if crew.trade == trade)


def _past_visit(
    people: People,
    client: Client,
    crew_id: int,
    billed_on: date,
    items: Sequence[Item],
    minutes: int,
) -> Visit:
    day = workday_before(billed_on + timedelta(days=1))
    return Visit(
        day, 780, minutes, crew_id, client, client.spots[0], people.lines(items), title_of(items),
        state="done",
    )  # fmt: skip
