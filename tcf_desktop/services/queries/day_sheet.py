"""The visits of a day as a crew needs them on paper: who, where, how to get in, what to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.domain.day_sheet_print import CrewFacts, DayFacts, VisitFacts, WorkFacts
from tcf_desktop.domain.visit_code import code_of_occurrence, code_of_row
from tcf_desktop.services.queries.occurrences import as_json, occurrences, sources
from tcf_desktop.services.queries.schedule import LONGEST_ALL_DAY_MS, LONGEST_MS
from tcf_desktop.services.queries.team import day_bounds
from tcf_desktop.services.queries.treatments import treatments_of

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

MOST_VISITS: Final = 5_000  # no day has more
_CHUNK: Final = 400
_LOOK_BACK_MS: Final = ((0, LONGEST_MS), (1, LONGEST_ALL_DAY_MS))  # of timed, of whole days
# Notes for the office, of contact and appointment alike, and what people earn are not read here.
_COLUMNS: Final = (
    "id", "crew_id", "worker_id", "worker", "starts_local", "minutes", "all_day",
    "arrival_from_local", "arrival_minutes", "kind", "state", "title", "customer", "contact_id",
    "location_id", "total_cents", "crew_note", "series_id", "occurrence_on", "route_position",
    "starts_at", "place", "street", "street2", "city", "region", "postal_code", "person",
    "person_phone", "gate_code", "access_note", "phone",
)  # fmt: skip
_VISITS: Final = """
SELECT a.id, coalesce(a.crew_id, (SELECT m.crew_id FROM crew_members m
        WHERE m.worker_id = a.worker_id AND coalesce(m.from_on, '') <= :on
        AND coalesce(m.to_on, '9999') >= :on ORDER BY m.id DESC LIMIT 1)),
    a.worker_id, coalesce(w.name, ''), a.starts_local, a.minutes,
    a.all_day, a.arrival_from_local, a.arrival_minutes, a.kind, a.state, a.title,
    coalesce(c.display_name, ''), a.contact_id, a.location_id, a.total_cents, a.crew_note,
    a.series_id, a.occurrence_on, a.route_position, a.starts_at,
    l.name, l.street, l.street2, l.city, l.region, l.postal_code, l.person, l.person_phone,
    l.gate_code, l.access_note,
    coalesce((SELECT p.number FROM contact_phones p WHERE p.contact_id = a.contact_id
        ORDER BY p.position LIMIT 1), '')
FROM {visits} a
LEFT JOIN contacts c ON c.id = a.contact_id
LEFT JOIN locations l ON l.id = a.location_id
LEFT JOIN workers w ON w.id = a.worker_id
WHERE a.deleted_at IS NULL AND a.all_day = ?
    AND a.starts_at >= ? AND a.starts_at < ? AND a.ends_at > ?
    AND a.kind IN ('job', 'estimate', 'task') AND a.state NOT IN ('cancelled', 'no_show')
ORDER BY a.starts_at, a.id LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class SheetFor:
    """Whose day: the crews (None among them means what no crew has, ``crews`` None means all), or
    one worker with the visits of the crew that he is in."""

    crews: tuple[int | None, ...] | None = None
    worker_id: int | None = None


EVERYBODY: Final = SheetFor()


def day_sheet_facts(
    r: Reader, on: date, whose: SheetFor = EVERYBODY, nobody: str = "Nobody yet"
) -> DayFacts:
    """A local day of those who have visits on it; ``nobody`` heads what no crew has."""
    row = r.one("SELECT name, zone, country, currency FROM business WHERE id = 1")
    business, zone, country, currency = row or ("", "UTC", "", "USD")
    members = _members(r, on)
    rows = _rows(r, on, zone)
    heads: list[tuple[str, tuple[str, ...], tuple[tuple[str, str], ...], list[dict[str, Any]]]] = []
    if whose.worker_id is not None:
        heads.append(_of_worker(r, whose.worker_id, members, rows))
    else:
        crews = [*r.all("SELECT id, name FROM crews ORDER BY position, id"), (None, nobody)]
        for ident, name in crews:
            if whose.crews is None or ident in whose.crews:
                people = members[ident]
                heads.append(
                    (
                        name,
                        tuple(person for _, person, _ in people),
                        tuple((person, licence) for _, person, licence in people if licence),
                        [row for row in rows if row["crew_id"] == ident],
                    )
                )
    visits = _visits(r, [row for head in heads for row in head[3]])
    return DayFacts(
        on=on.isoformat(),
        business=business,
        country=country,
        currency=currency,
        crews=tuple(
            CrewFacts(name, people, tuple(visits[row["id"]] for row in mine), licences)
            for name, people, licences, mine in heads
            if mine
        ),
    )


def crew_by_name(r: Reader, name: str) -> tuple[int, str] | None:
    """Id and name of a crew, whatever the case of the letters."""
    return _by_name(r, "crews", "position, id", name)


def worker_by_name(r: Reader, name: str) -> tuple[int, str] | None:
    """Id and name of a worker, whatever the case of the letters."""
    return _by_name(r, "workers", "id", name)


def _by_name(r: Reader, table: str, order: str, name: str) -> tuple[int, str] | None:
    row = r.one(
        f"SELECT id, name FROM {table} WHERE deleted_at IS NULL AND lower(name) = lower(?)"
        f" ORDER BY {order} LIMIT 1",
        (name.strip(),),
    )
    return None if row is None else (row[0], row[1])


def _rows(r: Reader, on: date, zone: str) -> list[dict[str, Any]]:
    """The visits that touch the day, stored and computed alike."""
    start_at, end_at = day_bounds(on, zone)
    stored, computed = sources(_VISITS.replace(":on", f"'{on.isoformat()}'"))
    ahead = as_json(occurrences(r, start_at, end_at))
    rows: list[tuple[Any, ...]] = []
    for all_day, back in _LOOK_BACK_MS:
        window = (all_day, start_at - back, end_at, start_at, MOST_VISITS)
        rows += r.all(stored, window)
        rows += r.all(computed, (ahead, *window))
    found = [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
    found.sort(key=lambda row: (not row["all_day"], row["starts_at"], row["id"]))
    return found


def _members(r: Reader, on: date) -> defaultdict[int | None, list[tuple[int, str, str]]]:
    """Who is in which crew on the date: id, name and licence."""
    members: defaultdict[int | None, list[tuple[int, str, str]]] = defaultdict(list)
    day = on.isoformat()
    for crew_id, *person in r.all(
        "SELECT DISTINCT m.crew_id, w.id, w.name, w.licence FROM crew_members m"
        " JOIN workers w ON w.id = m.worker_id WHERE w.deleted_at IS NULL"
        " AND coalesce(m.from_on, '') <= ? AND coalesce(m.to_on, '9999') >= ?"
        " AND coalesce(w.active_from_on, '') <= ? AND coalesce(w.active_to_on, '9999') >= ?"
        " ORDER BY w.name, w.id",
        (day, day, day, day),
    ):
        members[crew_id].append((person[0], person[1], person[2]))
    return members


def _of_worker(
    r: Reader,
    worker_id: int,
    members: defaultdict[int | None, list[tuple[int, str, str]]],
    rows: Sequence[dict[str, Any]],
) -> tuple[str, tuple[str, ...], tuple[tuple[str, str], ...], list[dict[str, Any]]]:
    """The worker's own visits and those of the crew that he is in on that day."""
    row = r.one("SELECT name, licence FROM workers WHERE id = ?", (worker_id,)) or ("", "")
    mine = {crew for crew, people in members.items() if any(p[0] == worker_id for p in people)}
    names = tuple(
        name
        for ident, name in r.all("SELECT id, name FROM crews ORDER BY position, id")
        if ident in mine
    )
    chosen = [
        row
        for row in rows
        if row["worker_id"] == worker_id or (row["worker_id"] is None and row["crew_id"] in mine)
    ]
    return row[0], names, ((row[0], row[1]),) if row[1] else (), chosen


def _visits(r: Reader, rows: Sequence[dict[str, Any]]) -> dict[int, VisitFacts]:
    work, treating = _work(r, rows)
    notes = _notes(r, [row["contact_id"] for row in rows if row["contact_id"] is not None])
    measures = _measures(r, [row["location_id"] for row in rows if row["location_id"] is not None])
    checklists = _checklists(r, rows)
    treated = treatments_of(r, [row["id"] for row in rows if row["id"] > 0])
    found: dict[int, VisitFacts] = {}
    for row in rows:
        region = " ".join(filter(None, (row["region"], row["postal_code"])))
        town = ", ".join(filter(None, (row["city"], region)))
        own = (row["crew_note"],) if row["crew_note"] else ()
        found[row["id"]] = VisitFacts(
            starts_local=row["starts_local"],
            minutes=row["minutes"],
            all_day=bool(row["all_day"]),
            arrival_from_local=row["arrival_from_local"],
            arrival_minutes=row["arrival_minutes"],
            kind=row["kind"],
            state=row["state"],
            title=row["title"],
            customer=row["customer"],
            worker=row["worker"],
            address=tuple(filter(None, (row["place"], row["street"], row["street2"], town))),
            person=row["person"] or "",
            phone=row["person_phone"] or row["phone"],
            gate_code=row["gate_code"] or "",
            access_note=row["access_note"] or "",
            notes=own
            + tuple(
                text
                for place, text in notes[row["contact_id"]]
                if place is None or place == row["location_id"]
            ),
            measures=tuple(measures[row["location_id"]]),
            work=tuple(work[row["id"]]),
            total_cents=row["total_cents"],
            code=_code(row),
            checklist=checklists[row["id"]],
            treats=row["id"] in treating,
            treatments=treated.get(row["id"], ()),
            route_position=row["route_position"],
        )
    return found


def _code(row: dict[str, Any]) -> str:
    if row["series_id"] is None or row["occurrence_on"] is None:
        return code_of_row(row["id"]) if row["id"] > 0 else ""
    return code_of_occurrence(row["series_id"], date.fromisoformat(row["occurrence_on"]))


def _owners(
    rows: Sequence[dict[str, Any]],
) -> tuple[list[int], dict[int, list[int]]]:
    """Ids of visits with a row, and the computed ones by their series."""
    stored = [row["id"] for row in rows if row["id"] > 0]
    ahead: dict[int, list[int]] = {}
    for row in rows:
        if row["id"] < 0:
            ahead.setdefault(row["series_id"], []).append(row["id"])
    return stored, ahead


def _work(
    r: Reader, rows: Sequence[dict[str, Any]]
) -> tuple[defaultdict[int, list[WorkFacts]], set[int]]:
    """What is done at each visit, and the visits where products are put down."""
    found: defaultdict[int, list[WorkFacts]] = defaultdict(list)
    treating: set[int] = set()
    stored, ahead = _owners(rows)
    for owner, table, ids in (
        ("appointment_id", "appointment_lines", stored),
        ("series_id", "series_lines", list(ahead)),
    ):
        sql = (
            f"SELECT l.{owner}, coalesce(s.treats, 0), l.name, l.description, l.qty_milli,"
            f" coalesce(s.unit, ''), l.unit_price_e4 FROM {table} l"
            f" LEFT JOIN services s ON s.id = l.service_id"
            f" WHERE l.{owner} IN ({{marks}}) ORDER BY l.{owner}, l.position"
        )
        for ident, treats, *line in _in_chunks(r, sql, ids):
            for visit in [ident] if owner == "appointment_id" else ahead[ident]:
                found[visit].append(WorkFacts(*line))
                if treats:
                    treating.add(visit)
    return found, treating


def _checklists(
    r: Reader, rows: Sequence[dict[str, Any]]
) -> defaultdict[int, tuple[tuple[str, bool], ...]]:
    found: defaultdict[int, tuple[tuple[str, bool], ...]] = defaultdict(tuple)
    stored, ahead = _owners(rows)
    for owner, ids in (("appointment_id", stored), ("series_id", list(ahead))):
        sql = (
            f"SELECT {owner}, text, done_at IS NOT NULL FROM checklist_items"
            f" WHERE {owner} IN ({{marks}}) ORDER BY {owner}, position, id"
        )
        for ident, text, done in _in_chunks(r, sql, ids):
            for visit in [ident] if owner == "appointment_id" else ahead[ident]:
                found[visit] += ((text, bool(done)),)
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
