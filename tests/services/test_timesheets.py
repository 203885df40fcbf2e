"""Clocking in and out, and what is refused."""

from __future__ import annotations

import pytest

from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.timesheets import Span, hours_text, is_forgotten, overlapping, worked_ms
from tcf_desktop.services.command import Command
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries.team import day_bounds, people
from tcf_desktop.services.timesheets import AddWorker, ClockIn, ClockOut, RemoveShift
from tcf_desktop.services.undo import UndoLast

HOUR = 3_600_000


@pytest.fixture
def ana(office: Office) -> int:
    return office.runner.run(AddWorker("Ana  Flores "))


def refusal(office: Office, command: Command[int]) -> AppError:
    with pytest.raises(AppError) as caught:
        office.runner.run(command)
    return caught.value


def test_a_shift_begins_and_ends_and_counts(office: Office, ana: int, clock: FrozenClock) -> None:
    from datetime import date

    now = clock.now_ms()
    office.runner.run(ClockIn(ana, now - 2 * HOUR))
    start, end = day_bounds(date(2026, 7, 14), "America/Chicago")
    (person,) = office.read(lambda r: people(r, start, end, now, start))
    assert (person.name, hours_text(person.worked_ms)) == ("Ana Flores", "2:00")
    assert person.running is not None
    assert not person.forgotten

    office.runner.run(ClockOut(ana))
    (person,) = office.read(lambda r: people(r, start, end, now + HOUR, start))
    assert (person.running, hours_text(person.worked_ms)) == (None, "2:00")


def test_what_cannot_be_is_refused_with_the_reason(
    office: Office, ana: int, clock: FrozenClock
) -> None:
    now = clock.now_ms()
    assert refusal(office, ClockOut(ana)).code == "shifts.not_in"
    assert refusal(office, ClockIn(ana, now + HOUR)).code == "shifts.in_future"
    office.runner.run(ClockIn(ana, now - 5 * HOUR))
    again = refusal(office, ClockIn(ana))
    assert again.code == "shifts.already_in"
    assert "Jul 14, 5:42 AM" in str(again)
    assert refusal(office, ClockOut(ana, now - 6 * HOUR)).code == "shifts.out_before_in"
    office.runner.run(ClockOut(ana, now - 4 * HOUR))
    assert refusal(office, ClockIn(ana, now - 4.5 * HOUR)).code == "shifts.overlap"  # type: ignore[arg-type]
    office.runner.run(ClockIn(ana, now - 7 * HOUR))
    assert refusal(office, ClockOut(ana, now - HOUR)).code == "shifts.overlap"
    office.runner.run(ClockOut(ana, now - 5 * HOUR))
    assert refusal(office, AddWorker("  ")).code == "team.name_missing"


def test_undo_takes_clocking_back(office: Office, ana: int) -> None:
    shift = office.runner.run(ClockIn(ana))
    office.runner.run(ClockOut(ana))
    office.runner.run(UndoLast())
    assert refusal(office, ClockIn(ana)).code == "shifts.already_in"
    office.runner.run(RemoveShift(shift))
    office.runner.run(ClockIn(ana))


def test_spans() -> None:
    spans = [Span(1, 0, 10), Span(2, 20)]
    assert worked_ms(spans, 5, 25, 30) == 10
    assert worked_ms(spans, 5, 100, 30) == 15
    assert overlapping(spans, 10, 20) is None
    assert overlapping(spans, 9, 10) == spans[0]
    assert overlapping(spans, 15, None) == spans[1]
    assert not is_forgotten(Span(1, 0, 10), 0, 100 * HOUR)
    assert is_forgotten(Span(1, 0), 0, 15 * HOUR)
    assert not is_forgotten(Span(1, 0), 2 * HOUR, 3 * HOUR)
    assert is_forgotten(Span(1, 0), 2 * HOUR, 9 * HOUR)
    assert hours_text(-5) == "0:00"
