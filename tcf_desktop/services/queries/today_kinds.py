"""What needs a look on the Today page, and what was done by rule: one query per kind of row."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

from tcf_desktop.services.queries.billing_plans import due_runs
from tcf_desktop.services.queries.occurrences import as_json, occurrences, sources
from tcf_desktop.services.queries.today import Day, due_at_of

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

# what needs a look


@dataclass(frozen=True, slots=True)
class ToInvoice:
    """Finished jobs without an invoice: how many, their total, the first few."""

    count: int
    total_cents: int
    first: tuple[tuple[str, int], ...]


def to_invoice(r: Reader, day: Day) -> ToInvoice | None:
    """Finished, priced, not invoiced; None when there is nothing."""
    where = (
        " FROM appointments a WHERE a.state = 'done' AND a.invoice_id IS NULL"
        " AND a.deleted_at IS NULL AND a.kind = 'job' AND a.total_cents > 0 AND a.starts_at < ?"
    )
    found = r.one(f"SELECT count(*), coalesce(sum(a.total_cents), 0){where}", (day.ends_at,))
    if found is None or not found[0]:
        return None
    first = r.all(
        "SELECT (SELECT coalesce(nullif(c.company, ''), c.last_name, c.display_name)"
        f" FROM contacts c WHERE c.id = a.contact_id), a.total_cents{where}"
        " ORDER BY a.starts_at DESC LIMIT 3",
        (day.ends_at,),
    )
    return ToInvoice(found[0], found[1], tuple((name or "", cents) for name, cents in first))


@dataclass(frozen=True, slots=True)
class BecameOverdue:
    """Invoices that became overdue lately: (id, number, customer, open amount), newest first."""

    count: int
    all_yesterday: bool
    first: tuple[tuple[int, str, str, int], ...]


def became_overdue(r: Reader, day: Day) -> BecameOverdue | None:
    """Open invoices whose due day passed within the last seven days."""
    rows = r.all(
        "SELECT i.id, i.number, c.display_name, i.open_cents, i.due_on FROM invoices i"
        " JOIN contacts c ON c.id = i.contact_id WHERE i.open_cents > 0 AND i.due_on >= ?"
        " AND i.due_on < ? AND i.state IN ('issued', 'part_paid') AND i.deleted_at IS NULL"
        " ORDER BY i.due_on DESC, i.id DESC LIMIT 100",
        (day.minus(7), day.on),
    )
    if not rows:
        return None
    return BecameOverdue(
        len(rows),
        all(row[4] == day.minus(1) for row in rows),
        tuple((row[0], row[1], row[2], row[3]) for row in rows[:3]),
    )


@dataclass(frozen=True, slots=True)
class DueToBill:
    """Dates of repeating invoices that are not billed: how many, their total before tax in minor
    units, the customers of the first few."""

    count: int
    total_cents: int
    first: tuple[str, ...]


def due_to_bill(r: Reader, day: Day) -> DueToBill | None:
    """What repeats and is due by today; None when there is nothing."""
    runs = due_runs(r, day.on)
    if not runs:
        return None
    names = tuple(dict.fromkeys(run.customer for run in runs))
    return DueToBill(len(runs), sum(run.net_cents for run in runs), names[:3])


@dataclass(frozen=True, slots=True)
class ToAskAgain:
    """Proposals without an answer whose day for asking again has come: the first few as
    (id, customer, total in minor units), longest due first."""

    count: int
    first: tuple[tuple[int, str, int], ...]


def to_ask_again(r: Reader, day: Day) -> ToAskAgain | None:
    """Sent proposals to follow up by today; None when there is nothing."""
    where = (
        " FROM proposals p WHERE p.state = 'sent' AND p.deleted_at IS NULL AND p.follow_up_on <= ?"
    )
    count = int(r.value(f"SELECT count(*){where}", (day.on,)))
    if not count:
        return None
    first = r.all(
        "SELECT p.id, (SELECT coalesce(nullif(c.company, ''), c.last_name, c.display_name)"
        f" FROM contacts c WHERE c.id = p.contact_id), p.total_cents{where}"
        " ORDER BY p.follow_up_on, p.id LIMIT 3",
        (day.on,),
    )
    return ToAskAgain(count, tuple((ident, name or "", cents) for ident, name, cents in first))


@dataclass(frozen=True, slots=True)
class LateArrival:
    """A visit whose arrival window is over while nobody has arrived."""

    appointment_id: int
    who: str
    name: str
    window_from: str
    window_minutes: int
    starts_local: str
    fix_at: int | None
    fix_km: float | None


_STORED, _COMPUTED = sources("""
SELECT a.id, coalesce(w.name, k.name, ''), coalesce(nullif(c.company, ''), c.last_name,
    a.title), a.starts_at, a.starts_local, a.arrival_from_local, a.arrival_minutes,
    l.lat, l.lon, a.crew_id, a.worker_id FROM {visits} a
LEFT JOIN contacts c ON c.id = a.contact_id LEFT JOIN crews k ON k.id = a.crew_id
LEFT JOIN workers w ON w.id = a.worker_id LEFT JOIN locations l ON l.id = a.location_id
WHERE a.deleted_at IS NULL AND a.kind IN ('job', 'estimate') AND a.all_day = 0
    AND a.state IN ('tentative', 'confirmed', 'on_the_way') AND a.starts_at >= ?
    AND a.starts_at < ? ORDER BY a.starts_at
""")


def late_arrivals(r: Reader, day: Day) -> list[LateArrival]:
    """Today's visits that should have begun; longest waiting first."""
    rows = r.all(_STORED, (day.starts_at, day.now_at))
    if coming := occurrences(r, day.starts_at, day.now_at):
        rows += r.all(_COMPUTED, (as_json(coming), day.starts_at, day.now_at))
        rows.sort(key=lambda row: row[3])
    found = []
    for row in rows:
        due_at = due_at_of(row[3], row[4], row[5], row[6])
        if due_at >= day.now_at:
            continue
        who = row[1]
        if row[10] is None and row[9] is not None:
            alone = r.all(
                "SELECT name FROM workers WHERE crew_id = ? AND deleted_at IS NULL", (row[9],)
            )
            who = alone[0][0] if len(alone) == 1 else who
        fix = _last_fix(r, row[9], row[10], day)
        away = None if fix is None or row[7] is None else _km(fix[1], fix[2], row[7], row[8])
        found.append(
            LateArrival(
                row[0],
                who,
                row[2],
                row[5] or "",
                row[6] or 0,
                row[4],
                None if fix is None else fix[0],
                away,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class OpenClock:
    """Somebody clocked in on an earlier day and never out."""

    shift_id: int
    worker_id: int
    name: str
    clock_in_at: int
    last_fix_at: int | None


def open_clocks(r: Reader, day: Day) -> list[OpenClock]:
    """Open shifts that began before today, oldest first."""
    return [
        OpenClock(*row)
        for row in r.all(
            "SELECT s.id, w.id, w.name, s.clock_in_at, (SELECT max(t.fix_at) FROM phones p"
            " JOIN track_points t ON t.phone_id = p.id WHERE p.worker_id = w.id"
            " AND t.fix_at >= s.clock_in_at AND t.fix_at < ?) FROM shifts s"
            " JOIN workers w ON w.id = s.worker_id WHERE s.clock_out_at IS NULL"
            " AND s.clock_in_at < ? ORDER BY s.clock_in_at LIMIT 50",
            (day.starts_at, day.starts_at),
        )
    ]


# what was done by rule


@dataclass(frozen=True, slots=True)
class PhonePoints:
    """Positions that a worker's phone sent today."""

    worker_id: int
    name: str
    points: int
    last_at: int


def received_positions(r: Reader, day: Day) -> list[PhonePoints]:
    """Positions of today by worker, inside shifts only."""
    return [
        PhonePoints(*row)
        for row in r.all(
            "SELECT w.id, w.name, count(*), max(t.received_at) FROM phones p"
            " JOIN workers w ON w.id = p.worker_id"
            " JOIN shifts s ON s.worker_id = w.id AND s.clock_in_at < ?"
            " AND coalesce(s.clock_out_at, ?) >= ?"
            " JOIN track_points t ON t.phone_id = p.id AND t.fix_at >= max(s.clock_in_at, ?)"
            " AND t.fix_at <= coalesce(s.clock_out_at, ?) GROUP BY w.id ORDER BY 4",
            (day.ends_at, day.ends_at, day.starts_at, day.starts_at, day.ends_at),
        )
    ]


@dataclass(frozen=True, slots=True)
class DoneEntry:
    """A journal entry of today: its label template and values."""

    journal_id: int
    at: int
    command: str
    label: str
    params: str


def imports_of_day(r: Reader, day: Day) -> list[DoneEntry]:
    """Imports of today that still stand, oldest first."""
    return [
        DoneEntry(*row)
        for row in r.all(
            "SELECT id, at, command, label, params FROM journal WHERE at >= ? AND at < ?"
            " AND command LIKE 'Import%' AND undone_by IS NULL AND undo_of IS NULL"
            " ORDER BY id LIMIT 20",
            (day.starts_at, day.ends_at),
        )
    ]


def _last_fix(
    r: Reader, crew_id: int | None, worker_id: int | None, day: Day
) -> tuple[int, float, float] | None:
    who, key = ("w.id", worker_id) if worker_id is not None else ("w.crew_id", crew_id)
    if key is None:
        return None
    return r.one(
        "SELECT t.fix_at, t.lat, t.lon FROM workers w JOIN phones p ON p.worker_id = w.id"
        " JOIN shifts s ON s.worker_id = w.id AND s.clock_in_at >= ?"
        " JOIN track_points t ON t.phone_id = p.id AND t.fix_at >= s.clock_in_at"
        f" AND t.fix_at <= coalesce(s.clock_out_at, ?) WHERE {who} = ?"
        " ORDER BY t.fix_at DESC LIMIT 1",
        (day.starts_at, day.now_at, key),
    )


def _km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance."""
    a, b, c, d = map(radians, (lat1, lon1, lat2, lon2))
    half = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(half))
