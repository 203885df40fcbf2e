from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tcf_desktop.domain.month_layout import Span, month_days, month_later, plan


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 6))
def test_six_weeks_hold_the_whole_month_and_begin_on_the_chosen_day(day: date, first: int) -> None:
    days = month_days(day, first)
    assert len(days) == 42
    assert days[0].weekday() == first
    assert days[0] <= day.replace(day=1) <= days[6]
    assert month_later(day.replace(day=1), 1) - timedelta(days=1) in days


def test_a_month_later_stays_inside_a_shorter_month() -> None:
    assert month_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert month_later(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert month_later(date(2026, 1, 15), -1) == date(2025, 12, 15)


spans = st.lists(st.tuples(st.integers(-5, 41), st.integers(0, 9)), min_size=0, max_size=60).map(
    lambda found: [Span(n, first, first + more) for n, (first, more) in enumerate(found)]
)


@given(spans, st.integers(1, 4))
def test_pieces_never_overlap_and_every_entry_is_drawn_or_counted(
    entries: list[Span], lines: int
) -> None:
    made = plan(entries, lines)
    taken: set[tuple[int, int]] = set()
    drawn: dict[int, set[int]] = {}
    for piece in made.pieces:
        assert piece.line < lines
        for column in range(piece.first, piece.last + 1):
            day = 7 * piece.week + column
            assert (day, piece.line) not in taken
            taken.add((day, piece.line))
            drawn.setdefault(piece.id, set()).add(day)
    for day in range(42):
        touching = [e for e in entries if e.first <= day <= e.last]
        seen = sum(day in drawn.get(entry.id, ()) for entry in touching)
        assert seen + made.hidden[day] == len(touching)


def test_an_entry_over_the_weekend_goes_on_in_the_next_week_and_comes_first() -> None:
    made = plan([Span(1, 5, 5), Span(2, 4, 8)], 2)
    first, second = (piece for piece in made.pieces if piece.id == 2)
    assert (first.week, first.first, first.last, first.line, first.goes_on) == (0, 4, 6, 0, True)
    assert (second.week, second.first, second.last, second.from_before) == (1, 0, 1, True)
    assert next(piece.line for piece in made.pieces if piece.id == 1) == 1
