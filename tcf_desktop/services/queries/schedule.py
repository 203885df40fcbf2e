"""What the schedule shows: the appointments of some days, one in full, crews and workers.

Times of blocks are wall times of the business, also for an entry that was promised in another
zone. A range is found through the index on the start: timed appointments last two days at most,
whole days up to a year have an index of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.domain import appointments as rules
from tcf_desktop.domain.conflicts import Plan
from tcf_desktop.domain.contacts import list_name
from tcf_desktop.services.queries.conflicts import marked
from tcf_desktop.services.queries.occurrences import as_json, occurrences, sources

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

HOUR_MS: Final = 3_600_000
LONGEST_MS: Final = rules.MAX_MINUTES * 60_000
LONGEST_ALL_DAY_MS: Final = (rules.MAX_ALL_DAY_MINUTES + 1440) * 60_000

_COLUMNS: Final = """
SELECT a.id, a.kind, a.state, a.title, a.starts_local, a.starts_at, a.ends_at, a.minutes, a.zone,
    a.all_day, a.arrival_from_local, a.arrival_minutes, a.crew_id, a.worker_id, a.total_cents,
    a.invoice_id, a.contact_id, c.first_name, c.last_name, c.company, c.display_name,
    w.name, w.crew_id,
    CASE WHEN a.title = '' OR a.contact_id IS NULL THEN
        (SELECT group_concat(l.name, ' + ') FROM (SELECT name FROM {lines}
            ORDER BY position LIMIT 4) AS l) END,
    a.color_index, a.series_id, a.location_id, a.call_back_of_id
FROM {visits} a
LEFT JOIN contacts c ON c.id = a.contact_id
LEFT JOIN workers w ON w.id = a.worker_id
"""
_SHOWN: Final = (
    " AND (a.state NOT IN ('cancelled', 'no_show') OR a.updated_at > ?) ORDER BY a.starts_at, a.id"
)
_STORED, _COMPUTED = sources(_COLUMNS)
_TIMED: Final = (
    _STORED
    + "WHERE a.deleted_at IS NULL AND a.all_day = 0 AND a.starts_at >= ? AND a.starts_at < ?"
    " AND a.ends_at > ?" + _SHOWN
)
_ALL_DAY: Final = (
    _STORED
    + "WHERE a.deleted_at IS NULL AND a.all_day = 1 AND a.starts_at >= ? AND a.starts_at < ?"
    " AND a.ends_at > ?" + _SHOWN
)


@dataclass(frozen=True, slots=True)
class AppointmentBlock:
    """An appointment as the grid draws it. ``crew_id`` is the lane: the crew, or the worker's.

    ``id`` lies below zero for an occurrence of a series that has no row.
    """

    id: int
    kind: str
    state: str
    name: str
    service: str
    starts_local: str
    minutes: int
    starts_at: int
    ends_at: int
    all_day: bool
    arrival_until_local: str | None
    crew_id: int | None
    worker_id: int | None
    worker_name: str
    total_cents: int
    invoiced: bool
    contact_id: int | None
    late: bool = False
    conflict: bool = False
    color_index: int | None = None  # its own colour, in place of the crew's
    series_id: int | None = None
    call_back: bool = False  # free, because the first visit left somebody not content

    @property
    def recurring(self) -> bool:
        """Whether it belongs to a series."""
        return self.series_id is not None

    @property
    def counts(self) -> bool:
        """Whether it is work that is planned or done (for visits and money of a day)."""
        return self.kind == "job" and self.state not in rules.OFF_STATES


@dataclass(frozen=True, slots=True)
class DaySummary:
    """Visits and planned money of a day."""

    visits: int
    total_cents: int


@dataclass(frozen=True, slots=True)
class Week:
    """Everything that the schedule page shows of some days."""

    days: tuple[date, ...]
    blocks: tuple[AppointmentBlock, ...]
    crews: tuple[CrewRow, ...]
    zone: str
    currency: str


@dataclass(frozen=True, slots=True)
class CrewRow:
    """A crew and who is in it."""

    id: int
    name: str
    color_index: int
    workers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """A worker and the crew he is in."""

    id: int
    name: str
    crew_id: int | None
    color_index: int


def week(r: Reader, first_on: date, count: int, now_ms: int) -> Week:
    """``count`` days from ``first_on``, in the zone of the business."""
    zone, currency = r.one("SELECT zone, currency FROM business WHERE id = 1") or ("UTC", "USD")
    days = tuple(first_on + timedelta(days=n) for n in range(count))
    return Week(days, blocks(r, days[0], days[-1], zone, now_ms), crews(r, days), zone, currency)


def blocks(
    r: Reader, first_on: date, last_on: date, zone: str, now_ms: int
) -> tuple[AppointmentBlock, ...]:
    """The appointments that touch the days from ``first_on`` to ``last_on`` (inclusive).

    Cancelled ones are shown for an hour after the cancelling, so that it can be seen and undone.
    """
    begin = rules.local_instant(rules.parse_local(rules.day_local(first_on)), zone)
    after = rules.local_instant(
        rules.parse_local(rules.day_local(last_on + timedelta(days=1))), zone
    )
    recent = now_ms - HOUR_MS
    rows = r.all(_TIMED, (begin - LONGEST_MS, after, begin, recent))
    whole = r.all(_ALL_DAY, (begin - LONGEST_ALL_DAY_MS, after, begin, recent))
    if coming := occurrences(r, begin, after):
        for row in r.all(_COMPUTED, (as_json(coming),)):
            (whole if row[9] else rows).append(row)
        for some in (rows, whole):
            some.sort(key=lambda row: (row[5], row[0]))
    rows += whole
    clashing = marked(r, [_plan_of(row, zone) for row in rows], now_ms)
    return tuple(_block(row, zone, now_ms, row[0] in clashing) for row in rows)


def summaries(shown: Iterable[AppointmentBlock], days: Sequence[date]) -> dict[date, DaySummary]:
    """Visits and money of each day, by the day a visit starts on."""
    visits = dict.fromkeys(days, 0)
    money = dict.fromkeys(days, 0)
    for block in shown:
        day = date.fromisoformat(block.starts_local[:10])
        if block.counts and day in visits:
            visits[day] += 1
            money[day] += block.total_cents
    return {day: DaySummary(visits[day], money[day]) for day in days}


def crews(r: Reader, days: Sequence[date] = ()) -> tuple[CrewRow, ...]:
    """The crews in their order, with who is in them on any of the ``days``; without days, now."""
    members: dict[int, list[str]] = {}
    if days:
        first, last = days[0].isoformat(), days[-1].isoformat()
        rows = r.all(
            "SELECT m.crew_id, w.name FROM crew_members m JOIN workers w ON w.id = m.worker_id"
            " WHERE w.deleted_at IS NULL AND (w.active_to_on IS NULL OR w.active_to_on >= ?2)"
            " AND (w.active_from_on IS NULL OR w.active_from_on <= ?1)"
            " AND (m.from_on IS NULL OR m.from_on <= ?1) AND (m.to_on IS NULL OR m.to_on >= ?2)"
            " GROUP BY m.crew_id, w.id ORDER BY w.id",
            (last, first),
        )
    else:
        rows = r.all(
            "SELECT crew_id, name FROM workers WHERE deleted_at IS NULL AND crew_id IS NOT NULL"
            " ORDER BY id"
        )
    for crew_id, name in rows:
        members.setdefault(crew_id, []).append(name)
    return tuple(
        CrewRow(row[0], row[1], row[2], tuple(members.get(row[0], ())))
        for row in r.all(
            "SELECT id, name, color_index FROM crews WHERE deleted_at IS NULL ORDER BY position, id"
        )
    )


def workers(r: Reader, since: date | None = None) -> tuple[WorkerRow, ...]:
    """Everybody who works, by name; those who left before ``since`` are left out."""
    return tuple(
        WorkerRow(*row)
        for row in r.all(
            "SELECT id, name, crew_id, color_index FROM workers WHERE deleted_at IS NULL"
            " AND (active_to_on IS NULL OR active_to_on >= ?) ORDER BY name, id",
            ("" if since is None else since.isoformat(),),
        )
    )


def listed_name(row: Sequence[Any]) -> str:
    """The customer as lists show him, from first name, last name, company and display name."""
    first, last, company, shown = (str(part or "") for part in row)
    return list_name(first, last, company) or shown


def _block(row: Sequence[Any], zone: str, now_ms: int, conflict: bool) -> AppointmentBlock:
    (
        ident, kind, state, title, starts_local, starts_at, ends_at, minutes, own_zone, all_day,
        arrival_from, arrival_minutes, crew_id, worker_id, total, invoice_id, contact_id,
    ) = row[:17]  # fmt: skip
    shown_local = starts_local
    if own_zone != zone and not all_day:
        shown_local = rules.format_local(rules.wall_of(starts_at, zone))
        arrival_from = rules.moved_arrival(arrival_from, starts_local, shown_local)
    until = None
    if arrival_minutes and not all_day:
        until = rules.arrival_end(shown_local, arrival_from, arrival_minutes)
    done = row[23] or ""
    return AppointmentBlock(
        id=ident,
        kind=kind,
        state=state,
        name=listed_name(row[17:21]) if contact_id is not None else title,
        service=(title or done) if contact_id is not None else done,
        starts_local=shown_local,
        minutes=minutes,
        starts_at=starts_at,
        ends_at=ends_at,
        all_day=bool(all_day),
        arrival_until_local=until,
        crew_id=crew_id if crew_id is not None else row[22],
        worker_id=worker_id,
        worker_name=row[21] or "",
        total_cents=total,
        invoiced=invoice_id is not None,
        contact_id=contact_id,
        late=not all_day
        and starts_at < now_ms < ends_at
        and rules.is_late(
            now_ms,
            state=state,
            starts_local=starts_local,
            ends_at=ends_at,
            zone=own_zone,
            arrival_from=row[10],
            arrival_minutes=arrival_minutes,
        ),
        conflict=conflict,
        color_index=row[24],
        series_id=row[25],
        call_back=row[27] is not None,
    )


def _plan_of(row: Sequence[Any], zone: str) -> Plan:
    local = row[4]
    if row[8] != zone and not row[9]:
        local = rules.format_local(rules.wall_of(row[5], zone))
    return Plan(
        id=row[0], starts_at=row[5], ends_at=row[6], local=local, minutes=row[7],
        starts_local=row[4], zone=row[8], kind=row[1], state=row[2], all_day=bool(row[9]),
        crew_id=row[12], worker_id=row[13], location_id=row[26],
    )  # fmt: skip
