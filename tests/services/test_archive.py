"""An issued document is made once and printed again byte for byte."""

from __future__ import annotations

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.services.archive import invoice_pdf
from tcf_desktop.services.check import check_office
from tcf_desktop.services.company import SaveBusiness
from tcf_desktop.services.file_store import FileStore
from tcf_desktop.services.files import CollectFiles
from tcf_desktop.services.invoices import IssueInvoice, VoidInvoice
from tcf_desktop.services.office import Office
from tcf_desktop.services.payments import RecordPayment
from tests.services.billing_tools import TODAY, customer_named, draft_of, drafted, issued, line


@pytest.fixture
def customer(office: Office) -> int:
    return customer_named(office)


def test_printing_again_gives_the_same_bytes(office: Office, customer: int) -> None:
    invoice_id = issued(office, customer, draft_of(line(10_000)))
    first = invoice_pdf(office, invoice_id, TODAY)
    assert first.startswith(b"%PDF")
    office.runner.run(SaveBusiness((("name", "Another name"),)))
    office.runner.run(RecordPayment(customer, TODAY, "cash", ((invoice_id, 10_000),)))
    office.runner.run(CollectFiles(office.folder, spared_s=-10.0))
    assert invoice_pdf(office, invoice_id, "2027-01-01") == first
    assert office.read(lambda r: r.value("SELECT count(*) FROM archived_documents")) == 1
    assert check_office(office).ok


def test_a_draft_is_made_anew_and_kept_nowhere(office: Office, customer: int) -> None:
    draft = drafted(office, customer, draft_of(line(10_000)))
    before = invoice_pdf(office, draft, TODAY)
    office.runner.run(IssueInvoice(draft))
    assert invoice_pdf(office, draft, TODAY) != before


def test_a_void_document_is_marked_and_the_kept_one_stays(office: Office, customer: int) -> None:
    invoice_id = issued(office, customer, draft_of(line(10_000)))
    kept = invoice_pdf(office, invoice_id, TODAY)
    office.runner.run(VoidInvoice(invoice_id, "Twice"))
    assert invoice_pdf(office, invoice_id, TODAY) != kept
    assert office.read(lambda r: r.value("SELECT count(*) FROM archived_documents")) == 1


def test_a_copy_that_was_changed_on_the_disk_is_never_handed_out(
    office: Office, customer: int
) -> None:
    invoice_id = issued(office, customer, draft_of(line(10_000)))
    invoice_pdf(office, invoice_id, TODAY)
    sha256 = office.read(lambda r: r.value("SELECT sha256 FROM archived_documents"))
    path = FileStore(office.folder).path(sha256)
    path.chmod(0o600)
    path.write_bytes(b"%PDF-1.4 other")
    with pytest.raises(AppError) as caught:
        invoice_pdf(office, invoice_id, TODAY)
    assert caught.value.code == "document.lost"
    assert [each.code for each in check_office(office).problems] == ["check.attachment_changed"]
    path.unlink()
    with pytest.raises(AppError):
        invoice_pdf(office, invoice_id, TODAY)
