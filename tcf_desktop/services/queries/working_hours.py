"""The calendar of some days: hours, days off, holidays and who is in which crew."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.domain.working_hours import (
    DEFAULT_WEEK,
    Calendar,
    Hours,
    Membership,
    OffDays,
    Person,
    Week,
)

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

HOLIDAYS_OFF: Final = "schedule.holidays_off"
"""The setting: whether nobody works on public holidays. True when nothing is stored."""


def calendar(r: Reader, first_on: date, last_on: date, locations: Collection[int] = ()) -> Calendar:
    """What is known of the days from ``first_on`` to ``last_on`` (inclusive), in six reads.

    ``locations``: the places whose hours will be asked for; others are open all day.
    """
    first, last, places = first_on.isoformat(), last_on.isoformat(), json.dumps(sorted(locations))
    country, region = r.one("SELECT country, region FROM business WHERE id = 1") or ("", "")
    weeks = _weeks(
        r.all(
            "SELECT worker_id, location_id, weekday, from_minute, to_minute FROM working_hours"
            " WHERE location_id IS NULL OR location_id IN (SELECT value FROM json_each(?))"
            " ORDER BY id",
            (places,),
        )
    )
    off = _ranges(
        r.all(
            "SELECT worker_id, location_id, first_on, last_on, reason FROM days_off"
            " WHERE deleted_at IS NULL AND first_on <= ? AND last_on >= ? AND (location_id IS NULL"
            " OR location_id IN (SELECT value FROM json_each(?))) ORDER BY first_on, id",
            (last, first, places),
        )
    )
    return Calendar(
        first_on,
        last_on,
        business=weeks.get(_ALL, DEFAULT_WEEK),
        workers={key[0]: week for key, week in weeks.items() if key[0] is not None},
        locations={key[1]: week for key, week in weeks.items() if key[1] is not None},
        closed=off.get(_ALL, ()),
        workers_off={key[0]: ranges for key, ranges in off.items() if key[0] is not None},
        locations_closed={key[1]: ranges for key, ranges in off.items() if key[1] is not None},
        people={person.id: person for person in _people(r)},
        memberships=memberships(r, first_on, last_on),
        country=country,
        region=region,
        holidays_off=holidays_off(r),
    )


def memberships(
    r: Reader, first_on: date, last_on: date, worker_id: int | None = None
) -> tuple[Membership, ...]:
    """Who is in which crew at some time from ``first_on`` to ``last_on``; of one worker or all."""
    return tuple(
        Membership(worker, crew, as_date(begin), as_date(end))
        for worker, crew, begin, end in r.all(
            "SELECT m.worker_id, m.crew_id, m.from_on, m.to_on FROM crew_members m"
            " WHERE (m.from_on IS NULL OR m.from_on <= ?) AND (m.to_on IS NULL OR m.to_on >= ?)"
            " AND (? IS NULL OR m.worker_id = ?) ORDER BY m.worker_id, m.from_on, m.id",
            (last_on.isoformat(), first_on.isoformat(), worker_id, worker_id),
        )
    )


def holidays_off(r: Reader) -> bool:
    """Whether nobody works on public holidays."""
    stored = r.value("SELECT value FROM settings WHERE key = ?", (HOLIDAYS_OFF,))
    return stored is None or bool(json.loads(stored))


def as_date(text: str | None) -> date | None:
    """The date of an ISO text; None stays None."""
    return None if text is None else date.fromisoformat(text)


_Owner = tuple[int | None, int | None]
_ALL: Final[_Owner] = (None, None)


def _people(r: Reader) -> Iterable[Person]:
    rows = r.all("SELECT id, name, active_from_on, active_to_on FROM workers"
                 " WHERE deleted_at IS NULL")  # fmt: skip
    for ident, name, begin, end in rows:
        yield Person(ident, name, as_date(begin), as_date(end))


def _weeks(rows: Iterable[tuple[Any, ...]]) -> dict[_Owner, Week]:
    found: dict[_Owner, dict[int, Hours]] = {}
    for worker_id, location_id, weekday, *span in rows:
        week = found.setdefault((worker_id, location_id), {})
        hours = Hours(*span)
        had = week.get(weekday, hours)
        # Two rows of a day: from the first to the last.
        week[weekday] = Hours(
            min(hours.from_minute, had.from_minute), max(hours.to_minute, had.to_minute)
        )
    return dict(found)


def _ranges(rows: Iterable[tuple[Any, ...]]) -> dict[_Owner, tuple[OffDays, ...]]:
    found: dict[_Owner, tuple[OffDays, ...]] = {}
    for worker_id, location_id, first_on, last_on, reason in rows:
        off = OffDays(date.fromisoformat(first_on), date.fromisoformat(last_on), reason)
        found[worker_id, location_id] = (*found.get((worker_id, location_id), ()), off)
    return found
