"""Remember where crews really stood at a location, whenever a visit there is done.

It follows from positions and visits and is worked out anew each time, so it has no part in undo:
a visit that is taken back and done again counts once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.domain.learned_place import LATEST_VISITS, Spot, learned_place, spot_of_visit
from tcf_desktop.domain.tracks import Position, shown

if TYPE_CHECKING:
    from tcf_desktop import models
    from tcf_desktop.services.uow import UnitOfWork

_MOST_POINTS: Final = 2_000  # of one phone at one visit
_LONGEST_SHIFT_MS: Final = 2 * 86_400_000
_VISITS: Final = """
SELECT starts_at, ends_at, crew_id, worker_id FROM appointments
WHERE contact_id = ? AND location_id = ? AND state = 'done' AND deleted_at IS NULL AND all_day = 0
    AND (crew_id IS NOT NULL OR worker_id IS NOT NULL)
ORDER BY starts_at DESC LIMIT ?
"""
_PHONES: Final = """
SELECT p.id, max(s.clock_in_at), coalesce(s.clock_out_at, ?2)
FROM workers w
JOIN shifts s ON s.worker_id = w.id
JOIN phones p ON p.worker_id = w.id AND NOT (p.app = 'file' AND p.revoked_at IS NOT NULL)
WHERE (w.id = ?3 OR (?3 IS NULL AND w.crew_id = ?4))
    AND s.clock_in_at BETWEEN ?1 - ?5 AND ?2 AND coalesce(s.clock_out_at, ?2) > ?1
GROUP BY p.id, s.id LIMIT 40
"""


def learn_place(uow: UnitOfWork, visit: models.Appointment) -> None:
    """After a visit was done: the place's learned position from its latest visits.

    Reads by key: eight visits, the phones of their crews, their positions inside both visit and
    shift. What was learned stays where the latest visits say nothing.
    """
    if visit.location_id is None or visit.contact_id is None:
        return
    if uow.value("SELECT 1 FROM phones LIMIT 1") is None:
        return
    visits = uow.rows(_VISITS, (visit.contact_id, visit.location_id, LATEST_VISITS))
    spots = [spot for spot in (_spot(uow, *row) for row in visits) if spot is not None]
    learned = learned_place(spots)
    if learned is None:
        return
    changed = uow.driver(
        "UPDATE locations SET learned_lat = ?1, learned_lon = ?2, learned_visits = ?3"
        " WHERE id = ?4 AND (learned_lat, learned_lon, learned_visits) IS NOT (?1, ?2, ?3)",
        [(*learned.spot, learned.visits, visit.location_id)],
    )
    if changed:
        uow.changed("locations", visit.location_id)
        uow.changed("contacts", visit.contact_id)


def _spot(
    uow: UnitOfWork, starts_at: int, ends_at: int, crew_id: int | None, worker_id: int | None
) -> Spot | None:
    until = min(ends_at, uow.now_at)
    points: list[Position] = []
    for phone_id, clock_in_at, clock_out_at in uow.rows(
        _PHONES, (starts_at, until, worker_id, crew_id, _LONGEST_SHIFT_MS)
    ):
        points += _points(uow, phone_id, max(starts_at, clock_in_at), min(until, clock_out_at))
    return spot_of_visit(points)


def _points(uow: UnitOfWork, phone_id: int, start_at: int, end_at: int) -> list[Position]:
    rows: list[Any] = uow.rows(
        "SELECT fix_at, lat, lon, acc_m, speed_mps, course_deg, flags FROM track_points"
        " WHERE phone_id = ? AND fix_at BETWEEN ? AND ? ORDER BY fix_at LIMIT ?",
        (phone_id, start_at - start_at % 1000, end_at, _MOST_POINTS),
    )
    return shown([Position(*row) for row in rows])
