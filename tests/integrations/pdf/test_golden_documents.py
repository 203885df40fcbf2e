"""Whole documents, read back by another program: figures, names and words of any script."""

from __future__ import annotations

import dataclasses
import re

import pytest

from tcf_desktop.domain.invoice_print import InvoiceFacts, Letterhead, LineFacts, build_document
from tcf_desktop.domain.money import PRICE_SCALE
from tcf_desktop.domain.print_look import Look, PaymentWays
from tcf_desktop.domain.tax import LineInput, TaxPart, compute_totals
from tcf_desktop.integrations.pdf.invoice import render
from tests.integrations.pdf.pdf_text import page_texts

LAYOUTS = ("classic", "modern", "compact")
Line = tuple[str, int, int]  # name, thousandths, minor units each
PLAIN: tuple[Line, ...] = (("Windows, outside", 64_000, 450), ("Referral credit", 1_000, -2_500))


def facts(
    lines: tuple[Line, ...] = PLAIN, parts: tuple[TaxPart, ...] = (), **changes: object
) -> InvoiceFacts:
    inputs = [LineInput(qty, each * PRICE_SCALE) for _, qty, each in lines]
    totals = compute_totals(inputs, parts)
    base = InvoiceFacts(
        number="1049", state="issued", bill_to="Falls Park Condos\nPO Box 2210\nSioux Falls",
        service_place="900 N Phillips Ave", po="FP-3312", issued_on="2026-07-14",
        due_on="2026-08-13", terms_days=30, currency="USD", message="",
        lines=tuple(
            LineFacts(name, "", qty, each * PRICE_SCALE, amount)
            for (name, qty, each), amount in zip(lines, totals.amounts, strict=True)
        ),
        taxes=totals.taxes, subtotal_cents=totals.subtotal_cents, total_cents=totals.total_cents,
        paid_cents=0, open_cents=totals.total_cents, net_cents=totals.net_cents,
    )  # fmt: skip
    return dataclasses.replace(base, **changes)  # type: ignore[arg-type]


def read(
    content: InvoiceFacts, look: Look | None = None, payment: PaymentWays | None = None
) -> list[str]:
    head = Letterhead("Clearview", "1407 W 10th St", look=look or Look())
    if payment:
        head = dataclasses.replace(head, payment=payment)
    return page_texts(render(build_document(content, head)))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_every_layout_shows_every_figure(layout: str, paper: str) -> None:
    content = facts(parts=(TaxPart("State", 42_000), TaxPart("City", 20_000)))
    (page,) = read(content, Look(layout=layout, paper=paper, footer="Licence 4711"))
    for words in ("No. 1049", "64", "4.50", "288.00", "−25.00", "$263.00", "$11.05", "$5.26",
                  "$279.31", "Jul 14, 2026", "FP-3312", "Licence 4711", "Page 1 of 1"):  # fmt: skip
        assert words in page


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("count", [100, 1_000])
def test_long_invoices_lose_and_repeat_nothing(layout: str, count: int) -> None:
    content = facts(tuple((f"Window {n} end", 1_000, n + 1) for n in range(count)))
    pages = read(content, Look(layout=layout))
    found = [int(n) for page in pages for n in re.findall(r"Window (\d+) end", page)]
    assert found == list(range(count))
    assert all("Description" in page for page in pages)
    assert f"Window {count - 1} end" in pages[-1]
    assert "Amount due" in pages[-1]
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_sums_stay_with_the_end_of_a_description_longer_than_a_page(layout: str) -> None:
    for words in range(900, 1_300, 25):
        content = facts((("Report", 1_000, 100),))
        long = " ".join(f"w{n}" for n in range(words))
        line = dataclasses.replace(content.lines[0], description=long)
        pages = read(dataclasses.replace(content, lines=(line,)), Look(layout=layout))
        assert [int(n) for n in re.findall(r"\bw(\d+)\b", " ".join(pages))] == list(range(words))
        (last,) = (page for page in pages if "Subtotal" in page)
        assert f"w{words - 1}" in last


@pytest.mark.parametrize(
    ("currency", "lines", "shown"),
    [
        ("JPY", (("窓 mado", 3_000, 1_200),), ["¥3,600", "1,200"]),
        ("KWD", (("Work", 1_000, 1_234_567),), ["KWD 1,234.567"]),
        ("EUR", (("Cent", 1_000, 1),), ["€0.01"]),
        ("USD", (("Free", 1_000, 0),), ["$0.00"]),
        ("USD", (("Back", 1_000, -9_999),), ["−$99.99"]),
        ("KWD", (("Much", 1_000, 9_999_999_999_999),), ["KWD 9,999,999,999.999"]),
    ],
)
def test_currencies_and_small_and_large_amounts(
    currency: str, lines: tuple[Line, ...], shown: list[str]
) -> None:
    (page,) = read(facts(lines, currency=currency))
    for words in shown:
        assert words in page


def test_four_parts_of_a_tax_are_told_apart() -> None:
    rates = {"State": 42_000, "County": 10_000, "City": 20_000, "Guests": 15_000}
    parts = tuple(TaxPart(name, rate) for name, rate in rates.items())
    (page,) = read(facts((("Room", 1_000, 10_000),), parts))
    for words in ("State 4.2", "$4.20", "County 1.0", "$1.00", "City", "$2.00", "Guests", "$1.50",
                  "$108.70"):  # fmt: skip
        assert words in page


@pytest.mark.parametrize(
    "words",
    ["Καθαρισμός παραθύρων", "Мытьё окон снаружи", "Żółta łódź", "تنظيف النوافذ", "ניקוי חלונות"],
)
def test_other_scripts_are_read_back_as_written(words: str) -> None:
    (page,) = read(facts(((words, 1_000, 100),), bill_to=words))
    plain = re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", page)
    assert plain.count(words) == 2


def test_a_spanish_page_has_no_english_word() -> None:
    content = facts(
        (("Ventanas", 1_000, 100),), (TaxPart("IVA", 210_000),), language="es", kind="deposit",
        bill_to="Ana", service_place="Calle 1", po="7", discount_cents=1, discount_ppm=10_000,
        tax_note="Exento",
    )  # fmt: skip
    (page,) = read(content, payment=PaymentWays("ES91 2100"))
    assert "14 jul 2026" in page
    english = {
        "invoice", "date", "due", "no", "bill", "to", "service", "at", "description", "qty",
        "each", "amount", "net", "discount", "of", "page", "notes", "how", "pay", "reference",
        "please", "by", "your", "paid", "void", "draft", "deposit", "for",
    }  # fmt: skip
    found = {word.casefold() for word in re.findall(r"[^\W\d_]+", page)}
    assert not found & english


@pytest.mark.parametrize(("paper", "left", "top", "end"), [
    ("a4", 57, 176, 255), ("letter", 63, 180, 229),
])  # fmt: skip
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_address_and_nothing_else_stands_in_the_window(
    layout: str, paper: str, left: int, top: int, end: int
) -> None:
    import subprocess

    look = Look(layout=layout, paper=paper, window=True, header="One\nTwo\nThree")
    head = Letterhead("Clearview", "1407 W 10th St", look=look)
    pdf = render(build_document(facts(), head))
    box = ["-x", str(left), "-y", str(top), "-W", "235", "-H", str(end - top), "-r", "72"]
    try:
        run = subprocess.run(
            ["pdftotext", *box, "-", "-"], input=pdf, capture_output=True, check=True
        )
    except FileNotFoundError:
        pytest.skip("needs poppler")
    assert run.stdout.decode().split("\n")[:3] == [
        "Falls Park Condos",
        "PO Box 2210",
        "Sioux Falls",
    ]
    assert run.stdout.decode().strip("\n\f").count("\n") == 2


def test_a_void_document_says_so_on_each_page() -> None:
    pages = read(facts(tuple((f"Line {n}", 1_000, 1) for n in range(60)), state="void"))
    assert len(pages) > 1
    assert all("VOID" in page for page in pages)
