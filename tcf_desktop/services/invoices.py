"""What the office does with invoices: draft, edit, issue, discard, void."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.documents import (
    DocType,
    InvoiceState,
    due_date,
    require_transition,
    state_of_balance,
)
from tcf_desktop.domain.einvoice import missing
from tcf_desktop.services.appointment_values import live
from tcf_desktop.services.billing_sources import (
    customer_of,
    lines_of_visit,
    notes_for,
    place_of,
    today_of,
)
from tcf_desktop.services.closing import require_open_period
from tcf_desktop.services.command import Command
from tcf_desktop.services.invoice_drafts import (
    MAX_TEXT,
    InvoiceDraft,
    InvoiceLineDraft,
    checked_date,
    checked_draft,
)
from tcf_desktop.services.invoice_messages import cancel_waiting
from tcf_desktop.services.invoice_values import add_invoice, open_draft, store_content
from tcf_desktop.services.numbering import take_number
from tcf_desktop.services.queries.einvoice import electronic_invoice
from tcf_desktop.services.settling import credits_of, take_back, use_credit

if TYPE_CHECKING:
    from tcf_desktop.services.queries.batch_items import Per
    from tcf_desktop.services.uow import UnitOfWork

__all__ = ["InvoiceDraft", "InvoiceLineDraft"]


@dataclass(frozen=True, slots=True)
class DraftInvoice(Command[int]):
    """An empty draft for a customer; returns its id."""

    contact_id: int
    location_id: int | None = None

    def execute(self, uow: UnitOfWork) -> int:
        customer = customer_of(uow, self.contact_id)
        place = self.location_id
        if place is None:
            place = uow.value(
                "SELECT id FROM locations WHERE contact_id = ? AND deleted_at IS NULL"
                " ORDER BY is_billing, position, id LIMIT 1",
                (self.contact_id,),
            )
        invoice = add_invoice(uow, customer, place, ())
        uow.describe("new invoice for {name}", name=customer.name)
        return invoice.id


@dataclass(frozen=True, slots=True)
class DraftInvoiceFromAppointments(Command[tuple[int, ...]]):
    """Drafts with the lines of finished visits, one for each customer and place, or as ``per``
    says; visits at places with different taxes never share one.

    Returns their ids in the order of the visits. Raises ``invoice.nothing_to_bill``,
    ``invoice.already_invoiced``, ``invoice.no_customer``; nothing is made then.
    """

    appointment_ids: tuple[int, ...]
    per: Per = "place"

    def execute(self, uow: UnitOfWork) -> tuple[int, ...]:
        if not self.appointment_ids:
            raise AppError("invoice.nothing_to_bill")
        groups: dict[tuple[int | None, ...], list[models.Appointment]] = {}
        for appointment_id in dict.fromkeys(self.appointment_ids):
            visit = self._billable(uow, appointment_id)
            groups.setdefault(self._key(uow, visit), []).append(visit)
        made = [draft_of_visits(uow, visits) for visits in groups.values()]
        if len(made) == 1:
            uow.describe("new invoice for {name}", name=made[0][1])
        else:
            uow.describe("{count} new invoices", count=len(made))
        return tuple(invoice.id for invoice, _name in made)

    def _key(self, uow: UnitOfWork, visit: models.Appointment) -> tuple[int | None, ...]:
        if self.per == "visit":
            return (visit.id,)
        if self.per == "customer":
            return (visit.contact_id, place_of(uow, visit.location_id)[1])
        return (visit.contact_id, visit.location_id)

    def _billable(self, uow: UnitOfWork, appointment_id: int) -> models.Appointment:
        visit = live(uow, appointment_id)
        day = visit.starts_local[:10]
        if visit.invoice_id is not None:
            raise AppError("invoice.already_invoiced", day=day)
        if visit.contact_id is None:
            raise AppError("invoice.no_customer", day=day)
        return visit


@dataclass(frozen=True, slots=True)
class InvoiceVisits(Command[tuple[tuple[int, str], ...]]):
    """Invoices of finished visits, issued at once: (id, number) of each. Errors as
    :class:`DraftInvoiceFromAppointments` and :class:`IssueInvoice`; nothing is done then."""

    undoable: ClassVar[bool] = False

    appointment_ids: tuple[int, ...]
    per: Per = "place"

    def execute(self, uow: UnitOfWork) -> tuple[tuple[int, str], ...]:
        made = DraftInvoiceFromAppointments(self.appointment_ids, self.per).execute(uow)
        numbers = []
        for invoice_id in made:
            invoice = open_draft(uow, invoice_id)
            numbers.append(issue(uow, invoice))
            settle_deposits(uow, invoice)
        if len(numbers) == 1:
            uow.describe("issue of invoice {number}", number=numbers[0])
        else:
            uow.describe("issue of {count} invoices", count=len(numbers))
        return tuple(zip(made, numbers, strict=True))


@dataclass(frozen=True, slots=True)
class SaveInvoiceDraft(Command[None]):
    """Autosave of the editor. Raises ``invoice.issued`` when the invoice is no draft any more."""

    invoice_id: int
    draft: InvoiceDraft

    def execute(self, uow: UnitOfWork) -> None:
        draft = checked_draft(self.draft)
        invoice = open_draft(uow, self.invoice_id)
        invoice.location_id = draft.location_id
        invoice.bill_to = draft.bill_to[:MAX_TEXT]
        invoice.service_place = draft.service_place[:MAX_TEXT]
        invoice.po = draft.po[:MAX_TEXT]
        invoice.issued_on = draft.issued_on or None
        invoice.terms_days = draft.terms_days
        invoice.tax_id = draft.tax_id
        invoice.message = draft.message[:MAX_TEXT]
        invoice.discount_ppm = draft.discount_ppm
        invoice.discount_fixed_cents = draft.discount_fixed_cents
        invoice.prices_include_tax = int(draft.prices_include_tax)
        invoice.tax_note = draft.tax_note[:MAX_TEXT]
        invoice.language = draft.language[:20]
        invoice.internal_note = draft.internal_note[:MAX_TEXT]
        invoice.customer_notes = notes_for(uow, invoice.contact_id, invoice.location_id, invoice.id)
        invoice.updated_at = uow.now_at
        store_content(uow, invoice, draft.lines)
        uow.describe("change of the draft for {name}", name=_name(uow, invoice))

    def merge_key(self) -> str:
        return f"invoice-{self.invoice_id}"


@dataclass(frozen=True, slots=True)
class IssueInvoice(Command[str]):
    """Give a draft its number and fix it for good; returns the number.

    Number and state change in one transaction, so a series has neither gaps nor doubles. ``on``
    is the ISO date of issue; empty means the date planned in the draft, or today. The deposit of
    its proposal settles it; ``use_credit`` lets the customer's other credit do so too. Raises
    ``invoice.empty``, ``invoice.negative``, ``invoice.issued``, ``numbering.taken``,
    ``books.closed``, ``invoice.electronic_missing``.
    """

    undoable: ClassVar[bool] = False

    invoice_id: int
    on: str = ""
    use_credit: bool = False

    def execute(self, uow: UnitOfWork) -> str:
        invoice = open_draft(uow, self.invoice_id)
        number = issue(uow, invoice, self.on)
        if invoice.doc_type == DocType.INVOICE:
            settle_deposits(uow, invoice)
            if self.use_credit:
                spend_credit(uow, invoice)
        uow.describe("issue of invoice {number}", number=number)
        return number


def issue(uow: UnitOfWork, invoice: models.Invoice, on: str = "") -> str:
    """Number a draft and fix it; returns the number. Errors as :class:`IssueInvoice`."""
    if not uow.value("SELECT count(*) FROM invoice_lines WHERE invoice_id = ?", (invoice.id,)):
        raise AppError("invoice.empty")
    if invoice.total_cents < 0 and invoice.doc_type != DocType.CREDIT_NOTE:
        raise AppError("invoice.negative")
    uow.session.flush()
    electronic = electronic_invoice(uow.rows, invoice.id)
    if electronic is not None and (gaps := missing(electronic)):
        raise AppError("invoice.electronic_missing", missing=" ".join(gaps))
    issued_on = checked_date(on or invoice.issued_on or today_of(uow))
    require_open_period(uow, issued_on)
    if invoice.doc_type == DocType.INVOICE:
        # The last word before the guard: what the notes say now is what the customer gets.
        invoice.customer_notes = notes_for(uow, invoice.contact_id, invoice.location_id, invoice.id)
    number, series, series_n = take_number(uow, invoice.doc_type, issued_on)
    state = state_of_balance(invoice.total_cents, 0)
    require_transition(invoice.state, state)
    invoice.number, invoice.series, invoice.series_n = number, series, series_n
    invoice.state = state.value
    invoice.issued_on = issued_on
    invoice.due_on = due_date(issued_on, invoice.terms_days)
    invoice.issued_at = uow.now_at
    invoice.updated_at = uow.now_at
    invoice.paid_cents = 0
    invoice.open_cents = invoice.total_cents
    uow.session.flush()
    return number


@dataclass(frozen=True, slots=True)
class DiscardDraft(Command[None]):
    """Put a draft into the trash; its visits can be invoiced again. No number is used up."""

    invoice_id: int

    def execute(self, uow: UnitOfWork) -> None:
        invoice = open_draft(uow, self.invoice_id)
        invoice.deleted_at = uow.now_at
        free_visits(uow, invoice.id)
        uow.describe("discarding of the draft for {name}", name=_name(uow, invoice))


@dataclass(frozen=True, slots=True)
class VoidInvoice(Command[None]):
    """Declare an issued document void: it keeps its number, owes nothing, and its visits can be
    invoiced again. ``on`` is an ISO date, empty for today.

    A credit note gives back what it settled. Raises ``invoice.no_reason``, and
    ``invoice.not_allowed`` once money was received for it.
    """

    undoable: ClassVar[bool] = False

    invoice_id: int
    reason: str
    on: str = ""

    def execute(self, uow: UnitOfWork) -> None:
        if not self.reason.strip():
            raise AppError("invoice.no_reason")
        invoice = uow.get(models.Invoice, self.invoice_id)
        on = checked_date(self.on or today_of(uow))
        require_open_period(uow, on)
        if invoice.doc_type == DocType.CREDIT_NOTE and invoice.state != InvoiceState.VOID:
            take_back(uow, on, document=invoice)
        void(uow, invoice, self.reason, on)
        uow.describe("voiding of invoice {number}", number=invoice.number)


@dataclass(frozen=True, slots=True)
class MarkInvoiceSent(Command[None]):
    """Note that issued documents went to their customers: ``how`` is print, email, post or hand.
    What was noted before stays. Raises ``invoice.not_allowed`` for a draft."""

    invoice_ids: tuple[int, ...]
    how: Literal["print", "email", "post", "hand"]

    def execute(self, uow: UnitOfWork) -> None:
        for invoice_id in self.invoice_ids:
            invoice = uow.get(models.Invoice, invoice_id)
            if invoice.state == InvoiceState.DRAFT:
                raise AppError("invoice.not_allowed", old="draft", new="sent")
            invoice.sent_at = invoice.sent_at or uow.now_at
            invoice.sent_how = invoice.sent_how or self.how
            invoice.updated_at = uow.now_at
        uow.describe("{count} invoices marked as sent", count=len(self.invoice_ids))


@dataclass(frozen=True, slots=True)
class SaveInvoiceNote(Command[None]):
    """Change what is harmless at any time: the office's own note, and whether it is reminded."""

    invoice_id: int
    internal_note: str
    reminder_hold: bool

    def execute(self, uow: UnitOfWork) -> None:
        invoice = uow.get(models.Invoice, self.invoice_id)
        invoice.internal_note = self.internal_note[:MAX_TEXT]
        invoice.reminder_hold = int(self.reminder_hold)
        invoice.updated_at = uow.now_at
        uow.describe("note on the invoice for {name}", name=_name(uow, invoice))

    def merge_key(self) -> str:
        return f"invoice-note-{self.invoice_id}"


def draft_of_visits(
    uow: UnitOfWork, visits: list[models.Appointment]
) -> tuple[models.Invoice, str]:
    """A draft with the lines of these visits of one customer, which count as invoiced by it; with
    the customer's name."""
    visits.sort(key=lambda visit: (visit.starts_at, visit.id))
    first = visits[0]
    assert first.contact_id is not None
    customer = customer_of(uow, first.contact_id)
    places = {visit.location_id for visit in visits}
    lines = [
        line for visit in visits for line in lines_of_visit(uow, visit, with_place=len(places) > 1)
    ]
    place = first.location_id if len(places) == 1 else None
    invoice = add_invoice(uow, customer, place, lines, taxed_at=first.location_id)
    for visit in visits:
        visit.invoice_id = invoice.id
        visit.updated_at = uow.now_at
    uow.session.flush()  # the notes of these visits are read with the invoice's
    invoice.customer_notes = notes_for(uow, customer.id, place, invoice.id)
    proposals = {visit.proposal_id for visit in visits}
    if len(proposals) == 1 and (proposal_id := proposals.pop()) is not None:
        from tcf_desktop.services.proposal_billing import follow_proposal

        follow_proposal(uow, invoice, lines, proposal_id)
    return invoice, customer.name


def void(uow: UnitOfWork, invoice: models.Invoice, reason: str, on: str) -> None:
    """Take an issued document out of force; its visits are free again."""
    require_transition(invoice.state, InvoiceState.VOID)
    invoice.state = InvoiceState.VOID.value
    invoice.open_cents = 0
    invoice.voided_on = on
    invoice.void_reason = reason.strip()[:MAX_TEXT]
    invoice.updated_at = uow.now_at
    free_visits(uow, invoice.id)
    cancel_waiting(uow, invoice.id)


def settle_deposits(uow: UnitOfWork, invoice: models.Invoice) -> None:
    """Let the deposits of the invoice's proposal settle it; what of them was not paid yet is
    billed with it, so it is asked for no more."""
    if invoice.proposal_id is None:
        return
    on = str(invoice.issued_on)
    for source in credits_of(uow, invoice.contact_id, invoice.proposal_id):
        if source.kind == "deposit" and source.proposal_id is not None and invoice.open_cents > 0:
            use_credit(uow, source, invoice, min(source.cents, invoice.open_cents), on)
    for deposit in uow.find(models.Invoice, doc_type="deposit", proposal_id=invoice.proposal_id):
        if deposit.state == InvoiceState.ISSUED:
            void(uow, deposit, f"Billed with {invoice.number}", on)
        elif deposit.state == InvoiceState.PART_PAID:
            require_transition(deposit.state, InvoiceState.CREDITED)
            deposit.state = InvoiceState.CREDITED.value
            deposit.open_cents = 0
            deposit.updated_at = uow.now_at


def spend_credit(uow: UnitOfWork, invoice: models.Invoice) -> int:
    """Let the customer's credit settle an invoice, oldest first; returns the minor units."""
    before = invoice.open_cents
    for source in credits_of(uow, invoice.contact_id, invoice.proposal_id):
        if invoice.open_cents <= 0:
            break
        use_credit(
            uow, source, invoice, min(source.cents, invoice.open_cents), str(invoice.issued_on)
        )
    return int(before - invoice.open_cents)


def _name(uow: UnitOfWork, invoice: models.Invoice) -> str:
    name = uow.value("SELECT display_name FROM contacts WHERE id = ?", (invoice.contact_id,))
    return str(name)


def free_visits(uow: UnitOfWork, invoice_id: int) -> None:
    """Let the visits of an invoice, and its period of a repeating one, be invoiced again."""
    for run in uow.find(models.BillingRun, invoice_id=invoice_id):
        uow.session.delete(run)
    for visit in uow.find(models.Appointment, invoice_id=invoice_id):
        visit.invoice_id = None
        visit.updated_at = uow.now_at
