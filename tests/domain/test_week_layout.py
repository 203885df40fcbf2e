from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tcf_desktop.domain import week_layout as layout
from tcf_desktop.domain.week_layout import Box, Column, Slot

MONDAY = date(2026, 7, 13)
WEEK = [MONDAY + timedelta(days=i) for i in range(7)]


def place(slots: list[Slot], lanes: int = 2, width: int = 160) -> dict[int, Box]:
    boxes = layout.place(slots, [Column(0, width)], lanes=lanes, minute_height=64 / 60)
    return {box.id: box for box in boxes}


@given(st.integers(0, 5000), st.lists(st.integers(1, 50), min_size=1, max_size=12))
def test_shared_pixels_add_up_and_stay_within_one_of_fair(total: int, weights: list[int]) -> None:
    parts = layout.share_out(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / sum(weights)) < 1


def test_columns_meet_without_gap() -> None:
    cols = layout.columns(56, 933, layout.day_weights(WEEK, [2, 3, 2, 2, 2, 1, 0]))
    assert cols[0].x == 56
    for left, right in pairwise(cols):
        assert left.x + left.width == right.x
    assert cols[-1].x + cols[-1].width == 56 + 933
    assert cols[5].width < cols[0].width
    assert cols[6].width < cols[5].width


def test_weekend_with_work_side_by_side_gets_a_full_day() -> None:
    assert layout.day_weights(WEEK, [0, 0, 0, 0, 0, 2, 2]) == [10] * 7
    assert layout.day_weights(WEEK, [0, 0, 0, 0, 0, 0, 1]) == [10] * 5 + [6, 6]


def test_crew_keeps_its_side_and_spans_the_day_when_alone() -> None:
    boxes = place([Slot(1, 0, 480, 570, 0), Slot(2, 0, 510, 690, 1), Slot(3, 0, 840, 960, 1)])
    assert boxes[1].x < boxes[2].x
    assert boxes[1].x + boxes[1].width <= boxes[2].x
    assert boxes[3].width > boxes[1].width * 2
    assert boxes[3].x == boxes[1].x


def test_crew_booked_twice_shares_its_lane() -> None:
    boxes = place([Slot(1, 0, 480, 600, 0), Slot(2, 0, 540, 660, 0), Slot(3, 0, 500, 640, 1)])
    assert boxes[1].x + boxes[1].width <= boxes[2].x
    assert boxes[2].x + boxes[2].width <= boxes[3].x
    alone = place([Slot(1, 0, 480, 600, 0), Slot(2, 0, 540, 660, 0)])
    assert alone[2].x + alone[2].width > 150


def test_short_visit_is_drawn_22_pixels_high_and_does_not_cover_the_next() -> None:
    boxes = place([Slot(1, 0, 480, 485, 0), Slot(2, 0, 485, 600, 0)])
    assert boxes[1].height == layout.MIN_BLOCK_HEIGHT
    assert boxes[1].x + boxes[1].width <= boxes[2].x


def test_visit_over_midnight_lies_on_both_days() -> None:
    slots = layout.slots_of(7, "2026-07-14T23:00", 120, 0, WEEK)
    assert [(s.day, s.start, s.end) for s in slots] == [(1, 1380, 1440), (2, 0, 60)]
    assert layout.slots_of(7, "2026-07-20T00:00", 60, 0, WEEK) == []


def test_lanes_below_72_pixels_ask_for_the_other_view() -> None:
    assert layout.lanes_fit([Column(0, 158)], 2)
    assert not layout.lanes_fit([Column(0, 158)], 3)
    assert layout.lanes_fit([Column(0, 40)], 1)


def test_all_day_bars_share_a_line_only_when_apart() -> None:
    bars = {b.id: b for b in layout.all_day_bars([(1, 2, 3), (2, 4, 4), (3, 3, 5)])}
    assert bars[1].line == bars[2].line == 0
    assert bars[3].line == 1


def test_snapping_goes_to_the_nearest_step() -> None:
    assert [layout.snapped(m, 15) for m in (0, 7, 8, 22.4, 22.5)] == [0, 0, 15, 15, 30]


def test_visit_of_nobody_takes_room_only_where_it_overlaps() -> None:
    pair = [Slot(1, 0, 480, 600, 0), Slot(2, 0, 480, 600, 1)]
    boxes = place([*pair, Slot(3, 0, 840, 960, 2), Slot(4, 0, 850, 960, 0)])
    assert boxes[1].width == boxes[2].width > boxes[3].width
    assert boxes[3].x > boxes[4].x


def test_day_view_keeps_every_crew_in_its_lane() -> None:
    slots = [Slot(1, 0, 480, 600, 1)]
    (box,) = layout.place(slots, [Column(0, 400)], lanes=2, minute_height=1.0, spread=False)
    assert box.x >= 200


SLOTS = st.lists(
    st.tuples(st.integers(0, 1380), st.integers(5, 300), st.integers(0, 3)), max_size=25
)


@given(SLOTS)
def test_no_two_blocks_ever_cover_each_other(raw: list[tuple[int, int, int]]) -> None:
    slots = [Slot(i, 0, s, min(1440, s + n), lane) for i, (s, n, lane) in enumerate(raw)]
    boxes = layout.place(slots, [Column(0, 600)], lanes=3, minute_height=1.0)
    assert len(boxes) == len(slots)
    for i, one in enumerate(boxes):
        assert one.x >= 0
        assert one.x + one.width <= 600
        for other in boxes[i + 1 :]:
            apart = (
                one.x + one.width <= other.x
                or other.x + other.width <= one.x
                or one.y + one.height <= other.y
                or other.y + other.height <= one.y
            )
            assert apart, (one, other)


def test_two_visits_of_one_crew_in_a_narrow_lane_take_room_from_the_other_lane() -> None:
    slots = [Slot(1, 0, 480, 600, 0), Slot(2, 0, 480, 600, 0), Slot(3, 0, 480, 600, 1)]
    boxes = place(slots, width=150)
    assert min(box.width for box in boxes.values()) >= 150 // 3 - 6
    assert boxes[1].x < boxes[2].x < boxes[3].x
    wide = place(slots, width=400)
    assert wide[3].x >= 200


@given(
    st.lists(
        st.tuples(st.integers(0, 1380), st.integers(5, 300), st.integers(0, 3)),
        min_size=1,
        max_size=25,
    ),
    st.integers(120, 900),
)
def test_blocks_of_a_day_never_cover_each_other(
    found: list[tuple[int, int, int]], width: int
) -> None:
    slots = [
        Slot(n, 0, start, min(1440, start + length), lane)
        for n, (start, length, lane) in enumerate(found)
    ]
    boxes = list(place(slots, lanes=3, width=width).values())
    for number, one in enumerate(boxes):
        assert one.x >= 0
        assert one.x + one.width <= width
        for other in boxes[:number]:
            apart_x = one.x + one.width <= other.x or other.x + other.width <= one.x
            apart_y = one.y + one.height <= other.y + 1 or other.y + other.height <= one.y + 1
            narrow = min(one.width, other.width) <= 1
            assert apart_x or apart_y or narrow


def test_gaps_are_the_free_minutes_between_visits_of_a_crew() -> None:
    slots = [Slot(1, 0, 480, 540, 0), Slot(2, 0, 570, 600, 0), Slot(3, 0, 500, 700, 1)]
    assert layout.gaps_between(slots) == [(0, 540, 570)]
    assert layout.gaps_between([Slot(1, 0, 480, 600, 0), Slot(2, 0, 500, 520, 0)]) == []
