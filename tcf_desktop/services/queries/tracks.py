"""Positions as maps see them: only inside a shift, only plausible ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcf_desktop.domain.tracks import Position, shown

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

# The shifts lead and the points follow by key, so that a day costs what the day holds.
_COVERED = """
FROM shifts s
CROSS JOIN phones p
CROSS JOIN track_points t
WHERE s.clock_in_at < ? AND coalesce(s.clock_out_at, 9223372036854775807) >= ?
  AND p.worker_id = s.worker_id AND NOT (p.app = 'file' AND p.revoked_at IS NOT NULL)
  AND t.phone_id = p.id
  AND t.fix_at >= max(s.clock_in_at - s.clock_in_at % 1000, ?)
  AND t.fix_at < min(coalesce(s.clock_out_at + 1, 9223372036854775807), ?)
"""


@dataclass(frozen=True, slots=True)
class WorkerTrack:
    """One person's way through a period, in order of time."""

    worker_id: int
    positions: tuple[Position, ...]


def day_tracks(r: Reader, start_at: int, end_at: int) -> list[WorkerTrack]:
    """The visible positions in [``start_at``, ``end_at``) of everybody, UTC milliseconds.

    Doubtful places and jumps are left out; a second that two phones of a person tell counts once.
    """
    rows = r.all(
        "SELECT s.worker_id, p.id, t.fix_at, t.lat, t.lon, t.acc_m, t.speed_mps, t.course_deg, "
        f"t.flags {_COVERED} ORDER BY s.worker_id, p.id, t.fix_at",
        (end_at, start_at, start_at, end_at),
    )
    by_phone: dict[tuple[int, int], list[Position]] = {}
    for worker_id, phone_id, *position in rows:
        by_phone.setdefault((worker_id, phone_id), []).append(Position(*position))
    merged: dict[int, dict[int, Position]] = {}
    for (worker_id, _), positions in by_phone.items():
        known = merged.setdefault(worker_id, {})
        for point in shown(positions):
            known.setdefault(point.fix_at, point)
    return [
        WorkerTrack(worker_id, tuple(known[at] for at in sorted(known)))
        for worker_id, known in merged.items()
        if known
    ]


def visible_points(r: Reader, start_at: int, end_at: int) -> int:
    """How many stored positions of a period lie inside a shift, doubtful ones included."""
    return int(r.value(f"SELECT count(*) {_COVERED}", (end_at, start_at, start_at, end_at)))
