"""Crews and the people in them: pay, languages, hours, days off, one who changes the crew."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, NamedTuple

from tcf_desktop.services.sample.book import Book, Client
from tcf_desktop.services.sample.catalog import CREWS, FREE_WORKER, TRADES, Crew

_WORKDAYS: Final = range(5)


class _Facts(NamedTuple):
    """What is written about a person; ``hours`` are (weekday, from, to)."""

    since: str
    pay_cents: int
    language: str = "English"
    licence: str = ""
    note: str = ""
    hours: tuple[tuple[int, int, int], ...] = ()


def _week(begin: int, end: int, *more: tuple[int, int, int]) -> tuple[tuple[int, int, int], ...]:
    return (*((day, begin, end) for day in _WORKDAYS), *more)


_FACTS: Final = {
    "Marcus Reed": _Facts("2019-04-01", 2650, hours=_week(480, 1020, (5, 480, 720))),
    "Dee Wallace": _Facts("2023-05-15", 2000, note="Not on ladders above the second floor."),
    "Ana Flores": _Facts("2020-02-10", 2500, "Spanish", hours=_week(450, 1020)),
    "Tyler Brandt": _Facts("2025-06-02", 1850),
    "Luis Ortega": _Facts(
        "2021-03-22", 2550, "Spanish", "SD applicator 48213", hours=_week(420, 990)
    ),
    FREE_WORKER: _Facts("2018-01-08", 2900, note="Shop, supplies and the phone."),
}
_NEWCOMER: Final = _Facts("2024-03-04", 1900)
_MOVED: Final = "Tyler Brandt"


def hire(book: Book, crew_count: int, today: date) -> tuple[list[Crew], int]:
    """Crews with their workers, and the id of the worker without a crew."""
    crews = []
    ids: dict[str, int] = {}
    for index in range(crew_count):
        if index < len(CREWS):
            name, trade, workers = CREWS[index]
        else:
            trade = TRADES[index % 3]
            name = f"{trade.capitalize()} {chr(ord('A') + index)}"
            workers = (f"Lead {index + 1}", f"Helper {index + 1}")
        crew_id = book.add("crews", name, index % 8, index)
        for worker in workers:
            ids[worker] = _person(book, worker, crew_id, 200 + len(ids) + 1, index % 8)
        crews.append(Crew(crew_id, name, trade, tuple(ids[worker] for worker in workers)))
    free = ids[FREE_WORKER] = _person(book, FREE_WORKER, None, 200, 3)
    monday = today - timedelta(days=today.weekday())
    for crew in crews:
        for worker_id in crew.workers:
            if worker_id != ids[_MOVED]:
                book.add("crew_members", worker_id, crew.id, None, None)
    _move(book, ids[_MOVED], crews, monday)
    off = (
        (free, _workday_after(today), 2, "Vacation"),
        (ids["Dee Wallace"], monday + timedelta(days=25), 1, "School visit"),
        (ids["Ana Flores"], monday - timedelta(days=42), 5, "Family visit"),
        (None, date(today.year, 12, 24), 2, "Christmas break"),
    )
    for owner, first, count, reason in off:
        last = first + timedelta(days=count - 1)
        book.add("days_off", owner, None, first.isoformat(), last.isoformat(), reason)
    return crews, free


def opening_hours(book: Book, client: Client, today: date) -> None:
    """A place where work can be done only while it is open, and a day when it is closed."""
    for weekday in _WORKDAYS:
        book.add("working_hours", None, client.spots[0].id, weekday, 420, 1020)
    closed = _workday_after(today + timedelta(days=20)).isoformat()
    book.add("days_off", None, client.spots[0].id, closed, closed, "Reception in the lobby")


def _workday_after(day: date) -> date:
    day += timedelta(days=1)
    while day.weekday() not in _WORKDAYS:
        day += timedelta(days=1)
    return day


def _person(book: Book, name: str, crew_id: int | None, number: int, color: int) -> int:
    facts = _FACTS.get(name, _NEWCOMER)
    mail = f"{name.split(maxsplit=1)[0].lower()}@clearview.example" if name in _FACTS else ""
    worker_id = book.add(
        "workers", name, crew_id, f"605-555-{number:04d}", mail, facts.language,
        facts.pay_cents, facts.licence, facts.note, facts.since, color,
    )  # fmt: skip
    for weekday, begin, end in facts.hours:
        book.add("working_hours", worker_id, None, weekday, begin, end)
    return worker_id


def _move(book: Book, worker_id: int, crews: list[Crew], monday: date) -> None:
    """He came from the first crew, is in the second, and helps the third for a week."""
    first, second, third = (crew.id for crew in crews[:3])
    came, lent = monday - timedelta(days=35), monday + timedelta(days=14)
    back = lent + timedelta(days=7)
    stays = (
        (first, None, came - timedelta(days=1)),
        (second, came, lent - timedelta(days=1)),
        (third, lent, back - timedelta(days=1)),
        (second, back, None),
    )
    for crew_id, begin, end in stays:
        dates = (None if day is None else day.isoformat() for day in (begin, end))
        book.add("crew_members", worker_id, crew_id, *dates)
