"""Repeating invoices on a real file: each period once, missed ones caught up."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.services.appointment_values import AppointmentDraft, LineDraft
from tcf_desktop.services.appointments import CreateAppointment
from tcf_desktop.services.billing_plan_drafts import BillingPlanDraft
from tcf_desktop.services.billing_plans import (
    BillAndIssuePeriod,
    BillPeriod,
    DeleteBillingPlan,
    RepeatInvoice,
    ResumeBillingPlan,
    SaveBillingPlan,
    SkipPeriod,
    StopBillingPlan,
)
from tcf_desktop.services.invoices import DiscardDraft, VoidInvoice
from tcf_desktop.services.office import Office
from tcf_desktop.services.undo import UndoLast
from tests.services.billing_tools import code_of, customer_named, detail_of, draft_of, drafted, line


def plan_of(**changes: Any) -> BillingPlanDraft:
    values: dict[str, Any] = {
        "name": "Mowing",
        "rule": "FREQ=MONTHLY",
        "anchor_on": "2026-05-31",
        "lines": (line(120_00),),
    }
    return BillingPlanDraft(**{**values, **changes})


def planned(office: Office, **changes: Any) -> int:
    return office.runner.run(SaveBillingPlan(customer_named(office), plan_of(**changes)))


def runs(office: Office, plan_id: int) -> list[tuple[str, str]]:
    return office.read(
        lambda r: [
            (row[0], row[1])
            for row in r.all(
                "SELECT period_on, state FROM billing_runs WHERE plan_id = ? ORDER BY period_on",
                (plan_id,),
            )
        ]
    )


def mowing(office: Office, customer: int, day: str, cents: int = 45_00) -> int:
    place = office.read(
        lambda r: r.value("SELECT id FROM locations WHERE contact_id = ?", (customer,))
    )
    return office.runner.run(
        CreateAppointment(
            AppointmentDraft(
                starts_local=f"{day}T09:00",
                minutes=60,
                zone="America/Chicago",
                contact_id=customer,
                location_id=place,
                state="done",
                lines=(LineDraft("Mowing", cents * E4, 1000),),
            )
        )
    )


def test_a_period_becomes_a_draft_with_the_lines_and_terms_of_the_plan(office: Office) -> None:
    plan_id = planned(office, terms_days=7, po="PO 9", message="Thanks", discount_ppm=100_000)
    made = detail_of(office, office.runner.run(BillPeriod(plan_id, "2026-05-31")))
    assert (made.number, made.terms_days, made.po) == (None, 7, "PO 9")
    assert [one.name for one in made.lines] == ["Windows"]
    stored = office.read(
        lambda r: r.one("SELECT net_cents, message FROM invoices WHERE id = ?", (made.id,))
    )
    assert stored == (108_00, "Thanks")


def test_a_period_is_billed_once_however_often_it_is_asked_for(office: Office) -> None:
    plan_id = planned(office)

    def bill(_n: int) -> str:
        try:
            office.runner.run(BillPeriod(plan_id, "2026-05-31"))
        except AppError as error:
            return error.code
        return "made"

    with ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(bill, range(16)))
    assert answers == ["made"] + ["repeating.done"] * 15
    assert office.read(lambda r: r.value("SELECT count(*) FROM invoices")) == 1


def test_only_dates_of_the_rule_that_have_come_are_billed(office: Office) -> None:
    plan_id = planned(office)
    for day in ("2026-06-29", "2026-07-31"):
        assert code_of(office, BillPeriod(plan_id, day)) == "repeating.not_due"
    office.runner.run(BillPeriod(plan_id, "2026-06-30"))


def test_undo_takes_the_draft_and_the_period_back(office: Office) -> None:
    plan_id = planned(office)
    office.runner.run(BillPeriod(plan_id, "2026-05-31"))
    office.runner.run(UndoLast())
    assert runs(office, plan_id) == []
    assert office.read(lambda r: r.value("SELECT count(*) FROM invoices")) == 0
    office.runner.run(BillPeriod(plan_id, "2026-05-31"))


def test_what_was_issued_at_once_is_not_undone(office: Office) -> None:
    plan_id = planned(office)
    invoice_id = office.runner.run(BillAndIssuePeriod(plan_id, "2026-05-31"))
    assert detail_of(office, invoice_id).number
    assert code_of(office, UndoLast()) == "undo.final"


def test_issuing_that_fails_leaves_no_draft_and_the_period_due(office: Office) -> None:
    plan_id = planned(office, lines=(line(-5_00),))
    assert code_of(office, BillAndIssuePeriod(plan_id, "2026-05-31")) == "invoice.negative"
    assert runs(office, plan_id) == []
    assert office.read(lambda r: r.value("SELECT count(*) FROM invoices")) == 0


def test_a_discarded_draft_and_a_voided_invoice_make_their_period_due_again(
    office: Office,
) -> None:
    plan_id = planned(office)
    office.runner.run(DiscardDraft(office.runner.run(BillPeriod(plan_id, "2026-05-31"))))
    assert runs(office, plan_id) == []
    office.runner.run(UndoLast())
    assert runs(office, plan_id) == [("2026-05-31", "made")]
    issued = office.runner.run(BillAndIssuePeriod(plan_id, "2026-06-30"))
    office.runner.run(VoidInvoice(issued, "wrong"))
    assert runs(office, plan_id) == [("2026-05-31", "made")]


def test_a_skipped_period_is_not_billed_until_that_is_undone(office: Office) -> None:
    plan_id = planned(office)
    office.runner.run(SkipPeriod(plan_id, "2026-05-31"))
    assert code_of(office, BillPeriod(plan_id, "2026-05-31")) == "repeating.done"
    office.runner.run(UndoLast())
    office.runner.run(BillPeriod(plan_id, "2026-05-31"))


def test_visits_of_the_period_are_billed_and_no_others(office: Office) -> None:
    customer = customer_named(office)
    for day in ("2026-05-30", "2026-05-31", "2026-06-29", "2026-06-30"):
        mowing(office, customer, day)
    draft = plan_of(basis="visits", lines=(), rule="FREQ=MONTHLY")
    plan_id = office.runner.run(SaveBillingPlan(customer, draft))
    invoice_id = office.runner.run(BillPeriod(plan_id, "2026-06-30"))
    days = office.read(
        lambda r: r.all(
            "SELECT starts_local FROM appointments WHERE invoice_id = ? ORDER BY starts_local",
            (invoice_id,),
        )
    )
    assert [row[0][:10] for row in days] == ["2026-05-31", "2026-06-29"]
    assert detail_of(office, invoice_id).location_id is not None


def test_a_period_without_finished_visits_stays_due(office: Office) -> None:
    plan_id = planned(office, basis="visits", lines=())
    assert code_of(office, BillPeriod(plan_id, "2026-05-31")) == "repeating.no_visits"
    assert runs(office, plan_id) == []


def test_what_fell_into_a_stop_is_left_out_after_starting_again(office: Office, clock: Any) -> None:
    plan_id = planned(office, rule="FREQ=DAILY", anchor_on="2026-07-13")
    office.runner.run(StopBillingPlan(plan_id))
    clock.advance(3 * 86_400)
    office.runner.run(ResumeBillingPlan(plan_id))
    assert runs(office, plan_id) == [("2026-07-15", "skipped"), ("2026-07-16", "skipped")]
    office.runner.run(BillPeriod(plan_id, "2026-07-13"))
    office.runner.run(BillPeriod(plan_id, "2026-07-17"))


def test_a_changed_rule_begins_after_what_was_billed(office: Office) -> None:
    customer = customer_named(office)
    plan_id = office.runner.run(SaveBillingPlan(customer, plan_of()))
    office.runner.run(BillPeriod(plan_id, "2026-06-30"))
    weekly = plan_of(rule="FREQ=WEEKLY", anchor_on="2026-06-01")
    assert code_of(office, SaveBillingPlan(customer, weekly, plan_id)) == "repeating.billed"
    later = plan_of(rule="FREQ=WEEKLY", anchor_on="2026-07-01")
    office.runner.run(SaveBillingPlan(customer, later, plan_id))
    office.runner.run(SaveBillingPlan(customer, plan_of(
        rule="FREQ=WEEKLY", anchor_on="2026-07-01", lines=(line(1_00), line(2_00))), plan_id)
    )  # fmt: skip
    stored = office.read(
        lambda r: r.value("SELECT count(*) FROM billing_plan_lines WHERE plan_id = ?", (plan_id,))
    )
    assert stored == 2


def test_an_invoice_is_repeated_with_its_lines_and_terms(office: Office) -> None:
    customer = customer_named(office)
    source = drafted(office, customer, draft_of(line(99_00), line(1_00)))
    plan_id = office.runner.run(RepeatInvoice(source, "FREQ=MONTHLY", "2026-07-01", "Care"))
    again = detail_of(office, office.runner.run(BillPeriod(plan_id, "2026-07-01")))
    assert [(one.name, one.unit_price_e4, one.amount_cents) for one in again.lines] == [
        (one.name, one.unit_price_e4, one.amount_cents) for one in detail_of(office, source).lines
    ]
    assert again.terms_days == 30


def test_a_deleted_plan_bills_nothing_and_comes_back(office: Office) -> None:
    plan_id = planned(office)
    office.runner.run(DeleteBillingPlan(plan_id))
    assert code_of(office, BillPeriod(plan_id, "2026-05-31")) == "data.gone"
    office.runner.run(UndoLast())
    office.runner.run(BillPeriod(plan_id, "2026-05-31"))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "repeating.no_name"),
        ({"lines": ()}, "repeating.no_lines"),
        ({"rule": "FREQ=HOURLY"}, "schedule.rule"),
        ({"rule": "FREQ=MONTHLY;UNTIL=20200101"}, "repeating.no_dates"),
        ({"anchor_on": "soon"}, "invoice.bad_date"),
        ({"anchor_on": "0001-01-01"}, "invoice.bad_date"),
        ({"terms_days": -1}, "invoice.bad_quantity"),
        ({"discount_ppm": 1_000_001}, "invoice.bad_discount"),
    ],
)
def test_a_plan_that_could_not_bill_is_refused(
    office: Office, changes: dict[str, Any], code: str
) -> None:
    assert code_of(office, SaveBillingPlan(customer_named(office), plan_of(**changes))) == code
