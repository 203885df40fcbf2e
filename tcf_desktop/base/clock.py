"""Time as the program keeps it: UTC milliseconds, local dates, wall times with a zone."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Where "now" comes from, so that tests and the sample business can fix it."""

    def now_ms(self) -> int:
        """Milliseconds since 1970-01-01T00:00:00Z."""
        ...


class SystemClock:
    """The computer's clock."""

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000


class FrozenClock:
    """A clock that stands still until it is told to move."""

    def __init__(self, now_ms: int) -> None:
        self._now_ms = now_ms

    def now_ms(self) -> int:
        return self._now_ms

    def advance(self, seconds: float) -> None:
        """Move forward by ``seconds``."""
        self._now_ms += round(seconds * 1000)


class DateShiftedClock:
    """Runs on from a given instant: the sample business shows its own day as today."""

    def __init__(self, start_ms: int) -> None:
        self._start_ms = start_ms
        self._origin_ns = time.monotonic_ns()

    def now_ms(self) -> int:
        return self._start_ms + (time.monotonic_ns() - self._origin_ns) // 1_000_000


def to_ms(instant: datetime) -> int:
    """UTC milliseconds of an aware datetime; refuses a naive one (ValueError)."""
    if instant.tzinfo is None:
        raise ValueError("a naive time is no instant")
    delta = instant.astimezone(UTC) - _EPOCH
    return (delta.days * 86_400 + delta.seconds) * 1000 + delta.microseconds // 1000


def from_ms(instant_ms: int, zone: str = "UTC") -> datetime:
    """The aware datetime of UTC milliseconds in an IANA zone."""
    seconds, milliseconds = divmod(instant_ms, 1000)
    moment = datetime.fromtimestamp(seconds, UTC).replace(microsecond=milliseconds * 1000)
    return moment.astimezone(ZoneInfo(zone))


def today(clock: Clock, zone: str) -> date:
    """The local date now in ``zone``."""
    return from_ms(clock.now_ms(), zone).date()


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
