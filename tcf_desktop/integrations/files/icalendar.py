"""Calendar files (RFC 5545): writing, and the entry points of the worker process.

``write_calendar`` and ``read_calendar`` run in the worker process: a foreign file is parsed where
a crash or an endless rule costs nothing.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from icalendar import Calendar, Event
from icalendar.prop import vDate, vDatetime, vRecur, vText

from tcf_desktop.base.errors import AppError, EnvironmentTrouble
from tcf_desktop.domain import appointments
from tcf_desktop.domain.calendar_events import CalendarContents, EventOut, ReadWindow
from tcf_desktop.domain.recurrence import rule_of
from tcf_desktop.integrations.files import ical_read
from tcf_desktop.integrations.files.ical_zones import timezone_component

PRODUCT = ical_read.PRODUCT
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
    if not any(event.rule and event.zone == "UTC" for event in events):
        # Some programs take what repeats in UTC for something that repeats in this zone.
        calendar.add("x-wr-timezone", zone)
    for used, first, last in _zones(events, _utc(stamped_at).year):
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

    Without dates, what can be no series is worked out from a month ago to a year ahead.
    """
    now = datetime.now(UTC).date()
    window = ReadWindow(
        first_on or (now - timedelta(days=31)).isoformat(),
        last_on or (now + timedelta(days=366)).isoformat(),
    )
    return read_calendar(path, "UTC", window)


def read_calendar(path: str, home_zone: str, window: ReadWindow) -> CalendarContents:
    """The events and series of a file; what can be no series, as single dates in ``window``.

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


def _zones(events: Sequence[EventOut], year: int) -> list[tuple[str, int, int]]:
    """The zones in use and the years that they must be right for; a series lasts at least until
    the year of the file."""
    spans: dict[str, tuple[int, int]] = {}

    def use(zone: str, first_year: int, last_year: int) -> None:
        first, until = spans.get(zone, (first_year, last_year))
        spans[zone] = (min(first, first_year), max(until, last_year))

    for event in events:
        start = datetime.fromisoformat(event.starts_local)
        last = (start + timedelta(minutes=event.minutes)).year
        if not event.all_day and event.zone != "UTC":
            use(event.zone, start.year, max(last, year) if event.rule else last)
        if event.replaces_local and not event.replaces_all_day and event.replaces_zone != "UTC":
            replaced = int(event.replaces_local[:4])
            use(event.replaces_zone, replaced, replaced)
    return [(zone, first, last) for zone, (first, last) in sorted(spans.items())]


def _component(event: EventOut, stamped_at: int) -> Event:
    component = Event()
    component.add("uid", event.uid)
    if event.replaces_local:
        at = event.replaces_local
        _add_wall(component, "recurrence-id", at, event.replaces_zone, event.replaces_all_day)
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
    if event.rule:
        component.add("rrule", vRecur.from_ical(_rule(event)))
        for wall in event.left_out:
            _add_wall(component, "exdate", wall, event.zone, event.all_day)
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


def _rule(event: EventOut) -> str:
    """The rule with UNTIL as the format wants it: in UTC, unless the series has no hour."""
    rule = rule_of(event.rule)
    if rule.until is None or event.all_day:
        return event.rule
    last = datetime.combine(rule.until, time(23, 59))
    at = _utc(appointments.local_instant(last, event.zone))
    return event.rule.replace(f"UNTIL={rule.until:%Y%m%d}", f"UNTIL={at:%Y%m%dT%H%M%SZ}")


def _add_wall(component: Event, name: str, wall: str, zone: str, all_day: bool) -> None:
    moment = datetime.fromisoformat(wall)
    if all_day:
        value: vDatetime | vDate = vDate(moment.date())
        value.params["VALUE"] = "DATE"
    elif zone == "UTC":
        value = vDatetime(moment.replace(tzinfo=UTC))
    else:
        value = vDatetime(moment)
        value.params["TZID"] = zone
    component.add(name, value, encode=False)


def _add_times(component: Event, event: EventOut) -> None:
    """Start and end as wall times with their zone, as they were promised.

    In UTC instead where the wall time of an end happens twice and the second time is meant: a
    wall time cannot say that, and programs read a DURATION over a change of the clock differently.
    A series always has the wall time: its hour is that of all its dates.
    """
    wall = datetime.fromisoformat(event.starts_local)
    begins_at = appointments.local_instant(wall, event.zone)
    ends_at = begins_at + event.minutes * 60_000
    times = [appointments.wall_of(at, event.zone) for at in (begins_at, ends_at)]
    if event.rule:
        times = [wall, wall + timedelta(minutes=event.minutes)]
    plain = bool(event.rule) or all(
        appointments.local_instant(clock, event.zone) == at
        for clock, at in zip(times, (begins_at, ends_at), strict=True)
    )
    for name, clock, at in zip(("dtstart", "dtend"), times, (begins_at, ends_at), strict=True):
        if event.zone == "UTC" or not plain:
            component.add(name, _utc(at))
        else:
            _add_wall(component, name, appointments.format_local(clock), event.zone, False)


def _clean(text: str) -> vText:
    """TEXT without control characters, which no reader is bound to survive."""
    kept = "".join(c for c in text if c in "\n\t" or (ord(c) >= 32 and ord(c) != 127))
    return vText(kept)


def _utc(instant_ms: int) -> datetime:
    return datetime.fromtimestamp(instant_ms // 1000, UTC)
