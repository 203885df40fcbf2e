"""What Today shows agrees with the tables it comes from."""

from __future__ import annotations

from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries import today
from tcf_desktop.services.queries.today_kinds import (
    became_overdue,
    late_arrivals,
    open_clocks,
    received_positions,
    to_invoice,
)
from tcf_desktop.services.today import HideRow
from tcf_desktop.services.undo import UndoLast

ZONE = "America/Chicago"
HOUR = 3_600_000


def day_of(clock: FrozenClock) -> today.Day:
    return today.local_day(clock.now_ms(), ZONE)


def test_a_day_is_23_or_25_hours_long_when_the_clocks_change() -> None:
    spring = today.local_day(1_772_989_200_000, ZONE)  # 2026-03-08, 12:00 in Chicago
    autumn = today.local_day(1_793_556_000_000, ZONE)  # 2026-11-01, 12:00
    assert (spring.on, autumn.on) == ("2026-03-08", "2026-11-01")
    assert spring.ends_at - spring.starts_at == 23 * HOUR
    assert autumn.ends_at - autumn.starts_at == 25 * HOUR
    assert spring.minus(8) == "2026-02-28"


def test_ages_add_up_to_the_open_total(sample_office: Office, clock: FrozenClock) -> None:
    money = sample_office.read(lambda r: today.money_owed(r, day_of(clock).on))
    stored = sample_office.read(
        lambda r: r.one(
            "SELECT sum(open_cents), count(*), sum(open_cents) FILTER (WHERE due_on < '2026-07-14')"
            " FROM invoices WHERE open_cents <> 0 AND state IN ('issued', 'part_paid')"
        )
    )
    assert (money.total_cents, money.invoices, money.overdue_cents) == stored
    assert sum(money.ages) == money.total_cents
    assert all(money.ages), "the sample has invoices of every age"


def test_an_empty_business_has_nothing_and_nothing_breaks(
    office: Office, clock: FrozenClock
) -> None:
    day = day_of(clock)
    plan = office.read(lambda r: today.day_plan(r, day))
    assert (plan.visits, plan.planned_cents, plan.next_starts_local) == (0, 0, "")
    assert not plan.any_ever
    assert office.read(lambda r: today.money_owed(r, day.on)).total_cents == 0
    assert office.read(lambda r: today.on_the_clock(r, day)) == []
    assert office.read(lambda r: to_invoice(r, day)) is None
    assert office.read(lambda r: became_overdue(r, day)) is None
    assert office.read(lambda r: late_arrivals(r, day)) == []
    assert office.read(lambda r: open_clocks(r, day)) == []
    assert office.read(lambda r: received_positions(r, day)) == []


def test_lanes_follow_the_crews_and_hold_their_people(
    sample_office: Office, clock: FrozenClock
) -> None:
    plan = sample_office.read(lambda r: today.day_plan(r, day_of(clock)))
    lanes = {lane.name: lane for lane in plan.lanes}
    assert list(lanes)[:3] == ["Windows A", "Carpet B", "Lawn C"]
    assert lanes["Windows A"].people == ("Marcus", "Dee")
    assert sum(len(lane.visits) for lane in plan.lanes) == plan.visits
    for lane in plan.lanes:
        starts = [visit.starts_at for visit in lane.visits]
        assert starts == sorted(starts)


def test_when_the_day_is_over_the_next_visits_are_tomorrows(
    sample_office: Office, clock: FrozenClock
) -> None:
    clock.advance(12 * 3600)
    plan = sample_office.read(lambda r: today.day_plan(r, day_of(clock)))
    assert plan.next_starts_local > "2026-07-15"
    assert plan.next_count >= 1


def test_late_means_after_the_promised_window(sample_office: Office, clock: FrozenClock) -> None:
    late = sample_office.read(lambda r: late_arrivals(r, day_of(clock)))
    assert [entry.name for entry in late] == ["Bishop"]
    assert late[0].who.startswith("Luis")
    assert late[0].fix_km is not None
    early = FrozenClock(clock.now_ms() - 3 * HOUR)
    assert sample_office.read(lambda r: late_arrivals(r, day_of(early))) == []


def test_to_invoice_counts_stored_totals(sample_office: Office, clock: FrozenClock) -> None:
    found = sample_office.read(lambda r: to_invoice(r, day_of(clock)))
    stored = sample_office.read(
        lambda r: r.one(
            "SELECT count(*), sum(total_cents) FROM appointments WHERE state = 'done'"
            " AND invoice_id IS NULL AND kind = 'job' AND total_cents > 0 AND deleted_at IS NULL"
        )
    )
    assert found is not None
    assert (found.count, found.total_cents) == stored
    assert len(found.first) == min(3, found.count)


def test_a_clock_open_since_yesterday_is_found_and_todays_is_not(
    sample_office: Office, clock: FrozenClock
) -> None:
    day = day_of(clock)
    stale = sample_office.read(lambda r: open_clocks(r, day))
    assert [entry.name for entry in stale] == ["Jo Petersen"]
    now = sample_office.read(lambda r: today.on_the_clock(r, day))
    assert [entry.names for entry in now] == [("Marcus", "Dee"), ("Ana", "Tyler"), ("Luis",)]
    assert [entry.initials for entry in now] == ["MD", "AT", "LO"]


def test_hiding_holds_until_its_moment_and_can_be_undone(
    office: Office, clock: FrozenClock
) -> None:
    office.runner.run(HideRow("overdue", "all", clock.now_ms() + 1000, "2 invoices"))
    keys = office.read(lambda r: today.hidden_keys(r, clock.now_ms()))
    assert keys == {("overdue", "all")}
    office.runner.run(HideRow("overdue", "all", clock.now_ms() + 5000))
    clock.advance(2)
    assert office.read(lambda r: today.hidden_keys(r, clock.now_ms()))
    clock.advance(10)
    assert not office.read(lambda r: today.hidden_keys(r, clock.now_ms()))
    office.runner.run(UndoLast())
    office.runner.run(UndoLast())
    assert office.read(lambda r: r.value("SELECT count(*) FROM hidden_rows")) == 0
