"""What customers know of the visits to come, two who are to be told, and one who is not content."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tcf_desktop import models
from tcf_desktop.base.clock import from_ms
from tcf_desktop.domain.appointments import shift_local
from tcf_desktop.domain.calendar_events import OWN_UID
from tcf_desktop.services.complaints import CallBack, come_again
from tcf_desktop.services.messages import as_reader, prepare
from tcf_desktop.services.queries.complaints import call_back_slot
from tcf_desktop.services.sample.book import ZONE

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

DAY_MS: Final = 86_400_000
_COMPLAINT: Final = "Streaks on the south windows. They show when the sun comes round."


def write_told(uow: UnitOfWork, now_at: int) -> None:
    """After everything is booked; ``now_at`` is the sample's own now in UTC ms."""
    # Every seventh was booked by somebody who did not ring off with a time.
    uow.driver(
        "UPDATE appointments SET told_local = starts_local, told_at = min(created_at, ?)"
        " WHERE starts_at > ? AND contact_id IS NOT NULL AND state = 'confirmed'"
        " AND deleted_at IS NULL AND id % 7 <> 0",
        [(now_at, now_at)],
    )
    _write_messages(uow, now_at)
    _write_complaint(uow, now_at)


def _write_messages(uow: UnitOfWork, now_at: int) -> None:
    """Two visits of next week were moved; the messages about it wait."""
    found = uow.rows(
        "SELECT id FROM appointments WHERE starts_at > ? AND told_at IS NOT NULL AND kind = 'job'"
        " AND all_day = 0 AND deleted_at IS NULL AND starts_local NOT LIKE '%T08%'"
        " ORDER BY starts_at, id LIMIT 2",
        (now_at + 7 * DAY_MS,),
    )
    for number, (ident,) in enumerate(found):
        appointment = uow.get(models.Appointment, ident)
        appointment.told_local = shift_local(appointment.starts_local, -60 * (number + 1))
        message = uow.get(models.Message, prepare(uow, appointment, "moved"))
        message.created_at = message.updated_at = now_at - (2 - number) * 900_000


def _write_complaint(uow: UnitOfWork, now_at: int) -> None:
    """Somebody saw streaks; the call-back is next week."""
    ident = uow.value(
        "SELECT a.id FROM appointments a WHERE a.state = 'done' AND a.kind = 'job'"
        " AND a.contact_id IS NOT NULL AND a.starts_at < ? AND a.crew_id IS NOT NULL"
        " AND a.title LIKE '%in%out%' AND a.deleted_at IS NULL ORDER BY a.starts_at DESC LIMIT 1",
        (now_at - 6 * DAY_MS,),
    )
    if ident is None:
        return
    first = uow.get(models.Appointment, ident)
    later = from_ms(now_at, ZONE) + timedelta(days=7)
    again = call_back_slot(as_reader(uow), first.id, later)
    assert again is not None
    assert first.contact_id is not None
    when = CallBack(again.starts_local, again.minutes, ZONE, again.crew_id, again.worker_id)
    opened_at = now_at - 5 * DAY_MS
    made = uow.get(models.Appointment, come_again(uow, first, _COMPLAINT, when))
    made.uid = f"{uuid.uuid5(uuid.NAMESPACE_URL, first.uid)}{OWN_UID}"  # the same for a seed
    made.created_at = made.updated_at = opened_at
    made.told_local, made.told_at = made.starts_local, opened_at
    uow.add(
        models.Complaint(
            contact_id=first.contact_id,
            appointment_id=first.id,
            call_back_id=made.id,
            text=_COMPLAINT,
            opened_at=opened_at,
            closed_at=None,
            closed_why="",
            deleted_at=None,
        )
    )
