from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import ContactDraft
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.services import appointments as commands
from tcf_desktop.services import complaints
from tcf_desktop.services.appointments import AppointmentDraft, LineDraft
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries import appointment, invoices
from tcf_desktop.services.queries import complaints as queries
from tcf_desktop.services.undo import UndoLast

ZONE = "America/Chicago"
NOW = datetime(2026, 7, 14, 10, 42, tzinfo=ZoneInfo(ZONE))
THURSDAY = complaints.CallBack("2026-07-16T09:00", 60, ZONE)
DAY_MS = 86_400_000


@pytest.fixture
def moen(office: Office) -> int:
    return office.runner.run(SaveContact(ContactDraft(first_name="Astrid", last_name="Moen")))


@pytest.fixture
def visit(office: Office, moen: int) -> int:
    draft = AppointmentDraft(
        "2026-07-13T14:00",
        120,
        ZONE,
        title="Inside + out",
        contact_id=moen,
        state="done",
        lines=(
            LineDraft("Windows inside", 9_000 * E4),
            LineDraft("Screens", 500 * E4, qty_milli=12_000),
        ),
    )
    return office.runner.run(commands.CreateAppointment(draft))


def open_now(office: Office, contact_id: int) -> bool:
    return office.read(lambda r: queries.open_complaint(r, contact_id))


def opened(
    office: Office, visit: int, when: complaints.CallBack | None = THURSDAY
) -> complaints.Opened:
    return office.runner.run(complaints.OpenComplaint(visit, "Streaks on the south side", when))


def test_complaint_books_the_same_work_for_nothing(office: Office, visit: int, moen: int) -> None:
    made = opened(office, visit)
    assert made.call_back_id is not None
    call_back = made.call_back_id
    found = office.read(lambda r: appointment.detail(r, call_back))
    assert found is not None
    assert (found.contact_id, found.title, found.starts_local) == (
        moen,
        "Inside + out",
        "2026-07-16T09:00",
    )
    assert [(line.name, line.unit_price_e4) for line in found.lines] == [
        ("Windows inside", 0),
        ("Screens", 0),
    ]
    assert found.total_cents == 0
    assert open_now(office, moen)


def test_complaint_is_open_until_the_call_back_is_done(
    office: Office, visit: int, moen: int
) -> None:
    call_back = opened(office, visit).call_back_id
    assert call_back is not None
    office.runner.run(commands.FinishAppointment(call_back))
    assert not open_now(office, moen)
    office.runner.run(UndoLast())
    assert open_now(office, moen)


def test_finished_call_back_is_not_offered_for_invoicing(office: Office, visit: int) -> None:
    call_back = opened(office, visit).call_back_id
    assert call_back is not None
    office.runner.run(commands.FinishAppointment(call_back))
    offered = office.read(invoices.to_invoice)
    assert [row.id for row in offered] == [visit]


def test_cancelled_call_back_settles_nothing(office: Office, visit: int, moen: int) -> None:
    made = opened(office, visit)
    assert made.call_back_id is not None
    office.runner.run(commands.CancelAppointment(made.call_back_id))
    (row,) = office.read(queries.open_complaints)
    assert (row.is_open, row.call_back_id) == (True, None)
    again = office.runner.run(complaints.BookCallBack(made.complaint_id, THURSDAY))
    (row,) = office.read(queries.open_complaints)
    assert (row.call_back_id, row.call_back_local) == (again, "2026-07-16T09:00")


def test_complaint_is_closed_by_hand_with_a_reason(office: Office, visit: int, moen: int) -> None:
    made = opened(office, visit, None)
    assert made.call_back_id is None
    office.runner.run(complaints.CloseComplaint(made.complaint_id, "Talked it over"))
    assert not open_now(office, moen)
    (row,) = office.read(lambda r: queries.complaints_of(r, moen))
    assert row.closed_why == "Talked it over"
    with pytest.raises(AppError, match="closed already"):
        office.runner.run(complaints.CloseComplaint(made.complaint_id, ""))
    office.runner.run(complaints.ReopenComplaint(made.complaint_id))
    assert open_now(office, moen)


def test_undo_takes_complaint_and_call_back_back(office: Office, visit: int, moen: int) -> None:
    call_back = opened(office, visit).call_back_id
    assert call_back is not None
    office.runner.run(UndoLast())
    assert not open_now(office, moen)
    assert office.read(lambda r: appointment.detail(r, call_back)) is None


def test_complaint_is_known_at_both_visits(office: Office, visit: int) -> None:
    made = opened(office, visit)
    assert made.call_back_id is not None
    for ident in (visit, made.call_back_id):
        found = office.read(lambda r, i=ident: queries.complaint_about(r, i))
        assert found is not None
        assert found.id == made.complaint_id


def test_old_complaints_are_those_opened_before(
    office: Office, visit: int, clock: FrozenClock
) -> None:
    opened(office, visit, None)
    now = clock.now_ms()
    assert office.read(lambda r: queries.open_complaints(r, now - DAY_MS)) == ()
    assert len(office.read(lambda r: queries.open_complaints(r, now + DAY_MS))) == 1


def test_complaint_needs_words_and_a_customer(office: Office, visit: int) -> None:
    with pytest.raises(AppError, match="not content"):
        office.runner.run(complaints.OpenComplaint(visit, "  ", None))
    draft = AppointmentDraft("2026-07-13T09:00", 60, ZONE, kind="personal", title="Dentist")
    own = office.runner.run(commands.CreateAppointment(draft))
    with pytest.raises(AppError, match="customer"):
        office.runner.run(complaints.OpenComplaint(own, "Late", None))


def test_suggested_time_is_the_same_hour_on_the_next_working_day(
    office: Office, visit: int
) -> None:
    again = office.read(lambda r: queries.call_back_slot(r, visit, NOW))
    assert again is not None
    assert (again.starts_local, again.minutes) == ("2026-07-15T14:00", 120)
    assert date.fromisoformat(again.starts_local[:10]).weekday() < 5
