"""A day that falls through: where its visits go, the next fitting gaps in the order they had.

Times are wall times of the business. A visit keeps its hour where that is free; otherwise it takes
the first gap of the day. Who shares people comes one after another, as before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

STEP: Final = 15  # starts are tried at every quarter of an hour
SEARCHED_DAYS: Final = 28

_LONG_AGO: Final = datetime(1, 1, 1)  # noqa: DTZ001 - a wall time

People = frozenset[tuple[str, int]]
"""("crew", id) and ("worker", id) of everybody who comes; empty when nobody was chosen yet."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit that must go elsewhere. ``minutes`` is its length."""

    id: int
    starts: datetime
    minutes: int
    people: People
    location_id: int | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """Time that people are not free."""

    starts: datetime
    ends: datetime
    people: People


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a visit goes; ``starts`` is None when the searched days have no gap for it."""

    id: int
    starts: datetime | None


Openings = Callable[[Visit, date], tuple[int, int] | None]
"""From when to when (minutes after midnight) a visit can be done on a date; None: not at all."""


def plan(
    visits: Iterable[Visit],
    taken: Iterable[Taken],
    openings: Openings,
    first: date,
    days: int = SEARCHED_DAYS,
) -> tuple[Placed, ...]:
    """A place for each visit from ``first`` on, in the order of their starts.

    ``taken`` must not hold the visits themselves. What is placed is inside ``openings``, free of
    ``taken`` and of each other, and nobody's visits change their order.
    """
    busy = list(taken)
    done: list[Taken] = []
    found: list[Placed] = []
    for visit in sorted(visits, key=lambda v: (v.starts, v.id)):
        earliest = max(
            (other.ends for other in done if other.people & visit.people), default=_LONG_AGO
        )
        relevant = [other for other in busy if other.people & visit.people]
        starts = _gap(visit, relevant, openings, earliest, first, days)
        found.append(Placed(visit.id, starts))
        if starts is not None:
            place = Taken(starts, starts + timedelta(minutes=visit.minutes), visit.people)
            busy.append(place)
            done.append(place)
    return tuple(found)


def trouble(visit: Visit, starts: datetime, taken: Iterable[Taken], openings: Openings) -> str:
    """What speaks against a start: ``hours``, ``taken`` or nothing."""
    span = openings(visit, starts.date())
    begin = starts.hour * 60 + starts.minute
    if span is None or begin < span[0] or begin + visit.minutes > span[1]:
        return "hours"
    return "" if _is_free(visit, starts, taken) else "taken"


def _gap(
    visit: Visit,
    taken: Sequence[Taken],
    openings: Openings,
    earliest: datetime,
    first: date,
    days: int,
) -> datetime | None:
    for ahead in range(days):
        day = first + timedelta(days=ahead)
        span = openings(visit, day)
        if span is None or day < earliest.date():
            continue
        midnight = datetime.combine(day, time())
        begin = max(midnight + timedelta(minutes=span[0]), earliest)
        last = midnight + timedelta(minutes=span[1] - visit.minutes)
        for starts in _tries(visit, taken, begin, midnight):
            if begin <= starts <= last and _is_free(visit, starts, taken):
                return starts
    return None


def _tries(
    visit: Visit, taken: Sequence[Taken], begin: datetime, midnight: datetime
) -> list[datetime]:
    """Its own hour, then the beginning of the day and each moment when somebody becomes free."""
    own = datetime.combine(midnight.date(), visit.starts.time())
    day_ends = midnight + timedelta(days=1)
    ends = (other.ends for other in taken if midnight < other.ends < day_ends)
    return [own, *sorted({_rounded(moment) for moment in (begin, *ends)})]


def _is_free(visit: Visit, starts: datetime, taken: Iterable[Taken]) -> bool:
    ends = starts + timedelta(minutes=visit.minutes)
    return not any(
        other.starts < ends and starts < other.ends and other.people & visit.people
        for other in taken
    )


def _rounded(moment: datetime) -> datetime:
    """The next quarter of an hour, or the moment itself."""
    over = (moment.minute * 60 + moment.second) % (STEP * 60)
    return moment if not over else moment + timedelta(seconds=STEP * 60 - over)
