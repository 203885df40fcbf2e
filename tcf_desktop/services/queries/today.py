"""What the Today page shows: the day by crew, money owed, who is on the clock, what needs a look.

Every figure is a stored total; sums are made from the same columns as in lists and reports.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tcf_desktop.base.clock import from_ms, to_ms
from tcf_desktop.services.queries.occurrences import as_json, occurrences, sources

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

DAY_MS = 86_400_000
AGE_LIMITS = (0, 30, 60, 90)  # days past due that end each column of the aging


@dataclass(frozen=True, slots=True)
class Day:
    """A local day: its date, zone, its bounds and now in UTC milliseconds."""

    on: str
    zone: str
    starts_at: int
    ends_at: int
    now_at: int

    def minus(self, days: int) -> str:
        """The date that many days before, ISO."""
        return (date.fromisoformat(self.on) - timedelta(days)).isoformat()


@dataclass(frozen=True, slots=True)
class LaneVisit:
    """A block of the day. Wall times as in the appointment; money in cents."""

    id: int
    name: str
    title: str
    starts_local: str
    minutes: int
    starts_at: int
    ends_at: int
    due_at: int  # end of the promised arrival window, or a quarter of an hour after the start
    kind: str
    state: str
    total_cents: int
    contact_id: int | None


@dataclass(frozen=True, slots=True)
class Lane:
    """One crew (or nobody's visits): name, people, colour, visits by start."""

    crew_id: int | None
    name: str
    people: tuple[str, ...]
    color_index: int
    visits: tuple[LaneVisit, ...]


@dataclass(frozen=True, slots=True)
class DayPlan:
    """The schedule card."""

    lanes: tuple[Lane, ...]
    visits: int
    planned_cents: int
    next_starts_local: str  # of the visits still to come today, else of the next day with visits
    next_count: int
    any_ever: bool


@dataclass(frozen=True, slots=True)
class MoneyOwed:
    """Open amounts by age: not due, 1–30, 31–60, 61–90, over 90 days late."""

    total_cents: int
    invoices: int
    overdue_cents: int
    ages: tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class OnClock:
    """People of one crew who are clocked in since about the same time."""

    names: tuple[str, ...]
    initials: str
    color_index: int
    since_at: int
    place: str  # where their visit is, when they have arrived
    place_since_at: int | None
    last_fix_at: int | None
    worker_id: int


def local_day(now_at: int, zone: str) -> Day:
    """The day that ``now_at`` falls on in ``zone``."""
    on = from_ms(now_at, zone).date()
    start, end = (
        to_ms(datetime.combine(day, datetime.min.time(), ZoneInfo(zone)))
        for day in (on, on + timedelta(days=1))
    )
    return Day(on.isoformat(), zone, start, end, now_at)


_STORED, _COMPUTED = sources("""
SELECT a.id, coalesce(c.last_name, ''), coalesce(c.first_name, ''), coalesce(c.company, ''),
       a.title, a.starts_local,
       a.minutes, a.starts_at, a.ends_at, a.arrival_from_local, a.arrival_minutes, a.kind,
       a.state, coalesce(a.total_cents, 0), a.contact_id, a.crew_id, w.crew_id
FROM {visits} a
LEFT JOIN contacts c ON c.id = a.contact_id
LEFT JOIN workers w ON w.id = a.worker_id
WHERE a.deleted_at IS NULL AND a.all_day = 0 AND a.starts_at >= ? AND a.starts_at < ?
  AND a.state <> 'cancelled' AND a.kind <> 'personal'
ORDER BY a.starts_at, a.id
""")
_NEXT, _NEXT_COMPUTED = sources("""
SELECT a.starts_at, a.starts_local FROM {visits} a WHERE a.deleted_at IS NULL
  AND a.starts_at >= ? AND a.state IN ('tentative', 'confirmed') AND a.kind <> 'personal'
  ORDER BY a.starts_at LIMIT 1
""")
_ANY = "SELECT 1 WHERE EXISTS (SELECT 1 FROM appointments) OR EXISTS (SELECT 1 FROM series)"
_AHEAD_DAYS = 35  # how far ahead a day with visits of series only is looked for


def day_plan(r: Reader, day: Day) -> DayPlan:
    """The visits of the day in the lanes of their crews; crews without visits have empty lanes."""
    lanes: dict[int | None, list[LaneVisit]] = {}
    rows = r.all(_STORED, (day.starts_at, day.ends_at))
    if coming := occurrences(r, day.starts_at, day.ends_at):
        rows += r.all(_COMPUTED, (as_json(coming), day.starts_at, day.ends_at))
        rows.sort(key=lambda row: (row[7], row[0]))
    for row in rows:
        crew = row[15] if row[15] is not None else row[16]
        lanes.setdefault(crew, []).append(_visit(row))
    people: dict[int, list[str]] = {}
    for crew, name in r.all(
        "SELECT crew_id, name FROM workers WHERE crew_id IS NOT NULL AND deleted_at IS NULL"
        " ORDER BY id"
    ):
        people.setdefault(crew, []).append(first_name(name))
    crews = r.all(
        "SELECT id, name, color_index FROM crews WHERE deleted_at IS NULL ORDER BY position, id"
    )
    made = [
        Lane(key, name, tuple(people.get(key, ())), color, tuple(lanes.pop(key, ())))
        for key, name, color in crews
    ]
    rest = sorted((v for some in lanes.values() for v in some), key=lambda v: v.starts_at)
    if rest:
        made.append(Lane(None, "", (), 6, tuple(rest)))
    every = [visit for lane in made for visit in lane.visits]
    later = [v for v in every if v.starts_at > day.now_at and v.state in {"tentative", "confirmed"}]
    soonest = min((v.starts_local for v in later), default="")
    count = sum(v.starts_local == soonest for v in later)
    if not soonest:
        soonest, count = _next_day(r, day)
    return DayPlan(
        tuple(made),
        len(every),
        sum(visit.total_cents for visit in every),
        soonest,
        count,
        bool(every) or bool(soonest) or r.value(_ANY) is not None,
    )


def money_owed(r: Reader, today_on: str) -> MoneyOwed:
    """Open amounts of issued invoices by the days since they were due."""
    ages = [0, 0, 0, 0, 0]
    count = 0
    for age, invoices, cents in r.all(_OWED, (today_on,) * 4):
        ages[age] = cents
        count += invoices
    total = sum(ages)
    return MoneyOwed(total, count, total - ages[0], (ages[0], ages[1], ages[2], ages[3], ages[4]))


_OWED = """
SELECT CASE WHEN due_on >= ? THEN 0
            WHEN due_on >= date(?, '-30 days') THEN 1
            WHEN due_on >= date(?, '-60 days') THEN 2
            WHEN due_on >= date(?, '-90 days') THEN 3
            ELSE 4 END AS age, count(*), sum(open_cents)
FROM invoices WHERE open_cents <> 0 AND open_cents > 0 AND state IN ('issued', 'part_paid')
  AND deleted_at IS NULL
GROUP BY age
"""

_CLOCK = """
SELECT w.id, w.name, w.crew_id, coalesce(k.color_index, w.color_index), s.clock_in_at,
       (SELECT max(t.fix_at) FROM phones p JOIN track_points t ON t.phone_id = p.id
         WHERE p.worker_id = w.id AND t.fix_at >= s.clock_in_at)
FROM shifts s JOIN workers w ON w.id = s.worker_id LEFT JOIN crews k ON k.id = w.crew_id
WHERE s.clock_out_at IS NULL AND s.clock_in_at >= ? ORDER BY k.position, w.crew_id, w.id
"""


def on_the_clock(r: Reader, day: Day) -> list[OnClock]:
    """Who is clocked in since today, one entry for people of a crew who came together."""
    places = {
        crew: (name, starts_at)
        for crew, name, starts_at in r.all(
            "SELECT a.crew_id, coalesce(nullif(c.company, ''), c.last_name, a.title), a.starts_at"
            " FROM appointments a LEFT JOIN contacts c ON c.id = a.contact_id"
            " WHERE a.deleted_at IS NULL AND a.state = 'arrived' AND a.starts_at >= ?"
            " AND a.starts_at < ? AND a.crew_id IS NOT NULL ORDER BY a.starts_at",
            (day.starts_at, day.ends_at),
        )
    }
    groups: dict[tuple[int, int], list[tuple[int, str, int | None, int, int, int | None]]] = {}
    for row in r.all(_CLOCK, (day.starts_at,)):
        crew = row[2] if row[2] is not None else -row[0]
        groups.setdefault((crew, row[4] // 900_000), []).append(row)
    result = []
    for (crew, _), rows in groups.items():
        place, since = places.get(crew, ("", None))
        fixes = [row[5] for row in rows if row[5] is not None]
        result.append(
            OnClock(
                tuple(first_name(row[1]) for row in rows),
                _initials([row[1] for row in rows]),
                rows[0][3],
                min(row[4] for row in rows),
                place,
                since,
                max(fixes, default=None),
                rows[0][0],
            )
        )
    return result


def hidden_keys(r: Reader, now_at: int) -> frozenset[tuple[str, str]]:
    """The rows of Today that are hidden for now, as (kind, key)."""
    return frozenset(r.all("SELECT kind, key FROM hidden_rows WHERE until_at > ?", (now_at,)))


def first_name(name: str) -> str:
    """``Marcus`` of ``Marcus Reed``."""
    return name.split(" ", maxsplit=1)[0]


def _initials(names: list[str]) -> str:
    """Of two people the first letter each, of one person those of both names."""
    words = names[0].split() if len(names) == 1 else names
    return "".join(word[0] for word in words[:2] if word).upper()


def _visit(row: tuple[object, ...]) -> LaneVisit:
    number, last_name, first, company, title, starts_local, minutes, starts_at, ends_at = row[:9]
    window_from, window_minutes, kind, state, cents, contact_id = row[9:15]
    assert isinstance(starts_at, int)
    assert isinstance(starts_local, str)
    return LaneVisit(
        id=number,  # type: ignore[arg-type]
        name=str(company or ", ".join(str(part) for part in (last_name, first) if part) or title),
        title=str(title or ""),
        starts_local=starts_local,
        minutes=minutes,  # type: ignore[arg-type]
        starts_at=starts_at,
        ends_at=ends_at,  # type: ignore[arg-type]
        due_at=due_at_of(starts_at, starts_local, window_from, window_minutes),
        kind=str(kind),
        state=str(state),
        total_cents=cents,  # type: ignore[arg-type]
        contact_id=contact_id,  # type: ignore[arg-type]
    )


def due_at_of(
    starts_at: int, starts_local: str, window_from: object, window_minutes: object
) -> int:
    """When somebody should be there at the latest, UTC milliseconds."""
    if isinstance(window_from, str) and window_from and isinstance(window_minutes, int):
        start = datetime.fromisoformat(starts_local)
        opens = datetime.fromisoformat(window_from)
        return starts_at + round((opens - start).total_seconds() * 1000) + window_minutes * 60_000
    return starts_at + 15 * 60_000


def _next_day(r: Reader, day: Day) -> tuple[str, int]:
    first = r.one(_NEXT, (day.ends_at,))
    until = first[0] + 1 if first else day.ends_at + _AHEAD_DAYS * DAY_MS
    coming = occurrences(r, day.ends_at, until)
    computed = r.one(_NEXT_COMPUTED, (as_json(coming), day.ends_at)) if coming else None
    if first is None or (computed is not None and computed < first):
        first = computed
    if first is None:
        return "", 0
    count = r.value(
        "SELECT count(*) FROM appointments WHERE deleted_at IS NULL AND starts_at = ?"
        " AND state IN ('tentative', 'confirmed') AND kind <> 'personal'",
        (first[0],),
    )
    return str(first[1]), int(count) + sum(one.starts_at == first[0] for one in coming)
