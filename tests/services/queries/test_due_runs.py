"""What of the repeating invoices is due."""

from __future__ import annotations

from tcf_desktop.services.billing_plans import (
    BillPeriod,
    DeleteBillingPlan,
    SaveBillingPlan,
    SkipPeriod,
    StopBillingPlan,
)
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries.billing_plans import due_runs
from tests.services.billing_tools import TODAY, customer_named
from tests.services.test_billing_plans import mowing, plan_of, planned


def due(office: Office, today: str = TODAY) -> list[tuple[str, int]]:
    return office.read(lambda r: [(run.period_on, run.net_cents) for run in due_runs(r, today)])


def test_missed_dates_stay_due_until_they_are_billed_or_skipped(office: Office) -> None:
    plan_id = planned(office, discount_ppm=100_000)
    assert due(office) == [("2026-05-31", 108_00), ("2026-06-30", 108_00)]
    office.runner.run(BillPeriod(plan_id, "2026-06-30"))
    assert due(office) == [("2026-05-31", 108_00)]
    office.runner.run(SkipPeriod(plan_id, "2026-05-31"))
    assert due(office) == []


def test_a_stopped_plan_owes_only_what_came_before(office: Office) -> None:
    plan_id = planned(office)
    office.runner.run(StopBillingPlan(plan_id))
    assert [day for day, _net in due(office, "2026-12-31")] == ["2026-05-31", "2026-06-30"]
    office.runner.run(DeleteBillingPlan(plan_id))
    assert due(office) == []


def test_visits_count_in_the_period_in_which_they_were(office: Office) -> None:
    customer = customer_named(office)
    mowing(office, customer, "2026-05-31")
    mowing(office, customer, "2026-06-29")
    office.runner.run(SaveBillingPlan(customer, plan_of(basis="visits", lines=())))
    assert due(office) == [("2026-05-31", 0), ("2026-06-30", 90_00)]
