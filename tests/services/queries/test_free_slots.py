"""Times to offer: gaps of crews, hours, days off, series, and what lies near."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tcf_desktop import models
from tcf_desktop.domain.contacts import ContactDraft
from tcf_desktop.services import appointments as commands
from tcf_desktop.services.appointments import AppointmentDraft
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries.conflicts import conflicts_of
from tcf_desktop.services.queries.free_slots import NEAREST, Slot, SlotWish, free_slots
from tests.conftest import TUESDAY_10_42
from tests.services.queries.test_conflicts import ZONE, Store, crew, draft, weekly

__all__ = ["crew"]
WEDNESDAY = date(2026, 7, 15)


def slots(office: Office, wish: SlotWish) -> tuple[Slot, ...]:
    return office.read(lambda r: free_slots(r, wish, TUESDAY_10_42))


def starts(office: Office, wish: SlotWish) -> list[str]:
    return [slot.starts_local for slot in slots(office, wish)]


def book(office: Office, start: str, minutes: int, **more: object) -> int:
    return office.runner.run(commands.CreateAppointment(draft(start, minutes=minutes, **more)))


def customer(office: Office, name: str) -> int:
    return office.runner.run(SaveContact(ContactDraft(company=name)))


def test_gaps_between_visits_are_offered_in_order(office: Office, crew: int) -> None:
    book(office, "2026-07-15T09:00", 90, crew_id=crew)
    book(office, "2026-07-15T12:10", 110, worker_id=1)
    wish = SlotWish(60, WEDNESDAY, count=4)
    assert starts(office, wish) == [
        "2026-07-15T08:00", "2026-07-15T10:30", "2026-07-15T14:00", "2026-07-16T08:00",
    ]  # fmt: skip
    assert starts(office, replace(wish, minutes=180, count=2)) == [
        "2026-07-15T14:00", "2026-07-16T08:00",
    ]  # fmt: skip


def test_nothing_is_offered_in_the_past_or_outside_the_wanted_hours(
    office: Office, crew: int
) -> None:
    wish = SlotWish(60, date(2026, 7, 1), (crew,), count=1)
    assert starts(office, wish) == ["2026-07-14T10:45"]
    assert starts(office, replace(wish, earliest=13 * 60)) == ["2026-07-14T13:00"]
    assert starts(office, replace(wish, latest=11 * 60)) == ["2026-07-15T08:00"]


def test_days_off_weekends_and_series_are_gone_around(office: Office, crew: int) -> None:
    weekly(office, crew)  # Wednesdays 9:30 to 10:30
    office.runner.run(
        Store(models.DayOff(worker_id=1, first_on="2026-07-16", last_on="2026-07-17"))
    )
    wish = SlotWish(8 * 60, WEDNESDAY, (crew,), count=3)
    assert starts(office, wish) == ["2026-07-20T08:00", "2026-07-21T08:00", "2026-07-23T08:00"]


def test_a_place_with_hours_is_offered_within_them(office: Office, crew: int) -> None:
    contact = customer(office, "Prairie Dental")
    place = office.runner.run(Store(models.Location(contact_id=contact, position=0)))
    hours = models.WorkingHours(location_id=place, weekday=4, from_minute=13 * 60, to_minute=900)
    office.runner.run(Store(hours))
    wish = SlotWish(60, WEDNESDAY, (crew,), location_id=place, count=2)
    assert starts(office, wish) == ["2026-07-17T13:00", "2026-07-24T13:00"]


def test_days_with_a_visit_near_come_first_when_asked_for(office: Office, crew: int) -> None:
    contact = customer(office, "Cherapa Place")
    here, near, far = (
        office.runner.run(
            Store(models.Location(contact_id=contact, position=0, lat=lat, lon=-96.73))
        )
        for lat in (43.55, 43.56, 43.90)
    )
    book(office, "2026-07-16T08:00", 60, crew_id=crew, contact_id=contact, location_id=far)
    book(office, "2026-07-22T08:00", 60, crew_id=crew, contact_id=contact, location_id=near)
    wish = SlotWish(60, WEDNESDAY, (crew,), location_id=here, order=NEAREST, count=3)
    best, second, _ = slots(office, wish)
    assert best.starts_local == "2026-07-22T09:00"
    assert best.near is not None
    assert best.near.name == "Cherapa Place"
    assert best.near.metres == pytest.approx(1112, abs=5)
    assert (second.near, second.starts_local) == (None, "2026-07-15T08:00")


def test_what_is_offered_has_no_conflict(sample_office: Office) -> None:
    found = slots(sample_office, SlotWish(90, WEDNESDAY, count=30))
    assert len(found) == 30
    for slot in found:
        wanted = AppointmentDraft(
            starts_local=slot.starts_local, minutes=90, zone=ZONE, title="x", crew_id=slot.crew_id
        )
        said = sample_office.read(lambda r, d=wanted: conflicts_of(r, d))  # type: ignore[misc]
        assert [c.kind for c in said if c.kind != "member_off"] == []


def test_the_appointment_that_would_move_is_not_in_its_own_way(office: Office, crew: int) -> None:
    ident = book(office, "2026-07-15T08:00", 9 * 60, crew_id=crew)
    wish = SlotWish(9 * 60, WEDNESDAY, (crew,), count=1)
    assert starts(office, wish) == ["2026-07-16T08:00"]
    assert starts(office, replace(wish, but_not=ident)) == ["2026-07-15T08:00"]
