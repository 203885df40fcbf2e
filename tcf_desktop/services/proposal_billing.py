"""From an accepted proposal to invoices: its prices, discounts and tax are those of the invoice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.proposals import ProposalState
from tcf_desktop.domain.tax import DocumentTerms
from tcf_desktop.services.billing_sources import customer_of
from tcf_desktop.services.command import Command
from tcf_desktop.services.invoice_drafts import InvoiceLineDraft
from tcf_desktop.services.invoice_values import add_invoice, store_content
from tcf_desktop.services.proposal_drafts import ProposalLineDraft
from tcf_desktop.services.proposal_values import living, number_of, stored_draft

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

_BILLED = (
    "SELECT coalesce(number, '') FROM invoices WHERE proposal_id = ? AND doc_type = 'invoice'"
    " AND deleted_at IS NULL AND state NOT IN ('void', 'credited') AND id <> ? ORDER BY id LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class InvoiceProposal(Command[int]):
    """A draft with what was accepted, for work that has no visit; returns its id.

    Raises ``proposal.not_open`` for one that was not accepted, ``proposal.billed``, and
    ``proposal.has_visits`` where visits are billed instead.
    """

    proposal_id: int

    def execute(self, uow: UnitOfWork) -> int:
        proposal = living(uow, self.proposal_id)
        number = number_of(proposal)
        if proposal.state != ProposalState.ACCEPTED:
            raise AppError("proposal.not_open", number=number)
        billed = billed_with(uow, proposal.id)
        if billed is not None:
            raise AppError("proposal.billed", number=number, invoice=billed or "draft")
        if uow.value(
            "SELECT 1 FROM appointments WHERE proposal_id = ? AND deleted_at IS NULL"
            " AND invoice_id IS NULL AND state NOT IN ('cancelled', 'no_show')",
            (proposal.id,),
        ):
            raise AppError("proposal.has_visits", number=number)
        customer = customer_of(uow, proposal.contact_id)
        lines = [line.as_invoice_line() for line in accepted_lines(uow, proposal)]
        invoice = add_invoice(uow, customer, proposal.location_id, lines)
        follow_proposal(uow, invoice, lines, proposal.id)
        uow.describe("new invoice for {name}", name=customer.name)
        return invoice.id


def accepted_lines(uow: UnitOfWork, proposal: models.Proposal) -> list[ProposalLineDraft]:
    """The lines of the chosen alternative with the optional ones that were chosen."""
    draft = stored_draft(uow, proposal)
    return [line for line in draft.lines if line.counts(proposal.option_n)]


def billed_with(uow: UnitOfWork, proposal_id: int, but_id: int = -1) -> str | None:
    """The number of an invoice of the proposal that is in force (empty for a draft), or None."""
    found = uow.value(_BILLED, (proposal_id, but_id))
    return None if found is None else str(found)


def follow_proposal(
    uow: UnitOfWork,
    invoice: models.Invoice,
    lines: Sequence[InvoiceLineDraft],
    proposal_id: int,
) -> None:
    """Let a draft follow what was accepted: addresses, language, tax, discounts. A discount as an
    amount is taken once, by the first invoice of the proposal."""
    proposal = uow.get(models.Proposal, proposal_id)
    first = billed_with(uow, proposal_id, invoice.id) is None
    terms = DocumentTerms(
        bool(proposal.prices_include_tax),
        proposal.discount_ppm,
        proposal.discount_fixed_cents if first else 0,
    )
    invoice.proposal_id = proposal_id
    invoice.bill_to = proposal.bill_to or invoice.bill_to
    invoice.language = proposal.language or invoice.language
    invoice.tax_id = proposal.tax_id
    invoice.tax_note = proposal.tax_note or invoice.tax_note
    invoice.rounding = proposal.rounding
    invoice.prices_include_tax = int(terms.prices_include_tax)
    invoice.discount_ppm = terms.discount_ppm
    invoice.discount_fixed_cents = terms.discount_cents
    store_content(uow, invoice, with_discounts(uow, lines, proposal))


def with_discounts(
    uow: UnitOfWork, lines: Sequence[InvoiceLineDraft], proposal: models.Proposal
) -> list[InvoiceLineDraft]:
    """The lines of visits with the discount, unit and tax code that the proposal gave them.

    A line is the proposal's where name, service and price are; a discount as an amount belongs to
    the whole quantity.
    """
    left = list(accepted_lines(uow, proposal))
    found = []
    for line in lines:
        own = next(
            (
                each
                for each in left
                if (each.name, each.service_id, each.unit_price_e4)
                == (line.name, line.service_id, line.unit_price_e4)
            ),
            None,
        )
        if own is None:
            found.append(line)
            continue
        whole = own.qty_milli == line.qty_milli
        if whole:
            left.remove(own)
        found.append(
            replace(
                line,
                unit=own.unit,
                taxable=own.taxable,
                tax_code_id=own.tax_code_id,
                discount_ppm=own.discount_ppm,
                discount_fixed_cents=own.discount_fixed_cents if whole else 0,
            )
        )
    return found
