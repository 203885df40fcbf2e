"""Positions: one normal form for every source, the rules they must meet, distances.

A stored point is a plain tuple in the order of :data:`COLUMNS`, so that a batch goes from the
request to the database without an object for each point.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

COLUMNS: Final = (
    "phone_id", "fix_at", "lat", "lon", "acc_m", "alt_m", "speed_mps", "course_deg", "flags",
    "source", "received_at",
)  # fmt: skip

PointRow = tuple[
    int, int, float, float, float | None, float | None, float | None, float | None, int, str, int
]

# Why a point is doubtful. It is kept and marked, never dropped in silence.
INVALID: Final = 1  # outside the globe, or the 0,0 of a receiver without a fix
FUTURE: Final = 2  # more than five minutes after it was received
OLD: Final = 4  # more than 400 days before it was received
COARSE: Final = 8  # accuracy worse than 100 m
SPIKE: Final = 16  # impossible speed both into and out of it; found when a day is read
SYNTHETIC: Final = 32  # made up by the sender: a fence's centre

NOT_SHOWN: Final = INVALID | FUTURE | SPIKE

FUTURE_MS: Final = 5 * 60_000
OLD_MS: Final = 400 * 86_400_000
COARSE_M: Final = 100.0
SPIKE_MPS: Final = 200 / 3.6
ZERO_DEGREES: Final = 1e-6
EARTH_RADIUS_M: Final = 6_371_008.8
UNCOVERED_MS: Final = 24 * 3_600_000  # how long a position outside every shift is kept

ENCRYPTED: Final = "encrypted"
NOT_JSON: Final = "not_json"
TOO_DEEP: Final = "too_deep"
UNREADABLE: Final = (ENCRYPTED, NOT_JSON, TOO_DEEP)

_LAST_SECOND: Final = 253_402_300_799  # 9999-12-31T23:59:59Z
_COCOA_EPOCH: Final = 978_307_200  # 2001-01-01, from which one sender's mode counts


class Position(NamedTuple):
    """A point as screens see it: whole seconds in UTC milliseconds, degrees, metres."""

    fix_at: int
    lat: float
    lon: float
    acc_m: float | None = None
    speed_mps: float | None = None
    course_deg: float | None = None
    flags: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What one request or file held.

    ``points``: distinct in time, ready to store. ``ignored``: entries that are no position or
    have no usable place or time. ``repeated``: entries with the second of an earlier one.
    ``battery``: percent, of the newest entry that told it. ``unreadable``: why the body could not
    be understood (one of :data:`UNREADABLE`), or empty.
    """

    points: Sequence[PointRow] = ()
    ignored: int = 0
    repeated: int = 0
    battery: int | None = None
    unreadable: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One request of a known phone on its way to the database."""

    phone_id: int
    received_at: int
    app: str
    reading: Reading
    body: bytes = field(default=b"", repr=False)  # kept only when it could not be read


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a delivery, in points."""

    saved: int = 0
    duplicates: int = 0
    ignored: int = 0


def number(value: object) -> float | None:
    """A finite number from what a sender wrote, or None. Text that is a number counts."""
    if type(value) is float or type(value) is int:
        result: float | int = value
    elif isinstance(value, str) and len(value) < 40:
        try:
            result = float(value)
        except ValueError:
            return None
    else:
        return None
    try:
        result = float(result)
    except OverflowError:
        return None
    return result if math.isfinite(result) else None


def positive(value: object) -> float | None:
    """A number of which zero and below mean unknown (accuracy)."""
    found = number(value)
    return found if found is not None and found > 0 else None


def not_negative(value: object) -> float | None:
    """A number of which below zero means unknown (speed, course)."""
    found = number(value)
    return found if found is not None and found >= 0 else None


def epoch_ms(value: object, *, cocoa: bool = False) -> int | None:
    """A whole second in milliseconds from a number in seconds, milliseconds or microseconds.

    ``cocoa``: small numbers count from 2001, as one mode of one app does. None when it is no
    time between 1970 and 9999.
    """
    found = number(value)
    if found is None or found < 0:
        return None
    if found > 1e14:
        found /= 1e6
    elif found > 1e11:
        found /= 1e3
    elif cocoa and found < 1e9:
        found += _COCOA_EPOCH
    return int(found) * 1000 if found <= _LAST_SECOND else None


def iso_ms(value: object) -> int | None:
    """A whole second in milliseconds from ISO 8601 text with an offset; None when it has none."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    minute = _minute_ms(value[:17], value[19:])
    if minute is not None:
        second = value[17:19]
        if second.isdecimal() and second < "60":
            return minute + int(second) * 1000
    return _parse_iso(value)


@lru_cache(maxsize=512)
def _minute_ms(start: str, rest: str) -> int | None:
    # The points of a batch share their minutes; the second is added by the caller.
    if len(start) != 17 or start[16] != ":" or not rest or rest[0] not in "Z+-":
        return None
    return _parse_iso(f"{start}00{rest}")


def _parse_iso(text: str) -> int | None:
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            return None
        seconds = math.floor(moment.astimezone(UTC).timestamp())
    except (ValueError, OverflowError):
        return None
    return seconds * 1000 if seconds >= 0 else None


def percent(value: object) -> int | None:
    """A battery level in whole percent from a value in percent."""
    found = number(value)
    return round(found) if found is not None and 0 <= found <= 100 else None


def point_flags(fix_at: int, lat: float, lon: float, acc_m: float | None, received_at: int) -> int:
    """The flags that one point earns on its own; times in milliseconds, degrees, metres."""
    flags = 0
    if not (-90.0 <= lat <= 90.0 and -180.0 <= lon <= 180.0) or (
        abs(lat) < ZERO_DEGREES and abs(lon) < ZERO_DEGREES
    ):
        flags = INVALID
    if fix_at - received_at > FUTURE_MS:
        flags |= FUTURE
    elif received_at - fix_at > OLD_MS:
        flags |= OLD
    if acc_m is not None and acc_m > COARSE_M:
        flags |= COARSE
    return flags


def distance_m(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in metres between two places in degrees (haversine)."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half_lat = math.sin((phi2 - phi1) / 2)
    half_lon = math.sin(math.radians(lon2 - lon1) / 2)
    a = half_lat * half_lat + math.cos(phi1) * math.cos(phi2) * half_lon * half_lon
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(a)))


def mark_spikes(points: Sequence[Position]) -> list[Position]:
    """One phone's points in order of time, with :data:`SPIKE` where both legs are too fast."""
    result = list(points)
    for index in range(1, len(points) - 1):
        before, here, after = points[index - 1], points[index], points[index + 1]
        if _leg_mps(before, here) > SPIKE_MPS and _leg_mps(here, after) > SPIKE_MPS:
            result[index] = here._replace(flags=here.flags | SPIKE)
    return result


def shown(points: Sequence[Position]) -> list[Position]:
    """The points that a map draws: no impossible place, time or jump."""
    usable = [point for point in points if not point.flags & (INVALID | FUTURE)]
    return [point for point in mark_spikes(usable) if not point.flags & SPIKE]


def _leg_mps(start: Position, end: Position) -> float:
    seconds = max(abs(end.fix_at - start.fix_at) / 1000, 1.0)
    return distance_m(start.lat, start.lon, end.lat, end.lon) / seconds


class FilePoint(NamedTuple):
    """A point of a track file, numbered from 1 as it stands there.

    ``naive``: the file gave a wall time without a zone, and ``fix_at`` holds it as if it were UTC.
    """

    row: int
    fix_at: int
    lat: float
    lon: float
    alt_m: float | None = None
    speed_mps: float | None = None
    naive: bool = False


@dataclass(frozen=True, slots=True)
class ParsedTrack:
    """A track file as read. ``left_out``: (row, why) of entries that are no timed position."""

    file: str
    names: tuple[str, ...]
    points: tuple[FilePoint, ...]
    left_out: tuple[tuple[int, str], ...] = ()

    def in_zone(self, zone: str) -> ParsedTrack:
        """The same with wall times without a zone read in an IANA zone."""
        if not any(point.naive for point in self.points):
            return self
        local = ZoneInfo(zone)
        return replace(
            self, points=tuple(_placed(point, local) if point.naive else point
                               for point in self.points)
        )  # fmt: skip

    def span(self) -> tuple[int, int] | None:
        """The first and the last moment, or None without points."""
        times = [point.fix_at for point in self.points]
        return (min(times), max(times)) if times else None


def _placed(point: FilePoint, zone: ZoneInfo) -> FilePoint:
    wall = datetime.fromtimestamp(point.fix_at // 1000, UTC).replace(tzinfo=zone)
    return point._replace(fix_at=int(wall.timestamp()) * 1000, naive=False)
