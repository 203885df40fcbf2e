"""Where a place really is, learned from where crews stood still at its visits.

The rule. Of one visit: the positions inside its time that are exact (50 m or better) and slow
(1 m/s or less); their median; at least five of them, and half of all, within 60 m of it, else the
visit says nothing. Of a place: the median of what its latest visits say, counted by those within
150 m of it; when fewer than half agree, nothing is learned. Medians, so that one visit parked
around the corner moves nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final, NamedTuple

from tcf_desktop.domain.tracks import Position, distance_m

LATEST_VISITS: Final = 8
SPREAD_M: Final = 60.0
FEWEST_POINTS: Final = 5
_SLOW_MPS: Final = 1.0
_EXACT_M: Final = 50.0
_AGREE_M: Final = 150.0


class Spot(NamedTuple):
    """A place in degrees."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class LearnedPlace:
    """The spot, and how many of the latest visits were there."""

    spot: Spot
    visits: int


def spot_of_visit(points: Sequence[Position]) -> Spot | None:
    """Where the crew stood during one visit, or None when that cannot be said."""
    slow = [
        Spot(point.lat, point.lon)
        for point in points
        if (point.speed_mps is None or point.speed_mps <= _SLOW_MPS)
        and (point.acc_m is None or point.acc_m <= _EXACT_M)
    ]
    near = _near(slow, SPREAD_M)
    if len(near) < FEWEST_POINTS or 2 * len(near) < len(slow):
        return None
    return _middle(near)


def learned_place(spots: Sequence[Spot]) -> LearnedPlace | None:
    """What the spots of the latest visits say together, or None when they do not agree."""
    agreeing = _near(spots, _AGREE_M)
    if not agreeing or 2 * len(agreeing) < len(spots):
        return None
    return LearnedPlace(_middle(agreeing), len(agreeing))


def _near(spots: Sequence[Spot], metres: float) -> list[Spot]:
    if not spots:
        return []
    middle = _middle(spots)
    return [spot for spot in spots if distance_m(*middle, *spot) <= metres]


def _middle(spots: Sequence[Spot]) -> Spot:
    # Degrees may be taken by themselves: nobody works across the 180th meridian.
    return Spot(median(spot.lat for spot in spots), median(spot.lon for spot in spots))
