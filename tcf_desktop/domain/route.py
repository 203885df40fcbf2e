"""The order of a crew's visits on a day: as driven, as short as possible, and the times it gives.

Distances are straight lines, since nothing here knows streets. Minutes count from midnight. A stop
without a known position keeps its place in the order and costs no way; a fixed one keeps its time,
and nothing is put before it that would make it late, unless the day is too full for that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from tcf_desktop.domain.tracks import distance_m

EXACT_STOPS: Final = 8  # up to here every order is looked at
STEP: Final = 5  # times that are set are whole steps of minutes
# A town's streets are about a third longer than the straight line and driven at about 40 km/h.
DETOUR: Final = 1.3
METRES_A_MINUTE: Final = 40_000 / 60

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stop:
    """A visit: its start and length in minutes, ``spot`` its latitude and longitude or None."""

    id: int
    minute: int
    minutes: int
    spot: Spot | None = None
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Cost:
    """What an order costs: minutes by which fixed stops would be late, then the way in metres."""

    late: int
    metres: float

    def beats(self, other: Cost) -> bool:
        """Whether it is better by more than the noise of arithmetic."""
        if self.late != other.late:
            return self.late < other.late
        return self.metres < other.metres - 0.5


def cost(stops: Sequence[Stop], base: Spot | None, begin: int) -> Cost:
    """Of driving the stops in this order from ``base`` and back; work begins at ``begin``."""
    late = 0
    for stop, minute in zip(stops, _reached(stops, begin), strict=True):
        if stop.fixed:
            late += max(0, minute - stop.minute)
    return Cost(late, length(stops, base))


def length(stops: Sequence[Stop], base: Spot | None) -> float:
    """Metres in straight lines from ``base`` over the known positions and back."""
    spots = [stop.spot for stop in stops if stop.spot is not None]
    if base is not None and spots:
        spots = [base, *spots, base]
    return sum(distance_m(*one, *other) for one, other in pairwise(spots))


def shortest(stops: Sequence[Stop], base: Spot | None = None) -> tuple[Stop, ...]:
    """The best order: no worse than the one given, and the best there is up to eight stops.

    Fixed stops keep their order among themselves, stops without a position their place.
    """
    given = tuple(stops)
    if len(given) < 2:
        return given
    begin = min(stop.minute for stop in given)
    if len([stop for stop in given if stop.spot is not None]) <= EXACT_STOPS:
        return _exact(given, base, begin)
    return _improved(given, base, begin)


def times(stops: Sequence[Stop], begin: int) -> tuple[int, ...]:
    """The starts that the order gives: fixed ones as they are, others as soon as they can be
    reached, in whole steps of five minutes."""
    found: list[int] = []
    free_at = begin
    before: Spot | None = None
    for stop in stops:
        reached = free_at + _drive(before, stop.spot)
        start = stop.minute if stop.fixed else -(-reached // STEP) * STEP
        found.append(start)
        free_at = max(free_at, start + stop.minutes)
        before = stop.spot or before
    return tuple(found)


def _reached(stops: Sequence[Stop], begin: int) -> list[int]:
    """When each stop is reached; at a fixed one the crew waits for its time."""
    found: list[int] = []
    free_at = begin
    before: Spot | None = None
    for stop in stops:
        reached = free_at + _drive(before, stop.spot)
        found.append(reached)
        free_at = (max(reached, stop.minute) if stop.fixed else reached) + stop.minutes
        before = stop.spot or before
    return found


def _drive(one: Spot | None, other: Spot | None) -> int:
    if one is None or other is None:
        return 0
    return round(distance_m(*one, *other) * DETOUR / METRES_A_MINUTE)


def _keeps(order: Sequence[Stop], given: Sequence[Stop]) -> bool:
    """Whether fixed stops come by their time and unknown ones where they were."""
    fixed = [stop.minute for stop in order if stop.fixed]
    return fixed == sorted(fixed) and all(
        one.id == other.id
        for one, other in zip(order, given, strict=True)
        if one.spot is None or other.spot is None
    )


def _exact(given: tuple[Stop, ...], base: Spot | None, begin: int) -> tuple[Stop, ...]:
    """Every order that is allowed, given up as soon as it cannot become the best."""
    best = [given]
    best_cost = [cost(given, base, begin) if _keeps(given, given) else Cost(1 << 30, 0.0)]
    free = [stop for stop in given if stop.spot is not None]

    def walk(order: list[Stop], rest: list[Stop]) -> None:
        if len(order) == len(given):
            found = cost(order, base, begin)
            if found.beats(best_cost[0]):
                best[0], best_cost[0] = tuple(order), found
            return
        if not _partial(order, base, begin).beats(best_cost[0]):
            return
        here = given[len(order)]
        if here.spot is None:
            if not here.fixed or _in_turn(here, order, rest):
                walk([*order, here], rest)
            return
        for stop in rest:
            if not stop.fixed or _in_turn(stop, order, rest):
                walk([*order, stop], [other for other in rest if other is not stop])

    walk([], free)
    return best[0]


def _in_turn(stop: Stop, order: Sequence[Stop], rest: Sequence[Stop]) -> bool:
    """Whether no fixed stop that is earlier still waits, and none that is later went before."""
    waits = any(other.fixed and other.minute < stop.minute for other in rest)
    return not waits and not any(o.fixed and o.minute > stop.minute for o in order)


def _partial(order: Sequence[Stop], base: Spot | None, begin: int) -> Cost:
    """What an order costs at least whose end is still open."""
    reached = zip(order, _reached(order, begin), strict=True)
    late = sum(max(0, minute - stop.minute) for stop, minute in reached if stop.fixed)
    spots = [stop.spot for stop in order if stop.spot is not None]
    if base is not None:
        spots = [base, *spots]
    return Cost(late, sum(distance_m(*one, *other) for one, other in pairwise(spots)))


def _improved(given: tuple[Stop, ...], base: Spot | None, begin: int) -> tuple[Stop, ...]:
    """From the given order and from one grown by insertion: reverse pieces and move single stops
    until nothing gets better."""

    def judge(order: Sequence[Stop]) -> Cost:
        return cost(order, base, begin) if _keeps(order, given) else Cost(1 << 30, 0.0)

    candidates = [_polished(list(given), judge), _polished(_inserted(given, judge), judge)]
    best = given
    for order in candidates:
        if judge(order).beats(judge(best)):
            best = tuple(order)
    return best


def _inserted(given: tuple[Stop, ...], judge: Callable[[Sequence[Stop]], Cost]) -> list[Stop]:
    """The nearest neighbour's order of the movable stops in the places they had."""
    kept = {n: stop for n, stop in enumerate(given) if stop.fixed or stop.spot is None}
    rest = [stop for stop in given if not stop.fixed and stop.spot is not None]
    order: list[Stop] = []
    for place in range(len(given)):
        if place in kept:
            order.append(kept[place])
            continue
        last = next((stop.spot for stop in reversed(order) if stop.spot is not None), None)
        here = last or rest[0].spot
        assert here is not None
        nearest = min(rest, key=lambda stop: _apart(here, stop.spot))
        rest.remove(nearest)
        order.append(nearest)
    return order if not judge(given).beats(judge(order)) else list(given)


def _apart(one: Spot, other: Spot | None) -> float:
    return 0.0 if other is None else distance_m(*one, *other)


def _polished(order: list[Stop], judge: Callable[[Sequence[Stop]], Cost]) -> list[Stop]:
    best = judge(order)
    better = True
    while better:
        better = False
        for i in range(len(order)):
            for j in range(len(order)):
                if i == j:
                    continue
                moved = [*order[:i], *order[i + 1 :]]
                moved.insert(j, order[i])
                tries = [moved]
                if i < j:
                    tries.append([*order[:i], *order[i : j + 1][::-1], *order[j + 1 :]])
                for candidate in tries:
                    found = judge(candidate)
                    if found.beats(best):
                        order, best, better = candidate, found, True
    return order
