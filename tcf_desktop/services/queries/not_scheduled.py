"""Work that fell off the schedule: call-backs without a time, and visits that were cancelled or
missed and not booked again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from tcf_desktop.domain import appointments as rules
from tcf_desktop.domain.contacts import list_name
from tcf_desktop.domain.learned_place import Spot
from tcf_desktop.domain.tracks import distance_m
from tcf_desktop.services.queries.conflicts import business_zone, plans_between
from tcf_desktop.services.queries.free_slots import NEAR_M, Near, spots_of

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

CALL_BACK: Final = "call_back"
LOOK_BACK_DAYS: Final = 42
MOST: Final = 200

_OFF: Final = """
SELECT a.state, a.id, NULL, a.contact_id, a.location_id, a.starts_local, a.total_cents,
    coalesce(nullif(a.title, ''), (SELECT l.name FROM appointment_lines l
        WHERE l.appointment_id = a.id ORDER BY l.position LIMIT 1), ''),
    a.cancel_reason, c.first_name, c.last_name, c.company, c.display_name
FROM appointments a JOIN contacts c ON c.id = a.contact_id AND c.deleted_at IS NULL
WHERE a.deleted_at IS NULL AND a.starts_at >= ? AND a.kind = 'job'
    AND a.state IN ('cancelled', 'no_show') AND a.series_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM appointments b WHERE b.contact_id = a.contact_id
        AND b.starts_at > a.starts_at AND b.deleted_at IS NULL AND b.kind = 'job')
    AND NOT EXISTS (SELECT 1 FROM appointments b WHERE b.contact_id = a.contact_id
        AND b.created_at > a.updated_at AND b.deleted_at IS NULL AND b.kind = 'job'
        AND b.state NOT IN ('cancelled', 'no_show'))
ORDER BY a.starts_at DESC LIMIT ?
"""
_CALL_BACKS: Final = """
SELECT 'call_back', a.id, k.id, k.contact_id, a.location_id, a.starts_local, 0, k.text, '',
    c.first_name, c.last_name, c.company, c.display_name
FROM complaints k JOIN contacts c ON c.id = k.contact_id AND c.deleted_at IS NULL
JOIN appointments a ON a.id = k.appointment_id
LEFT JOIN appointments b ON b.id = k.call_back_id AND b.deleted_at IS NULL
    AND b.state NOT IN ('cancelled', 'no_show')
WHERE k.deleted_at IS NULL AND k.closed_at IS NULL AND b.id IS NULL
ORDER BY k.opened_at LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class NotScheduledRow:
    """A visit to be booked. ``why``: ``call_back``, ``cancelled`` or ``no_show``; ``visit_id`` is
    the visit that it repeats, ``complaint_id`` the complaint of a call-back."""

    why: str
    visit_id: int
    complaint_id: int | None
    contact_id: int
    location_id: int | None
    starts_local: str
    total_cents: int
    work: str
    reason: str
    name: str


def not_scheduled(r: Reader, now_ms: int) -> tuple[NotScheduledRow, ...]:
    """Call-backs first, then what was cancelled or missed in the last six weeks, latest first.

    A customer with a later visit, or one entered since, was booked again. Visits of a series come
    again by themselves.
    """
    since = now_ms - LOOK_BACK_DAYS * 86_400_000
    rows = [*r.all(_CALL_BACKS, (MOST,)), *r.all(_OFF, (since, MOST))]
    return tuple(
        NotScheduledRow(*(*row[:9], list_name(*(str(p or "") for p in row[9:12])) or row[12]))
        for row in rows
    )


def near_visits(
    r: Reader, locations: Iterable[int | None], first_on: date, last_on: date
) -> Mapping[int, Near]:
    """For these locations the nearest visit of some days that is not at the same place."""
    wanted = {ident for ident in locations if ident is not None}
    if not wanted:
        return {}
    zone = business_zone(r)
    begin = rules.local_instant(rules.parse_local(rules.day_local(first_on)), zone)
    end = rules.parse_local(rules.day_local(last_on + timedelta(days=1)))
    plans = plans_between(r, begin, rules.local_instant(end, zone), zone, all_day=False)
    visits = [plan for plan in plans if plan.location_id is not None]
    spots = spots_of(r, wanted | {plan.location_id or 0 for plan in visits})
    found: dict[int, Near] = {}
    for ident in wanted & spots.keys():
        for plan in visits:
            spot = spots.get(plan.location_id or 0)
            if spot is None or plan.location_id == ident:
                continue
            metres = _metres(spots[ident], spot)
            if metres <= NEAR_M and (ident not in found or metres < found[ident].metres):
                found[ident] = Near(plan.name, metres, plan.local)
    return found


def places_of(r: Reader, contacts: Iterable[int]) -> Mapping[int, int]:
    """The first location of each contact, for work that names none."""
    ids = sorted(set(contacts))[:900]
    rows = r.all(
        "SELECT contact_id, id FROM locations WHERE deleted_at IS NULL AND contact_id IN"
        f" ({','.join('?' * len(ids))}) ORDER BY position DESC, id DESC",
        ids,
    )
    return dict(rows)


def _metres(one: Spot, other: Spot) -> float:
    return distance_m(one.lat, one.lon, other.lat, other.lon)
