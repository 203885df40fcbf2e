"""Appointments on their way to and from calendar files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from tcf_desktop.domain import appointments as rules
from tcf_desktop.domain.calendar_events import EventOut
from tcf_desktop.services.queries.appointment import one_line_address
from tcf_desktop.services.queries.schedule import LONGEST_ALL_DAY_MS, LONGEST_MS, listed_name

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

_CHUNK: Final = 500
_SELECT: Final = """
SELECT a.uid, a.sequence, a.starts_local, a.minutes, a.zone, a.all_day, a.state, a.kind,
    a.updated_at, a.title, a.contact_id, c.first_name, c.last_name, c.company, c.display_name,
    p.street, p.street2, p.city, p.region, p.postal_code, g.name, w.name, a.arrival_from_local,
    a.arrival_minutes, a.starts_at,
    (SELECT group_concat(l.name, char(10)) FROM (SELECT name FROM appointment_lines
        WHERE appointment_id = a.id ORDER BY position) AS l)
FROM appointments a
LEFT JOIN contacts c ON c.id = a.contact_id
LEFT JOIN locations p ON p.id = a.location_id
LEFT JOIN crews g ON g.id = a.crew_id
LEFT JOIN workers w ON w.id = a.worker_id
WHERE a.deleted_at IS NULL
"""
_EVENTS: Final = (
    f"{_SELECT} AND a.all_day = ? AND a.starts_at >= ? AND a.starts_at < ? AND a.ends_at > ?"
)


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """An appointment that a file may mean."""

    id: int
    uid: str
    version: int
    sequence: int
    title: str
    note: str
    starts_at: int
    minutes: int
    all_day: bool
    state: str
    touched: bool
    deleted: bool
    has_contact: bool
    invoiced: bool


def events(r: Reader, first_on: date, last_on: date, zone: str) -> list[EventOut]:
    """What leaves the house for these days (inclusive), in order of start: no office notes."""
    begin = rules.local_instant(rules.parse_local(rules.day_local(first_on)), zone)
    tomorrow = rules.day_local(last_on + timedelta(days=1))
    after = rules.local_instant(rules.parse_local(tomorrow), zone)
    rows = r.all(_EVENTS, (0, begin - LONGEST_MS, after, begin))
    rows += r.all(_EVENTS, (1, begin - LONGEST_ALL_DAY_MS, after, begin))
    rows.sort(key=lambda row: (row[24], row[0]))
    return [_event(row) for row in rows]


def events_of(r: Reader, contact_ids: Sequence[int]) -> list[EventOut]:
    """The appointments of these contacts as they leave the house, in order of start."""
    rows = r.all(
        f"{_SELECT} AND a.contact_id IN (SELECT value FROM json_each(?))"
        " ORDER BY a.starts_at, a.uid",
        (json.dumps(list(contact_ids)),),
    )
    return [_event(row) for row in rows]


def known_events(r: Reader, uids: Sequence[str]) -> dict[str, KnownEvent]:
    """The appointments with these identities, deleted ones too."""
    found: dict[str, KnownEvent] = {}
    for start in range(0, len(uids), _CHUNK):
        chunk = list(uids[start : start + _CHUNK])
        marks = ",".join("?" * len(chunk))
        for row in r.all(
            "SELECT id, uid, version, sequence, title, note, starts_at, minutes, all_day, state,"
            " updated_at <> created_at, deleted_at IS NOT NULL, contact_id IS NOT NULL,"
            f" invoice_id IS NOT NULL FROM appointments WHERE uid IN ({marks})",
            chunk,
        ):
            found[row[1]] = KnownEvent(
                id=row[0],
                uid=row[1],
                version=row[2],
                sequence=row[3],
                title=row[4],
                note=row[5],
                starts_at=row[6],
                minutes=row[7],
                all_day=bool(row[8]),
                state=row[9],
                touched=bool(row[10]),
                deleted=bool(row[11]),
                has_contact=bool(row[12]),
                invoiced=bool(row[13]),
            )
    return found


def same_time(r: Reader, starts: Sequence[int]) -> dict[int, tuple[tuple[int, str], ...]]:
    """(id, name or title) of the appointments that start at these instants."""
    found: dict[int, tuple[tuple[int, str], ...]] = {}
    for start in range(0, len(starts), _CHUNK):
        chunk = list(starts[start : start + _CHUNK])
        marks = ",".join("?" * len(chunk))
        for ident, at, title in r.all(
            "SELECT a.id, a.starts_at, a.title FROM appointments a"
            f" WHERE a.deleted_at IS NULL AND a.starts_at IN ({marks})",
            chunk,
        ):
            found[at] = (*found.get(at, ()), (ident, title))
    return found


def _event(row: Sequence[object]) -> EventOut:
    values = [row[i] for i in range(len(row))]
    name = listed_name(values[11:15]) if values[10] is not None else ""
    title = str(values[9] or "")
    work = str(values[25] or "")
    summary = " · ".join(part for part in (name, title) if part) or work.replace("\n", " + ")
    who = values[20] or values[21]
    told = ""
    if values[23]:
        start = str(values[22] or values[2])
        until = rules.arrival_end(str(values[2]), start, int(str(values[23])))
        told = f"Arrives {start[11:]}–{until[11:]}"
    description = [text for text in (told, work, f"With {who}" if who else "") if text]
    return EventOut(
        uid=str(values[0]),
        sequence=int(str(values[1])),
        starts_local=str(values[2]),
        minutes=int(str(values[3])),
        zone=str(values[4]),
        all_day=bool(values[5]),
        summary=summary or "Busy",
        location=one_line_address([str(part or "") for part in values[15:20]]),
        description="\n".join(description),
        status=str(values[6]),
        kind=str(values[7]),
        changed_at=int(str(values[8])),
    )
