"""A time to offer."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tcf_desktop.domain.appointments import WORK_FROM, WORK_TO
from tcf_desktop.domain.free_slot import gaps, start_in, suggested_start
from tcf_desktop.domain.working_hours import Hours

FRIDAY = date(2026, 7, 17)
NINE = 9 * 60


def span(day: int, start: int, end: int) -> tuple[datetime, datetime]:
    return datetime(2026, 7, day, start), datetime(2026, 7, day, end)


def test_the_usual_hour_is_offered_when_it_is_free() -> None:
    assert suggested_start(FRIDAY, 90, NINE, []) == datetime(2026, 7, 17, 9)


def test_what_is_taken_is_gone_around_and_weekends_are_left_out() -> None:
    assert suggested_start(FRIDAY, 60, NINE, [span(17, 9, 12)]) == datetime(2026, 7, 17, 8)
    assert suggested_start(FRIDAY, 60, NINE, [span(17, 7, 18)]) == datetime(2026, 7, 20, 9)


def test_three_full_weeks_still_give_a_time() -> None:
    full = [(datetime(2026, 7, 1), datetime(2026, 9, 1))]
    assert suggested_start(FRIDAY, 60, NINE, full) == datetime(2026, 7, 17, 9)
    assert suggested_start(FRIDAY, 2000, NINE, []).hour == WORK_FROM // 60


def test_days_without_work_are_left_out_and_short_days_kept() -> None:
    def hours(on: date) -> Hours | None:
        return None if on == FRIDAY else Hours(10 * 60, 12 * 60)

    assert suggested_start(FRIDAY, 90, NINE, [], hours) == datetime(2026, 7, 18, 10)
    assert suggested_start(FRIDAY, 60, 15 * 60, [], hours) == datetime(2026, 7, 18, 11)


@given(
    st.lists(st.tuples(st.integers(-100, 1500), st.integers(5, 300)), max_size=12),
    st.integers(5, 300),
    st.one_of(st.none(), st.integers(0, 1439)),
)
def test_every_gap_has_room_and_holds_its_start(
    blocks: list[tuple[int, int]], minutes: int, usual: int | None
) -> None:
    taken = [(begin, begin + length) for begin, length in blocks]
    hours = Hours(480, 1020)
    for gap in gaps(hours, taken, minutes):
        start = start_in(gap, minutes, usual)
        assert gap.from_minute <= start
        assert start + minutes <= gap.to_minute
        assert hours.from_minute <= gap.from_minute < gap.to_minute <= hours.to_minute
        assert not any(start < end and begin < start + minutes for begin, end in taken)


@given(
    st.integers(15, 540),
    st.integers(0, 1439),
    st.lists(st.tuples(st.integers(0, 30_000), st.integers(15, 600)), max_size=30),
)
def test_a_found_time_is_free_and_inside_working_hours(
    minutes: int, usual: int, blocks: list[tuple[int, int]]
) -> None:
    zero = datetime(2026, 7, 17)
    busy = [(zero + timedelta(minutes=a), zero + timedelta(minutes=a + n)) for a, n in blocks]
    start = suggested_start(FRIDAY, minutes, usual, busy)
    end = start + timedelta(minutes=minutes)
    assert start.weekday() < 5
    day = datetime(start.year, start.month, start.day)
    assert (start - day).total_seconds() >= WORK_FROM * 60
    assert (end - day).total_seconds() <= WORK_TO * 60
    assert not any(start < b and a < end for a, b in busy)
