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
from tcf_desktop.domain.contacts import Exemption
from tcf_desktop.domain.documents import InvoiceState, distinct_dates
from tcf_desktop.domain.exemptions import is_tax_free
from tcf_desktop.domain.money import MAX_MINOR, MAX_PRICE_E4, MAX_QTY_MILLI, PRICE_SCALE
from tcf_desktop.domain.tax import (
    DEFAULT_POLICY,
    LineInput,
    RoundingPolicy,
    TaxPart,
    Totals,
    compute_totals,
)
from tcf_desktop.services.queries.document_notes import document_notes

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

MAX_TEXT = 10_000
MAX_LINES = 500


@dataclass(frozen=True, slots=True)
class InvoiceLineDraft:
    """One line as edited: thousandths of a unit and the price of one."""

    name: str
    description: str = ""
    qty_milli: int = 1000
    unit_price_e4: int = 0
    taxable: bool = True
    service_id: int | None = None
    appointment_id: int | None = None


@dataclass(frozen=True, slots=True)
class InvoiceDraft:
    """A draft as edited. ``issued_on`` is the date planned, empty for the day of issue."""

    location_id: int | None
    bill_to: str
    service_place: str
    po: str
    issued_on: str
    terms_days: int
    tax_id: int | None
    message: str
    lines: tuple[InvoiceLineDraft, ...]


def totals_of(
    lines: Sequence[InvoiceLineDraft],
    parts: Sequence[TaxPart],
    policy: RoundingPolicy = DEFAULT_POLICY,
) -> Totals:
    """The figures of a draft; raises ``invoice.bad_quantity`` where they leave all bounds."""
    if len(lines) > MAX_LINES or any(
        abs(line.qty_milli) > MAX_QTY_MILLI or abs(line.unit_price_e4) > MAX_PRICE_E4
        for line in lines
    ):
        raise AppError("invoice.bad_quantity")
    totals = compute_totals(
        [LineInput(line.qty_milli, line.unit_price_e4, line.taxable) for line in lines],
        parts,
        policy,
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


def today_of(uow: UnitOfWork) -> str:
    """The local date of the business."""
    zone = uow.value("SELECT zone FROM business WHERE id = 1")
    return today(uow.clock, zone).isoformat()


def open_draft(uow: UnitOfWork, invoice_id: int) -> models.Invoice:
    """A draft that may be changed; ``data.gone``, ``invoice.issued`` otherwise."""
    invoice = uow.get(models.Invoice, invoice_id)
    if invoice.state != InvoiceState.DRAFT:
        raise AppError("invoice.issued", number=invoice.number)
    if invoice.deleted_at is not None:
        raise AppError("data.gone")
    return invoice


@dataclass(frozen=True, slots=True)
class Customer:
    """What a new document takes from its customer; with the snapshot of the billing address.

    ``is_exempt`` is whether no tax is charged today: an exemption that has ended does not count.
    """

    id: int
    name: str
    bill_to: str
    terms_days: int | None
    is_exempt: bool


def customer_of(uow: UnitOfWork, contact_id: int) -> Customer:
    """The customer, or ``data.gone``."""
    found = uow.rows(
        "SELECT display_name, company, first_name, last_name, terms_days, tax_exempt,"
        " exempt_number, exempt_region, exempt_until_on"
        " FROM contacts WHERE id = ? AND deleted_at IS NULL",
        (contact_id,),
    )
    if not found:
        raise AppError("data.gone")
    name, company, first, last, terms_days, exempt, number, region, until_on = found[0]
    exemption = Exemption(number, region, until_on or "") if exempt else None
    person = " ".join(filter(None, (first, last)))
    lines = list(filter(None, (company, person))) or [name]
    places = uow.rows(
        "SELECT street, street2, city, region, postal_code FROM locations WHERE contact_id = ?"
        " AND deleted_at IS NULL ORDER BY is_billing DESC, position, id LIMIT 1",
        (contact_id,),
    )
    if places:
        lines += _address_lines(*places[0])
    free = is_tax_free(exemption, today_of(uow))
    return Customer(contact_id, name, "\n".join(lines), terms_days, free)


def add_invoice(
    uow: UnitOfWork,
    customer: Customer,
    location_id: int | None,
    lines: Sequence[InvoiceLineDraft],
) -> models.Invoice:
    """A new draft with everything that follows from the customer and the place."""
    terms_days, currency, tax_id, message = uow.rows(
        "SELECT terms_days, currency, default_tax_id, invoice_message FROM business WHERE id = 1"
    )[0]
    service_place, own_tax = _place_of(uow, location_id)
    tax_id = None if customer.is_exempt else own_tax or tax_id
    totals = totals_of(lines, tax_parts(uow, tax_id))
    invoice = uow.add(
        models.Invoice(
            uid=uuid.uuid4().hex,
            number=None,
            series=None,
            series_n=None,
            state=InvoiceState.DRAFT.value,
            contact_id=customer.id,
            location_id=location_id,
            bill_to=customer.bill_to,
            service_place=service_place,
            issued_on=None,
            due_on=None,
            terms_days=terms_days if customer.terms_days is None else customer.terms_days,
            currency=currency,
            rounding=DEFAULT_POLICY.stored(),
            tax_id=tax_id,
            message=message,
            customer_notes=notes_for(uow, customer.id, location_id),
            subtotal_cents=totals.subtotal_cents,
            net_cents=totals.net_cents,
            tax_cents=totals.tax_cents,
            total_cents=totals.total_cents,
            issued_at=None,
            sent_at=None,
            created_at=uow.now_at,
            updated_at=uow.now_at,
            deleted_at=None,
        )
    )
    for model, rows in _content(lines, totals):
        if rows:
            uow.bulk_insert(
                model,
                [
                    {"invoice_id": invoice.id, "position": position, **values}
                    for position, values in enumerate(rows)
                ],
            )
    return invoice


def notes_for(
    uow: UnitOfWork, contact_id: int, location_id: int | None, invoice_id: int | None = None
) -> str:
    """The snapshot of what the customer's notes for documents say of this place, and those of the
    visits that the invoice bills."""
    return document_notes(uow.rows, contact_id, invoice_id).at(location_id)


def _place_of(uow: UnitOfWork, location_id: int | None) -> tuple[str, int | None]:
    """The snapshot of a place with its own name, and the tax that is charged there."""
    if location_id is None:
        return "", None
    found = uow.rows(
        "SELECT tax_id, name, street, street2, city, region, postal_code FROM locations"
        " WHERE id = ?",
        (location_id,),
    )
    if not found:
        raise AppError("data.gone")
    tax_id, name, *address = found[0]
    return "\n".join(filter(None, (name, *_address_lines(*address)))), tax_id


def _address_lines(street: str, street2: str, city: str, region: str, code: str) -> list[str]:
    town = ", ".join(filter(None, (city, " ".join(filter(None, (region, code))))))
    return [line for line in (street, street2, town) if line]


def lines_of_visit(uow: UnitOfWork, appointment: models.Appointment) -> list[InvoiceLineDraft]:
    """What was done at a visit; its date stands in the second line. A visit without lines is one
    line with its title and total."""
    day = distinct_dates([appointment.starts_local[:10]])
    stored = uow.rows(
        "SELECT name, description, qty_milli, unit_price_e4, taxable, service_id"
        " FROM appointment_lines WHERE appointment_id = ? ORDER BY position",
        (appointment.id,),
    )
    if not stored:
        title = appointment.title or "Visit"
        total = appointment.total_cents * PRICE_SCALE
        return [InvoiceLineDraft(title, day, 1000, total, appointment_id=appointment.id)]
    return [
        InvoiceLineDraft(
            name,
            " · ".join(filter(None, (day, description))),
            qty,
            price,
            bool(taxable),
            service_id,
            appointment.id,
        )
        for name, description, qty, price, taxable, service_id in stored
    ]


def tax_parts(uow: UnitOfWork, tax_id: int | None) -> list[TaxPart]:
    """The parts of a tax in order; none for no tax."""
    if tax_id is None:
        return []
    stored = uow.rows(
        "SELECT name, rate_ppm FROM tax_parts WHERE tax_id = ? ORDER BY position", (tax_id,)
    )
    return [TaxPart(name, rate) for name, rate in stored]


_Rows = list[dict[str, Any]]


def _content(
    lines: Sequence[InvoiceLineDraft], totals: Totals
) -> tuple[tuple[type[models.InvoiceLine], _Rows], tuple[type[models.InvoiceTax], _Rows]]:
    """The rows of lines and taxes with their stored figures."""
    line_rows: _Rows = [
        {
            "appointment_id": line.appointment_id,
            "service_id": line.service_id,
            "name": line.name[:MAX_TEXT],
            "description": line.description[:MAX_TEXT],
            "qty_milli": line.qty_milli,
            "unit_price_e4": line.unit_price_e4,
            "taxable": int(line.taxable),
            "tax_ppm": rate,
            "amount_cents": amount,
            "net_cents": net,
        }
        for line, amount, net, rate in zip(
            lines, totals.amounts, totals.nets, totals.rates_ppm, strict=True
        )
    ]
    tax_rows: _Rows = [
        {
            "name": tax.name,
            "rate_ppm": tax.rate_ppm,
            "base_cents": tax.base_cents,
            "tax_cents": tax.tax_cents,
        }
        for tax in totals.taxes
    ]
    return (models.InvoiceLine, line_rows), (models.InvoiceTax, tax_rows)


def store_content(
    uow: UnitOfWork, invoice: models.Invoice, lines: Sequence[InvoiceLineDraft]
) -> None:
    """Write lines, taxes and totals of a changed draft."""
    policy = RoundingPolicy.of(invoice.rounding)
    totals = totals_of(lines, tax_parts(uow, invoice.tax_id), policy)
    invoice.subtotal_cents = totals.subtotal_cents
    invoice.net_cents = totals.net_cents
    invoice.tax_cents = totals.tax_cents
    invoice.total_cents = totals.total_cents
    for model, rows in _content(lines, totals):
        _match(uow, model, invoice.id, rows)


def _match(
    uow: UnitOfWork,
    model: type[models.InvoiceLine] | type[models.InvoiceTax],
    invoice_id: int,
    wanted: _Rows,
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
