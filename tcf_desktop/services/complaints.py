"""When a customer is not content: the complaint, the free visit that makes it good, its end.

A complaint is open until it is closed by hand or its call-back is done; the second is read from the
call-back, so that reopening the visit opens the complaint again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import many_lines
from tcf_desktop.services.appointment_values import (
    LineDraft,
    add_lines,
    assign,
    live,
    name_of,
    new_uid,
    stored_lines,
    time_values,
    who_values,
)
from tcf_desktop.services.command import Command

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

MAX_TEXT: Final = 5_000


@dataclass(frozen=True, slots=True)
class CallBack:
    """When somebody comes again; a wall time of ``zone``."""

    starts_local: str
    minutes: int
    zone: str
    crew_id: int | None = None
    worker_id: int | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """What was made: the complaint, and the call-back when one was booked."""

    complaint_id: int
    call_back_id: int | None


@dataclass(frozen=True, slots=True)
class OpenComplaint(Command[Opened]):
    """A customer is not content with a visit; ``call_back`` None books nothing yet.

    Raises ``complaints.empty`` without words, ``complaints.no_visit`` where no customer is.
    """

    appointment_id: int
    text: str
    call_back: CallBack | None = None

    def execute(self, uow: UnitOfWork) -> Opened:
        first = live(uow, self.appointment_id)
        text = many_lines(self.text)[:MAX_TEXT]
        if not text:
            raise AppError("complaints.empty")
        if first.contact_id is None:
            raise AppError("complaints.no_visit")
        uow.describe("complaint of {name}", name=name_of(uow, first))
        complaint = uow.add(
            models.Complaint(
                contact_id=first.contact_id,
                appointment_id=first.id,
                call_back_id=None,
                text=text,
                opened_at=uow.now_at,
                closed_at=None,
                closed_why="",
                deleted_at=None,
            )
        )
        if self.call_back is not None:
            complaint.call_back_id = come_again(uow, first, text, self.call_back)
        return Opened(complaint.id, complaint.call_back_id)


@dataclass(frozen=True, slots=True)
class BookCallBack(Command[int]):
    """A free visit for an open complaint; returns its id. Raises ``complaints.closed``."""

    complaint_id: int
    call_back: CallBack

    def execute(self, uow: UnitOfWork) -> int:
        complaint = _open(uow, self.complaint_id)
        if complaint.appointment_id is None:
            raise AppError("complaints.no_visit")
        first = live(uow, complaint.appointment_id)
        uow.describe("call-back for {name}", name=name_of(uow, first))
        complaint.call_back_id = come_again(uow, first, complaint.text, self.call_back)
        return complaint.call_back_id


@dataclass(frozen=True, slots=True)
class CloseComplaint(Command[None]):
    """Settled without a visit; ``why`` in a few words. Raises ``complaints.closed``."""

    complaint_id: int
    why: str

    def execute(self, uow: UnitOfWork) -> None:
        complaint = _open(uow, self.complaint_id)
        uow.describe("end of the complaint of {name}", name=_name(uow, complaint))
        complaint.closed_at = uow.now_at
        complaint.closed_why = many_lines(self.why)[:MAX_TEXT]


@dataclass(frozen=True, slots=True)
class ReopenComplaint(Command[None]):
    """It was not settled after all."""

    complaint_id: int

    def execute(self, uow: UnitOfWork) -> None:
        complaint = _living(uow, self.complaint_id)
        uow.describe("reopening the complaint of {name}", name=_name(uow, complaint))
        assign(complaint, {"closed_at": None, "closed_why": ""})


def come_again(uow: UnitOfWork, first: models.Appointment, text: str, when: CallBack) -> int:
    """Book the same work for nothing at the same place; returns the id of the call-back."""
    again = models.Appointment(
        uid=new_uid(),
        kind="job",
        contact_id=first.contact_id,
        location_id=first.location_id,
        title=first.title,
        state="confirmed",
        crew_note=text,
        call_back_of_id=first.id,
        total_cents=0,
        invoice_id=None,
        sequence=0,
        created_at=uow.now_at,
        updated_at=uow.now_at,
        deleted_at=None,
        **time_values(when.starts_local, when.minutes, when.zone, all_day=False),
        **who_values(uow, when.crew_id, when.worker_id),
    )
    uow.add(again)
    add_lines(uow, again.id, [_free(line) for line in stored_lines(uow, first.id)])
    return again.id


def _free(line: models.AppointmentLine) -> LineDraft:
    return LineDraft(
        name=line.name,
        unit_price_e4=0,
        qty_milli=line.qty_milli,
        service_id=line.service_id,
        description=line.description,
        taxable=bool(line.taxable),
    )


def _open(uow: UnitOfWork, complaint_id: int) -> models.Complaint:
    complaint = _living(uow, complaint_id)
    if complaint.closed_at is not None:
        raise AppError("complaints.closed")
    return complaint


def _living(uow: UnitOfWork, complaint_id: int) -> models.Complaint:
    complaint = uow.get(models.Complaint, complaint_id)
    if complaint.deleted_at is not None:
        raise AppError("data.gone")
    return complaint


def _name(uow: UnitOfWork, complaint: models.Complaint) -> str:
    return uow.get(models.Contact, complaint.contact_id).display_name
