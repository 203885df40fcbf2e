"""A crew's day on the road: when it drove, where it stood, and what its phone reported of that."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise
from random import Random
from typing import Final, NamedTuple

from tcf_desktop.services.sample import places
from tcf_desktop.services.sample.book import Visit
from tcf_desktop.services.sample.places import Place

_METRES_PER_SECOND: Final = 11.5
_SECONDS_A_CORNER: Final = 14
_JITTER_METRES: Final = 5.0
_HEIGHT: Final = 432.0

# Seconds of the day, lat, lon, accuracy, height, speed, course.
Fix = tuple[int, float, float, float, float, float, float | None]


class Leg(NamedTuple):
    """From one second of the day to another: standing at a place, or driving from it to ``to``."""

    start: int
    end: int
    place: Place
    to: Place | None = None


@dataclass(frozen=True, slots=True)
class RoadDay:
    """One crew's day; ``clock_out`` is None while it is still at work."""

    clock_in: int
    clock_out: int | None
    legs: tuple[Leg, ...]


def road_day(
    visits: Sequence[Visit],
    rng: Random,
    now: int | None = None,
    errand: Place | None = None,
) -> RoadDay:
    """The way from the shop to each visit and back. ``now`` (second of the day) is given for
    today; ``errand`` is a stop of eight minutes after the first visit."""
    stops = [(visit, visit.spot.place) for visit in visits if visit.spot is not None]
    first, first_place = stops[0]
    arrive = first.start * 60 + rng.randrange(-60, 240)
    clock_in = arrive - _travel(places.SHOP, first_place) - rng.randrange(240, 600)
    legs: list[Leg] = []
    here, since = places.SHOP, clock_in
    for index, (visit, place) in enumerate(stops):
        arrive = visit.start * 60 + rng.randrange(-60, 300)
        if visit.state == "on_the_way" and now is not None:
            # Late: had to go to the shop first, and is half way from there.
            since = _drive(legs, here, places.SHOP, since, since)
            here = places.SHOP
            arrive = max(arrive, now + _travel(here, place) // 2)
        if index == 1 and errand is not None:
            since = _drive(legs, here, errand, since, since + _travel(here, errand) + 120)
            legs.append(Leg(since, since + 480, errand))
            here, since = errand, since + 480
        since = _drive(legs, here, place, since, arrive)
        leave = max(since + visit.minutes * 60 - rng.randrange(0, 480), since + 900)
        legs.append(Leg(since, leave, place))
        here, since = place, leave
    home = _drive(legs, here, places.SHOP, since, since + _travel(here, places.SHOP) + 60)
    clock_out = home + rng.randrange(240, 900)
    legs.append(Leg(home, clock_out, places.SHOP))
    finished = now is None or clock_out < now
    return RoadDay(clock_in, clock_out if finished else None, tuple(legs))


def fixes(day: RoadDay, rng: Random, until: int | None = None) -> Iterator[Fix]:
    """What the phone reports: often while driving, about once a minute while standing."""
    for leg in day.legs:
        if until is not None and leg.start >= until:
            return
        end = leg.end if until is None else min(leg.end, until)
        yield from _standing(leg, end, rng) if leg.to is None else _driving(leg, end, rng)


def sent_at(fix_second: int, now: int | None) -> int:
    """The second in which a fix arrived here: phones send what they have every two minutes."""
    sent = -(-fix_second // 120) * 120 + 4
    return sent if now is None else min(sent, max(now, fix_second))


def in_progress(day: date, today: date, visits: Sequence[Visit], now: int) -> bool:
    """Whether a crew has set off on that day."""
    return bool(visits) and (day < today or visits[0].start * 60 - 900 < now)


def _travel(here: Place, there: Place) -> int:
    way = places.way_along_streets(here, there)
    return round(
        places.way_length(way) / _METRES_PER_SECOND + _SECONDS_A_CORNER * (len(way) - 2) + 20
    )


def _drive(legs: list[Leg], here: Place, there: Place, since: int, arrive: int) -> int:
    """Stay until it is time to go, then drive; returns when one arrives."""
    seconds = _travel(here, there)
    leave = max(since, arrive - seconds)
    if leave > since:
        legs.append(Leg(since, leave, here))
    legs.append(Leg(leave, leave + seconds, here, there))
    return leave + seconds


def _standing(leg: Leg, end: int, rng: Random) -> Iterator[Fix]:
    gauss, place = rng.gauss, leg.place
    second = leg.start
    while second < end:
        yield (
            second,
            round(place.lat + gauss(0, _JITTER_METRES) / places.METRES_PER_LAT, 6),
            round(place.lon + gauss(0, _JITTER_METRES) / places.METRES_PER_LON, 6),
            float(rng.randrange(5, 15)), _HEIGHT, 0.0, None,
        )  # fmt: skip
        second += rng.randrange(45, 75)


def _driving(leg: Leg, end: int, rng: Random) -> Iterator[Fix]:
    assert leg.to is not None
    way = places.way_along_streets(leg.place, leg.to)
    lengths = [places.metres_between(*a, *b) for a, b in pairwise(way)]
    ends = [0.0, *accumulate(lengths)]
    span = leg.end - leg.start
    second = leg.start + rng.randrange(3, 9)
    while second < end:
        gone = ends[-1] * (second - leg.start) / span
        index = min(bisect_right(ends, gone) - 1, len(lengths) - 1)
        here, there = way[index], way[index + 1]
        share = (gone - ends[index]) / lengths[index] if lengths[index] else 0.0
        dlat, dlon = there[0] - here[0], there[1] - here[1]
        yield (
            second,
            round(here[0] + dlat * share + rng.gauss(0, 2.5) / places.METRES_PER_LAT, 6),
            round(here[1] + dlon * share + rng.gauss(0, 2.5) / places.METRES_PER_LON, 6),
            float(rng.randrange(4, 10)), _HEIGHT,
            round(max(2.0, ends[-1] / span + rng.gauss(0, 2.0)), 1), _bearing(dlat, dlon),
        )  # fmt: skip
        second += rng.randrange(10, 16)


def _bearing(dlat: float, dlon: float) -> float:
    east, north = dlon * places.METRES_PER_LON, dlat * places.METRES_PER_LAT
    return round(math.degrees(math.atan2(east, north)) % 360, 1)
