"""Who sees what: no word for the office or the crew is on anything that a customer sees.

Every document is made by the real code for a customer whose notes, codes and hints are words that
occur nowhere else, and read back from the finished file.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

import tcf_desktop
from tcf_desktop import models
from tcf_desktop.domain.contacts import ContactDraft, NoteDraft, Phone, Place
from tcf_desktop.domain.file_names import NewFile
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.services.appointment_values import AppointmentDraft, LineDraft
from tcf_desktop.services.appointments import CreateAppointment
from tcf_desktop.services.archive import save_invoice_pdf
from tcf_desktop.services.calendar_files import export_calendar
from tcf_desktop.services.command import Command
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.day_sheet import SheetChoice, save_day_sheet
from tcf_desktop.services.documents import CUSTOMER_DOCUMENTS, DOCUMENTS
from tcf_desktop.services.files import AttachFiles, ChangeAttachment
from tcf_desktop.services.invoices import (
    DraftInvoiceFromAppointments,
    IssueInvoice,
    SaveInvoiceNote,
)
from tcf_desktop.services.office import Office
from tcf_desktop.services.payments import RecordPayment, RefundCredit
from tcf_desktop.services.proposal_drafts import ProposalLineDraft
from tcf_desktop.services.proposal_papers import proposal_pdf
from tcf_desktop.services.proposals import DraftProposal, SaveProposalDraft, SendProposal
from tcf_desktop.services.queries.files import contact_files
from tcf_desktop.services.queries.proposal_detail import proposal_detail
from tcf_desktop.services.receipts import receipt_pdf
from tcf_desktop.services.treatment_papers import save_record
from tcf_desktop.services.treatments import AddTreatment, TreatmentDraft
from tcf_desktop.services.uow import UnitOfWork
from tests.integrations.pdf.pdf_text import page_texts

PACKAGE = Path(tcf_desktop.__file__).parent
DAY = date(2026, 7, 14)

OFFICE = {
    "invoice": "zqinvoicenote",
    "refund": "zqrefundreason",
    "note": "OFFICENOTEALFA", "place": "OFFICENOTEBRAVO", "visit": "OFFICENOTECHARLIE",
    "tag": "OFFICETAGDELTA", "source": "OFFICESOURCEECHO", "file": "OFFICEFILEFOXTROT",
    "caption": "OFFICECAPTIONGOLF", "elsewhere": "OFFICENOTEELSEWHERE",
}  # fmt: skip
CREW = {
    "visit": "CREWVISITPAPA",
    "note": "CREWNOTEHOTEL", "place": "CREWNOTEINDIA", "gate": "CREWGATEJULIET",
    "access": "CREWACCESSKILO", "person": "CREWPERSONLIMA", "person_phone": "605-555-0199",
}  # fmt: skip
CUSTOMER = {"note": "CUSTOMERNOTEMIKE", "place": "CUSTOMERNOTENOVEMBER",
            "visit": "CUSTOMERVISITQUEBEC"}  # fmt: skip
ELSEWHERE = ("CREWNOTEELSEWHERE", "CUSTOMERNOTEELSEWHERE")  # of a place where nobody goes


@dataclass(frozen=True, slots=True)
class NoteAt(Command[None]):
    contact_id: int
    location_id: int
    visibility: str
    text: str

    def execute(self, uow: UnitOfWork) -> None:
        uow.add(
            models.Note(
                contact_id=self.contact_id,
                location_id=self.location_id,
                visibility=self.visibility,
                text=self.text,
                at=uow.now_at,
                updated_at=uow.now_at,
                deleted_at=None,
            )
        )


@dataclass(frozen=True, slots=True)
class Case:
    """A customer with a finished visit and an issued invoice."""

    office: Office
    invoice_id: int
    draft_id: int
    out: Path


@pytest.fixture
def case(office: Office, tmp_path: Path) -> Case:
    run = office.runner.run
    customer = run(
        SaveContact(
            ContactDraft(
                first_name="Julia",
                last_name="Hartmann",
                phones=(Phone("605-555-0172"),),
                tags=(OFFICE["tag"],),
                source=OFFICE["source"],
                notes=(
                    NoteDraft(OFFICE["note"], "office"),
                    NoteDraft(CREW["note"], "crew"),
                    NoteDraft(CUSTOMER["note"], "document"),
                ),
                places=(
                    Place(
                        name="Home",
                        street="2416 S Prairie Ave",
                        access_note=CREW["access"],
                        gate_code=CREW["gate"],
                        person=CREW["person"],
                        person_phone=CREW["person_phone"],
                    ),
                    Place(name="Cabin", street="118 Shore Dr"),
                ),
            )
        )
    )
    home, cabin = (
        row[0] for row in office.read(lambda r: r.all("SELECT id FROM locations ORDER BY position"))
    )
    for note in (
        NoteAt(customer, home, "office", OFFICE["place"]),
        NoteAt(customer, home, "crew", CREW["place"]),
        NoteAt(customer, home, "document", CUSTOMER["place"]),
        NoteAt(customer, cabin, "office", OFFICE["elsewhere"]),
        NoteAt(customer, cabin, "crew", ELSEWHERE[0]),
        NoteAt(customer, cabin, "document", ELSEWHERE[1]),
    ):
        run(note)
    run(AttachFiles(customer, (NewFile(OFFICE["file"], "text/plain", "ab" * 32, 1),), home))
    (row,) = office.read(lambda r: contact_files(r, customer)).files
    run(ChangeAttachment(row.id, row.name, OFFICE["caption"], home))
    visits = [
        run(
            CreateAppointment(
                AppointmentDraft(
                    starts_local=f"2026-07-14T{hour:02}:00",
                    minutes=60,
                    zone="America/Chicago",
                    contact_id=customer,
                    location_id=home,
                    state="done",
                    note=OFFICE["visit"],
                    crew_note=CREW["visit"],
                    document_note=CUSTOMER["visit"],
                    lines=(LineDraft("Windows", 5_000 * E4, 1_000),),
                )
            )
        )
        for hour in (8, 10)
    ]
    (invoice,) = run(DraftInvoiceFromAppointments((visits[0],)))
    run(IssueInvoice(invoice))
    run(SaveInvoiceNote(invoice, OFFICE["invoice"], reminder_hold=False))
    (draft,) = run(DraftInvoiceFromAppointments((visits[1],)))
    return Case(office, invoice, draft, tmp_path / "out")


def invoice_text(case: Case) -> str:
    texts = []
    for invoice_id in (case.invoice_id, case.draft_id):
        save_invoice_pdf(case.office, invoice_id, "2026-07-14", case.out)
        texts.append(_pdf(case.out))
        assert all(word in texts[-1] for word in CUSTOMER.values())
    return "\n".join(texts)


def calendar_text(case: Case) -> str:
    export_calendar(case.office, str(case.out), DAY, DAY)
    # Long lines are folded; a word in two pieces would not be found.
    text = case.out.read_text("utf-8").replace("\r\n ", "").replace("\n ", "")
    assert "Hartmann" in text
    return text


def treatment_text(case: Case) -> str:
    visit = case.office.read(lambda r: r.value("SELECT min(id) FROM appointments"))
    case.office.runner.run(
        AddTreatment(visit, TreatmentDraft("Barricade", "100-1139", target="Crabgrass"))
    )
    save_record(case.office, visit, case.out)
    text = _pdf(case.out)
    assert all(word in text for word in ("Julia Hartmann", "Barricade", "100-1139", "Prairie"))
    return text


def receipt_text(case: Case) -> str:
    office = case.office
    found = office.read(
        lambda r: r.one("SELECT contact_id, open_cents FROM invoices WHERE id = ?",
                        (case.invoice_id,))
    )  # fmt: skip
    assert found is not None
    run = office.runner.run
    paid = RecordPayment(found[0], "2026-07-14", "cheque", ((case.invoice_id, found[1] - 5),), "77")
    payment = run(paid)
    over = run(RecordPayment(found[0], "2026-07-14", "cash", amount_cents=900))
    refund = run(RefundCredit(900, "2026-07-14", "cash", OFFICE["refund"], payment_id=over))
    texts = []
    for payment_id in (payment, refund):
        case.out.write_bytes(receipt_pdf(office, payment_id))
        texts.append(_pdf(case.out))
        assert "Julia Hartmann" in texts[-1]
    return "\n".join(texts)


def proposal_text(case: Case) -> str:
    office, run = case.office, case.office.runner.run
    contact, place = office.read(
        lambda r: r.one("SELECT contact_id, location_id FROM invoices LIMIT 1")
    ) or (0, 0)
    made = run(DraftProposal(contact, place))
    lines = (ProposalLineDraft("Windows", "", 1_000, 5_000 * E4),)
    detail = office.read(lambda r: proposal_detail(r, made))
    assert detail is not None
    run(
        SaveProposalDraft(made, replace(detail.draft, lines=lines, internal_note=OFFICE["invoice"]))
    )
    texts = []
    for _state in ("draft", "sent"):
        case.out.write_bytes(proposal_pdf(office, made, "2026-07-14"))
        texts.append(_pdf(case.out))
        assert "Julia Hartmann" in texts[-1]
        assert all(CUSTOMER[key] in texts[-1] for key in ("note", "place"))
        if _state == "draft":
            run(SendProposal(made, "print"))
    return "\n".join(texts)


def _pdf(path: Path) -> str:
    content = path.read_bytes()
    return "\n".join([*page_texts(content), content.decode("latin-1")])


# How to make each document that a customer sees, for the case above.
MAKERS: dict[str, Callable[[Case], str]] = {
    "tcf_desktop.integrations.pdf.invoice:render": invoice_text,
    "tcf_desktop.integrations.pdf.treatment_record:render": treatment_text,
    "tcf_desktop.integrations.pdf.receipt:render": receipt_text,
    "tcf_desktop.integrations.pdf.proposal:render": proposal_text,
    "tcf_desktop.integrations.files.icalendar:write_calendar": calendar_text,
}


@pytest.mark.parametrize("maker", CUSTOMER_DOCUMENTS)
def test_a_customer_sees_nothing_that_is_for_the_office_or_the_crew(maker: str, case: Case) -> None:
    text = MAKERS[maker](case)
    for word in (*OFFICE.values(), *CREW.values(), *ELSEWHERE):
        assert word not in text


def test_the_crew_sees_what_is_for_the_crew_and_nothing_for_the_office(case: Case) -> None:
    for prices in (False, True):
        save_day_sheet(case.office, DAY, case.out, SheetChoice(prices=prices))
        text = _pdf(case.out)
        assert all(word in text for word in CREW.values())
        assert not [word for word in (*OFFICE.values(), *ELSEWHERE) if word in text]
        assert ("$50.00" in text) == prices


def test_every_document_is_registered_and_its_secrets_are_proven() -> None:
    """What makes documents in the code is what the registry lists."""
    readers = {"parse", "look", "inspect", "thumbnail", "read"}
    targets = {
        found
        for path in PACKAGE.rglob("*.py")
        for found in re.findall(
            r'"(tcf_desktop\.integrations\.[\w.]+:\w+)"', path.read_text("utf-8")
        )
        if found.rpartition(":")[2] not in readers
    }
    pages = {
        f"tcf_desktop.integrations.pdf.{path.stem}:render"
        for path in (PACKAGE / "integrations" / "pdf").glob("*.py")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name == "render"
    }
    assert pages >= {"tcf_desktop.integrations.pdf.invoice:render"}
    assert targets | pages == {document.maker for document in DOCUMENTS}
    assert set(MAKERS) == set(CUSTOMER_DOCUMENTS)


def test_notes_reach_documents_by_one_way_only() -> None:
    """No other service or screen of documents reads the notes for the crew or the office."""
    asking = {
        path.relative_to(PACKAGE).as_posix()
        for path in (PACKAGE / "services").rglob("*.py")
        if re.search(r"visibility = '(document|crew)'", path.read_text("utf-8"))
    }
    assert asking == {"services/queries/document_notes.py", "services/queries/day_sheet.py"}
