"""Rows of a spreadsheet as lines of a document."""

from __future__ import annotations

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.discounts import parse_discount
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.domain.money import NumberStyle
from tcf_desktop.domain.pasted_lines import MAX_ROWS, PastedLine, is_table, pasted_lines

GERMAN = NumberStyle(",", ".")


def test_words_come_first_then_quantity_price_and_amount() -> None:
    text = "Service\tQty\tEach\tAmount\r\nWindows\t64\t4.50\t288.00\r\nScreens\t2\t27.50\t55\r\n"
    assert pasted_lines(text) == (
        PastedLine("Windows", "", 64_000, 450 * E4),
        PastedLine("Screens", "", 2_000, 2_750 * E4),
    )


def test_a_name_alone_takes_the_usual_price() -> None:
    assert pasted_lines("Windows\nGutters\n") == (
        PastedLine("Windows", "", 1000, None),
        PastedLine("Gutters", "", 1000, None),
    )


def test_one_figure_is_the_price_and_words_after_the_name_describe() -> None:
    assert pasted_lines("Repair\tNorth side\t$1,250.00\nCredit\t−25") == (
        PastedLine("Repair", "North side", 1000, 125_000 * E4),
        PastedLine("Credit", "", 1000, -2_500 * E4),
    )


def test_figures_are_read_as_the_reader_writes_them() -> None:
    (line,) = pasted_lines("Fenster\t2,5\t1.234,56\t3.086,40", "EUR", GERMAN)
    assert (line.qty_milli, line.unit_price_e4) == (2_500, 123_456 * E4)


def test_a_cell_may_hold_several_lines_and_a_name_a_number() -> None:
    assert pasted_lines('"Windows\nand doors"\t1\t9\n2026\t1\t9') == (
        PastedLine("Windows\nand doors", "", 1000, 900 * E4),
        PastedLine("2026", "", 1000, 900 * E4),
    )


def test_what_is_too_large_is_refused_and_rows_have_an_end() -> None:
    with pytest.raises(AppError) as caught:
        pasted_lines(f"Windows\t1\t{'9' * 30}")
    assert caught.value.code == "money.too_large"
    assert len(pasted_lines("x\t1\n" * (MAX_ROWS + 50))) == MAX_ROWS


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("Windows, outside", False), ("a\tb", True), ("a\nb", True), ("a\n", False)],
)
def test_words_are_told_from_rows(text: str, wanted: bool) -> None:
    assert is_table(text) is wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("10%", (100_000, 0)), ("12,5 %", (125_000, 0)), ("25", (0, 2_500)), ("", (0, 0)),
        ("100%", (1_000_000, 0)), ("10+2,50", (0, 1_250)), ("0", (0, 0)),
    ],
)  # fmt: skip
def test_a_discount_is_a_share_or_an_amount(text: str, wanted: tuple[int, int]) -> None:
    assert parse_discount(text, "EUR", GERMAN) == wanted


@pytest.mark.parametrize("text", ["100.01%", "-1%", "-1", "1e9", "%"])
def test_other_discounts_are_refused(text: str) -> None:
    with pytest.raises(AppError):
        parse_discount(text)
