"""Work that fell off the schedule."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tcf_desktop import models
from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.domain.contacts import ContactDraft
from tcf_desktop.services import appointments as commands
from tcf_desktop.services.complaints import BookCallBack, CallBack, OpenComplaint
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries.book_again import suggestion_of_visit
from tcf_desktop.services.queries.not_scheduled import (
    NotScheduledRow,
    near_visits,
    not_scheduled,
    places_of,
)
from tests.conftest import TUESDAY_10_42
from tests.services.queries.test_conflicts import ZONE, Store, draft

NOW = datetime(2026, 7, 14, 10, 42, tzinfo=ZoneInfo(ZONE))


@pytest.fixture
def anna(office: Office) -> int:
    return office.runner.run(SaveContact(ContactDraft(first_name="Anna", last_name="Olson")))


def rows(office: Office) -> list[NotScheduledRow]:
    return list(office.read(lambda r: not_scheduled(r, TUESDAY_10_42)))


def test_a_cancelled_visit_waits_until_it_is_booked_again(
    office: Office, anna: int, clock: FrozenClock
) -> None:
    run = office.runner.run
    ident = run(commands.CreateAppointment(draft("2026-07-10T09:00", contact_id=anna)))
    assert rows(office) == []
    run(commands.SetAppointmentState(ident, "cancelled"))
    (row,) = rows(office)
    assert (row.why, row.visit_id, row.name, row.work) == (
        "cancelled", ident, "Olson, Anna", "Falls Park",
    )  # fmt: skip
    offered = office.read(lambda r: suggestion_of_visit(r, ident, NOW))
    assert offered is not None
    assert (offered.title, offered.starts_local) == ("Falls Park", "2026-07-15T09:00")
    clock.advance(60)
    run(commands.CreateAppointment(draft("2026-07-09T09:00", contact_id=anna)))
    assert rows(office) == []


def test_what_is_long_past_and_what_comes_again_by_itself_is_left_out(
    office: Office, anna: int
) -> None:
    ident = office.runner.run(
        commands.CreateAppointment(draft("2026-05-20T09:00", contact_id=anna))
    )
    office.runner.run(commands.SetAppointmentState(ident, "no_show"))
    assert rows(office) == []


def test_a_complaint_waits_until_its_call_back_is_booked(office: Office, anna: int) -> None:
    run = office.runner.run
    ident = run(commands.CreateAppointment(draft("2026-07-10T09:00", contact_id=anna)))
    run(commands.FinishAppointment(ident))
    opened = run(OpenComplaint(ident, "Streaks on the north side"))
    (row,) = rows(office)
    assert (row.why, row.complaint_id, row.work) == (
        "call_back", opened.complaint_id, "Streaks on the north side",
    )  # fmt: skip
    run(BookCallBack(opened.complaint_id, CallBack("2026-07-16T09:00", 30, ZONE)))
    assert rows(office) == []


def test_the_nearest_visit_of_the_days_is_named(office: Office, anna: int) -> None:
    home, other = (
        office.runner.run(Store(models.Location(contact_id=anna, position=n, lat=lat, lon=-96.73)))
        for n, lat in enumerate((43.55, 43.56))
    )
    work = draft("2026-07-15T09:00", contact_id=anna, location_id=other)
    office.runner.run(commands.CreateAppointment(work))
    days = (date(2026, 7, 13), date(2026, 7, 19))
    found = office.read(lambda r: near_visits(r, [home, None], *days))
    assert (found[home].name, found[home].starts_local) == ("Olson, Anna", "2026-07-15T09:00")
    assert round(found[home].metres) == pytest.approx(1112, abs=5)
    assert office.read(lambda r: places_of(r, [anna])) == {anna: home}
