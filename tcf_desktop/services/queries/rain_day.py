"""The visits of a day that falls through, and where they could go."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from tcf_desktop.domain import appointments as rules
from tcf_desktop.domain import rain_day as planning
from tcf_desktop.domain.recurrence import occurrence_of
from tcf_desktop.domain.working_hours import Calendar
from tcf_desktop.services.queries import schedule
from tcf_desktop.services.queries.working_hours import calendar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.queries.schedule import AppointmentBlock

_MOVABLE: Final = ("tentative", "confirmed")
_KINDS: Final = ("job", "estimate")


@dataclass(frozen=True, slots=True)
class Wish:
    """Which day falls through, for which crews and which service (None: all of them), and the
    first day that visits may go to. A crew of None in ``crews`` means visits without a crew."""

    on: date
    first_on: date
    crews: frozenset[int | None] | None = None
    service_id: int | None = None


@dataclass(frozen=True, slots=True)
class RainVisit:
    """A visit of the day. ``why`` says why it stays: "done", "under_way", "invoiced", "all_day";
    empty for one that can move. ``to_local`` is the proposed start, empty when there is no gap."""

    id: int
    contact_id: int | None
    name: str
    service: str
    crew_id: int | None
    crew_name: str
    starts_local: str
    starts_at: int
    minutes: int
    why: str = ""
    to_local: str = ""


@dataclass(frozen=True, slots=True)
class RainDay:
    """The day in order, and what judges a start that was typed by hand."""

    wish: Wish
    zone: str
    visits: tuple[RainVisit, ...]
    board: Board

    @property
    def movable(self) -> tuple[RainVisit, ...]:
        """Those that can go elsewhere."""
        return tuple(visit for visit in self.visits if not visit.why)


@dataclass(frozen=True, slots=True)
class Board:
    """Who is free when from the first day on."""

    calendar: Calendar
    taken: tuple[planning.Taken, ...]
    visits: Mapping[int, planning.Visit]
    free_days: frozenset[tuple[date, tuple[str, int]]]  # somebody's whole day is taken

    def openings(self, visit: planning.Visit, on: date) -> tuple[int, int] | None:
        """When a visit can be done: its people work, its place is open, nothing takes the day."""
        if any((on, who) in self.free_days for who in visit.people):
            return None
        if not self.calendar.first_on <= on <= self.calendar.last_on:
            return None
        span = _people_span(self.calendar, visit.people, on)
        if span is None or visit.location_id is None:
            return span
        place = self.calendar.location_day(visit.location_id, on).hours
        if place is None:
            return None
        begin, end = max(span[0], place.from_minute), min(span[1], place.to_minute)
        return (begin, end) if begin < end else None

    def trouble(self, chosen: Mapping[int, str]) -> dict[int, str]:
        """What speaks against these starts (wall times by id): "hours", "taken" or "order"."""
        placed = {
            ident: planning.Taken(
                starts := rules.parse_local(local),
                starts + timedelta(minutes=self.visits[ident].minutes),
                self.visits[ident].people,
            )
            for ident, local in chosen.items()
        }
        found: dict[int, str] = {}
        for ident, mine in placed.items():
            others = [one for key, one in placed.items() if key != ident]
            visit = self.visits[ident]
            said = planning.trouble(visit, mine.starts, [*self.taken, *others], self.openings)
            if said:
                found[ident] = said
        return found


def rain_day(r: Reader, wish: Wish, now_ms: int) -> RainDay:
    """The day with a proposal for each visit that can move.

    Raises nothing: what does not fit within four weeks has no ``to_local``.
    """
    zone = str(r.value("SELECT zone FROM business WHERE id = 1") or "UTC")
    names = {crew.id: crew.name for crew in schedule.crews(r)}
    blocks = schedule.blocks(r, wish.on, wish.on, zone, now_ms)
    mine = [block for block in blocks if _is_meant(block, wish)]
    if wish.service_id is not None:
        having = _with_service(r, [block.id for block in mine], wish.service_id)
        mine = [block for block in mine if block.id in having]
    shown = [_row(block, names) for block in mine]
    moving = {visit.id for visit in shown if not visit.why}
    places = locations_of(r, moving)
    items = [
        Item(b.id, b.starts_local, b.minutes, b.crew_id, b.worker_id, places.get(b.id))
        for b in mine
        if b.id in moving
    ]
    people = board(r, items, wish.first_on, zone, now_ms)
    placed = planning.plan(people.visits.values(), people.taken, people.openings, wish.first_on)
    to = {one.id: rules.format_local(one.starts) for one in placed if one.starts is not None}
    return RainDay(
        wish, zone, tuple(replace(visit, to_local=to.get(visit.id, "")) for visit in shown), people
    )


def crews_of_day(r: Reader, on: date, now_ms: int) -> tuple[tuple[int | None, int], ...]:
    """(crew or None, visits that could move) of a day, crews in their order."""
    zone = str(r.value("SELECT zone FROM business WHERE id = 1") or "UTC")
    counts: dict[int | None, int] = {}
    for block in schedule.blocks(r, on, on, zone, now_ms):
        if block.kind in _KINDS and not _why(block):
            counts[block.crew_id] = counts.get(block.crew_id, 0) + 1
    order = [crew.id for crew in schedule.crews(r)]
    known: list[int | None] = [crew for crew in order if crew in counts]
    return tuple((crew, counts[crew]) for crew in [*known, *(c for c in counts if c not in order)])


def _is_meant(block: AppointmentBlock, wish: Wish) -> bool:
    return (
        block.kind in _KINDS
        and block.state not in rules.OFF_STATES
        and block.starts_local[:10] == wish.on.isoformat()
        and (wish.crews is None or block.crew_id in wish.crews)
    )


def _why(block: AppointmentBlock) -> str:
    if block.invoiced:
        return "invoiced"
    if block.state == "done":
        return "done"
    if block.state not in _MOVABLE:
        return "under_way"
    return "all_day" if block.all_day else ""


def _row(block: AppointmentBlock, names: Mapping[int, str]) -> RainVisit:
    crew = names.get(block.crew_id, "") if block.crew_id is not None else ""
    return RainVisit(
        block.id, block.contact_id, block.name, block.service, block.crew_id,
        block.worker_name or crew, block.starts_local, block.starts_at, block.minutes,
        _why(block),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """A visit that looks for a place; ``crew_id`` is its lane, ``worker_id`` who comes alone."""

    id: int
    starts_local: str
    minutes: int
    crew_id: int | None
    worker_id: int | None
    location_id: int | None = None


def board(r: Reader, items: Sequence[Item], first_on: date, zone: str, now_ms: int) -> Board:
    """Who is free from ``first_on`` on, apart from these visits themselves."""
    last = first_on + timedelta(days=planning.SEARCHED_DAYS)
    starts_on = [rules.parse_local(item.starts_local).date() for item in items]
    places = {item.location_id for item in items if item.location_id is not None}
    known = calendar(r, min([first_on, *starts_on]), max([last, *starts_on]), places)
    ids = {item.id for item in items}
    taken: list[planning.Taken] = []
    free_days: set[tuple[date, tuple[str, int]]] = set()
    for block in schedule.blocks(r, first_on, last, zone, now_ms):
        if block.id in ids or block.state in rules.OFF_STATES:
            continue
        starts = rules.parse_local(block.starts_local)
        people = _people(known, block.crew_id, block.worker_id, starts.date())
        if block.all_day:
            days = max(1, -(-block.minutes // rules.DAY_MINUTES))
            for ahead in range(days):
                free_days |= {(starts.date() + timedelta(days=ahead), who) for who in people}
        else:
            taken.append(planning.Taken(starts, starts + timedelta(minutes=block.minutes), people))
    visits = {
        item.id: planning.Visit(
            item.id,
            rules.parse_local(item.starts_local),
            item.minutes,
            _people(known, item.crew_id, item.worker_id, on),
            item.location_id,
        )
        for item, on in zip(items, starts_on, strict=True)
    }
    return Board(known, tuple(taken), visits, frozenset(free_days))


def _people(
    known: Calendar, crew_id: int | None, worker_id: int | None, on: date
) -> planning.People:
    if worker_id is not None:
        return frozenset({("worker", worker_id)})
    if crew_id is None:
        return frozenset()
    inside = known.first_on <= on <= known.last_on
    members = known.members(crew_id, on) if inside else ()
    return frozenset({("crew", crew_id), *(("worker", member) for member in members)})


def _people_span(known: Calendar, people: planning.People, on: date) -> tuple[int, int] | None:
    crew = next((ident for kind, ident in people if kind == "crew"), None)
    if crew is not None:
        day = known.crew_day(crew, on)
    elif people:
        day = known.worker_day(next(iter(people))[1], on)
    else:
        day = known.business_day(on)
    return None if day.hours is None else (day.hours.from_minute, day.hours.to_minute)


def locations_of(r: Reader, ids: Iterable[int]) -> dict[int, int]:
    """The place of each appointment (also of computed ones) that has one."""
    wanted = list(ids)
    rows = r.all(
        "SELECT id, location_id FROM appointments WHERE location_id IS NOT NULL"
        " AND id IN (SELECT value FROM json_each(?))",
        (json.dumps([ident for ident in wanted if ident > 0]),),
    )
    found = {row[0]: row[1] for row in rows}
    series = {ident: occurrence_of(ident)[0] for ident in wanted if ident < 0}
    of_series = dict(
        r.all(
            "SELECT id, location_id FROM series WHERE location_id IS NOT NULL"
            " AND id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(set(series.values()))),),
        )
    )
    return found | {i: of_series[s] for i, s in series.items() if s in of_series}


def _with_service(r: Reader, ids: Iterable[int], service_id: int) -> set[int]:
    wanted = list(ids)
    rows = r.all(
        "SELECT appointment_id FROM appointment_lines WHERE service_id = ?"
        " AND appointment_id IN (SELECT value FROM json_each(?))",
        (service_id, json.dumps([ident for ident in wanted if ident > 0])),
    )
    series = {row[0] for row in r.all(
        "SELECT DISTINCT series_id FROM series_lines WHERE service_id = ?", (service_id,)
    )}  # fmt: skip
    computed = {i for i in wanted if i < 0 and occurrence_of(i)[0] in series}
    return {row[0] for row in rows} | computed


def earliest_day(on: date, now: datetime) -> date:
    """The first day to propose: the day after, not before tomorrow."""
    return max(on, now.date()) + timedelta(days=1)
