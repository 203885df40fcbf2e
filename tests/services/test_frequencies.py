"""Keeping how often something is wanted, and what follows from it by itself."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.frequency import Rhythm
from tcf_desktop.services.appointment_values import AppointmentDraft
from tcf_desktop.services.appointments import DeleteAppointment, SaveAppointment
from tcf_desktop.services.command import Command
from tcf_desktop.services.frequencies import (
    DeleteFrequency,
    DismissQuiet,
    FrequencyDraft,
    ResumeFrequency,
    SaveFrequency,
    SnoozeFrequency,
    StopFrequency,
)
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries import due
from tcf_desktop.services.queries.due import DueRow
from tcf_desktop.services.undo import RedoLast, UndoLast
from tests.services.due_tools import TODAY, ZONE, contact, places_of, service, visit, wanted


def row(office: Office, frequency_id: int) -> DueRow:
    return office.read(lambda r: due.due_rows(r, [frequency_id], TODAY))[frequency_id]


def due_on(office: Office, frequency_id: int) -> str:
    return row(office, frequency_id).due_on


def shown(office: Office, tab: due.Tab) -> list[int]:
    return list(office.read(lambda r: due.due_ids(r, tab, TODAY)))


def test_the_due_date_follows_the_visits_whatever_happens_to_them(office: Office) -> None:
    anna = contact(office)
    every = wanted(office, anna, "every 8 weeks", starts_on="2026-01-01")
    assert due_on(office, every) == "2026-02-26"
    visit(office, anna, "2026-03-02")
    assert due_on(office, every) == "2026-04-27"
    second = visit(office, anna, "2026-05-04")
    assert due_on(office, every) == "2026-06-29"
    office.runner.run(DeleteAppointment(second))
    assert due_on(office, every) == "2026-04-27"
    office.runner.run(UndoLast())
    assert due_on(office, every) == "2026-06-29"
    for _ in range(2):  # the second visit was not done, then it was never booked
        office.runner.run(UndoLast())
    assert due_on(office, every) == "2026-04-27"
    office.runner.run(UndoLast())
    office.runner.run(UndoLast())
    assert due_on(office, every) == "2026-02-26"


def test_a_changed_rhythm_changes_the_due_date_and_undo_brings_it_back(office: Office) -> None:
    anna = contact(office)
    visit(office, anna, "2026-03-31")
    every = wanted(office, anna, "monthly")
    assert due_on(office, every) == "2026-04-30"
    draft = FrequencyDraft(anna, Rhythm(1, "month", "06-01", "08-31"))
    assert office.runner.run(SaveFrequency(every, draft)) == every
    assert due_on(office, every) == "2026-06-01"
    office.runner.run(UndoLast())
    assert due_on(office, every) == "2026-04-30"
    office.runner.run(RedoLast())
    assert due_on(office, every) == "2026-06-01"
    assert row(office, every).starts_on == TODAY


def test_undoing_and_redoing_a_new_frequency_keeps_it_up_to_date(office: Office) -> None:
    anna = contact(office)
    visit(office, anna, "2026-03-02")
    every = wanted(office, anna, "every 8 weeks")
    office.runner.run(UndoLast())
    assert shown(office, "now") == []
    office.runner.run(RedoLast())
    assert shown(office, "now") == [every]
    assert due_on(office, every) == "2026-04-27"


def test_only_visits_of_the_service_and_place_count(office: Office) -> None:
    anna = contact(office, places=("Home", "Cabin"))
    home, cabin = places_of(office, anna)
    windows, gutters = service(office, "Windows"), service(office, "Gutters")
    every = wanted(
        office, anna, "monthly", location_id=home, service_id=windows, starts_on="2026-01-01"
    )
    visit(office, anna, "2026-03-01", location_id=cabin, service_id=windows)
    visit(office, anna, "2026-03-02", location_id=home, service_id=gutters)
    visit(office, anna, "2026-03-03", location_id=home, service_id=windows, kind="estimate")
    assert due_on(office, every) == "2026-02-01"
    visit(office, anna, "2026-04-01", location_id=home, service_id=windows)
    assert due_on(office, every) == "2026-05-01"
    visit(office, anna, "2026-05-10")  # neither place nor service was written down
    assert due_on(office, every) == "2026-06-10"


def test_a_visit_that_goes_to_another_customer_counts_there(office: Office) -> None:
    anna, berta = contact(office), contact(office, "Berg")
    first = wanted(office, anna, "monthly", starts_on="2026-01-01")
    second = wanted(office, berta, "monthly", starts_on="2026-01-01")
    visit_id = visit(office, anna, "2026-03-05")
    assert (due_on(office, first), due_on(office, second)) == ("2026-04-05", "2026-02-01")
    draft = AppointmentDraft("2026-03-05T09:00", 60, ZONE, contact_id=berta, state="done")
    office.runner.run(SaveAppointment(visit_id, draft))
    assert (due_on(office, first), due_on(office, second)) == ("2026-02-01", "2026-04-05")


def test_snoozing_puts_off_and_undo_asks_again(office: Office) -> None:
    every = wanted(office, contact(office), "monthly", starts_on="2026-05-01")
    seasonal = wanted(office, contact(office, "Berg"), "every spring", starts_on="2025-05-01")
    assert shown(office, "now") == [seasonal, every]
    for until, day in (
        ("week", "2026-07-21"), ("month", "2026-08-14"), ("2026-12-24", "2026-12-24"),
        ("season", "2027-03-01"),
    ):  # fmt: skip
        assert office.runner.run(SnoozeFrequency((every, seasonal), until)) == day
        assert shown(office, "now") == []
        assert row(office, seasonal).snoozed_until_on == day
    assert set(shown(office, "snoozed")) == {every, seasonal}
    office.runner.run(UndoLast())
    assert row(office, every).snoozed_until_on == "2026-12-24"
    office.runner.run(SnoozeFrequency((every,), ""))
    assert shown(office, "now") == [every]


@pytest.mark.parametrize("until", ["2026-07-14", "2020-01-01", "soon"])
def test_snoozing_to_a_day_that_is_not_ahead_is_refused(office: Office, until: str) -> None:
    every = wanted(office, contact(office), "monthly", starts_on="2026-05-01")
    with pytest.raises(AppError) as refused:
        office.runner.run(SnoozeFrequency((every,), until))
    assert refused.value.code == "frequency.date"
    assert shown(office, "now") == [every]


def test_a_visit_after_snoozing_makes_the_snooze_old(office: Office) -> None:
    anna = contact(office)
    every = wanted(office, anna, "every 2 weeks", starts_on="2026-05-01")
    office.runner.run(SnoozeFrequency((every,), "2026-07-20"))
    assert shown(office, "snoozed") == [every]
    visit(office, anna, "2026-07-13")
    assert shown(office, "snoozed") == []
    assert shown(office, "coming") == [every]


def test_not_interested_is_kept_with_its_reason_and_can_be_taken_up_again(office: Office) -> None:
    every = wanted(office, contact(office), "monthly", starts_on="2026-05-01")
    office.runner.run(StopFrequency((every,), " Does it himself "))
    assert (shown(office, "now"), shown(office, "stopped")) == ([], [every])
    assert row(office, every).stop_reason == "Does it himself"
    office.runner.run(ResumeFrequency((every,)))
    assert (shown(office, "now"), shown(office, "stopped")) == ([every], [])
    office.runner.run(UndoLast())
    assert shown(office, "stopped") == [every]


def test_a_deleted_frequency_is_gone_until_undo(office: Office) -> None:
    every = wanted(office, contact(office), "monthly", starts_on="2026-05-01")
    office.runner.run(DeleteFrequency(every))
    assert shown(office, "now") == []
    refused: tuple[Command[Any], ...] = (
        DeleteFrequency(every), SnoozeFrequency((every,), "week"), StopFrequency((every,)),
    )  # fmt: skip
    for command in refused:
        with pytest.raises(AppError) as refused_:
            office.runner.run(command)
        assert refused_.value.code == "data.gone"
    office.runner.run(UndoLast())
    assert shown(office, "now") == [every]


def test_quiet_customers_can_be_let_be_and_taken_up(office: Office) -> None:
    anna = contact(office)
    for day in ("2025-01-05", "2025-03-05", "2025-05-05"):
        visit(office, anna, day)
    assert list(office.read(lambda r: due.quiet_ids(r, TODAY))) == [anna]
    office.runner.run(DismissQuiet((anna,), "Moved away"))
    assert list(office.read(lambda r: due.quiet_ids(r, TODAY))) == []
    (stopped,) = shown(office, "stopped")
    assert row(office, stopped).rhythm == Rhythm(60, "day")
    assert row(office, stopped).stop_reason == "Moved away"
    office.runner.run(UndoLast())
    assert list(office.read(lambda r: due.quiet_ids(r, TODAY))) == [anna]


def test_what_means_nothing_is_refused_and_nothing_is_kept(office: Office) -> None:
    anna, berta = contact(office), contact(office, "Berg")
    (theirs,) = places_of(office, berta)
    good = FrequencyDraft(anna, Rhythm(8, "week"))
    office.runner.run(SaveFrequency(None, good))
    for draft, code in (
        (dataclasses.replace(good, rhythm=Rhythm(0, "week")), "frequency.interval"),
        (dataclasses.replace(good, rhythm=Rhythm(1, "week", "1", "2")), "frequency.season"),
        (dataclasses.replace(good, location_id=theirs), "frequency.place"),
        (good, "frequency.taken"),
        (dataclasses.replace(good, service_id=999), "data.gone"),
    ):
        with pytest.raises(AppError) as refused:
            office.runner.run(SaveFrequency(None, draft))
        assert refused.value.code == code
    assert office.read(lambda r: r.value("SELECT count(*) FROM frequencies")) == 1


def test_what_is_asked_stands_in_the_history_of_the_contact(office: Office) -> None:
    anna = contact(office)
    every = wanted(office, anna, "monthly", starts_on="2026-05-01")
    office.runner.run(StopFrequency((every,), "Moved"))
    labels = office.read(
        lambda r: r.all("SELECT label FROM contact_changes WHERE contact_id = ? ORDER BY id",
                        (anna,))
    )  # fmt: skip
    assert [label for (label,) in labels][1:] == ["frequency of {name}", "not asking {name}"]
