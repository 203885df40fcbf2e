"""Receipts say what was paid, what stays open, and stay what they were."""

from __future__ import annotations

import dataclasses

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import ContactDraft
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.office import Office
from tcf_desktop.services.payments import RecordPayment, RefundCredit, ReversePayment, WriteOff
from tcf_desktop.services.queries.receipts import receipt_document
from tcf_desktop.services.receipts import receipt_pdf
from tests.integrations.pdf.pdf_text import page_texts
from tests.services.billing_tools import TODAY, customer_named, draft_of, issued, line


def text_of(office: Office, payment_id: int) -> str:
    return "\n".join(page_texts(receipt_pdf(office, payment_id)))


def test_a_paid_invoice_is_paid_and_a_part_shows_the_balance(office: Office) -> None:
    customer = customer_named(office)
    first = issued(office, customer, draft_of(line(10_000)))
    second = issued(office, customer, draft_of(line(5_000)))
    whole = office.runner.run(
        RecordPayment(customer, TODAY, "cheque", ((first, 10_000),), "2101", 10_700, tip_cents=200)
    )
    part = office.runner.run(RecordPayment(customer, TODAY, "cash", ((second, 1_500),)))
    told = text_of(office, whole)
    for words in (
        "Receipt", "PAID", "Ellen Moe", "Jul 14, 2026", "Check", "2101", "1001", "$107.00", "$2.00",
        "$5.00",
    ):  # fmt: skip
        assert words in told
    told = text_of(office, part)
    assert "PAID" not in told
    assert "Balance still open" in told
    assert "$35.00" in told


def test_a_receipt_is_printed_again_byte_for_byte_until_it_is_reversed(office: Office) -> None:
    customer = customer_named(office)
    invoice = issued(office, customer, draft_of(line(10_000)))
    payment = office.runner.run(RecordPayment(customer, TODAY, "cash", ((invoice, 4_000),)))
    first = receipt_pdf(office, payment)
    office.runner.run(RecordPayment(customer, TODAY, "cash", ((invoice, 6_000),)))
    assert receipt_pdf(office, payment) == first
    office.runner.run(ReversePayment(payment, TODAY, "Bounced"))
    assert "REVERSED" in text_of(office, payment)


def test_a_refund_has_a_receipt_and_a_write_off_has_none(office: Office) -> None:
    customer = customer_named(office)
    invoice = issued(office, customer, draft_of(line(10_000)))
    payment = office.runner.run(RecordPayment(customer, TODAY, "cash", amount_cents=500))
    refund = office.runner.run(RefundCredit(500, TODAY, "cash", payment_id=payment))
    assert "Given back" in text_of(office, refund)
    given_up = office.runner.run(WriteOff(invoice, TODAY, "Gone"))
    with pytest.raises(AppError) as caught:
        receipt_pdf(office, given_up)
    assert caught.value.code == "payment.no_receipt"


def test_a_spanish_customer_reads_spanish(office: Office) -> None:
    draft = ContactDraft(first_name="Ana", last_name="Ruiz")
    customer = office.runner.run(SaveContact(dataclasses.replace(draft, language="Spanish")))
    payment = office.runner.run(RecordPayment(customer, TODAY, "transfer", amount_cents=500))
    page = office.read(lambda r: receipt_document(r, payment))
    assert (page.title, page.due_label, page.totals[1].label) == (
        "Recibo", "Recibido", "Queda a su favor",
    )  # fmt: skip
    assert "14 jul 2026" in text_of(office, payment)
