"""Mails that go with documents: prepared as rows that wait, and what their sending means.

Nothing leaves the house here. The document itself is the archived one, found by its invoice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.documents import InvoiceState
from tcf_desktop.domain.invoice_letter import InvoiceLetter, words_of
from tcf_desktop.domain.mail_addresses import is_plausible_email
from tcf_desktop.services.command import Command

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

OCCASION: Final = "invoice"
_MAX_SUBJECT: Final = 200
_MAX_BODY: Final = 5_000


@dataclass(frozen=True, slots=True)
class QueueInvoiceMessage(Command[tuple[int, ...]]):
    """Put a mail for each of these issued documents among the messages that wait.

    A customer without an address that may be written to is passed over; one that waits already is
    written anew. Returns the ids of the messages. Raises ``invoice.not_allowed`` for a draft or a
    void document, ``messages.no_address`` when no customer could be written to.
    """

    invoice_ids: tuple[int, ...]

    def execute(self, uow: UnitOfWork) -> tuple[int, ...]:
        made = []
        for invoice_id in self.invoice_ids:
            invoice = uow.get(models.Invoice, invoice_id)
            if invoice.state in {InvoiceState.DRAFT, InvoiceState.VOID}:
                raise AppError("invoice.not_allowed", old=invoice.state, new="sent")
            message_id = queue_message(uow, invoice, OCCASION, *_letter(uow, invoice))
            if message_id is not None:
                made.append(message_id)
        if not made:
            raise AppError("messages.no_address")
        if len(self.invoice_ids) == 1:
            uow.describe("e-mail with {number}", number=invoice.number)
        else:
            uow.describe("{count} e-mails with invoices", count=len(made))
        return tuple(made)


def queue_message(
    uow: UnitOfWork, invoice: models.Invoice, occasion: str, subject: str, body: str
) -> int | None:
    """A mail about a document that waits, written anew where one of this occasion does; None for a
    customer without an address that may be written to."""
    address = mail_address(uow, invoice.contact_id)
    if not address:
        return None
    values = {
        "channel": "email",
        "address": address,
        "subject": " ".join(subject.split())[:_MAX_SUBJECT],
        "body": body[:_MAX_BODY],
        "updated_at": uow.now_at,
    }
    waiting = uow.first(
        models.Message, invoice_id=invoice.id, occasion=occasion, state="waiting", deleted_at=None
    )
    if waiting is not None:
        for key, value in values.items():
            setattr(waiting, key, value)
        return waiting.id
    return uow.add(
        models.Message(
            contact_id=invoice.contact_id,
            appointment_id=None,
            invoice_id=invoice.id,
            proposal_id=None,
            occasion=occasion,
            told_local=None,
            state="waiting",
            created_at=uow.now_at,
            sent_at=None,
            deleted_at=None,
            **values,
        )
    ).id


def mail_address(uow: UnitOfWork, contact_id: int) -> str:
    """The first mail address of a customer that reads like one and did not refuse; empty for
    none."""
    from tcf_desktop.services.messages import reachable  # it calls back when a mail was sent

    for address, state in reachable(uow, contact_id).emails:
        if state != "refused" and is_plausible_email(address):
            return address
    return ""


def note_sent(uow: UnitOfWork, message: models.Message) -> None:
    """The document of a mail that went out is sent from now on."""
    if message.invoice_id is None or message.occasion != OCCASION:
        return
    invoice = uow.get(models.Invoice, message.invoice_id)
    how = {"email": "email", "post": "post"}.get(message.channel, "hand")
    invoice.sent_at = invoice.sent_at or uow.now_at
    invoice.sent_how = invoice.sent_how or how
    invoice.updated_at = uow.now_at


def cancel_waiting(uow: UnitOfWork, invoice_id: int) -> None:
    """Nobody is written to about this document any more."""
    for message in uow.find(
        models.Message, invoice_id=invoice_id, state="waiting", deleted_at=None
    ):
        message.state, message.updated_at = "cancelled", uow.now_at


def _letter(uow: UnitOfWork, invoice: models.Invoice) -> tuple[str, str]:
    business = uow.value("SELECT name FROM business WHERE id = 1") or ""
    contact = uow.get(models.Contact, invoice.contact_id)
    return words_of(
        InvoiceLetter(
            doc_type=invoice.doc_type,
            number=str(invoice.number),
            business=business,
            first_name=contact.first_name,
            currency=invoice.currency,
            total_cents=invoice.total_cents,
            open_cents=invoice.open_cents,
            due_on=invoice.due_on or "",
            language=invoice.language or contact.language,
        )
    )
