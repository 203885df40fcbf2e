"""Weeks and months of the schedule as tables for paper: days across, visits in the cells.

Nothing is left out and nothing is cut: what a page cannot hold goes on on the next one, with the
head of its row again. Crews are told apart by a letter as well as by colour, for paper is often
black and white.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tcf_desktop.domain.appointments import shift_local
from tcf_desktop.domain.day_sheet_print import print_length, print_range
from tcf_desktop.domain.documents import LETTER_COUNTRIES, paper_for
from tcf_desktop.domain.treatments import print_time

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_STATES: Final = {
    "tentative": "held", "on_the_way": "on the way", "arrived": "under way", "done": "done",
}  # fmt: skip
_KINDS: Final = {"estimate": "Estimate", "task": "Task", "personal": "Personal"}


@dataclass(frozen=True, slots=True)
class PlannedCrew:
    """A crew that is shown; ``color_index`` is its place among the colours."""

    id: int | None
    name: str
    color_index: int


@dataclass(frozen=True, slots=True)
class Planned:
    """An appointment as the schedule shows it. Times are wall times of the business."""

    starts_local: str
    minutes: int
    all_day: bool
    name: str
    service: str
    state: str
    kind: str
    crew_id: int | None
    worker: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """Some days (ISO dates, inclusive) of the crews that are shown."""

    first_on: str
    last_on: str
    business: str
    country: str
    crews: tuple[PlannedCrew, ...]
    visits: tuple[Planned, ...]


@dataclass(frozen=True, slots=True)
class PrintChip:
    """A visit in a cell: ``tag`` is the crew's letter, ``color_index`` None means no crew."""

    tag: str
    time: str
    name: str
    detail: str
    color_index: int | None


@dataclass(frozen=True, slots=True)
class PrintRow:
    """A row of the table: its head (empty where rows have none) and for each day a cell: a word
    above it, whether it lies outside of what was asked for, its chips."""

    head: str
    summary: str
    cells: tuple[tuple[str, bool, tuple[PrintChip, ...]], ...]


@dataclass(frozen=True, slots=True)
class PrintTable:
    """A month or a week, word for word. Picklable: pages are made in another process."""

    title: str
    subtitle: str
    business_name: str
    columns: tuple[str, ...]
    rows: tuple[PrintRow, ...]
    legend: tuple[tuple[str, str, int | None], ...]
    paper: str = "letter"
    page_label: str = "Page {page} of {pages}"
    continued: str = "continued"
    empty: str = "Nothing is planned in these days."


@dataclass(frozen=True, slots=True)
class PrintList:
    """The same visits as a list: headings, and for each day its rows."""

    title: str
    subtitle: str
    business_name: str
    columns: tuple[str, ...]
    days: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    paper: str = "letter"
    page_label: str = "Page {page} of {pages}"
    continued: str = "continued"
    empty: str = "Nothing is planned in these days."


def month_table(facts: PlanFacts, on: date, week_start: int = 0) -> PrintTable:
    """The month of ``on``: a row for each week, days of its neighbours shown quietly."""
    first = on.replace(day=1)
    begin, end = month_range(on, week_start)
    names = [_DAYS[(week_start + n) % 7] for n in range(7)]
    by_day = _by_day(facts, begin, end)
    chip = _chips(facts, detailed=False)
    rows = []
    for start in _steps(begin, end, 7):
        days = [start + timedelta(days=n) for n in range(7)]
        rows.append(
            PrintRow(
                "",
                "",
                tuple(
                    (
                        str(day.day) if day.day != 1 else f"{_MONTHS[day.month - 1][:3]} 1",
                        day.month != first.month,
                        tuple(chip(visit, day) for visit in by_day[day]),
                    )
                    for day in days
                ),
            )
        )
    inside = [v for day, visits in by_day.items() if day.month == first.month for v in visits]
    return PrintTable(
        title=f"{_MONTHS[first.month - 1]} {first.year}",
        subtitle=_summary(inside),
        business_name=facts.business,
        columns=tuple(names),
        rows=tuple(rows),
        legend=_legend(facts),
        paper=paper_for(facts.country),
    )


def week_table(facts: PlanFacts) -> PrintTable:
    """The days of the facts: a row for each crew, and one for what nobody has yet."""
    begin, end = date.fromisoformat(facts.first_on), date.fromisoformat(facts.last_on)
    days = list(_steps(begin, end, 1))
    by_day = _by_day(facts, begin, end)
    chip = _chips(facts, detailed=True)
    rows = []
    for crew in facts.crews:
        cells = [[v for v in by_day[day] if v.crew_id == crew.id] for day in days]
        mine = [visit for cell in cells for visit in cell]
        if crew.id is None and not mine:
            continue
        rows.append(
            PrintRow(
                crew.name,
                _summary(mine),
                tuple(
                    ("", False, tuple(chip(visit, day) for visit in cell))
                    for day, cell in zip(days, cells, strict=True)
                ),
            )
        )
    return PrintTable(
        title=range_words(begin, end),
        subtitle=_summary([visit for visits in by_day.values() for visit in visits]),
        business_name=facts.business,
        columns=tuple(f"{_DAYS[day.weekday()]} {day.day}" for day in days),
        rows=tuple(rows),
        legend=_legend(facts),
        paper=paper_for(facts.country),
    )


def plan_list(facts: PlanFacts) -> PrintList:
    """The visits one below the other, day by day; days without any are left out."""
    begin, end = date.fromisoformat(facts.first_on), date.fromisoformat(facts.last_on)
    by_day = _by_day(facts, begin, end)
    twelve = _twelve(facts)
    crews = {crew.id: crew.name for crew in facts.crews}
    days = []
    for day, visits in by_day.items():
        rows = tuple(
            (
                _when(visit, day, twelve=twelve),
                visit.name,
                ", ".join(filter(None, (_KINDS.get(visit.kind, ""), visit.service))),
                visit.address,
                visit.worker or crews.get(visit.crew_id, ""),
                _STATES.get(visit.state, ""),
            )
            for visit in visits
        )
        if rows:
            head = f"{_DAYS[day.weekday()]}, {_MONTHS[day.month - 1]} {day.day}, {day.year}"
            days.append((head, rows))
    return PrintList(
        title=range_words(begin, end),
        subtitle=_summary([visit for visits in by_day.values() for visit in visits]),
        business_name=facts.business,
        columns=("Time", "Customer", "Work", "Where", "Who", "State"),
        days=tuple(days),
        paper=paper_for(facts.country),
    )


def month_range(on: date, week_start: int = 0) -> tuple[date, date]:
    """First and last day of the whole weeks that hold the month of ``on``."""
    first = on.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    begin = first - timedelta(days=(first.weekday() - week_start) % 7)
    last = after - timedelta(days=1)
    return begin, last + timedelta(days=6 - (last.weekday() - week_start) % 7)


def range_words(begin: date, end: date) -> str:
    """``July 13 – 19, 2026``."""
    first = f"{_MONTHS[begin.month - 1]} {begin.day}"
    if begin == end:
        return f"{_DAYS[begin.weekday()]}, {first}, {begin.year}"
    if begin.year != end.year:
        first = f"{first}, {begin.year}"
    last = f"{_MONTHS[end.month - 1]} {end.day}" if begin.month != end.month else str(end.day)
    return f"{first} – {last}, {end.year}"


def _by_day(facts: PlanFacts, begin: date, end: date) -> dict[date, list[Planned]]:
    """The visits of the shown crews by every day that they touch, in order of time."""
    shown = {crew.id for crew in facts.crews}
    days: dict[date, list[Planned]] = {day: [] for day in _steps(begin, end, 1)}
    ordered = sorted(facts.visits, key=lambda v: (not v.all_day, v.starts_local, v.name))
    for visit in ordered:
        if visit.crew_id not in shown:
            continue
        first = date.fromisoformat(visit.starts_local[:10])
        last = date.fromisoformat(shift_local(visit.starts_local, max(visit.minutes - 1, 0))[:10])
        for day in _steps(max(first, begin), min(last, end), 1):
            days[day].append(visit)
    return days


def _chips(facts: PlanFacts, *, detailed: bool) -> Callable[[Planned, date], PrintChip]:
    crews = {crew.id: crew for crew in facts.crews}
    letters = dict(zip(crews, _letters(facts.crews), strict=True))
    twelve = _twelve(facts)

    def chip(visit: Planned, day: date) -> PrintChip:
        begins = visit.starts_local[:10] == day.isoformat()
        when = "" if visit.all_day else _when(visit, day, twelve=twelve)
        if not detailed and begins and not visit.all_day:
            when = print_time(visit.starts_local, twelve=twelve).replace(":00 ", " ")
        state = _STATES.get(visit.state, "")
        parts = [_KINDS.get(visit.kind, ""), state if state != "done" else ""]
        if detailed:
            parts = [visit.service, *parts, visit.worker]
        crew = crews[visit.crew_id]
        return PrintChip(
            tag=letters[visit.crew_id],
            time=when,
            name=visit.name or _KINDS.get(visit.kind, "Visit"),
            detail=" · ".join(filter(None, parts)),
            color_index=crew.color_index if crew.id is not None else None,
        )

    return chip


def _when(visit: Planned, day: date, *, twelve: bool) -> str:
    if visit.all_day:
        return "All day"
    if visit.starts_local[:10] != day.isoformat():
        return "goes on"
    end = shift_local(visit.starts_local, visit.minutes)
    return print_range(visit.starts_local, end, twelve=twelve)


def _letters(crews: Sequence[PlannedCrew]) -> list[str]:
    """A letter or two for each crew, no two alike; the last word's begins most crews' own."""
    found: list[str] = []
    for number, crew in enumerate(crews, 1):
        if crew.id is None:
            found.append("–")
            continue
        words = crew.name.split()
        wished = [words[-1][:1], crew.name[:1], crew.name[:2], str(number)] if words else []
        taken = (w.upper() for w in (*wished, f"{number}") if w.strip())
        found.append(next((w for w in taken if w not in found), f"#{number}"))
    return found


def _legend(facts: PlanFacts) -> tuple[tuple[str, str, int | None], ...]:
    return tuple(
        (letter, crew.name, crew.color_index if crew.id is not None else None)
        for letter, crew in zip(_letters(facts.crews), facts.crews, strict=True)
    )


def _summary(visits: Sequence[Planned]) -> str:
    """How many jobs, and their length; what goes on overnight counts once."""
    work = {(v.starts_local, v.name, v.crew_id): v for v in visits if v.kind == "job"}
    count = len(work)
    words = f"{count} visit" if count == 1 else f"{count} visits"
    length = print_length(sum(v.minutes for v in work.values() if not v.all_day))
    return f"{words}, {length}" if length else words


def _twelve(facts: PlanFacts) -> bool:
    return not facts.country or facts.country.upper() in LETTER_COUNTRIES


def _steps(begin: date, end: date, by: int) -> Iterable[date]:
    day = begin
    while day <= end:
        yield day
        day += timedelta(days=by)
