"""When somebody was at a place, from the positions of a day."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from tcf_desktop.domain.tracks import Position, distance_m

AT_PLACE_M: Final = 100.0
GAP_MS: Final = 15 * 60_000  # a longer silence ends a stay
SHORTEST_MS: Final = 3 * 60_000
_METRES_A_DEGREE: Final = 111_195.0


@dataclass(frozen=True, slots=True)
class Presence:
    """A stay: UTC milliseconds, and the least distance to the place in metres."""

    came_at: int
    left_at: int
    nearest_m: float


def presence(positions: Sequence[Position], lat: float, lon: float) -> Presence | None:
    """The longest stay within 100 m of a place, if it lasted three minutes or more."""
    reach_lat = AT_PLACE_M / _METRES_A_DEGREE
    reach_lon = reach_lat / max(0.01, math.cos(math.radians(lat)))
    near = [
        (position, distance_m(lat, lon, position.lat, position.lon))
        for position in positions
        if abs(position.lat - lat) <= reach_lat and abs(position.lon - lon) <= reach_lon
    ]
    stays: list[Presence] = []
    start = last = 0
    nearest = math.inf
    for position, distance in near:
        if distance > AT_PLACE_M:
            continue
        if nearest < math.inf and position.fix_at - last > GAP_MS:
            stays.append(Presence(start, last, nearest))
            nearest = math.inf
        if nearest == math.inf:
            start = position.fix_at
        last = position.fix_at
        nearest = min(nearest, distance)
    if nearest < math.inf:
        stays.append(Presence(start, last, nearest))
    longest = max(stays, key=lambda stay: stay.left_at - stay.came_at, default=None)
    if longest is None or longest.left_at - longest.came_at < SHORTEST_MS:
        return None
    return longest


def seen_spans(positions: Iterable[Position], gap_ms: int = GAP_MS) -> list[tuple[int, int]]:
    """The times in which positions came without a longer gap."""
    spans: list[tuple[int, int]] = []
    for position in positions:
        if spans and position.fix_at - spans[-1][1] <= gap_ms:
            spans[-1] = (spans[-1][0], position.fix_at)
        else:
            spans.append((position.fix_at, position.fix_at))
    return spans
