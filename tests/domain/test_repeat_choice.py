"""What a form offers for repeating, and the rule it stands for."""

from __future__ import annotations

from datetime import date

import pytest

from tcf_desktop.domain.recurrence import dates, parse_rule, rule_text
from tcf_desktop.domain.repeat_choice import (
    Choice,
    choice_of_rule,
    places_in_month,
    rule_of_choice,
)

WEDNESDAY = date(2026, 7, 15)  # the third of its month


@pytest.mark.parametrize(
    ("choice", "text"),
    [
        (Choice("day", 3), "FREQ=DAILY;INTERVAL=3"),
        (Choice("week", 2, (0, 3)), "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"),
        (Choice("month"), "FREQ=MONTHLY;BYMONTHDAY=15"),
        (Choice("month", 1, (), "nth"), "FREQ=MONTHLY;BYDAY=3WE"),
        (Choice("month", 1, (), "last_workday"), "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        (Choice("year", 1, (), "nth"), "FREQ=YEARLY;BYDAY=3WE;BYMONTH=7"),
        (
            Choice("week", 1, (2,), until=date(2026, 12, 1)),
            "FREQ=WEEKLY;UNTIL=20261201;BYDAY=WE",
        ),
        (Choice("year", count=3), "FREQ=YEARLY;COUNT=3;BYMONTHDAY=15;BYMONTH=7"),
    ],
)
def test_a_choice_and_its_rule_are_the_same(choice: Choice, text: str) -> None:
    rule = rule_of_choice(choice, WEDNESDAY)
    assert parse_rule(rule_text(rule)) == rule
    assert set(rule_text(rule).split(";")) == set(text.split(";"))
    assert choice_of_rule(rule, WEDNESDAY) == choice


def test_what_the_start_says_by_itself_is_recognised() -> None:
    assert choice_of_rule(parse_rule("FREQ=WEEKLY"), WEDNESDAY) == Choice("week")
    assert choice_of_rule(parse_rule("FREQ=MONTHLY;INTERVAL=6"), WEDNESDAY) == Choice("month", 6)
    assert choice_of_rule(parse_rule("FREQ=YEARLY"), WEDNESDAY) == Choice("year")


def test_a_rule_that_no_field_can_show_is_left_alone() -> None:
    for text in ("FREQ=MONTHLY;BYMONTHDAY=1,15", "FREQ=YEARLY;BYWEEKNO=20", "FREQ=DAILY;BYDAY=MO"):
        assert choice_of_rule(parse_rule(text), WEDNESDAY) is None


def test_only_places_that_are_true_of_the_day_are_offered() -> None:
    assert places_in_month(WEDNESDAY, "month")[:2] == ("date", "nth")
    assert "last" in places_in_month(date(2026, 7, 29), "month")
    assert "nth" not in places_in_month(date(2026, 7, 29), "year")
    assert "last_day" in places_in_month(date(2026, 2, 28), "month")
    rule = rule_of_choice(Choice("month", 1, (), "last_day"), date(2026, 1, 31))
    assert dates(rule, date(2026, 1, 31), date(2026, 2, 1), date(2026, 3, 31)) == [
        date(2026, 2, 28), date(2026, 3, 31),
    ]  # fmt: skip
