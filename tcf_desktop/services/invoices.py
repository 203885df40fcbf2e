"""What the office does with invoices: draft, edit, issue, discard, void."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.documents import (
    InvoiceState,
    due_date,
    require_transition,
    state_of_balance,
)
from tcf_desktop.domain.numbering import parse_pattern
from tcf_desktop.services.appointment_values import live
from tcf_desktop.services.command import Command
from tcf_desktop.services.invoice_values import (
    MAX_TEXT,
    InvoiceDraft,
    InvoiceLineDraft,
    add_invoice,
    checked_date,
    checked_draft,
    customer_of,
    lines_of_visit,
    notes_for,
    open_draft,
    store_content,
    today_of,
)

if TYPE_CHECKING:
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
    """Drafts with the lines of finished visits, one for each customer and place.

    Returns their ids in the order of the visits. Raises ``invoice.nothing_to_bill``,
    ``invoice.already_invoiced``, ``invoice.no_customer``; nothing is made then.
    """

    appointment_ids: tuple[int, ...]

    def execute(self, uow: UnitOfWork) -> tuple[int, ...]:
        if not self.appointment_ids:
            raise AppError("invoice.nothing_to_bill")
        groups: dict[tuple[int, int | None], list[models.Appointment]] = {}
        for appointment_id in dict.fromkeys(self.appointment_ids):
            visit = self._billable(uow, appointment_id)
            assert visit.contact_id is not None
            groups.setdefault((visit.contact_id, visit.location_id), []).append(visit)
        made = [self._draft(uow, key, visits) for key, visits in groups.items()]
        if len(made) == 1:
            uow.describe("new invoice for {name}", name=made[0][1])
        else:
            uow.describe("{count} new invoices", count=len(made))
        return tuple(invoice_id for invoice_id, _name in made)

    def _billable(self, uow: UnitOfWork, appointment_id: int) -> models.Appointment:
        visit = live(uow, appointment_id)
        day = visit.starts_local[:10]
        if visit.invoice_id is not None:
            raise AppError("invoice.already_invoiced", day=day)
        if visit.contact_id is None:
            raise AppError("invoice.no_customer", day=day)
        return visit

    def _draft(
        self,
        uow: UnitOfWork,
        key: tuple[int, int | None],
        visits: list[models.Appointment],
    ) -> tuple[int, str]:
        customer = customer_of(uow, key[0])
        visits.sort(key=lambda visit: (visit.starts_at, visit.id))
        lines = [line for visit in visits for line in lines_of_visit(uow, visit)]
        invoice = add_invoice(uow, customer, key[1], lines)
        for visit in visits:
            visit.invoice_id = invoice.id
            visit.updated_at = uow.now_at
        uow.session.flush()  # the notes of these visits are read with the invoice's
        invoice.customer_notes = notes_for(uow, key[0], key[1], invoice.id)
        return invoice.id, customer.name


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
    is the ISO date of issue; empty means the date planned in the draft, or today. Raises
    ``invoice.empty``, ``invoice.negative``, ``invoice.issued``, ``numbering.taken``.
    """

    undoable: ClassVar[bool] = False

    invoice_id: int
    on: str = ""

    def execute(self, uow: UnitOfWork) -> str:
        invoice = open_draft(uow, self.invoice_id)
        if not uow.value("SELECT count(*) FROM invoice_lines WHERE invoice_id = ?", (invoice.id,)):
            raise AppError("invoice.empty")
        if invoice.total_cents < 0:
            raise AppError("invoice.negative")
        # The last word before the guard: what the notes say now is what the customer gets.
        invoice.customer_notes = notes_for(uow, invoice.contact_id, invoice.location_id, invoice.id)
        issued_on = checked_date(self.on or invoice.issued_on or today_of(uow))
        number = self._take_number(uow, invoice, issued_on)
        state = state_of_balance(invoice.total_cents, 0)
        require_transition(invoice.state, state)
        invoice.state = state.value
        invoice.issued_on = issued_on
        invoice.due_on = due_date(issued_on, invoice.terms_days)
        invoice.issued_at = uow.now_at
        invoice.updated_at = uow.now_at
        invoice.paid_cents = 0
        invoice.open_cents = invoice.total_cents
        uow.describe("issue of invoice {number}", number=number)
        return number

    def _take_number(self, uow: UnitOfWork, invoice: models.Invoice, issued_on: str) -> str:
        pattern = parse_pattern(uow.value("SELECT invoice_pattern FROM business WHERE id = 1"))
        key = pattern.series(issued_on)
        taken = uow.rows(
            "UPDATE number_series SET next_n = next_n + 1, version = version + 1"
            " WHERE series = ? RETURNING id, next_n - 1",
            (key,),
        )
        if taken:
            uow.changed("number_series", taken[0][0])
            counter = taken[0][1]
        else:
            counter = pattern.first
            uow.add(models.NumberSeries(series=key, next_n=counter + 1))
        number = pattern.format(counter, issued_on)
        if uow.value("SELECT 1 FROM invoices WHERE number = ?", (number,)) is not None:
            raise AppError("numbering.taken", number=number)
        invoice.number, invoice.series, invoice.series_n = number, key, counter
        return number


@dataclass(frozen=True, slots=True)
class DiscardDraft(Command[None]):
    """Put a draft into the trash; its visits can be invoiced again. No number is used up."""

    invoice_id: int

    def execute(self, uow: UnitOfWork) -> None:
        invoice = open_draft(uow, self.invoice_id)
        invoice.deleted_at = uow.now_at
        _free_visits(uow, invoice)
        uow.describe("discarding of the draft for {name}", name=_name(uow, invoice))


@dataclass(frozen=True, slots=True)
class VoidInvoice(Command[None]):
    """Declare an issued invoice void: it keeps its number, owes nothing, and its visits can be
    invoiced again. Raises ``invoice.not_allowed`` once money was received for it."""

    undoable: ClassVar[bool] = False

    invoice_id: int

    def execute(self, uow: UnitOfWork) -> None:
        invoice = uow.get(models.Invoice, self.invoice_id)
        require_transition(invoice.state, InvoiceState.VOID)
        invoice.state = InvoiceState.VOID.value
        invoice.open_cents = 0
        invoice.updated_at = uow.now_at
        _free_visits(uow, invoice)
        uow.describe("voiding of invoice {number}", number=invoice.number)


def _name(uow: UnitOfWork, invoice: models.Invoice) -> str:
    name = uow.value("SELECT display_name FROM contacts WHERE id = ?", (invoice.contact_id,))
    return str(name)


def _free_visits(uow: UnitOfWork, invoice: models.Invoice) -> None:
    for visit in uow.find(models.Appointment, invoice_id=invoice.id):
        visit.invoice_id = None
        visit.updated_at = uow.now_at
