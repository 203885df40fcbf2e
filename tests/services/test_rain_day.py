from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import ContactDraft, Email
from tcf_desktop.services import appointments as commands
from tcf_desktop.services.appointments import AppointmentDraft
from tcf_desktop.services.command import Command
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries import appointment
from tcf_desktop.services.queries import messages as message_queries
from tcf_desktop.services.queries import rain_day as queries
from tcf_desktop.services.rain_day import MoveRainDay, VisitMove
from tcf_desktop.services.undo import UndoLast
from tcf_desktop.services.uow import UnitOfWork

ZONE = "America/Chicago"
TUESDAY, WEDNESDAY = date(2026, 7, 14), date(2026, 7, 15)


class Put(Command[int]):
    """Any record."""

    def __init__(self, record: models.Record) -> None:
        self.record = record

    def execute(self, uow: UnitOfWork) -> int:
        return uow.add(self.record).id


@pytest.fixture
def crew(office: Office) -> int:
    crew = models.Crew(name="Windows A", color_index=0, position=0, deleted_at=None)
    return office.runner.run(Put(crew))


@pytest.fixture
def moen(office: Office) -> int:
    draft = ContactDraft(first_name="Astrid", last_name="Moen", emails=(Email("a@example.org"),))
    return office.runner.run(SaveContact(draft))


def book(office: Office, crew: int, starts: str, **more: object) -> int:
    draft = replace(AppointmentDraft(starts, 60, ZONE, crew_id=crew), **more)  # type: ignore[arg-type]
    return office.runner.run(commands.CreateAppointment(draft))


def look(office: Office, **more: object) -> queries.RainDay:
    wish = replace(queries.Wish(TUESDAY, WEDNESDAY), **more)  # type: ignore[arg-type]
    return office.read(lambda r: queries.rain_day(r, wish, office.clock.now_ms()))


def proposed(day: queries.RainDay) -> dict[int, str]:
    return {visit.id: visit.to_local for visit in day.visits}


def moves(day: queries.RainDay, *, tell: bool = True) -> tuple[VisitMove, ...]:
    return tuple(
        VisitMove(visit.id, visit.to_local, visit.starts_at, tell)
        for visit in day.movable
        if visit.to_local
    )


def stored(office: Office, ident: int) -> appointment.AppointmentDetail:
    found = office.read(lambda r: appointment.detail(r, ident))
    assert found is not None
    return found


def test_visits_go_to_the_next_gaps_beside_what_is_planned(office: Office, crew: int) -> None:
    first = book(office, crew, "2026-07-14T08:00")
    second = book(office, crew, "2026-07-14T09:30")
    book(office, crew, "2026-07-15T08:00", minutes=90)
    assert proposed(look(office)) == {first: "2026-07-15T09:30", second: "2026-07-15T10:30"}


def test_what_is_done_begun_or_takes_the_day_stays_and_says_why(office: Office, crew: int) -> None:
    done = book(office, crew, "2026-07-14T08:00", state="done")
    begun = book(office, crew, "2026-07-14T09:00", state="arrived")
    whole = book(office, crew, "2026-07-14T00:00", all_day=True, minutes=1440)
    book(office, crew, "2026-07-14T12:00", kind="personal", title="Lunch")
    book(office, crew, "2026-07-14T13:00", state="cancelled")
    found = {visit.id: visit.why for visit in look(office).visits}
    assert found == {done: "done", begun: "under_way", whole: "all_day"}


def test_days_off_holidays_and_whole_day_entries_are_passed_over(office: Office, crew: int) -> None:
    ident = book(office, crew, "2026-07-14T08:00")
    book(office, crew, "2026-07-15T00:00", kind="personal", all_day=True, minutes=1440)
    off = models.DayOff(
        worker_id=None, location_id=None, first_on="2026-07-16", last_on="2026-07-16", reason="",
        deleted_at=None,
    )  # fmt: skip
    office.runner.run(Put(off))
    assert proposed(look(office)) == {ident: "2026-07-17T08:00"}


def test_only_the_wanted_crew_and_service(office: Office, crew: int) -> None:
    mine = book(office, crew, "2026-07-14T08:00")
    other = models.Crew(name="Carpet", color_index=1, position=1, deleted_at=None)
    theirs = book(office, office.runner.run(Put(other)), "2026-07-14T08:00")
    assert set(proposed(look(office))) == {mine, theirs}
    assert set(proposed(look(office, crews=frozenset({crew})))) == {mine}
    assert proposed(look(office, service_id=12_345)) == {}


def test_all_move_at_once_with_a_message_each_and_one_undo(
    office: Office, crew: int, moen: int
) -> None:
    told = book(office, crew, "2026-07-14T14:00", contact_id=moen, arrival_minutes=60)
    own = book(office, crew, "2026-07-14T16:00", title="Own work")
    day = look(office)
    made = office.runner.run(MoveRainDay("2026-07-14", moves(day), ZONE))
    assert stored(office, told).starts_local == "2026-07-15T14:00"
    assert stored(office, told).arrival_from_local == "2026-07-15T14:00"
    assert stored(office, own).starts_local == "2026-07-15T16:00"
    (ident,) = made
    row = office.read(lambda r: message_queries.message(r, ident))
    assert row is not None
    assert row.occasion == "rain_day"
    assert "on Tuesday, July 14, 2:00 PM" in row.body
    assert "Wednesday, July 15, arriving 2:00–3:00 PM" in row.body
    office.runner.run(UndoLast())
    assert stored(office, told).starts_local == "2026-07-14T14:00"
    assert stored(office, own).starts_local == "2026-07-14T16:00"
    assert office.read(lambda r: message_queries.message(r, ident)) is None


def test_messages_are_not_prepared_when_nobody_wants_them(
    office: Office, crew: int, moen: int
) -> None:
    book(office, crew, "2026-07-14T14:00", contact_id=moen)
    assert office.runner.run(MoveRainDay("2026-07-14", moves(look(office), tell=False), ZONE)) == ()


def test_nothing_moves_when_a_visit_was_changed_meanwhile(office: Office, crew: int) -> None:
    first = book(office, crew, "2026-07-14T08:00")
    second = book(office, crew, "2026-07-14T10:00")
    day = look(office)
    office.runner.run(commands.MoveAppointment(second, "2026-07-14T11:00"))
    with pytest.raises(AppError, match="changed meanwhile"):
        office.runner.run(MoveRainDay("2026-07-14", moves(day), ZONE))
    assert stored(office, first).starts_local == "2026-07-14T08:00"
    with pytest.raises(AppError, match="ticked"):
        office.runner.run(MoveRainDay("2026-07-14", (), ZONE))


def test_start_typed_by_hand_is_judged_against_hours_and_the_others(
    office: Office, crew: int
) -> None:
    first = book(office, crew, "2026-07-14T08:00")
    second = book(office, crew, "2026-07-14T10:00")
    board = look(office).board
    chosen = {first: "2026-07-15T08:00", second: "2026-07-15T10:00"}
    assert board.trouble(chosen) == {}
    assert board.trouble({**chosen, second: "2026-07-15T08:30"}) == {
        first: "taken",
        second: "taken",
    }
    assert board.trouble({**chosen, second: "2026-07-18T10:00"}) == {second: "hours"}


def test_crews_of_a_day_are_counted(office: Office, crew: int) -> None:
    book(office, crew, "2026-07-14T08:00")
    book(office, crew, "2026-07-14T09:00", state="done")
    found = office.read(lambda r: queries.crews_of_day(r, TUESDAY, office.clock.now_ms()))
    assert found == ((crew, 1),)
