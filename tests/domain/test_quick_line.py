"""One line of the schedule, as it is typed at the phone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tcf_desktop.domain.quick_line import QuickLine, read_line

TODAY = date(2026, 7, 14)  # a Tuesday
THURSDAY = date(2026, 7, 16)
SERVICES = ("Windows inside + out", "Screens", "Carpet cleaning", "Gutter cleaning")
CREWS = ("Windows A", "Carpet B", "Jo")


def read(text: str) -> QuickLine:
    return read_line(text, TODAY, SERVICES, CREWS)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Olson windows thu 2pm 2h crew A", QuickLine("Olson", THURSDAY, 840, 120, 0, 0)),
        ("Olson", QuickLine("Olson")),
        ("Olson thu 2", QuickLine("Olson", THURSDAY, 840)),
        ("Beth Olson, prairie screens 7/20 9:30am 45m", QuickLine(
            "Beth Olson, prairie", date(2026, 7, 20), 570, 45, 1)),
        ("Moen carpet tomorrow 8:00 1h30 Carpet B", QuickLine(
            "Moen", date(2026, 7, 15), 480, 90, 2, 1)),
        ("Moen fri 1-3pm", QuickLine("Moen", date(2026, 7, 17), 780, 120)),
        ("Moen fri 9am-11am with Jo", QuickLine("Moen", date(2026, 7, 17), 540, 120, None, 2)),
        ("Moen gutter $120", QuickLine("Moen", service=3, price_cents=12_000)),
        ("Moen 2 hours at noon", QuickLine("Moen", None, 720, 120)),
        ("2416 S Prairie thu", QuickLine("2416 S Prairie", THURSDAY)),
        ("May thu", QuickLine("May", THURSDAY)),
        ("", QuickLine("")),
    ],
)  # fmt: skip
def test_a_line_says_who_what_when_and_by_whom(text: str, meant: QuickLine) -> None:
    assert read(text) == meant


def test_the_first_word_is_always_whom_it_is_for() -> None:
    assert read("Screens").rest == "Screens"
    assert read("Sun").rest == "Sun"


def test_what_could_be_two_crews_is_none() -> None:
    found = read_line("Olson crew A", TODAY, (), ("Windows A", "Lawn A"))
    assert (found.rest, found.crew) == ("Olson crew A", None)


@settings(max_examples=200)
@given(st.text(max_size=60))
def test_any_text_is_read_and_nothing_unknown_is_invented(text: str) -> None:
    found = read(text)
    assert set(found.rest.split()) <= set(text.split())
    assert found.minutes is None or found.minutes > 0
    assert found.minute is None or 0 <= found.minute < 1440
