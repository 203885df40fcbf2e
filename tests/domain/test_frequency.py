"""When something is due again, and what history says about a habit."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain import frequency as rules
from tcf_desktop.domain.frequency import Rhythm

DAYS = st.dates(date(2000, 1, 1), date(2080, 12, 31))
MARKS = DAYS.map(lambda day: day.isoformat()[5:])


@st.composite
def rhythms(draw: st.DrawFn) -> Rhythm:
    unit = draw(st.sampled_from(rules.UNITS))
    count = draw(st.integers(1, rules.MOST[unit]))
    ends = draw(
        st.one_of(st.just(("", "")), st.tuples(MARKS.filter(lambda mark: mark != "02-29"), MARKS))
    )
    return Rhythm(count, unit, *ends)


@pytest.mark.parametrize(
    ("anchor", "rhythm", "expected"),
    [
        ("2026-07-14", Rhythm(8, "week"), "2026-09-08"),
        ("2026-01-31", Rhythm(1, "month"), "2026-02-28"),
        ("2024-02-29", Rhythm(1, "year"), "2025-02-28"),
        ("2025-12-31", Rhythm(6, "month"), "2026-06-30"),
        ("2026-07-14", Rhythm(10, "day"), "2026-07-24"),
        ("2025-11-20", Rhythm(3, "month", "04-01", "10-31"), "2026-04-01"),
        ("2026-06-20", Rhythm(3, "month", "04-01", "10-31"), "2026-09-20"),
        ("2026-07-20", Rhythm(2, "month", "11-01", "02-29"), "2026-11-01"),
        ("2026-11-20", Rhythm(2, "month", "11-01", "02-29"), "2027-01-20"),
    ],
)
def test_due_date_of_a_visit(anchor: str, rhythm: Rhythm, expected: str) -> None:
    assert rules.due_on(date.fromisoformat(anchor), rhythm).isoformat() == expected


def test_a_visit_at_the_end_of_all_days_is_never_due_again() -> None:
    for rhythm in (Rhythm(10, "year"), Rhythm(1, "day", "04-01", "10-31")):
        assert rules.due_on(date(9999, 12, 31), rhythm) == date.max


def test_month_ends_come_back_because_every_step_counts_from_the_anchor() -> None:
    monthly = Rhythm(1, "month")
    steps = [rules.stepped(date(2026, 1, 31), monthly, n).day for n in range(1, 5)]
    assert steps == [28, 31, 30, 31]


@given(DAYS, rhythms())
def test_due_date_is_later_than_the_visit_and_in_season(anchor: date, rhythm: Rhythm) -> None:
    due = rules.due_on(anchor, rhythm)
    step = rules.stepped(anchor, rhythm)
    assert due >= step > anchor
    assert rules.in_season(due, rhythm)
    if due != step:
        assert not rules.in_season(step, rhythm)
        assert not rules.in_season(due - timedelta(days=1), rhythm)
        assert (due - step).days <= 366


@given(DAYS, rhythms(), st.integers(1, 12))
def test_steps_of_months_keep_the_day_or_the_last_of_the_month(
    anchor: date, rhythm: Rhythm, times: int
) -> None:
    if rhythm.unit in ("month", "year"):
        day = rules.stepped(anchor, rhythm, times)
        last = (day + timedelta(days=1)).day == 1
        assert day.day == anchor.day or (last and day.day < anchor.day)
    else:
        whole = (rules.stepped(anchor, rhythm, times) - anchor).days
        assert whole == rhythm.every_n * times * (7 if rhythm.unit == "week" else 1)


@given(DAYS, rhythms())
def test_next_season_begins_after_the_day(day: date, rhythm: Rhythm) -> None:
    start = rules.season_start_after(day, rhythm)
    assert day < start <= day + timedelta(days=366)
    assert rules.in_season(start, rhythm)


@pytest.mark.parametrize(
    "rhythm",
    [
        Rhythm(0, "week"), Rhythm(-1, "day"), Rhythm(11, "year"), Rhythm(1, "decade"),
        Rhythm(1, "week", "04-01", ""), Rhythm(1, "week", "4-1", "10-31"),
        Rhythm(1, "week", "02-30", "03-01"), Rhythm(1, "week", "13-01", "03-01"),
        Rhythm(1, "week", "ab-cd", "03-01"),
        Rhythm(1, "week", "02-29", "05-31"),
        Rhythm(1, "week", "0²-01", "03-01"),
    ],
)  # fmt: skip
def test_a_rhythm_that_means_nothing_is_refused(rhythm: Rhythm) -> None:
    with pytest.raises(AppError):
        rules.checked(rhythm)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, (0, "day")), (-3, (3, "day")), (13, (13, "day")), (14, (2, "week")),
        (62, (8, "week")), (63, (2, "month")), (400, (13, "month")), (800, (2, "year")),
    ],
)  # fmt: skip
def test_a_distance_is_said_in_fair_units(days: int, said: tuple[int, str]) -> None:
    assert rules.apart(days) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [(5, (5, "day")), (7, (1, "week")), (10, (10, "day")), (13, (2, "week")), (28, (4, "week")),
     (56, (8, "week")), (91, (3, "month")), (182, (6, "month")), (365, (1, "year")),
     (730, (2, "year"))],
)  # fmt: skip
def test_a_habit_is_said_in_round_units(days: int, said: tuple[int, str]) -> None:
    assert rules.about(days) == said


def test_the_habit_is_the_median_of_the_gaps_and_needs_three_visits() -> None:
    start = date(2025, 1, 1)
    visits = [start + timedelta(days=n) for n in (0, 56, 112, 300, 356)]
    assert rules.learned_interval(visits) == 56
    assert rules.learned_interval(visits[:2]) is None
    assert rules.learned_interval([start, start, start + timedelta(days=9)]) is None


@given(st.lists(DAYS, min_size=3, max_size=20))
def test_the_habit_lies_between_the_shortest_and_the_longest_gap(visits: list[date]) -> None:
    days = sorted(set(visits))[-rules.RECENT_VISITS :]
    gaps = [(b - a).days for a, b in pairwise(days)]
    learned = rules.learned_interval(visits)
    assert (learned is None) == (len(days) < 3)
    if learned is not None:
        assert min(gaps) <= learned <= max(gaps)


def test_quiet_means_well_past_the_habit() -> None:
    visits = [date(2025, 1, 1), date(2025, 3, 2), date(2025, 5, 1)]  # every 60 days
    assert not rules.is_quiet(visits, date(2025, 8, 29))  # 120 days later
    assert rules.is_quiet(visits, date(2025, 8, 30))
    assert not rules.is_quiet(visits[:2], date(2030, 1, 1))
