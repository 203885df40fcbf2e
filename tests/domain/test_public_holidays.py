"""Public holidays and what a series does with them."""

from __future__ import annotations

from datetime import date

import pytest

from tcf_desktop.domain.public_holidays import holiday_name, kept_date, public_holidays

FOURTH = date(2025, 7, 4)  # a Friday


def off(day: date) -> bool:
    return bool(holiday_name("US", "", day))


@pytest.mark.parametrize(
    ("choice", "wanted"),
    [
        ("keep", FOURTH),
        ("skip", None),
        ("before", date(2025, 7, 3)),
        ("after", date(2025, 7, 5)),
    ],
)
def test_a_visit_on_a_holiday_goes_where_the_office_chose(choice: str, wanted: date | None) -> None:
    assert kept_date(FOURTH, choice, off) == wanted
    assert kept_date(date(2025, 7, 2), choice, off) == date(2025, 7, 2)


def test_holidays_of_a_region_are_known_and_an_unknown_one_has_those_of_the_country() -> None:
    assert date(2026, 1, 6) in public_holidays("DE", "BY", 2026)
    assert date(2026, 1, 6) not in public_holidays("DE", "BE", 2026)
    assert public_holidays("DE", "nowhere", 2026) == public_holidays("DE", "", 2026)


def test_an_unknown_country_has_none() -> None:
    assert public_holidays("XX", "", 2026) == {}


def test_a_year_of_holidays_moves_a_visit_no_further_than_a_week() -> None:
    assert kept_date(FOURTH, "after", lambda _day: True) is None
