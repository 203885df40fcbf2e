"""Credit notes take back what was billed to the cent, and only once."""

from __future__ import annotations

import pytest

from tcf_desktop.services.check import check_office
from tcf_desktop.services.company import SaveTax
from tcf_desktop.services.credit_notes import CreditInvoice
from tcf_desktop.services.invoices import IssueInvoice, VoidInvoice
from tcf_desktop.services.office import Office
from tcf_desktop.services.payments import RecordPayment
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


@pytest.fixture
def customer(office: Office) -> int:
    return customer_named(office)


@pytest.fixture
def tax(office: Office) -> int:
    return office.runner.run(SaveTax(None, "Sioux Falls", (("State", 42_000), ("City", 20_000))))


def test_a_credit_for_all_mirrors_every_figure(office: Office, customer: int, tax: int) -> None:
    draft = draft_of(
        line(1_999, 3_333), line(5_000, name="Screens", discount_ppm=100_000), line(-100),
        tax_id=tax, discount_fixed_cents=333,
    )  # fmt: skip
    invoice_id = issued(office, customer, draft)
    done = office.runner.run(CreditInvoice(invoice_id, reason="Not done"))
    invoice, note = detail_of(office, invoice_id), detail_of(office, done.id)
    assert (note.number, note.doc_type, note.corrects_number) == ("CN-1001", "credit_note", "1001")
    for figure in ("subtotal_cents", "discount_cents", "net_cents", "tax_cents", "total_cents"):
        assert getattr(note, figure) == -getattr(invoice, figure)
    assert [each.amount_cents for each in note.lines] == [
        -each.amount_cents for each in invoice.lines
    ]
    assert [(tax.base_cents, tax.tax_cents) for tax in note.taxes] == [
        (-tax.base_cents, -tax.tax_cents) for tax in invoice.taxes
    ]
    assert (invoice.state, invoice.open_cents, note.state, note.open_cents) == (
        "credited", 0, "paid", 0,
    )  # fmt: skip
    assert code_of(office, CreditInvoice(invoice_id)) == "credit.nothing"
    assert check_office(office).ok


def test_parts_are_credited_until_nothing_is_left(office: Office, customer: int) -> None:
    invoice_id = issued(office, customer, draft_of(line(1_000, 3_000), line(500)))
    office.runner.run(CreditInvoice(invoice_id, ((0, 1_000),)))
    invoice = detail_of(office, invoice_id)
    assert (invoice.state, invoice.open_cents) == ("part_paid", 2_500)
    assert code_of(office, CreditInvoice(invoice_id, ((0, 2_001),))) == "credit.too_much"
    assert code_of(office, CreditInvoice(invoice_id, ((7, 1_000),))) == "credit.too_much"
    office.runner.run(CreditInvoice(invoice_id))
    assert detail_of(office, invoice_id).state == "credited"
    assert [note.total_cents for note in detail_of(office, invoice_id).credit_notes] == [
        -1_000, -2_500,
    ]  # fmt: skip
    assert check_office(office).ok


def test_a_credit_for_a_paid_invoice_waits_for_the_next_one(office: Office, customer: int) -> None:
    first = issued(office, customer, draft_of(line(10_000)))
    office.runner.run(RecordPayment(customer, TODAY, "cash", ((first, 10_000),)))
    note = office.runner.run(CreditInvoice(first, ((0, 400),)))
    assert detail_of(office, first).state == "paid"
    assert detail_of(office, note.id).open_cents == -4_000
    second = drafted(office, customer, draft_of(line(2_500)))
    office.runner.run(IssueInvoice(second, TODAY, use_credit=True))
    assert (detail_of(office, second).state, detail_of(office, note.id).open_cents) == (
        "paid", -1_500,
    )  # fmt: skip
    assert check_office(office).ok


def test_a_void_credit_note_leaves_the_invoice_owing_again(office: Office, customer: int) -> None:
    invoice_id = issued(office, customer, draft_of(line(10_000)))
    note = office.runner.run(CreditInvoice(invoice_id, ((0, 400),)))
    office.runner.run(VoidInvoice(note.id, "Wrong invoice"))
    invoice = detail_of(office, invoice_id)
    assert (invoice.state, invoice.open_cents) == ("issued", 10_000)
    assert detail_of(office, note.id).void_reason == "Wrong invoice"
    again = office.runner.run(CreditInvoice(invoice_id))
    assert (again.number, again.total_cents) == ("CN-1002", -10_000)
    assert check_office(office).ok


def test_drafts_and_credit_notes_cannot_be_credited(office: Office, customer: int) -> None:
    draft = drafted(office, customer, draft_of(line(100)))
    assert code_of(office, CreditInvoice(draft)) == "credit.not_issued"
    office.runner.run(IssueInvoice(draft))
    note = office.runner.run(CreditInvoice(draft))
    assert code_of(office, CreditInvoice(note.id)) == "credit.not_issued"


def test_rates_that_changed_since_do_not_change_what_is_credited(
    office: Office, customer: int, tax: int
) -> None:
    invoice_id = issued(office, customer, draft_of(line(10_000), tax_id=tax))
    office.runner.run(SaveTax(tax, "Sioux Falls", (("State", 99_000),)))
    note = office.runner.run(CreditInvoice(invoice_id))
    assert note.total_cents == -10_620
