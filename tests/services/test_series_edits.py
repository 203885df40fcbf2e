from __future__ import annotations

from datetime import date

import pytest

from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.recurrence import occurrence_id
from tcf_desktop.services.appointments import (
    CreateAppointment,
    FinishAppointment,
    MoveAppointment,
)
from tcf_desktop.services.contacts import DeleteContact
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries import appointment
from tcf_desktop.services.queries.occurrences import row_id
from tcf_desktop.services.series import (
    CancelSeries,
    CreateSeries,
    DeleteSeries,
    EndSeries,
    MakeSeries,
    Scope,
    SkipOccurrence,
)
from tcf_desktop.services.series_edits import ChangeSeries, MoveSeries
from tcf_desktop.services.series_settling import SettleSeries
from tcf_desktop.services.undo import RedoLast, UndoLast
from tests.services.series_tools import add_moen, book, draft, shown, weekly


@pytest.fixture
def moen(office: Office) -> int:
    return add_moen(office)


@pytest.fixture
def mowing(office: Office, moen: int) -> int:
    """Every Wednesday at 9 from July 15; today is Tuesday, July 14."""
    return office.runner.run(CreateSeries(draft(contact_id=moen), weekly()))


def number(series: int, on: str) -> int:
    return occurrence_id(series, date.fromisoformat(on))


def test_the_first_time_is_the_first_date_that_the_rule_gives(office: Office, moen: int) -> None:
    office.runner.run(CreateSeries(draft(contact_id=moen), weekly("FREQ=WEEKLY;BYDAY=FR")))
    assert shown(office, "2026-07-13", "2026-07-26") == ["2026-07-17T09:00", "2026-07-24T09:00"]


def test_visits_that_have_begun_are_written_down_with_the_series(office: Office, moen: int) -> None:
    early = draft(contact_id=moen, starts_local="2026-07-01T09:00")
    before = book(office)
    office.runner.run(CreateSeries(early, weekly()))
    assert [row[0] for row in office.read(lambda r: r.all(_ROWS))] == ["2026-07-01", "2026-07-08"]
    office.runner.run(UndoLast())
    assert book(office) == before


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("FREQ=WEEKLY;BYDAY=WE;UNTIL=20260101", "series.until"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "series.never"),
        ("FREQ=HOURLY", "schedule.rule"),
    ],
)
def test_rules_that_give_nothing_are_refused(office: Office, rule: str, code: str) -> None:
    with pytest.raises(AppError) as caught:
        office.runner.run(CreateSeries(draft(), weekly(rule)))
    assert caught.value.code == code


def test_an_appointment_becomes_the_first_of_its_series(office: Office, moen: int) -> None:
    single = office.runner.run(CreateAppointment(draft(contact_id=moen)))
    before = book(office)
    office.runner.run(MakeSeries(single, draft(contact_id=moen), weekly()))
    assert shown(office, "2026-07-13", "2026-07-26") == ["2026-07-15T09:00", "2026-07-22T09:00"]
    found = office.read(lambda r: appointment.detail(r, single))
    assert found is not None
    assert found.series is not None
    office.runner.run(UndoLast())
    assert book(office) == before


def test_this_and_following_leaves_what_lies_before_as_it_is(office: Office, mowing: int) -> None:
    before = book(office)
    edited = office.runner.run(
        ChangeSeries(
            number(mowing, "2026-07-29"),
            draft(starts_local="2026-07-30T10:30", minutes=90, contact_id=1),
            weekly(),
        )
    )
    assert shown(office, "2026-07-13", "2026-08-09") == [
        "2026-07-15T09:00", "2026-07-22T09:00", "2026-07-30T10:30", "2026-08-06T10:30",
    ]  # fmt: skip
    found = office.read(lambda r: appointment.detail(r, edited))
    assert found is not None
    assert (found.starts_local, found.minutes) == ("2026-07-30T10:30", 90)
    office.runner.run(UndoLast())
    assert book(office) == before
    office.runner.run(RedoLast())
    assert shown(office, "2026-07-27", "2026-08-02") == ["2026-07-30T10:30"]
    office.runner.run(UndoLast())
    assert book(office) == before


def test_rows_keep_what_was_changed_in_them_and_follow_in_the_rest(
    office: Office, mowing: int
) -> None:
    office.runner.run(MoveAppointment(number(mowing, "2026-07-22"), "2026-07-22T13:00"))
    office.runner.run(SkipOccurrence(number(mowing, "2026-07-29")))
    office.runner.run(FinishAppointment(number(mowing, "2026-08-05")))
    before = book(office)
    office.runner.run(
        ChangeSeries(
            number(mowing, "2026-07-15"),
            draft(starts_local="2026-07-16T08:00", minutes=45, contact_id=1),
            weekly(),
            "all",
        )
    )
    assert shown(office, "2026-07-13", "2026-08-16") == [
        "2026-07-16T08:00", "2026-07-23T13:00", "2026-08-05T09:00", "2026-08-13T08:00",
    ]  # fmt: skip
    minutes = office.read(lambda r: r.all("SELECT minutes FROM appointments ORDER BY id"))
    assert minutes == [(45,), (60,)]
    office.runner.run(UndoLast())
    assert book(office) == before


def test_all_leaves_what_has_begun(office: Office, mowing: int, clock: FrozenClock) -> None:
    clock.advance(10 * 86_400)  # Friday, July 24
    office.runner.run(MoveSeries(number(mowing, "2026-07-29"), "2026-07-28T15:00", "all"))
    assert shown(office, "2026-07-13", "2026-08-09") == [
        "2026-07-15T09:00", "2026-07-22T09:00", "2026-07-28T15:00", "2026-08-04T15:00",
    ]  # fmt: skip


def test_moving_every_day_by_a_day_lets_no_two_rows_meet(office: Office, moen: int) -> None:
    daily = office.runner.run(CreateSeries(draft(contact_id=moen), weekly("FREQ=DAILY")))
    for day in (16, 17, 18, 19):
        office.runner.run(MoveAppointment(number(daily, f"2026-07-{day}"), f"2026-07-{day}T14:00"))
    office.runner.run(SkipOccurrence(number(daily, "2026-07-20")))
    before = book(office)
    for to in ("2026-07-16T09:00", "2026-07-15T12:00"):
        office.runner.run(MoveSeries(number(daily, "2026-07-15"), to, "all"))
        office.runner.run(UndoLast())
        assert book(office) == before
    office.runner.run(MoveSeries(number(daily, "2026-07-16"), "2026-07-17T14:00", "following"))
    office.runner.run(UndoLast())
    assert book(office) == before


def test_count_is_what_is_left(office: Office, moen: int) -> None:
    series = office.runner.run(
        CreateSeries(draft(contact_id=moen), weekly("FREQ=WEEKLY;BYDAY=WE;COUNT=4"))
    )
    office.runner.run(MoveSeries(number(series, "2026-07-29"), "2026-07-30T09:00"))
    assert shown(office, "2026-07-13", "2026-12-31") == [
        "2026-07-15T09:00", "2026-07-22T09:00", "2026-07-30T09:00", "2026-08-06T09:00",
    ]  # fmt: skip


def test_a_series_ends_is_cancelled_or_goes(office: Office, mowing: int) -> None:
    before = book(office)
    office.runner.run(EndSeries(number(mowing, "2026-07-29")))
    assert shown(office, "2026-07-13", "2026-12-31") == ["2026-07-15T09:00", "2026-07-22T09:00"]
    office.runner.run(UndoLast())
    office.runner.run(CancelSeries(number(mowing, "2026-07-22"), "Moved away"))
    rows = office.read(lambda r: r.all("SELECT occurrence_on, cancel_reason FROM appointments"))
    assert rows == [("2026-07-22", "Moved away")]
    assert shown(office, "2026-07-13", "2026-12-31") == ["2026-07-15T09:00", "2026-07-22T09:00"]
    office.runner.run(UndoLast())
    office.runner.run(DeleteSeries(number(mowing, "2026-07-22")))
    assert shown(office, "2026-07-13", "2026-12-31") == []
    office.runner.run(UndoLast())
    assert book(office) == before


def test_visits_that_began_since_stay_when_the_change_is_undone(
    office: Office, mowing: int, clock: FrozenClock
) -> None:
    office.runner.run(MoveSeries(number(mowing, "2026-07-15"), "2026-07-16T09:00"))
    clock.advance(3 * 86_400)  # Friday, July 17
    assert office.runner.run(SettleSeries()) == 1
    assert office.runner.run(SettleSeries()) == 0
    office.runner.run(UndoLast())
    assert shown(office, "2026-07-13", "2026-07-31") == [
        "2026-07-16T09:00", "2026-07-22T09:00", "2026-07-29T09:00",
    ]  # fmt: skip
    office.runner.run(RedoLast())
    assert shown(office, "2026-07-13", "2026-07-31") == [
        "2026-07-16T09:00", "2026-07-23T09:00", "2026-07-30T09:00",
    ]  # fmt: skip


def test_a_visit_finished_since_stays_when_the_new_series_is_undone(
    office: Office, mowing: int, clock: FrozenClock
) -> None:
    edited = office.runner.run(
        ChangeSeries(
            number(mowing, "2026-07-15"), draft(minutes=30, contact_id=1), weekly(), "following"
        )
    )
    clock.advance(2 * 86_400)
    office.runner.run(SettleSeries())
    row = office.read(lambda r: row_id(r, edited))
    office.runner.run(FinishAppointment(row))
    undo_of_series = office.read(
        lambda r: r.value("SELECT id FROM journal WHERE command = 'ChangeSeries'")
    )
    from tcf_desktop.services.undo import UndoEntry

    office.runner.run(UndoEntry(undo_of_series))
    found = office.read(lambda r: r.all("SELECT minutes, state FROM appointments"))
    assert found == [(30, "done")]
    assert shown(office, "2026-07-13", "2026-07-26") == ["2026-07-15T09:00", "2026-07-22T09:00"]


@pytest.mark.parametrize("scope", ["following", "all"])
def test_undo_hours_later_restores_every_byte(
    office: Office, mowing: int, clock: FrozenClock, scope: Scope
) -> None:
    clock.advance(2 * 86_400)  # Thursday: the first has begun
    office.runner.run(SettleSeries())
    before = book(office)
    changed = draft(starts_local="2026-07-27T14:00", title="Edging", contact_id=1)
    edit = ChangeSeries(number(mowing, "2026-07-29"), changed, weekly(), scope)
    office.runner.run(edit)
    clock.advance(9 * 3_600)
    office.runner.run(SettleSeries())
    office.runner.run(UndoLast())
    assert book(office) == before
    office.runner.run(RedoLast())
    clock.advance(9 * 3_600)
    office.runner.run(UndoLast())
    assert book(office) == before


def test_a_contact_with_a_series_ahead_stays(office: Office, mowing: int) -> None:
    with pytest.raises(AppError) as caught:
        office.runner.run(DeleteContact((1,)))
    assert caught.value.code == "contacts.has_visits"
    office.runner.run(DeleteSeries(number(mowing, "2026-07-15")))
    office.runner.run(DeleteContact((1,)))


_ROWS = "SELECT occurrence_on FROM appointments ORDER BY occurrence_on"
