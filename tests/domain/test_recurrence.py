"""Rules of what comes again, against dateutil working without our short cuts."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain import recurrence
from tcf_desktop.domain.recurrence import Rule, parse_rule, rule_text

DAYS = st.dates(date(1995, 1, 1), date(2035, 12, 31))


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    freq = draw(st.sampled_from(recurrence.FREQUENCIES))
    nth = st.sampled_from((0, 1, 2, -1)) if freq in ("MONTHLY", "YEARLY") else st.just(0)
    weekdays = draw(st.lists(st.tuples(st.integers(0, 6), nth), max_size=3, unique=True))
    by_month = freq in ("MONTHLY", "YEARLY")
    numbers = st.integers(1, 31) | st.integers(-3, -1)
    month_days = draw(st.lists(numbers, max_size=2, unique=True)) if by_month else []
    months = draw(st.lists(st.integers(1, 12), max_size=3, unique=True))
    positions: list[int] = []
    if (weekdays or month_days) and by_month and draw(st.booleans()):
        positions = [draw(st.sampled_from((1, 2, -1)))]
    end = draw(st.sampled_from(("", "count", "until")))
    return Rule(
        freq,
        interval=draw(st.integers(1, 5)),
        count=draw(st.integers(1, 40)) if end == "count" else None,
        until=draw(DAYS) if end == "until" else None,
        weekdays=tuple(weekdays),
        month_days=tuple(month_days),
        months=tuple(months),
        positions=tuple(positions),
        week_start=draw(st.integers(0, 6)),
    )


def judged(rule: Rule, first: date, begin: date, end: date) -> list[date]:
    start = datetime.combine(first, datetime.min.time())
    judge = rrulestr(rule_text(rule), dtstart=start)
    found = []
    for moment in judge:
        if moment.date() > end:
            break
        if moment.date() >= begin:
            found.append(moment.date())
    return found


@settings(max_examples=200, deadline=None)
@given(rules(), DAYS, st.integers(-400, 3000), st.integers(0, 500))
def test_any_window_of_any_rule_has_the_dates_that_dateutil_finds_from_the_start(
    rule: Rule, first: date, offset: int, length: int
) -> None:
    begin = first + timedelta(days=offset)
    end = begin + timedelta(days=length)
    assert recurrence.dates(rule, first, begin, end) == judged(rule, first, begin, end)


@settings(max_examples=200, deadline=None)
@given(rules())
def test_a_rule_is_the_same_after_writing_and_reading(rule: Rule) -> None:
    assert parse_rule(rule_text(rule)) == rule


@settings(max_examples=40, deadline=None)
@given(rules().filter(lambda rule: rule.count or rule.until), DAYS)
def test_the_last_date_of_a_rule_that_ends_is_its_last(rule: Rule, first: date) -> None:
    end = date(first.year + recurrence.MAX_YEARS, 12, 31)
    every = judged(rule, first, first, end)
    assert recurrence.last_date(rule, first) == (every[-1] if every else first)


@pytest.mark.parametrize(
    ("text", "first", "wanted"),
    [
        ("FREQ=WEEKLY;INTERVAL=3", "2026-03-02", ["2026-03-02", "2026-03-23", "2026-04-13"]),
        ("FREQ=MONTHLY;BYDAY=1MO", "2026-03-02", ["2026-03-02", "2026-04-06", "2026-05-04"]),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "2026-01-30",
            ["2026-01-30", "2026-02-27", "2026-03-31"],
        ),
        ("FREQ=MONTHLY", "2026-01-31", ["2026-01-31", "2026-03-31", "2026-05-31"]),
        ("FREQ=YEARLY", "2024-02-29", ["2024-02-29", "2028-02-29", "2032-02-29"]),
    ],
)
def test_what_offices_ask_for(text: str, first: str, wanted: list[str]) -> None:
    start = date.fromisoformat(first)
    found = recurrence.next_dates(parse_rule(text), start, start - timedelta(days=1), 3)
    assert [day.isoformat() for day in found] == wanted


def test_until_before_the_start_gives_nothing() -> None:
    rule = parse_rule("FREQ=DAILY;UNTIL=20260101")
    first = date(2026, 2, 1)
    assert recurrence.dates(rule, first, first, date(2027, 1, 1)) == []
    assert recurrence.last_date(rule, first) == first


def test_a_date_that_never_comes_costs_only_the_window() -> None:
    rule = parse_rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=5")
    assert recurrence.dates(rule, date(1999, 1, 1), date(2026, 1, 1), date(2026, 12, 31)) == []
    assert recurrence.first_date(rule, date(1999, 1, 1)) is None


@pytest.mark.parametrize(
    "text",
    ["", "FREQ=SECONDLY", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;BYHOUR=1,2", "FREQ=WEEKLY;BYDAY=XX",
     "FREQ=DAILY;COUNT=-1", "FREQ=DAILY;UNTIL=tomorrow", "FREQ=MONTHLY;BYMONTHDAY=0",
     "FREQ=WEEKLY;WKST=ÄÄ", "FREQ=MONTHLY;BYDAY=99MO"],
)  # fmt: skip
def test_a_rule_that_makes_no_sense_is_refused_by_name(text: str) -> None:
    with pytest.raises(AppError) as refused:
        parse_rule(text)
    assert refused.value.code == "schedule.rule"


@given(st.integers(1, 10**9), st.dates())
def test_the_number_of_an_occurrence_names_its_series_and_date(series: int, on: date) -> None:
    ident = recurrence.occurrence_id(series, on)
    assert ident < 0
    assert recurrence.occurrence_of(ident) == (series, on)
