"""Hours, days off, holidays and crews by date."""

from __future__ import annotations

from datetime import date

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.working_hours import (
    ALL_DAY,
    CLOSED,
    DAY_OFF,
    HOLIDAY,
    INACTIVE,
    WEEKDAY,
    Calendar,
    Day,
    Hours,
    Membership,
    OffDays,
    Person,
    checked_week,
)

MONDAY = date(2024, 2, 26)
LEAP_DAY = date(2024, 2, 29)
SATURDAY = date(2024, 3, 2)
ANA, BEN, CAY = 1, 2, 3
EARLY, LATE = Hours(360, 900), Hours(600, 1140)


def calendar(**facts: object) -> Calendar:
    people = {n: Person(n, name) for n, name in ((ANA, "Ana"), (BEN, "Ben"), (CAY, "Cay"))}
    return Calendar(date(2024, 1, 1), date(2025, 12, 31), **{"people": people, **facts})  # type: ignore[arg-type]


def test_without_anything_stored_work_is_monday_to_friday_from_8_to_5() -> None:
    known = calendar()
    assert known.business_day(MONDAY) == Day(Hours(480, 1020))
    assert known.worker_day(ANA, LEAP_DAY) == Day(Hours(480, 1020))
    assert known.crew_day(9, MONDAY) == Day(Hours(480, 1020))
    assert known.business_day(SATURDAY) == Day(None, WEEKDAY)
    assert known.location_day(5, SATURDAY) == Day(ALL_DAY)


def test_a_crew_works_from_its_first_member_to_its_last() -> None:
    known = calendar(
        workers={ANA: {0: EARLY}, BEN: {0: LATE, 5: LATE}},
        memberships=(Membership(ANA, 7), Membership(BEN, 7)),
        workers_off={BEN: (OffDays(SATURDAY, SATURDAY, "Wedding"),)},
    )
    assert known.crew_day(7, MONDAY) == Day(Hours(360, 1140))
    assert known.crew_day(7, date(2024, 2, 27)) == Day(None, WEEKDAY)
    assert known.crew_day(7, SATURDAY).hours is None
    assert known.crew_day(7, date(2024, 3, 9)) == Day(LATE)


def test_a_crew_is_off_when_all_who_are_in_it_are_off() -> None:
    away = OffDays(MONDAY, LEAP_DAY, "Fair")
    both = (Membership(ANA, 7), Membership(BEN, 7))
    known = calendar(memberships=both, workers_off={ANA: (away,), BEN: (away,)})
    assert known.crew_day(7, LEAP_DAY) == Day(None, DAY_OFF, "Fair")
    assert known.crew_day(7, date(2024, 3, 1)).hours is not None
    assert calendar(memberships=both, workers_off={ANA: (away,)}).crew_day(7, LEAP_DAY).hours


def test_membership_and_employment_go_by_date() -> None:
    known = calendar(
        people={
            ANA: Person(ANA, "Ana", date(2024, 2, 29)),
            BEN: Person(BEN, "Ben", None, date(2024, 2, 29)),
        },
        memberships=(
            Membership(ANA, 7, None, date(2024, 3, 31)),
            Membership(ANA, 8, date(2024, 4, 1), None),
            Membership(BEN, 7),
        ),
    )
    assert known.members(7, date(2024, 2, 28)) == (BEN,)
    assert known.members(7, LEAP_DAY) == (ANA, BEN)
    assert known.members(7, date(2024, 3, 1)) == (ANA,)
    assert known.members(7, date(2024, 4, 1)) == ()
    assert known.crew_of(ANA, date(2024, 3, 31)) == 7
    assert known.crew_of(ANA, date(2024, 4, 1)) == 8
    assert known.crew_of(CAY, MONDAY) is None
    assert known.worker_day(BEN, date(2024, 3, 1)) == Day(None, INACTIVE)
    assert known.worker_day(99, MONDAY) == Day(None, INACTIVE)


def test_the_crew_joined_last_counts_when_two_overlap() -> None:
    known = calendar(memberships=(Membership(ANA, 7), Membership(ANA, 8, MONDAY)))
    assert known.crew_of(ANA, MONDAY) == 8


def test_holidays_follow_country_and_region_and_can_be_worked_on() -> None:
    christmas = date(2024, 12, 25)
    known = calendar(country="US")
    assert known.business_day(christmas) == Day(None, HOLIDAY, "Christmas Day")
    assert known.worker_day(ANA, christmas).why == HOLIDAY
    worked = calendar(country="US", holidays_off=False)
    assert worked.business_day(christmas).hours is not None
    assert worked.holiday(christmas) == "Christmas Day"
    epiphany = date(2025, 1, 6)
    assert calendar(country="DE", region="BY").holiday(epiphany)
    assert not calendar(country="DE", region="BE").holiday(epiphany)
    assert not calendar(country="XX").holiday(christmas)


def test_what_is_closed_says_why() -> None:
    closed = OffDays(MONDAY, MONDAY, "Inventory")
    known = calendar(
        closed=(closed,), locations={5: {0: Hours(540, 960)}}, locations_closed={6: (closed,)}
    )
    assert known.worker_day(ANA, MONDAY) == Day(None, CLOSED, "Inventory")
    assert known.location_day(5, MONDAY).covers(540, 960)
    assert not known.location_day(5, MONDAY).covers(539, 600)
    assert known.location_day(5, LEAP_DAY) == Day(None, WEEKDAY)
    assert known.location_day(6, MONDAY) == Day(None, CLOSED, "Inventory")


def test_who_is_off_on_a_day_is_listed_with_the_reason() -> None:
    away = OffDays(MONDAY, LEAP_DAY, "Vacation")
    known = calendar(workers_off={BEN: (away,), ANA: (away,), 99: (away,)})
    assert [(p.name, why) for p, why in known.off_workers(LEAP_DAY)] == [
        ("Ana", "Vacation"),
        ("Ben", "Vacation"),
    ]
    assert known.off_workers(date(2024, 3, 1)) == ()


def test_a_day_that_was_not_read_is_not_answered() -> None:
    with pytest.raises(ValueError, match="2026-01-01"):
        calendar().business_day(date(2026, 1, 1))


@pytest.mark.parametrize(
    "rows",
    [[(7, 0, 60)], [(0, 60, 60)], [(0, -5, 60)], [(0, 0, 1441)], [(0, 0, 60), (0, 60, 120)]],
)
def test_hours_that_make_no_sense_are_refused(rows: list[tuple[int, int, int]]) -> None:
    with pytest.raises(AppError) as caught:
        checked_week(rows)
    assert caught.value.code == "team.hours"
