from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tcf_desktop.domain.rain_day import People, Placed, Taken, Visit, plan, trouble

RAIN = date(2026, 7, 14)
NEXT = date(2026, 7, 15)
CREW: People = frozenset({("crew", 1), ("worker", 1), ("worker", 2)})
LUIS: People = frozenset({("worker", 1)})
OTHER: People = frozenset({("crew", 2), ("worker", 3)})
NOBODY: People = frozenset()


def at(text: str, on: date = RAIN) -> datetime:
    return datetime.fromisoformat(f"{on.isoformat()}T{text}")


def visit(ident: int, start: str, minutes: int = 60, people: People = CREW) -> Visit:
    return Visit(ident, at(start), minutes, people)


def weekdays(_visit: Visit, on: date) -> tuple[int, int] | None:
    return (480, 1020) if on.weekday() < 5 else None


def starts(placed: tuple[Placed, ...]) -> dict[int, str]:
    return {p.id: p.starts.strftime("%a %H:%M") if p.starts else "-" for p in placed}


def test_visits_keep_their_hours_on_a_free_day() -> None:
    day = [visit(1, "08:00"), visit(2, "09:30", 90), visit(3, "14:00")]
    assert starts(plan(day, [], weekdays, NEXT)) == {
        1: "Wed 08:00",
        2: "Wed 09:30",
        3: "Wed 14:00",
    }


def test_what_does_not_fit_beside_other_work_goes_to_the_next_gap_in_order() -> None:
    taken = [Taken(at("08:00", NEXT), at("16:00", NEXT), CREW)]
    day = [visit(1, "08:00"), visit(2, "09:30", 90), visit(3, "14:00")]
    assert starts(plan(day, taken, weekdays, NEXT)) == {
        1: "Wed 16:00",
        2: "Thu 09:30",
        3: "Thu 14:00",
    }


def test_other_crews_are_not_in_the_way_but_a_single_worker_of_the_crew_is() -> None:
    taken = [Taken(at("08:00", NEXT), at("12:00", NEXT), OTHER)]
    assert starts(plan([visit(1, "08:00")], taken, weekdays, NEXT)) == {1: "Wed 08:00"}
    taken = [Taken(at("08:00", NEXT), at("12:00", NEXT), LUIS)]
    assert starts(plan([visit(1, "08:00")], taken, weekdays, NEXT)) == {1: "Wed 12:00"}


def test_days_without_hours_are_passed_over() -> None:
    friday = [Visit(1, at("10:00", date(2026, 7, 17)), 60, CREW)]
    assert starts(plan(friday, [], weekdays, date(2026, 7, 18))) == {1: "Mon 10:00"}


def test_visit_longer_than_every_day_finds_no_place() -> None:
    placed = plan([visit(1, "08:00", 600), visit(2, "12:00")], [], weekdays, NEXT)
    assert starts(placed) == {1: "-", 2: "Wed 12:00"}


def test_gaps_begin_at_a_quarter_of_an_hour() -> None:
    taken = [Taken(at("00:00", NEXT), at("10:07", NEXT), CREW)]
    assert starts(plan([visit(1, "08:00")], taken, weekdays, NEXT)) == {1: "Wed 10:15"}


def test_start_typed_by_hand_is_judged() -> None:
    taken = [Taken(at("08:00", NEXT), at("10:00", NEXT), CREW)]
    one = visit(1, "08:00")
    assert trouble(one, at("10:00", NEXT), taken, weekdays) == ""
    assert trouble(one, at("09:30", NEXT), taken, weekdays) == "taken"
    assert trouble(one, at("16:30", NEXT), taken, weekdays) == "hours"
    assert trouble(one, at("10:00", date(2026, 7, 18)), taken, weekdays) == "hours"


minutes = st.integers(1, 40).map(lambda n: n * 15)
peoples = st.sampled_from([CREW, LUIS, OTHER, NOBODY])


@settings(max_examples=150, deadline=None)
@given(
    day=st.lists(st.tuples(st.integers(0, 95), minutes, peoples), max_size=10),
    taken=st.lists(
        st.tuples(st.integers(0, 14), st.integers(0, 1300), st.integers(5, 500), peoples),
        max_size=12,
    ),
    hours=st.lists(
        st.one_of(st.none(), st.tuples(st.integers(360, 700), st.integers(720, 1300))),
        min_size=7,
        max_size=7,
    ),
)
def test_plan_never_overlaps_keeps_order_and_stays_inside_hours(
    day: list[tuple[int, int, People]],
    taken: list[tuple[int, int, int, People]],
    hours: list[tuple[int, int] | None],
) -> None:
    visits = [
        Visit(n, at("00:00") + timedelta(minutes=15 * quarter), length, people)
        for n, (quarter, length, people) in enumerate(day)
    ]
    busy = [
        Taken(begin, begin + timedelta(minutes=length), people)
        for ahead, minute, length, people in taken
        for begin in [at("00:00", NEXT) + timedelta(days=ahead, minutes=minute)]
    ]
    placed = plan(visits, busy, lambda _v, on: hours[on.weekday()], NEXT, 14)
    assert sorted(p.id for p in placed) == [v.id for v in visits]
    by_id = {v.id: v for v in visits}
    done = [
        (by_id[p.id], p.starts, p.starts + timedelta(minutes=by_id[p.id].minutes))
        for p in placed
        if p.starts is not None
    ]
    for one, begin, end in done:
        span = hours[begin.weekday()]
        assert span is not None
        midnight = datetime.combine(begin.date(), datetime.min.time())
        assert midnight + timedelta(minutes=span[0]) <= begin
        assert end <= midnight + timedelta(minutes=span[1])
        assert begin.date() >= NEXT
        for other in busy:
            if other.people & one.people:
                assert end <= other.starts or other.ends <= begin
        for second, second_begin, second_end in done:
            if second.id != one.id and second.people & one.people:
                assert end <= second_begin or second_end <= begin
                if (one.starts, one.id) < (second.starts, second.id):
                    assert end <= second_begin
