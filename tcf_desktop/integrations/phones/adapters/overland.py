"""Overland: GeoJSON features in batches (github.com/aaronpk/Overland-iOS, README).

Also what Colota and GPSLogger send when they speak it. Coordinates are longitude first; speed is
metres a second; below zero means unknown. Wi-Fi names, motion and device names are dropped unread.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from operator import itemgetter
from typing import Any, Final

from tcf_desktop.domain.tracks import (
    COARSE_M,
    FUTURE_MS,
    OLD_MS,
    PointRow,
    Reading,
    Stored,
    iso_ms,
    not_negative,
    number,
    point_flags,
    positive,
)
from tcf_desktop.integrations.phones.adapters.contract import Adapter, Sender

NAME: Final = "overland"
_USUAL: Final = itemgetter(
    "timestamp", "horizontal_accuracy", "altitude", "speed", "course", "battery_level"
)
_SECONDS: Final = {f"{second:02}Z": second * 1000 for second in range(60)}


def is_mine(data: object) -> bool:
    """Whether a body is an object with a list of locations."""
    return isinstance(data, dict) and isinstance(data.get("locations"), list)


def read(data: object, sender: Sender) -> Reading:
    """The positions of a batch. Trips, visits and log entries are events and count as ignored."""
    features = data.get("locations") if isinstance(data, dict) else None
    if not isinstance(features, list):
        return Reading(ignored=1)
    return _usual(features, sender) or _careful(features, sender)


def answer(stored: Stored) -> bytes:
    """``result`` must be ``ok``, or the app keeps the whole batch and sends it again."""
    return b'{"result":"ok","saved":%d,"duplicates":%d,"ignored":%d}' % (
        stored.saved,
        stored.duplicates,
        stored.ignored,
    )


def _usual(features: list[Any], sender: Sender) -> Reading | None:
    """A batch exactly as the app writes it, column by column at the speed of C; None otherwise.

    This is the hot path: it must find every feature a plain position without a doubt, or leave
    the batch to :func:`_careful`.
    """
    try:
        told = [feature["properties"] for feature in features]
        if any("action" in one or "type" in one for one in told):
            return None
        stamps, accs, alts, speeds, courses, levels = zip(*map(_USUAL, told), strict=True)
        lons, lats = zip(*[feature["geometry"]["coordinates"] for feature in features], strict=True)
        minutes = {stamp: iso_ms(stamp + "00Z") for stamp in {stamp[:17] for stamp in stamps}}
        times = [minutes[stamp[:17]] + _SECONDS[stamp[17:]] for stamp in stamps]  # type: ignore[operator] # None raises, and the batch goes the careful way
        received_at = sender.received_at
        if not (
            len(set(times)) == len(times)
            and _within(lats, 0.001, 90.0)
            and _within(lons, -180.0, 180.0)
            and _within(accs, 1e-9, COARSE_M)
            and _within(alts, -1e5, 1e5)
            and _within(speeds, -1e5, 1e5)
            and _within(courses, -1e5, 360.0)
            and _within(times, received_at - OLD_MS, received_at + FUTURE_MS)
            and _within(levels, -1.0, 100.0)
        ):
            return None
    except (KeyError, TypeError, ValueError):
        return None
    if min(speeds) < 0:
        speeds = tuple(speed if speed >= 0 else None for speed in speeds)
    if min(courses) < 0:
        courses = tuple(course if course >= 0 else None for course in courses)
    points = tuple(
        zip(
            repeat(sender.phone_id), times, lats, lons, accs, alts, speeds, courses, repeat(0),
            repeat(NAME), repeat(received_at),
        )
    )  # fmt: skip
    level = levels[times.index(max(times))]
    return Reading(points, battery=_percent(level, max(levels) > 1) if level >= 0 else None)


def _within(values: Sequence[Any], lowest: float, highest: float) -> bool:
    # Comparing raises TypeError for anything that is no number.
    return bool(lowest <= min(values) and max(values) <= highest)


def _careful(features: list[Any], sender: Sender) -> Reading:
    points: dict[int, PointRow] = {}
    ignored = repeated = 0
    newest, level = -1, None
    # Some senders put percent where the app itself puts a fraction of one.
    whole_percent = False
    for feature in features:
        try:
            told = feature["properties"]
            is_event = "action" in told or told.get("type") == "trip"
            point = None if is_event else _point(feature["geometry"]["coordinates"], told, sender)
        except (TypeError, KeyError, IndexError, AttributeError):
            point = None
        if point is None:
            ignored += 1
            continue
        fix_at = point[1]
        if fix_at in points:
            repeated += 1
            continue
        points[fix_at] = point
        charge = not_negative(told.get("battery_level"))
        if charge is not None:
            whole_percent = whole_percent or charge > 1
            if fix_at > newest:
                newest, level = fix_at, charge
    return Reading(tuple(points.values()), ignored, repeated, _percent(level, whole_percent))


def _point(place: Any, told: Any, sender: Sender) -> PointRow | None:
    fix_at = iso_ms(told["timestamp"])
    lat, lon = number(place[1]), number(place[0])
    if fix_at is None or lat is None or lon is None:
        return None
    acc_m = positive(told.get("horizontal_accuracy"))
    return (
        sender.phone_id,
        fix_at,
        lat,
        lon,
        acc_m,
        number(told.get("altitude")),
        not_negative(told.get("speed")),
        not_negative(told.get("course")),
        point_flags(fix_at, lat, lon, acc_m, sender.received_at),
        NAME,
        sender.received_at,
    )


def _percent(level: float | None, whole_percent: bool) -> int | None:
    if level is None:
        return None
    value = round(level if whole_percent else level * 100)
    return value if 0 <= value <= 100 else None


ADAPTER: Final = Adapter(NAME, is_mine, read, answer)
