"""Proposals for tests: drafted, sent, read back."""

from __future__ import annotations

from dataclasses import replace

from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.services.office import Office
from tcf_desktop.services.proposal_drafts import ProposalLineDraft
from tcf_desktop.services.proposals import DraftProposal, SaveProposalDraft, SendProposal
from tcf_desktop.services.queries.proposal_detail import ProposalDetail, proposal_detail


def offer(price_cents: int, name: str = "Windows", **more: object) -> ProposalLineDraft:
    return ProposalLineDraft(name, "", unit_price_e4=price_cents * E4, **more)  # type: ignore[arg-type]


def proposal_of(office: Office, proposal_id: int) -> ProposalDetail:
    found = office.read(lambda r: proposal_detail(r, proposal_id))
    assert found is not None
    return found


def written(office: Office, contact_id: int, *lines: ProposalLineDraft, **more: object) -> int:
    """A draft with these lines; ``more`` are fields of the draft. Without tax unless ``taxed``."""
    if not more.pop("taxed", False):
        more["tax_id"] = None
    proposal_id = office.runner.run(DraftProposal(contact_id))
    draft = replace(proposal_of(office, proposal_id).draft, lines=lines, **more)  # type: ignore[arg-type]
    office.runner.run(SaveProposalDraft(proposal_id, draft))
    return proposal_id


def sent(office: Office, contact_id: int, *lines: ProposalLineDraft, **more: object) -> int:
    proposal_id = written(office, contact_id, *lines, **more)
    office.runner.run(SendProposal(proposal_id, "print"))
    return proposal_id
