"""Degrees to pixels and back for a map of a town: a flat picture around one place."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

METRES_A_DEGREE: Final = 111_195.08  # along a meridian of a sphere of 6,371,008.8 m
CLOSEST: Final = 0.2  # metres a pixel
FARTHEST: Final = 5_000.0
FOOT_M: Final = 0.3048
MILE_M: Final = 1609.344


@dataclass(frozen=True, slots=True)
class Projection:
    """``origin``: the degrees that all metres count from. ``centre``: metres east and north of it
    in the middle of the picture. ``scale``: metres a pixel."""

    origin_lat: float = 0.0
    origin_lon: float = 0.0
    centre_x: float = 0.0
    centre_y: float = 0.0
    scale: float = 10.0

    def metres(self, lat: float, lon: float) -> tuple[float, float]:
        """East and north of the origin."""
        east = (lon - self.origin_lon) * math.cos(math.radians(self.origin_lat))
        return east * METRES_A_DEGREE, (lat - self.origin_lat) * METRES_A_DEGREE

    def pixels(self, lat: float, lon: float, width: float, height: float) -> tuple[float, float]:
        """Where a place lies in a picture of this size."""
        x, y = self.metres(lat, lon)
        return (
            width / 2 + (x - self.centre_x) / self.scale,
            height / 2 - (y - self.centre_y) / self.scale,
        )

    def panned(self, right: float, down: float) -> Projection:
        """The picture moved by pixels."""
        return replace(
            self,
            centre_x=self.centre_x - right * self.scale,
            centre_y=self.centre_y + down * self.scale,
        )

    def zoomed(self, factor: float, x: float, y: float) -> Projection:
        """Closer by ``factor`` with the point that is x, y pixels from the middle held still."""
        scale = min(FARTHEST, max(CLOSEST, self.scale / factor))
        moved = self.scale - scale
        return replace(
            self,
            scale=scale,
            centre_x=self.centre_x + x * moved,
            centre_y=self.centre_y - y * moved,
        )


def fitted(
    places: Iterable[tuple[float, float]], width: float, height: float, margin: float = 60.0
) -> Projection:
    """A projection that shows all places (lat, lon) in a picture; a town's size for one place."""
    spots = list(places)
    if not spots:
        return Projection()
    lats, lons = [lat for lat, _ in spots], [lon for _, lon in spots]
    base = Projection(sum((min(lats), max(lats))) / 2, sum((min(lons), max(lons))) / 2)
    corners = [
        base.metres(lat, lon) for lat in (min(lats), max(lats)) for lon in (min(lons), max(lons))
    ]
    wide = max(x for x, _ in corners) - min(x for x, _ in corners)
    high = max(y for _, y in corners) - min(y for _, y in corners)
    room_x, room_y = max(60.0, width - 2 * margin), max(60.0, height - 2 * margin)
    scale = max(wide / room_x, high / room_y, 2.0)
    return replace(base, scale=min(FARTHEST, scale))


def nice_length(longest_m: float, *, miles: bool) -> tuple[float, str]:
    """The longest round length up to ``longest_m``, in metres, and its words."""
    if miles:
        choices = [(count * MILE_M, f"{count:g} mi") for count in _round_numbers(0.1, 500)]
        choices += [(feet * FOOT_M, f"{feet} ft") for feet in (20, 50, 100, 200)]
    else:
        choices = [(count * 1000.0, f"{count:g} km") for count in _round_numbers(1, 1000)]
        choices += [(float(metres), f"{metres} m") for metres in (5, 10, 20, 50, 100, 200, 500)]
    fitting = [choice for choice in choices if choice[0] <= longest_m]
    return max(fitting, default=min(choices))


def distance_words(metres: float, *, miles: bool) -> str:
    """A distance for people: "46 ft", "2.6 mi", "120 m", "3.4 km"."""
    if miles:
        if metres < 0.19 * MILE_M:
            return f"{round(metres / FOOT_M)} ft"
        return f"{metres / MILE_M:.1f} mi"
    return f"{round(metres)} m" if metres < 1000 else f"{metres / 1000:.1f} km"


def _round_numbers(first: float, last: float) -> list[float]:
    found: list[float] = []
    power = first
    while power <= last:
        found += [round(power * factor, 6) for factor in (1, 2, 5) if power * factor <= last]
        power *= 10
    return found
