"""A proposal as it stands on paper."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.proposal_print import (
    ProposalDocument,
    ProposalFacts,
    ProposalLineFacts,
    build_proposal,
)
from tcf_desktop.domain.proposals import ProposalState
from tcf_desktop.services.queries.document_notes import document_notes
from tcf_desktop.services.queries.invoice_paper import letterhead
from tcf_desktop.services.queries.proposal_detail import ProposalDetail, proposal_detail

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader


def proposal_facts(detail: ProposalDetail, today: str) -> ProposalFacts:
    """What the page shows; a draft is dated today."""
    draft = detail.draft
    return ProposalFacts(
        number=detail.number or "",
        revision=detail.revision,
        state=detail.state,
        title=draft.title,
        bill_to=draft.bill_to,
        service_place=draft.service_place,
        dated_on=detail.sent_on or today,
        valid_until_on=draft.valid_until_on,
        currency=detail.currency,
        message=draft.message,
        notes=detail.customer_notes,
        tax_note=draft.tax_note,
        prices_include_tax=draft.prices_include_tax,
        discount_ppm=draft.discount_ppm,
        lines=tuple(
            ProposalLineFacts(
                line.name,
                line.description,
                line.qty_milli,
                line.unit,
                line.unit_price_e4,
                amount,
                line.discount_ppm,
                line.discount_fixed_cents,
                line.option_n,
                line.is_optional,
                line.is_chosen,
            )
            for line, amount in zip(draft.lines, detail.amounts, strict=True)
        ),
        options=detail.options,
        language=draft.language,
    )


def proposal_document(r: Reader, proposal_id: int, today: str) -> ProposalDocument:
    """The page of a proposal, ready to be rendered; ``data.gone`` when there is none."""
    detail = proposal_detail(r, proposal_id)
    if detail is None:
        raise AppError("data.gone")
    facts = proposal_facts(detail, today)
    if detail.state == ProposalState.DRAFT:
        notes = document_notes(r.all, detail.contact_id).at(detail.draft.location_id)
        facts = replace(facts, notes=notes)
    return build_proposal(facts, letterhead(r))
