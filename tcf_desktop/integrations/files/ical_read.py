"""Appointments and series out of calendar files as other programs write them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.calendar_events import (
    CalendarContents,
    EventIn,
    EventTrouble,
    ReadWindow,
    SeriesIn,
)
from tcf_desktop.integrations.files.ical_event import Raw, instance_uid, read_event, text_of
from tcf_desktop.integrations.files.ical_lines import Component, components, decoded
from tcf_desktop.integrations.files.ical_series import read_series
from tcf_desktop.integrations.files.ical_times import Unreadable, Zones

MAX_BYTES = 50_000_000
MAX_EVENTS = 50_000
PRODUCT = "-//TCF Desktop//Schedule//EN"

_BROKEN = (ValueError, OverflowError, TypeError, AttributeError, LookupError, AppError)


def read_bytes(content: bytes, file: str, home_zone: str, window: ReadWindow) -> CalendarContents:
    """Everything in a file; raises ``calendar.*`` when it is no calendar at all."""
    outer = components(decoded(content, file), file)
    bare = [part for part in outer if part.kind == "VEVENT"]
    calendars = [part for part in outer if part.kind == "VCALENDAR"]
    if not bare and not calendars:
        raise AppError("calendar.unreadable", file=file, reason="it holds no calendar")
    if bare:
        calendars.append(Component("VCALENDAR", bare[0].line, children=bare))
    events: list[EventIn] = []
    series: list[SeriesIn] = []
    troubles: list[EventTrouble] = []
    others: Counter[str] = Counter()
    for calendar in calendars:
        reader = _Calendar(Zones(home_zone, _definitions(calendar)), window)
        reader.read([part for part in calendar.children if part.kind == "VEVENT"])
        events += reader.events
        series += reader.series
        troubles += reader.troubles
        others.update(
            part.kind for part in calendar.children if part.kind not in ("VEVENT", "VTIMEZONE")
        )
        if len(events) + len(series) + len(troubles) > MAX_EVENTS:
            raise AppError("calendar.too_many", file=file, limit=MAX_EVENTS)
    events.sort(key=lambda event: (event.line, event.starts_local))
    series.sort(key=lambda one: (one.event.line, one.event.starts_local))
    return CalendarContents(
        file,
        tuple(events),
        tuple(troubles),
        dict(others),
        tuple(series),
        all((name := part.first("PRODID")) and name.value == PRODUCT for part in calendars),
    )


class _Calendar:
    """One VCALENDAR: single events, series and their changed dates."""

    def __init__(self, zones: Zones, window: ReadWindow) -> None:
        self._zones = zones
        self._first = datetime.combine(date.fromisoformat(window.first_on), time())
        self._last = datetime.combine(date.fromisoformat(window.last_on), time(23, 59))
        self.events: list[EventIn] = []
        self.series: list[SeriesIn] = []
        self.troubles: list[EventTrouble] = []

    def read(self, parts: Sequence[Component]) -> None:
        """All events, each by itself: one that is broken costs only itself."""
        groups: dict[str, list[Raw]] = {}
        for part in parts:
            try:
                raw = read_event(part, self._zones)
            except Unreadable as trouble:
                self._trouble(part, str(trouble))
            except _BROKEN as trouble:
                self._trouble(part, f"It cannot be read ({type(trouble).__name__}).")
            else:
                groups.setdefault(raw.event.uid, []).append(raw)
        for group in groups.values():
            if len(group) == 1 and group[0].replaces is None and not group[0].repeats:
                self.events.append(group[0].event)
            else:
                self._group(group)

    def _group(self, group: Sequence[Raw]) -> None:
        masters = [raw for raw in group if raw.replaces is None]
        changed = [raw for raw in group if raw.replaces is not None]
        newest = max(masters, key=lambda raw: raw.event.sequence, default=None)
        if newest is None or not newest.repeats:
            if newest is not None:
                self.events.append(newest.event)
            self.events += [_alone(raw) for raw in changed]
            return
        try:
            found = read_series(newest, changed, self._zones, self._first, self._last)
        except Unreadable as trouble:
            self._trouble(newest.part, str(trouble))
        except _BROKEN as trouble:
            self._trouble(newest.part, f"Its rule cannot be read ({type(trouble).__name__}).")
        else:
            self.events += found.events
            self.series += found.series
            self.troubles += found.troubles

    def _trouble(self, part: Component, reason: str, action: str = "in_doubt") -> None:
        summary = text_of(part, "SUMMARY", 300)
        self.troubles.append(EventTrouble(part.line, summary, reason, action))


def _alone(raw: Raw) -> EventIn:
    """A change of an occurrence whose series is not in the file."""
    assert raw.replaces is not None
    return replace(
        raw.event,
        uid=instance_uid(raw.event.uid, raw.replaces),
        series_uid=raw.event.uid,
        occurrence_on=raw.replaces.wall.date().isoformat(),
        replaces_at=raw.replaces.instant,
    )


def _definitions(calendar: Component) -> dict[str, Component]:
    found = {}
    for part in calendar.children:
        name = part.first("TZID") if part.kind == "VTIMEZONE" else None
        if name is not None:
            found[name.value.strip()] = part
    return found
