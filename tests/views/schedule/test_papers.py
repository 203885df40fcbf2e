"""Codes from a scanner, and treatment records, on the schedule page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tcf_desktop.domain.visit_code import code_of_row
from tcf_desktop.services.queries.treatments import of_visit
from tcf_desktop.services.treatments import AddTreatment, TreatmentDraft
from tcf_desktop.services.undo import UndoLast
from tcf_desktop.views.main_window import MainWindow
from tcf_desktop.views.schedule.page import SchedulePage
from tests.views.schedule.tools import LEFT, settle, visit


def scan(page: SchedulePage, code: str) -> None:
    """As a scanner types: all at once, then Enter."""
    for sign in code:
        QTest.keyClick(page.board, sign)
    QTest.keyClick(page.board, Qt.Key.Key_Return)
    settle(page.ctx)


def test_a_scanned_code_opens_the_visit_and_no_letter_of_it_does_anything(
    page: SchedulePage, qtbot: QtBot
) -> None:
    first, other = page.grid.in_order()[:2]
    page.grid.select(other.id)
    scan(page, code_of_row(first.id))
    assert page.board.selected_id == first.id
    assert page.ctx.office.read(
        lambda r: r.value("SELECT state FROM appointments WHERE id = ?", (other.id,))
    ) == other.state  # fmt: skip


def test_a_misread_code_says_so(window: MainWindow, page: SchedulePage, qtbot: QtBot) -> None:
    code = code_of_row(page.grid.in_order()[0].id)
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    page.grid.select(None)
    scan(page, wrong)
    qtbot.waitUntil(lambda: not window.problem.isHidden())
    assert page.board.selected_id is None


def test_a_letter_that_somebody_types_does_what_it_did(page: SchedulePage, qtbot: QtBot) -> None:
    page.grid.setFocus()
    QTest.keyClick(page.board, "v")
    qtbot.wait(120)
    QTest.keyClick(page.board, "d")
    settle(page.ctx)
    assert page._view == "day"


def test_a_treatment_is_written_down_at_a_visit(
    window: MainWindow, page: SchedulePage, qtbot: QtBot
) -> None:
    ctx = page.ctx
    block = visit(page, page.grid.in_order()[0].name, page.grid.in_order()[0].starts_local[:10])
    ctx.office.runner.run(
        AddTreatment(block.id, TreatmentDraft("Barricade 4FL", "100-1139", amount_unit="fl oz"))
    )
    settle(ctx)
    page.run_command("treatment", block.id)
    from tcf_desktop.views.schedule.treatment_form import TreatmentDialog

    dialog = window.findChild(TreatmentDialog)
    assert dialog is not None
    settle(ctx)
    assert dialog.product.text() == "Barricade 4FL"
    another = dialog.findChild(QPushButton, "treatment.chip.new")
    assert another is not None
    QTest.mouseClick(another, LEFT)
    QTest.keyClicks(dialog.product, "barricade 4fl")
    assert dialog.number.text() == "100-1139"
    assert dialog.amount_unit.words() == "fl oz"
    dialog.amount.setText("2.5")
    dialog.time.setText("9:30 am")
    QTest.mouseClick(dialog.save_button, LEFT)
    settle(ctx)
    rows = ctx.office.read(lambda r: of_visit(r, block.id))
    assert len(rows) == 2
    new = next(row for row in rows if row.facts.amount_milli)
    assert (new.facts.amount_milli, new.facts.treated_local[10:]) == (2_500, "T09:30")
    ctx.office.runner.run(UndoLast())
    assert len(ctx.office.read(lambda r: of_visit(r, block.id))) == 1


def test_what_is_no_amount_is_not_stored(
    window: MainWindow, page: SchedulePage, qtbot: QtBot
) -> None:
    block = page.grid.in_order()[0]
    dialog = page.papers.record(block.id, block.name)
    settle(page.ctx)
    dialog.product.setText("Barricade")
    dialog.amount.setText("a lot")
    dialog.save()
    settle(page.ctx)
    assert not window.problem.isHidden()
    assert page.ctx.office.read(lambda r: of_visit(r, block.id)) == ()


def test_records_are_looked_through_and_written_out(
    page: SchedulePage, tmp_path: Path, qtbot: QtBot
) -> None:
    block = page.grid.in_order()[0]
    for product in ("Zzyx", "Other"):
        page.ctx.office.runner.run(AddTreatment(block.id, TreatmentDraft(product)))
    settle(page.ctx)
    dialog = page.papers.list_records()
    settle(page.ctx)
    assert dialog.model.rowCount() > 2
    QTest.keyClicks(dialog.search, "zzyx")
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)
    out = tmp_path / "records.csv"
    dialog.export_to(str(out))
    qtbot.waitUntil(out.exists)
    settle(page.ctx)
    assert "Zzyx" in out.read_text("utf-8-sig")
    assert "Other" not in out.read_text("utf-8-sig")
    QTest.mouseClick(dialog.open_button, LEFT)
    settle(page.ctx)
    assert page.board.selected_id == block.id
