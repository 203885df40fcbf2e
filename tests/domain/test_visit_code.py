"""Codes of visits: whatever one gets wrong in typing is noticed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.visit_code import (
    ALPHABET,
    VisitCode,
    code_of_occurrence,
    code_of_row,
    is_meant,
    parse_code,
)

rows = st.integers(1, 10**9)
days = st.dates(date(1970, 1, 1), date(2149, 1, 1))


@given(rows, days)
@settings(max_examples=200)
def test_a_code_leads_back_to_its_visit(number: int, on: date) -> None:
    assert parse_code(code_of_row(number)) == VisitCode(appointment_id=number)
    found = parse_code(code_of_occurrence(number, on))
    assert found == VisitCode(series_id=number, on=on)


@given(rows, st.data())
@settings(max_examples=300)
def test_a_wrong_sign_and_two_that_changed_places_are_noticed(
    number: int, data: st.DataObject
) -> None:
    code = code_of_row(number)
    place = data.draw(st.integers(1, len(code) - 1))
    sign = data.draw(st.sampled_from([s for s in ALPHABET if s != code[place]]))
    wrong = [code[:place] + sign + code[place + 1 :]]
    if place + 1 < len(code) and code[place] != code[place + 1]:
        wrong.append(code[:place] + code[place + 1] + code[place] + code[place + 2 :])
    for text in wrong:
        assert is_meant(text)
        with pytest.raises(AppError) as refused:
            parse_code(text)
        assert refused.value.code == "visit.code_check"


def test_codes_are_short_and_typed_as_one_likes() -> None:
    code = code_of_row(200_000)
    assert len(code) == 7
    assert len(code_of_occurrence(500, date(2026, 7, 14))) <= 8
    assert parse_code(f" {code[:3].lower()}-{code[3:]} ") == VisitCode(appointment_id=200_000)


def test_a_sign_that_is_in_no_code_is_named() -> None:
    with pytest.raises(AppError) as refused:
        parse_code("V7K3MO")
    assert refused.value.code == "visit.code_signs"
    assert "“O”" in str(refused.value)


def test_names_are_not_taken_for_codes() -> None:
    for text in ("Vera", "Victoria", "Vandenberg", "V", "7K3MQX", "605-555-0148", "V2"):
        assert not is_meant(text)
    assert is_meant("v7k3mq")


def test_a_date_that_no_code_can_say_has_none() -> None:
    assert code_of_occurrence(1, date(2150, 1, 1)) == ""
    assert code_of_occurrence(1, date(1969, 12, 31)) == ""
