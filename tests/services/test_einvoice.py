"""Electronic invoices of the office: switched on by customer, refused when something is missing."""

from __future__ import annotations

import io
from typing import Any

import facturx
import pytest
from pypdf import PdfReader

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import ContactDraft, Place
from tcf_desktop.services.archive import invoice_pdf
from tcf_desktop.services.company import SaveBusiness
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.invoices import IssueInvoice
from tcf_desktop.services.office import Office
from tests.services.billing_tools import TODAY, draft_of, drafted, line


def _electronic_customer(office: Office) -> int:
    place = Place(street="Am Markt 2", city="Hamburg", country="DE", is_billing=True)
    draft = ContactDraft(company="Muster GmbH", places=(place,), e_invoice=True,
                         buyer_reference="04011000-1234512345-06")  # fmt: skip
    return office.runner.run(SaveContact(draft))


def _seller(office: Office, number: str) -> None:
    office.runner.run(SaveBusiness((("country", "DE"), ("tax_number", number))))


def _draft(office: Office, contact_id: int) -> int:
    content = draft_of(line(10_050), line(999, 2500), tax_note="Exempt: § 19 UStG")
    return drafted(office, contact_id, content)


def test_without_a_vat_number_nothing_is_issued_and_no_number_is_taken(office: Office) -> None:
    _seller(office, "")
    invoice_id = _draft(office, _electronic_customer(office))
    with pytest.raises(AppError) as refused:
        office.runner.run(IssueInvoice(invoice_id, TODAY))
    assert refused.value.code == "invoice.electronic_missing"
    assert "Your VAT number is missing" in str(refused.value)
    assert office.read(lambda r: r.value("SELECT number FROM invoices")) is None


def test_the_kept_pdf_of_such_a_customer_carries_the_stored_figures(office: Office) -> None:
    _seller(office, "DE123456789")
    invoice_id = _draft(office, _electronic_customer(office))
    office.runner.run(IssueInvoice(invoice_id, TODAY))
    content = invoice_pdf(office, invoice_id, TODAY)
    assert invoice_pdf(office, invoice_id, TODAY) == content
    _name, xml = facturx.get_facturx_xml_from_pdf(content, check_xsd=True)
    total = office.read(lambda r: r.value("SELECT total_cents FROM invoices"))
    assert f"<ram:GrandTotalAmount>{total / 100:.2f}<".encode() in xml
    assert b"<ram:BuyerReference>04011000-1234512345-06<" in xml
    assert "Ellen Moe" in PdfReader(io.BytesIO(content)).pages[0].extract_text()


def test_a_customer_without_the_switch_gets_a_plain_pdf(office: Office) -> None:
    _seller(office, "DE123456789")
    contact_id = office.runner.run(SaveContact(ContactDraft(company="Plain & Co")))
    invoice_id = _draft(office, contact_id)
    office.runner.run(IssueInvoice(invoice_id, TODAY))
    reader: Any = PdfReader(io.BytesIO(invoice_pdf(office, invoice_id, TODAY)))
    assert not reader.attachments
