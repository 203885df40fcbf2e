"""One VEVENT by itself: what it is, when and how long, with remarks on what was assumed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from tcf_desktop.domain.appointments import (
    DAY_MINUTES,
    KINDS,
    MAX_ALL_DAY_MINUTES,
    MAX_MINUTES,
    MIN_MINUTES,
    format_local,
    wall_of,
)
from tcf_desktop.domain.calendar_events import EventIn
from tcf_desktop.integrations.files.ical_lines import Component, Property
from tcf_desktop.integrations.files.ical_times import (
    Moment,
    Unreadable,
    Zones,
    moment_of,
    read_length,
    read_moment,
    read_stamp,
)

NO_END_MINUTES = 60
SHORT_MINUTES = 15
MAX_DATES = 20_000

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_STATUS = {"TENTATIVE": "tentative", "CANCELLED": "cancelled"}
_CONTROLS = dict.fromkeys((*(n for n in range(32) if n not in (9, 10)), 127))


@dataclass(frozen=True, slots=True)
class Raw:
    """A VEVENT with its own facts read; ``replaces`` is the moment of RECURRENCE-ID."""

    event: EventIn
    part: Component
    start: Moment
    replaces: Moment | None
    later_too: bool

    @property
    def repeats(self) -> bool:
        """Whether it comes more than once."""
        return self.part.first("RRULE") is not None or self.part.first("RDATE") is not None


@dataclass(frozen=True, slots=True)
class Listed:
    """One date of a list; ``minutes`` where the list gives a length too."""

    moment: Moment
    minutes: int | None = None


def read_event(part: Component, zones: Zones) -> Raw:
    """The facts of a VEVENT; raises :class:`Unreadable` where it can be no appointment."""
    begin, rid = part.first("DTSTART"), part.first("RECURRENCE-ID")
    if begin is None:
        raise Unreadable("It has no start.")
    start = read_moment(begin, zones)
    single = rid is None and part.first("RRULE") is None and part.first("RDATE") is None
    minutes, remark = _length(part, start, zones, single=single)
    remarks = tuple(text for text in (start.remark, remark) if text)
    identity = part.first("UID")
    event = EventIn(
        line=part.line,
        uid=identity.value.strip()[:500] if identity else "",
        summary=text_of(part, "SUMMARY", 300) or "Busy",
        starts_local=format_local(start.wall),
        minutes=minutes,
        zone=start.zone,
        all_day=start.all_day,
        location=text_of(part, "LOCATION", 1000),
        description=text_of(part, "DESCRIPTION", 10_000),
        status=_STATUS.get(text_of(part, "STATUS", 20).upper(), "confirmed"),
        kind=_kind(part),
        sequence=_sequence(part.first("SEQUENCE")),
        changed_at=read_stamp(part.first("LAST-MODIFIED")),
        floating=start.floating,
        remarks=remarks,
    )
    if not event.uid:
        remarks = (*remarks, "It has no identity; its facts stand for it.")
        event = replace(event, uid=_derived(event, part), remarks=remarks)
    onward = rid is not None and rid.params.get("RANGE", "").upper() == "THISANDFUTURE"
    return Raw(event, part, start, read_moment(rid, zones) if rid else None, onward)


def listed(part: Component, name: str, zones: Zones) -> list[Listed]:
    """The dates of EXDATE or RDATE; periods give their length too."""
    return [
        _listed(value, prop.params, zones)
        for prop in part.every(name)
        for value in prop.value.split(",")[:MAX_DATES]
        if value.strip()
    ]


def instance_uid(uid: str, replaced: Moment) -> str:
    """The identity of one occurrence of a series."""
    if replaced.all_day:
        return f"{uid}#{replaced.wall:%Y%m%d}"
    return f"{uid}#{wall_of(replaced.instant, 'UTC'):%Y%m%dT%H%MZ}"


def text_of(part: Component, name: str, most: int) -> str:
    """A TEXT without escapes and control characters, cut to ``most`` characters."""
    prop = part.first(name)
    if prop is None:
        return ""
    plain = prop.value[: most * 4]
    if "\\" in plain:
        plain = _ESCAPED.sub(lambda hit: "\n" if hit[1] in "nN" else hit[1], plain)
    if not plain.isprintable():
        plain = plain.translate(_CONTROLS)
    return plain.strip()[:most]


def _listed(value: str, params: Mapping[str, str], zones: Zones) -> Listed:
    begin, _, rest = value.strip().partition("/")
    moment = moment_of(begin, params, zones)
    if not rest:
        return Listed(moment)
    if rest.lstrip("+-").upper().startswith("P"):
        minutes = read_length(rest) // timedelta(minutes=1)
    else:
        minutes = (moment_of(rest, params, zones).instant - moment.instant) // 60_000
    return Listed(moment, minutes if MIN_MINUTES <= minutes <= MAX_MINUTES else None)


def _length(part: Component, start: Moment, zones: Zones, *, single: bool) -> tuple[int, str]:
    """The length in minutes, and a remark where something was assumed."""
    try:
        minutes = _said_length(part, start, zones)
    except Unreadable:
        minutes = -1
        remark = "Its end cannot be read"
    else:
        remark = "It ends before it begins"
    if minutes is None:
        if start.all_day:
            return DAY_MINUTES, ""
        return NO_END_MINUTES, "It has no end; one hour was assumed."
    if minutes < 0:
        assumed = "one day was assumed" if start.all_day else "one hour was assumed"
        return DAY_MINUTES if start.all_day else NO_END_MINUTES, f"{remark}; {assumed}."
    if start.all_day:
        whole = max(DAY_MINUTES, -(-minutes // DAY_MINUTES) * DAY_MINUTES)
        return _not_too_long(whole, MAX_ALL_DAY_MINUTES), ""
    if minutes < MIN_MINUTES:
        assumed = f"It has no length; {SHORT_MINUTES} minutes were assumed."
        return SHORT_MINUTES, assumed
    # What is longer than an appointment may be becomes whole days, once its days are known.
    return _not_too_long(minutes, MAX_ALL_DAY_MINUTES if single else MAX_MINUTES), ""


def _said_length(part: Component, start: Moment, zones: Zones) -> int | None:
    """The minutes that the file says; None where it says nothing."""
    end, duration = part.first("DTEND"), part.first("DURATION")
    if end is not None:
        until = read_moment(end, zones)
        if start.all_day or until.all_day:
            return (until.wall.date() - start.wall.date()).days * DAY_MINUTES
        if start.floating != until.floating:
            return int((until.wall - start.wall) / timedelta(minutes=1))
        return (until.instant - start.instant) // 60_000
    if duration is not None:
        return read_length(duration.value) // timedelta(minutes=1)
    return None


def _not_too_long(minutes: int, most: int) -> int:
    if minutes > most:
        raise Unreadable("It is too long for an appointment.")
    return minutes


def _derived(event: EventIn, part: Component) -> str:
    facts = [
        event.starts_local,
        str(event.minutes),
        "" if event.floating else event.zone,
        event.summary,
        event.location,
    ]
    if (rule := part.first("RRULE")) is not None:
        facts.append(rule.value)
    return f"derived-{hashlib.sha256(chr(31).join(facts).encode()).hexdigest()[:32]}"


def _kind(part: Component) -> str:
    kind = text_of(part, "CATEGORIES", 60).lower()
    return kind if kind in KINDS else "personal"


def _sequence(prop: Property | None) -> int:
    text = prop.value.strip() if prop else ""
    return int(text) if text.isdecimal() and len(text) < 10 else 0
