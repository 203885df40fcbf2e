"""Day sheets as PDFs: what can be read out of the finished pages."""

import dataclasses
import re

import segno

from tcf_desktop.domain.day_sheet_print import DaySheet, PrintCrew, PrintVisit, PrintWork
from tcf_desktop.integrations.pdf.day_sheet import render
from tcf_desktop.integrations.pdf.kit import Sheet
from tcf_desktop.integrations.pdf.qr import draw_code
from tests.integrations.pdf.pdf_text import page_texts


def visit(n: int, note: str = "Use the side ladder.") -> PrintVisit:
    return PrintVisit(
        when=("8:00–9:30 AM", "Customer expects you", "8:00–8:30 AM", "1 h 30 min"),
        name=f"Customer {n}",
        detail="Estimate",
        facts=(("Where", f"{n} Prairie Ave"), ("Call", "605-555-0148")),
        access=(("Gate code", f"44{n:02}"), ("Access", "Dog in the yard")),
        notes=(("Note", note),),
        work=(PrintWork("42 ×", "Windows", "per pane", ""),),
        total="",
    )


def sheet(*crews: PrintCrew) -> DaySheet:
    return DaySheet("Day sheet", "Clearview & <b>Co</b>", "Tuesday, Jul 14, 2026", crews)


def crew(count: int, name: str = "Windows A") -> PrintCrew:
    visits = tuple(visit(n) for n in range(count))
    return PrintCrew(name, "Dan, Ruth", f"{count} visits", visits)


def test_the_page_says_what_the_crew_needs() -> None:
    (page,) = page_texts(render(sheet(crew(1))))
    for words in (
        "Windows A", "Dan, Ruth", "Tuesday, Jul 14, 2026", "8:00–9:30 AM", "Customer expects you",
        "Customer 0", "0 Prairie Ave", "605-555-0148", "4400", "Dog in the yard",
        "Use the side ladder.", "42 ×", "Windows", "Page 1 of 1", "Clearview & <b>Co</b>",
    ):  # fmt: skip
        assert words in page


def test_visits_stay_whole_and_every_page_says_whose_it_is() -> None:
    pages = page_texts(render(sheet(crew(14), crew(2, "Carpet"))))
    found = [int(n) for page in pages for n in re.findall(r"Customer (\d+)", page)]
    assert found == [*range(14), 0, 1]
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert page.count("Gate code") == page.count("side ladder")
        assert ("Carpet" in page) == (number == len(pages))
        assert "Tuesday, Jul 14, 2026" in page


def test_a_visit_longer_than_a_page_goes_on_on_the_next() -> None:
    words = " ".join(f"word{n}" for n in range(1000))
    long = PrintCrew("Windows A", "", "1 visit", (visit(1, words),))
    pages = page_texts(render(sheet(long)))
    assert len(pages) > 1
    assert [int(n) for page in pages for n in re.findall(r"word(\d+)", page)] == [*range(1000)]


def test_hostile_text_is_printed_as_it_stands() -> None:
    odd = "<img src=/etc/passwd> &foo; {0} %s \u202egpj"
    (page,) = page_texts(render(sheet(PrintCrew(odd, odd, odd, (visit(1, odd),)))))
    assert "<img src=/etc/passwd> &foo; {0} %s" in page
    assert "root:" not in page


def test_code_checklist_treatment_and_signature_are_on_the_page() -> None:
    full = dataclasses.replace(
        visit(1),
        code="V22HKQ",
        checklist=(("Lay drop cloths", True), ("Close the gate", False)),
        treatments=((("Product", "Barricade 4FL"), ("EPA reg. no.", "100-1139")),),
        to_fill=((("Weather", ""), ("Licence", "SD 48213")),),
        signs=("Arrived", "Left", "Customer's signature"),
    )
    pdf = render(sheet(PrintCrew("Lawn C", "Luis", "1 visit", (full,), "$45.00")))
    (page,) = page_texts(pdf)
    for words in (
        "V22HKQ", "Lay drop cloths", "Close the gate", "Barricade 4FL", "100-1139", "Weather",
        "SD 48213", "Customer's signature", "Total $45.00",
    ):  # fmt: skip
        assert words in page


def test_the_square_says_exactly_the_code() -> None:
    """The drawn squares, read back from the page, are what the code is as QR."""
    sheet_ = Sheet("letter", title="", author="")
    draw_code(sheet_, 100, 100, 42, "V22HKQ")
    drawn = sheet_._pages[0][0]
    rows = [list(map(bool, row)) for row in segno.make_qr("V22HKQ", error="m").matrix]
    step = 42 / len(rows)
    dark = {
        (round((692 - float(bottom)) / step) - 1, round((float(x) - 100) / step) + n)
        for x, bottom, width in re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) [\d.]+ re", drawn)
        for n in range(round(float(width) / step))
    }
    assert dark == {(y, x) for y, row in enumerate(rows) for x, on in enumerate(row) if on}


def test_forty_visits_with_long_names_lose_nothing() -> None:
    many = tuple(
        dataclasses.replace(visit(n), name=f"Customer {n} " + "langername" * 30) for n in range(40)
    )
    pages = page_texts(render(sheet(PrintCrew("Windows A", "", "", many))))
    found = [int(n) for page in pages for n in re.findall(r"Customer (\d+)", page)]
    assert found == list(range(40))
    assert sum(page.count("langername"[:4]) for page in pages) >= 40 * 20
