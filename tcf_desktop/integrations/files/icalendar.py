"""Calendar files (RFC 5545): writing, and the entry points of the worker process.

``write_calendar`` and ``read_calendar`` run in the worker process: a foreign file is parsed where
a crash or an endless rule costs nothing.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from icalendar import Calendar, Event
from icalendar.prop import vDatetime, vText

from tcf_desktop.base.errors import AppError, EnvironmentTrouble
from tcf_desktop.domain import appointments
from tcf_desktop.domain.calendar_events import CalendarContents, EventOut, ReadWindow
from tcf_desktop.integrations.files import ical_read
from tcf_desktop.integrations.files.ical_zones import timezone_component

PRODUCT = "-//TCF Desktop//Schedule//EN"
_STATUS = {"tentative": "TENTATIVE", "cancelled": "CANCELLED", "no_show": "CANCELLED"}


def calendar_bytes(events: Sequence[EventOut], *, name: str, zone: str, stamped_at: int) -> bytes:
    """The file's content: zones first, then the events in the given order.

    ``stamped_at`` (UTC milliseconds) becomes DTSTAMP, so the same data gives the same bytes.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone)
    for used, first, last in _zones(events):
        calendar.add_component(timezone_component(used, first, last))
    for event in events:
        calendar.add_component(_component(event, stamped_at))
    content: bytes = calendar.to_ical()
    return content


def write_calendar(
    path: str, events: Sequence[EventOut], name: str, zone: str, stamped_at: int
) -> int:
    """Write the file whole or not at all; returns its size in bytes.

    Raises ``calendar.cannot_write`` with the file and the reason.
    """
    content = calendar_bytes(events, name=name, zone=zone, stamped_at=stamped_at)
    target = Path(path)
    temporary: Path | None = None
    try:
        number, name_made = tempfile.mkstemp(dir=target.parent, prefix=".tcf-", suffix=".ics")
        temporary = Path(name_made)
        with os.fdopen(number, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o644)
        temporary.replace(target)
    except OSError as trouble:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()
        reason = (trouble.strerror or str(trouble)).lower()
        raise EnvironmentTrouble(
            "calendar.cannot_write", file=target.name, reason=reason
        ) from trouble
    return len(content)


def parse(path: str, first_on: str = "", last_on: str = "") -> CalendarContents:
    """The events of a file with UTC times left in UTC, for the planner to bring home.

    Without dates, occurrences of recurring events from a month ago to a year ahead are wanted.
    """
    now = datetime.now(UTC).date()
    window = ReadWindow(
        first_on or (now - timedelta(days=31)).isoformat(),
        last_on or (now + timedelta(days=366)).isoformat(),
    )
    return read_calendar(path, "UTC", window)


def read_calendar(path: str, home_zone: str, window: ReadWindow) -> CalendarContents:
    """The events of a file; recurring ones as single occurrences inside ``window``.

    Floating times are read in ``home_zone``. Raises ``calendar.*`` errors that name the file.
    """
    source = Path(path)
    try:
        size = source.stat().st_size
        if size > ical_read.MAX_BYTES:
            raise AppError(
                "calendar.too_large",
                file=source.name,
                size=size // 1_000_000,
                limit=ical_read.MAX_BYTES // 1_000_000,
            )
        content = source.read_bytes()
    except FileNotFoundError as trouble:
        raise AppError("calendar.not_found", file=source.name) from trouble
    except OSError as trouble:
        reason = (trouble.strerror or str(trouble)).lower()
        raise EnvironmentTrouble(
            "calendar.unreadable", file=source.name, reason=reason
        ) from trouble
    return ical_read.read_bytes(content, source.name, home_zone, window)


def _zones(events: Sequence[EventOut]) -> list[tuple[str, int, int]]:
    spans: dict[str, tuple[int, int]] = {}
    for event in events:
        if event.all_day or event.zone == "UTC":
            continue
        start = datetime.fromisoformat(event.starts_local)
        last = (start + timedelta(minutes=event.minutes)).year
        first, until = spans.get(event.zone, (start.year, last))
        spans[event.zone] = (min(first, start.year), max(until, last))
    return [(zone, first, last) for zone, (first, last) in sorted(spans.items())]


def _component(event: EventOut, stamped_at: int) -> Event:
    component = Event()
    component.add("uid", event.uid)
    component.add("dtstamp", _utc(stamped_at))
    component.add("sequence", event.sequence)
    component.add("last-modified", _utc(event.changed_at))
    start = datetime.fromisoformat(event.starts_local)
    if event.all_day:
        component.add("dtstart", start.date())
        days = max(1, -(-event.minutes // 1440))
        component.add("dtend", start.date() + timedelta(days=days))
    else:
        _add_times(component, event)
    component.add("summary", _clean(event.summary))
    if event.location:
        component.add("location", _clean(event.location))
    if event.description:
        component.add("description", _clean(event.description))
    component.add("status", _STATUS.get(event.status, "CONFIRMED"))
    component.add("categories", [event.kind])
    if event.kind in ("personal", "task"):
        component.add("transp", "TRANSPARENT" if event.all_day else "OPAQUE")
    return component


def _add_times(component: Event, event: EventOut) -> None:
    """Start and end as wall times with their zone, as they were promised.

    In UTC instead where the wall time of an end happens twice and the second time is meant: a
    wall time cannot say that, and programs read a DURATION over a change of the clock differently.
    """
    wall = datetime.fromisoformat(event.starts_local)
    begins_at = appointments.local_instant(wall, event.zone)
    ends_at = begins_at + event.minutes * 60_000
    times = [appointments.wall_of(at, event.zone) for at in (begins_at, ends_at)]
    plain = all(
        appointments.local_instant(time, event.zone) == at
        for time, at in zip(times, (begins_at, ends_at), strict=True)
    )
    for name, time, at in zip(("dtstart", "dtend"), times, (begins_at, ends_at), strict=True):
        if event.zone == "UTC" or not plain:
            component.add(name, _utc(at))
        else:
            value = vDatetime(time)
            value.params["TZID"] = event.zone
            component.add(name, value, encode=False)


def _clean(text: str) -> vText:
    """TEXT without control characters, which no reader is bound to survive."""
    kept = "".join(c for c in text if c in "\n\t" or (ord(c) >= 32 and ord(c) != 127))
    return vText(kept)


def _utc(instant_ms: int) -> datetime:
    return datetime.fromtimestamp(instant_ms // 1000, UTC)
