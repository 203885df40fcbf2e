"""Complaints: which are open, of whom, and when somebody comes again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.domain import appointments as rules
from tcf_desktop.domain import rain_day as planning
from tcf_desktop.services.queries.rain_day import Item, board
from tcf_desktop.services.queries.schedule import listed_name

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

_LONGEST: Final = 8 * 60
OLD_DAYS: Final = 3  # a complaint without an end for longer is shown on Today

_COLUMNS: Final = """
SELECT k.id, k.contact_id, c.first_name, c.last_name, c.company, c.display_name, k.text,
    k.opened_at, k.closed_at, k.closed_why, k.appointment_id, v.starts_local, v.title,
    b.id, b.starts_local, b.state
FROM complaints k JOIN contacts c ON c.id = k.contact_id
LEFT JOIN appointments v ON v.id = k.appointment_id
LEFT JOIN appointments b ON b.id = k.call_back_id AND b.deleted_at IS NULL
WHERE k.deleted_at IS NULL
"""
# A call-back that was called off settles nothing.
_OPEN: Final = " AND k.closed_at IS NULL AND (b.id IS NULL OR b.state <> 'done')"


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """A complaint with the visit it is about and its call-back; instants in UTC ms.

    ``call_back_state`` is empty while none is booked; a cancelled one counts as none.
    """

    id: int
    contact_id: int
    name: str
    text: str
    opened_at: int
    closed_at: int | None
    closed_why: str
    appointment_id: int | None
    visit_local: str
    work: str
    call_back_id: int | None
    call_back_local: str
    call_back_state: str

    @property
    def is_open(self) -> bool:
        """Whether the customer still waits."""
        return self.closed_at is None and self.call_back_state != "done"


@dataclass(frozen=True, slots=True)
class Again:
    """When somebody could come again for a visit, and who."""

    starts_local: str
    minutes: int
    crew_id: int | None
    worker_id: int | None


def open_complaint(r: Reader, contact_id: int) -> bool:
    """Whether something is open with this contact: the moment for no other message."""
    return bool(r.one(f"{_COLUMNS} AND k.contact_id = ?{_OPEN} LIMIT 1", (contact_id,)))


def open_complaints(r: Reader, before_ms: int | None = None) -> tuple[ComplaintRow, ...]:
    """All that are open, the oldest first; only those opened before an instant when it is given."""
    older, params = ("", ()) if before_ms is None else (" AND k.opened_at < ?", (before_ms,))
    rows = r.all(f"{_COLUMNS}{_OPEN}{older} ORDER BY k.opened_at, k.id LIMIT 200", params)
    return tuple(_complaint(row) for row in rows)


def complaints_of(r: Reader, contact_id: int) -> tuple[ComplaintRow, ...]:
    """Everything a contact was not content with, the newest first."""
    rows = r.all(
        f"{_COLUMNS} AND k.contact_id = ? ORDER BY k.opened_at DESC, k.id DESC LIMIT 50",
        (contact_id,),
    )
    return tuple(_complaint(row) for row in rows)


def complaint_about(r: Reader, appointment_id: int) -> ComplaintRow | None:
    """The complaint that a visit, or the call-back for it, belongs to; the open one first."""
    row = r.one(
        f"{_COLUMNS} AND (k.appointment_id = ? OR k.call_back_id = ?)"
        " ORDER BY k.closed_at IS NOT NULL, k.opened_at DESC LIMIT 1",
        (appointment_id, appointment_id),
    )
    return _complaint(row) if row is not None else None


def call_back_slot(r: Reader, appointment_id: int, now: datetime) -> Again | None:
    """The next free time of those who did the work, at about the same hour; ``now`` is an aware
    time of the business. None when the visit is gone."""
    row = r.one(
        "SELECT a.starts_local, a.minutes, a.location_id,"
        " (SELECT k.id FROM crews k WHERE k.id = a.crew_id AND k.deleted_at IS NULL),"
        " w.id, w.crew_id FROM appointments a"
        " LEFT JOIN workers w ON w.id = a.worker_id AND w.deleted_at IS NULL"
        " WHERE a.id = ? AND a.deleted_at IS NULL",
        (appointment_id,),
    )
    if row is None:
        return None
    local, minutes, location_id, crew_id, worker_id, his_crew = row
    zone = str(r.value("SELECT zone FROM business WHERE id = 1") or "UTC")
    first = now.date() + timedelta(days=1)
    minutes = min(max(minutes, rules.MIN_MINUTES), _LONGEST)
    lane = crew_id if worker_id is None else his_crew
    item = Item(0, local, minutes, lane, worker_id, location_id)
    people = board(r, [item], first, zone, int(now.timestamp() * 1000))
    (placed,) = planning.plan(people.visits.values(), people.taken, people.openings, first)
    start = placed.starts or datetime.combine(first, rules.parse_local(local).time())
    return Again(rules.format_local(start), minutes, crew_id, worker_id)


def _complaint(row: tuple[Any, ...]) -> ComplaintRow:
    off = row[15] in rules.OFF_STATES
    return ComplaintRow(
        id=row[0], contact_id=row[1], name=listed_name(row[2:6]), text=row[6], opened_at=row[7],
        closed_at=row[8], closed_why=row[9], appointment_id=row[10], visit_local=row[11] or "",
        work=row[12] or "", call_back_id=None if off else row[13],
        call_back_local="" if off else row[14] or "",
        call_back_state="" if off else row[15] or "",
    )  # fmt: skip
