from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import ContactDraft, Place
from tcf_desktop.services import appointments as commands
from tcf_desktop.services.appointments import AppointmentDraft
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries import appointment
from tcf_desktop.services.queries import route as queries
from tcf_desktop.services.rain_day import VisitMove
from tcf_desktop.services.route import OrderRoute, TimeRoute
from tcf_desktop.services.undo import UndoLast
from tests.services.test_rain_day import Put

ZONE = "America/Chicago"
TUESDAY = date(2026, 7, 14)


@pytest.fixture
def crew(office: Office) -> int:
    crew = models.Crew(name="Windows A", color_index=3, position=0, deleted_at=None)
    return office.runner.run(Put(crew))


def book(office: Office, crew: int, starts: str, **more: object) -> int:
    draft = replace(AppointmentDraft(starts, 60, ZONE, crew_id=crew), **more)  # type: ignore[arg-type]
    return office.runner.run(commands.CreateAppointment(draft))


def look(office: Office, crew: int) -> queries.RouteDay:
    return office.read(lambda r: queries.route_day(r, TUESDAY, crew, office.clock.now_ms()))


def order(day: queries.RouteDay) -> list[int]:
    return [stop.id for stop in day.stops]


def test_stops_stand_in_the_order_of_their_starts_until_another_is_kept(
    office: Office, crew: int
) -> None:
    late, early = book(office, crew, "2026-07-14T10:00"), book(office, crew, "2026-07-14T08:00")
    assert order(look(office, crew)) == [early, late]
    assert not look(office, crew).by_hand
    office.runner.run(OrderRoute("2026-07-14", "Windows A", (late, early)))
    assert order(look(office, crew)) == [late, early]
    assert look(office, crew).by_hand
    office.runner.run(UndoLast())
    assert order(look(office, crew)) == [early, late]


def test_what_was_promised_begun_or_invoiced_keeps_its_time(office: Office, crew: int) -> None:
    book(office, crew, "2026-07-14T08:00", state="done")
    book(office, crew, "2026-07-14T09:00", arrival_minutes=60)
    book(office, crew, "2026-07-14T10:00")
    book(office, crew, "2026-07-14T11:00", state="cancelled")
    assert [stop.why for stop in look(office, crew).stops] == ["state", "window", ""]


def test_place_is_the_one_written_down_else_the_learned_one(office: Office, crew: int) -> None:
    draft = ContactDraft(
        last_name="Moen", places=(Place(street="414 S Prairie Ave", city="Sioux Falls"),)
    )
    moen = office.runner.run(SaveContact(draft))
    place = office.read(lambda r: r.value("SELECT id FROM locations"))
    book(office, crew, "2026-07-14T08:00", contact_id=moen, location_id=place)
    (stop,) = look(office, crew).stops
    assert (stop.spot, stop.address) == (None, "414 S Prairie Ave, Sioux Falls")


def test_times_are_set_with_the_order_and_taken_back_together(office: Office, crew: int) -> None:
    first, second = book(office, crew, "2026-07-14T08:00"), book(office, crew, "2026-07-14T10:00")
    seen = {stop.id: stop for stop in look(office, crew).stops}
    plan = (
        VisitMove(second, "2026-07-14T08:00", seen[second].starts_at, tell=False),
        VisitMove(first, "2026-07-14T09:15", seen[first].starts_at, tell=False),
    )
    moved = office.runner.run(TimeRoute("2026-07-14", "Windows A", (second, first), plan, ZONE))
    assert moved == (second, first)
    day = look(office, crew)
    assert [(stop.id, stop.starts_local[11:]) for stop in day.stops] == [
        (second, "08:00"),
        (first, "09:15"),
    ]
    office.runner.run(UndoLast())
    found = office.read(lambda r: appointment.detail(r, first))
    assert found is not None
    assert found.starts_local == "2026-07-14T08:00"
    assert order(look(office, crew)) == [first, second]
    office.runner.run(commands.MoveAppointment(first, "2026-07-14T12:00"))
    with pytest.raises(AppError, match="changed meanwhile"):
        office.runner.run(TimeRoute("2026-07-14", "Windows A", (second, first), plan, ZONE))
