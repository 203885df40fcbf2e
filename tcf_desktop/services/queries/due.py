"""Who is due again, who is quiet, and what the habits are.

Due dates are stored (``services/due_dates.py``), so the lists are ranges of an index; visits are
looked at only for rows that are shown. Nobody is due while a fitting visit is ahead, or was on the
schedule lately and has not been marked as done.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal

from tcf_desktop.base.clock import to_ms
from tcf_desktop.domain.frequency import RECENT_VISITS, Rhythm, learned_interval
from tcf_desktop.services.due_dates import DONE, FITS, LAST_VISIT
from tcf_desktop.services.line_sums import LINE_CENTS
from tcf_desktop.services.queries.occurrences import upcoming
from tcf_desktop.services.search import match_expression

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

Tab = Literal["now", "coming", "snoozed", "stopped"]
COMING_DAYS: Final = 30
COUNTED: Final = 1_000  # a card needs no larger number
LATELY_DAYS: Final = 14  # a visit that nobody has marked yet is still one

_AHEAD: Final = """
    a.contact_id = f.contact_id AND a.starts_at >= ? AND a.deleted_at IS NULL AND a.kind = 'job'
    AND a.state IN ('tentative', 'confirmed', 'on_the_way', 'arrived')
"""
# A series that goes on is as good as a visit ahead.
_SERIES_AHEAD: Final = """
    a.contact_id = f.contact_id AND a.deleted_at IS NULL AND a.kind = 'job'
    AND (a.last_on IS NULL OR a.last_on >= ?)
"""
_SERIES_FITS: Final = FITS.replace("appointment_lines l", "series_lines l").replace(
    "l.appointment_id = a.id", "l.series_id = a.id"
)
_NOT_AHEAD: Final = (
    f"NOT EXISTS (SELECT 1 FROM appointments a WHERE {_AHEAD} AND {FITS})"
    f" AND NOT EXISTS (SELECT 1 FROM series a WHERE {_SERIES_AHEAD} AND {_SERIES_FITS})"
)
_AWAKE: Final = (
    "(f.snoozed_until_on IS NULL OR f.snoozed_until_on <= ? OR f.due_on > f.snoozed_until_on)"
)
# A place that was taken out of the contact is asked for no more; undo brings both back.
_PLACED: Final = """
    (f.location_id IS NULL OR EXISTS (
        SELECT 1 FROM locations p WHERE p.id = f.location_id AND p.deleted_at IS NULL))
"""
_LIVE: Final = (
    f"f.deleted_at IS NULL AND f.stopped_at IS NULL AND c.deleted_at IS NULL AND {_PLACED}"
)
_FROM: Final = "FROM frequencies f JOIN contacts c ON c.id = f.contact_id"


@dataclass(frozen=True, slots=True)
class DueRow:
    """A frequency with what is known about it. Money in cents before tax; dates ISO or empty.

    ``days_late`` is negative before it is due; ``learned_days`` is None without a habit yet.
    ``title`` is empty where any work counts; ``snoozed_until_on`` unless it puts off the row now.
    """

    id: int
    contact_id: int
    name: str
    phone: str
    location_id: int | None
    place: str
    service_id: int | None
    title: str
    rhythm: Rhythm
    price_cents: int | None
    starts_on: str
    due_on: str
    days_late: int
    last_on: str
    last_cents: int | None
    learned_days: int | None
    booked_on: str
    snoozed_until_on: str
    stopped: bool
    stop_reason: str


@dataclass(frozen=True, slots=True)
class FrequencyRow:
    """What is kept of one frequency, without its history; no place means any."""

    id: int
    rhythm: Rhythm
    title: str
    price_cents: int | None
    location_id: int | None


@dataclass(frozen=True, slots=True)
class DueCounts:
    """How many rows each list has."""

    now: int
    coming: int
    snoozed: int
    stopped: int


@dataclass(frozen=True, slots=True)
class QuietRow:
    """Somebody who used to come and stopped. ``id`` is the contact's."""

    id: int
    name: str
    phone: str
    place: str
    title: str  # what was done last
    last_on: str
    last_cents: int
    learned_days: int
    visits: int
    days_since: int


def due_ids(r: Reader, tab: Tab, today: str, text: str = "", limit: int = -1) -> array[int]:
    """The frequencies of a list, the latest first; narrowed to contacts that match a text."""
    where, params, order = _tab(tab, today)
    found = match_expression(text)
    if found:
        where += " AND f.contact_id IN (SELECT rowid FROM contact_search WHERE contact_search"
        where += " MATCH ?)"
        params = [*params, found]
    elif text.strip():
        return array("q")
    sql = f"SELECT f.id {_FROM} WHERE {where} ORDER BY {order}, f.id LIMIT ?"
    return array("q", [row[0] for row in r.all(sql, (*params, limit))])


def due_counts(r: Reader, today: str) -> DueCounts:
    """The number beside each list's name."""
    tabs: tuple[Tab, ...] = ("now", "coming", "snoozed", "stopped")
    counts = []
    for tab in tabs:
        where, params, _ = _tab(tab, today)
        counts.append(int(r.value(f"SELECT count(*) {_FROM} WHERE {where}", params)))
    return DueCounts(*counts)


def due_contact_ids(r: Reader, today: str) -> frozenset[int]:
    """The contacts of whom something is due now."""
    where, params, _ = _tab("now", today)
    sql = f"SELECT DISTINCT f.contact_id {_FROM} WHERE {where}"
    return frozenset(row[0] for row in r.all(sql, params))


def due_first(r: Reader, today: str, limit: int) -> tuple[int, list[DueRow]]:
    """How many are due now, counted up to ``COUNTED``, and the most overdue few."""
    ids = due_ids(r, "now", today, limit=limit)
    rows = due_rows(r, ids, today)
    where, params, _ = _tab("now", today)
    total = len(ids)
    if total == limit:
        counted = f"SELECT 1 {_FROM} WHERE {where} LIMIT {COUNTED}"
        total = int(r.value(f"SELECT count(*) FROM ({counted})", params))
    return total, [rows[key] for key in ids if key in rows]


def contact_frequencies(r: Reader, contact_id: int, today: str) -> tuple[DueRow, ...]:
    """Everything that one contact wants regularly, also what was stopped, the next one first."""
    ids = [
        row[0]
        for row in r.all(
            f"SELECT f.id FROM frequencies f WHERE f.contact_id = ? AND f.deleted_at IS NULL"
            f" AND {_PLACED} ORDER BY f.stopped_at IS NOT NULL, f.due_on, f.id LIMIT 100",
            (contact_id,),
        )
    ]
    rows = due_rows(r, ids, today)
    return tuple(rows[key] for key in ids if key in rows)


def frequency_of(
    r: Reader, contact_id: int, location_id: int | None, service_id: int | None
) -> FrequencyRow | None:
    """The one for this service at this place, else the one for it at any; none that was stopped."""
    row = r.one(
        "SELECT id, every_n, unit, season_from, season_to, title, price_cents, location_id"
        " FROM frequencies WHERE contact_id = ? AND (location_id IS ? OR location_id IS NULL)"
        " AND service_id IS ? AND deleted_at IS NULL AND stopped_at IS NULL"
        " ORDER BY location_id IS NULL, id LIMIT 1",
        (contact_id, location_id, service_id),
    )
    return None if row is None else FrequencyRow(row[0], Rhythm(*row[1:5]), *row[5:])


def due_rows(r: Reader, ids: Sequence[int], today: str) -> dict[int, DueRow]:
    """The rows of these frequencies, by id; ids that are gone are missing."""
    if not ids:
        return {}
    marks = ",".join("?" * len(ids))
    found = r.all(_ROWS.format(marks=marks), (_since(today), *ids))
    coming = _series_starts(r, ids, today)
    return {row[0]: _due_row(row, today, coming.get(row[0], "")) for row in found}


def _series_starts(r: Reader, ids: Sequence[int], today: str) -> dict[int, str]:
    """By frequency: when a series that fits comes next."""
    marks = ",".join("?" * len(ids))
    fitting = r.all(
        f"SELECT f.id, a.id FROM frequencies f JOIN series a ON {_SERIES_AHEAD}"
        f" AND {_SERIES_FITS} WHERE f.id IN ({marks})",
        (today, *ids),
    )
    if not fitting:
        return {}
    begin = to_ms(datetime.combine(date.fromisoformat(today), datetime.min.time(), UTC))
    coming = upcoming(r, begin, series_ids=[series_id for _id, series_id in fitting])
    found: dict[int, str] = {}
    for frequency_id, series_id in fitting:
        for one in coming.get(series_id, ()):
            found[frequency_id] = min(found.get(frequency_id, "9999"), one.starts_local)
    return found


_DAYS: Final = f"""
    SELECT group_concat(d) FROM (SELECT DISTINCT substr(a.starts_local, 1, 10) AS d
      FROM appointments a WHERE a.contact_id = f.contact_id AND {DONE} AND {FITS}
      ORDER BY a.starts_local DESC LIMIT {RECENT_VISITS})
"""
_ROWS: Final = f"""
SELECT f.id, f.contact_id, c.display_name,
  (SELECT p.number FROM contact_phones p WHERE p.contact_id = c.id ORDER BY p.position LIMIT 1),
  f.location_id, p.name, p.street, p.city, f.service_id, coalesce(s.name, f.title),
  f.every_n, f.unit, f.season_from, f.season_to, f.price_cents, f.starts_on, f.due_on,
  v.starts_local, v.total_cents,
  (SELECT sum({LINE_CENTS}) FROM appointment_lines l
   WHERE l.appointment_id = v.id AND l.service_id = f.service_id),
  ({_DAYS}),
  (SELECT a.starts_local FROM appointments a WHERE {_AHEAD} AND {FITS} ORDER BY a.starts_at
   LIMIT 1),
  f.snoozed_until_on, f.stopped_at, f.stop_reason
{_FROM}
LEFT JOIN locations p ON p.id = f.location_id
LEFT JOIN services s ON s.id = f.service_id
LEFT JOIN appointments v ON v.id = ({LAST_VISIT})
WHERE f.id IN ({{marks}}) AND f.deleted_at IS NULL
"""


def _due_row(row: Sequence[Any], today: str, series_local: str) -> DueRow:
    frequency_id, contact_id, name, phone, location_id, place, street, city = row[:8]
    service_id, title, every_n, unit, begin, end, price, starts_on, due = row[8:17]
    last_local, last_total, last_service, days, booked, snoozed, stopped, reason = row[17:]
    return DueRow(
        id=frequency_id,
        contact_id=contact_id,
        name=name,
        phone=phone or "",
        location_id=location_id,
        place=_place(place, street, city),
        service_id=service_id,
        title=title or "",
        rhythm=Rhythm(every_n, unit, begin, end),
        price_cents=price,
        starts_on=starts_on or "",
        due_on=due or "",
        days_late=(date.fromisoformat(today) - date.fromisoformat(due or today)).days,
        last_on=(last_local or "")[:10],
        last_cents=last_service if last_service is not None else last_total,
        learned_days=learned_interval(date.fromisoformat(day) for day in (days or "").split(","))
        if days
        else None,
        booked_on=min(filter(None, (booked, series_local)), default="")[:10],
        snoozed_until_on=snoozed if snoozed and snoozed > today and snoozed >= due else "",
        stopped=stopped is not None,
        stop_reason=reason,
    )


def usual_interval(r: Reader, contact_id: int) -> int | None:
    """The days that usually lie between two visits of a contact; None without a habit."""
    days = r.all(
        f"SELECT DISTINCT substr(starts_local, 1, 10) FROM appointments a WHERE contact_id = ?"
        f" AND {DONE} ORDER BY starts_local DESC LIMIT {RECENT_VISITS}",
        (contact_id,),
    )
    return learned_interval(date.fromisoformat(row[0]) for row in days)


# Quiet customers

# A stopped frequency says that they were let be; a visit afterwards makes that old.
# The median of the gaps is at most twice their mean, so that most need no look at single gaps.
_QUIET: Final = f"""
WITH regular AS (
  SELECT a.contact_id, substr(max(a.starts_local), 1, 10) AS last_on,
    substr(min(a.starts_local), 1, 10) AS first_on,
    count(DISTINCT substr(a.starts_local, 1, 10)) AS days
  FROM appointments a INDEXED BY ix_appointments_done WHERE {DONE}
  GROUP BY a.contact_id HAVING days >= 3 AND last_on < ?),
asked AS MATERIALIZED (
  SELECT g.contact_id, g.last_on, g.days <= {RECENT_VISITS} AND julianday(?) - julianday(g.last_on)
    >= 3.0 * (julianday(g.last_on) - julianday(g.first_on)) / (g.days - 1) + 32 AS sure
  FROM regular g JOIN contacts c ON c.id = g.contact_id AND c.deleted_at IS NULL
  WHERE NOT EXISTS (
    SELECT 1 FROM frequencies f WHERE f.contact_id = g.contact_id AND f.deleted_at IS NULL
    AND (f.stopped_at IS NULL OR date(f.stopped_at / 1000, 'unixepoch') >= g.last_on))
  AND NOT EXISTS (
    SELECT 1 FROM appointments a WHERE a.contact_id = g.contact_id AND a.starts_at >= ?
    AND a.deleted_at IS NULL AND a.kind = 'job'
    AND a.state IN ('tentative', 'confirmed', 'on_the_way', 'arrived'))
  AND NOT EXISTS (
    SELECT 1 FROM series s WHERE s.contact_id = g.contact_id AND s.deleted_at IS NULL
    AND s.kind = 'job' AND (s.last_on IS NULL OR s.last_on >= ?))),
days AS (
  SELECT DISTINCT k.contact_id, k.last_on, substr(a.starts_local, 1, 10) AS visit_on
  FROM asked k JOIN appointments a INDEXED BY ix_appointments_done
    ON a.contact_id = k.contact_id AND {DONE} WHERE NOT k.sure),
gaps AS (
  SELECT contact_id, last_on,
    julianday(visit_on) - julianday(lag(visit_on) OVER visits) AS gap,
    row_number() OVER (PARTITION BY contact_id ORDER BY visit_on DESC) AS back
  FROM days WINDOW visits AS (PARTITION BY contact_id ORDER BY visit_on)),
ranked AS (
  SELECT contact_id, last_on, gap,
    row_number() OVER (PARTITION BY contact_id ORDER BY gap) AS place,
    count(*) OVER (PARTITION BY contact_id) AS total
  FROM gaps WHERE gap IS NOT NULL AND back < {RECENT_VISITS}),
habit AS (
  SELECT contact_id, last_on, CAST(avg(gap) + 0.5 AS INTEGER) AS learned
  FROM ranked WHERE place IN ((total + 1) / 2, (total + 2) / 2)
  GROUP BY contact_id, last_on),
quiet AS (
  SELECT contact_id, last_on FROM asked WHERE sure
  UNION ALL
  SELECT contact_id, last_on FROM habit
  WHERE julianday(?) - julianday(last_on) >= CAST(1.5 * learned + 30 AS INTEGER) + 1)
"""


def quiet_ids(r: Reader, today: str, text: str = "") -> array[int]:
    """Contacts who used to come and stopped, those who came last first. For an io thread."""
    params: list[object] = [_minus(today, 31), today, _since(today), today, today]
    narrowed, found = "", match_expression(text)
    if found:
        narrowed = " WHERE contact_id IN (SELECT rowid FROM contact_search WHERE contact_search"
        narrowed += " MATCH ?)"
        params.append(found)
    elif text.strip():
        return array("q")
    sql = f"{_QUIET} SELECT contact_id FROM quiet{narrowed} ORDER BY last_on DESC, contact_id"
    return array("q", [row[0] for row in r.all(sql, params)])


def quiet_rows(r: Reader, ids: Sequence[int], today: str) -> dict[int, QuietRow]:
    """The rows of these contacts, by id; contacts without a habit are missing."""
    if not ids:
        return {}
    marks = ",".join("?" * len(ids))
    rows = {}
    now = date.fromisoformat(today)
    for row in r.all(_QUIET_ROWS.format(marks=marks), ids):
        contact_id, name, phone, place, street, city, title, line, last, cents, days, count = row
        visits = [date.fromisoformat(day) for day in (days or "").split(",") if day]
        learned = learned_interval(visits)
        if learned is None:
            continue
        rows[contact_id] = QuietRow(
            contact_id, name, phone or "", _place(place, street, city), line or title or "",
            last[:10], cents or 0, learned, count, (now - max(visits)).days,
        )  # fmt: skip
    return rows


_QUIET_ROWS: Final = f"""
SELECT c.id, c.display_name,
  (SELECT p.number FROM contact_phones p WHERE p.contact_id = c.id ORDER BY p.position LIMIT 1),
  p.name, p.street, p.city, v.title,
  (SELECT l.name FROM appointment_lines l WHERE l.appointment_id = v.id ORDER BY l.position
   LIMIT 1),
  v.starts_local, v.total_cents,
  (SELECT group_concat(d) FROM (SELECT DISTINCT substr(a.starts_local, 1, 10) AS d
     FROM appointments a WHERE a.contact_id = c.id AND {DONE}
     ORDER BY a.starts_local DESC LIMIT {RECENT_VISITS})),
  (SELECT count(*) FROM appointments a WHERE a.contact_id = c.id AND {DONE})
FROM contacts c
JOIN appointments v ON v.id = (SELECT a.id FROM appointments a WHERE a.contact_id = c.id AND {DONE}
                               ORDER BY a.starts_local DESC LIMIT 1)
LEFT JOIN locations p ON p.id = v.location_id
WHERE c.id IN ({{marks}}) AND c.deleted_at IS NULL
"""


def _tab(tab: Tab, today: str) -> tuple[str, list[object], str]:
    """The condition of a list, its parameters and its order."""
    if tab == "stopped":
        where = "f.deleted_at IS NULL AND f.stopped_at IS NOT NULL AND c.deleted_at IS NULL"
        return where, [], "f.stopped_at DESC"
    if tab == "snoozed":
        where = f"{_LIVE} AND f.snoozed_until_on > ? AND f.due_on <= f.snoozed_until_on"
        return where, [today], "f.snoozed_until_on"
    span, params = "f.due_on <= ?", [today]
    if tab == "coming":
        span, params = "f.due_on > ? AND f.due_on <= ?", [today, _minus(today, -COMING_DAYS)]
    where = f"{span} AND {_LIVE} AND {_AWAKE} AND {_NOT_AHEAD}"
    return where, [*params, today, _since(today), today], "f.due_on"


def _since(today: str) -> int:
    """From when on a visit that is not done counts as ahead, UTC milliseconds."""
    day = date.fromisoformat(today) - timedelta(days=LATELY_DAYS)
    return to_ms(datetime(day.year, day.month, day.day, tzinfo=UTC))


def _minus(today: str, days: int) -> str:
    return (date.fromisoformat(today) - timedelta(days=days)).isoformat()


def _place(name: str | None, street: str | None, city: str | None) -> str:
    return ", ".join(part for part in (name or street, city) if part)
