"""What is said of a customer's money: what is owed, what waits as credit, what came and went."""

from __future__ import annotations

from tcf_desktop.itemmodels.contact_timeline import _payment
from tcf_desktop.services.credit_notes import CreditInvoice
from tcf_desktop.services.office import Office
from tcf_desktop.services.payments import RecordPayment, RefundCredit, ReversePayment
from tcf_desktop.services.queries.contact_detail import contact_detail
from tcf_desktop.services.queries.timeline import timeline
from tcf_desktop.services.queries.today import money_owed
from tests.services.billing_tools import TODAY, customer_named, draft_of, issued, line

NOW = 1_784_043_720_000


def test_unused_credit_is_no_debt_and_is_shown(office: Office) -> None:
    customer = customer_named(office)
    invoice = issued(office, customer, draft_of(line(10_000)))
    office.runner.run(RecordPayment(customer, TODAY, "cash", ((invoice, 10_000),)))
    note = office.runner.run(CreditInvoice(invoice, ((0, 250),)))
    other = issued(office, customer, draft_of(line(4_000)))
    found = office.read(lambda r: contact_detail(r, customer, NOW, TODAY))
    assert found is not None
    assert (found.owes_cents, found.credit_cents, found.paid_year_cents) == (4_000, 2_500, 10_000)
    owed = office.read(lambda r: money_owed(r, TODAY))
    assert (owed.total_cents, owed.invoices) == (4_000, 1)
    office.runner.run(RefundCredit(2_500, TODAY, "cash", "Moved", document_id=note.id))
    payment = office.runner.run(RecordPayment(customer, TODAY, "cheque", ((other, 4_000),), "7"))
    office.runner.run(ReversePayment(payment, TODAY, "Bounced"))
    found = office.read(lambda r: contact_detail(r, customer, NOW, TODAY))
    assert found is not None
    assert (found.credit_cents, found.paid_year_cents) == (0, 7_500)


def test_the_timeline_tells_what_came_back_and_what_bounced(office: Office) -> None:
    customer = customer_named(office)
    invoice = issued(office, customer, draft_of(line(10_000)))
    payment = office.runner.run(RecordPayment(customer, TODAY, "cheque", ((invoice, 10_000),), "7"))
    office.runner.run(ReversePayment(payment, TODAY, "Bounced"))
    entries = office.read(lambda r: timeline(r, customer, NOW)).entries
    told = [_payment(entry, TODAY) for entry in entries if entry.kind == "payment"]
    assert told == [("Reversed: Check 7", "Bounced"), ("Check 7 received", "Invoice 1001")]
