"""What the schedule says of its days besides the visits: hours, holidays, who is off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from tcf_desktop.domain.appointments import DAY_MINUTES, WORK_FROM, WORK_TO
from tcf_desktop.domain.working_hours import WEEKDAY, WORKDAYS, Calendar, Day, Hours
from tcf_desktop.services.queries import working_hours

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

TABLES: Final = ("working_hours", "days_off", "crew_members", "workers", "business", "settings")


@dataclass(frozen=True, slots=True)
class DayFacts:
    """One day: the hours of the business (None: closed), why it is special, hours by crew."""

    hours: Hours | None
    note: str = ""
    closed: bool = False
    crews: Mapping[int, Hours | None] = field(default_factory=dict)

    def off_spans(self, crew_id: int | None = None) -> tuple[tuple[int, int], ...]:
        """Minutes of the day outside the hours, of the business or of a crew."""
        hours = self.hours if crew_id is None else self.crews.get(crew_id, self.hours)
        if hours is None:
            return ((0, DAY_MINUTES),)
        spans = ((0, hours.from_minute), (hours.to_minute, DAY_MINUTES))
        return tuple((first, last) for first, last in spans if first < last)


@dataclass(frozen=True, slots=True)
class OffEntry:
    """Days that somebody took off; ``crew_id`` is the crew he is in when they begin."""

    name: str
    reason: str
    first_on: date
    last_on: date
    crew_id: int | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the days that are shown; usual hours for days that are not in it."""

    days: Mapping[date, DayFacts] = field(default_factory=dict)
    off: tuple[OffEntry, ...] = ()

    def of(self, day: date) -> DayFacts:
        """One day."""
        return self.days.get(day) or usual(day)


def usual(day: date) -> DayFacts:
    """A day before anything is known of it: working hours from Monday to Friday."""
    return DayFacts(Hours(WORK_FROM, WORK_TO) if day.weekday() in WORKDAYS else None)


def facts(r: Reader, days: Sequence[date]) -> Facts:
    """Hours, holidays and days off of some days, which need not be next to each other."""
    first, last = min(days), max(days)
    calendar = working_hours.calendar(r, first, last)
    crews = [row[0] for row in r.all("SELECT id FROM crews WHERE deleted_at IS NULL")]
    return Facts({day: _of_day(calendar, day, crews) for day in days}, _off(calendar))


def _of_day(calendar: Calendar, day: date, crews: Sequence[int]) -> DayFacts:
    business = calendar.business_day(day)
    note = calendar.holiday(day)
    closed = business.hours is None and business.why != WEEKDAY
    if closed and business.reason:
        note = business.reason
    hours = {crew: _hours(calendar.crew_day(crew, day)) for crew in crews}
    return DayFacts(business.hours, note, closed, hours)


def _hours(day: Day) -> Hours | None:
    return day.hours


def _off(calendar: Calendar) -> tuple[OffEntry, ...]:
    found = []
    for worker_id, ranges in calendar.workers_off.items():
        person = calendar.people.get(worker_id)
        for off in ranges if person is not None else ():
            begin = max(off.first_on, calendar.first_on)
            crew = calendar.crew_of(worker_id, begin)
            assert person is not None
            found.append(OffEntry(person.name, off.reason, off.first_on, off.last_on, crew))
    return tuple(sorted(found, key=lambda entry: (entry.first_on, entry.name)))
