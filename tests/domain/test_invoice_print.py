"""What stands on the page of invoices, credit notes and deposits."""

from __future__ import annotations

import dataclasses

import pytest

from tcf_desktop.domain.bank_accounts import epc_payment, is_iban
from tcf_desktop.domain.billing_settings import BillingSettings
from tcf_desktop.domain.document_words import ENGLISH, SPANISH, document_words
from tcf_desktop.domain.invoice_print import (
    InvoiceFacts,
    Letterhead,
    LineFacts,
    build_document,
)
from tcf_desktop.domain.print_document import InvoiceDocument
from tcf_desktop.domain.print_look import PaymentWays, look_of
from tcf_desktop.domain.tax import TaxTotal

IBAN = "DE89 3704 0044 0532 0130 00"
HEAD = Letterhead("Clearview", "1407 W 10th St", tax_number="DE123456789")


def facts(**changes: object) -> InvoiceFacts:
    base = InvoiceFacts(
        number="1049",
        state="issued",
        bill_to="Falls Park\nPO Box 1",
        service_place="900 N Phillips",
        po="FP-1",
        issued_on="2026-07-14",
        due_on="2026-08-13",
        terms_days=30,
        currency="USD",
        message="Thank you.",
        lines=(LineFacts("Windows", "64 panes", 64_000, 4_500_000, 28_800, "pane", 100_000),),
        taxes=(TaxTotal("VAT", 190_000, 25_920, 4_925),),
        subtotal_cents=28_800,
        total_cents=30_845,
        paid_cents=0,
        open_cents=30_845,
        discount_ppm=100_000,
        discount_cents=2_880,
        net_cents=25_920,
    )
    return dataclasses.replace(base, **changes)  # type: ignore[arg-type]


def rows(page: InvoiceDocument) -> list[tuple[str, str]]:
    return [(row.label.replace("\u00a0", " "), row.amount) for row in page.totals]


def test_discounts_units_and_the_tax_number_are_printed() -> None:
    page = build_document(facts(), HEAD)
    line = page.lines[0]
    assert (line.quantity, line.detail) == ("64 pane", "64 panes\nDiscount 10.0\u00a0%")
    assert rows(page) == [
        ("Subtotal", "$288.00"),
        ("Discount 10.0 %", "−$28.80"),
        ("Net", "$259.20"),
        ("VAT 19.0 % of $259.20", "$49.25"),
        ("Total", "$308.45"),
        ("Amount due", "$308.45"),
    ]
    assert "DE123456789" in page.business_lines


def test_a_tax_in_the_prices_explains_the_total_and_adds_nothing() -> None:
    page = build_document(
        facts(prices_include_tax=True, discount_ppm=0, discount_cents=0, subtotal_cents=30_845),
        HEAD,
    )
    assert rows(page) == [
        ("Subtotal", "$308.45"),
        ("Total", "$308.45"),
        ("Includes VAT 19.0 % of $259.20", "$49.25"),
        ("Amount due", "$308.45"),
    ]


def test_a_credit_note_prints_what_comes_back() -> None:
    base = facts()
    page = build_document(
        dataclasses.replace(
            base,
            kind="credit_note",
            number="CN-1001",
            state="paid",
            corrects_number="1043",
            corrects_on="2026-07-02",
            lines=(dataclasses.replace(base.lines[0], qty_milli=-64_000, amount_cents=-28_800),),
            taxes=(TaxTotal("VAT", 190_000, -25_920, -4_925),),
            subtotal_cents=-28_800,
            discount_cents=-2_880,
            net_cents=-25_920,
            total_cents=-30_845,
            open_cents=0,
        ),
        HEAD,
    )
    assert (page.title, page.notice, page.footer) == ("Credit note", "", "")
    assert ("For invoice", "1043 of Jul 2, 2026") in page.facts
    assert not any(label == "Due" for label, _value in page.facts)
    assert page.lines[0].quantity == "64 pane"
    assert rows(page)[-2:] == [("Total", "$308.45"), ("Amount credited", "$308.45")]
    assert page.due_amount == "$308.45"


def test_deposits_and_credit_are_told_apart_from_payments() -> None:
    page = build_document(
        facts(paid_cents=10_000, open_cents=20_845, by_credit=True, state="part_paid"), HEAD
    )
    assert ("Deposit and credit", "−$100.00") in rows(page)
    assert page.due_amount == "$208.45"


def test_a_spanish_page_has_no_english_word() -> None:
    page = build_document(facts(language="es-MX", tax_note="", message=""), HEAD)
    printed = {
        page.title, page.due_label, page.footer, page.continued, page.number_label,
        page.bill_to_title, page.service_at_title, page.page_label, page.notes_title,
        *page.column_titles, *(label for label, _value in page.facts),
        *(label for label, _value in rows(page)), *(line.detail for line in page.lines),
    }  # fmt: skip
    english = {
        "Invoice", "Due", "Paid", "Amount", "Discount", "Net", "Subtotal:", "Page", "Notes", "Bill",
        "Service", "Each", "Qty", "Please", "of", "PO",
    }  # fmt: skip
    words = {word.strip(".,:{}") for text in printed for word in text.split()}
    assert not words & english
    assert page.footer == "Neto a 30 días. Le rogamos pagar antes del 13 ago 2026."
    assert page.language == "es"


def test_every_language_has_every_word() -> None:
    for field in dataclasses.fields(ENGLISH):
        one, other = getattr(ENGLISH, field.name), getattr(SPANISH, field.name)
        assert bool(one) == bool(other)
        if isinstance(one, dict):
            assert set(one) == set(other)
    assert document_words("fr") is ENGLISH
    assert document_words("ES") is SPANISH


@pytest.mark.parametrize(
    ("iban", "good"),
    [(IBAN, True), ("GB82WEST12345698765432", True), ("DE89370400440532013001", False),
     ("DE", False), ("", False), ("12 34", False)],
)  # fmt: skip
def test_check_digits_of_account_numbers(iban: str, good: bool) -> None:
    assert is_iban(iban) is good


def test_the_payment_square_is_for_euro_that_is_owed() -> None:
    ways = PaymentWays("Pay by transfer.", "epc", "", "Clearview GmbH", IBAN, "COBADEFFXXX")
    head = dataclasses.replace(HEAD, payment=ways)
    page = build_document(facts(currency="EUR"), head)
    assert page.payment_code.split("\n") == [
        "BCD", "002", "1", "SCT", "COBADEFFXXX", "Clearview GmbH", "DE89370400440532013000",
        "EUR308.45", "", "", "1049",
    ]  # fmt: skip
    assert page.payment == ("Pay by transfer.", "Reference 1049")
    assert build_document(facts(currency="USD"), head).payment_code == ""
    paid = build_document(facts(currency="EUR", state="paid", open_cents=0), head)
    assert (paid.payment, paid.payment_code, paid.payment_title) == ((), "", "")
    assert epc_payment("", IBAN, "", 100, "") == ""
    assert epc_payment("A", IBAN, "", 0, "") == ""


def test_a_link_is_printed_and_drawn() -> None:
    ways = PaymentWays(qr="link", link="https://pay.example/1")
    page = build_document(facts(), dataclasses.replace(HEAD, payment=ways))
    assert page.payment_code == "https://pay.example/1"
    assert page.payment[0] == "https://pay.example/1"


def test_the_paper_follows_the_country_unless_it_is_set() -> None:
    assert look_of(BillingSettings(), "DE").paper == "a4"
    assert look_of(BillingSettings(), "US").paper == "letter"
    assert look_of(BillingSettings(paper="a4"), "US").paper == "a4"
