"""Every moment that a calendar file means: by our reader, and by recurring-ical-events."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import icalendar
import recurring_ical_events

from tcf_desktop.domain.appointments import instants, local_instant
from tcf_desktop.domain.calendar_events import CalendarContents, EventIn
from tcf_desktop.domain.recurrence import dates, parse_rule

Times = list[tuple[int, int, str]]


def ours(contents: CalendarContents, begin: date, end: date) -> Times:
    """(start, end, name) of all that takes place and starts on these days (inclusive, UTC)."""
    instead = {(e.series_uid, e.occurrence_on) for e in contents.events if e.series_uid}
    found = [_times(event) for event in contents.events if event.status != "cancelled"]
    for one in contents.series:
        if one.event.status == "cancelled":
            continue
        first = date.fromisoformat(one.event.starts_local[:10])
        for day in dates(parse_rule(one.rule), first, begin - timedelta(2), end + timedelta(2)):
            on = day.isoformat()
            if on not in one.skips and (one.event.uid, on) not in instead:
                found.append(_times(one.event, on))
    return _inside(found, begin, end)


def theirs(content: bytes, home: str, begin: date, end: date) -> Times:
    """The same by recurring-ical-events, which gives cancelled ones too."""
    found = []
    for calendar in icalendar.Calendar.from_ical(content, multiple=True):
        window = (begin - timedelta(2), end + timedelta(3))
        for event in recurring_ical_events.of(calendar).between(*window):
            if str(event.get("STATUS", "")) == "CANCELLED":
                continue
            start, until = event["DTSTART"].dt, event["DTEND"].dt
            name = str(event.get("SUMMARY", "Busy"))
            found.append((_instant(start, home), _instant(until, home), name))
    return _inside(found, begin, end)


def _inside(found: Iterable[tuple[int, int, str]], begin: date, end: date) -> Times:
    first = local_instant(datetime.combine(begin, datetime.min.time()), "UTC")
    after = local_instant(datetime.combine(end + timedelta(1), datetime.min.time()), "UTC")
    return sorted(one for one in found if first <= one[0] < after)


def _times(event: EventIn, on: str = "") -> tuple[int, int, str]:
    start = f"{on}{event.starts_local[10:]}" if on else event.starts_local
    moment = instants(start, event.minutes, event.zone, all_day=event.all_day)
    return moment.starts_at, moment.ends_at, event.summary


def _instant(moment: date | datetime, home: str) -> int:
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, datetime.min.time())
    if moment.tzinfo is None:
        return local_instant(moment, home)
    return round(moment.astimezone(UTC).timestamp() * 1000)
