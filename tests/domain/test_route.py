from __future__ import annotations

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from tcf_desktop.domain.route import Cost, Stop, cost, length, shortest, times

SHOP = (43.55, -96.73)


def stop(ident: int, east: float | None, *, minute: int = 480, fixed: bool = False) -> Stop:
    spot = None if east is None else (43.55, -96.73 + east / 100)
    return Stop(ident, minute, 30, spot, fixed)


def ids(stops: tuple[Stop, ...]) -> list[int]:
    return [one.id for one in stops]


def test_shortest_order_goes_out_and_back_without_crossing_itself() -> None:
    day = [stop(1, 5), stop(2, 1), stop(3, 4), stop(4, 2), stop(5, 3)]
    found = shortest(day, SHOP)
    assert ids(found) in ([2, 4, 5, 3, 1], [1, 3, 5, 4, 2])
    assert length(found, SHOP) < length(day, SHOP)


def test_visit_with_a_promised_time_is_not_made_late() -> None:
    far = stop(1, 9, minute=480, fixed=True)
    day = [far, stop(2, 1, minute=530), stop(3, 2, minute=580)]
    found = shortest(day, SHOP)
    assert ids(found)[0] == 1
    assert cost(found, SHOP, 480).late == 0


def test_fixed_visits_never_change_their_order() -> None:
    day = [stop(1, 9, minute=480, fixed=True), stop(2, 1, minute=700, fixed=True), stop(3, 8)]
    found = ids(shortest(day, SHOP))
    assert found.index(1) < found.index(2)


def test_visit_at_an_unknown_place_stays_where_it_is_in_the_order() -> None:
    day = [stop(1, 5), stop(2, None), stop(3, 1), stop(4, 3)]
    assert ids(shortest(day, SHOP))[1] == 2


def test_order_that_is_the_best_already_stays() -> None:
    day = [stop(1, 1), stop(2, 2), stop(3, 3)]
    assert ids(shortest(day, SHOP)) == [1, 2, 3]


def test_length_counts_the_way_from_the_shop_and_back() -> None:
    one = stop(1, 1)
    assert length([one], None) == 0
    assert round(length([one], SHOP) / 2) == round(length([one, stop(2, 0)], None))
    assert length([stop(1, None)], SHOP) == 0


def test_times_follow_the_order_with_the_drive_between() -> None:
    day = [stop(1, 0), stop(2, 5), stop(3, 5, minute=900, fixed=True), stop(4, 5)]
    assert times(day, 480) == (480, 520, 900, 930)


def test_long_day_is_shortened_and_keeps_every_visit() -> None:
    zigzag = [stop(n, n if n % 2 else 20 - n) for n in range(18)]
    found = shortest(zigzag, SHOP)
    assert sorted(ids(found)) == list(range(18))
    assert length(found, SHOP) < length(zigzag, SHOP) / 2


stops = st.lists(
    st.tuples(
        st.floats(-0.2, 0.2),
        st.floats(-0.2, 0.2),
        st.booleans(),
        st.booleans(),
        st.integers(480, 1000),
    ),
    max_size=6,
)


def _keeps(order: tuple[Stop, ...], day: list[Stop]) -> bool:
    fixed = [one.minute for one in order if one.fixed]
    same = all(
        one.id == other.id
        for one, other in zip(order, day, strict=True)
        if one.spot is None or other.spot is None
    )
    return fixed == sorted(fixed) and same


@settings(max_examples=60, deadline=None)
@given(raw=stops, known_shop=st.booleans())
def test_no_allowed_order_is_better_than_the_shortest(
    raw: list[tuple[float, float, bool, bool, int]], known_shop: bool
) -> None:
    raw.sort(key=lambda one: one[4])
    day = [
        Stop(n, minute, 30, None if unknown else (43.5 + lat, -96.7 + lon), fixed)
        for n, (lat, lon, unknown, fixed, minute) in enumerate(raw)
    ]
    base = SHOP if known_shop else None
    begin = min((one.minute for one in day), default=0)
    found = shortest(day, base)
    assert sorted(ids(found)) == list(range(len(day)))
    assert _keeps(found, day)
    mine = cost(found, base, begin)
    for order in permutations(day):
        if _keeps(order, day):
            other = cost(order, base, begin)
            assert not other.beats(Cost(mine.late, mine.metres - 0.5))
