from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain import appointments as rules

ZONES = ("America/Chicago", "Europe/Warsaw", "Australia/Lord_Howe", "America/Phoenix")


def utc(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M")


@pytest.mark.parametrize(
    ("starts_local", "zone", "expected"),
    [
        ("2026-07-15T14:00", "America/Chicago", "2026-07-15T19:00"),
        ("2026-01-15T14:00", "America/Chicago", "2026-01-15T20:00"),
        ("2026-03-08T02:30", "America/Chicago", "2026-03-08T08:30"),
        ("2026-11-01T01:30", "America/Chicago", "2026-11-01T06:30"),
        ("2026-03-29T02:15", "Europe/Warsaw", "2026-03-29T01:15"),
        ("2026-10-25T02:15", "Europe/Warsaw", "2026-10-25T00:15"),
        ("2026-10-04T02:10", "Australia/Lord_Howe", "2026-10-03T15:40"),
        ("2026-04-05T01:45", "Australia/Lord_Howe", "2026-04-04T14:45"),
        ("2026-07-15T14:00", "America/Phoenix", "2026-07-15T21:00"),
    ],
)
def test_wall_time_gives_the_instant_also_at_the_change_of_the_clock(
    starts_local: str, zone: str, expected: str
) -> None:
    assert utc(rules.instants(starts_local, 60, zone).starts_at) == expected


def test_two_hours_over_the_change_last_two_hours() -> None:
    found = rules.instants("2026-03-08T01:00", 120, "America/Chicago")
    assert found.ends_at - found.starts_at == 120 * 60_000
    assert rules.wall_of(found.ends_at, "America/Chicago") == datetime(2026, 3, 8, 4, 0)


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-03-08", 23), ("2026-11-01", 25), ("2026-07-14", 24)]
)
def test_whole_day_runs_from_midnight_to_midnight(day: str, hours: int) -> None:
    found = rules.instants(f"{day}T09:00", 1440, "America/Chicago", all_day=True)
    assert (found.ends_at - found.starts_at) / 3_600_000 == hours


def test_skipped_and_double_wall_times_are_known() -> None:
    assert rules.is_skipped("2026-03-08T02:30", "America/Chicago")
    assert not rules.is_skipped("2026-03-08T03:00", "America/Chicago")
    assert rules.is_double("2026-11-01T01:30", "America/Chicago")
    assert not rules.is_double("2026-11-01T02:00", "America/Chicago")
    assert not rules.is_double("2026-03-08T02:30", "America/Chicago")


@given(st.datetimes(datetime(1990, 1, 1), datetime(2037, 12, 31)), st.sampled_from(ZONES))
def test_instant_and_wall_time_agree_outside_skipped_times(wall: datetime, zone: str) -> None:
    wall = wall.replace(second=0, microsecond=0)
    back = rules.wall_of(rules.local_instant(wall, zone), zone)
    if rules.is_skipped(rules.format_local(wall), zone):
        assert back > wall
    else:
        assert back == wall
    assert rules.local_instant(wall, zone) == round(
        wall.replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000
    )


def test_unknown_zone_and_bad_time_are_said_in_words() -> None:
    for zone in ("Mars/Base", "America", "../etc/passwd", "", "a" * 5000):
        with pytest.raises(AppError, match="time zone"):
            rules.instants("2026-07-15T14:00", 60, zone)
    for text in ("", "2026-13-01T10:00", "2026-07-15T14:00Z", "tomorrow"):
        with pytest.raises(AppError) as refused:
            rules.instants(text, 60, "UTC")
        assert refused.value.code == "schedule.time"


def test_states_follow_each_other_only_as_work_does() -> None:
    assert rules.checked_state("confirmed", "done") == "done"
    assert rules.checked_state("done", "confirmed") == "confirmed"
    assert rules.checked_state("cancelled", "cancelled") == "cancelled"
    for current, wanted in (("cancelled", "done"), ("done", "cancelled"), ("done", "no_show")):
        with pytest.raises(AppError) as refused:
            rules.checked_state(current, wanted)
        assert refused.value.code == "schedule.state"


def test_promised_window_moves_with_the_visit() -> None:
    moved = rules.moved_arrival("2026-07-15T13:45", "2026-07-15T14:00", "2026-07-16T09:30")
    assert moved == "2026-07-16T09:15"
    assert rules.moved_arrival(None, "2026-07-15T14:00", "2026-07-16T09:30") is None


def test_visit_is_late_after_its_window_until_its_time_is_over() -> None:
    times = rules.instants("2026-07-14T10:00", 120, "America/Chicago")

    def late(minute: int, state: str = "confirmed", window: int | None = 30) -> bool:
        return rules.is_late(
            times.starts_at + minute * 60_000,
            state=state,
            starts_local="2026-07-14T10:00",
            ends_at=times.ends_at,
            zone="America/Chicago",
            arrival_from=None,
            arrival_minutes=window,
        )

    assert [late(29), late(31), late(119), late(120)] == [False, True, True, False]
    assert [late(14, window=None), late(16, window=None)] == [False, True]
    assert not late(60, "arrived")
    assert not late(60, "done")


def test_week_starts_on_the_weekday_of_the_system() -> None:
    day = date(2026, 7, 14)
    assert rules.week_start(day) == date(2026, 7, 13)
    assert rules.week_start(day, 6) == date(2026, 7, 12)
    assert rules.week_start(date(2026, 7, 12), 6) == date(2026, 7, 12)
