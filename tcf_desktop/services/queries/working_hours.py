"""The calendar of some days: hours, days off, holidays and who is in which crew."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.domain.public_holidays import next_holidays, regions
from tcf_desktop.domain.team_records import OffDraft, WeekRows
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

COMING: Final = 8
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


def usual_week(r: Reader) -> WeekRows:
    """The hours of the business."""
    stored = week_of(r, None, None)
    return stored or tuple((day, *hours) for day, hours in DEFAULT_WEEK.items())


def week_of(r: Reader, worker_id: int | None, location_id: int | None) -> WeekRows | None:
    """Own hours of a worker or a location, of the business for neither; None without any."""
    rows = r.all(
        "SELECT weekday, min(from_minute), max(to_minute) FROM working_hours"
        " WHERE worker_id IS ? AND location_id IS ? GROUP BY weekday ORDER BY weekday",
        (worker_id, location_id),
    )
    return tuple((row[0], row[1], row[2]) for row in rows) or None


def days_off(r: Reader, worker_id: int | None, location_id: int | None) -> tuple[OffDraft, ...]:
    """Days off of a worker or a location, of the business for neither, by date."""
    return tuple(
        OffDraft(*row)
        for row in r.all(
            "SELECT first_on, last_on, reason, id FROM days_off WHERE deleted_at IS NULL"
            " AND worker_id IS ? AND location_id IS ? ORDER BY first_on, id",
            (worker_id, location_id),
        )
    )


@dataclass(frozen=True, slots=True)
class HoursSettings:
    """What Settings show: hours and closed days of the business, and its public holidays.

    ``regions`` are code and name of those that the country has; ``coming`` are the next holidays.
    """

    week: WeekRows
    off: tuple[OffDraft, ...]
    country: str
    region: str
    regions: tuple[tuple[str, str], ...]
    holidays_off: bool
    coming: tuple[tuple[date, str], ...]


def hours_settings(r: Reader, today: str) -> HoursSettings:
    """Hours, closed days and holidays of the business; loads the tables of holidays."""
    country, region = r.one("SELECT country, region FROM business WHERE id = 1") or ("", "")
    since = date.fromisoformat(today)
    return HoursSettings(
        usual_week(r),
        days_off(r, None, None),
        country,
        region,
        regions(country) if country else (),
        holidays_off(r),
        tuple(next_holidays(country, region, since, COMING)) if country else (),
    )


@dataclass(frozen=True, slots=True)
class PlaceHours:
    """When work can be done at a place; ``week`` None means at any time."""

    week: WeekRows | None
    off: tuple[OffDraft, ...]


def place_hours(r: Reader, contact_id: int) -> dict[int, PlaceHours]:
    """The places of a contact that have hours or closed days, by id."""
    found = r.all(
        "SELECT l.id FROM locations l WHERE l.contact_id = ? AND l.deleted_at IS NULL AND ("
        " EXISTS (SELECT 1 FROM working_hours h WHERE h.location_id = l.id) OR"
        " EXISTS (SELECT 1 FROM days_off d WHERE d.location_id = l.id AND d.deleted_at IS NULL))"
        " LIMIT 200",
        (contact_id,),
    )
    return {
        ident: PlaceHours(week_of(r, None, ident), days_off(r, None, ident)) for (ident,) in found
    }


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
