"""What the commands on proposals share: their rows, and the drafts read back from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.proposals import ProposalState, full_number
from tcf_desktop.domain.tax import RoundingPolicy
from tcf_desktop.services.billing_sources import notes_for
from tcf_desktop.services.invoice_drafts import MAX_TEXT
from tcf_desktop.services.matching_rows import match_rows
from tcf_desktop.services.proposal_drafts import (
    ProposalDraft,
    ProposalFigures,
    ProposalLineDraft,
    ProposalOptionDraft,
    figures_of,
)
from tcf_desktop.services.queries.billing_choices import tax_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcf_desktop.services.uow import UnitOfWork


def living(uow: UnitOfWork, proposal_id: int) -> models.Proposal:
    """A proposal that was not deleted, or ``data.gone``."""
    proposal = uow.get(models.Proposal, proposal_id)
    if proposal.deleted_at is not None:
        raise AppError("data.gone")
    return proposal


def open_draft(uow: UnitOfWork, proposal_id: int) -> models.Proposal:
    """A draft that may be changed; ``data.gone``, ``proposal.not_draft`` otherwise."""
    proposal = living(uow, proposal_id)
    if proposal.state != ProposalState.DRAFT:
        raise AppError("proposal.not_draft", number=number_of(proposal))
    return proposal


def waiting(uow: UnitOfWork, proposal_id: int) -> models.Proposal:
    """A proposal that waits for an answer; ``proposal.not_open`` otherwise."""
    proposal = living(uow, proposal_id)
    if proposal.state != ProposalState.SENT:
        raise AppError("proposal.not_open", number=number_of(proposal))
    return proposal


def number_of(proposal: models.Proposal) -> str:
    """As it is said to people; a word for one without a number."""
    return full_number(proposal.number, proposal.revision) or "draft"


def name_of(uow: UnitOfWork, proposal: models.Proposal) -> str:
    """The customer's name, for the list of what can be undone."""
    name = uow.value("SELECT display_name FROM contacts WHERE id = ?", (proposal.contact_id,))
    return str(name)


def draft_columns(draft: ProposalDraft) -> dict[str, Any]:
    """The columns that a draft fills as it was typed."""
    return {
        "location_id": draft.location_id,
        "title": draft.title.strip()[:MAX_TEXT],
        "bill_to": draft.bill_to[:MAX_TEXT],
        "service_place": draft.service_place[:MAX_TEXT],
        "valid_until_on": draft.valid_until_on or None,
        "follow_up_on": draft.follow_up_on or None,
        "tax_id": draft.tax_id,
        "message": draft.message[:MAX_TEXT],
        "discount_ppm": draft.discount_ppm,
        "discount_fixed_cents": draft.discount_fixed_cents,
        "deposit_ppm": draft.deposit_ppm,
        "deposit_fixed_cents": draft.deposit_fixed_cents,
        "prices_include_tax": int(draft.prices_include_tax),
        "tax_note": draft.tax_note[:MAX_TEXT],
        "language": draft.language[:20],
        "internal_note": draft.internal_note[:MAX_TEXT],
    }


def store_draft(uow: UnitOfWork, proposal: models.Proposal, draft: ProposalDraft) -> None:
    """Write everything that a draft says, with its figures."""
    for name, value in draft_columns(draft).items():
        if getattr(proposal, name) != value:
            setattr(proposal, name, value)
    proposal.customer_notes = notes_for(uow, proposal.contact_id, proposal.location_id)
    proposal.updated_at = uow.now_at
    store_content(uow, proposal, draft)


def store_content(uow: UnitOfWork, proposal: models.Proposal, draft: ProposalDraft) -> None:
    """Write lines, alternatives, taxes and totals; of several alternatives the chosen one's, and
    the first one's before."""
    parts = tax_parts(uow.rows, proposal.tax_id)
    figures = figures_of(draft, parts, RoundingPolicy.of(proposal.rounding))
    chosen = figures.of(proposal.option_n)
    for name, value in _sums(chosen.totals, chosen.deposit_cents).items():
        setattr(proposal, name, value)
    uow.session.flush()
    owner = {"proposal_id": proposal.id}
    match_rows(uow, models.ProposalLine, _lines(draft, figures), **owner)
    match_rows(uow, models.ProposalTax, _taxes(figures), **owner)
    _store_options(uow, proposal.id, draft, figures)


def _sums(totals: Any, deposit_cents: int) -> dict[str, int]:
    return {
        "subtotal_cents": totals.subtotal_cents,
        "discount_cents": totals.discount_cents,
        "net_cents": totals.net_cents,
        "tax_cents": totals.tax_cents,
        "total_cents": totals.total_cents,
        "deposit_cents": deposit_cents,
    }


def _lines(draft: ProposalDraft, figures: ProposalFigures) -> list[dict[str, Any]]:
    return [
        {
            "option_n": line.option_n,
            "is_optional": int(line.is_optional),
            "is_chosen": int(line.is_chosen and line.is_optional),
            "service_id": line.service_id,
            "name": line.name[:MAX_TEXT],
            "description": line.description[:MAX_TEXT],
            "qty_milli": line.qty_milli,
            "unit": line.unit[:40],
            "unit_price_e4": line.unit_price_e4,
            "discount_ppm": line.discount_ppm,
            "discount_fixed_cents": line.discount_fixed_cents,
            "taxable": int(line.taxable),
            "tax_code_id": line.tax_code_id,
            "amount_cents": amount,
        }
        for line, amount in zip(draft.lines, figures.amounts, strict=True)
    ]


def _taxes(figures: ProposalFigures) -> list[dict[str, Any]]:
    return [
        {
            "option_n": option.option_n,
            "name": tax.name,
            "rate_ppm": tax.rate_ppm,
            "base_cents": tax.base_cents,
            "tax_cents": tax.tax_cents,
        }
        for option in figures.options
        for tax in option.totals.taxes
    ]


def _store_options(
    uow: UnitOfWork, proposal_id: int, draft: ProposalDraft, figures: ProposalFigures
) -> None:
    stored = {row.option_n: row for row in uow.find(models.ProposalOption, proposal_id=proposal_id)}
    for option_n, option in enumerate(draft.options, 1):
        found = figures.of(option_n)
        values: dict[str, Any] = {
            "name": option.name.strip()[:200],
            "description": option.description[:MAX_TEXT],
            **_sums(found.totals, found.deposit_cents),
        }
        row = stored.pop(option_n, None)
        if row is None:
            uow.session.add(
                models.ProposalOption(proposal_id=proposal_id, option_n=option_n, **values)
            )
            continue
        for name, value in values.items():
            if getattr(row, name) != value:
                setattr(row, name, value)
    for surplus in stored.values():
        uow.session.delete(surplus)
    uow.session.flush()


def stored_draft(uow: UnitOfWork, proposal: models.Proposal) -> ProposalDraft:
    """A proposal as it was written."""
    lines = uow.find(models.ProposalLine, models.ProposalLine.position, proposal_id=proposal.id)
    options = uow.find(
        models.ProposalOption, models.ProposalOption.option_n, proposal_id=proposal.id
    )
    return ProposalDraft(
        proposal.location_id,
        proposal.title,
        proposal.bill_to,
        proposal.service_place,
        proposal.valid_until_on or "",
        proposal.follow_up_on or "",
        proposal.tax_id,
        proposal.message,
        _line_drafts(lines),
        tuple(ProposalOptionDraft(option.name, option.description) for option in options),
        proposal.discount_ppm,
        proposal.discount_fixed_cents,
        proposal.deposit_ppm,
        proposal.deposit_fixed_cents,
        bool(proposal.prices_include_tax),
        proposal.tax_note,
        proposal.language,
        proposal.internal_note,
    )


def _line_drafts(lines: Sequence[models.ProposalLine]) -> tuple[ProposalLineDraft, ...]:
    return tuple(
        ProposalLineDraft(
            line.name,
            line.description,
            line.qty_milli,
            line.unit_price_e4,
            bool(line.taxable),
            line.service_id,
            line.unit,
            line.discount_ppm,
            line.discount_fixed_cents,
            line.tax_code_id,
            line.option_n,
            bool(line.is_optional),
            bool(line.is_chosen),
        )
        for line in lines
    )
