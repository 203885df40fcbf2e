"""Notes for documents: which stand on an invoice, and when they are fixed."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlcipher3 import dbapi2 as driver

from tcf_desktop import models
from tcf_desktop.domain.contacts import ContactDraft, Place
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.services.appointment_values import AppointmentDraft, LineDraft
from tcf_desktop.services.appointments import CreateAppointment
from tcf_desktop.services.command import Command
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.invoice_drafts import InvoiceDraft, InvoiceLineDraft
from tcf_desktop.services.invoices import (
    DraftInvoice,
    DraftInvoiceFromAppointments,
    IssueInvoice,
    SaveInvoiceDraft,
)
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries.document_notes import MOST_CHARACTERS, DocumentNotes
from tcf_desktop.services.queries.invoice_detail import InvoiceDetail, invoice_detail
from tcf_desktop.services.queries.invoice_paper import invoice_document
from tcf_desktop.services.uow import UnitOfWork

TODAY = "2026-07-14"


@dataclass(frozen=True, slots=True)
class AddNote(Command[int]):
    """A note as it stands in the table."""

    contact_id: int
    text: str
    visibility: str = "document"
    location_id: int | None = None

    def execute(self, uow: UnitOfWork) -> int:
        note = models.Note(
            contact_id=self.contact_id,
            location_id=self.location_id,
            visibility=self.visibility,
            text=self.text,
            at=uow.now_at,
            updated_at=uow.now_at,
            deleted_at=None,
        )
        return uow.add(note).id


@dataclass(frozen=True, slots=True)
class DropNote(Command[None]):
    note_id: int

    def execute(self, uow: UnitOfWork) -> None:
        uow.get(models.Note, self.note_id).deleted_at = uow.now_at


@pytest.fixture
def customer(office: Office) -> int:
    places = (Place(name="Home", street="1 A St"), Place(name="Cabin", street="2 B St"))
    contact = ContactDraft(first_name="Julia", last_name="Hartmann", places=places)
    return office.runner.run(SaveContact(contact))


def places_of(office: Office, customer: int) -> list[int]:
    rows = office.read(
        lambda r: r.all(
            "SELECT id FROM locations WHERE contact_id = ? ORDER BY position", (customer,)
        )
    )
    return [row[0] for row in rows]


def read(office: Office, invoice_id: int) -> InvoiceDetail:
    found = office.read(lambda r: invoice_detail(r, invoice_id))
    assert found is not None
    return found


def save(office: Office, invoice_id: int, location_id: int | None) -> None:
    lines = (InvoiceLineDraft("Windows", unit_price_e4=5_000 * E4),)
    draft = InvoiceDraft(location_id, "Julia", "", "", "", 30, None, "", lines)
    office.runner.run(SaveInvoiceDraft(invoice_id, draft))


def stored(office: Office, invoice_id: int) -> str:
    return str(
        office.read(
            lambda r: r.value("SELECT customer_notes FROM invoices WHERE id = ?", (invoice_id,))
        )
    )


def test_a_new_draft_takes_the_notes_of_the_customer_and_of_its_place(
    office: Office, customer: int
) -> None:
    home, cabin = places_of(office, customer)
    for note in (
        AddNote(customer, "Gate code is safe with us."),
        AddNote(customer, "Old panes at home.", location_id=home),
        AddNote(customer, "Old panes at the cabin.", location_id=cabin),
        AddNote(customer, "Pays late.", "office"),
        AddNote(customer, "Dog in the yard.", "crew"),
    ):
        office.runner.run(note)
    invoice = office.runner.run(DraftInvoice(customer, cabin))
    assert stored(office, invoice) == "Gate code is safe with us.\nOld panes at the cabin."
    save(office, invoice, home)
    assert stored(office, invoice) == "Gate code is safe with us.\nOld panes at home."
    save(office, invoice, None)
    assert stored(office, invoice) == "Gate code is safe with us."


def test_a_draft_shows_the_notes_as_they_are_and_an_issued_invoice_as_they_were(
    office: Office, customer: int
) -> None:
    home, _cabin = places_of(office, customer)
    first = office.runner.run(AddNote(customer, "First words."))
    invoice = office.runner.run(DraftInvoice(customer, home))
    save(office, invoice, home)
    office.runner.run(DropNote(first))
    office.runner.run(AddNote(customer, "Second words."))
    assert read(office, invoice).customer_notes == "Second words."
    office.runner.run(IssueInvoice(invoice))
    office.runner.run(AddNote(customer, "Third words."))
    assert read(office, invoice).customer_notes == "Second words."
    page = office.read(lambda r: invoice_document(r, invoice, TODAY))
    assert page.notes == "Second words."


def test_the_notes_of_an_issued_invoice_cannot_be_changed(office: Office, customer: int) -> None:
    office.runner.run(AddNote(customer, "Printed."))
    invoice = office.runner.run(DraftInvoice(customer))
    save(office, invoice, None)
    office.runner.run(IssueInvoice(invoice))

    @dataclass(frozen=True, slots=True)
    class Rewrite(Command[None]):
        def execute(self, uow: UnitOfWork) -> None:
            uow.rows("UPDATE invoices SET customer_notes = 'x' WHERE id = ?", (invoice,))

    with pytest.raises(Exception, match="issued invoice is fixed") as refused:
        office.runner.run(Rewrite())
    assert isinstance(getattr(refused.value, "orig", refused.value), driver.DatabaseError)
    assert stored(office, invoice) == "Printed."


def test_a_note_of_a_megabyte_is_cut_on_the_document(office: Office, customer: int) -> None:
    office.runner.run(AddNote(customer, "pane " * 200_000))
    invoice = office.runner.run(DraftInvoice(customer))
    assert len(stored(office, invoice)) <= MOST_CHARACTERS
    notes = DocumentNotes(tuple((None, "x" * MOST_CHARACTERS) for _ in range(3))).at(None)
    assert len(notes) == MOST_CHARACTERS
    assert notes.endswith("…")


def test_the_note_of_a_visit_reaches_its_invoice_and_no_other_paper(
    office: Office, customer: int
) -> None:
    visit = office.runner.run(
        CreateAppointment(
            AppointmentDraft(
                "2026-07-14T08:00", 60, "America/Chicago", contact_id=customer, state="done",
                note="Office words.", crew_note="Crew words.", document_note="Screens were torn.",
                lines=(LineDraft("Windows", 5_000 * E4),),
            )
        )
    )  # fmt: skip
    office.runner.run(AddNote(customer, "Thank you."))
    (invoice,) = office.runner.run(DraftInvoiceFromAppointments((visit,)))
    assert stored(office, invoice) == "Thank you.\nScreens were torn."
    other = office.runner.run(DraftInvoice(customer))
    assert stored(office, other) == "Thank you."
    office.runner.run(IssueInvoice(invoice))
    assert read(office, invoice).customer_notes == "Thank you.\nScreens were torn."
