"""Weeks, months and lists for paper: nothing is left out, crews are told apart without colour."""

from __future__ import annotations

import pickle
from datetime import date

from tcf_desktop.domain.schedule_print import (
    PlanFacts,
    Planned,
    PlannedCrew,
    month_range,
    month_table,
    plan_list,
    range_words,
    week_table,
)

CREWS = (
    PlannedCrew(1, "Windows A", 0), PlannedCrew(2, "Carpet B", 1), PlannedCrew(3, "Window Art", 2),
    PlannedCrew(None, "No crew yet", 0),
)  # fmt: skip


def visit(
    local: str, name: str = "Hartmann, Julia", crew: int | None = 1, **more: object
) -> Planned:
    values: dict[str, object] = {
        "minutes": 90, "all_day": False, "service": "Windows", "state": "confirmed", "kind": "job",
    }  # fmt: skip
    return Planned(local, name=name, crew_id=crew, **{**values, **more})  # type: ignore[arg-type]


def facts(*visits: Planned, country: str = "US") -> PlanFacts:
    return PlanFacts("2026-07-13", "2026-07-19", "Clearview", country, CREWS, visits)


def test_a_month_has_whole_weeks_and_every_visit_once_a_day() -> None:
    many = [visit(f"2026-07-14T{7 + n % 10:02}:00", f"Customer {n}") for n in range(60)]
    table = month_table(facts(*many, visit("2026-06-30T08:00"), visit("2026-08-15T08:00")),
                        date(2026, 7, 14))  # fmt: skip
    assert (table.title, table.columns[0], len(table.rows)) == ("July 2026", "Monday", 5)
    cells = [cell for row in table.rows for cell in row.cells]
    assert [word for word, _, _ in cells[:4]] == ["29", "30", "Jul 1", "2"]
    assert [outside for _, outside, _ in cells[:3]] == [True, True, False]
    (tuesday,) = [chips for word, outside, chips in cells if word == "14" and not outside]
    assert {chip.name for chip in tuesday} == {f"Customer {n}" for n in range(60)}
    assert table.subtitle == "60 visits, 90 h"
    assert pickle.loads(pickle.dumps(table)) == table


def test_the_week_may_begin_on_sunday() -> None:
    assert month_range(date(2026, 2, 10), 6) == (date(2026, 2, 1), date(2026, 2, 28))
    assert month_table(facts(), date(2026, 2, 10), 6).columns[0] == "Sunday"


def test_a_week_has_a_row_for_each_crew_and_one_for_what_nobody_has() -> None:
    table = week_table(facts(visit("2026-07-14T08:00"), visit("2026-07-15T13:30", crew=None)))
    assert [row.head for row in table.rows] == [
        "Windows A",
        "Carpet B",
        "Window Art",
        "No crew yet",
    ]
    assert table.columns[1] == "Tuesday 14"
    (chip,) = table.rows[0].cells[1][2]
    assert (chip.time, chip.name, chip.detail, chip.tag) == (
        "8:00–9:30 AM", "Hartmann, Julia", "Windows", "A",
    )  # fmt: skip
    assert len(week_table(facts(visit("2026-07-14T08:00"))).rows) == 3


def test_crews_have_letters_of_their_own() -> None:
    letters = [letter for letter, _, _ in week_table(facts()).legend]
    assert letters == ["A", "B", "W", "–"]
    many = tuple(PlannedCrew(n, "Crew A", n) for n in range(1, 30))
    plan = PlanFacts("2026-07-13", "2026-07-19", "", "US", many, ())
    letters = [letter for letter, _, _ in week_table(plan).legend]
    assert len(set(letters)) == 29


def test_what_lasts_longer_stands_on_each_of_its_days() -> None:
    away = visit("2026-07-14T00:00", "Vacation", all_day=True, minutes=4320, kind="personal")
    night = visit("2026-07-17T22:00", "Night", minutes=300)
    cells = week_table(facts(away, night)).rows[0].cells
    assert [len(cell[2]) for cell in cells] == [0, 1, 1, 1, 1, 1, 0]
    assert cells[5][2][0].time == "goes on"
    assert week_table(facts(away, night)).subtitle == "1 visit, 5 h"


def test_visits_of_hidden_crews_are_not_there() -> None:
    assert plan_list(facts(visit("2026-07-14T08:00", crew=9))).days == ()


def test_the_list_says_who_where_and_what_day_by_day() -> None:
    held = visit("2026-07-14T13:00", state="tentative", kind="estimate", worker="Ruth",
                 address="2416 S Prairie Ave")  # fmt: skip
    listed = plan_list(facts(held, visit("2026-07-13T08:00"), country="DE"))
    assert [head for head, _ in listed.days] == ["Monday, July 13, 2026", "Tuesday, July 14, 2026"]
    assert listed.days[1][1] == (
        ("13:00–14:30", "Hartmann, Julia", "Estimate, Windows", "2416 S Prairie Ave", "Ruth",
         "held"),
    )  # fmt: skip
    assert listed.paper == "a4"


def test_ranges_are_written_as_short_as_they_can() -> None:
    day = date(2026, 7, 14)
    assert range_words(day, day) == "Tuesday, July 14, 2026"
    assert range_words(day, date(2026, 7, 20)) == "July 14 – 20, 2026"
    assert range_words(day, date(2026, 8, 2)) == "July 14 – August 2, 2026"
    assert range_words(day, date(2027, 1, 2)) == "July 14, 2026 – January 2, 2027"
