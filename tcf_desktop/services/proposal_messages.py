"""The mail that goes with a proposal: prepared as a row that waits. Nothing leaves here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tcf_desktop import models
from tcf_desktop.domain.proposal_letter import ProposalLetter, words_of
from tcf_desktop.domain.proposals import full_number
from tcf_desktop.services.invoice_messages import mail_address

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

OCCASION: Final = "proposal"


def queue_proposal(uow: UnitOfWork, proposal: models.Proposal) -> int | None:
    """A mail with a sent proposal that waits, written anew where one does; None for a customer
    without an address that may be written to."""
    address = mail_address(uow, proposal.contact_id)
    if not address:
        return None
    contact = uow.get(models.Contact, proposal.contact_id)
    subject, body = words_of(
        ProposalLetter(
            number=full_number(proposal.number, proposal.revision),
            title=proposal.title,
            business=uow.value("SELECT name FROM business WHERE id = 1") or "",
            first_name=contact.first_name,
            valid_until_on=proposal.valid_until_on or "",
            language=proposal.language or contact.language,
        )
    )
    cancel_waiting(uow, proposal.id)
    return uow.add(
        models.Message(
            contact_id=proposal.contact_id,
            appointment_id=None,
            invoice_id=None,
            proposal_id=proposal.id,
            occasion=OCCASION,
            told_local=None,
            state="waiting",
            channel="email",
            address=address,
            subject=" ".join(subject.split())[:200],
            body=body[:5_000],
            created_at=uow.now_at,
            updated_at=uow.now_at,
            sent_at=None,
            deleted_at=None,
        )
    ).id


def cancel_waiting(uow: UnitOfWork, proposal_id: int) -> None:
    """Nobody is written to about this proposal any more."""
    for message in uow.find(
        models.Message, proposal_id=proposal_id, state="waiting", deleted_at=None
    ):
        message.state, message.updated_at = "cancelled", uow.now_at
