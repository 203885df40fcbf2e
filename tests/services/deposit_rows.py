"""A proposal and deposits for it, as rows, for tests of what deposits do."""

from __future__ import annotations

from tcf_desktop import models
from tcf_desktop.domain.documents import DocType
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.services.billing_sources import customer_of
from tcf_desktop.services.command import Command
from tcf_desktop.services.invoice_drafts import InvoiceLineDraft
from tcf_desktop.services.invoice_values import add_invoice
from tcf_desktop.services.invoices import IssueInvoice
from tcf_desktop.services.office import Office
from tcf_desktop.services.uow import UnitOfWork

PROPOSAL = 7


class _Proposal(Command[None]):
    def __init__(self, contact_id: int) -> None:
        self.contact_id = contact_id

    def execute(self, uow: UnitOfWork) -> None:
        if uow.value("SELECT 1 FROM proposals WHERE id = ?", (PROPOSAL,)) is None:
            uow.add(
                models.Proposal(
                    id=PROPOSAL, uid="p", number="P-1001", series="P", series_n=1001,
                    state="accepted", contact_id=self.contact_id, currency="USD", created_at=1,
                    updated_at=1,
                )
            )  # fmt: skip


class _Deposit(Command[int]):
    def __init__(self, contact_id: int, cents: int) -> None:
        self.contact_id, self.cents = contact_id, cents

    def execute(self, uow: UnitOfWork) -> int:
        customer = customer_of(uow, self.contact_id)
        lines = (InvoiceLineDraft("Deposit", "", 1000, self.cents * E4, taxable=False),)
        made = add_invoice(uow, customer, None, lines, DocType.DEPOSIT)
        made.proposal_id = PROPOSAL
        return made.id


class _OfProposal(Command[None]):
    def __init__(self, invoice_id: int) -> None:
        self.invoice_id = invoice_id

    def execute(self, uow: UnitOfWork) -> None:
        uow.get(models.Invoice, self.invoice_id).proposal_id = PROPOSAL


def issued_deposit(office: Office, contact_id: int, cents: int) -> int:
    office.runner.run(_Proposal(contact_id))
    deposit = office.runner.run(_Deposit(contact_id, cents))
    office.runner.run(IssueInvoice(deposit, "2026-07-10"))
    return deposit


def of_proposal(office: Office, invoice_id: int) -> None:
    office.runner.run(_OfProposal(invoice_id))
