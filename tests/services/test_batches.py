"""Many documents at once: previewed, worked through one by one, stopped between two."""

from __future__ import annotations

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import ContactDraft, Email, Place
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.services.appointment_values import AppointmentDraft, LineDraft
from tcf_desktop.services.appointments import CreateAppointment
from tcf_desktop.services.batches import (
    Made,
    Outcome,
    collecting,
    invoicing,
    issuing,
    mailing,
    repeating,
    run_batch,
)
from tcf_desktop.services.billing_plan_drafts import BillingPlanDraft
from tcf_desktop.services.billing_plans import SaveBillingPlan
from tcf_desktop.services.check import check_office
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.invoices import DraftInvoice, InvoiceVisits
from tcf_desktop.services.office import Office
from tcf_desktop.services.progress import Progress
from tcf_desktop.services.queries.batch_items import (
    BatchItem,
    Per,
    draft_items,
    due_items,
    unsent_items,
    visit_items,
)
from tests.services.billing_tools import TODAY, detail_of, draft_of, drafted, issued, line


def customer(office: Office, name: str, *, mail: str = "", places: int = 1) -> int:
    return office.runner.run(
        SaveContact(
            ContactDraft(
                first_name=name,
                last_name="Moe",
                emails=(Email(address=mail),) if mail else (),
                places=tuple(
                    Place(street=f"{n + 1} Main St", city="Sioux Falls") for n in range(places)
                ),
            )
        )
    )


def finished(office: Office, contact_id: int, day: str, place: int = 0, cents: int = 50_00) -> int:
    ids = office.read(
        lambda r: r.all("SELECT id FROM locations WHERE contact_id = ? ORDER BY id", (contact_id,))
    )
    return office.runner.run(
        CreateAppointment(
            AppointmentDraft(
                starts_local=f"{day}T09:00",
                minutes=60,
                zone="America/Chicago",
                contact_id=contact_id,
                location_id=ids[place][0],
                state="done",
                lines=(LineDraft("Mowing", cents * E4, 1_000),),
            )
        )
    )


def visits(office: Office, per: Per = "place") -> tuple[BatchItem, ...]:
    return office.read(lambda r: visit_items(r, per))


def test_the_preview_says_which_invoices_the_finished_visits_make(office: Office) -> None:
    ann, bea = customer(office, "Ann", places=2), customer(office, "Bea")
    first = finished(office, ann, "2026-07-01")
    second = finished(office, ann, "2026-07-08")
    other = finished(office, ann, "2026-07-09", place=1)
    alone = finished(office, bea, "2026-07-02")
    assert [item.ids for item in visits(office)] == [(first, second), (other,), (alone,)]
    assert [item.ids for item in visits(office, "customer")] == [(first, second, other), (alone,)]
    assert [len(item.ids) for item in visits(office, "visit")] == [1, 1, 1, 1]
    item = visits(office)[0]
    assert (item.dates, item.amount_cents, item.detail) == (
        ("2026-07-01", "2026-07-08"),
        100_00,
        "1 Main St",
    )


def test_a_batch_makes_what_its_preview_said(office: Office) -> None:
    ann = customer(office, "Ann", mail="ann@example.com", places=2)
    bea = customer(office, "Bea")
    for day, place in (("2026-07-01", 0), ("2026-07-09", 1)):
        finished(office, ann, day, place)
    finished(office, bea, "2026-07-02")
    items = visits(office, "customer")
    outcomes = run_batch(items, invoicing(office, "customer", "mail", TODAY), Progress())
    numbers = [outcome.made.numbers for outcome in outcomes]
    assert [len(each) for each in numbers] == [1, 1]
    assert [outcome.made.unmailed for outcome in outcomes] == [False, True]
    assert visits(office) == ()
    found = office.read(
        lambda r: r.one("SELECT id, location_id FROM invoices WHERE number = ?", numbers[0])
    )
    assert found is not None
    detail = detail_of(office, found[0])
    assert found[1] is None
    assert [row.description.split(" · ")[-1] for row in detail.lines] == ["1 Main St", "2 Main St"]
    assert detail.total_cents == 106_20  # the tax of the places, 6.2 %
    kept = office.read(lambda r: r.value("SELECT count(*) FROM archived_documents"))
    waiting = office.read(lambda r: r.value("SELECT count(*) FROM messages WHERE state='waiting'"))
    assert (kept, waiting) == (2, 1)
    assert check_office(office).problems == ()


def test_stop_leaves_the_rest_untouched_and_whole(office: Office) -> None:
    for name in ("Ann", "Bea", "Cid"):
        finished(office, customer(office, name), "2026-07-01")
    items, progress = visits(office), Progress()
    whole = invoicing(office, "place", "issue", TODAY)

    def work(item: BatchItem) -> Made:
        made = whole(item)
        progress.stop()
        return made

    outcomes = run_batch(items, work, progress)
    assert [outcome.state for outcome in outcomes] == ["done", "left", "left"]
    assert [item.customer for item in visits(office)] == [item.customer for item in items[1:]]
    assert check_office(office).problems == ()


def test_what_is_refused_does_not_keep_the_others_back(office: Office) -> None:
    ann = customer(office, "Ann")
    empty = office.runner.run(DraftInvoice(ann))
    good = drafted(office, ann, draft_of(line(10_00)))
    items = office.read(draft_items)
    assert [(item.ids, item.hindrance) for item in items] == [
        ((empty,), "no_lines"),
        ((good,), ""),
    ]
    outcomes = run_batch(items, issuing(office, "issue", TODAY), Progress())
    assert [outcome.state for outcome in outcomes] == ["failed", "done"]
    assert outcomes[0].error is not None
    assert outcomes[0].error.code == "invoice.empty"
    assert outcomes[1].made.numbers == (detail_of(office, good).number,)


def test_an_unforeseen_error_is_told_and_the_list_of_what_was_done_kept(office: Office) -> None:
    item = BatchItem((1,), "Ann", "", (), 0)

    def work(_item: BatchItem) -> Made:
        raise ZeroDivisionError

    (outcome,) = run_batch([item], work, Progress())
    assert outcome.state == "failed"
    assert isinstance(outcome.error, AppError)
    assert outcome.error.code == "app.bug"


def test_what_waits_or_went_out_is_not_offered_again(office: Office) -> None:
    ann = customer(office, "Ann", mail="ann@example.com")
    bea = customer(office, "Bea")
    first = issued(office, ann, draft_of(line(10_00)))
    second = issued(office, bea, draft_of(line(20_00)))
    items = office.read(lambda r: unsent_items(r, by_mail=True))
    assert [(item.ids, item.hindrance) for item in items] == [
        ((first,), ""),
        ((second,), "no_address"),
    ]
    assert run_batch(items[:1], mailing(office, TODAY), Progress()) == (
        Outcome("done", Made((detail_of(office, first).number or "",))),
    )
    left = office.read(lambda r: unsent_items(r, by_mail=False))
    assert [item.ids for item in left] == [(second,)]
    papers: list[tuple[int, bytes]] = []
    run_batch(left, collecting(office, TODAY, papers), Progress())
    assert papers[0][0] == second
    assert papers[0][1].startswith(b"%PDF")


def test_visits_are_billed_and_issued_in_one_step_or_not_at_all(office: Office) -> None:
    ann = customer(office, "Ann")
    visit = finished(office, ann, "2026-07-01")
    ((invoice_id, number),) = office.runner.run(InvoiceVisits((visit,)))
    assert detail_of(office, invoice_id).number == number
    again = finished(office, ann, "2026-07-02")
    (refused,) = run_batch(
        [BatchItem((again, visit), "Ann", "", (), 0)],
        invoicing(office, "place", "issue", TODAY),
        Progress(),
    )
    assert refused.error is not None
    assert refused.error.code == "invoice.already_invoiced"
    assert [item.ids for item in visits(office)] == [(again,)]


def test_missed_repeating_invoices_are_caught_up_each_date_once(office: Office) -> None:
    ann = customer(office, "Ann")
    office.runner.run(
        SaveBillingPlan(
            ann, BillingPlanDraft("Mowing", "FREQ=MONTHLY", "2026-05-01", lines=(line(120_00),))
        )
    )
    items = office.read(lambda r: due_items(r, TODAY))
    assert [item.dates for item in items] == [("2026-05-01",), ("2026-06-01",), ("2026-07-01",)]
    (skipped,) = run_batch(items[:1], repeating(office, "skip", TODAY), Progress())
    (draft,) = run_batch(items[1:2], repeating(office, "draft", TODAY), Progress())
    (issued_now,) = run_batch(items[2:], repeating(office, "issue", TODAY), Progress())
    assert (skipped.made.skipped, draft.made.numbers, len(issued_now.made.numbers)) == (True, (), 1)
    assert office.read(lambda r: due_items(r, TODAY)) == ()
    again = run_batch(items, repeating(office, "issue", TODAY), Progress())
    assert {outcome.error.code for outcome in again if outcome.error} == {"repeating.done"}
    assert office.read(lambda r: r.value("SELECT count(*) FROM invoices")) == 2
    assert check_office(office).problems == ()
