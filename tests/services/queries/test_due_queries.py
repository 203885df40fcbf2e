"""Who is due, against a plain count over everything; habits, quiet customers, suggestions."""

from __future__ import annotations

import dataclasses
import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from tcf_desktop.domain import frequency as rules
from tcf_desktop.domain.frequency import Rhythm
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.services.appointment_values import AppointmentDraft, LineDraft
from tcf_desktop.services.appointments import CreateAppointment, FinishAppointment
from tcf_desktop.services.contacts import DeleteContact, SaveContact
from tcf_desktop.services.frequencies import (
    FrequencyDraft,
    SaveFrequency,
    SnoozeFrequency,
    StopFrequency,
)
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries import book_again, due
from tcf_desktop.services.queries.imports import drafts_of
from tcf_desktop.services.undo import UndoLast
from tests.services.due_tools import TODAY, ZONE, contact, places_of, service, visit, wanted

NOW = datetime(2026, 7, 14, 10, 42, tzinfo=ZoneInfo("America/Chicago"))
DAY = date(2026, 7, 14)


@dataclass(frozen=True)
class Visit:
    contact_id: int
    location_id: int | None
    service_id: int | None
    on: date
    done: bool


@dataclass(frozen=True)
class Wanted:
    id: int
    contact_id: int
    location_id: int | None
    service_id: int | None
    rhythm: Rhythm
    starts_on: date
    snoozed: str
    stopped: bool

    def fits(self, seen: Visit) -> bool:
        return (
            seen.contact_id == self.contact_id
            and (None in (self.location_id, seen.location_id)
                 or seen.location_id == self.location_id)
            and (None in (self.service_id, seen.service_id) or seen.service_id == self.service_id)
        )  # fmt: skip


def history(office: Office, seed: int) -> tuple[list[Visit], list[Wanted]]:
    """A few customers with visits and frequencies at random."""
    dice = random.Random(seed)
    services = [service(office, "Windows"), service(office, "Gutters"), None]
    visits, kept = [], []
    for number in range(6):
        contact_id = contact(office, f"Person{number}", ("Home", "Cabin"))
        places = [*places_of(office, contact_id), None]
        for _ in range(dice.randrange(7)):
            on = DAY + timedelta(days=dice.choice([-900, -400, -200, -100, -60, -30, -5, 20]))
            on += timedelta(days=dice.randrange(20) - 10)
            seen = Visit(contact_id, dice.choice(places), dice.choice(services), on,
                         on <= DAY and dice.random() < 0.8)  # fmt: skip
            visit(office, contact_id, on.isoformat(), location_id=seen.location_id,
                  service_id=seen.service_id, done=seen.done)  # fmt: skip
            visits.append(seen)
        for place, of in {(dice.choice(places), dice.choice(services)) for _ in range(3)}:
            rhythm = Rhythm(
                dice.randrange(1, 9), dice.choice(["week", "month"]),
                *dice.choice([("", ""), ("04-01", "10-31"), ("11-01", "02-29")]),
            )  # fmt: skip
            start = DAY - timedelta(days=dice.randrange(500))
            draft = FrequencyDraft(contact_id, rhythm, place, of, starts_on=start.isoformat())
            made = office.runner.run(SaveFrequency(None, draft))
            snoozed, stopped = "", False
            if dice.random() < 0.2:
                snoozed = office.runner.run(SnoozeFrequency((made,), "month"))
            elif dice.random() < 0.2:
                office.runner.run(StopFrequency((made,)))
                stopped = True
            kept.append(Wanted(made, contact_id, place, of, rhythm, start, snoozed, stopped))
    return visits, kept


def expected(visits: list[Visit], kept: list[Wanted]) -> dict[str, list[int]]:
    """Every list by going through everything."""
    lists: dict[str, list[tuple[str, int]]] = {"now": [], "coming": [], "snoozed": []}
    for one in kept:
        fitting = [seen for seen in visits if one.fits(seen)]
        last = max((seen.on for seen in fitting if seen.done), default=one.starts_on)
        day = rules.due_on(last, one.rhythm)
        ahead = any(not seen.done and seen.on >= DAY - timedelta(days=14) for seen in fitting)
        if one.stopped:
            continue
        if one.snoozed and day.isoformat() <= one.snoozed:
            lists["snoozed"].append((one.snoozed, one.id))
        elif not ahead and day <= DAY:
            lists["now"].append((day.isoformat(), one.id))
        elif not ahead and day <= DAY + timedelta(days=30):
            lists["coming"].append((day.isoformat(), one.id))
    return {key: [found for _, found in sorted(rows)] for key, rows in lists.items()}


@pytest.mark.parametrize("seed", range(6))
def test_every_list_is_what_a_look_at_everything_gives(office: Office, seed: int) -> None:
    visits, kept = history(office, seed)
    wanted_lists = expected(visits, kept)
    tabs: tuple[due.Tab, ...] = ("now", "coming", "snoozed")
    for tab in tabs:
        found = office.read(partial(due.due_ids, tab=tab, today=TODAY))
        assert list(found) == wanted_lists[tab], tab
    counts = office.read(lambda r: due.due_counts(r, TODAY))
    assert [counts.now, counts.coming, counts.snoozed] == [len(wanted_lists[t]) for t in tabs]
    assert counts.stopped == sum(one.stopped for one in kept)
    by_id = {one.id: one for one in kept}
    assert office.read(lambda r: due.due_contact_ids(r, TODAY)) == {
        by_id[found].contact_id for found in wanted_lists["now"]
    }
    total, rows = office.read(lambda r: due.due_first(r, TODAY, 2))
    assert total == len(wanted_lists["now"])
    assert [row.id for row in rows] == wanted_lists["now"][:2]
    for key, row in office.read(lambda r: due.due_rows(r, list(by_id), TODAY)).items():
        fitting = [seen.on for seen in visits if by_id[key].fits(seen) and seen.done]
        assert row.learned_days == rules.learned_interval(fitting)
        assert row.last_on == (max(fitting).isoformat() if fitting else "")


@pytest.mark.parametrize("seed", range(12))
def test_quiet_customers_are_what_the_rule_says(office: Office, seed: int) -> None:
    dice = random.Random(seed)
    quiet = []
    for number in range(12):
        contact_id = contact(office, f"Person{number}")
        days = [DAY - timedelta(days=dice.randrange(20, 900)) for _ in range(dice.randrange(6))]
        for day in days:
            visit(office, contact_id, day.isoformat())
        if dice.random() < 0.2:
            visit(office, contact_id, "2026-08-01", done=False)
        elif dice.random() < 0.2:
            wanted(office, contact_id, "monthly")
        elif rules.is_quiet(days, DAY):
            quiet.append((max(days), contact_id))
    quiet.sort(key=lambda pair: (-pair[0].toordinal(), pair[1]))
    found = list(office.read(lambda r: due.quiet_ids(r, TODAY)))
    assert found == [contact_id for _, contact_id in quiet]
    rows = office.read(lambda r: due.quiet_rows(r, found, TODAY))
    assert [rows[key].last_on for key in found] == [day.isoformat() for day, _ in quiet]


def test_a_row_shows_what_the_office_asks_for(office: Office) -> None:
    anna = contact(office)
    (home,) = places_of(office, anna)
    windows, gutters = service(office, "Windows"), service(office, "Gutters")
    for day in ("2026-01-05", "2026-03-02", "2026-04-27"):
        visit(office, anna, day, location_id=home, service_id=windows, cents=21_000)
    visit(office, anna, "2026-05-20", location_id=home, service_id=gutters, cents=9_900)
    key = wanted(office, anna, "every 8 weeks", location_id=home, service_id=windows)
    row = office.read(lambda r: due.due_rows(r, [key], TODAY))[key]
    assert (row.name, row.place, row.title) == ("Anna Olson", "Home, Sioux Falls", "Windows")
    assert (row.phone, row.last_on, row.last_cents) == ("605-555-0123", "2026-04-27", 21_000)
    assert (row.due_on, row.days_late, row.learned_days) == ("2026-06-22", 22, 56)
    assert office.read(lambda r: due.contact_frequencies(r, anna, TODAY)) == (row,)
    assert office.read(lambda r: due.usual_interval(r, anna)) == 56


def test_a_search_narrows_the_list(office: Office) -> None:
    anna, berta = contact(office), contact(office, "Berg")
    first, second = (wanted(office, key, "weekly", starts_on="2026-05-01") for key in (anna, berta))
    assert list(office.read(lambda r: due.due_ids(r, "now", TODAY, "olso"))) == [first]
    assert list(office.read(lambda r: due.due_ids(r, "now", TODAY, "berg"))) == [second]
    assert list(office.read(lambda r: due.due_ids(r, "now", TODAY, "?!"))) == []
    assert list(office.read(lambda r: due.quiet_ids(r, TODAY, "?!"))) == []


def test_a_suggestion_is_the_last_visit_at_a_free_time(office: Office) -> None:
    anna = contact(office)
    (home,) = places_of(office, anna)
    windows = service(office, "Windows")
    visit(office, anna, "2026-03-02", location_id=home, service_id=windows, cents=21_000)
    key = wanted(office, anna, "every 8 weeks", location_id=home, service_id=windows)
    found = office.read(lambda r: book_again.suggestion(r, key, NOW))
    assert found is not None
    assert (found.contact_id, found.name, found.location_id) == (anna, "Anna Olson", home)
    assert [(line.service_id, line.unit_price_e4) for line in found.lines] == [
        (windows, 21_000 * E4)
    ]
    assert (found.starts_local, found.minutes) == ("2026-07-15T09:00", 120)


def test_a_suggestion_keeps_out_of_the_crews_way_and_waits_until_it_is_due(
    sample_office: Office,
) -> None:
    crew, contact_id = sample_office.read(
        lambda r: r.one(
            "SELECT crew_id, contact_id FROM appointments WHERE state = 'done' AND kind = 'job'"
            " AND crew_id IS NOT NULL AND contact_id IS NOT NULL ORDER BY starts_at DESC LIMIT 1"
        )
    ) or (0, 0)
    found = sample_office.read(lambda r: book_again.suggestion_for(r, contact_id, NOW))
    assert found is not None
    assert found.crew_id == crew
    start = datetime.fromisoformat(found.starts_local)
    clashes = sample_office.read(
        lambda r: r.all(
            "SELECT starts_local, minutes FROM appointments WHERE crew_id = ? AND all_day = 0"
            " AND deleted_at IS NULL AND state NOT IN ('cancelled', 'no_show')"
            " AND starts_local LIKE ? || '%'",
            (crew, found.starts_local[:10]),
        )
    )
    for other_local, minutes in clashes:
        other = datetime.fromisoformat(other_local)
        assert other >= start + timedelta(minutes=found.minutes) or (
            other + timedelta(minutes=minutes) <= start
        )


def test_a_suggestion_without_history_is_the_service_as_it_is_sold(office: Office) -> None:
    anna = contact(office)
    windows = service(office, "Windows", 18_000)
    key = wanted(
        office, anna, "monthly", service_id=windows, starts_on="2026-08-01", price_cents=15_000
    )
    found = office.read(lambda r: book_again.suggestion(r, key, NOW))
    assert found is not None
    assert [(line.name, line.unit_price_e4) for line in found.lines] == [("Windows", 15_000 * E4)]
    assert (found.starts_local, found.minutes) == ("2026-09-01T08:00", 90)
    assert office.read(lambda r: book_again.suggestion(r, 999, NOW)) is None
    assert office.read(lambda r: book_again.suggestion_for(r, 999, NOW)) is None


def test_a_part_of_a_visit_takes_its_share_of_the_time(office: Office) -> None:
    anna = contact(office)
    windows, gutters = service(office, "Windows"), service(office, "Gutters")
    lines = (
        LineDraft("Windows", 30_000 * E4, service_id=windows),
        LineDraft("Gutters", 10_000 * E4, service_id=gutters),
    )
    draft = AppointmentDraft("2026-03-02T13:00", 120, ZONE, contact_id=anna, lines=lines)
    office.runner.run(FinishAppointment(office.runner.run(CreateAppointment(draft))))
    key = wanted(office, anna, "monthly", service_id=gutters)
    found = office.read(lambda r: book_again.suggestion(r, key, NOW))
    assert found is not None
    assert [line.name for line in found.lines] == ["Gutters"]
    assert (found.starts_local, found.minutes) == ("2026-07-15T13:00", 30)


def test_a_place_or_contact_that_is_gone_is_not_asked_for(office: Office) -> None:
    anna, berta = contact(office, places=("Home", "Cabin")), contact(office, "Berg")
    home, cabin = places_of(office, anna)
    at_home = wanted(office, anna, "monthly", location_id=home, starts_on="2026-01-01")
    at_cabin = wanted(office, anna, "monthly", location_id=cabin, starts_on="2026-02-01")
    hers = wanted(office, berta, "monthly", starts_on="2026-03-01")

    def now() -> list[int]:
        return list(office.read(lambda r: due.due_ids(r, "now", TODAY)))

    assert now() == [at_home, at_cabin, hers]
    kept = office.read(lambda r: next(drafts_of(r, [anna]))).draft
    fewer = dataclasses.replace(kept, places=kept.places[:1])
    office.runner.run(SaveContact(fewer, anna))
    office.runner.run(DeleteContact((berta,)))
    assert now() == [at_home]
    assert [row.id for row in office.read(lambda r: due.contact_frequencies(r, anna, TODAY))] == [
        at_home
    ]
    office.runner.run(UndoLast())
    office.runner.run(UndoLast())
    assert now() == [at_home, at_cabin, hers]
