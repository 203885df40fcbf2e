"""A time to offer somebody: free stretches of people's working days.

Minutes count from midnight on the wall of the business. Starts lie on quarters of an hour, or
where a visit before ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from tcf_desktop.domain.appointments import DAY_MINUTES, WORK_FROM, WORK_TO
from tcf_desktop.domain.working_hours import DEFAULT_WEEK, Hours

STEP: Final = 15
SEARCHED_DAYS: Final = 21

HoursOf = Callable[[date], Hours | None]
"""The hours of a date in which the work can be done; None on a day without any."""


def usual_hours(on: date) -> Hours | None:
    """The hours of a business that said nothing about them."""
    return DEFAULT_WEEK.get(on.weekday())


def gaps(hours: Hours, taken: Iterable[tuple[int, int]], minutes: int) -> Iterator[Hours]:
    """The stretches of the hours that nothing takes and in which the work has room."""
    at = hours.from_minute
    for begin, end in sorted(taken):
        if begin - at >= minutes and begin > at:
            gap = Hours(at, min(begin, hours.to_minute))
            if gap.to_minute - gap.from_minute >= minutes:
                yield gap
        at = max(at, end)
    if hours.to_minute - at >= minutes:
        yield Hours(at, hours.to_minute)


def start_in(gap: Hours, minutes: int, usual_minute: int | None = None) -> int:
    """When to begin in a gap with room: as near to the usual minute as it can be, else at once."""
    first = -(-gap.from_minute // STEP) * STEP
    if first + minutes > gap.to_minute:
        first = gap.from_minute  # only then does it fit
    if usual_minute is None:
        return first
    last = max(first, gap.to_minute - minutes)
    if usual_minute >= last:
        return max(first, last // STEP * STEP)
    return max(first, usual_minute)


def suggested_start(
    first: date,
    minutes: int,
    usual_minute: int,
    busy: Iterable[tuple[datetime, datetime]],
    hours_of: HoursOf = usual_hours,
) -> datetime:
    """The first day on which the work fits, as near to the usual minute as it can be.

    ``busy`` are wall times. When three weeks are full, the usual hour of the first working day: it
    may be booked over all the same.
    """
    taken = list(busy)
    fallback: datetime | None = None
    for ahead in range(SEARCHED_DAYS):
        day = first + timedelta(days=ahead)
        hours = hours_of(day)
        if hours is None:
            continue
        starts = [
            start_in(gap, minutes, usual_minute) for gap in gaps(hours, on_day(day, taken), minutes)
        ]
        if starts:
            return at_minute(day, min(starts, key=lambda m: (abs(m - usual_minute), m)))
        if fallback is None:
            last = max(hours.from_minute, hours.to_minute - minutes)
            fallback = at_minute(day, min(max(usual_minute, hours.from_minute), last))
    if fallback is not None:
        return fallback
    return at_minute(first, min(max(usual_minute, WORK_FROM), max(WORK_FROM, WORK_TO - minutes)))


def on_day(day: date, busy: Iterable[tuple[datetime, datetime]]) -> Iterator[tuple[int, int]]:
    """The minutes of a day that wall times take."""
    midnight = datetime.combine(day, time())
    for begin, end in busy:
        first = (begin - midnight) // timedelta(minutes=1)
        last = -((midnight - end) // timedelta(minutes=1))
        if first < DAY_MINUTES and last > 0:
            yield max(0, first), min(DAY_MINUTES, last)


def at_minute(day: date, minute: int) -> datetime:
    """The wall time of a minute of a day."""
    return datetime.combine(day, time()) + timedelta(minutes=minute)
