"""What the office does with proposals: draft, edit, send, revise, duplicate, follow up, decline."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Literal

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.proposals import ProposalState, days_later
from tcf_desktop.services.billing_sources import customer_of, notes_for, place_of, today_of
from tcf_desktop.services.command import Command
from tcf_desktop.services.invoice_drafts import MAX_TEXT, checked_date
from tcf_desktop.services.numbering import take_number
from tcf_desktop.services.proposal_drafts import ProposalDraft, checked_proposal
from tcf_desktop.services.proposal_messages import cancel_waiting, queue_proposal
from tcf_desktop.services.proposal_values import (
    living,
    name_of,
    number_of,
    open_draft,
    store_content,
    store_draft,
    stored_draft,
    waiting,
)
from tcf_desktop.services.queries.billing_settings import billing_settings

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class DraftProposal(Command[int]):
    """An empty draft for a customer, valid for as long as the office usually says; returns its
    id."""

    contact_id: int
    location_id: int | None = None

    def execute(self, uow: UnitOfWork) -> int:
        proposal = _new(uow, self.contact_id, self.location_id)
        uow.describe("new proposal for {name}", name=name_of(uow, proposal))
        return proposal.id


@dataclass(frozen=True, slots=True)
class SaveProposalDraft(Command[None]):
    """Autosave of the editor. Raises ``proposal.not_draft`` when it was sent meanwhile."""

    proposal_id: int
    draft: ProposalDraft

    def execute(self, uow: UnitOfWork) -> None:
        draft = checked_proposal(self.draft)
        proposal = open_draft(uow, self.proposal_id)
        store_draft(uow, proposal, draft)
        uow.describe("change of the proposal for {name}", name=name_of(uow, proposal))

    def merge_key(self) -> str:
        return f"proposal-{self.proposal_id}"


@dataclass(frozen=True, slots=True)
class SendProposal(Command[str]):
    """Give a draft its number and fix it; returns the number.

    ``how`` is email (a mail is put among the messages that wait), print, post or hand; ``on`` an
    ISO date, empty for today. A revision keeps the number and takes the place of the one before.
    Raises ``proposal.empty``, ``proposal.negative``, ``proposal.past``, ``messages.no_address``.
    """

    undoable: ClassVar[bool] = False

    proposal_id: int
    how: Literal["email", "print", "post", "hand"]
    on: str = ""

    def execute(self, uow: UnitOfWork) -> str:
        proposal = open_draft(uow, self.proposal_id)
        on = checked_date(self.on or today_of(uow))
        self._check(uow, proposal, on)
        if proposal.number is None:
            proposal.number, proposal.series, proposal.series_n = take_number(uow, "proposal", on)
        if proposal.replaces_id is not None:
            before = uow.get(models.Proposal, proposal.replaces_id)
            before.state = ProposalState.REPLACED.value
            before.updated_at = uow.now_at
            cancel_waiting(uow, before.id)
        proposal.customer_notes = notes_for(uow, proposal.contact_id, proposal.location_id)
        proposal.state = ProposalState.SENT.value
        proposal.sent_on, proposal.sent_at, proposal.sent_how = on, uow.now_at, self.how
        if not proposal.follow_up_on:
            days = billing_settings(uow).proposal_follow_up_days
            proposal.follow_up_on = days_later(on, days) if days > 0 else None
        proposal.updated_at = uow.now_at
        uow.session.flush()
        if self.how == "email" and queue_proposal(uow, proposal) is None:
            raise AppError("messages.no_address")
        uow.describe("sending of proposal {number}", number=number_of(proposal))
        return number_of(proposal)

    def _check(self, uow: UnitOfWork, proposal: models.Proposal, on: str) -> None:
        draft = stored_draft(uow, proposal)
        for option_n in draft.option_numbers:
            if not any(
                line.option_n in (0, option_n) and not line.is_optional for line in draft.lines
            ):
                raise AppError("proposal.empty")
        # Figures of the day on which it is sent: a tax may have changed since the last edit.
        store_content(uow, proposal, draft)
        if uow.value(
            "SELECT 1 FROM proposals p WHERE p.id = ?1 AND (p.total_cents < 0 OR EXISTS (SELECT 1"
            " FROM proposal_options o WHERE o.proposal_id = ?1 AND o.total_cents < 0))",
            (proposal.id,),
        ):
            raise AppError("proposal.negative")
        if proposal.valid_until_on and proposal.valid_until_on < on:
            raise AppError("proposal.past", day=proposal.valid_until_on)


@dataclass(frozen=True, slots=True)
class ReviseProposal(Command[int]):
    """A draft of the next version under the same number; returns its id. The one that was sent
    stays as it is, and in force until the new one is sent.

    Raises ``proposal.not_open`` for one that was accepted or replaced, ``proposal.revised`` when a
    new version is being written.
    """

    proposal_id: int

    def execute(self, uow: UnitOfWork) -> int:
        sent = living(uow, self.proposal_id)
        if sent.state not in {ProposalState.SENT, ProposalState.DECLINED}:
            raise AppError("proposal.not_open", number=number_of(sent))
        if uow.first(models.Proposal, replaces_id=sent.id, deleted_at=None) is not None:
            raise AppError("proposal.revised", number=number_of(sent))
        draft = replace(_unchosen(stored_draft(uow, sent)), follow_up_on="")
        days = billing_settings(uow).proposal_valid_days
        today = today_of(uow)
        if draft.valid_until_on and draft.valid_until_on < today:
            draft = replace(draft, valid_until_on=days_later(today, days))
        last = uow.value("SELECT max(revision) FROM proposals WHERE number = ?", (sent.number,))
        made = _add(uow, sent.contact_id, sent.currency, sent.rounding)
        made.number, made.series, made.series_n = sent.number, sent.series, sent.series_n
        made.revision, made.replaces_id = int(last) + 1, sent.id
        store_draft(uow, made, draft)
        uow.describe("new version of proposal {number}", number=sent.number)
        return made.id


@dataclass(frozen=True, slots=True)
class DuplicateProposal(Command[int]):
    """A new draft with the same lines, for the same customer or another one; returns its id."""

    proposal_id: int
    contact_id: int | None = None

    def execute(self, uow: UnitOfWork) -> int:
        source = uow.get(models.Proposal, self.proposal_id)
        draft = _unchosen(stored_draft(uow, source))
        contact_id = self.contact_id or source.contact_id
        same = contact_id == source.contact_id
        made = _new(uow, contact_id, source.location_id if same else None)
        store_draft(
            uow,
            made,
            replace(
                draft,
                location_id=made.location_id,
                bill_to=made.bill_to,
                service_place=made.service_place,
                valid_until_on=made.valid_until_on or "",
                follow_up_on="",
                tax_id=draft.tax_id if same else made.tax_id,
                language=made.language,
                tax_note=draft.tax_note if same else "",
                internal_note=draft.internal_note if same else "",
            ),
        )
        uow.describe("copy of the proposal for {name}", name=name_of(uow, made))
        return made.id


@dataclass(frozen=True, slots=True)
class DiscardProposal(Command[None]):
    """Put a draft into the trash. No number is used up."""

    proposal_id: int

    def execute(self, uow: UnitOfWork) -> None:
        proposal = open_draft(uow, self.proposal_id)
        proposal.deleted_at = uow.now_at
        uow.describe("discarding of the proposal for {name}", name=name_of(uow, proposal))


@dataclass(frozen=True, slots=True)
class SetFollowUp(Command[None]):
    """The day on which the office asks the customer again; empty for none."""

    proposal_id: int
    on: str

    def execute(self, uow: UnitOfWork) -> None:
        proposal = living(uow, self.proposal_id)
        proposal.follow_up_on = checked_date(self.on) if self.on else None
        proposal.updated_at = uow.now_at
        uow.describe("follow-up of proposal {number}", number=number_of(proposal))


@dataclass(frozen=True, slots=True)
class DeclineProposal(Command[None]):
    """The customer does not want it; ``reason`` may be empty, ``on`` is an ISO date, empty for
    today. Raises ``proposal.not_open``."""

    proposal_id: int
    reason: str = ""
    on: str = ""

    def execute(self, uow: UnitOfWork) -> None:
        proposal = waiting(uow, self.proposal_id)
        proposal.state = ProposalState.DECLINED.value
        proposal.declined_on = checked_date(self.on or today_of(uow))
        proposal.decline_reason = self.reason.strip()[:MAX_TEXT]
        proposal.updated_at = uow.now_at
        cancel_waiting(uow, proposal.id)
        uow.describe("declining of proposal {number}", number=number_of(proposal))


def _new(uow: UnitOfWork, contact_id: int, location_id: int | None) -> models.Proposal:
    """An empty draft with everything that follows from the customer and the place."""
    customer = customer_of(uow, contact_id)
    currency, tax_id, inclusive, rounding = uow.rows(
        "SELECT currency, default_tax_id, prices_include_tax, rounding FROM business WHERE id = 1"
    )[0]
    if location_id is None:
        location_id = uow.value(
            "SELECT id FROM locations WHERE contact_id = ? AND deleted_at IS NULL"
            " ORDER BY is_billing, position, id LIMIT 1",
            (contact_id,),
        )
    service_place, own_tax = place_of(uow, location_id)
    settings = billing_settings(uow)
    made = _add(uow, contact_id, currency, rounding)
    made.location_id = location_id
    made.bill_to = customer.bill_to
    made.service_place = service_place
    made.valid_until_on = days_later(today_of(uow), max(settings.proposal_valid_days, 0))
    made.prices_include_tax = int(inclusive)
    made.tax_id = None if customer.is_exempt else own_tax or tax_id
    made.language = customer.language
    made.message = settings.proposal_message
    made.customer_notes = notes_for(uow, contact_id, location_id)
    uow.session.flush()
    return made


def _add(uow: UnitOfWork, contact_id: int, currency: str, rounding: str) -> models.Proposal:
    return uow.add(
        models.Proposal(
            uid=uuid.uuid4().hex,
            number=None,
            series=None,
            series_n=None,
            replaces_id=None,
            contact_id=contact_id,
            location_id=None,
            valid_until_on=None,
            follow_up_on=None,
            currency=currency,
            rounding=rounding,
            tax_id=None,
            sent_on=None,
            sent_at=None,
            accepted_on=None,
            declined_on=None,
            created_at=uow.now_at,
            updated_at=uow.now_at,
            deleted_at=None,
            erased_at=None,
        )
    )


def _unchosen(draft: ProposalDraft) -> ProposalDraft:
    return replace(draft, lines=tuple(replace(line, is_chosen=False) for line in draft.lines))
