"""This week as one finds it on the screens, next to the real hour of the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from tcf_desktop.services.sample.book import Visit, is_workday
from tcf_desktop.services.sample.cast import OTHER_DAYS, SATURDAY, TODAY, Booking
from tcf_desktop.services.sample.catalog import LAWN, Crew
from tcf_desktop.services.sample.people import People
from tcf_desktop.services.sample.work import Work, dress_for_season

_WEEKS_AHEAD: Final = 8


def monday_of(day: date) -> date:
    """The first day of that week."""
    return day - timedelta(days=day.weekday())


class Weeks:
    """Lays out the current week, the next, and what is booked beyond."""

    def __init__(
        self, people: People, work: Work, crews: Sequence[Crew], today: date, now: int
    ) -> None:
        """``now`` is the minute of today on the wall."""
        self._people = people
        self._work = work
        self._crews = crews
        self._today = today
        self._now = now

    def visits(self, free_worker: int) -> list[Visit]:
        """Everything from this Monday on, in order of time."""
        monday = monday_of(self._today)
        others = list(OTHER_DAYS)
        found: list[Visit] = []
        for offset in range(14):
            day = monday + timedelta(days=offset)
            if day == self._today:
                found += [self._cast(day, booking) for booking in TODAY]
                found += self._extra_crews(day)
            elif is_workday(day) and offset < 6 and others:
                found += [self._cast(day, booking) for booking in others.pop(0)]
                found += self._work.day(day, (LAWN,))
                found += self._extra_crews(day, besides=LAWN)
            elif is_workday(day):
                found += self._work.day(day)
            elif offset == 5:
                found += [self._cast(day, booking) for booking in SATURDAY]
        found += self._later(monday + timedelta(days=14))
        found += self._others(free_worker)
        found.sort(key=lambda visit: (visit.day, visit.start, visit.crew or 0))
        return found

    def _later(self, first: date) -> list[Visit]:
        """What is booked for the weeks after, fewer and fewer; and one visit in half a year."""
        found: list[Visit] = []
        for offset in range(_WEEKS_AHEAD * 7):
            day = first + timedelta(days=offset)
            if is_workday(day) and offset % (1 + offset // 14) == 0:
                found += self._work.day(day)
        again = self._today + timedelta(days=182)
        while not is_workday(again):
            again += timedelta(days=1)
        found.append(self._cast(again, TODAY[0]))
        return found

    def _extra_crews(self, day: date, besides: str = "") -> list[Visit]:
        """The crews that only the large business has."""
        found: list[Visit] = []
        for crew in self._crews[3:]:
            if crew.trade != besides:
                found += self._work.crew_day(crew, day)
        for visit in found if day == self._today else ():
            visit.state = self._state_today(visit)
        return found

    def _cast(self, day: date, booking: Booking) -> Visit:
        client = self._people.cast[booking.who]
        crew = next(crew for crew in self._crews if crew.trade == booking.trade)
        visit = Visit(
            day, booking.start, booking.minutes, crew.id, client, client.spots[booking.spot],
            self._people.lines(booking.items), booking.title, arrival=booking.arrival,
            note=booking.note,
        )  # fmt: skip
        if booking.trade == LAWN:
            dress_for_season(self._people, visit)
        if booking.mood == "estimate":
            visit.kind = "estimate"
        if day < self._today:
            visit.state = "done"
        elif day == self._today:
            visit.state = self._state_today(visit, late=booking.trade == LAWN)
        elif booking.mood:
            visit.state = "tentative"
        return visit

    def _state_today(self, visit: Visit, *, late: bool = False) -> str:
        """Done, running or still to come; the lawn crew is behind with what should run now."""
        if visit.end <= self._now:
            return "done"
        if visit.start <= self._now:
            return "on_the_way" if late else "arrived"
        return "confirmed"

    def _others(self, free_worker: int) -> list[Visit]:
        """What is on the schedule besides visits."""
        next_days = [
            day
            for day in (self._today + timedelta(days=n) for n in range(1, 12))
            if is_workday(day)
        ]
        service, errand = next_days[2], next_days[3]
        return [
            Visit(service, 0, 1440, None, title="Van 2 in service", kind="personal",
                  all_day=True, note="Back at 5 PM. Carpet B drives the spare van."),
            Visit(errand, 960, 30, None, title="Pick up squeegee rubber", kind="task",
                  worker=free_worker, note="Order is paid."),
        ]  # fmt: skip
