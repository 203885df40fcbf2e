"""Conflicts of drafts, of some days and of series, over what is stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tcf_desktop import models
from tcf_desktop.services import appointments as commands
from tcf_desktop.services.appointments import AppointmentDraft
from tcf_desktop.services.command import Command
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries import schedule
from tcf_desktop.services.queries.conflicts import (
    conflicts_between,
    conflicts_of,
    series_conflicts,
)
from tcf_desktop.services.uow import UnitOfWork
from tests.conftest import TUESDAY_10_42

ZONE = "America/Chicago"


class Store(Command[int]):
    """Put one record in as it is."""

    def __init__(self, record: models.Base) -> None:
        self.record = record

    def execute(self, uow: UnitOfWork) -> int:
        return int(uow.add(self.record).id)  # type: ignore[attr-defined]


@pytest.fixture
def crew(office: Office) -> int:
    crew_id = office.runner.run(Store(models.Crew(name="Windows A", color_index=0, position=0)))
    luis = office.runner.run(Store(models.Worker(name="Luis", crew_id=crew_id)))
    office.runner.run(Store(models.CrewMember(worker_id=luis, crew_id=crew_id)))
    return crew_id


def draft(start: str = "2026-07-15T09:00", **more: object) -> AppointmentDraft:
    base = AppointmentDraft(starts_local=start, minutes=60, zone=ZONE, title="Falls Park")
    return replace(base, **more)  # type: ignore[arg-type]


def weekly(office: Office, crew_id: int) -> int:
    return office.runner.run(
        Store(
            models.Series(
                uid="weekly", starts_local="2026-07-08T09:30", minutes=60, zone=ZONE,
                rule="FREQ=WEEKLY;BYDAY=WE", kind="job", title="Dakota Title", crew_id=crew_id,
                state="confirmed", created_at=0, updated_at=0,
            )
        )
    )  # fmt: skip


def test_a_draft_is_judged_before_it_is_stored_and_not_against_itself(
    office: Office, crew: int
) -> None:
    one = office.runner.run(commands.CreateAppointment(draft(crew_id=crew)))
    wanted = draft("2026-07-15T09:30", crew_id=crew)
    (busy,) = office.read(lambda r: conflicts_of(r, wanted))
    assert (busy.kind, busy.who, busy.name) == ("busy", "Windows A", "Falls Park")
    assert (busy.other_id, busy.starts_local) == (one, "2026-07-15T09:00")
    assert office.read(lambda r: conflicts_of(r, wanted, but_not=one)) == ()


def test_an_occurrence_that_is_nowhere_stored_is_in_the_way(office: Office, crew: int) -> None:
    weekly(office, crew)
    wanted = draft("2026-08-12T10:00", crew_id=crew)
    (busy,) = office.read(lambda r: conflicts_of(r, wanted))
    assert (busy.kind, busy.name, busy.starts_local) == ("busy", "Dakota Title", "2026-08-12T09:30")
    ident = busy.other_id
    assert ident is not None
    assert ident < 0
    assert office.read(lambda r: conflicts_of(r, wanted, but_not=ident)) == ()


def test_a_draft_of_another_zone_is_judged_at_the_hour_of_the_office(office: Office) -> None:
    abroad = draft("2026-07-15T16:00", zone="Europe/Warsaw")
    assert office.read(lambda r: conflicts_of(r, abroad)) == ()
    (hours,) = office.read(lambda r: conflicts_of(r, replace(abroad, zone=ZONE, minutes=120)))
    assert hours.kind == "hours"


def test_every_conflict_of_some_days_is_found_with_those_of_series(
    office: Office, crew: int
) -> None:
    weekly(office, crew)
    office.runner.run(commands.CreateAppointment(draft("2026-07-15T10:00", crew_id=crew)))
    office.runner.run(commands.CreateAppointment(draft("2026-07-18T10:00", title="Saturday")))
    office.runner.run(
        Store(models.DayOff(first_on="2026-07-22", last_on="2026-07-22", reason="picnic"))
    )
    found = office.read(lambda r: conflicts_between(r, date(2026, 7, 13), date(2026, 7, 26)))
    said = [(f.plan.name, f.plan.local, [c.kind for c in f.conflicts]) for f in found]
    assert said == [
        ("Dakota Title", "2026-07-15T09:30", ["busy"]),
        ("Falls Park", "2026-07-15T10:00", ["busy"]),
        ("Saturday", "2026-07-18T10:00", ["hours"]),
        ("Dakota Title", "2026-07-22T09:30", ["closed"]),
    ]


def test_marked_is_what_cannot_be_as_planned(office: Office, crew: int) -> None:
    ident = office.runner.run(commands.CreateAppointment(draft(crew_id=crew)))
    other = office.runner.run(commands.CreateAppointment(draft(worker_id=1)))
    office.runner.run(commands.CreateAppointment(draft()))
    office.runner.run(commands.CreateAppointment(draft("2026-07-16T05:00", crew_id=crew)))
    off = office.runner.run(commands.CreateAppointment(draft("2026-07-22T10:00", worker_id=1)))
    past = draft("2026-07-13T10:00", worker_id=1)
    office.runner.run(commands.CreateAppointment(past))
    for on in ("2026-07-13", "2026-07-22"):
        office.runner.run(Store(models.DayOff(worker_id=1, first_on=on, last_on=on)))
    shown = office.read(
        lambda r: schedule.blocks(r, date(2026, 7, 1), date(2026, 7, 31), ZONE, TUESDAY_10_42)
    )
    assert {block.id for block in shown if block.conflict} == {ident, other, off}


def test_a_series_says_which_of_its_visits_clash(office: Office, crew: int) -> None:
    office.runner.run(commands.CreateAppointment(draft("2026-07-29T09:30", crew_id=crew)))
    office.runner.run(
        Store(models.DayOff(first_on="2026-08-12", last_on="2026-08-13", reason="picnic"))
    )
    wanted = draft(crew_id=crew)
    answer = office.read(lambda r: series_conflicts(r, wanted, "FREQ=WEEKLY;COUNT=6"))
    assert answer.asked == 6
    assert [(f.plan.local[:10], f.conflicts[0].kind) for f in answer.found] == [
        ("2026-07-29", "busy"),
        ("2026-08-12", "closed"),
    ]
    year = office.read(lambda r: series_conflicts(r, wanted, "FREQ=WEEKLY;INTERVAL=2"))
    assert year.asked == 27


def test_a_changed_series_is_not_in_its_own_way(office: Office, crew: int) -> None:
    series_id = weekly(office, crew)
    wanted = draft("2026-07-15T10:00", crew_id=crew)
    clash = office.read(lambda r: series_conflicts(r, wanted, "FREQ=WEEKLY;COUNT=3"))
    assert len(clash.found) == 3
    own = office.read(
        lambda r: series_conflicts(r, wanted, "FREQ=WEEKLY;COUNT=3", series_id=series_id)
    )
    assert own.found == ()
