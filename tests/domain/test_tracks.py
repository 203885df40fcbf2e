"""The normal form of positions: units, times, flags, distances."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcf_desktop.domain import tracks
from tcf_desktop.domain.tracks import Position

NOW = 1_784_043_720_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-07-14T15:42:00Z", NOW),
        ("2026-07-14T10:42:00-0500", NOW),
        ("2026-07-14T10:42:00.750-05:00", NOW),
        ("2026-07-14T15:42:00+00:00", NOW),
        ("2026-07-14T15:42:00", None),
        ("2026-07-14T15:42:61Z", None),
        ("2026-07-14T15:42:0xZ", None),
        ("1969-07-14T15:42:00Z", None),
        ("yesterday", None),
        ("", None),
        (NOW, None),
        (None, None),
    ],
)
def test_iso_times_need_an_offset_and_lose_their_fraction(text: object, expected: object) -> None:
    assert tracks.iso_ms(text) == expected


@given(st.integers(0, 4_000_000_000), st.integers(-14 * 4, 14 * 4))
def test_every_iso_time_with_an_offset_is_understood(second: int, quarters: int) -> None:
    zone = timedelta(minutes=15 * quarters)
    wall = datetime.fromtimestamp(second, UTC) + zone
    if wall.year < 1970:
        return
    sign = "-" if quarters < 0 else "+"
    minutes = abs(quarters) * 15
    text = f"{wall:%Y-%m-%dT%H:%M:%S}{sign}{minutes // 60:02}{minutes % 60:02}"
    assert tracks.iso_ms(text) == second * 1000


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1_784_043_720, NOW),
        (1_784_043_720.9, NOW),
        (NOW + 999, NOW),
        (NOW * 1000, NOW),
        ("1784043720", NOW),
        (-1, None),
        (1e300, None),
        (10**400, None),
        (float("nan"), None),
        (True, None),
        ([], None),
    ],
)
def test_numbers_are_seconds_milliseconds_or_microseconds(value: object, expected: object) -> None:
    assert tracks.epoch_ms(value) == expected


def test_one_senders_seconds_count_from_2001() -> None:
    assert tracks.epoch_ms(1_784_043_720 - 978_307_200, cocoa=True) == NOW


@given(st.floats(-89, 89), st.floats(-179, 179), st.floats(-89, 89), st.floats(-179, 179))
def test_distance_is_symmetric_bounded_and_zero_only_at_the_place(
    lat1: float, lon1: float, lat2: float, lon2: float
) -> None:
    there = tracks.distance_m(lat1, lon1, lat2, lon2)
    assert there == pytest.approx(tracks.distance_m(lat2, lon2, lat1, lon1), abs=1e-6)
    assert 0 <= there <= math.pi * tracks.EARTH_RADIUS_M + 1
    assert tracks.distance_m(lat1, lon1, lat1, lon1) == 0


def test_a_degree_of_latitude_is_about_111_km() -> None:
    assert tracks.distance_m(43, -96, 44, -96) == pytest.approx(111_195, rel=1e-4)


def test_only_the_jump_itself_is_a_spike() -> None:
    walk = [Position(NOW + index * 10_000, 43.5 + index * 1e-4, -96.7) for index in range(5)]
    walk[2] = walk[2]._replace(lat=44.5)

    assert [point.flags for point in tracks.mark_spikes(walk)] == [0, 0, tracks.SPIKE, 0, 0]
    assert len(tracks.shown(walk)) == 4


def test_flags_add_up() -> None:
    assert tracks.point_flags(NOW, 91, 0, 500, NOW) == tracks.INVALID | tracks.COARSE
    assert tracks.point_flags(NOW + 301_000, 43, -96, 5, NOW) == tracks.FUTURE
    assert tracks.point_flags(NOW - 401 * 86_400_000, 43, -96, None, NOW) == tracks.OLD
    assert tracks.point_flags(NOW, 43, -96, 100, NOW) == 0
