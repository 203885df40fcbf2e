from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcf_desktop.domain import when_input

TUESDAY = date(2026, 7, 14)


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("2", 840),
        ("2pm", 840),
        ("2 a.m.", 120),
        ("8", 480),
        ("8p", 1200),
        ("12", 720),
        ("12am", 0),
        ("noon", 720),
        ("14:30", 870),
        ("1430", 870),
        ("830", 510),
        ("1:30", 810),
        ("02:00", 120),
        ("7.15", 435),
        ("0", 0),
        ("23:59", 1439),
        ("24:00", None),
        ("9:75", None),
        ("13pm", None),
        ("soon", None),
        ("", None),
    ],
)
def test_times_are_read_as_an_office_says_them(text: str, minute: int | None) -> None:
    assert when_input.parse_time(text) == minute


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("45m", 45),
        ("2h15", 135),
        ("2h 15m", 135),
        ("1:30", 90),
        ("1.5", 90),
        ("1,5 h", 90),
        ("2", 120),
        ("90", 90),
        ("45 min", 45),
        ("2 h", 120),
        ("0", None),
        ("1:75", None),
        ("long", None),
    ],
)
def test_lengths_are_forgiving(text: str, minutes: int | None) -> None:
    assert when_input.parse_length(text) == minutes


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", TUESDAY),
        ("tomorrow", date(2026, 7, 15)),
        ("tue", TUESDAY),
        ("thurs", date(2026, 7, 16)),
        ("mo", date(2026, 7, 20)),
        ("t", None),
        ("7/14", TUESDAY),
        ("7/20/26", date(2026, 7, 20)),
        ("20.7.", date(2026, 7, 20)),
        ("1/5", date(2027, 1, 5)),
        ("5/1", date(2026, 5, 1)),
        ("+2w", date(2026, 7, 28)),
        ("+3", date(2026, 7, 17)),
        ("+1m", date(2026, 8, 14)),
        ("jul 20", date(2026, 7, 20)),
        ("20 july 2027", date(2027, 7, 20)),
        ("2026-07-20", date(2026, 7, 20)),
        ("13/14", None),
        ("2/30", None),
        ("", None),
    ],
)
def test_days_are_forgiving(text: str, day: date | None) -> None:
    assert when_input.parse_date(text, TUESDAY) == day


def test_day_first_offices_read_the_other_way() -> None:
    assert when_input.parse_date("14/7", TUESDAY, day_first=True) == TUESDAY


@pytest.mark.parametrize(
    ("text", "day", "minute"),
    [
        ("tue 2", TUESDAY, 840),
        ("7/15 1:30 pm", date(2026, 7, 15), 810),
        ("+2w", date(2026, 7, 28), None),
        ("tomorrow at 9", date(2026, 7, 15), 540),
        ("9am", None, 540),
        ("jul 20 8:15", date(2026, 7, 20), 495),
        ("whenever", None, None),
    ],
)
def test_day_and_time_on_one_line(text: str, day: date | None, minute: int | None) -> None:
    assert when_input.parse_when(text, TUESDAY) == (day, minute)


@given(st.text(max_size=40))
def test_any_text_is_understood_or_not_but_never_fails(text: str) -> None:
    when_input.parse_when(text, TUESDAY)
    when_input.parse_length(text)
