"""Mails that go with documents."""

from __future__ import annotations

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import ContactDraft, Email
from tcf_desktop.domain.invoice_letter import InvoiceLetter, words_of
from tcf_desktop.services.consent import RevokeConsent
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.invoice_messages import QueueInvoiceMessage
from tcf_desktop.services.invoices import VoidInvoice
from tcf_desktop.services.messages import MarkMessagesTold
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries.messages import message, message_ids
from tests.services.billing_tools import TODAY, detail_of, draft_of, drafted, issued, line


def mailed(office: Office, *addresses: str) -> int:
    emails = tuple(Email(address) for address in addresses)
    return office.runner.run(SaveContact(ContactDraft(first_name="Ellen", emails=emails)))


def test_a_mail_waits_with_number_amount_and_due_day(office: Office) -> None:
    contact = mailed(office, "no address", "ellen@example.org")
    invoice = issued(office, contact, draft_of(line(12_500)))
    (made,) = office.runner.run(QueueInvoiceMessage((invoice,)))
    found = office.read(lambda r: message(r, made))
    assert found is not None
    detail = detail_of(office, invoice)
    assert (found.channel, found.address, found.occasion) == (
        "email", "ellen@example.org", "invoice",
    )  # fmt: skip
    assert str(detail.number) in found.subject
    assert "Hello Ellen," in found.body
    assert "$125.00" in found.body
    assert "Aug 13, 2026" in found.body
    assert detail.sent_at is None  # prepared is not sent


def test_a_second_time_writes_the_same_mail_anew(office: Office) -> None:
    invoice = issued(office, mailed(office, "ellen@example.org"), draft_of(line(100)))
    first = office.runner.run(QueueInvoiceMessage((invoice,)))
    assert office.runner.run(QueueInvoiceMessage((invoice,))) == first


def test_the_invoice_is_sent_when_its_mail_went_out(office: Office) -> None:
    invoice = issued(office, mailed(office, "ellen@example.org"), draft_of(line(100)))
    made = office.runner.run(QueueInvoiceMessage((invoice,)))
    office.runner.run(MarkMessagesTold(made))
    detail = detail_of(office, invoice)
    assert detail.sent_at is not None
    assert detail.sent_how == "email"


def test_voiding_takes_the_waiting_mail_back(office: Office) -> None:
    invoice = issued(office, mailed(office, "ellen@example.org"), draft_of(line(100)))
    office.runner.run(QueueInvoiceMessage((invoice,)))
    office.runner.run(VoidInvoice(invoice, "Wrong customer"))
    assert not office.read(lambda r: message_ids(r, "waiting", 0))


def test_nobody_is_written_to_without_a_good_address(office: Office) -> None:
    contact = mailed(office, "ellen@example.org")
    revoke = RevokeConsent(contact, "email", "ellen@example.org", "service", TODAY, "phone")
    office.runner.run(revoke)
    refused = issued(office, contact, draft_of(line(100)))
    without = issued(office, mailed(office), draft_of(line(100)))
    for invoice in (refused, without):
        with pytest.raises(AppError) as caught:
            office.runner.run(QueueInvoiceMessage((invoice,)))
        assert caught.value.code == "messages.no_address"
    good = issued(office, mailed(office, "a@example.org"), draft_of(line(100)))
    assert len(office.runner.run(QueueInvoiceMessage((without, good)))) == 1


def test_a_draft_is_not_sent(office: Office) -> None:
    invoice = drafted(office, mailed(office, "a@example.org"), draft_of(line(100)))
    with pytest.raises(AppError) as caught:
        office.runner.run(QueueInvoiceMessage((invoice,)))
    assert caught.value.code == "invoice.not_allowed"


@pytest.mark.parametrize(
    ("kind", "total", "open_cents", "wanted"),
    [
        ("invoice", 1_000, 0, "No queda nada por pagar"),
        ("invoice", 1_000, 400, "antes del 13 de agosto de 2026"),
        ("credit_note", -1_000, -1_000, "$10.00 a su favor"),
    ],
)
def test_words_are_in_the_customers_language(
    kind: str, total: int, open_cents: int, wanted: str
) -> None:
    letter = InvoiceLetter(kind, "7", "Clearview", "", "USD", total, open_cents, "2026-08-13", "es")
    subject, body = words_of(letter)
    assert wanted in body
    assert subject.endswith("7 de Clearview")
