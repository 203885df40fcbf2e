"""What speaks against an appointment as it is planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tcf_desktop.domain import appointments as rules
from tcf_desktop.domain import conflicts as judge
from tcf_desktop.domain.conflicts import Conflict, Names, Plan
from tcf_desktop.domain.working_hours import Calendar, Hours, Membership, OffDays, Person

ZONE = "America/Chicago"
WEDNESDAY = date(2026, 7, 15)
NAMES = Names({1: "Windows A", 2: "Carpet B"}, {9: "Dental office"})
CALENDAR = Calendar(
    date(2026, 7, 1),
    date(2026, 11, 30),
    people={
        1: Person(1, "Luis"),
        2: Person(2, "Ana"),
        3: Person(3, "Jo", active_to=date(2026, 7, 10)),
    },
    memberships=(Membership(1, 1), Membership(2, 1), Membership(2, 2, date(2026, 7, 20))),
    workers_off={1: (OffDays(WEDNESDAY, WEDNESDAY, "dentist"),)},
    closed=(OffDays(date(2026, 8, 3), date(2026, 8, 7), "summer"),),
    locations={9: {2: Hours(13 * 60, 17 * 60)}},
    locations_closed={9: (OffDays(date(2026, 7, 22), date(2026, 7, 22), "inventory"),)},
    country="US",
    region="SD",
)


def plan(start: str = "2026-07-16T09:00", minutes: int = 60, **more: object) -> Plan:
    zone = str(more.get("zone", ZONE))
    moment = rules.instants(start, minutes, zone, all_day=bool(more.get("all_day")))
    base = Plan(None, moment.starts_at, moment.ends_at, start, minutes, start, zone)
    return replace(base, **more)  # type: ignore[arg-type]


def kinds(one: Plan, *others: Plan) -> list[tuple[str, str]]:
    return [(c.kind, c.severity) for c in judge.conflicts(one, others, CALENDAR, NAMES)]


def test_a_crew_clashes_with_itself_and_its_workers_but_they_not_with_each_other() -> None:
    crew, luis, ana = plan(crew_id=1), plan(worker_id=1), plan(worker_id=2)
    assert kinds(crew, plan("2026-07-16T09:30", crew_id=1)) == [("busy", "clash")]
    assert kinds(crew, luis) == kinds(luis, crew) == [("busy", "clash")]
    assert kinds(luis, plan("2026-07-16T09:59", worker_id=1)) == [("busy", "clash")]
    assert kinds(luis, ana) == []
    assert kinds(crew, plan("2026-07-16T10:00", crew_id=1)) == []
    assert kinds(crew, plan(crew_id=2)) == []
    assert kinds(plan(), plan()) == []


def test_who_is_in_a_crew_is_asked_of_the_day() -> None:
    before, after = "2026-07-16T09:00", "2026-07-23T09:00"
    assert kinds(plan(before, crew_id=2), plan(before, worker_id=2)) == []
    assert kinds(plan(after, crew_id=2), plan(after, worker_id=2)) == [("busy", "clash")]
    # Two crews that share somebody cannot work at once either.
    said = judge.conflicts(plan(after, crew_id=2), [plan(after, crew_id=1, name="Vance", id=7)],
                           CALENDAR, NAMES)  # fmt: skip
    assert said == (Conflict("busy", "clash", "2026-07-23", "Ana", "Vance", after, 7),)


def test_what_is_over_called_off_or_takes_the_whole_day_is_in_nobodys_way() -> None:
    for state in ("done", "cancelled", "no_show"):
        assert kinds(plan(crew_id=1), plan(crew_id=1, state=state)) == []
        assert kinds(plan("2026-07-19T03:00", crew_id=1, state=state), plan(crew_id=1)) == []
    assert kinds(plan(crew_id=1), plan(crew_id=1, all_day=True, minutes=1440)) == []


def test_hours_and_free_weekdays_are_noted() -> None:
    (early,) = judge.conflicts(plan("2026-07-16T07:30", crew_id=1), (), CALENDAR, NAMES)
    assert (early.kind, early.severity, early.who) == ("hours", "note", "Windows A")
    assert (early.from_minute, early.to_minute) == (rules.WORK_FROM, rules.WORK_TO)
    (sunday,) = judge.conflicts(plan("2026-07-19T09:00"), (), CALENDAR, NAMES)
    assert (sunday.kind, sunday.from_minute) == ("hours", None)
    assert kinds(plan("2026-07-19T09:00", kind="personal", worker_id=1)) == []


def test_days_off_of_one_of_the_crew_and_of_all() -> None:
    on = "2026-07-15T09:00"
    assert kinds(plan(on, worker_id=1)) == [("day_off", "clash")]
    (member,) = judge.conflicts(plan(on, crew_id=1), (), CALENDAR, NAMES)
    assert (member.kind, member.severity, member.who, member.name) == (
        "member_off", "note", "Luis", "dentist",
    )  # fmt: skip
    alone = replace(CALENDAR, memberships=(Membership(1, 1),))
    assert [c.kind for c in judge.conflicts(plan(on, crew_id=1), (), alone, NAMES)] == ["day_off"]
    assert kinds(plan("2026-08-04T09:00", crew_id=1)) == [("closed", "clash")]
    assert kinds(plan("2026-08-04T09:00")) == [("closed", "clash")]


def test_a_public_holiday_is_named_whether_the_office_works_on_it_or_not() -> None:
    for calendar in (CALENDAR, replace(CALENDAR, holidays_off=False)):
        (holiday,) = judge.conflicts(plan("2026-11-26T09:00", crew_id=1), (), calendar, NAMES)
        assert (holiday.kind, holiday.severity) == ("holiday", "note")
        assert "Thanksgiving" in holiday.name


def test_who_left_and_a_crew_that_is_gone_cannot_come() -> None:
    assert kinds(plan(worker_id=3)) == [("inactive", "clash")]
    assert kinds(plan(crew_id=77)) == [("inactive", "clash")]


def test_a_place_that_is_closed_or_open_later() -> None:
    assert kinds(plan("2026-07-29T09:00", location_id=9)) == [("place_hours", "clash")]
    assert kinds(plan("2026-07-29T13:00", location_id=9)) == []
    assert kinds(plan("2026-07-22T13:00", location_id=9)) == [("place_closed", "clash")]
    assert kinds(plan("2026-07-16T13:00", location_id=9)) == [("place_closed", "clash")]


def test_wall_times_that_do_not_exist_or_exist_twice() -> None:
    spring = replace(CALENDAR, first_on=date(2026, 3, 1))
    skipped = plan("2026-03-08T02:30", kind="personal")
    assert [c.kind for c in judge.conflicts(skipped, (), spring, NAMES)] == ["no_time"]
    double = plan("2026-11-01T01:30", kind="personal")
    assert kinds(double) == [("double_time", "note")]


def test_the_worst_comes_first() -> None:
    early = plan("2026-07-16T07:00", minutes=120, crew_id=1)
    assert [s for _, s in kinds(early, plan("2026-07-16T08:00", crew_id=1))] == ["clash", "note"]


_PLANS = st.lists(
    st.tuples(
        st.integers(0, 20_000), st.integers(5, 600), st.sampled_from([None, 1, 2]),
        st.sampled_from([None, 1, 2]), st.sampled_from(["confirmed", "done", "arrived"]),
    ),
    max_size=14,
)  # fmt: skip


@given(_PLANS)
@settings(max_examples=80, deadline=None)
def test_sweeping_finds_exactly_what_comparing_every_two_finds(rows: list[tuple[int, ...]]) -> None:
    plans = [
        replace(
            plan(rules.shift_local("2026-07-13T00:00", start), minutes),
            id=number, crew_id=crew, worker_id=worker, state=state,
        )
        for number, (start, minutes, crew, worker, state) in enumerate(rows)
    ]  # fmt: skip
    swept = {frozenset((a.id, b.id)) for a, b in judge.overlaps(plans, CALENDAR)}
    every = {
        frozenset((one.id, other.id))
        for one in plans
        for other in judge.busy_with(one, [p for p in plans if p is not one], CALENDAR)
    }
    assert swept == every
