"""A proposal that is accepted: what was chosen, the visits and the deposit, in one step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Literal

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.document_words import document_words
from tcf_desktop.domain.documents import DocType, InvoiceState
from tcf_desktop.domain.money import PRICE_SCALE
from tcf_desktop.domain.proposals import HOW_ACCEPTED, ProposalState
from tcf_desktop.services.appointment_values import AppointmentDraft, LineDraft
from tcf_desktop.services.appointments import CreateAppointment
from tcf_desktop.services.billing_sources import customer_of, today_of
from tcf_desktop.services.closing import require_open_period
from tcf_desktop.services.command import Command
from tcf_desktop.services.contacts import become_customer
from tcf_desktop.services.invoice_drafts import MAX_TEXT, InvoiceLineDraft, checked_date
from tcf_desktop.services.invoice_values import add_invoice
from tcf_desktop.services.invoices import issue, void
from tcf_desktop.services.proposal_billing import accepted_lines, billed_with
from tcf_desktop.services.proposal_messages import cancel_waiting
from tcf_desktop.services.proposal_values import (
    living,
    number_of,
    store_content,
    stored_draft,
    waiting,
)

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class ProposedVisit:
    """A visit to be booked: wall time of ``zone`` (empty for the business's) and whose it is."""

    starts_local: str
    minutes: int
    crew_id: int | None = None
    worker_id: int | None = None
    zone: str = ""
    arrival_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """What came of it. Without a deposit ``deposit_id`` is None and the number empty."""

    appointment_ids: tuple[int, ...]
    deposit_id: int | None
    deposit_number: str


@dataclass(frozen=True, slots=True)
class AcceptProposal(Command[Accepted]):
    """The customer wants it: ``by`` whom it was accepted, ``on`` which ISO date (empty for today)
    and ``how``.

    ``chosen`` are the positions (from 0) of the optional lines that are wanted, ``option_n`` the
    alternative. The first visit gets the lines, each further one is empty. A deposit that was
    agreed is issued on that date. Raises ``proposal.not_open``, ``proposal.no_name``,
    ``proposal.bad_option``, ``proposal.bad_line``, ``books.closed`` and what booking refuses;
    nothing is done then.
    """

    undoable: ClassVar[bool] = False

    proposal_id: int
    by: str
    how: Literal["phone", "email", "paper", "in_person"]
    on: str = ""
    note: str = ""
    option_n: int = 0
    chosen: tuple[int, ...] = ()
    visits: tuple[ProposedVisit, ...] = ()
    deposit: bool = True

    def execute(self, uow: UnitOfWork) -> Accepted:
        proposal = waiting(uow, self.proposal_id)
        if not self.by.strip():
            raise AppError("proposal.no_name")
        if self.how not in HOW_ACCEPTED:
            raise AppError("app.bug")
        on = checked_date(self.on or today_of(uow))
        self._choose(uow, proposal)
        proposal.state = ProposalState.ACCEPTED.value
        proposal.accepted_on = on
        proposal.accepted_by = self.by.strip()[:200]
        proposal.accepted_how = self.how
        proposal.accepted_note = self.note.strip()[:MAX_TEXT]
        proposal.updated_at = uow.now_at
        cancel_waiting(uow, proposal.id)
        become_customer(uow, proposal.contact_id)
        visits = tuple(
            self._book(uow, proposal, visit, with_lines=not at)
            for at, visit in enumerate(self.visits)
        )
        deposit = None
        if self.deposit and proposal.deposit_cents > 0:
            deposit = _bill_deposit(uow, proposal, on)
        uow.describe("acceptance of proposal {number}", number=number_of(proposal))
        return Accepted(
            visits,
            None if deposit is None else deposit.id,
            "" if deposit is None else str(deposit.number),
        )

    def _choose(self, uow: UnitOfWork, proposal: models.Proposal) -> None:
        """Store what was chosen; the figures are computed anew only where the choice changed
        them, so that what the customer saw holds."""
        draft = stored_draft(uow, proposal)
        if self.option_n not in draft.option_numbers:
            raise AppError("proposal.bad_option", most=len(draft.options))
        for at in self.chosen:
            if not (0 <= at < len(draft.lines) and draft.lines[at].is_optional):
                raise AppError("proposal.bad_line", line=at + 1)
        lines = tuple(
            replace(line, is_chosen=at in self.chosen) for at, line in enumerate(draft.lines)
        )
        proposal.option_n = self.option_n
        option = uow.first(models.ProposalOption, proposal_id=proposal.id, option_n=self.option_n)
        if lines != draft.lines:
            store_content(uow, proposal, replace(draft, lines=lines))
        elif option is not None:
            for name in (
                "subtotal_cents", "discount_cents", "net_cents", "tax_cents", "total_cents",
                "deposit_cents",
            ):  # fmt: skip
                setattr(proposal, name, getattr(option, name))
        uow.session.flush()

    def _book(
        self,
        uow: UnitOfWork,
        proposal: models.Proposal,
        visit: ProposedVisit,
        *,
        with_lines: bool,
    ) -> int:
        lines = tuple(
            LineDraft(
                line.name,
                line.unit_price_e4,
                line.qty_milli,
                line.service_id,
                line.description,
                line.taxable,
            )
            for line in accepted_lines(uow, proposal)
        )
        zone = visit.zone or str(uow.value("SELECT zone FROM business WHERE id = 1"))
        appointment_id = CreateAppointment(
            AppointmentDraft(
                starts_local=visit.starts_local,
                minutes=visit.minutes,
                zone=zone,
                title=proposal.title,
                contact_id=proposal.contact_id,
                location_id=proposal.location_id,
                crew_id=visit.crew_id,
                worker_id=visit.worker_id,
                arrival_minutes=visit.arrival_minutes,
                lines=lines if with_lines else (),
            )
        ).execute(uow)
        uow.get(models.Appointment, appointment_id).proposal_id = proposal.id
        uow.session.flush()
        return appointment_id


@dataclass(frozen=True, slots=True)
class ReopenProposal(Command[None]):
    """A declined or accepted proposal waits for an answer again.

    Visits of an accepted one that are still to come leave the schedule, a deposit that was not
    paid is void. Raises ``proposal.has_money`` once money was received or an invoice made.
    """

    undoable: ClassVar[bool] = False

    proposal_id: int

    def execute(self, uow: UnitOfWork) -> None:
        proposal = living(uow, self.proposal_id)
        number = number_of(proposal)
        if proposal.state not in {ProposalState.ACCEPTED, ProposalState.DECLINED}:
            raise AppError("proposal.not_open", number=number)
        if proposal.state == ProposalState.ACCEPTED:
            self._withdraw(uow, proposal)
        proposal.state = ProposalState.SENT.value
        proposal.accepted_on = proposal.declined_on = None
        proposal.accepted_by = proposal.accepted_how = proposal.accepted_note = ""
        proposal.decline_reason = ""
        proposal.option_n = 0
        draft = stored_draft(uow, proposal)
        lines = tuple(replace(line, is_chosen=False) for line in draft.lines)
        if lines != draft.lines or draft.options:
            store_content(uow, proposal, replace(draft, lines=lines))
        proposal.updated_at = uow.now_at
        uow.describe("reopening of proposal {number}", number=number)

    def _withdraw(self, uow: UnitOfWork, proposal: models.Proposal) -> None:
        number = number_of(proposal)
        if billed_with(uow, proposal.id) is not None or uow.value(
            "SELECT 1 FROM appointments WHERE proposal_id = ? AND deleted_at IS NULL"
            " AND (invoice_id IS NOT NULL OR state = 'done')",
            (proposal.id,),
        ):
            raise AppError("proposal.has_money", number=number)
        on = today_of(uow)
        for deposit in uow.find(
            models.Invoice, doc_type=DocType.DEPOSIT.value, proposal_id=proposal.id
        ):
            if deposit.paid_cents or deposit.state in {
                InvoiceState.PAID,
                InvoiceState.PART_PAID,
                InvoiceState.CREDITED,
            }:
                raise AppError("proposal.has_money", number=number)
            if deposit.state == InvoiceState.ISSUED:
                require_open_period(uow, on)
                void(uow, deposit, f"Proposal {number} was reopened", on)
        for visit in uow.find(models.Appointment, proposal_id=proposal.id, deleted_at=None):
            visit.deleted_at = visit.updated_at = uow.now_at
            visit.sequence += 1


def _bill_deposit(uow: UnitOfWork, proposal: models.Proposal, on: str) -> models.Invoice:
    """The deposit as an issued document, payable at once and without tax: the tax is billed with
    the work."""
    require_open_period(uow, on)
    customer = customer_of(uow, proposal.contact_id)
    words = document_words(proposal.language or customer.language)
    line = InvoiceLineDraft(
        words.deposit_for.format(number=number_of(proposal)),
        proposal.title,
        1000,
        proposal.deposit_cents * PRICE_SCALE,
        taxable=False,
    )
    made = add_invoice(uow, customer, proposal.location_id, (line,), DocType.DEPOSIT)
    made.proposal_id = proposal.id
    made.bill_to = proposal.bill_to or made.bill_to
    made.language = proposal.language or made.language
    made.terms_days = 0
    made.prices_include_tax = 0
    uow.session.flush()
    issue(uow, made, on)
    return made
