"""What finished visits teach of a place, with real positions in the database."""

from __future__ import annotations

from datetime import date

import pytest

from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.domain.contacts import ContactDraft, Place
from tcf_desktop.domain.tracks import Delivery, Reading, distance_m
from tcf_desktop.services import phones, timesheets
from tcf_desktop.services import tracks as service
from tcf_desktop.services.appointment_values import AppointmentDraft
from tcf_desktop.services.appointments import (
    CreateAppointment,
    FinishAppointment,
    SetAppointmentState,
)
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries.contact_detail import learned_visits
from tcf_desktop.services.queries.team import day_bounds, visits
from tcf_desktop.services.undo import UndoLast

LAT, LON = 43.5446, -96.7311
ZONE = "America/Chicago"


@pytest.fixture
def marcus(office: Office) -> int:
    return office.runner.run(timesheets.AddWorker("Marcus Reed"))


@pytest.fixture
def phone(office: Office, marcus: int) -> int:
    return office.runner.run(phones.PairPhone(marcus, "overland")).id


@pytest.fixture
def place(office: Office) -> tuple[int, int]:
    contact = office.runner.run(
        SaveContact(ContactDraft(first_name="Julia", places=(Place(street="118 Shore Dr"),)))
    )
    return contact, office.read(lambda r: r.value("SELECT id FROM locations"))


def visit(office: Office, place: tuple[int, int], worker: int, local: str) -> int:
    draft = AppointmentDraft(
        starts_local=local, minutes=60, zone=ZONE, contact_id=place[0], location_id=place[1],
        worker_id=worker, state="confirmed",
    )  # fmt: skip
    return office.runner.run(CreateAppointment(draft))


def send(office: Office, phone: int, start_at: int, lat: float = LAT, count: int = 8) -> None:
    points = tuple(
        (phone, start_at + n * 60_000, lat, LON, 8.0, None, 0.0, None, 0, "overland", start_at)
        for n in range(count)
    )
    delivery = Delivery(phone, office.clock.now_ms(), "overland", Reading(points))
    service.TrackSink(office).store([delivery]).result(10)


def learned(office: Office) -> tuple[float | None, float | None, int]:
    row = office.read(
        lambda r: r.one("SELECT learned_lat, learned_lon, learned_visits FROM locations")
    )
    assert row is not None
    return tuple(row)


def test_a_finished_visit_teaches_where_the_place_is(
    office: Office, clock: FrozenClock, place: tuple[int, int], marcus: int, phone: int
) -> None:
    office.runner.run(timesheets.ClockIn(marcus))
    start = clock.now_ms() - 42 * 60_000  # 10:00
    ident = visit(office, place, marcus, "2026-07-14T10:00")
    send(office, phone, start, LAT + 1.0, count=1)  # before the shift: never seen
    clock.advance(3600)
    send(office, phone, clock.now_ms() - 50 * 60_000)
    office.runner.run(FinishAppointment(ident))
    lat, lon, count = learned(office)
    assert lat is not None
    assert lon is not None
    assert distance_m(lat, lon, LAT, LON) < 1
    assert count == 1
    assert office.read(lambda r: learned_visits(r, place[0])) == {place[1]: 1}
    bounds = day_bounds(date(2026, 7, 14), ZONE)
    (planned,) = office.read(lambda r: visits(r, *bounds))
    assert (planned.lat, planned.lon) == (lat, lon)


def test_taking_back_and_finishing_again_counts_once(
    office: Office, clock: FrozenClock, place: tuple[int, int], marcus: int, phone: int
) -> None:
    office.runner.run(timesheets.ClockIn(marcus))
    ident = visit(office, place, marcus, "2026-07-14T11:00")
    clock.advance(3600)
    send(office, phone, clock.now_ms() - 30 * 60_000)
    for _ in range(3):
        office.runner.run(FinishAppointment(ident))
        office.runner.run(UndoLast())
    office.runner.run(SetAppointmentState(ident, "done"))
    assert learned(office)[2] == 1


def test_more_visits_are_counted_and_own_coordinates_go_first(
    office: Office, clock: FrozenClock, place: tuple[int, int], marcus: int, phone: int
) -> None:
    office.runner.run(timesheets.ClockIn(marcus))
    for hour in (11, 12, 13):
        ident = visit(office, place, marcus, f"2026-07-14T{hour}:00")
        clock.advance(3600)
        send(office, phone, clock.now_ms() - 30 * 60_000)
        office.runner.run(FinishAppointment(ident))
    assert learned(office)[2] == 3
    contact, location = place
    known = Place(street="118 Shore Dr", id=location, lat=43.0, lon=-96.0)
    office.runner.run(SaveContact(ContactDraft(first_name="Julia", places=(known,)), contact))
    bounds = day_bounds(date(2026, 7, 14), ZONE)
    planned = office.read(lambda r: visits(r, *bounds))
    assert {(each.lat, each.lon) for each in planned} == {(43.0, -96.0)}
    assert learned(office)[2] == 3


def test_without_positions_nothing_is_learned(
    office: Office, place: tuple[int, int], marcus: int, phone: int
) -> None:
    ident = visit(office, place, marcus, "2026-07-14T09:00")
    office.runner.run(FinishAppointment(ident))
    assert learned(office) == (None, None, 0)
