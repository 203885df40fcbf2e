"""Numbers of each kind of document follow each other, and none can come twice."""

from __future__ import annotations

import pytest

from tcf_desktop.services.closing import CLOSED_UNTIL_KEY
from tcf_desktop.services.company import SaveBusiness
from tcf_desktop.services.credit_notes import CreditInvoice
from tcf_desktop.services.invoices import IssueInvoice, VoidInvoice
from tcf_desktop.services.office import Office
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


@pytest.fixture
def customer(office: Office) -> int:
    return customer_named(office)


def set_pattern(pattern: str, field: str = "invoice_pattern") -> SaveBusiness:
    return SaveBusiness(((field, pattern),))


def test_each_kind_of_document_counts_for_itself(office: Office, customer: int) -> None:
    first = issued(office, customer, draft_of(line(100)))
    note = office.runner.run(CreditInvoice(first))
    second = issued(office, customer, draft_of(line(100)))
    numbers = [detail_of(office, row).number for row in (first, note.id, second)]
    assert numbers == ["1001", "CN-1001", "1002"]


@pytest.mark.parametrize(
    ("field", "pattern"),
    [("credit_pattern", "{0000}"), ("credit_pattern", "1{000}"), ("invoice_pattern", "CN-{00000}")],
)
def test_two_kinds_of_documents_cannot_share_numbers(
    office: Office, field: str, pattern: str
) -> None:
    assert code_of(office, set_pattern(pattern, field)) == "numbering.meets"


def test_a_pattern_that_would_give_a_number_again_is_refused(office: Office, customer: int) -> None:
    for _each in range(2):
        issued(office, customer, draft_of(line(100)))  # 1001, 1002
    assert code_of(office, set_pattern("{0}")) == "numbering.repeats"
    office.runner.run(set_pattern("{YYYY}-{0000}"))
    third = issued(office, customer, draft_of(line(100)))
    assert detail_of(office, third).number == "2026-0001"
    office.runner.run(set_pattern("{0000}"))  # goes on where it was
    fourth = issued(office, customer, draft_of(line(100)))
    assert detail_of(office, fourth).number == "1003"


def test_nothing_is_dated_in_a_closed_period(office: Office, customer: int) -> None:
    invoice_id = issued(office, customer, draft_of(line(100)))
    draft = drafted(office, customer, draft_of(line(100)))
    office.runner.run(SetSetting(CLOSED_UNTIL_KEY, "2026-06-30"))
    assert code_of(office, IssueInvoice(draft, "2026-06-30")) == "books.closed"
    assert code_of(office, CreditInvoice(invoice_id, on="2026-05-01")) == "books.closed"
    assert code_of(office, VoidInvoice(invoice_id, "Twice", "2026-06-01")) == "books.closed"
    office.runner.run(IssueInvoice(draft, "2026-07-01"))
    assert detail_of(office, draft).number == "1002"


def test_voiding_asks_for_a_reason(office: Office, customer: int) -> None:
    invoice_id = issued(office, customer, draft_of(line(100)))
    assert code_of(office, VoidInvoice(invoice_id, "  ")) == "invoice.no_reason"
    office.runner.run(VoidInvoice(invoice_id, "Twice", TODAY))
    found = detail_of(office, invoice_id)
    assert (found.state, found.voided_on, found.void_reason) == ("void", TODAY, "Twice")
