"""What is typed for a frequency."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcf_desktop.domain.frequency import Rhythm
from tcf_desktop.domain.frequency_text import parse, season_name, spans_months, text_of
from tests.domain.test_frequency import rhythms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("every 8 weeks", Rhythm(8, "week")),
        ("8 weeks", Rhythm(8, "week")),
        ("8w", Rhythm(8, "week")),
        ("Every Week", Rhythm(1, "week")),
        ("every other week", Rhythm(2, "week")),
        ("every two months", Rhythm(2, "month")),
        ("twice a year", Rhythm(6, "month")),
        ("2x a year", Rhythm(6, "month")),
        ("4x a year", Rhythm(3, "month")),
        ("4 times per year", Rhythm(3, "month")),
        ("4 x yearly", Rhythm(3, "month")),
        ("12 a year", Rhythm(1, "month")),
        ("26x/year", Rhythm(2, "week")),
        ("10 times a year", Rhythm(36, "day")),
        ("three times a year", Rhythm(4, "month")),
        ("once a month", Rhythm(1, "month")),
        ("twice a month", Rhythm(2, "week")),
        ("twice a week", Rhythm(4, "day")),
        ("monthly", Rhythm(1, "month")),
        ("quarterly", Rhythm(3, "month")),
        ("semi-annually", Rhythm(6, "month")),
        ("bi-weekly", Rhythm(2, "week")),
        ("every half year", Rhythm(6, "month")),
        ("annually", Rhythm(1, "year")),
        ("90 days", Rhythm(90, "day")),
        ("every spring", Rhythm(1, "year", "03-01", "05-31")),
        ("autumn", Rhythm(1, "year", "09-01", "11-30")),
        ("monthly in winter", Rhythm(1, "month", "12-01", "02-29")),
        ("every 8 weeks, april to october", Rhythm(8, "week", "04-01", "10-31")),
        ("every 2 weeks from Apr 15 until Oct 1", Rhythm(2, "week", "04-15", "10-01")),
        ("weekly nov-feb", Rhythm(1, "week", "11-01", "02-29")),
    ],
)
def test_typed_text_is_understood(text: str, expected: Rhythm) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "now and then", "0 weeks", "every 0 weeks", "8", "every 99 years", "week", "8 a week",
     "0 times a year", "500x a year", "every 8 weeks, ma to june 44", "40 times a month", "sprin"],
)  # fmt: skip
def test_what_is_unclear_is_not_guessed(text: str) -> None:
    assert parse(text) is None


@given(rhythms())
def test_every_rhythm_can_be_written_and_read_back(rhythm: Rhythm) -> None:
    assert parse(text_of(rhythm)) == rhythm


@given(st.text(max_size=60))
def test_any_text_is_answered(text: str) -> None:
    parse(text)


def test_seasons_are_named_where_they_have_a_name() -> None:
    assert season_name(Rhythm(1, "week", "12-01", "02-29")) == "winter"
    assert season_name(Rhythm(1, "week", "12-02", "02-29")) == ""
    assert spans_months(Rhythm(1, "week", "04-01", "10-31"))
    assert not spans_months(Rhythm(1, "week", "04-01", "10-30"))
