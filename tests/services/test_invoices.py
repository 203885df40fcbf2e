"""Invoices on a real file: drafting, saving, issuing, paying, and what is refused."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as driver

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import ContactDraft, Place
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.domain.tax import LineInput, TaxPart, compute_totals
from tcf_desktop.services.appointment_values import AppointmentDraft, LineDraft
from tcf_desktop.services.appointments import CreateAppointment
from tcf_desktop.services.archive import save_invoice_pdf
from tcf_desktop.services.catalog import DeleteService, SaveService
from tcf_desktop.services.check import check_office
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.invoice_drafts import InvoiceDraft, InvoiceLineDraft
from tcf_desktop.services.invoices import (
    DiscardDraft,
    DraftInvoice,
    DraftInvoiceFromAppointments,
    IssueInvoice,
    SaveInvoiceDraft,
    VoidInvoice,
)
from tcf_desktop.services.office import Office
from tcf_desktop.services.payments import RecordPayment, ReversePayment
from tcf_desktop.services.queries import billing_choices, catalog, invoice_detail, invoices
from tcf_desktop.services.queries.invoice_detail import InvoiceDetail
from tcf_desktop.services.undo import UndoLast

TODAY = "2026-07-14"


@pytest.fixture
def customer(office: Office) -> int:
    return office.runner.run(
        SaveContact(
            ContactDraft(
                company="Falls Park Condos HOA",
                first_name="Ellen",
                last_name="Moe",
                places=(
                    Place(name="Bldg 1–2", street="900 N Phillips Ave", city="Sioux Falls",
                          region="SD", postal_code="57104"),
                    Place(street="PO Box 2210", city="Sioux Falls", region="SD",
                          postal_code="57101", is_billing=True),
                ),
            )
        )
    )  # fmt: skip


def visit(office: Office, customer: int, day: str = "2026-07-13", **changes: object) -> int:
    place = office.read(
        lambda r: r.value(
            "SELECT id FROM locations WHERE contact_id = ? AND is_billing = 0", (customer,)
        )
    )
    draft = AppointmentDraft(
        starts_local=f"{day}T09:00",
        minutes=120,
        zone="America/Chicago",
        contact_id=customer,
        location_id=place,
        state="done",
        lines=(
            LineDraft("Windows, outside", 450 * E4, 64_000, description="64 panes"),
            LineDraft("Screen repair", 2_750 * E4, 2_000, taxable=False),
        ),
    )
    return office.runner.run(CreateAppointment(dataclasses.replace(draft, **changes)))  # type: ignore[arg-type]


def read(office: Office, invoice_id: int) -> InvoiceDetail:
    found = office.read(lambda r: invoice_detail.invoice_detail(r, invoice_id))
    assert found is not None
    return found


def edited(detail: InvoiceDetail, **changes: object) -> InvoiceDraft:
    draft = InvoiceDraft(
        detail.location_id, detail.bill_to, detail.service_place, detail.po, detail.issued_on or "",
        detail.terms_days, detail.tax_id, detail.message,
        tuple(
            InvoiceLineDraft(line.name, line.description, line.qty_milli, line.unit_price_e4,
                             line.taxable, line.service_id, line.appointment_id)
            for line in detail.lines
        ),
    )  # fmt: skip
    return dataclasses.replace(draft, **changes)  # type: ignore[arg-type]


def code_of(office: Office, command: object) -> str:
    with pytest.raises(AppError) as caught:
        office.runner.run(command)  # type: ignore[arg-type]
    return caught.value.code


def dump(office: Office) -> list[tuple[object, ...]]:
    tables = ("invoices", "invoice_lines", "invoice_taxes", "number_series", "allocations")
    return [
        row
        for table in tables
        for row in office.read(lambda r, t=table: r.all(f"SELECT * FROM {t}"))
    ]


def drafted(office: Office, customer: int) -> int:
    (invoice_id,) = office.runner.run(DraftInvoiceFromAppointments((visit(office, customer),)))
    return invoice_id


def issued(office: Office, customer: int) -> int:
    invoice_id = drafted(office, customer)
    office.runner.run(IssueInvoice(invoice_id))
    return invoice_id


def test_a_finished_visit_becomes_a_draft_with_its_lines(office: Office, customer: int) -> None:
    appointment = visit(office, customer)
    (invoice_id,) = office.runner.run(DraftInvoiceFromAppointments((appointment,)))
    found = read(office, invoice_id)
    assert found.bill_to == "Falls Park Condos HOA\nEllen Moe\nPO Box 2210\nSioux Falls, SD 57101"
    assert found.service_place == "Bldg 1–2\n900 N Phillips Ave\nSioux Falls, SD 57104"
    assert [(line.name, line.description, line.amount_cents) for line in found.lines] == [
        ("Windows, outside", "Jul 13 · 64 panes", 28_800),
        ("Screen repair", "Jul 13", 5_500),
    ]
    totals = compute_totals(
        [LineInput(64_000, 450 * E4), LineInput(2_000, 2_750 * E4, taxable=False)],
        [TaxPart("SD state sales tax", 42_000), TaxPart("Sioux Falls city tax", 20_000)],
    )
    assert (found.subtotal_cents, found.taxes, found.total_cents) == (
        totals.subtotal_cents, totals.taxes, totals.total_cents,
    )  # fmt: skip
    assert (found.number, found.state, found.terms_days, found.open_cents) == (None, "draft", 30, 0)
    assert found.visits == ((appointment, "2026-07-13"),)
    assert (
        code_of(office, DraftInvoiceFromAppointments((appointment,))) == "invoice.already_invoiced"
    )


def test_visits_of_several_customers_become_several_drafts(office: Office, customer: int) -> None:
    other = office.runner.run(SaveContact(ContactDraft(first_name="Astrid", last_name="Moen")))
    ids = (
        visit(office, customer, "2026-07-02"),
        visit(office, other, location_id=None, lines=(), title="Gutters"),
        visit(office, customer, "2026-06-18"),
    )
    first, second = office.runner.run(DraftInvoiceFromAppointments(ids))
    assert [line.description[:6] for line in read(office, first).lines] == [
        "Jun 18", "Jun 18", "Jul 2 ", "Jul 2",
    ]  # fmt: skip
    assert [line.name for line in read(office, second).lines] == ["Gutters"]
    assert office.read(invoices.to_invoice) == ()


def test_nothing_is_made_when_one_visit_cannot_be_billed(office: Office, customer: int) -> None:
    good = visit(office, customer)
    bad = visit(office, customer, kind="task", contact_id=None, location_id=None, title="Bank")
    before = dump(office)
    assert code_of(office, DraftInvoiceFromAppointments((good, bad))) == "invoice.no_customer"
    assert code_of(office, DraftInvoiceFromAppointments(())) == "invoice.nothing_to_bill"
    assert dump(office) == before


def test_saving_computes_and_stores_every_figure(office: Office, customer: int) -> None:
    invoice_id = drafted(office, customer)
    lines = (
        InvoiceLineDraft("Windows", "", 1_500, 333 * E4),
        InvoiceLineDraft("Credit", "", 1_000, -25 * E4),
    )
    office.runner.run(
        SaveInvoiceDraft(invoice_id, edited(read(office, invoice_id), lines=lines, po="FP-3312"))
    )
    found = read(office, invoice_id)
    assert [line.amount_cents for line in found.lines] == [500, -25]
    assert (found.subtotal_cents, found.tax_cents, found.total_cents) == (475, 20 + 10, 505)
    assert found.po == "FP-3312"


def test_saving_is_one_undo_step_that_restores_everything(office: Office, customer: int) -> None:
    invoice_id = drafted(office, customer)
    before = read(office, invoice_id)
    for po in ("F", "FP", "FP-1"):
        draft = edited(before, po=po, lines=(InvoiceLineDraft(po),), tax_id=None)
        office.runner.run(SaveInvoiceDraft(invoice_id, draft))
    office.runner.run(UndoLast())
    after = read(office, invoice_id)
    assert dataclasses.replace(after, updated_at=before.updated_at) == before


def test_numbers_follow_each_other_without_gaps(office: Office, customer: int) -> None:
    assert office.read(lambda r: billing_choices.next_number(r, TODAY)) == "1001"
    first, second, third = (drafted(office, customer) for _ in range(3))
    assert office.runner.run(IssueInvoice(second)) == "1001"
    office.runner.run(DiscardDraft(first))
    assert code_of(office, IssueInvoice(first)) == "data.gone"
    assert office.runner.run(IssueInvoice(third)) == "1002"
    assert office.read(lambda r: billing_choices.next_number(r, TODAY)) == "1003"
    found = read(office, third)
    assert (found.issued_on, found.due_on, found.state) == (TODAY, "2026-08-13", "issued")
    assert found.open_cents == found.total_cents
    assert office.read(lambda r: invoices.invoice_by_number(r, "1002")) == third


def test_a_yearly_pattern_starts_again_each_year(office: Office, customer: int) -> None:
    from tcf_desktop.services.command import Command

    class _Pattern(Command[None]):
        def execute(self, uow) -> None:  # type: ignore[no-untyped-def]
            from tcf_desktop import models

            uow.get(models.Business, 1).invoice_pattern = "{YYYY}-{000}"

    office.runner.run(_Pattern())
    dates = ("2026-12-30", "2026-12-31", "2027-01-01")
    numbers = [office.runner.run(IssueInvoice(drafted(office, customer), on)) for on in dates]
    assert numbers == ["2026-001", "2026-002", "2027-001"]


def test_an_issued_invoice_refuses_every_change(office: Office, customer: int) -> None:
    invoice_id = issued(office, customer)
    before = dump(office)
    draft = edited(read(office, invoice_id), po="changed")
    assert code_of(office, SaveInvoiceDraft(invoice_id, draft)) == "invoice.issued"
    assert code_of(office, DiscardDraft(invoice_id)) == "invoice.issued"
    assert code_of(office, IssueInvoice(invoice_id)) == "invoice.issued"
    with driver.connect(str(office.folder.database)) as raw:
        for statement in (
            "UPDATE invoices SET total_cents = 1",
            "UPDATE invoices SET state = 'draft', number = NULL, series_n = NULL",
            "UPDATE invoices SET bill_to = 'me'",
            "UPDATE invoices SET rounding = 'half_even/line'",
            "DELETE FROM invoices",
            "UPDATE invoice_lines SET amount_cents = 1",
            "DELETE FROM invoice_lines",
            "INSERT INTO invoice_lines (invoice_id, position, name, description, qty_milli,"
            " unit_price_e4, taxable, amount_cents, version)"
            " VALUES (1, 9, 'x', '', 1, 1, 1, 1, 1)",
            "DELETE FROM invoice_taxes",
        ):
            with pytest.raises(driver.DatabaseError, match="fixed"):
                raw.execute(statement)
    raw.close()
    assert dump(office) == before


def test_issuing_cannot_be_undone_but_what_came_before_stays(office: Office, customer: int) -> None:
    invoice_id = issued(office, customer)
    with pytest.raises(AppError):
        office.runner.run(UndoLast())
    assert read(office, invoice_id).state == "issued"


def test_an_empty_or_negative_invoice_is_not_issued(office: Office, customer: int) -> None:
    empty = office.runner.run(DraftInvoice(customer))
    assert code_of(office, IssueInvoice(empty)) == "invoice.empty"
    lines = (InvoiceLineDraft("Credit", unit_price_e4=-100 * E4),)
    office.runner.run(SaveInvoiceDraft(empty, edited(read(office, empty), lines=lines)))
    assert code_of(office, IssueInvoice(empty)) == "invoice.negative"
    assert code_of(office, IssueInvoice(empty, "2026-13-01")) in {
        "invoice.negative",
        "invoice.bad_date",
    }
    assert office.read(lambda r: r.value("SELECT count(*) FROM number_series")) == 0


def test_figures_beyond_all_bounds_are_refused(office: Office, customer: int) -> None:
    invoice_id = drafted(office, customer)
    detail = read(office, invoice_id)
    for line in (
        InvoiceLineDraft("x", qty_milli=10**13),
        InvoiceLineDraft("x", unit_price_e4=10**15),
        InvoiceLineDraft("x", qty_milli=10**11, unit_price_e4=10**13),
    ):
        command = SaveInvoiceDraft(invoice_id, edited(detail, lines=(line,)))
        assert code_of(office, command) == "invoice.bad_quantity"


def test_discarding_frees_the_visits_and_can_be_undone(office: Office, customer: int) -> None:
    invoice_id = drafted(office, customer)
    office.runner.run(DiscardDraft(invoice_id))
    assert len(office.read(invoices.to_invoice)) == 1
    assert not office.read(lambda r: invoices.invoice_list(r, TODAY)).ids
    office.runner.run(UndoLast())
    assert office.read(invoices.to_invoice) == ()
    assert list(office.read(lambda r: invoices.invoice_list(r, TODAY)).ids) == [invoice_id]


def test_payments_set_paid_open_and_state_and_are_reversed_never_undone(
    office: Office, customer: int
) -> None:
    invoice_id = issued(office, customer)
    total = read(office, invoice_id).total_cents
    office.runner.run(RecordPayment(customer, TODAY, "cheque", ((invoice_id, 10_000),), "2101"))
    found = read(office, invoice_id)
    assert (found.state, found.paid_cents, found.open_cents) == (
        "part_paid",
        10_000,
        total - 10_000,
    )
    too_much = RecordPayment(customer, TODAY, "cash", ((invoice_id, total),))
    assert code_of(office, too_much) == "payment.too_much"
    zero = RecordPayment(customer, TODAY, "cash", ((invoice_id, 0),))
    assert code_of(office, zero) == "payment.not_positive"
    last = office.runner.run(
        RecordPayment(customer, TODAY, "card", ((invoice_id, total - 10_000),))
    )
    assert (read(office, invoice_id).state, read(office, invoice_id).open_cents) == ("paid", 0)
    assert code_of(office, VoidInvoice(invoice_id, "Wrong customer")) == "invoice.not_allowed"
    assert code_of(office, ReversePayment(last, TODAY, " ")) == "payment.no_reason"
    office.runner.run(ReversePayment(last, TODAY, "Declined by the bank"))
    assert read(office, invoice_id).state == "part_paid"
    assert read(office, invoice_id).open_cents == total - 10_000
    assert code_of(office, ReversePayment(last, TODAY, "Again")) == "payment.reversed"
    other = RecordPayment(customer, TODAY, "shells", ((invoice_id, 1),))
    assert code_of(office, other) == "payment.bad_method"
    assert check_office(office).ok


def test_a_void_invoice_keeps_its_number_and_owes_nothing(office: Office, customer: int) -> None:
    invoice_id = issued(office, customer)
    office.runner.run(VoidInvoice(invoice_id, "Wrong customer"))
    found = read(office, invoice_id)
    assert (found.number, found.state, found.open_cents) == ("1001", "void", 0)
    assert len(office.read(invoices.to_invoice)) == 1
    assert office.runner.run(IssueInvoice(drafted(office, customer))) == "1002"


def test_a_document_keeps_the_rounding_it_was_made_with(office: Office, customer: int) -> None:
    from tcf_desktop import models
    from tcf_desktop.services.command import Command

    invoice_id = drafted(office, customer)
    assert read(office, invoice_id).rounding == "half_up/document"

    class _ByLine(Command[None]):
        def execute(self, uow) -> None:  # type: ignore[no-untyped-def]
            uow.get(models.Invoice, invoice_id).rounding = "half_up/line"

    office.runner.run(_ByLine())
    lines = tuple(InvoiceLineDraft(name, unit_price_e4=12 * E4) for name in "abc")
    office.runner.run(SaveInvoiceDraft(invoice_id, edited(read(office, invoice_id), lines=lines)))
    taxes = [tax.tax_cents for tax in read(office, invoice_id).taxes]
    assert taxes == [3, 0]  # 0.504 and 0.24 cents on each line; once for all 1.51 and 0.72


def test_an_exempt_customer_pays_no_tax(office: Office, customer: int) -> None:
    from tcf_desktop import models
    from tcf_desktop.services.command import Command

    class _Exempt(Command[None]):
        def execute(self, uow) -> None:  # type: ignore[no-untyped-def]
            uow.get(models.Contact, customer).tax_exempt = 1

    office.runner.run(_Exempt())
    found = read(office, drafted(office, customer))
    assert (found.tax_id, found.taxes, found.total_cents) == (None, (), found.subtotal_cents)


def test_the_list_filters_searches_and_sums_what_is_stored(office: Office, customer: int) -> None:
    first = issued(office, customer)
    late = drafted(office, customer)
    office.runner.run(IssueInvoice(late, "2026-05-01"))
    draft = drafted(office, customer)
    void = issued(office, customer)
    office.runner.run(VoidInvoice(void, "Twice"))
    every = office.read(lambda r: invoices.invoice_list(r, TODAY))
    assert every.ids[0] == draft
    assert set(every.ids) == {first, late, draft, void}
    total = read(office, first).total_cents
    assert (every.total_cents, every.open_cents) == (2 * total, 2 * total)

    def shown(which: str) -> set[int]:
        return set(office.read(lambda r: invoices.invoice_list(r, TODAY, shown=which)).ids)

    assert shown("open") == {first, late}
    assert (shown("overdue"), shown("draft"), shown("void")) == ({late}, {draft}, {void})
    counts = office.read(lambda r: invoices.invoice_counts(r, TODAY))
    assert counts == invoices.InvoiceCounts(all=4, draft=1, open=2, overdue=1, paid=0, void=1)

    def found(text: str) -> set[int]:
        return set(office.read(lambda r: invoices.invoice_list(r, TODAY, text=text)).ids)

    assert found("1002") == {late}
    assert found("falls hoa") == {first, late, draft, void}
    assert (found("nobody"), found("%")) == (set(), {first, late, draft, void} & found("%"))
    for sort in invoices.SORTS:
        for descending in (True, False):
            ids = office.read(
                lambda r, s=sort, d=descending: invoices.invoice_list(
                    r, TODAY, sort=s, descending=d
                )
            ).ids
            assert set(ids) == set(every.ids)
    rows = office.read(lambda r: invoices.invoice_rows(r, list(every.ids)))
    assert rows[first].customer == "Falls Park Condos HOA"
    assert rows[late].number == "1002"


def test_the_pdf_is_written_complete_or_not_at_all(
    office: Office, customer: int, tmp_path: Path
) -> None:
    invoice_id = issued(office, customer)
    target = tmp_path / "out.pdf"
    size = save_invoice_pdf(office, invoice_id, TODAY, target)
    content = target.read_bytes()
    assert (len(content), content[:5]) == (size, b"%PDF-")
    save_invoice_pdf(office, invoice_id, "2027-01-01", target)
    assert target.read_bytes() == content
    with pytest.raises(AppError):
        save_invoice_pdf(office, invoice_id, TODAY, tmp_path / "no" / "out.pdf")


def test_the_price_list_remembers_what_a_customer_paid(office: Office, customer: int) -> None:
    runner = office.runner
    before = office.read(lambda r: catalog.prices(r, None))
    service = runner.run(SaveService(None, " Gutters ", 9_500 * E4))
    runner.run(SaveService(service, "Gutters", 9_900 * E4, taxable=False))
    assert code_of(office, SaveService(None, " ", 1 * E4)) == "service.nameless"
    invoice_id = runner.run(DraftInvoice(customer))
    lines = (InvoiceLineDraft("Gutters", unit_price_e4=8_000 * E4, service_id=service),)
    runner.run(SaveInvoiceDraft(invoice_id, edited(read(office, invoice_id), lines=lines)))
    runner.run(IssueInvoice(invoice_id))
    row = office.read(lambda r: catalog.prices(r, customer))[-1]
    assert (row.name, row.price_e4, row.taxable, row.last_price_e4) == (
        "Gutters", 9_900 * E4, False, 8_000 * E4,
    )  # fmt: skip
    runner.run(DeleteService(service))
    assert len(office.read(lambda r: catalog.prices(r, None))) == len(before)
