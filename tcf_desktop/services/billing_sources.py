"""What a new document takes from its customer, its place and the visits that it bills."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcf_desktop.base.clock import today
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import Exemption
from tcf_desktop.domain.documents import distinct_dates
from tcf_desktop.domain.exemptions import is_tax_free
from tcf_desktop.domain.money import PRICE_SCALE
from tcf_desktop.services.invoice_drafts import InvoiceLineDraft
from tcf_desktop.services.queries.document_notes import document_notes

if TYPE_CHECKING:
    from tcf_desktop import models
    from tcf_desktop.services.uow import UnitOfWork


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
    language: str = ""


def customer_of(uow: UnitOfWork, contact_id: int) -> Customer:
    """The customer, or ``data.gone``."""
    found = uow.rows(
        "SELECT display_name, company, first_name, last_name, terms_days, tax_exempt,"
        " exempt_number, exempt_region, exempt_until_on, language"
        " FROM contacts WHERE id = ? AND deleted_at IS NULL",
        (contact_id,),
    )
    if not found:
        raise AppError("data.gone")
    name, company, first, last, terms_days, exempt, number, region, until_on, language = found[0]
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
    return Customer(contact_id, name, "\n".join(lines), terms_days, free, language)


def today_of(uow: UnitOfWork) -> str:
    """The local date of the business."""
    zone = uow.value("SELECT zone FROM business WHERE id = 1")
    return today(uow.clock, zone).isoformat()


def notes_for(
    uow: UnitOfWork, contact_id: int, location_id: int | None, invoice_id: int | None = None
) -> str:
    """The snapshot of what the customer's notes for documents say of this place, and those of the
    visits that the invoice bills."""
    return document_notes(uow.rows, contact_id, invoice_id).at(location_id)


def place_of(uow: UnitOfWork, location_id: int | None) -> tuple[str, int | None]:
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


def lines_of_visit(
    uow: UnitOfWork, appointment: models.Appointment, *, with_place: bool = False
) -> list[InvoiceLineDraft]:
    """What was done at a visit; its date stands in the second line, and its place where the
    document is for several. A visit without lines is one line with its title and total."""
    day = distinct_dates([appointment.starts_local[:10]])
    if with_place:
        place = place_of(uow, appointment.location_id)[0].split("\n")[0]
        day = " · ".join(filter(None, (day, place)))
    stored = uow.rows(
        "SELECT l.name, l.description, l.qty_milli, l.unit_price_e4, l.taxable, l.service_id,"
        " coalesce(s.unit, ''), s.tax_code_id FROM appointment_lines l"
        " LEFT JOIN services s ON s.id = l.service_id WHERE l.appointment_id = ?"
        " ORDER BY l.position",
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
            unit,
            tax_code_id=code,
        )
        for name, description, qty, price, taxable, service_id, unit, code in stored
    ]
