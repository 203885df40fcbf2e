"""States and facts of invoices, and the strings on their pages."""

import pickle
from datetime import date

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain import documents as d
from tcf_desktop.domain.invoice_print import InvoiceFacts, Letterhead, LineFacts, build_document
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.domain.tax import TaxTotal


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("draft", "issued"),
        ("issued", "part_paid"),
        ("part_paid", "paid"),
        ("issued", "void"),
        ("paid", "credited"),
    ],
)
def test_the_ways_of_an_invoice(old: str, new: str) -> None:
    d.require_transition(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("issued", "draft"),
        ("paid", "void"),
        ("part_paid", "void"),
        ("void", "issued"),
        ("draft", "void"),
    ],
)
def test_other_ways_are_refused(old: str, new: str) -> None:
    with pytest.raises(AppError) as caught:
        d.require_transition(old, new)
    assert caught.value.code == "invoice.not_allowed"


@pytest.mark.parametrize(
    ("total", "paid", "state"),
    [
        (100, 0, "issued"),
        (100, 1, "part_paid"),
        (100, 100, "paid"),
        (0, 0, "paid"),
        (-5, 0, "issued"),
    ],
)
def test_the_state_follows_the_balance(total: int, paid: int, state: str) -> None:
    assert d.state_of_balance(total, paid) == state


@pytest.mark.parametrize(
    ("state", "open_cents", "due", "overdue"),
    [
        ("issued", 100, "2026-07-13", True),
        ("part_paid", 1, "2026-07-13", True),
        ("issued", 100, "2026-07-14", False),
        ("draft", 100, "2026-07-01", False),
        ("void", 0, "2026-07-01", False),
        ("issued", 100, None, False),
    ],
)
def test_overdue_is_money_owed_after_the_due_day(
    state: str, open_cents: int, due: str | None, overdue: bool
) -> None:
    assert d.is_overdue(state, open_cents, due, date(2026, 7, 14)) is overdue


def test_dates_and_terms_in_words() -> None:
    assert d.due_date("2026-07-14", 30) == "2026-08-13"
    assert d.print_date("2026-07-04") == "Jul 4, 2026"
    assert d.distinct_dates(["2026-07-02", "2026-06-18", "2026-07-02"]) == "Jun 18 and Jul 2"
    assert d.distinct_dates(["2026-07-02", "2026-07-03", "2026-07-01"]) == "Jul 1, Jul 2 and Jul 3"
    assert d.distinct_dates([]) == ""
    assert (d.paper_for("US"), d.paper_for("DE"), d.paper_for("")) == ("letter", "a4", "letter")


def facts(state: str = "draft", number: str = "", paid: int = 0) -> InvoiceFacts:
    return InvoiceFacts(
        number, state, "Falls Park\nPO Box 1", "900 N Phillips", "FP-1", "2026-07-14", "2026-08-13",
        30, "USD", " Thank you. ", (LineFacts("Windows", "64 panes", 64000, 450 * E4, 28800),),
        (TaxTotal("State", 42000, 28800, 1210), TaxTotal("City", 20000, 28800, 576)),
        28800, 30586, paid, 30586 - paid,
    )  # fmt: skip


def test_a_draft_says_so_and_has_no_number() -> None:
    page = build_document(facts(number="1049"), Letterhead("Clearview"))
    assert (page.number, page.notice) == ("", "DRAFT, not yet numbered")
    assert page.file_title == "Invoice DRAFT, not yet numbered – Clearview"


def test_the_page_shows_the_stored_figures() -> None:
    page = build_document(
        facts("part_paid", "1049", 10000), Letterhead("Clearview", "1 A St\nTown")
    )
    rows = {row.label.replace("\u00a0", " "): row.amount for row in page.totals}
    assert rows == {
        "Subtotal": "$288.00",
        "State 4.2 % of $288.00": "$12.10",
        "City 2.0 % of $288.00": "$5.76",
        "Total": "$305.86",
        "Paid": "−$100.00",
        "Amount due": "$205.86",
    }
    assert page.due_amount == "$205.86"
    assert page.footer == "Net 30. Please pay by Aug 13, 2026."
    assert page.business_lines == ("1 A St, Town",)
    assert pickle.loads(pickle.dumps(page)) == page


def test_nothing_is_asked_for_on_a_paid_invoice() -> None:
    page = build_document(facts("paid", "1049", 30586), Letterhead("Clearview"))
    assert (page.notice, page.notice_tone, page.footer) == ("PAID", "ok", "Net 30.")
