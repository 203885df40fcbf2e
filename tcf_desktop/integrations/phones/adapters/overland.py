"""Overland: GeoJSON features in batches (github.com/aaronpk/Overland-iOS, README).

Also what Colota and GPSLogger send when they speak it. Coordinates are longitude first; speed is
metres a second; below zero means unknown. Wi-Fi names, motion and device names are dropped unread.
"""

from __future__ import annotations

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
_PLAUSIBLE: Final = 1_000_000_000  # beyond it a whole number is taken as a float


def is_mine(data: object) -> bool:
    """Whether a body is an object with a list of locations."""
    return isinstance(data, dict) and isinstance(data.get("locations"), list)


def read(data: object, sender: Sender) -> Reading:
    """The positions of a batch. Trips, visits and log entries are events and count as ignored."""
    features = data.get("locations") if isinstance(data, dict) else None
    if not isinstance(features, list):
        return Reading(ignored=1)
    points: dict[int, PointRow] = {}
    ignored = repeated = 0
    newest, level = -1, None
    # Some senders put percent where the app itself puts a fraction of one.
    whole_percent = False
    for feature in features:
        try:
            place = feature["geometry"]["coordinates"]
            told = feature["properties"]
            if "action" in told or told.get("type") == "trip":
                ignored += 1
                continue
            point = _point(place, told, sender)
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
        charge = told.get("battery_level")
        if charge is not None and (type(charge) is float or type(charge) is int):
            whole_percent = whole_percent or charge > 1
            if fix_at > newest and charge >= 0:
                newest, level = fix_at, charge
    return Reading(tuple(points.values()), ignored, repeated, _percent(level, whole_percent))


def answer(stored: Stored) -> bytes:
    """``result`` must be ``ok``, or the app keeps the whole batch and sends it again."""
    return b'{"result":"ok","saved":%d,"duplicates":%d,"ignored":%d}' % (
        stored.saved,
        stored.duplicates,
        stored.ignored,
    )


def _point(place: Any, told: Any, sender: Sender) -> PointRow | None:
    # The hot path: what an app really sends is decided by the type alone, the rest goes through
    # the careful helpers.
    lon, lat = place[0], place[1]
    if type(lat) is not float or type(lon) is not float:
        lat, lon = number(lat), number(lon)
    fix_at = iso_ms(told["timestamp"])
    if fix_at is None or lat is None or lon is None:
        return None
    get = told.get
    acc_m = get("horizontal_accuracy")
    if type(acc_m) is not int or not 0 < acc_m < _PLAUSIBLE:
        acc_m = positive(acc_m)
    speed = get("speed")
    if type(speed) is not int or not 0 <= speed < _PLAUSIBLE:
        speed = not_negative(speed)
    course = get("course")
    if type(course) is not int or not 0 <= course < _PLAUSIBLE:
        course = not_negative(course)
    alt_m = get("altitude")
    if type(alt_m) is not int or not -_PLAUSIBLE < alt_m < _PLAUSIBLE:
        alt_m = number(alt_m)
    received_at = sender.received_at
    if (
        0.001 < lat <= 90.0
        and -180.0 <= lon <= 180.0
        and (acc_m is None or acc_m <= COARSE_M)
        and -OLD_MS <= fix_at - received_at <= FUTURE_MS
    ):
        flags = 0
    else:
        flags = point_flags(fix_at, lat, lon, acc_m, received_at)
    return (
        sender.phone_id, fix_at, lat, lon, acc_m, alt_m, speed, course, flags, NAME, received_at,
    )  # fmt: skip


def _percent(level: float | None, whole_percent: bool) -> int | None:
    if level is None:
        return None
    value = round(level if whole_percent else level * 100)
    return value if 0 <= value <= 100 else None


ADAPTER: Final = Adapter(NAME, is_mine, read, answer)
