"""The rule of learned places: medians of slow, exact positions that agree."""

from hypothesis import given
from hypothesis import strategies as st

from tcf_desktop.domain.learned_place import Spot, learned_place, spot_of_visit
from tcf_desktop.domain.tracks import Position, distance_m

LAT, LON = 43.5446, -96.7311
METRE = 1 / 111_195  # degrees of latitude


def at(metres: float, second: int = 0, **changes: float | None) -> Position:
    return Position(second * 1000, LAT + metres * METRE, LON)._replace(**changes)


def test_the_spot_is_the_median_of_slow_and_exact_points() -> None:
    parked = [at(metres, n) for n, metres in enumerate((0, 5, 10, 15, 20))]
    driving = [at(3000 + 400 * n, 10 + n, speed_mps=14.0) for n in range(20)]
    vague = [at(900, 40 + n, acc_m=80.0) for n in range(20)]
    spot = spot_of_visit(parked + driving + vague)
    assert spot is not None
    assert distance_m(*spot, LAT + 10 * METRE, LON) < 0.1


def test_a_stray_point_moves_nothing() -> None:
    parked = [at(metres, n) for n, metres in enumerate((0, 2, 4, 6, 8))]
    spot = spot_of_visit([*parked, at(5000, 9)])
    assert spot is not None
    assert distance_m(*spot, LAT + 4 * METRE, LON) < 0.1


def test_too_few_or_spread_points_say_nothing() -> None:
    assert spot_of_visit([]) is None
    assert spot_of_visit([at(n, n) for n in range(4)]) is None
    assert spot_of_visit([at(200 * n, n) for n in range(30)]) is None
    half = [at(0, n) for n in range(6)] + [at(2000 + 300 * n, 10 + n) for n in range(8)]
    assert spot_of_visit(half) is None


def test_visits_that_agree_are_counted_and_one_elsewhere_moves_nothing() -> None:
    spots = [Spot(LAT + metres * METRE, LON) for metres in (0, 20, 40, 4000)]
    learned = learned_place(spots)
    assert learned is not None
    assert learned.visits == 3
    assert distance_m(*learned.spot, LAT + 20 * METRE, LON) < 0.1


def test_visits_all_over_town_teach_nothing() -> None:
    assert learned_place([]) is None
    assert learned_place([Spot(LAT + km * 1000 * METRE, LON) for km in range(5)]) is None


@given(st.lists(st.floats(0, 59), min_size=5, max_size=50), st.randoms())
def test_the_spot_lies_among_the_points_in_whatever_order_they_come(
    metres: list[float], chance: object
) -> None:
    points = [at(metre, n) for n, metre in enumerate(metres)]
    spot = spot_of_visit(points)
    assert spot is not None
    assert LAT + min(metres) * METRE <= spot.lat <= LAT + max(metres) * METRE
    chance.shuffle(points)  # type: ignore[attr-defined]
    assert spot_of_visit(points) == spot
