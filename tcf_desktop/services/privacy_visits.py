"""What stays of an erased person's visits: times that an issued invoice names, without words."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING

from tcf_desktop.services.queries.privacy import IDS, INVOICED, VISITS

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork


def strip_visits(uow: UnitOfWork, ids: str) -> None:
    """Visits that an issued invoice names stay as bare times; the others go. ``ids`` are the
    person's records as a JSON list.

    What was put on a lawn stays with a visit that stays: offices have to keep it.
    """
    kept = [row[0] for row in uow.rows(f"SELECT id FROM appointments WHERE id IN {INVOICED}",
                                       (ids,))]  # fmt: skip
    every = [row[0] for row in uow.rows(f"SELECT id FROM appointments WHERE id IN {VISITS}",
                                        (ids,))]  # fmt: skip
    for visit in kept:
        uow.rows(
            "UPDATE appointments SET title = '', note = '', crew_note = '', document_note = '',"
            " cancel_reason = '', location_id = NULL, uid = ?, version = version + 1"
            " WHERE id = ? RETURNING id",
            (f"{uuid.uuid4()}@tcf-desktop", visit),
        )
    bare = json.dumps(kept)
    _run(uow, f"UPDATE appointment_lines SET description = '' WHERE appointment_id IN {IDS}", bare)
    _run(uow, f"UPDATE treatments SET note = '' WHERE appointment_id IN {IDS}", bare)
    gone = json.dumps(sorted(set(every) - set(kept)))
    _run(uow, f"DELETE FROM appointment_lines WHERE appointment_id IN {IDS}", gone)
    _run(uow, f"DELETE FROM treatments WHERE appointment_id IN {IDS}", gone)
    _run(uow, f"DELETE FROM appointments WHERE id IN {IDS}", gone)


def _run(uow: UnitOfWork, sql: str, ids: str) -> None:
    uow.connection.exec_driver_sql(sql, (ids,))
