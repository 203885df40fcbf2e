"""The visits of a day as a crew needs them on paper: who, where, how to get in, what to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.domain.day_sheet_print import CrewFacts, DayFacts, VisitFacts, WorkFacts
from tcf_desktop.services.queries.team import day_bounds

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

MOST_VISITS: Final = 500
_CHUNK: Final = 400
_LOOK_BACK_MS: Final = 2 * 86_400_000
# Notes for the office, of contact and appointment alike, are not read here at all.
_VISITS: Final = """
SELECT a.id, coalesce(a.crew_id, w.crew_id), coalesce(w.name, ''), a.starts_local, a.minutes,
    a.all_day, a.arrival_from_local, a.arrival_minutes, a.kind, a.state, a.title,
    coalesce(c.display_name, ''), a.contact_id, a.location_id, a.total_cents,
    l.name, l.street, l.street2, l.city, l.region, l.postal_code, l.person, l.person_phone,
    l.gate_code, l.access_note,
    coalesce((SELECT p.number FROM contact_phones p WHERE p.contact_id = a.contact_id
        ORDER BY p.position LIMIT 1), '')
FROM appointments a
LEFT JOIN contacts c ON c.id = a.contact_id
LEFT JOIN locations l ON l.id = a.location_id
LEFT JOIN workers w ON w.id = a.worker_id
WHERE a.deleted_at IS NULL AND a.starts_at >= ? AND a.starts_at < ? AND a.ends_at > ?
    AND a.kind IN ('job', 'estimate', 'task') AND a.state NOT IN ('cancelled', 'no_show')
ORDER BY a.all_day DESC, a.starts_at, a.id LIMIT ?
"""


def day_sheet_facts(
    r: Reader, on: date, crew_id: int | None = None, nobody: str = "Nobody yet"
) -> DayFacts:
    """A local day of one crew, or of all that have visits; ``nobody`` heads what no crew has."""
    row = r.one("SELECT name, zone, country, currency FROM business WHERE id = 1")
    business, zone, country, currency = row or ("", "UTC", "", "USD")
    start_at, end_at = day_bounds(on, zone)
    rows = r.all(_VISITS, (start_at - _LOOK_BACK_MS, end_at, start_at, MOST_VISITS))
    if crew_id is not None:
        rows = [row for row in rows if row[1] == crew_id]
    people = _people(r)
    crews = [
        *r.all("SELECT id, name FROM crews ORDER BY position, id"),
        (None, nobody),
    ]
    visits = _visits(r, rows)
    return DayFacts(
        on=on.isoformat(),
        business=business,
        country=country,
        currency=currency,
        crews=tuple(
            CrewFacts(name, tuple(people[ident]), tuple(visits[ident]))
            for ident, name in crews
            if visits[ident]
        ),
    )


def crew_by_name(r: Reader, name: str) -> tuple[int, str] | None:
    """Id and name of a crew, whatever the case of the letters."""
    row = r.one(
        "SELECT id, name FROM crews WHERE deleted_at IS NULL AND lower(name) = lower(?)"
        " ORDER BY position, id LIMIT 1",
        (name.strip(),),
    )
    return None if row is None else (row[0], row[1])


def _people(r: Reader) -> defaultdict[int | None, list[str]]:
    people: defaultdict[int | None, list[str]] = defaultdict(list)
    for crew_id, name in r.all(
        "SELECT crew_id, name FROM workers WHERE deleted_at IS NULL AND crew_id IS NOT NULL"
        " ORDER BY name, id"
    ):
        people[crew_id].append(name)
    return people


def _visits(r: Reader, rows: Sequence[Sequence[Any]]) -> defaultdict[int | None, list[VisitFacts]]:
    work = _work(r, [row[0] for row in rows])
    notes = _notes(r, [row[12] for row in rows if row[12] is not None])
    measures = _measures(r, [row[13] for row in rows if row[13] is not None])
    by_crew: defaultdict[int | None, list[VisitFacts]] = defaultdict(list)
    for row in rows:
        contact_id, location_id = row[12], row[13]
        name, street, street2, city, region, code, person, person_phone, gate, access = (
            text or "" for text in row[15:25]
        )
        town = ", ".join(filter(None, (city, " ".join(filter(None, (region, code))))))
        by_crew[row[1]].append(
            VisitFacts(
                starts_local=row[3],
                minutes=row[4],
                all_day=bool(row[5]),
                arrival_from_local=row[6],
                arrival_minutes=row[7],
                kind=row[8],
                state=row[9],
                title=row[10],
                customer=row[11],
                worker=row[2],
                address=tuple(filter(None, (name, street, street2, town))),
                person=person,
                phone=person_phone or row[25],
                gate_code=gate,
                access_note=access,
                notes=tuple(
                    text
                    for place, text in notes[contact_id]
                    if place is None or place == location_id
                ),
                measures=tuple(measures[location_id]),
                work=tuple(work[row[0]]),
                total_cents=row[14],
            )
        )
    return by_crew


def _work(r: Reader, ids: Sequence[int]) -> defaultdict[int, list[WorkFacts]]:
    found: defaultdict[int, list[WorkFacts]] = defaultdict(list)
    for visit_id, *line in _in_chunks(
        r,
        "SELECT l.appointment_id, l.name, l.description, l.qty_milli, coalesce(s.unit, ''),"
        " l.unit_price_cents FROM appointment_lines l LEFT JOIN services s ON s.id = l.service_id"
        " WHERE l.appointment_id IN ({marks}) ORDER BY l.appointment_id, l.position",
        ids,
    ):
        found[visit_id].append(WorkFacts(*line))
    return found


def _notes(r: Reader, ids: Sequence[int]) -> defaultdict[int | None, list[tuple[int | None, str]]]:
    """Notes for the crew by contact, oldest first, each with its place or None."""
    found: defaultdict[int | None, list[tuple[int | None, str]]] = defaultdict(list)
    for contact_id, place, text in _in_chunks(
        r,
        "SELECT contact_id, location_id, substr(text, 1, 4000) FROM notes"
        " WHERE contact_id IN ({marks}) AND visibility = 'crew' AND deleted_at IS NULL"
        " ORDER BY contact_id, at, id",
        ids,
    ):
        found[contact_id].append((place, text))
    return found


def _measures(r: Reader, ids: Sequence[int]) -> defaultdict[int | None, list[tuple[str, int, str]]]:
    found: defaultdict[int | None, list[tuple[str, int, str]]] = defaultdict(list)
    for location_id, *measure in _in_chunks(
        r,
        "SELECT v.location_id, m.name, v.value_milli, m.unit FROM location_measures v"
        " JOIN measures m ON m.id = v.measure_id WHERE v.location_id IN ({marks})"
        " AND m.deleted_at IS NULL ORDER BY m.position, m.id",
        ids,
    ):
        found[location_id].append((measure[0], measure[1], measure[2]))
    return found


def _in_chunks(r: Reader, sql: str, ids: Sequence[int]) -> Iterable[Any]:
    known = list(dict.fromkeys(ids))
    for start in range(0, len(known), _CHUNK):
        part = known[start : start + _CHUNK]
        yield from r.all(sql.format(marks=",".join("?" * len(part))), part)
