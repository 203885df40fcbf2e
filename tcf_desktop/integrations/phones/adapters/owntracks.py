"""OwnTracks in HTTP mode: one JSON message for each request.

Fields and units: owntracks.org/booklet (tech/json, tech/http). Only place, time, accuracy, speed,
course, height and battery are read; network names, motion and pictures are dropped unread.
"""

from __future__ import annotations

from typing import Final

from tcf_desktop.domain.tracks import (
    ENCRYPTED,
    PointRow,
    Reading,
    Stored,
    epoch_ms,
    not_negative,
    number,
    percent,
    point_flags,
    positive,
)
from tcf_desktop.integrations.phones.adapters.contract import Adapter, Sender

NAME: Final = "owntracks"
_KMH: Final = 3.6


def is_mine(data: object) -> bool:
    """Whether a body is one message with a ``_type``, or a list of them."""
    first = data[0] if isinstance(data, list) and data else data
    return isinstance(first, dict) and "_type" in first


def read(data: object, sender: Sender) -> Reading:
    """The positions of one message or of a list; other kinds of message count as ignored."""
    messages = data if isinstance(data, list) else [data]
    points: dict[int, PointRow] = {}
    ignored = repeated = 0
    battery: int | None = None
    for message in messages:
        if not isinstance(message, dict):
            ignored += 1
            continue
        kind = message.get("_type")
        if kind == "encrypted":
            return Reading(ignored=len(messages), unreadable=ENCRYPTED)
        point = _point(message, sender) if kind == "location" else None
        if point is None:
            ignored += 1
            continue
        charge = percent(message.get("batt"))
        battery = battery if charge is None else charge
        repeated += point[1] in points
        points.setdefault(point[1], point)
    return Reading(tuple(points.values()), ignored, repeated, battery)


def answer(_stored: Stored) -> bytes:
    """Always an empty list: anything else is a command to the phone or counts as not delivered."""
    return b"[]"


def _point(message: dict[str, object], sender: Sender) -> PointRow | None:
    fix_at = epoch_ms(message.get("tst"), cocoa=True)
    lat, lon = number(message.get("lat")), number(message.get("lon"))
    if fix_at is None or lat is None or lon is None:
        return None
    acc_m = positive(message.get("acc"))
    speed = not_negative(message.get("vel"))
    if speed is not None and (sender.speaks_kmh or "topic" in message):
        speed /= _KMH
    return (
        sender.phone_id,
        fix_at,
        lat,
        lon,
        acc_m,
        number(message.get("alt")),
        speed,
        not_negative(message.get("cog")),
        point_flags(fix_at, lat, lon, acc_m, sender.received_at),
        NAME,
        sender.received_at,
    )


ADAPTER: Final = Adapter(NAME, is_mine, read, answer)
