"""The lines being edited: random changes against a plain list, figures by the one function."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.domain.tax import DocumentTerms, TaxPart
from tcf_desktop.itemmodels.invoice_lines import (
    AMOUNT,
    DISCOUNT,
    EACH,
    QTY,
    SERVICE,
    TAX,
    UNIT,
    InvoiceLinesModel,
)
from tcf_desktop.itemmodels.price_list import PRICE_ROLE, PriceListModel
from tcf_desktop.services.invoice_drafts import MAX_LINES, InvoiceLineDraft, totals_of
from tcf_desktop.services.queries.catalog import PriceRow

PARTS = (TaxPart("State", 42_000), TaxPart("City", 20_000))
WINDOWS = PriceRow(7, "Windows, outside", "", "pane", 450 * E4, True, 425 * E4)


@pytest.fixture
def model(qapp: object) -> InvoiceLinesModel:
    made = InvoiceLinesModel()
    made.set_content([InvoiceLineDraft("Windows", "64 panes", 64_000, 450 * E4)], PARTS, "USD")
    return made


def text(model: InvoiceLinesModel, row: int, column: int) -> str:
    return str(model.index(row, column).data())


def test_a_line_shows_its_figures_and_the_last_row_is_empty(model: InvoiceLinesModel) -> None:
    assert [text(model, 0, column) for column in (SERVICE, QTY, EACH, TAX, AMOUNT)] == [
        "Windows", "64", "4.50", "6.2 %", "288.00",
    ]  # fmt: skip
    assert model.rowCount() == 2
    assert model.index(1, SERVICE).data() is None
    assert model.flags(model.index(1, QTY)) & Qt.ItemFlag.ItemIsEditable == Qt.ItemFlag(0)


def test_a_square_foot_costs_a_cent_and_a_quarter(model: InvoiceLinesModel) -> None:
    assert model.setData(model.index(0, EACH), "0.0125")
    assert model.setData(model.index(0, QTY), "5500")
    assert model.lines[0].unit_price_e4 == 12_500
    assert (text(model, 0, EACH), text(model, 0, AMOUNT)) == ("0.0125", "68.75")


def test_simple_sums_are_taken_and_nonsense_is_refused(model: InvoiceLinesModel) -> None:
    refused: list[AppError] = []
    model.refused.connect(refused.append)
    assert model.setData(model.index(0, QTY), "4*16.5")
    assert model.setData(model.index(0, EACH), "−25")
    assert (text(model, 0, QTY), text(model, 0, AMOUNT)) == ("66", "−1,650.00")
    before = model.lines
    for words in ("lots", "1,5", "9" * 30):
        assert not model.setData(model.index(0, EACH), words)
    assert not model.setData(model.index(0, QTY), "9999999999")
    assert model.lines == before
    assert [error.code.partition(".")[0] for error in refused][:3] == ["money"] * 3


def test_a_service_of_the_price_list_comes_at_the_last_price(model: InvoiceLinesModel) -> None:
    model.set_service(1, WINDOWS)
    assert model.lines[1] == InvoiceLineDraft(
        "Windows, outside", "", 1000, 425 * E4, True, 7, unit="pane"
    )
    model.set_service(0, WINDOWS)
    assert (model.lines[0].qty_milli, model.lines[0].description) == (64_000, "64 panes")


def test_a_discount_is_typed_as_a_share_or_an_amount(model: InvoiceLinesModel) -> None:
    cell = model.index(0, DISCOUNT)
    assert model.setData(cell, "12.5 %")
    assert (text(model, 0, DISCOUNT), text(model, 0, AMOUNT)) == ("12.5 %", "252.00")
    assert model.setData(cell, "$20")
    assert (text(model, 0, DISCOUNT), text(model, 0, AMOUNT)) == ("20.00", "268.00")
    refused: list[AppError] = []
    model.refused.connect(refused.append)
    for words in ("101%", "-5", "-5%", "1e9"):
        assert not model.setData(cell, words)
    assert {error.code for error in refused} == {"invoice.bad_discount", "money.not_an_amount"}
    assert text(model, 0, AMOUNT) == "268.00"
    assert model.setData(cell, "")
    assert text(model, 0, AMOUNT) == "288.00"


def test_a_tax_code_has_its_own_rate_and_none_has_none(qapp: object) -> None:
    model = InvoiceLinesModel()
    parts = (TaxPart("State", 42_000, ((3, 10_000),)), TaxPart("City", 20_000, ((3, 0),)))
    model.set_content([InvoiceLineDraft("Food", "", 1000, 10_000 * E4)], parts, "USD")
    model.set_tax(0, taxable=True, tax_code_id=3)
    assert (text(model, 0, TAX), model.totals.tax_cents) == ("1 %", 100)
    model.set_tax(0, taxable=False, tax_code_id=3)
    assert (text(model, 0, TAX), model.lines[0].tax_code_id) == ("—", None)


def test_a_document_discount_and_prices_with_tax_change_the_totals(
    model: InvoiceLinesModel,
) -> None:
    assert model.set_terms(DocumentTerms(True, 100_000))
    assert (model.totals.discount_cents, model.totals.total_cents) == (2_880, 25_920)
    refused: list[AppError] = []
    model.refused.connect(refused.append)
    assert not model.set_terms(DocumentTerms(False, 2_000_000))
    assert (refused[0].code, model.terms) == ("invoice.bad_discount", DocumentTerms(True, 100_000))


def test_a_unit_is_any_word(model: InvoiceLinesModel) -> None:
    assert model.setData(model.index(0, UNIT), "pane")
    assert text(model, 0, UNIT) == "pane"


def test_pasted_lines_come_all_or_none(model: InvoiceLinesModel) -> None:
    assert model.add_lines([InvoiceLineDraft("One"), InvoiceLineDraft("Two")])
    assert [line.name for line in model.lines] == ["Windows", "One", "Two"]
    assert not model.add_lines([InvoiceLineDraft("x")] * MAX_LINES)
    assert len(model.lines) == 3


def test_random_changes_agree_with_a_list(model: InvoiceLinesModel) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert tester.model() is model
    rng = random.Random(4)
    oracle = list(model.lines)
    for step in range(400):
        row = rng.randrange(len(oracle) + 1)
        match rng.randrange(6):
            case 0:
                model.set_text(len(oracle), f"Line {step}", "")
                oracle.append(InvoiceLineDraft(f"Line {step}"))
            case 1 if row < len(oracle):
                model.remove(row)
                del oracle[row]
            case 2 if row < len(oracle):
                other = model.move(row, rng.choice((-1, 1)))
                oracle[row], oracle[other] = oracle[other], oracle[row]
            case 3 if row < len(oracle):
                model.setData(model.index(row, EACH), f"{step}.25")
                changed = oracle[row]
                oracle[row] = InvoiceLineDraft(
                    changed.name, changed.description, changed.qty_milli, (step * 100 + 25) * E4,
                    changed.taxable,
                )  # fmt: skip
            case 4:
                if row < len(oracle):
                    line = oracle[row]
                    model.set_tax(row, taxable=not line.taxable)
                    oracle[row] = InvoiceLineDraft(
                        line.name, line.description, line.qty_milli, line.unit_price_e4,
                        not line.taxable,
                    )  # fmt: skip
            case _:
                model.set_text(row, "", "") if row == len(oracle) else None
        assert list(model.lines) == oracle
        assert model.totals == totals_of(oracle, PARTS)


def test_there_is_an_end_to_lines(qapp: object) -> None:
    model = InvoiceLinesModel()
    model.set_content([InvoiceLineDraft("x")] * MAX_LINES, (), "USD")
    refused: list[AppError] = []
    model.refused.connect(refused.append)
    model.set_text(MAX_LINES, "one more", "")
    assert (len(model.lines), refused[0].code) == (MAX_LINES, "invoice.bad_quantity")


def test_stored_amounts_are_shown_and_never_computed(qapp: object) -> None:
    model = InvoiceLinesModel()
    line = InvoiceLineDraft("Windows", "", 1000, 450 * E4)
    model.set_content([line], PARTS, "USD", stored_amounts=[999])
    assert (model.rowCount(), text(model, 0, AMOUNT)) == (1, "9.99")
    model.set_tax(0, taxable=False)
    model.remove(0)
    assert model.lines == (line,)


def test_the_price_list_completes_names_and_shows_prices(qapp: object) -> None:
    model = PriceListModel()
    model.set_prices([WINDOWS, PriceRow(8, "Gutters", "", "", 9_500 * E4, True, None)], "USD")
    first, second = model.index(0, 0), model.index(1, 0)
    assert first.data(Qt.ItemDataRole.EditRole) == "Windows, outside"
    assert first.data() == "Windows, outside  ·  4.50, last time 4.25"
    assert second.data() == "Gutters  ·  95.00"
    assert first.data(PRICE_ROLE) == WINDOWS
