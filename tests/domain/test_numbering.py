"""Number patterns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.numbering import DEFAULT_PATTERN, parse_pattern


def test_the_default_counts_on_for_ever_from_1001() -> None:
    pattern = parse_pattern(DEFAULT_PATTERN)
    assert pattern.first == 1001
    assert pattern.format(1001, "2026-07-14") == "1001"
    assert pattern.format(12345, "2026-07-14") == "12345"
    assert pattern.series("2026-01-01") == pattern.series("2027-01-01")


def test_a_year_restarts_the_series() -> None:
    pattern = parse_pattern("{YYYY}-{000}")
    assert pattern.first == 1
    assert pattern.format(7, "2026-12-31") == "2026-007"
    assert pattern.series("2026-12-31") != pattern.series("2027-01-01")
    assert pattern.parse("2026-007") == (7, "2026")


@pytest.mark.parametrize("number", ["2026-07", "26-007", "2026-0007", "x2026-007", "2026-007 ", ""])
def test_foreign_numbers_are_not_parsed(number: str) -> None:
    assert parse_pattern("{YYYY}-{000}").parse(number) is None


@pytest.mark.parametrize(
    "text",
    ["", "INV", "{YYYY}", "{0000}{000}", "{YYYY}{YYYY}{00}", "{0000", "{MM}{00}", " {0000}",
     "{00}\n", "x" * 50 + "{0}"],
)  # fmt: skip
def test_a_pattern_needs_exactly_one_counter(text: str) -> None:
    with pytest.raises(AppError) as caught:
        parse_pattern(text)
    assert caught.value.code == "numbering.bad_pattern"


@given(
    st.sampled_from(["{0000}", "INV-{000}", "{YYYY}/{00}", "A.{0}.{YYYY}", "{YYYY}{0000}"]),
    st.integers(1, 10**9),
    st.integers(2000, 2999),
)
def test_a_number_can_be_read_back(text: str, counter: int, year: int) -> None:
    pattern = parse_pattern(text)
    number = pattern.format(counter, f"{year}-03-01")
    assert pattern.parse(number) == (counter, str(year) if pattern.yearly else None)
