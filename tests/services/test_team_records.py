"""People and crews as records, by date, with undo."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.team_records import OffDraft, StayDraft, WorkerDraft
from tcf_desktop.services.appointment_values import AppointmentDraft
from tcf_desktop.services.appointments import CreateAppointment
from tcf_desktop.services.command import Command
from tcf_desktop.services.crews_of_today import is_stale, keep_right
from tcf_desktop.services.office import Office
from tcf_desktop.services.phones import PairPhone
from tcf_desktop.services.queries.phones import phone_rows
from tcf_desktop.services.queries.schedule import crews, workers
from tcf_desktop.services.queries.team import day_bounds, people
from tcf_desktop.services.queries.working_hours import calendar
from tcf_desktop.services.team_records import (
    DeleteWorker,
    DissolveCrew,
    EndWork,
    MoveCrew,
    PutInCrew,
    SaveCrew,
    SaveWorker,
)
from tcf_desktop.services.timesheets import ClockIn
from tcf_desktop.services.undo import UndoLast

TODAY = date(2026, 7, 14)
TOMORROW = date(2026, 7, 15)


@pytest.fixture
def windows(office: Office) -> int:
    return office.runner.run(SaveCrew(None, "Windows A"))


@pytest.fixture
def carpet(office: Office) -> int:
    return office.runner.run(SaveCrew(None, "Carpet"))


def add(office: Office, name: str, *stays: StayDraft) -> int:
    return office.runner.run(SaveWorker(None, WorkerDraft(name, stays=stays)))


def refusal(office: Office, command: Command[Any]) -> str:
    with pytest.raises(AppError) as caught:
        office.runner.run(command)
    return caught.value.code


def crew_of(office: Office, worker_id: int) -> object:
    return office.read(lambda r: r.value("SELECT crew_id FROM workers WHERE id = ?", (worker_id,)))


def stays(office: Office, worker_id: int) -> list[tuple[object, ...]]:
    return office.read(
        lambda r: r.all(
            "SELECT crew_id, from_on, to_on FROM crew_members WHERE worker_id = ? ORDER BY from_on",
            (worker_id,),
        )
    )


def test_everything_of_a_person_is_kept_and_one_undo_takes_it_back(
    office: Office, windows: int
) -> None:
    draft = WorkerDraft(
        "  Ana   Flores ",
        "605-555-0142",
        "ana@clearview.example",
        "Spanish",
        21_50,
        "SD-4471",
        "Allergic to wasps",
        5,
        "2025-03-01",
        None,
        (StayDraft(windows, "2025-03-01"),),
        ((0, 420, 900), (2, 420, 900)),
        (OffDraft("2026-07-15", "2026-07-16", "Vacation"),),
    )
    ana = office.runner.run(SaveWorker(None, draft))
    known = office.read(lambda r: calendar(r, TODAY, date(2026, 7, 20)))
    assert known.people[ana].name == "Ana Flores"
    assert known.worker_day(ana, TODAY).why == "weekday"
    assert known.worker_day(ana, TOMORROW).reason == "Vacation"
    assert known.worker_day(ana, date(2026, 7, 20)).hours == (420, 900)
    assert crew_of(office, ana) == windows

    before = office.read(lambda r: r.all("SELECT * FROM working_hours ORDER BY id"))
    office.runner.run(SaveWorker(ana, replace(draft, name="Ana Reyes", hours=None, off=())))
    after = office.read(lambda r: calendar(r, TODAY, TOMORROW))
    assert after.worker_day(ana, TODAY).hours == (480, 1020)
    assert after.workers_off == {}
    office.runner.run(UndoLast())
    restored = office.read(lambda r: calendar(r, TODAY, TOMORROW))
    assert restored.worker_day(ana, TOMORROW).reason == "Vacation"
    assert [row[:3] for row in before] == [
        row[:3] for row in office.read(lambda r: r.all("SELECT * FROM working_hours ORDER BY id"))
    ]


def test_what_makes_no_sense_is_refused(office: Office, windows: int, carpet: int) -> None:
    ana = add(office, "Ana")
    for draft, code in (
        (WorkerDraft(" "), "team.name_missing"),
        (WorkerDraft("A", pay_cents=-1), "team.pay"),
        (WorkerDraft("A", note="x" * 100_001), "team.text_long"),
        (WorkerDraft("A", active_from="2026-02-30"), "team.day"),
        (WorkerDraft("A", active_from="2026-03-02", active_to="2026-03-01"), "team.days_order"),
        (WorkerDraft("A", hours=()), "team.no_hours"),
        (WorkerDraft("A", hours=((0, 600, 600),)), "team.hours"),
        (WorkerDraft("A", off=(OffDraft("2026-03-02", "2026-03-01"),)), "team.days_order"),
        (WorkerDraft("A", stays=(StayDraft(windows), StayDraft(carpet))), "team.two_crews"),
        (WorkerDraft("A", stays=(StayDraft(999),)), "data.gone"),
    ):
        assert refusal(office, SaveWorker(ana, draft)) == code
    assert refusal(office, SaveCrew(None, " ")) == "team.crew_name_missing"
    assert refusal(office, SaveCrew(carpet, "windows a")) == "team.crew_name_taken"
    assert crew_of(office, ana) is None


def test_a_crew_changes_on_its_day_and_the_past_stays_true(
    office: Office, windows: int, carpet: int, clock: FrozenClock
) -> None:
    ana = add(office, "Ana", StayDraft(windows))
    office.runner.run(PutInCrew(ana, carpet, TOMORROW.isoformat()))
    assert crew_of(office, ana) == windows
    assert not office.read(lambda r: is_stale(r, clock))
    assert stays(office, ana) == [(windows, None, "2026-07-14"), (carpet, "2026-07-15", None)]

    clock.advance(86_400)
    assert office.read(lambda r: is_stale(r, clock))
    keep_right(office)
    assert crew_of(office, ana) == carpet
    office.runner.run(UndoLast())
    assert crew_of(office, ana) == windows
    assert stays(office, ana) == [(windows, None, None)]


def test_who_leaves_is_in_no_crew_after_the_last_day(
    office: Office, windows: int, clock: FrozenClock
) -> None:
    ana = add(office, "Ana", StayDraft(windows, "2026-01-01"))
    assert refusal(office, EndWork(ana, "soon")) == "team.day"
    office.runner.run(EndWork(ana, "2026-07-14"))
    known = office.read(lambda r: calendar(r, TODAY, TOMORROW))
    assert known.members(windows, TODAY) == (ana,)
    assert known.members(windows, TOMORROW) == ()
    assert known.worker_day(ana, TOMORROW).why == "inactive"
    assert crew_of(office, ana) == windows


def test_somebody_with_work_ahead_or_on_the_clock_is_not_deleted(
    office: Office, windows: int
) -> None:
    ana = add(office, "Ana", StayDraft(windows))
    phone = office.runner.run(PairPhone(ana, "owntracks"))
    office.runner.run(ClockIn(ana))
    assert refusal(office, DeleteWorker(ana)) == "team.on_the_clock"
    office.runner.run(UndoLast())
    office.runner.run(
        CreateAppointment(
            AppointmentDraft(
                "2026-07-20T09:00", 60, "America/Chicago", "task", "Van", worker_id=ana
            )
        )
    )
    assert refusal(office, DeleteWorker(ana)) == "team.has_visits"
    office.runner.run(UndoLast())
    office.runner.run(DeleteWorker(ana))
    assert crew_of(office, ana) is None
    assert office.read(phone_rows) == []
    assert stays(office, ana) == [(windows, None, "2026-07-13")]
    office.runner.run(UndoLast())
    assert crew_of(office, ana) == windows
    assert [row.id for row in office.read(phone_rows)] == [phone.id]


def test_a_crew_gets_members_from_a_day_a_place_and_a_colour_of_its_own(
    office: Office, windows: int, carpet: int
) -> None:
    ana, ben = add(office, "Ana", StayDraft(windows)), add(office, "Ben")
    office.runner.run(SaveCrew(carpet, "Carpet", 6, (ana, ben), "2026-07-14"))
    assert stays(office, ana) == [(windows, None, "2026-07-13"), (carpet, "2026-07-14", None)]
    assert stays(office, ben) == [(carpet, "2026-07-14", None)]
    office.runner.run(SaveCrew(carpet, "Carpet", None, (ben,), "2026-07-15"))
    assert stays(office, ana)[-1] == (carpet, "2026-07-14", "2026-07-14")
    office.runner.run(MoveCrew(carpet, -1))
    shown = office.read(crews)
    assert [(crew.name, crew.color_index) for crew in shown] == [("Carpet", 6), ("Windows A", 0)]
    third = office.runner.run(SaveCrew(None, "Lawn", None, (ana,)))
    assert crew_of(office, ana) == third


def test_a_dissolved_crew_has_nobody_and_comes_back_with_its_members(
    office: Office, windows: int, carpet: int
) -> None:
    ana = add(
        office, "Ana", StayDraft(carpet, None, "2026-05-31"), StayDraft(windows, "2026-06-01")
    )
    office.runner.run(DissolveCrew(windows))
    assert crew_of(office, ana) is None
    assert stays(office, ana) == [
        (carpet, None, "2026-05-31"),
        (windows, "2026-06-01", "2026-07-13"),
    ]
    office.runner.run(SaveWorker(ana, WorkerDraft("Ana", stays=(StayDraft(windows),))))
    office.runner.run(UndoLast())
    office.runner.run(UndoLast())
    assert crew_of(office, ana) == windows
    assert [crew.name for crew in office.read(crews)] == ["Windows A", "Carpet"]


def test_the_day_that_is_shown_decides_who_is_in_which_crew(
    office: Office, windows: int, carpet: int
) -> None:
    ana = add(
        office, "Ana", StayDraft(windows, None, "2026-07-14"), StayDraft(carpet, "2026-07-15")
    )
    gone = add(office, "Ben", StayDraft(windows))
    office.runner.run(EndWork(gone, "2026-07-14"))

    def day(on: date) -> list[tuple[int, str]]:
        start, end = day_bounds(on, "America/Chicago")
        return [(p.id, p.crew) for p in office.read(lambda r: people(r, start, end, end, start))]

    assert day(TODAY) == [(ana, "Windows A"), (gone, "Windows A")]
    assert day(TOMORROW) == [(ana, "Carpet")]
    for days, wanted in (
        ((TODAY,), [("Ana", "Ben"), ()]),
        ((TOMORROW,), [(), ("Ana",)]),
        ((TODAY, TOMORROW), [("Ana", "Ben"), ("Ana",)]),
    ):
        shown = office.read(lambda r, days=days: crews(r, days))  # type: ignore[misc]
        assert [crew.workers for crew in shown] == wanted
    assert [w.name for w in office.read(lambda r: workers(r, TOMORROW))] == ["Ana"]
    assert [w.name for w in office.read(workers)] == ["Ana", "Ben"]
