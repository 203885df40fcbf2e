"""A proposal that is accepted: visits, deposit and the final invoice, to the cent."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tcf_desktop.services.appointments import FinishAppointment
from tcf_desktop.services.check import check_office
from tcf_desktop.services.invoices import DraftInvoiceFromAppointments, IssueInvoice
from tcf_desktop.services.office import Office
from tcf_desktop.services.payments import RecordPayment
from tcf_desktop.services.proposal_acceptance import (
    Accepted,
    AcceptProposal,
    ProposedVisit,
    ReopenProposal,
)
from tcf_desktop.services.proposal_billing import InvoiceProposal
from tcf_desktop.services.proposal_drafts import ProposalOptionDraft
from tcf_desktop.services.proposals import DeclineProposal, ReviseProposal
from tests.services.billing_tools import TODAY, code_of, customer_named, detail_of
from tests.services.proposal_tools import offer, proposal_of, sent

VISIT = ProposedVisit("2026-07-20T09:00", 90)


def accept(office: Office, proposal_id: int, **more: object) -> Accepted:
    return office.runner.run(
        AcceptProposal(proposal_id, "Ellen", "phone", TODAY, **more)  # type: ignore[arg-type]
    )


def test_visit_and_deposit_come_in_one_step(office: Office) -> None:
    made = sent(
        office, customer_named(office), offer(10_001), offer(5_000, "Screens", is_optional=True),
        title="Spring", deposit_ppm=333_333,
    )  # fmt: skip
    done = accept(office, made, chosen=(1,), visits=(VISIT,), note="On the phone")
    detail = proposal_of(office, made)
    assert (detail.state, detail.accepted_by, detail.accepted_how, detail.accepted_on) == (
        "accepted", "Ellen", "phone", TODAY,
    )  # fmt: skip
    assert (detail.total_cents, detail.deposit_cents) == (15_001, 5_000)
    (visit,) = detail.visits
    assert (visit.id, visit.starts_local) == (done.appointment_ids[0], "2026-07-20T09:00")
    assert done.deposit_id is not None
    deposit = detail_of(office, done.deposit_id)
    assert (deposit.doc_type, deposit.number, deposit.open_cents) == (
        "deposit", done.deposit_number, 5_000,
    )  # fmt: skip
    assert str(detail.number) in deposit.lines[0].name
    assert [each.doc_type for each in detail.papers] == ["deposit"]
    assert check_office(office).ok


def test_it_is_accepted_once(office: Office) -> None:
    made = sent(office, customer_named(office), offer(1_000))
    accept(office, made)
    again = AcceptProposal(made, "Ellen", "email")
    assert code_of(office, again) == "proposal.not_open"
    assert code_of(office, DeclineProposal(made)) == "proposal.not_open"
    assert code_of(office, ReviseProposal(made)) == "proposal.not_open"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (AcceptProposal(1, " ", "phone"), "proposal.no_name"),
        (AcceptProposal(1, "Ann", "phone", option_n=3), "proposal.bad_option"),
        (AcceptProposal(1, "Ann", "phone", option_n=1, chosen=(0,)), "proposal.bad_line"),
        (AcceptProposal(1, "Ann", "phone", option_n=1, chosen=(9,)), "proposal.bad_line"),
        (AcceptProposal(1, "Ann", "phone", "soon"), "invoice.bad_date"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_done(
    office: Office, command: AcceptProposal, code: str
) -> None:
    options = (ProposalOptionDraft("Good"), ProposalOptionDraft("Better"))
    made = sent(office, customer_named(office), offer(1_000), options=options)
    assert made == 1
    assert code_of(office, command) == code
    assert proposal_of(office, made).state == "sent"


def test_a_visit_that_cannot_be_booked_leaves_the_proposal_open(office: Office) -> None:
    made = sent(office, customer_named(office), offer(1_000), deposit_fixed_cents=500)
    bad = AcceptProposal(made, "Ann", "phone", visits=(ProposedVisit("2026-07-20T09:00", 0),))
    assert code_of(office, bad).startswith("schedule.")
    detail = proposal_of(office, made)
    assert (detail.state, detail.visits, detail.papers) == ("sent", (), ())


def test_the_chosen_alternative_is_what_counts(office: Office) -> None:
    options = (ProposalOptionDraft("Good"), ProposalOptionDraft("Better"))
    made = sent(
        office, customer_named(office), offer(1_000, option_n=1), offer(2_500, option_n=2),
        options=options, deposit_ppm=100_000,
    )  # fmt: skip
    accept(office, made, option_n=2, deposit=False)
    detail = proposal_of(office, made)
    assert (detail.option_n, detail.total_cents, detail.deposit_cents) == (2, 2_500, 250)
    assert detail.papers == ()
    invoice = detail_of(office, office.runner.run(InvoiceProposal(made)))
    assert [each.unit_price_e4 for each in invoice.lines] == [25_000_000]
    assert invoice.total_cents == 2_500
    assert code_of(office, InvoiceProposal(made)) == "proposal.billed"
    assert check_office(office).ok


def test_a_paid_deposit_settles_the_final_invoice(office: Office) -> None:
    customer = customer_named(office)
    made = sent(
        office, customer, offer(10_001, discount_ppm=50_000), offer(3_333, "Sills"),
        discount_fixed_cents=777, deposit_ppm=250_000,
    )  # fmt: skip
    done = accept(office, made, visits=(VISIT,))
    assert done.deposit_id is not None
    asked = detail_of(office, done.deposit_id).open_cents
    office.runner.run(
        RecordPayment(customer, TODAY, "cheque", ((done.deposit_id, asked),), "", asked)
    )
    assert code_of(office, InvoiceProposal(made)) == "proposal.has_visits"
    office.runner.run(FinishAppointment(done.appointment_ids[0]))
    (invoice,) = office.runner.run(DraftInvoiceFromAppointments(done.appointment_ids))
    office.runner.run(IssueInvoice(invoice, "2026-07-20"))
    final, offered = detail_of(office, invoice), proposal_of(office, made)
    assert final.total_cents == offered.total_cents
    assert final.discount_cents == offered.discount_cents
    assert (final.open_cents, final.paid_cents) == (final.total_cents - asked, asked)
    assert final.proposal_id == made
    assert check_office(office).ok


def test_an_accepted_proposal_is_opened_again_until_money_came(office: Office) -> None:
    customer = customer_named(office)
    made = sent(
        office, customer, offer(1_000), offer(200, is_optional=True), deposit_fixed_cents=300
    )
    done = accept(office, made, chosen=(1,), visits=(VISIT,))
    office.runner.run(ReopenProposal(made))
    detail = proposal_of(office, made)
    assert (detail.state, detail.total_cents, detail.visits) == ("sent", 1_000, ())
    assert [each.state for each in detail.papers] == ["void"]
    again = accept(office, made)
    assert again.deposit_id not in (None, done.deposit_id)
    assert again.deposit_id is not None
    office.runner.run(RecordPayment(customer, TODAY, "cash", ((again.deposit_id, 100),), "", 100))
    assert code_of(office, ReopenProposal(made)) == "proposal.has_money"
    assert check_office(office).ok


def test_a_declined_proposal_is_opened_again(office: Office) -> None:
    made = sent(office, customer_named(office), offer(1_000))
    office.runner.run(DeclineProposal(made, "Too dear"))
    office.runner.run(ReopenProposal(made))
    detail = proposal_of(office, made)
    assert (detail.state, detail.decline_reason, detail.declined_on) == ("sent", "", None)


_cents = st.integers(1, 200_000)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    prices=st.lists(_cents, min_size=1, max_size=5),
    quantity=st.integers(1, 9_999),
    share=st.integers(0, 1_000_000),
    fixed=st.integers(0, 50_000),
    by_share=st.booleans(),
    visited=st.booleans(),
)
def test_an_invoice_comes_to_what_was_accepted(
    office: Office, prices: list[int], quantity: int, share: int, fixed: int, by_share: bool,
    visited: bool,
) -> None:  # fmt: skip
    lines = [
        offer(price, f"Line {at}", qty_milli=quantity, is_optional=at % 2 == 1)
        for at, price in enumerate(prices)
    ]
    discount = {"discount_ppm": share} if by_share else {"discount_fixed_cents": fixed}
    made = sent(office, customer_named(office), *lines, taxed=True, **discount)
    chosen = tuple(at for at, line in enumerate(lines) if line.is_optional)[:1]
    done = accept(office, made, chosen=chosen, visits=(VISIT,) if visited else ())
    if visited:
        office.runner.run(FinishAppointment(done.appointment_ids[0]))
        (invoice,) = office.runner.run(DraftInvoiceFromAppointments(done.appointment_ids))
    else:
        invoice = office.runner.run(InvoiceProposal(made))
    final, offered = detail_of(office, invoice), proposal_of(office, made)
    assert (final.total_cents, final.tax_cents, final.discount_cents) == (
        offered.total_cents, offered.tax_cents, offered.discount_cents,
    )  # fmt: skip
