"""Events of calendar files as columns, and the payloads of an import's rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tcf_desktop.domain import appointments as rules
from tcf_desktop.domain.calendar_events import OWN_UID, EventIn, SeriesIn


@dataclass(frozen=True, slots=True)
class NewEvent:
    """The payload of a row that is added: the columns of ``appointments``. ``series_uid`` names a
    series of the same plan that it belongs to; without that series it stands by itself."""

    values: dict[str, Any]
    series_uid: str = ""


@dataclass(frozen=True, slots=True)
class ChangedEvent:
    """The payload of a row that changes an appointment: only the columns that differ."""

    appointment_id: int
    version: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ChangedOccurrence:
    """The payload of a row that changes one occurrence of a series that is here; ``otherwise``
    are the columns of an appointment beside the series, should it not take place then."""

    occurrence_id: int
    values: dict[str, Any]
    otherwise: dict[str, Any]


@dataclass(frozen=True, slots=True)
class NewSeries:
    """The payload of a series that is added: columns of ``series``, the dates left out, and
    appointments (id, version, date) that were single dates of it so far."""

    values: dict[str, Any]
    skips: tuple[str, ...]
    joined: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedSeries:
    """The payload of a series that changes: only the columns that differ, dates left out beside
    those that are, appointments (id, version) that its new rule has no place for."""

    series_id: int
    version: int
    values: dict[str, Any]
    skips: tuple[str, ...] = ()
    gone: tuple[tuple[int, int], ...] = ()


def at_home(event: EventIn, home: str) -> EventIn:
    """Floating times and whole days belong to the office; UTC is brought to its wall clock. What
    is longer than an appointment may be becomes whole days."""
    if event.floating or event.all_day:
        event = replace(event, zone=home)
    elif event.zone == "UTC":
        at = rules.local_instant(rules.parse_local(event.starts_local), "UTC")
        start = rules.format_local(rules.wall_of(at, home))
        event = replace(event, zone=home, starts_local=start)
    if event.all_day or event.minutes <= rules.MAX_MINUTES:
        return event
    moment = rules.instants(event.starts_local, event.minutes, event.zone)
    last = rules.wall_of(moment.ends_at - 1, event.zone).date()
    days = (last - rules.parse_local(event.starts_local).date()).days + 1
    return replace(
        event,
        starts_local=f"{event.starts_local[:10]}T00:00",
        minutes=min(days * rules.DAY_MINUTES, rules.MAX_ALL_DAY_MINUTES),
        all_day=True,
        zone=home,
        remarks=(*event.remarks, "It lasts more than two days; whole days were taken."),
    )


def series_at_home(one: SeriesIn, home: str) -> SeriesIn:
    """Floating times and whole days belong to the office. A series in UTC stays there: its hour
    at the office changes with the clock, as its maker wanted."""
    if one.event.floating or one.event.all_day:
        return replace(one, event=replace(one.event, zone=home))
    return one


def event_values(event: EventIn) -> dict[str, Any]:
    """The columns of ``appointments`` for a new event."""
    moment = rules.instants(event.starts_local, event.minutes, event.zone, all_day=event.all_day)
    return {
        "uid": event.uid,
        "kind": event.kind,
        "contact_id": None,
        "location_id": None,
        "title": event.summary,
        "starts_local": event.starts_local,
        "minutes": event.minutes,
        "zone": event.zone,
        "starts_at": moment.starts_at,
        "ends_at": moment.ends_at,
        "all_day": int(event.all_day),
        "arrival_from_local": None,
        "arrival_minutes": None,
        "crew_id": None,
        "worker_id": None,
        "state": event.status,
        "note": note_of(event),
        "series_id": None,
        "occurrence_on": None,
        "total_cents": 0,
        "invoice_id": None,
        "sequence": event.sequence,
        "deleted_at": None,
    }


def series_values(one: SeriesIn) -> dict[str, Any]:
    """The columns of ``series`` for a new one."""
    event = one.event
    return {
        "uid": event.uid,
        "starts_local": event.starts_local,
        "minutes": event.minutes,
        "zone": event.zone,
        "all_day": int(event.all_day),
        "rule": one.rule,
        "last_on": one.last_on,
        "holidays": "keep",
        "kind": event.kind,
        "contact_id": None,
        "location_id": None,
        "title": event.summary,
        "arrival_offset": 0,
        "arrival_minutes": None,
        "crew_id": None,
        "worker_id": None,
        "state": "tentative" if event.status == "tentative" else "confirmed",
        "note": note_of(event),
        "total_cents": 0,
        "sequence": event.sequence,
        "deleted_at": None,
    }


def note_of(event: EventIn) -> str:
    """Where and what, as the office's own note."""
    return "\n".join(text for text in (event.location, event.description) if text)


def told(
    event: EventIn, *, ours: bool, kept: Mapping[str, str], has_contact: bool
) -> dict[str, Any]:
    """Title and note where the file changes them.

    Of a customer's visit neither: that is ours. In a file of ours and under an identity of ours the
    description is our own wording, the note itself never left; and no note goes for being absent.
    """
    if has_contact:
        return {}
    own = ours or event.uid.endswith(OWN_UID)
    found = {}
    if kept["title"] != event.summary and (kept["title"] or not own):
        found["title"] = event.summary
    note = note_of(event)
    if note and not own and kept["note"] != note:
        found["note"] = note
    return found
