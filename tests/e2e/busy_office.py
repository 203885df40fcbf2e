"""A program that works without pause and says what is saved: started, and killed, by the tests.

``busy_office.py DATA``: one JSON line for each command whose future has resolved, e.g.
``{"did": "issue", "number": "1138", "invoice": 140}``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.base.paths import DataFolder
from tcf_desktop.domain.contacts import ContactDraft, NoteDraft, Phone, Place
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.services.appointment_values import AppointmentDraft, LineDraft
from tcf_desktop.services.appointments import CreateAppointment
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.invoices import DraftInvoiceFromAppointments, IssueInvoice
from tcf_desktop.services.office import Office
from tcf_desktop.services.payments import RecordPayment

ZONE = "America/Chicago"


def say(**what: object) -> None:
    """Acknowledge what is durable."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def work(office: Office, serial: int) -> None:
    """A new customer, a visit, its invoice and half of the money."""
    run = office.runner.run
    name = f"Killed {serial}"
    contact = run(
        SaveContact(
            ContactDraft(
                first_name="Not",
                last_name=name,
                phones=(Phone("605-555-0111"),),
                places=(Place(street="1 Main Ave", city="Sioux Falls"),),
                notes=(NoteDraft("x" * 2_000),),
            )
        )
    )
    say(did="contact", id=contact, name=name)
    visit = run(
        CreateAppointment(
            AppointmentDraft(
                "2026-07-13T08:00", 60, ZONE, contact_id=contact, state="done",
                lines=(LineDraft("Windows", 450 * E4, 42_000),),
            )
        )
    )  # fmt: skip
    say(did="visit", id=visit, contact=contact)
    (invoice,) = run(DraftInvoiceFromAppointments((visit,)))
    say(did="draft", id=invoice, visit=visit)
    number = run(IssueInvoice(invoice))
    say(did="issue", number=number, id=invoice)
    run(RecordPayment(contact, "2026-07-14", "check", ((invoice, 5_000),)))
    say(did="payment", id=invoice, cents=5_000)


def main() -> None:
    """Work until the end, which comes from outside."""
    office = Office.open(DataFolder(Path(sys.argv[1])), FrozenClock(1_784_043_720_000))
    say(did="open")
    serial = 0
    while True:
        serial += 1
        work(office, serial)


if __name__ == "__main__":
    main()
