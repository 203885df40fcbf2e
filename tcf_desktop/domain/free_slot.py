"""A time to offer somebody: a free stretch of a crew's working day, near the usual hour."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final

from tcf_desktop.domain.appointments import WORK_FROM, WORK_TO

STEP: Final = 30  # minutes between the starts that are tried
SEARCHED_DAYS: Final = 21


def suggested_start(
    first: date, minutes: int, usual_minute: int, busy: Iterable[tuple[datetime, datetime]]
) -> datetime:
    """The first working day on which the work fits, as near to the usual hour as it can be.

    ``busy`` are wall times. When three weeks are full, the usual hour of the first working day: it
    may be booked over all the same.
    """
    taken = list(busy)
    starts = sorted(
        range(WORK_FROM, max(WORK_FROM, WORK_TO - minutes) + 1, STEP),
        key=lambda minute: (abs(minute - usual_minute), minute),
    )
    fallback: datetime | None = None
    for ahead in range(SEARCHED_DAYS):
        day = first + timedelta(days=ahead)
        if day.weekday() >= 5:
            continue
        for minute in starts:
            begin = datetime.combine(day, time()) + timedelta(minutes=minute)
            end = begin + timedelta(minutes=minutes)
            fallback = fallback or begin
            if not any(begin < other_end and other < end for other, other_end in taken):
                return begin
    assert fallback is not None
    return fallback
