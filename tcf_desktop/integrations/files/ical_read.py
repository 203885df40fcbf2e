"""Appointments out of calendar files as other programs write them."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.appointments import (
    DAY_MINUTES,
    KINDS,
    MAX_ALL_DAY_MINUTES,
    MAX_MINUTES,
    MIN_MINUTES,
    format_local,
    local_instant,
    wall_of,
)
from tcf_desktop.domain.calendar_events import (
    CalendarContents,
    EventIn,
    EventTrouble,
    ReadWindow,
)
from tcf_desktop.integrations.files import ical_recurrence as recurrence
from tcf_desktop.integrations.files.ical_lines import Component, Property, components, decoded
from tcf_desktop.integrations.files.ical_times import (
    Moment,
    Unreadable,
    Zones,
    moment_of,
    read_length,
    read_moment,
    read_stamp,
)

MAX_BYTES = 50_000_000
MAX_EVENTS = 20_000
MAX_DATES = 20_000
NO_END_MINUTES = 60

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_STATUS = {"TENTATIVE": "tentative", "CANCELLED": "cancelled"}


@dataclass(frozen=True, slots=True)
class _Raw:
    """A VEVENT with its own facts read; ``replaces`` is the instant of RECURRENCE-ID."""

    event: EventIn
    part: Component
    start: Moment
    replaces: Moment | None
    later_too: bool


def read_bytes(content: bytes, file: str, home_zone: str, window: ReadWindow) -> CalendarContents:
    """Everything in a file; raises ``calendar.*`` when it is no calendar at all."""
    outer = components(decoded(content, file), file)
    events: list[EventIn] = []
    troubles: list[EventTrouble] = []
    others: Counter[str] = Counter()
    bare = [part for part in outer if part.kind == "VEVENT"]
    calendars = [part for part in outer if part.kind == "VCALENDAR"]
    if not bare and not calendars:
        raise AppError("calendar.unreadable", file=file, reason="it holds no calendar")
    if bare:
        calendars.append(Component("VCALENDAR", bare[0].line, children=bare))
    for calendar in calendars:
        zones = Zones(home_zone, _definitions(calendar))
        reader = _Calendar(zones, window)
        reader.read([part for part in calendar.children if part.kind == "VEVENT"])
        events += reader.events
        troubles += reader.troubles
        others.update(
            part.kind for part in calendar.children if part.kind not in ("VEVENT", "VTIMEZONE")
        )
        if len(events) + len(troubles) > MAX_EVENTS:
            raise AppError("calendar.too_many", file=file, limit=MAX_EVENTS)
    events.sort(key=lambda event: (event.line, event.starts_local))
    return CalendarContents(file, tuple(events), tuple(troubles), dict(others))


class _Calendar:
    """One VCALENDAR: single events, series and their changed dates."""

    def __init__(self, zones: Zones, window: ReadWindow) -> None:
        self._zones = zones
        self._first = datetime.combine(date.fromisoformat(window.first_on), time())
        self._last = datetime.combine(date.fromisoformat(window.last_on), time(23, 59))
        self.events: list[EventIn] = []
        self.troubles: list[EventTrouble] = []

    def read(self, parts: Sequence[Component]) -> None:
        groups: dict[str, list[_Raw]] = {}
        for part in parts:
            try:
                raw = self._raw(part)
            except Unreadable as trouble:
                self._trouble(part, str(trouble))
            except (ValueError, OverflowError, TypeError, AttributeError, LookupError) as trouble:
                self._trouble(part, f"It cannot be read ({type(trouble).__name__}).")
            else:
                groups.setdefault(raw.event.uid, []).append(raw)
        for group in groups.values():
            self._group(group)

    def _group(self, group: Sequence[_Raw]) -> None:
        masters = [raw for raw in group if raw.replaces is None]
        changed = [raw for raw in group if raw.replaces is not None]
        newest = max(masters, key=lambda raw: raw.event.sequence, default=None)
        if newest is None:
            self.events += [_instance(raw, raw.replaces) for raw in changed]
            return
        if newest.part.first("RRULE") is None and newest.part.first("RDATE") is None:
            self.events.append(newest.event)
            self.events += [_instance(raw, raw.replaces) for raw in changed]
            return
        try:
            self._series(newest, changed)
        except Unreadable as trouble:
            self._trouble(newest.part, str(trouble))
        except (ValueError, OverflowError, TypeError, LookupError) as trouble:
            self._trouble(newest.part, f"Its rule cannot be read ({type(trouble).__name__}).")

    def _series(self, master: _Raw, changed: Sequence[_Raw]) -> None:
        rules = [prop.value for prop in master.part.every("RRULE")][:3]
        walls = self._walls(master, rules)
        gone = {moment.instant for moment in self._listed(master.part, "EXDATE")}
        replaced = {raw.replaces.instant: raw for raw in changed if raw.replaces is not None}
        onward = sorted((raw for raw in changed if raw.later_too), key=_replaced_at)
        word = recurrence.in_words(rules[0]) if rules else "on several dates"
        remark = f"From a series ({word}): its single dates up to {self._last:%Y-%m-%d}."
        found = []
        for wall in walls:
            occurrence = Moment(wall, master.start.zone, master.start.all_day)
            at = occurrence.instant
            if at in gone or at in replaced:
                continue
            model = next((raw for raw in reversed(onward) if _replaced_at(raw) <= at), None)
            found.append(_dated(master, occurrence, model, remark))
        found += [
            _instance(raw, raw.replaces, remark)
            for raw in changed
            if self._first <= raw.start.wall <= self._last
        ]
        if not found:
            self._trouble(
                master.part,
                f"The series ({word}) has no date between {self._first:%Y-%m-%d} and "
                f"{self._last:%Y-%m-%d}.",
                action="skip",
            )
        self.events += found

    def _walls(self, master: _Raw, rules: Sequence[str]) -> list[datetime]:
        start = master.start
        walls = {start.wall} if self._first <= start.wall <= self._last else set()
        for rule in rules:
            until = recurrence.until_value(rule)
            until_wall = None
            if until is not None:
                wall, whole_day, utc = until
                if whole_day:
                    wall = datetime.combine(wall.date(), time(23, 59))
                elif utc:
                    wall = wall_of(local_instant(wall, "UTC"), start.zone)
                until_wall = wall
            if until_wall is not None and until_wall < start.wall:
                return []
            walls.update(
                recurrence.occurrences(rule, start.wall, until_wall, self._first, self._last)
            )
        for extra in self._listed(master.part, "RDATE"):
            if self._first <= extra.wall <= self._last:
                walls.add(wall_of(extra.instant, start.zone))
        if len(walls) > recurrence.MAX_OCCURRENCES:
            raise Unreadable(f"It repeats more than {recurrence.MAX_OCCURRENCES} times in a year.")
        return sorted(walls)

    def _listed(self, part: Component, name: str) -> list[Moment]:
        return [
            moment_of(value.split("/")[0], prop.params, self._zones)
            for prop in part.every(name)
            for value in prop.value.split(",")[:MAX_DATES]
        ]

    def _raw(self, part: Component) -> _Raw:
        begin = part.first("DTSTART")
        rid = part.first("RECURRENCE-ID")
        if begin is None:
            raise Unreadable("It has no start.")
        start = read_moment(begin, self._zones)
        minutes, remark = self._length(part, start)
        remarks = tuple(text for text in (start.remark, remark) if text)
        uid = part.first("UID")
        summary = _text(part, "SUMMARY", 300)
        event = EventIn(
            line=part.line,
            uid="",
            summary=summary or "Busy",
            starts_local=format_local(start.wall),
            minutes=minutes,
            zone=start.zone,
            all_day=start.all_day,
            location=_text(part, "LOCATION", 1000),
            description=_text(part, "DESCRIPTION", 10_000),
            status=_STATUS.get(_text(part, "STATUS", 20).upper(), "confirmed"),
            kind=_kind(part),
            sequence=_sequence(part.first("SEQUENCE")),
            changed_at=read_stamp(part.first("LAST-MODIFIED")),
            floating=start.floating,
            remarks=remarks,
        )
        identity = uid.value.strip()[:500] if uid else ""
        event = replace(event, uid=identity or _derived(event))
        if not identity:
            event = replace(
                event, remarks=(*remarks, "It has no identity; its facts stand for it.")
            )
        return _Raw(
            event,
            part,
            start,
            read_moment(rid, self._zones) if rid else None,
            bool(rid and rid.params.get("RANGE", "").upper() == "THISANDFUTURE"),
        )

    def _length(self, part: Component, start: Moment) -> tuple[int, str]:
        end, duration = part.first("DTEND"), part.first("DURATION")
        if end is not None:
            until = read_moment(end, self._zones)
            if start.all_day or until.all_day:
                minutes = (until.wall.date() - start.wall.date()).days * DAY_MINUTES
            else:
                minutes = (until.instant - start.instant) // 60_000
        elif duration is not None:
            minutes = read_length(duration.value) // timedelta(minutes=1)
        elif start.all_day:
            minutes = DAY_MINUTES
        else:
            return NO_END_MINUTES, "It has no end; one hour was assumed."
        if minutes < 0:
            raise Unreadable("It ends before it begins.")
        if start.all_day:
            minutes = max(DAY_MINUTES, -(-minutes // DAY_MINUTES) * DAY_MINUTES)
        if minutes > (MAX_ALL_DAY_MINUTES if start.all_day else MAX_MINUTES):
            raise Unreadable("It is too long for an appointment.")
        if minutes < MIN_MINUTES:
            return 15, "It has no length; 15 minutes were assumed."
        return minutes, ""

    def _trouble(self, part: Component, reason: str, action: str = "in_doubt") -> None:
        self.troubles.append(EventTrouble(part.line, _text(part, "SUMMARY", 300), reason, action))


def _dated(master: _Raw, occurrence: Moment, model: _Raw | None, remark: str) -> EventIn:
    """One date of a series; ``model`` is a change to this and all later dates."""
    shown, wall = master.event, occurrence.wall
    if model is not None and model.replaces is not None:
        shown = model.event
        wall = wall + (model.start.wall - model.replaces.wall)
    return replace(
        shown,
        uid=_instance_uid(master.event.uid, occurrence),
        starts_local=format_local(wall),
        remarks=(*shown.remarks, remark),
    )


def _instance(raw: _Raw, replaces: Moment | None, remark: str = "") -> EventIn:
    if replaces is None:
        return raw.event
    remarks = (*raw.event.remarks, remark) if remark else raw.event.remarks
    return replace(raw.event, uid=_instance_uid(raw.event.uid, replaces), remarks=remarks)


def _instance_uid(uid: str, replaced: Moment) -> str:
    stamp = replaced.wall if replaced.all_day else wall_of(replaced.instant, "UTC")
    return f"{uid}#{stamp:%Y%m%d}" if replaced.all_day else f"{uid}#{stamp:%Y%m%dT%H%MZ}"


def _replaced_at(raw: _Raw) -> int:
    return raw.replaces.instant if raw.replaces else 0


def _derived(event: EventIn) -> str:
    facts = "\x1f".join(
        (
            event.starts_local,
            str(event.minutes),
            "" if event.floating else event.zone,
            event.summary,
            event.location,
        )
    )
    return f"derived-{hashlib.sha256(facts.encode()).hexdigest()[:32]}"


def _definitions(calendar: Component) -> dict[str, Component]:
    found = {}
    for part in calendar.children:
        name = part.first("TZID") if part.kind == "VTIMEZONE" else None
        if name is not None:
            found[name.value.strip()] = part
    return found


def _kind(part: Component) -> str:
    kind = _text(part, "CATEGORIES", 60).lower()
    return kind if kind in KINDS else "personal"


def _sequence(prop: Property | None) -> int:
    text = prop.value.strip() if prop else ""
    return int(text) if text.isdigit() and len(text) < 10 else 0


def _text(part: Component, name: str, most: int) -> str:
    prop = part.first(name)
    if prop is None:
        return ""
    plain = _ESCAPED.sub(lambda hit: "\n" if hit[1] in "nN" else hit[1], prop.value)
    kept = "".join(c for c in plain if c in "\n\t" or (ord(c) >= 32 and ord(c) != 127))
    return kept.strip()[:most]
