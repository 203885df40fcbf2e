"""Hours on the clock, phones, and the positions that they sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Final, NamedTuple

from tcf_desktop.services.sample import places, tracks
from tcf_desktop.services.sample.book import Book, Days, Visit, workday_before
from tcf_desktop.services.sample.catalog import Crew

_ORIGIN: Final = "desktop"
_PHONES: Final = (("{first}'s iPhone", "overland"), ("{first}'s Pixel", "owntracks"))
_BATTERY: Final = (81, 64, 22)
_SHOP_HOURS: Final = (484, 1002)  # Jo's usual day in the shop


class _Phone(NamedTuple):
    id: int
    app: str
    battery: int


class _Road(NamedTuple):
    """One crew's day on its way; ``now`` is the second of today, None for days before."""

    day: date
    crew: Crew
    way: tracks.RoadDay
    rng: Random
    now: int | None


class Team:
    """Writes shifts, phones and tracks of crews, day by day in order of time."""

    def __init__(
        self, book: Book, days: Days, seed: int, today: date, now: int, crews: Sequence[Crew]
    ) -> None:
        self._book = book
        self._days = days
        self._seed = seed
        self._today = today
        self._now_second = now * 60
        self._crews = {crew.id: crew for crew in crews}
        self._first_crew = crews[0].id
        self._last_fix: dict[int, int] = {}
        self._points: defaultdict[int, int] = defaultdict(int)
        self._phones: dict[int, _Phone] = {}

    def pair(self, names: dict[int, str], paired_on: date) -> None:
        """A phone for the first worker of each crew; ``names`` are first names by worker id."""
        rng = Random(f"{self._seed}:phones")
        for index, crew in enumerate(self._crews.values()):
            worker = crew.workers[0]
            label, app = _PHONES[index % 2]
            # Nobody knows a secret with this hash: the office pairs anew to use a real phone.
            token_hash = f"{rng.getrandbits(256):064x}"
            phone_id = self._book.add(
                "phones", worker, label.format(first=names[worker]), app, token_hash,
                self._days.at(paired_on, 500 + index),
            )  # fmt: skip
            battery = _BATTERY[index] if index < len(_BATTERY) else rng.randrange(15, 98)
            self._phones[crew.id] = _Phone(phone_id, app, battery)

    def work_days(
        self, visits: Iterable[Visit], tracked_from: date, most_points: int | None = None
    ) -> None:
        """Shifts of every crew-day among the visits; tracks from a day on, at most so many
        positions in all."""
        by_day: defaultdict[tuple[date, int], list[Visit]] = defaultdict(list)
        for visit in visits:
            if visit.crew is not None and visit.spot is not None and visit.state not in _NOT_MADE:
                by_day[visit.day, visit.crew].append(visit)
        roads = [
            self._shift(day, self._crews[crew_id], sorted(stops, key=lambda visit: visit.start))
            for (day, crew_id), stops in sorted(by_day.items(), key=lambda item: item[0])
        ]
        # The newest first, so that a limit leaves out the oldest.
        for road in reversed(roads):
            if road is not None and road.day >= tracked_from:
                self._track(road, most_points)
                self._book.rest()

    def free_worker_days(self, worker: int, first: date) -> None:
        """The worker without a crew: in the shop every day, and yesterday's clock still open."""
        rng = Random(f"{self._seed}:free")
        yesterday = workday_before(self._today)
        day = first
        while day <= yesterday:
            if day.weekday() < 5:
                clock_in = self._days.at(day, _SHOP_HOURS[0] + rng.randrange(0, 9))
                out = self._days.at(day, _SHOP_HOURS[1] + rng.randrange(-12, 9))
                self._book.add(
                    "shifts", worker, clock_in, None if day == yesterday else out, _ORIGIN,
                    clock_in,
                )  # fmt: skip
            day += timedelta(days=1)

    def write_phone_states(self) -> None:
        """What each phone last said."""
        for phone in self._phones.values():
            last = self._last_fix.get(phone.id) or None
            self._book.add_plain(
                "phone_states",
                (phone.id, last, last, phone.battery, self._points[phone.id], phone.app),
            )

    def _shift(self, day: date, crew: Crew, stops: Sequence[Visit]) -> _Road | None:
        if not tracks.in_progress(day, self._today, stops, self._now_second):
            return None
        rng = Random(f"{self._seed}:road:{day}:{crew.id}")
        now = self._now_second if day == self._today else None
        with_errand = day == self._today and crew.id == self._first_crew
        road = tracks.road_day(stops, rng, now, places.HARDWARE_STORE if with_errand else None)
        for place, worker in enumerate(crew.workers):
            clock_in = self._at(day, road.clock_in + 60 * place)
            clock_out = None if road.clock_out is None else self._at(day, road.clock_out)
            self._book.add("shifts", worker, clock_in, clock_out, _ORIGIN, clock_in)
        return _Road(day, crew, road, rng, now)

    def _track(self, road: _Road, most_points: int | None) -> None:
        phone = self._phones[road.crew.id]
        base = self._at(road.day, 0)
        add, until = self._book.add_plain, None if road.now is None else road.now - 40
        fix_at = 0
        for second, lat, lon, acc, alt, speed, course in tracks.fixes(road.way, road.rng, until):
            if most_points is not None and self._book.counts["track_points"] >= most_points:
                break
            fix_at = base + second * 1000
            received_at = base + tracks.sent_at(second, road.now) * 1000
            row = (
                phone.id, fix_at, lat, lon, acc, alt, speed, course, 0, phone.app, received_at,
            )  # fmt: skip
            add("track_points", row)
            self._points[phone.id] += 1
        self._last_fix[phone.id] = max(fix_at, self._last_fix.get(phone.id, 0))

    def _at(self, day: date, second: int) -> int:
        return self._days.at(day, 0) + second * 1000


_NOT_MADE: Final = frozenset({"cancelled", "no_show"})
