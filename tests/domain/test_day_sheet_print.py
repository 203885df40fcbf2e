"""The words of the crew's sheet."""

import dataclasses
import pickle

import pytest

from tcf_desktop.domain.day_sheet_print import (
    CrewFacts,
    DayFacts,
    PrintVisit,
    VisitFacts,
    WorkFacts,
    build_day_sheet,
    in_order,
    print_length,
    print_range,
)
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.domain.treatments import TreatmentFacts

VISIT = VisitFacts(
    starts_local="2026-07-14T08:00",
    minutes=90,
    all_day=False,
    arrival_from_local="2026-07-14T07:45",
    arrival_minutes=30,
    kind="job",
    state="confirmed",
    title="In + out",
    customer="Julia Hartmann",
    worker="",
    address=("Home", "2416 S Prairie Ave", "Sioux Falls, SD 57105"),
    person="Ellen",
    phone="605-555-0148",
    gate_code="4471",
    access_note="Dog in the yard",
    notes=("Use the side ladder.", " "),
    measures=(("Panes", 42_000, "panes"), ("Lawn", 5_500, "sq ft")),
    work=(WorkFacts("Windows", "42 panes", 42_000, "pane", 450 * E4),),
    total_cents=18_900,
)


def day(*visits: VisitFacts, country: str = "US") -> DayFacts:
    crews = (CrewFacts("Windows A", ("Dan", "Ruth"), visits),)
    return DayFacts("2026-07-14", "Clearview", country, "USD", crews)


def only(visit: VisitFacts, *, prices: bool = False, country: str = "US") -> PrintVisit:
    (crew,) = build_day_sheet(day(visit, country=country), prices=prices).crews
    return crew.visits[0]


def test_a_visit_says_when_where_how_to_get_in_and_what_to_do() -> None:
    visit = only(VISIT)
    assert visit.when == ("8:00–9:30 AM", "Customer expects you", "7:45–8:15 AM", "1 h 30 min")
    assert visit.facts == (
        ("Where", "Home, 2416 S Prairie Ave, Sioux Falls, SD 57105"),
        ("Call", "605-555-0148, Ellen"),
        ("Measures", "Panes 42 · Lawn 5.5 sq ft"),
    )
    assert visit.access == (("Gate code", "4471"), ("Access", "Dog in the yard"))
    assert visit.notes == (("Note", "Use the side ladder."),)
    assert (visit.work[0].quantity, visit.work[0].detail) == ("42 ×", "per pane · 42 panes")


def test_prices_stand_there_only_when_asked_for() -> None:
    assert (only(VISIT).work[0].price, only(VISIT).total) == ("", "")
    priced = only(VISIT, prices=True)
    assert (priced.work[0].price, priced.total) == ("$4.50", "$189.00")


def test_what_is_not_known_takes_no_room() -> None:
    bare = dataclasses.replace(
        VISIT, address=(), person="", phone="", gate_code=" ", access_note="", notes=(),
        measures=(), work=(), title="", customer="", arrival_minutes=None,
    )  # fmt: skip
    visit = only(bare)
    assert (visit.name, visit.detail, visit.when) == ("Visit", "", ("8:00–9:30 AM", "1 h 30 min"))
    assert [*visit.facts, *visit.access, *visit.notes, *visit.work] == []


def test_estimates_and_what_is_not_confirmed_say_so() -> None:
    held = dataclasses.replace(VISIT, kind="estimate", state="tentative", worker="Ruth")
    assert only(held).detail == "Estimate, In + out, not confirmed yet, for Ruth"
    assert only(dataclasses.replace(VISIT, all_day=True)).when == ("All day",)


def test_an_endless_note_is_cut() -> None:
    ((_label, text),) = only(dataclasses.replace(VISIT, notes=("x" * 1_000_000,))).notes
    assert len(text) == 2_000


@pytest.mark.parametrize(
    ("start", "end", "twelve", "shown"),
    [
        ("T08:00", "T09:30", True, "8:00–9:30 AM"),
        ("T11:00", "T12:30", True, "11:00 AM–12:30 PM"),
        ("T00:15", "T01:00", True, "12:15–1:00 AM"),
        ("T08:00", "T13:30", False, "08:00–13:30"),
    ],
)
def test_times_as_the_country_writes_them(start: str, end: str, twelve: bool, shown: str) -> None:
    assert print_range(f"2026-07-14{start}", f"2026-07-14{end}", twelve=twelve) == shown


def test_the_head_says_day_people_and_planned_time() -> None:
    sheet = build_day_sheet(day(VISIT, VISIT))
    assert sheet.day == "Tuesday, Jul 14, 2026"
    assert (sheet.crews[0].people, sheet.crews[0].summary) == ("Dan, Ruth", "2 visits, 3 h planned")
    assert build_day_sheet(day(VISIT, country="DE")).paper == "a4"
    assert pickle.loads(pickle.dumps(sheet)) == sheet
    assert (print_length(45), print_length(120)) == ("45 min", "2 h")


def test_gate_codes_can_stay_in_the_office() -> None:
    sheet = build_day_sheet(day(VISIT, dataclasses.replace(VISIT, gate_code="")), gate_codes=False)
    first, second = sheet.crews[0].visits
    assert first.access[0] == ("Gate code", "ask the office")
    assert [label for label, _ in second.access] == ["Access"]
    assert "4471" not in repr(sheet)


def test_totals_stand_there_with_prices_only() -> None:
    assert build_day_sheet(day(VISIT, VISIT)).crews[0].total == ""
    assert build_day_sheet(day(VISIT, VISIT), prices=True).crews[0].total == "$378.00"


def test_the_order_is_the_one_that_the_office_chose() -> None:
    def at(local: str, place: int | None = None) -> VisitFacts:
        return dataclasses.replace(VISIT, starts_local=f"2026-07-14T{local}", route_position=place)

    early, late, noon = at("08:00", 2), at("15:00", 1), at("12:00")
    assert in_order((early, noon, late)) == (noon, late, early)
    assert in_order((late, at("16:00"))) == (late, at("16:00"))
    plain = (at("08:00"), at("12:00"))
    assert in_order(reversed(plain)) == plain
    whole = dataclasses.replace(noon, all_day=True)
    assert in_order((early, whole))[0] == whole


def test_lawn_care_has_lines_to_fill_in_until_it_is_recorded() -> None:
    lawn = dataclasses.replace(VISIT, treats=True)
    facts = DayFacts(
        "2026-07-14", "Clearview", "US", "USD",
        (CrewFacts("Lawn C", ("Luis",), (lawn,), (("Luis", "SD 48213"),)),),
    )  # fmt: skip
    (visit,) = build_day_sheet(facts).crews[0].visits
    assert visit.to_fill[-1] == (("Applicator", "Luis"), ("Licence", "SD 48213"))
    assert ("EPA reg. no.", "") in visit.to_fill[0]
    done = dataclasses.replace(lawn, treatments=(TreatmentFacts("Barricade", "100-1139"),))
    recorded = only(done)
    assert recorded.to_fill == ()
    assert recorded.treatments == ((("Product", "Barricade"), ("EPA reg. no.", "100-1139")),)
    assert only(VISIT).to_fill == ()


def test_code_checklist_and_signature_go_along() -> None:
    visit = only(dataclasses.replace(VISIT, code="V22HKQ", checklist=(("Sills", True),)))
    assert (visit.code, visit.checklist) == ("V22HKQ", (("Sills", True),))
    assert "Customer's signature" in visit.signs
    assert only(dataclasses.replace(VISIT, customer="")).signs == ()
