"""What invoice commands write: snapshots of the customer, lines, taxes and stored totals."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tcf_desktop import models
from tcf_desktop.base.clock import today
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.documents import InvoiceState, distinct_dates
from tcf_desktop.domain.money import MAX_MINOR, MAX_QTY_MILLI
from tcf_desktop.domain.tax import LineInput, TaxPart, Totals, compute_totals

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

MAX_TEXT = 10_000
MAX_LINES = 500


@dataclass(frozen=True, slots=True)
class InvoiceLineDraft:
    """One line as edited: thousandths of a unit, price in minor units."""

    name: str
    description: str = ""
    qty_milli: int = 1000
    unit_price_cents: int = 0
    taxable: bool = True
    service_id: int | None = None
    appointment_id: int | None = None


@dataclass(frozen=True, slots=True)
class InvoiceDraft:
    """A draft as edited. ``issued_on`` is the date planned, empty for the day of issue."""

    location_id: int | None
    bill_to: str
    service_at: str
    po: str
    issued_on: str
    terms_days: int
    tax_id: int | None
    message: str
    lines: tuple[InvoiceLineDraft, ...]


def totals_of(lines: Sequence[InvoiceLineDraft], parts: Sequence[TaxPart]) -> Totals:
    """The figures of a draft; raises ``invoice.bad_quantity`` where they leave all bounds."""
    if len(lines) > MAX_LINES or any(
        abs(line.qty_milli) > MAX_QTY_MILLI or abs(line.unit_price_cents) > MAX_MINOR
        for line in lines
    ):
        raise AppError("invoice.bad_quantity")
    totals = compute_totals(
        [LineInput(line.qty_milli, line.unit_price_cents, line.taxable) for line in lines], parts
    )
    if any(abs(amount) > MAX_MINOR for amount in (*totals.amounts, totals.total_cents)):
        raise AppError("invoice.bad_quantity")
    return totals


def checked_draft(draft: InvoiceDraft) -> InvoiceDraft:
    """The draft, or ``invoice.bad_date`` / ``invoice.bad_quantity`` for what cannot be stored."""
    if draft.issued_on:
        checked_date(draft.issued_on)
    if not 0 <= draft.terms_days <= 3650:
        raise AppError("invoice.bad_quantity")
    return draft


def checked_date(text: str) -> str:
    """An ISO date, or ``invoice.bad_date``."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise AppError("invoice.bad_date", text=text[:40]) from None


def business_of(uow: UnitOfWork) -> models.Business:
    """The one business."""
    return uow.get(models.Business, 1)


def today_of(uow: UnitOfWork) -> str:
    """The local date of the business."""
    return today(uow.clock, business_of(uow).zone).isoformat()


def open_draft(uow: UnitOfWork, invoice_id: int) -> models.Invoice:
    """A draft that may be changed; ``data.gone``, ``invoice.issued`` otherwise."""
    invoice = uow.get(models.Invoice, invoice_id)
    if invoice.state != InvoiceState.DRAFT:
        raise AppError("invoice.issued", number=invoice.number)
    if invoice.deleted_at is not None:
        raise AppError("data.gone")
    return invoice


def new_invoice(
    uow: UnitOfWork, contact: models.Contact, location: models.Location | None
) -> models.Invoice:
    """An empty draft with everything that follows from the customer and the place."""
    business = business_of(uow)
    own_tax = location.tax_id if location is not None else None
    tax_id = None if contact.tax_exempt else own_tax or business.default_tax_id
    return models.Invoice(
        uid=uuid.uuid4().hex,
        number=None,
        series=None,
        series_n=None,
        state=InvoiceState.DRAFT.value,
        contact_id=contact.id,
        location_id=location.id if location is not None else None,
        bill_to=bill_to_of(uow, contact),
        service_at=place_text(location) if location is not None else "",
        issued_on=None,
        due_on=None,
        terms_days=business.terms_days if contact.terms_days is None else contact.terms_days,
        currency=business.currency,
        tax_id=tax_id,
        message=business.invoice_message,
        issued_at=None,
        sent_at=None,
        created_at=uow.now_at,
        updated_at=uow.now_at,
        deleted_at=None,
    )


def bill_to_of(uow: UnitOfWork, contact: models.Contact) -> str:
    """Name and address that the bill goes to: the billing location, or the first one."""
    person = " ".join(filter(None, (contact.first_name, contact.last_name)))
    names = [contact.company, person] if contact.company else [person or contact.display_name]
    places = uow.find(
        models.Location,
        models.Location.is_billing.desc(),
        models.Location.position,
        contact_id=contact.id,
        deleted_at=None,
    )
    lines = [name for name in names if name]
    if places:
        lines += _address_lines(places[0])
    return "\n".join(lines)


def place_text(location: models.Location) -> str:
    """A place with its own name, as the snapshot on a document."""
    return "\n".join(filter(None, (location.name, *_address_lines(location))))


def _address_lines(location: models.Location) -> list[str]:
    area = " ".join(filter(None, (location.region, location.postal_code)))
    town = ", ".join(filter(None, (location.city, area)))
    return [line for line in (location.street, location.street2, town) if line]


def lines_of_visit(uow: UnitOfWork, appointment: models.Appointment) -> list[InvoiceLineDraft]:
    """What was done at a visit; its date stands in the second line. A visit without lines is one
    line with its title and total."""
    day = distinct_dates([appointment.starts_local[:10]])
    stored = uow.find(
        models.AppointmentLine, models.AppointmentLine.position, appointment_id=appointment.id
    )
    if not stored:
        title = appointment.title or "Visit"
        return [
            InvoiceLineDraft(
                title, day, 1000, appointment.total_cents, appointment_id=appointment.id
            )
        ]
    return [
        InvoiceLineDraft(
            line.name,
            " · ".join(filter(None, (day, line.description))),
            line.qty_milli,
            line.unit_price_cents,
            bool(line.taxable),
            line.service_id,
            appointment.id,
        )
        for line in stored
    ]


def tax_parts(uow: UnitOfWork, tax_id: int | None) -> list[TaxPart]:
    """The parts of a tax in order; none for no tax."""
    if tax_id is None:
        return []
    stored = uow.find(models.TaxPart, models.TaxPart.position, tax_id=tax_id)
    return [TaxPart(part.name, part.rate_ppm) for part in stored]


def store_content(
    uow: UnitOfWork, invoice: models.Invoice, lines: Sequence[InvoiceLineDraft]
) -> None:
    """Write lines, taxes and totals of a draft: the only place that stores figures."""
    totals = totals_of(lines, tax_parts(uow, invoice.tax_id))
    invoice.subtotal_cents = totals.subtotal_cents
    invoice.tax_cents = totals.tax_cents
    invoice.total_cents = totals.total_cents
    _match(uow, models.InvoiceLine, invoice.id, [
        {
            "appointment_id": line.appointment_id,
            "service_id": line.service_id,
            "name": line.name[:MAX_TEXT],
            "description": line.description[:MAX_TEXT],
            "qty_milli": line.qty_milli,
            "unit_price_cents": line.unit_price_cents,
            "taxable": int(line.taxable),
            "amount_cents": amount,
        }
        for line, amount in zip(lines, totals.amounts, strict=True)
    ])  # fmt: skip
    _match(uow, models.InvoiceTax, invoice.id, [
        {
            "name": tax.name,
            "rate_ppm": tax.rate_ppm,
            "base_cents": tax.base_cents,
            "tax_cents": tax.tax_cents,
        }
        for tax in totals.taxes
    ])  # fmt: skip


def _match(
    uow: UnitOfWork,
    model: type[models.InvoiceLine] | type[models.InvoiceTax],
    invoice_id: int,
    wanted: Sequence[dict[str, Any]],
) -> None:
    """Make the stored rows equal the wanted ones with as few changes as their order allows."""
    stored: list[Any] = list(uow.find(model, model.position, invoice_id=invoice_id))
    for position, values in enumerate(wanted):
        if position < len(stored):
            for name, value in {**values, "position": position}.items():
                if getattr(stored[position], name) != value:
                    setattr(stored[position], name, value)
        else:
            uow.session.add(model(invoice_id=invoice_id, position=position, **values))
    for surplus in stored[len(wanted) :]:
        uow.session.delete(surplus)
    uow.session.flush()


def apply_balance(uow: UnitOfWork, invoice: models.Invoice) -> None:
    """Set paid, open and state of an issued invoice from its allocations: the only place."""
    from tcf_desktop.domain.documents import require_transition, state_of_balance

    paid = int(
        uow.value(
            "SELECT coalesce(sum(amount_cents), 0) FROM allocations WHERE invoice_id = ?",
            (invoice.id,),
        )
    )
    state = state_of_balance(invoice.total_cents, paid)
    if state != invoice.state:
        require_transition(invoice.state, state)
    invoice.paid_cents = paid
    invoice.open_cents = invoice.total_cents - paid
    invoice.state = state.value
    invoice.updated_at = uow.now_at
