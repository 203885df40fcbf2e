"""The dates of repeating invoices."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tcf_desktop.domain.billing_plans import Period, due_dates, next_due, period_of
from tcf_desktop.domain.recurrence import parse_rule

RULES = st.sampled_from(
    [
        "FREQ=DAILY;INTERVAL=10",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;INTERVAL=4",
        "FREQ=WEEKLY;BYDAY=MO,TH",
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;INTERVAL=3",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYDAY=1MO",
        "FREQ=YEARLY",
    ]
)
ANCHORS = st.dates(date(2020, 1, 1), date(2028, 12, 31))


def test_the_31st_is_the_last_day_of_a_shorter_month_and_comes_back() -> None:
    found = due_dates(
        parse_rule("FREQ=MONTHLY"), date(2026, 1, 31), date(2026, 1, 1), date(2026, 5, 31)
    )
    assert [f"{day:%m-%d}" for day in found] == ["01-31", "02-28", "03-31", "04-30", "05-31"]


def test_29_february_is_billed_every_year() -> None:
    found = next_due(parse_rule("FREQ=YEARLY"), date(2024, 2, 29), date(2024, 2, 28), 5)
    assert [day.isoformat() for day in found] == [
        "2024-02-29",
        "2025-02-28",
        "2026-02-28",
        "2027-02-28",
        "2028-02-29",
    ]


def test_every_four_weeks_is_28_days_and_not_a_month() -> None:
    found = next_due(parse_rule("FREQ=WEEKLY;INTERVAL=4"), date(2026, 1, 5), date(2026, 1, 4), 14)
    assert {(later - day).days for day, later in pairwise(found)} == {28}


def test_a_count_ends_the_plan() -> None:
    rule = parse_rule("FREQ=MONTHLY;COUNT=3")
    assert len(due_dates(rule, date(2026, 1, 31), date(2026, 1, 1), date(2030, 1, 1))) == 3


def test_the_first_date_bills_the_step_before_it() -> None:
    period = period_of(parse_rule("FREQ=MONTHLY"), date(2026, 7, 31), date(2026, 7, 31))
    assert period == Period(date(2026, 6, 30), date(2026, 7, 30))


@given(RULES, ANCHORS, st.integers(0, 900), st.integers(0, 900))
def test_a_window_gives_the_same_dates_as_the_whole(
    text: str, anchor: date, start: int, days: int
) -> None:
    rule = parse_rule(text)
    begin = anchor + timedelta(days=start)
    end = begin + timedelta(days=days)
    whole = due_dates(rule, anchor, anchor, end)
    assert due_dates(rule, anchor, begin, end) == [day for day in whole if day >= begin]
    assert whole == sorted(set(whole))


@given(RULES, ANCHORS)
def test_periods_follow_each_other_without_gap_or_overlap(text: str, anchor: date) -> None:
    rule = parse_rule(text)
    days = next_due(rule, anchor, anchor - timedelta(days=1), 8)
    periods = [period_of(rule, anchor, day) for day in days]
    assert all(period.begin <= period.end for period in periods)
    assert all(
        period.end + timedelta(days=1) == day for period, day in zip(periods, days, strict=True)
    )
    for period, later in pairwise(periods):
        assert later.begin == period.end + timedelta(days=1)


@given(ANCHORS, st.integers(1, 12))
def test_a_monthly_plan_leaves_no_month_out(anchor: date, every: int) -> None:
    days = next_due(parse_rule(f"FREQ=MONTHLY;INTERVAL={every}"), anchor, anchor, 30)
    numbers = [day.year * 12 + day.month for day in [anchor, *days]]
    assert {later - one for one, later in pairwise(numbers)} == {every}
