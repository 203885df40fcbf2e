"""Invoices as PDFs: what can be read out of the finished file."""

import dataclasses
import io
import pickle
import re
import subprocess
import sys
import zlib

import pytest
from PIL import Image

from tcf_desktop.base.errors import AppError
from tcf_desktop.base.worker import WorkerProcess
from tcf_desktop.domain.print_document import InvoiceDocument, PrintLine, PrintTotal
from tcf_desktop.domain.print_look import Look
from tcf_desktop.integrations.pdf import text
from tcf_desktop.integrations.pdf.invoice import render
from tests.integrations.pdf.pdf_text import page_texts


def logo(mode: str = "RGBA", size: tuple[int, int] = (400, 200)) -> bytes:
    buffer = io.BytesIO()
    colours = {"RGB": (26, 95, 180), "RGBA": (26, 95, 180, 128)}
    Image.new(mode, size, colours[mode]).save(buffer, "PNG")
    return buffer.getvalue()


def document(count: int = 3, **changes: object) -> InvoiceDocument:
    base = InvoiceDocument(
        title="Invoice",
        number="1049",
        notice="",
        business_name="Clearview Window & Carpet Care",
        business_lines=("1407 W 10th St, Sioux Falls, SD 57104",),
        logo_png=None,
        bill_to=("Falls Park Condos HOA", "PO Box 2210"),
        service_place=("900 N Phillips Ave",),
        facts=(("Invoice date", "Jul 14, 2026"), ("Due", "Aug 13, 2026")),
        due_label="Amount due",
        due_amount="$515.96",
        lines=tuple(
            PrintLine(f"Windows {n}", f"{n} panes", "64", "4.50", f"{n}.00") for n in range(count)
        ),
        totals=(
            PrintTotal("Subtotal", "$580.00"),
            PrintTotal("Amount due", "$515.96", strong=True),
        ),
        message="Thank you.",
        footer="Net 30.",
        continued="Invoice 1049",
    )
    return dataclasses.replace(base, **changes)  # type: ignore[arg-type]


def streams(pdf: bytes) -> list[bytes]:
    found = []
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(match.group(1)))
        except zlib.error:
            found.append(match.group(1))
    return found


def test_the_page_says_what_the_document_says() -> None:
    (page,) = page_texts(render(document()))
    for words in (
        "Clearview Window & Carpet Care", "No. 1049", "Falls Park Condos HOA", "Windows 2",
        "2 panes", "$580.00", "$515.96", "Thank you.", "Net 30.", "Page 1 of 1",
    ):  # fmt: skip
        assert words in page


def test_notes_for_the_customer_stand_between_the_totals_and_the_message() -> None:
    (page,) = page_texts(render(document(notes="Screens stay numbered.\n<b>Ring first</b>")))
    order = [page.index(words) for words in ("$580.00", "Notes", "Screens stay", "Thank you.")]
    assert order == sorted(order)
    assert "<b>Ring first</b>" in page
    assert "Notes" not in page_texts(render(document()))[0]


def test_endless_notes_go_on_on_further_pages() -> None:
    notes = "\n".join(f"note {n}" for n in range(150))
    pages = page_texts(render(document(2, notes=notes)))
    numbers = [int(n) for page in pages for n in re.findall(r"note (\d+)", page)]
    assert numbers == list(range(150))
    assert "Thank you." in pages[-1]


def test_the_same_document_gives_the_same_bytes_in_any_process() -> None:
    wanted = document(5, logo_png=logo(), message="שלום محمد Ελλ 😀")
    render(document(1, message="Русский السلام עולם"))
    first = render(wanted)
    assert render(wanted) == first
    code = (
        "import sys, pickle; from tcf_desktop.integrations.pdf.invoice import render; "
        "sys.stdout.buffer.write(render(pickle.load(sys.stdin.buffer)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], input=pickle.dumps(wanted), capture_output=True, check=True
    )
    assert run.stdout == first


def test_the_head_of_the_table_repeats_and_totals_keep_company() -> None:
    for lines in range(10, 30):
        pages = page_texts(render(document(lines)))
        assert all("Description" in page for page in pages)
        assert f"Windows {lines - 1}" in pages[-1]
        assert "Subtotal" in pages[-1]
        assert f"Page {len(pages)} of {len(pages)}" in pages[-1]
        if len(pages) > 1:
            assert "Invoice 1049" in pages[1]


def test_a_hundred_lines_are_all_there_once() -> None:
    pages = page_texts(render(document(100)))
    numbers = [int(n) for page in pages for n in re.findall(r"Windows (\d+)", page)]
    assert numbers == list(range(100))


@pytest.mark.parametrize(
    "odd",
    ["Smith & Sons <b", "&foo; &amp;", "<font color=red>x</font>", "<img src=/etc/passwd>",
     "<seq/>{0}{x}", "%s %(a)s", "(un\\balanced", "=cmd|' /C calc'!A0"],
)  # fmt: skip
def test_markup_is_literal_text(odd: str) -> None:
    page = "".join(page_texts(render(document(
        1, business_name=odd, bill_to=(odd,), service_place=(odd,), message=odd, footer=odd,
        continued=odd, facts=(("Your PO", odd),), lines=(PrintLine(odd, odd, "1", "1.00", "1.00"),),
    ))))  # fmt: skip
    assert " ".join(page.split()).count(" ".join(odd.split())) >= 6


@pytest.mark.parametrize(
    "letter", ["x", "🧹", "漢", "ש", "م", "\u0301", "\x00", "\u202e", "a ", "\n"]
)
def test_ten_thousand_characters_do_no_harm(letter: str) -> None:
    long = letter * 10_000
    pdf = render(document(
        number=long, notice=long, business_name=long, business_lines=(long,), bill_to=(long,) * 20,
        service_place=(long,), facts=((long[:9], long),), message=long, footer=long, continued=long,
        lines=(PrintLine(long, long, "1", "1.00", "1.00"),), totals=(PrintTotal(long, "$1.00"),),
    ))  # fmt: skip
    assert pdf.startswith(b"%PDF")
    assert len(pdf) < 1_500_000


def test_right_to_left_text_is_joined_and_in_order() -> None:
    (page,) = page_texts(
        render(document(1, bill_to=("שלום עולם", "محمد"), message="אבג (דהו) abc"))
    )
    for words in ("שלום עולם", "محمد", "דהו"):
        assert words in page


def test_brackets_between_right_to_left_words_turn_round() -> None:
    font_runs = text.runs("שלום (abc) def", "regular", 10)
    assert "".join(run.text for run in font_runs).startswith("def (abc) ")


@pytest.mark.parametrize("png", [logo(), logo("RGB"), logo(size=(3, 900)), logo(size=(1500, 20))])
def test_a_logo_is_drawn_once_and_kept_small(png: bytes) -> None:
    pdf = render(document(60, logo_png=png))
    assert pdf.count(b"/ColorSpace /DeviceRGB") == 1
    assert len(pdf) < 120_000


@pytest.mark.parametrize("png", [b"", b"not a picture", logo()[:60], b"GIF89a" + b"\0" * 40])
def test_a_logo_that_cannot_be_read_is_said(png: bytes) -> None:
    if not png:
        assert render(document(logo_png=png)).startswith(b"%PDF")
        return
    with pytest.raises(AppError) as caught:
        render(document(logo_png=png))
    assert caught.value.code == "pdf.bad_logo"


def test_fonts_are_embedded_and_nothing_is_ascii85() -> None:
    pdf = render(document(logo_png=logo()))
    assert b"ASCII85" not in pdf
    assert b"Helvetica" not in pdf
    assert pdf.count(b"/FontFile2") == 2
    assert b"/DisplayDocTitle true" in pdf


def test_a_bare_document_has_a_page() -> None:
    pdf = render(
        document(
            0, totals=(), message="", facts=(), bill_to=(), service_place=(), look=Look(paper="a4")
        )
    )
    assert b"595.28 841.89" in pdf or b"595.2800" in pdf


def test_the_worker_process_renders_the_same() -> None:
    worker = WorkerProcess("pdf")
    try:
        made = worker.run("tcf_desktop.integrations.pdf.invoice:render", document(4))
    finally:
        worker.close()
    assert made == render(document(4))
