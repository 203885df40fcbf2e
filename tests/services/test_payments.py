"""Money in, money back, money given up: whatever is done, the books agree."""

from __future__ import annotations

import pytest

from tcf_desktop.services.check import check_office
from tcf_desktop.services.closing import CLOSED_UNTIL_KEY
from tcf_desktop.services.credit_notes import CreditInvoice
from tcf_desktop.services.invoices import IssueInvoice, VoidInvoice
from tcf_desktop.services.office import Office
from tcf_desktop.services.payments import (
    ApplyCredit,
    RecordPayment,
    RefundCredit,
    ReversePayment,
    WriteOff,
)
from tcf_desktop.services.settings import SetSetting
from tests.services.billing_tools import (
    TODAY,
    code_of,
    customer_named,
    detail_of,
    draft_of,
    drafted,
    issued,
    line,
)
from tests.services.deposit_rows import issued_deposit, of_proposal


@pytest.fixture
def customer(office: Office) -> int:
    return customer_named(office)


def bill(office: Office, customer: int, cents: int) -> int:
    return issued(office, customer, draft_of(line(cents)))


def left(office: Office, payment_id: int) -> int:
    sql = "SELECT unapplied_cents FROM payments WHERE id = ?"
    return int(office.read(lambda r: r.value(sql, (payment_id,))))


def test_one_cheque_pays_many_and_the_rest_is_credit(office: Office, customer: int) -> None:
    first, second = bill(office, customer, 10_000), bill(office, customer, 5_000)
    payment = office.runner.run(
        RecordPayment(customer, TODAY, "cheque", ((first, 10_000), (second, 2_000)), "2101", 15_000,
                      tip_cents=1_000, fee_cents=200)
    )  # fmt: skip
    assert (detail_of(office, first).state, detail_of(office, second).open_cents) == ("paid", 3_000)
    assert left(office, payment) == 2_000
    office.runner.run(ApplyCredit(second, 2_000, TODAY, payment_id=payment))
    assert (left(office, payment), detail_of(office, second).open_cents) == (0, 1_000)
    again = ApplyCredit(second, 1, TODAY, payment_id=payment)
    assert code_of(office, again) == "payment.too_much"
    assert check_office(office).ok


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"amount_cents": 9_999}, "payment.too_much"),
        ({"amount_cents": 0}, "payment.not_positive"),
        ({"amount_cents": 10**15}, "money.too_large"),
        ({"amount_cents": 10_000, "tip_cents": 1}, "payment.too_much"),
        ({"tip_cents": -1}, "payment.bad_tip"),
        ({"fee_cents": 10_001}, "payment.bad_tip"),
        ({"method": "shells"}, "payment.bad_method"),
        ({"paid_on": "14.7.2026"}, "invoice.bad_date"),
        ({"paid_on": "2026-06-30"}, "books.closed"),
        ({"allocations": ((1, 10_001),)}, "payment.too_much"),
        ({"allocations": ((1, -1),)}, "payment.not_positive"),
    ],
)
def test_what_cannot_be_is_refused(
    office: Office, customer: int, changes: dict[str, object], code: str
) -> None:
    invoice = bill(office, customer, 10_000)
    assert invoice == 1
    office.runner.run(SetSetting(CLOSED_UNTIL_KEY, "2026-06-30"))
    wanted: dict[str, object] = {
        "contact_id": customer, "paid_on": TODAY, "method": "cash",
        "allocations": ((invoice, 10_000),),
    }  # fmt: skip
    assert code_of(office, RecordPayment(**{**wanted, **changes})) == code  # type: ignore[arg-type]
    assert office.read(lambda r: r.value("SELECT count(*) FROM payments")) == 0


def test_credit_is_given_back_and_the_refund_can_be_reversed(office: Office, customer: int) -> None:
    payment = office.runner.run(RecordPayment(customer, TODAY, "card", amount_cents=5_000))
    refund = office.runner.run(
        RefundCredit(3_000, TODAY, "transfer", "Moved away", payment_id=payment)
    )
    assert left(office, payment) == 2_000
    too_much = RefundCredit(2_001, TODAY, "cash", payment_id=payment)
    assert code_of(office, too_much) == "payment.too_much"
    assert code_of(office, ReversePayment(payment, TODAY, "Bounced")) == "payment.given_back"
    office.runner.run(ReversePayment(refund, TODAY, "Slip"))
    assert left(office, payment) == 5_000
    office.runner.run(ReversePayment(payment, TODAY, "Bounced"))
    assert left(office, payment) == 0
    assert check_office(office).ok


def test_a_credit_note_is_given_back(office: Office, customer: int) -> None:
    invoice = bill(office, customer, 10_000)
    office.runner.run(RecordPayment(customer, TODAY, "cash", ((invoice, 10_000),)))
    note = office.runner.run(CreditInvoice(invoice, ((0, 250),)))
    office.runner.run(RefundCredit(2_500, TODAY, "cash", document_id=note.id))
    assert (detail_of(office, note.id).state, detail_of(office, note.id).open_cents) == ("paid", 0)
    assert code_of(office, VoidInvoice(note.id, "Wrong")) == "payment.given_back"
    assert check_office(office).ok


def test_a_short_rest_is_given_up_with_a_reason(office: Office, customer: int) -> None:
    invoice = bill(office, customer, 10_000)
    office.runner.run(RecordPayment(customer, TODAY, "cash", ((invoice, 9_980),)))
    assert code_of(office, WriteOff(invoice, TODAY, "")) == "payment.no_reason"
    given = office.runner.run(WriteOff(invoice, TODAY, "Not worth a letter"))
    assert detail_of(office, invoice).state == "paid"
    office.runner.run(ReversePayment(given, TODAY, "They paid after all"))
    assert detail_of(office, invoice).open_cents == 20
    assert check_office(office).ok


def final_of(office: Office, customer: int, cents: int) -> int:
    invoice = drafted(office, customer, draft_of(line(cents)))
    of_proposal(office, invoice)
    office.runner.run(IssueInvoice(invoice, TODAY))
    return invoice


def test_a_paid_deposit_moves_to_the_final_invoice(office: Office, customer: int) -> None:
    deposit = issued_deposit(office, customer, 4_000)
    office.runner.run(RecordPayment(customer, TODAY, "cash", ((deposit, 4_000),)))
    final = final_of(office, customer, 10_000)
    found = detail_of(office, final)
    assert (found.state, found.open_cents, found.settled[0].kind) == (
        "part_paid", 6_000, "deposit",
    )  # fmt: skip
    assert detail_of(office, deposit).moved_cents == 4_000
    assert check_office(office).ok


def test_an_unpaid_deposit_is_void_and_a_part_paid_one_asks_no_more(
    office: Office, customer: int
) -> None:
    unpaid, part = issued_deposit(office, customer, 4_000), issued_deposit(office, customer, 2_000)
    office.runner.run(RecordPayment(customer, TODAY, "cash", ((part, 500),)))
    final = final_of(office, customer, 10_000)
    assert detail_of(office, unpaid).state == "void"
    assert (detail_of(office, part).state, detail_of(office, part).open_cents) == ("credited", 0)
    assert detail_of(office, final).open_cents == 9_500
    assert check_office(office).ok


def test_what_a_deposit_has_more_than_the_invoice_stays_credit(
    office: Office, customer: int
) -> None:
    deposit = issued_deposit(office, customer, 4_000)
    office.runner.run(RecordPayment(customer, TODAY, "cash", ((deposit, 4_000),)))
    final = final_of(office, customer, 1_500)
    assert detail_of(office, final).state == "paid"
    office.runner.run(RefundCredit(2_500, TODAY, "cash", document_id=deposit))
    assert detail_of(office, deposit).moved_cents == 4_000
    assert check_office(office).ok


def test_a_bounced_deposit_is_owed_by_the_final_invoice_and_asked_for_once(
    office: Office, customer: int
) -> None:
    deposit = issued_deposit(office, customer, 4_000)
    bad = office.runner.run(RecordPayment(customer, TODAY, "cheque", ((deposit, 3_000),)))
    office.runner.run(RecordPayment(customer, TODAY, "cash", ((deposit, 1_000),)))
    final = final_of(office, customer, 10_000)
    office.runner.run(ReversePayment(bad, TODAY, "Bounced"))
    assert detail_of(office, final).open_cents == 9_000
    assert (detail_of(office, deposit).state, detail_of(office, deposit).open_cents) == (
        "credited", 0,
    )  # fmt: skip
    assert check_office(office).ok
