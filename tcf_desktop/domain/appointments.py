"""Rules of appointments: wall time and zone to instants, states, arrival windows.

An appointment keeps the time that was promised: a wall time (``YYYY-MM-DDTHH:MM``) and an IANA
zone. The UTC instants are derived from both and stored beside them for range queries. A wall time
that the change to summer time skips means the same instant as with the offset before the change
(RFC 5545, 3.3.5); one that happens twice means the first. Lengths are elapsed minutes, so a two
hour visit over a change of the clock lasts two hours; whole days end at a local midnight.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tcf_desktop.base.errors import AppError

KINDS: Final = ("job", "estimate", "personal", "task")
STATES: Final = (
    "tentative",
    "confirmed",
    "on_the_way",
    "arrived",
    "done",
    "cancelled",
    "no_show",
)
OFF_STATES: Final = frozenset({"cancelled", "no_show"})
UNDERWAY_STATES: Final = frozenset({"on_the_way", "arrived"})
ARRIVAL_CHOICES: Final = (0, 15, 30, 60, 120)

MIN_MINUTES: Final = 5
MAX_MINUTES: Final = 2 * 1440
MAX_ALL_DAY_MINUTES: Final = 366 * 1440
DAY_MINUTES: Final = 1440
WORK_FROM: Final = 8 * 60
WORK_TO: Final = 17 * 60
LATE_GRACE_MINUTES: Final = 15

_TRANSITIONS: Final[dict[str, frozenset[str]]] = {
    "tentative": frozenset({"confirmed", "on_the_way", "arrived", "done", "cancelled", "no_show"}),
    "confirmed": frozenset({"tentative", "on_the_way", "arrived", "done", "cancelled", "no_show"}),
    "on_the_way": frozenset({"confirmed", "arrived", "done", "cancelled", "no_show"}),
    "arrived": frozenset({"confirmed", "on_the_way", "done", "cancelled"}),
    "done": frozenset({"confirmed", "arrived"}),
    "cancelled": frozenset({"tentative", "confirmed"}),
    "no_show": frozenset({"confirmed", "done", "cancelled"}),
}


@dataclass(frozen=True, slots=True)
class Instants:
    """UTC milliseconds of start and end."""

    starts_at: int
    ends_at: int


@lru_cache(maxsize=64)
def zone_of(name: str) -> ZoneInfo:
    """The IANA zone; AppError ``schedule.zone`` when there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as trouble:
        raise AppError("schedule.zone", zone=name[:60]) from trouble


def parse_local(text: str) -> datetime:
    """The naive wall time of ``YYYY-MM-DDTHH:MM``; AppError ``schedule.time`` otherwise."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as trouble:
        raise AppError("schedule.time", text=text[:40]) from trouble
    if moment.tzinfo is not None:
        raise AppError("schedule.time", text=text[:40])
    return moment


def format_local(moment: datetime) -> str:
    """``YYYY-MM-DDTHH:MM`` of a wall time."""
    return moment.isoformat(timespec="minutes")


def local_instant(wall: datetime, zone: str) -> int:
    """UTC milliseconds of a wall time; double ones mean the first."""
    aware = wall.replace(tzinfo=zone_of(zone), fold=0)
    return _milliseconds(aware.astimezone(UTC))


def wall_of(instant_ms: int, zone: str) -> datetime:
    """The naive wall time of UTC milliseconds in ``zone``, whole minutes."""
    moment = _EPOCH + timedelta(milliseconds=instant_ms)
    return moment.astimezone(zone_of(zone)).replace(tzinfo=None, second=0, microsecond=0)


def instants(starts_local: str, minutes: int, zone: str, *, all_day: bool = False) -> Instants:
    """Start and end of an appointment.

    Whole-day ones run from midnight to the midnight ``ceil(minutes / 1440)`` days later, which is
    23 or 25 hours away where the clock changes.
    """
    wall = parse_local(starts_local)
    if all_day:
        first = datetime.combine(wall.date(), time())
        last = first + timedelta(days=max(1, -(-minutes // DAY_MINUTES)))
        return Instants(local_instant(first, zone), local_instant(last, zone))
    starts_at = local_instant(wall, zone)
    return Instants(starts_at, starts_at + minutes * 60_000)


def is_skipped(starts_local: str, zone: str) -> bool:
    """Whether the change to summer time skips that wall time."""
    wall = parse_local(starts_local)
    return wall_of(local_instant(wall, zone), zone) != wall


def is_double(starts_local: str, zone: str) -> bool:
    """Whether that wall time happens twice (end of summer time)."""
    wall = parse_local(starts_local).replace(tzinfo=zone_of(zone))
    first, second = wall.replace(fold=0).utcoffset(), wall.replace(fold=1).utcoffset()
    return first != second and not is_skipped(starts_local, zone)


def checked_minutes(minutes: int, *, all_day: bool = False) -> int:
    """A length in range; AppError ``schedule.length`` otherwise."""
    least = DAY_MINUTES if all_day else MIN_MINUTES
    most = MAX_ALL_DAY_MINUTES if all_day else MAX_MINUTES
    if not least <= minutes <= most:
        raise AppError("schedule.length", minutes=minutes)
    return minutes


def shift_local(starts_local: str, minutes: int) -> str:
    """The wall time ``minutes`` later on the wall, whatever the clock change does."""
    try:
        return format_local(parse_local(starts_local) + timedelta(minutes=minutes))
    except OverflowError as trouble:
        raise AppError("schedule.time", text=starts_local) from trouble


def day_local(day: date, minute: int = 0) -> str:
    """The wall time ``minute`` minutes after the midnight of ``day``."""
    return format_local(datetime.combine(day, time()) + timedelta(minutes=minute))


def week_start(day: date, first_weekday: int = 0) -> date:
    """The first day of the week of ``day``; ``first_weekday`` 0 = Monday … 6 = Sunday."""
    return day - timedelta(days=(day.weekday() - first_weekday) % 7)


def checked_state(current: str, wanted: str) -> str:
    """``wanted`` when it may follow ``current``; AppError ``schedule.state`` otherwise."""
    if wanted == current:
        return wanted
    if wanted not in _TRANSITIONS.get(current, frozenset()):
        raise AppError(
            "schedule.state", current=current.replace("_", " "), wanted=wanted.replace("_", " ")
        )
    return wanted


def may_become(current: str, wanted: str) -> bool:
    """Whether the state ``wanted`` may follow ``current``."""
    return wanted in _TRANSITIONS.get(current, frozenset())


def moved_arrival(arrival_from: str | None, old_start: str, new_start: str) -> str | None:
    """The promised window moves along with the start by the same distance on the wall."""
    if arrival_from is None:
        return None
    distance = parse_local(new_start) - parse_local(old_start)
    return format_local(parse_local(arrival_from) + distance)


def arrival_end(starts_local: str, arrival_from: str | None, arrival_minutes: int | None) -> str:
    """The wall time until which the customer was told to wait; the start when nothing was told."""
    if not arrival_minutes:
        return starts_local
    return shift_local(arrival_from or starts_local, arrival_minutes)


def is_late(
    now_ms: int,
    *,
    state: str,
    starts_local: str,
    ends_at: int,
    zone: str,
    arrival_from: str | None,
    arrival_minutes: int | None,
) -> bool:
    """Whether nobody has arrived although the window (or the start and 15 minutes) is over.

    A visit whose whole time has passed unmarked is not late any more: it wants finishing.
    """
    if state not in ("tentative", "confirmed", "on_the_way") or now_ms >= ends_at:
        return False
    grace = 0 if arrival_minutes else LATE_GRACE_MINUTES
    promised = shift_local(arrival_end(starts_local, arrival_from, arrival_minutes), grace)
    return now_ms > local_instant(parse_local(promised), zone)


def _milliseconds(moment: datetime) -> int:
    delta = moment - _EPOCH
    return (delta.days * 86_400 + delta.seconds) * 1000 + delta.microseconds // 1000


_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
