"""Visits and frequencies for tests of Due again."""

from __future__ import annotations

from tcf_desktop.domain.contacts import ContactDraft, Phone, Place
from tcf_desktop.domain.frequency_text import parse
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.services.appointment_values import AppointmentDraft, LineDraft
from tcf_desktop.services.appointments import CreateAppointment, FinishAppointment
from tcf_desktop.services.catalog import SaveService
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.frequencies import FrequencyDraft, SaveFrequency
from tcf_desktop.services.office import Office

TODAY = "2026-07-14"
ZONE = "America/Chicago"


def contact(office: Office, last_name: str = "Olson", places: tuple[str, ...] = ("Home",)) -> int:
    """A contact with a phone and places; its id."""
    made = ContactDraft(
        first_name="Anna",
        last_name=last_name,
        phones=(Phone("605-555-0123"),),
        places=tuple(Place(name, f"{n} Main St", city="Sioux Falls") for n, name in
                     enumerate(places, 1)),
    )  # fmt: skip
    return office.runner.run(SaveContact(made))


def places_of(office: Office, contact_id: int) -> list[int]:
    """The ids of the locations in order."""
    sql = "SELECT id FROM locations WHERE contact_id = ? ORDER BY position"
    return [row[0] for row in office.read(lambda r: r.all(sql, (contact_id,)))]


def service(office: Office, name: str = "Windows", cents: int = 18_000) -> int:
    """A service of the price list."""
    return office.runner.run(SaveService(None, name, cents * E4, minutes=90))


def visit(
    office: Office,
    contact_id: int,
    on: str,
    *,
    location_id: int | None = None,
    service_id: int | None = None,
    cents: int = 20_000,
    done: bool = True,
    kind: str = "job",
    minutes: int = 120,
) -> int:
    """A visit at nine, done unless told otherwise."""
    lines = (LineDraft("Windows", cents * E4, service_id=service_id),) if service_id else ()
    visit_id = office.runner.run(
        CreateAppointment(
            AppointmentDraft(
                f"{on}T09:00", minutes, ZONE, kind, contact_id=contact_id,
                location_id=location_id, lines=lines,
            )
        )
    )  # fmt: skip
    if done:
        office.runner.run(FinishAppointment(visit_id))
    return visit_id


def wanted(
    office: Office,
    contact_id: int,
    text: str,
    *,
    location_id: int | None = None,
    service_id: int | None = None,
    starts_on: str | None = None,
    price_cents: int | None = None,
) -> int:
    """A frequency as one would type it."""
    rhythm = parse(text)
    assert rhythm is not None
    draft = FrequencyDraft(
        contact_id, rhythm, location_id, service_id, starts_on=starts_on, price_cents=price_cents
    )
    return office.runner.run(SaveFrequency(None, draft))
