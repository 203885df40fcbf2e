"""The Team page: people and their clocks on a day, the visits planned for it, places on the map."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tcf_desktop.base.clock import from_ms, to_ms
from tcf_desktop.domain.contacts import list_name
from tcf_desktop.domain.timesheets import Span, is_forgotten, worked_ms
from tcf_desktop.services.queries.occurrences import as_json, occurrences, sources

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

_FOR_EVER = 9_223_372_036_854_775_807
_LOOK_BACK_MS = 2 * 86_400_000  # no visit lasts longer
MAP_PLACES = 400


@dataclass(frozen=True, slots=True)
class WorkerName:
    """A person who works here."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Person:
    """One person's day. Times are UTC milliseconds; ``worked_ms`` runs until now while on.

    ``running``: the open span, whenever it began. ``forgotten``: it was probably left running.
    ``last_worked_at``: the newest clock-in before the day.
    """

    id: int
    name: str
    crew_id: int | None
    crew: str
    color_index: int
    spans: tuple[Span, ...]
    worked_ms: int
    running: Span | None
    forgotten: bool
    last_worked_at: int | None
    has_phone: bool
    battery_percent: int | None
    last_heard_at: int | None


@dataclass(frozen=True, slots=True)
class DayVisit:
    """A visit as planned. ``lat`` and ``lon`` are what the place has, else what crews taught,
    else None."""

    id: int
    contact_id: int | None
    name: str
    place: str
    starts_at: int
    ends_at: int
    state: str
    crew_id: int | None
    worker_id: int | None
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A point of reference on the map, in degrees."""

    name: str
    lat: float
    lon: float


def worker_names(r: Reader) -> list[WorkerName]:
    """Everybody who works here, by name."""
    rows = r.all("SELECT id, name FROM workers WHERE deleted_at IS NULL ORDER BY name, id")
    return [WorkerName(*row) for row in rows]


def day_bounds(day: date, zone: str) -> tuple[int, int]:
    """The first moment of a local day and of the next, UTC milliseconds."""
    local = ZoneInfo(zone)
    return (
        to_ms(datetime.combine(day, time(), local)),
        to_ms(datetime.combine(day + timedelta(days=1), time(), local)),
    )


def people(r: Reader, start_at: int, end_at: int, now_at: int, today_at: int) -> list[Person]:
    """Everybody's day [``start_at``, ``end_at``), by crew and name, in the crew of that day.

    Who did not work here then is left out, unless the clock ran.
    ``today_at``: local midnight before now, for forgotten clocks.
    """
    spans = _spans(r, start_at, end_at)
    running = {
        row[0]: Span(*row[1:])
        for row in r.all(
            "SELECT worker_id, id, clock_in_at, clock_out_at FROM shifts "
            "WHERE clock_out_at IS NULL ORDER BY clock_in_at DESC"
        )
    }
    last = dict(
        r.all(
            "SELECT w.id, (SELECT max(clock_in_at) FROM shifts s WHERE s.worker_id = w.id "
            "AND s.clock_in_at < ?) FROM workers w",
            (start_at,),
        )
    )
    zone = str(r.value("SELECT zone FROM business WHERE id = 1"))
    on = from_ms(start_at, zone).date().isoformat()
    rows = r.all(
        """SELECT w.id, w.name, c.id, coalesce(c.name, ''),
                  coalesce(c.color_index, w.color_index), p.id IS NOT NULL, s.battery_percent,
                  s.last_heard_at,
                  (w.active_from_on IS NULL OR w.active_from_on <= ?1)
                  AND (w.active_to_on IS NULL OR w.active_to_on >= ?1)
           FROM workers w
           LEFT JOIN crews c ON c.id = (
               SELECT m.crew_id FROM crew_members m WHERE m.worker_id = w.id
               AND (m.from_on IS NULL OR m.from_on <= ?1) AND (m.to_on IS NULL OR m.to_on >= ?1)
               ORDER BY m.from_on DESC, m.id DESC LIMIT 1)
           LEFT JOIN phones p ON p.id = (
               SELECT q.id FROM phones q LEFT JOIN phone_states t ON t.phone_id = q.id
               WHERE q.worker_id = w.id AND q.revoked_at IS NULL AND q.app <> 'file'
               ORDER BY t.last_heard_at DESC, q.id DESC LIMIT 1)
           LEFT JOIN phone_states s ON s.phone_id = p.id
           WHERE w.deleted_at IS NULL
           ORDER BY c.position IS NULL, c.position, c.id, w.id""",
        (on,),
    )
    found: list[Person] = []
    for row in rows:
        worker_id = row[0]
        own = tuple(spans.get(worker_id, ()))
        open_span = running.get(worker_id)
        if not row[8] and not own and open_span is None:
            continue
        found.append(
            Person(
                id=worker_id,
                name=row[1],
                crew_id=row[2],
                crew=row[3],
                color_index=row[4],
                spans=own,
                worked_ms=worked_ms(own, start_at, end_at, now_at),
                running=open_span,
                forgotten=open_span is not None and is_forgotten(open_span, today_at, now_at),
                last_worked_at=last.get(worker_id),
                has_phone=bool(row[5]),
                battery_percent=row[6],
                last_heard_at=row[7],
            )
        )
    return found


_STORED, _COMPUTED = sources("""
SELECT a.id, a.contact_id, c.first_name, c.last_name, c.company, c.display_name,
    a.title, coalesce(l.name, ''), coalesce(l.street, ''), a.starts_at, a.ends_at,
    a.state, coalesce(a.crew_id, w.crew_id), a.worker_id,
    coalesce(l.lat, l.learned_lat), coalesce(l.lon, l.learned_lon)
FROM {visits} a
LEFT JOIN contacts c ON c.id = a.contact_id
LEFT JOIN locations l ON l.id = a.location_id
LEFT JOIN workers w ON w.id = a.worker_id
WHERE a.deleted_at IS NULL AND a.starts_at >= ? AND a.starts_at < ? AND a.ends_at > ?
    AND a.all_day = 0 AND a.kind IN ('job', 'estimate')
    AND a.state NOT IN ('cancelled', 'no_show')
ORDER BY a.starts_at, a.id LIMIT 500
""")


def visits(r: Reader, start_at: int, end_at: int) -> list[DayVisit]:
    """The visits and estimates of a day, by time; cancelled ones are left out."""
    span = (start_at - _LOOK_BACK_MS, end_at, start_at)
    rows = r.all(_STORED, span)
    if coming := occurrences(r, start_at, end_at):
        rows += r.all(_COMPUTED, (as_json(coming), *span))
        rows.sort(key=lambda row: (row[9], row[0]))
    return [
        DayVisit(
            row[0],
            row[1],
            list_name(row[2], row[3], row[4]) or row[5] or row[6] if row[1] else row[6],
            row[7] or row[8],
            *row[9:],
        )
        for row in rows
    ]


def shop(r: Reader) -> MapPlace | None:
    """Where the business itself is, when it is known."""
    row = r.one(
        "SELECT name, shop_lat, shop_lon FROM business WHERE shop_lat IS NOT NULL "
        "AND shop_lon IS NOT NULL"
    )
    return None if row is None else MapPlace(*row)


def customer_places(
    r: Reader, south: float, west: float, north: float, east: float
) -> list[MapPlace]:
    """Some of the customers' places inside a rectangle of degrees; at most 400."""
    rows = r.all(
        """SELECT coalesce(nullif(c.display_name, ''), l.street),
                  coalesce(l.lat, l.learned_lat) AS lat, coalesce(l.lon, l.learned_lon) AS lon
           FROM locations l JOIN contacts c ON c.id = l.contact_id
           WHERE coalesce(l.lat, l.learned_lat) BETWEEN ? AND ?
             AND coalesce(l.lon, l.learned_lon) BETWEEN ? AND ?
             AND l.deleted_at IS NULL AND c.deleted_at IS NULL LIMIT ?""",
        (south, north, west, east, MAP_PLACES),
    )
    return [MapPlace(*row) for row in rows]


def _spans(r: Reader, start_at: int, end_at: int) -> dict[int, list[Span]]:
    found: defaultdict[int, list[Span]] = defaultdict(list)
    rows = r.all(
        "SELECT worker_id, id, clock_in_at, clock_out_at FROM shifts "
        "WHERE clock_in_at < ? AND coalesce(clock_out_at, ?) >= ? ORDER BY clock_in_at",
        (end_at, _FOR_EVER, start_at),
    )
    for worker_id, *span in rows:
        found[worker_id].append(Span(*span))
    return found
