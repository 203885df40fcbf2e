"""Weeks, months and lists as PDFs: everything is on some page."""

from __future__ import annotations

import re

from tcf_desktop.domain.schedule_print import PrintChip, PrintList, PrintRow, PrintTable
from tcf_desktop.integrations.pdf import schedule, schedule_list
from tcf_desktop.integrations.pdf.schedule import CREW_COLOURS
from tcf_desktop.qtkit.theme import CREWS
from tests.integrations.pdf.pdf_text import page_texts


def chip(n: int, detail: str = "") -> PrintChip:
    return PrintChip("A", "8:00 AM", f"Customer{n}x", detail, n % 9 or None)


def table(*rows: PrintRow) -> PrintTable:
    columns = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    legend = (("A", "Windows A", 0), ("–", "No crew yet", None))
    return PrintTable("July 2026", "many", "Clearview & <b>Co</b>", columns, rows, legend)


def row(*counts: int, head: str = "") -> PrintRow:
    cells, n = [], 0
    for day, count in enumerate(counts, 1):
        cells.append((str(day), False, tuple(chip(n + k) for k in range(count))))
        n += count
    return PrintRow(head, "", tuple(cells))


def numbers(pages: list[str]) -> list[int]:
    return sorted(int(n) for page in pages for n in re.findall(r"Customer(\d+)x", page))


def test_a_day_with_more_than_a_page_holds_goes_on_on_the_next() -> None:
    pages = page_texts(schedule.render(table(row(2, 90, 1, 0, 0, 3, 1))))
    assert len(pages) > 1
    assert numbers(pages) == list(range(97))
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert "Tuesday" in page
        assert ("continued" in page) == (number > 1)


def test_a_chip_higher_than_a_page_ends_on_some_page() -> None:
    words = " ".join(f"word{n}" for n in range(600))
    cells = (("1", False, (chip(1, words), chip(2))), *[("", False, ())] * 6)
    pages = page_texts(schedule.render(table(PrintRow("", "", cells))))
    assert set(numbers(pages)) == {1, 2}
    found = {int(n) for page in pages for n in re.findall(r"word(\d+)", page)}
    assert found == set(range(600))


def test_an_empty_plan_says_so() -> None:
    (page,) = page_texts(schedule.render(table()))
    assert "Nothing is planned" in page


def test_paper_has_the_colours_of_the_screen() -> None:
    assert tuple((bar, ground) for _, bar, ground, _, _ in CREWS) == CREW_COLOURS


def test_a_list_keeps_headings_and_days_on_every_page() -> None:
    rows = tuple(("8:00 AM", f"Customer{n}x", "Windows", "Here", "Ruth", "") for n in range(120))
    document = PrintList(
        "July 13 – 19, 2026", "", "Clearview",
        ("Time", "Customer", "Work", "Where", "Who", "State"),
        (("Monday, July 13, 2026", rows),),
    )  # fmt: skip
    pages = page_texts(schedule_list.render(document))
    assert len(pages) > 2
    assert numbers(pages) == list(range(120))
    assert all("Customer" in page and "Monday, July 13, 2026" in page for page in pages)


def test_a_cell_longer_than_a_page_is_not_cut() -> None:
    words = " ".join(f"word{n}" for n in range(900))
    document = PrintList("T", "", "B", ("a", "b", "c", "d", "e", "f"),
                         (("Day", (("8", "Name", "w", words, "", ""),)),))  # fmt: skip
    pages = page_texts(schedule_list.render(document))
    found = {int(n) for page in pages for n in re.findall(r"word(\d+)", page)}
    assert found == set(range(900))
