"""Proposals go with the person; copies of invoices stay as long as the name has to."""

from __future__ import annotations

from tcf_desktop.domain.privacy import RETENTION_KEY
from tcf_desktop.services import privacy
from tcf_desktop.services.archive import KeepDocument, invoice_pdf, keep_bytes
from tcf_desktop.services.check import check_office
from tcf_desktop.services.command import Command
from tcf_desktop.services.file_store import FileStore
from tcf_desktop.services.files import CollectFiles
from tcf_desktop.services.office import Office
from tcf_desktop.services.payments import RecordPayment
from tcf_desktop.services.privacy import erase_person, plan_of
from tcf_desktop.services.settings import SetSetting
from tcf_desktop.services.uow import UnitOfWork
from tests.services.billing_tools import TODAY, customer_named, detail_of, draft_of, issued, line


class _Sql(Command[None]):
    """Rows as a test wants them, past all commands."""

    journalled = False

    def __init__(self, *statements: str) -> None:
        self.statements = statements

    def execute(self, uow: UnitOfWork) -> None:
        for sql in self.statements:
            uow.connection.exec_driver_sql(sql)


def kept(office: Office) -> list[str]:
    rows = office.read(lambda r: r.all("SELECT kind FROM archived_documents ORDER BY id"))
    return [row[0] for row in rows]


def keep(office: Office, contact_id: int, kind: str, content: bytes) -> str:
    sha256 = keep_bytes(office.folder, content)
    office.runner.run(KeepDocument(kind, "sent", contact_id, f"{kind}.pdf", sha256, len(content)))
    return sha256


def test_a_sent_proposal_goes_and_the_invoice_of_it_stays(office: Office) -> None:
    person = customer_named(office)
    invoice_id = issued(office, person, draft_of(line(5_000)))
    office.runner.run(RecordPayment(person, TODAY, "cash", ((invoice_id, 5_000),)))
    office.runner.run(
        _Sql(
            "INSERT INTO proposals (id, uid, number, series, series_n, revision, state, contact_id,"
            " currency, rounding, bill_to, option_n, created_at, updated_at, version,"
            " prices_include_tax, discount_ppm, discount_fixed_cents, deposit_ppm,"
            " deposit_fixed_cents, subtotal_cents, discount_cents, net_cents, tax_cents,"
            " total_cents, deposit_cents, service_place, title, tax_note, language, message,"
            " customer_notes, internal_note, sent_how, accepted_by, accepted_how, accepted_note,"
            " decline_reason) VALUES (7, 'u', 'P-1', 'P', 1, 1, 'accepted',"
            f" {person}, 'USD', 'half_up/document', 'Zqname', 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0,"
            " 0, 0, 0, '', '', '', '', '', '', '', '', 'Zqname', 'phone', '', '')",
            f"UPDATE invoices SET proposal_id = 7 WHERE id = {invoice_id}",
        )
    )
    proposal = keep(office, person, "proposal", b"%PDF zqname")
    invoice_pdf(office, invoice_id, TODAY)
    goes = {each.key: each.count for each in plan_of(office, person).goes}
    assert goes["proposals"] == 1
    erase_person(office, person)
    assert office.read(lambda r: r.value("SELECT count(*) FROM proposals")) == 0
    assert detail_of(office, invoice_id).proposal_id is None
    assert kept(office) == ["invoice"]
    assert not FileStore(office.folder).path(proposal).exists()
    assert check_office(office).ok


def test_the_copy_of_an_invoice_goes_when_its_time_is_over(office: Office) -> None:
    person = customer_named(office)
    invoice_id = issued(office, person, draft_of(line(0)), "2026-06-01")
    invoice_pdf(office, invoice_id, TODAY)
    erase_person(office, person)
    assert kept(office) == ["invoice"]
    office.runner.run(SetSetting(RETENTION_KEY, 0))
    assert privacy.purge_when_due(office) == 1
    assert kept(office) == []
    office.runner.run(CollectFiles(office.folder, spared_s=-10.0))
    assert not [path for path in office.folder.files.rglob("*") if path.is_file()]


def test_a_copy_that_two_customers_share_stays_for_the_other_one(office: Office) -> None:
    one, two = customer_named(office), customer_named(office, "Ann", "Berg")
    sha256 = keep(office, one, "statement", b"%PDF same")
    keep(office, two, "statement", b"%PDF same")
    erase_person(office, one)
    assert kept(office) == ["statement"]
    assert FileStore(office.folder).path(sha256).exists()
