"""The stored due dates of frequencies: worked out from the visits inside the same transaction."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.base.clock import from_ms
from tcf_desktop.domain.frequency import Rhythm, due_on

if TYPE_CHECKING:
    from collections.abc import Iterable

# What a visit leaves open fits: without a place it may have been at any, without a service of the
# price list it may have been any work. Asking somebody who was just visited would be worse.
FITS: Final = """
    (f.location_id IS NULL OR a.location_id IS NULL OR a.location_id = f.location_id)
    AND (f.service_id IS NULL
         OR EXISTS (SELECT 1 FROM appointment_lines l
                    WHERE l.appointment_id = a.id AND l.service_id = f.service_id)
         OR NOT EXISTS (SELECT 1 FROM appointment_lines l
                        WHERE l.appointment_id = a.id AND l.service_id IS NOT NULL))
"""
DONE: Final = "a.state = 'done' AND a.kind = 'job' AND a.deleted_at IS NULL"
LAST_VISIT: Final = f"""
    SELECT a.id FROM appointments a
    WHERE a.contact_id = f.contact_id AND {DONE} AND {FITS}
    ORDER BY a.starts_local DESC LIMIT 1
"""
_EMPTY: Final = f"""
SELECT f.id, f.every_n, f.unit, f.season_from, f.season_to, f.starts_on, f.created_at,
       (SELECT v.starts_local FROM appointments v WHERE v.id = ({LAST_VISIT}))
FROM frequencies f WHERE f.due_on IS NULL
"""


def refresh(driver: Any) -> Iterable[int]:
    """Fill the due dates that triggers have emptied; the ids that were filled."""
    empty = driver.execute(_EMPTY).fetchall()
    if not empty:
        return ()
    driver.executemany(
        "UPDATE frequencies SET due_on = ? WHERE id = ?",
        [(_due(Rhythm(*row[1:5]), *row[5:]), row[0]) for row in empty],
    )
    return [row[0] for row in empty]


def _due(rhythm: Rhythm, starts_on: str | None, created_at: int, last_local: str | None) -> str:
    """From the last visit, else from the day to count from, else from the day it was written."""
    anchor = last_local or starts_on or from_ms(created_at).date().isoformat()
    return due_on(date.fromisoformat(anchor[:10]), rhythm).isoformat()
