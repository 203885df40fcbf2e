"""Customers, drafts and figures for tests of billing."""

from __future__ import annotations

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import ContactDraft, Place
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.services.command import Command
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.invoice_drafts import InvoiceDraft, InvoiceLineDraft
from tcf_desktop.services.invoices import DraftInvoice, IssueInvoice, SaveInvoiceDraft
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries.invoice_detail import InvoiceDetail, invoice_detail

TODAY = "2026-07-14"


def customer_named(office: Office, first: str = "Ellen", last: str = "Moe") -> int:
    place = Place(street="900 N Phillips Ave", city="Sioux Falls", region="SD")
    return office.runner.run(SaveContact(ContactDraft(first_name=first, last_name=last,
                                                      places=(place,))))  # fmt: skip


def line(price_cents: int, qty_milli: int = 1000, name: str = "Windows", **more: object
         ) -> InvoiceLineDraft:  # fmt: skip
    return InvoiceLineDraft(name, "", qty_milli, price_cents * E4, **more)  # type: ignore[arg-type]


def draft_of(*lines: InvoiceLineDraft, tax_id: int | None = None, **more: object) -> InvoiceDraft:
    return InvoiceDraft(
        None,
        "Ellen Moe",
        "",
        "",
        "",
        30,
        tax_id,
        "",
        lines,
        **more,  # type: ignore[arg-type]
    )


def drafted(office: Office, contact_id: int, draft: InvoiceDraft) -> int:
    invoice_id = office.runner.run(DraftInvoice(contact_id))
    office.runner.run(SaveInvoiceDraft(invoice_id, draft))
    return invoice_id


def issued(office: Office, contact_id: int, draft: InvoiceDraft, on: str = TODAY) -> int:
    invoice_id = drafted(office, contact_id, draft)
    office.runner.run(IssueInvoice(invoice_id, on))
    return invoice_id


def detail_of(office: Office, invoice_id: int) -> InvoiceDetail:
    found = office.read(lambda r: invoice_detail(r, invoice_id))
    assert found is not None
    return found


def code_of(office: Office, command: Command[object]) -> str:
    with pytest.raises(AppError) as caught:
        office.runner.run(command)
    return caught.value.code
