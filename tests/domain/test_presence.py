"""Stays at a place, found in the positions of a day."""

from __future__ import annotations

import pytest

from tcf_desktop.domain.presence import presence, seen_spans
from tcf_desktop.domain.tracks import Position

NOW = 1_784_043_720_000
MINUTE = 60_000
LAT, LON = 43.54, -96.73


def at(minute: float, north_m: float = 0.0) -> Position:
    return Position(NOW + round(minute * MINUTE), LAT + north_m / 111_195, LON)


def test_a_stay_has_its_times_and_the_least_distance() -> None:
    track = [at(0, 900), at(2, 40), at(5, 12), at(9, 80), at(11, 700)]
    stay = presence(track, LAT, LON)
    assert stay is not None
    assert (stay.came_at, stay.left_at) == (NOW + 2 * MINUTE, NOW + 9 * MINUTE)
    assert stay.nearest_m == pytest.approx(12, abs=0.1)


def test_passing_by_is_no_stay() -> None:
    assert presence([at(0, 90), at(2, 10)], LAT, LON) is None
    assert presence([at(0, 101), at(20, 140)], LAT, LON) is None
    assert presence([], LAT, LON) is None


def test_a_long_silence_ends_a_stay_and_the_longest_counts() -> None:
    stay = presence([at(0), at(4), at(40), at(50), at(55)], LAT, LON)
    assert stay is not None
    assert (stay.came_at, stay.left_at) == (NOW + 40 * MINUTE, NOW + 55 * MINUTE)


def test_seen_times_break_at_gaps() -> None:
    assert seen_spans([at(0), at(10), at(30)]) == [
        (NOW, NOW + 10 * MINUTE),
        (NOW + 30 * MINUTE, NOW + 30 * MINUTE),
    ]
