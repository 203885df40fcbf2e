"""Billing as the office manager uses it: real window, real database, real PDFs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from tcf_desktop.domain.contacts import NoteDraft
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.itemmodels.invoice_lines import EACH, QTY, SERVICE, UNIT
from tcf_desktop.qtkit.a11y import unnamed_controls
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.invoices import IssueInvoice
from tcf_desktop.services.queries import invoice_detail, invoices
from tcf_desktop.services.queries.imports import drafts_of
from tcf_desktop.services.queries.invoice_detail import InvoiceDetail
from tcf_desktop.services.undo import UndoLast
from tcf_desktop.views.billing.lines_table import LinesTable
from tcf_desktop.views.billing.page import BillingPage
from tcf_desktop.views.billing.service_editor import ServiceEditor
from tcf_desktop.views.common import LineEdit
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.main_window import MainWindow
from tests.views.window_tools import open_window

LEFT = Qt.MouseButton.LeftButton


def settle(ctx: ViewContext) -> None:
    """Wait until commands, notices and the reading after them are through."""
    quiet = 0
    for _ in range(600):
        QTest.qWait(10)
        quiet = quiet + 1 if ctx.tasks.running == 0 else 0
        if quiet == 3:
            return
    raise TimeoutError


@pytest.fixture
def window(sample_context: ViewContext, qtbot: QtBot) -> MainWindow:
    return open_window(sample_context, qtbot)


@pytest.fixture
def page(window: MainWindow) -> BillingPage:
    window.navigate(Target("billing", "to_invoice"))
    found = window.current_page()
    assert isinstance(found, BillingPage)
    settle(found.ctx)
    return found


@pytest.fixture
def drafted(page: BillingPage, qtbot: QtBot) -> BillingPage:
    """A draft from one finished visit, open in the editor with its preview."""
    waiting = len(page.to_invoice.model.rows)
    page.to_invoice.model.toggle([0])
    with qtbot.waitSignal(page.editor.preview.rendered, timeout=10_000):
        page.to_invoice.create_invoices()
    qtbot.waitUntil(lambda: len(page.to_invoice.model.rows) == waiting - 1, timeout=5_000)
    settle(page.ctx)
    return page


def stored(page: BillingPage) -> InvoiceDetail:
    invoice_id = page.editor.invoice_id
    assert invoice_id is not None
    found = page.ctx.office.read(lambda r: invoice_detail.invoice_detail(r, invoice_id))
    assert found is not None
    return found


def cell(table: LinesTable) -> LineEdit:
    editor = table.indexWidget(table.currentIndex())
    assert isinstance(editor, LineEdit)
    return editor


def service_cell(table: LinesTable) -> ServiceEditor:
    editor = table.indexWidget(table.currentIndex())
    assert isinstance(editor, ServiceEditor)
    return editor


def text_of(page: BillingPage, name: str) -> str:
    from tcf_desktop.views.common import DataLabel

    label = page.findChild(DataLabel, name)
    assert label is not None
    return label.text()


# the lists


def test_ticked_visits_become_drafts_and_can_be_taken_back(page: BillingPage, qtbot: QtBot) -> None:
    waiting = len(page.to_invoice.model.rows)
    assert waiting >= 2
    assert not next(b for b in page.header_actions() if b.object_name == "billing.create").enabled
    page.to_invoice.model.tick_all(True)
    assert "one for each customer and place" in text_of(page, "billing.toInvoice.count")
    page.to_invoice.create_invoices()
    settle(page.ctx)
    assert page.to_invoice.model.rows == ()
    assert (page.tab, page.invoices.filter_key) == ("invoices", "draft")
    made = page.invoices.model.rowCount()
    page.ctx.tasks.command(page, UndoLast())
    qtbot.waitUntil(lambda: len(page.to_invoice.model.rows) == waiting, timeout=5_000)
    qtbot.waitUntil(lambda: page.invoices.model.rowCount() < made, timeout=5_000)


def test_space_and_a_click_tick_a_visit(page: BillingPage, qtbot: QtBot) -> None:
    table = page.to_invoice.table
    table.select_row(0)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert len(page.to_invoice.ticked()) == 1
    rect = table.visualRect(page.to_invoice.model.index(1, 0))
    qtbot.mouseClick(table.viewport(), LEFT, pos=rect.center())
    assert len(page.to_invoice.ticked()) == 2
    qtbot.mouseClick(table.viewport(), LEFT, pos=rect.center())
    assert len(page.to_invoice.ticked()) == 1


def test_the_list_filters_searches_and_sums(page: BillingPage, qtbot: QtBot) -> None:
    ctx = page.ctx
    page.show_tab("invoices")
    settle(ctx)
    counts = ctx.office.read(lambda r: invoices.invoice_counts(r, ctx.today()))
    assert page.invoices.model.rowCount() == counts.all
    for key in invoices.FILTERS:
        page.invoices.show_filter(key)
        settle(ctx)
        assert page.invoices.model.rowCount() == getattr(counts, key)
    page.invoices.show_all()
    settle(ctx)
    number = next(
        row.number
        for place in range(page.invoices.model.rowCount())
        if (row := page.invoices.model.row_at(place)) is not None and row.number
    )
    qtbot.keyClicks(page.invoices.search, number)
    QTest.qWait(120)
    settle(ctx)
    assert page.invoices.model.rowCount() == 1
    qtbot.keyClicks(page.invoices.search, "zzz")
    QTest.qWait(120)
    settle(ctx)
    assert not page.invoices.table.isVisible()


def test_addresses_lead_to_lists_and_invoices(page: BillingPage, window: MainWindow) -> None:
    window.navigate(Target("billing", "overdue"))
    settle(page.ctx)
    assert (page.tab, page.invoices.filter_key) == ("invoices", "overdue")
    first = page.invoices.model.id_at(0)
    window.navigate(Target("billing", "invoice", first))
    settle(page.ctx)
    assert page.editor.invoice_id == first
    assert page.chip() == ("Overdue", "bad")
    window.navigate(Target("billing", "to_invoice"))
    assert page.back_action() is None


# the editor


def test_the_preview_is_the_real_pdf_of_what_is_typed(drafted: BillingPage, qtbot: QtBot) -> None:
    editor = drafted.editor
    page_text = editor.preview.paper.plain_text(0)
    assert "DRAFT, not yet numbered" in page_text
    assert editor.form.totals.due in page_text
    editor.form.po.selectAll()
    with qtbot.waitSignal(editor.preview.rendered, timeout=5_000):
        qtbot.keyClicks(editor.form.po, "FP-3312")
    qtbot.waitUntil(lambda: "FP-3312" in editor.preview.paper.plain_text(0), timeout=5_000)


def test_the_preview_follows_the_notes_for_documents(drafted: BillingPage, qtbot: QtBot) -> None:
    editor = drafted.editor
    office, contact_id = drafted.ctx.office, stored(drafted).contact_id
    (found,) = office.read(lambda r: list(drafts_of(r, [contact_id])))
    draft = found.draft
    notes = (NoteDraft("Screens are numbered.", "document"), NoteDraft("Pays late.", "office"))
    office.runner.run(SaveContact(replace(draft, notes=(*draft.notes, *notes)), contact_id))
    qtbot.waitUntil(
        lambda: "Screens are numbered." in editor.preview.paper.plain_text(0), timeout=5_000
    )
    assert "Pays late." not in editor.preview.paper.plain_text(0)


def test_what_is_typed_is_stored_by_itself(drafted: BillingPage, qtbot: QtBot) -> None:
    editor = drafted.editor
    with qtbot.waitSignal(editor.saved, timeout=5_000):
        qtbot.keyClicks(editor.form.po, "PO 7")
        editor.form.message.setPlainText("Danke")
    settle(drafted.ctx)
    assert (stored(drafted).po, stored(drafted).message) == ("PO 7", "Danke")
    assert text_of(drafted, "invoice.saved") == "Draft saved 10:42 AM"


def test_lines_are_edited_by_keyboard_alone(drafted: BillingPage, qtbot: QtBot) -> None:
    form = drafted.editor.form
    table, model = form.table, form.lines
    before = len(model.lines)
    table.edit_new_row()
    qtbot.keyClicks(service_cell(table).name, "Extra work")
    qtbot.keyClick(service_cell(table).name, Qt.Key.Key_Escape)
    table.edit_new_row()
    qtbot.keyClicks(service_cell(table).name, "Extra work")
    qtbot.keyClick(service_cell(table).name, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: table.currentIndex().column() == QTY, timeout=2_000)
    assert table.currentIndex().row() == before
    cell(table).selectAll()
    qtbot.keyClicks(cell(table), "2*3")
    qtbot.keyClick(cell(table), Qt.Key.Key_Return)
    assert table.currentIndex().column() == UNIT  # words of no service may have any unit
    qtbot.keyClicks(cell(table), "hour")
    qtbot.keyClick(cell(table), Qt.Key.Key_Return)
    assert table.currentIndex().column() == EACH
    cell(table).selectAll()
    qtbot.keyClicks(cell(table), "12.50")
    qtbot.keyClick(cell(table), Qt.Key.Key_Tab)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (before + 1, SERVICE)
    line = model.lines[before]
    assert (line.name, line.qty_milli, line.unit_price_e4) == ("Extra work", 6_000, 1_250 * E4)
    settle(drafted.ctx)
    QTest.qWait(400)
    settle(drafted.ctx)
    assert stored(drafted).lines[-1].amount_cents == 7_500
    qtbot.keyClick(service_cell(table).name, Qt.Key.Key_Return)
    assert form.message.hasFocus() or not table.indexWidget(table.currentIndex())


def test_lines_move_and_go(drafted: BillingPage, qtbot: QtBot) -> None:
    form = drafted.editor.form
    model, table = form.lines, form.table
    model.set_text(len(model.lines), "Second", "")
    names = [line.name for line in model.lines]
    table.setCurrentIndex(model.index(1, QTY))
    qtbot.keyClick(cell(table), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [line.name for line in model.lines][:2] == [names[1], names[0]]
    qtbot.keyClick(cell(table), Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert names[1] not in [line.name for line in model.lines]


def test_a_service_is_completed_from_the_price_list(drafted: BillingPage, qtbot: QtBot) -> None:
    form = drafted.editor.form
    content = drafted.editor.content
    assert content is not None
    price = content.prices[0]
    form.table.edit_new_row()
    editor = service_cell(form.table)
    qtbot.keyClicks(editor.name, price.name[:6])
    completer = editor.name.completer()
    assert completer.completionCount() >= 1
    completer.setCurrentRow(0)
    editor._on_completer_activated(completer.currentIndex())  # what Enter in the list does
    qtbot.waitUntil(lambda: form.table.currentIndex().column() == QTY, timeout=2_000)
    assert form.lines.lines[-1].service_id is not None


def test_dates_terms_and_tax_follow_each_other(drafted: BillingPage) -> None:
    form = drafted.editor.form
    form.issued.set_iso("2026-07-20")
    form.terms.setCurrentIndex(form.terms.findData(30))
    assert form.due.iso() == "2026-08-19"
    form.due.set_iso("2026-08-06")
    assert (form.terms.currentData(), form.draft().terms_days) == (17, 17)
    form.due.set_iso("2026-07-01")
    assert form.draft().terms_days == 0
    form.tax.setCurrentIndex(form.tax.findData(None))
    assert form.lines.totals.tax_cents == 0
    assert form.draft().issued_on == "2026-07-20"


def test_issuing_gives_the_number_shown_and_ends_editing(
    drafted: BillingPage, window: MainWindow, qtbot: QtBot
) -> None:
    editor = drafted.editor
    content = editor.content
    assert content is not None
    expected = content.next_number
    assert expected in text_of(drafted, "invoice.hint")
    editor.form.po.setText("late change")
    editor.form.po.textEdited.emit("late change")
    window.activateWindow()
    editor.form.po.setFocus()
    qtbot.waitUntil(editor.form.po.hasFocus, timeout=5_000)
    qtbot.keyClick(editor.form.po, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not editor.is_draft(), timeout=5_000)
    issued = stored(drafted)
    assert (issued.number, issued.state, issued.po) == (expected, "issued", "late change")
    assert drafted.title() == f"Invoice {expected}"
    names = [button.object_name for button in drafted.header_actions()]
    assert names == ["invoice.moreActions", "invoice.creditButton", "invoice.receive"]
    assert not editor.form.po.isVisible()
    assert editor.form.issued_facts.isVisible()
    assert editor.form.lines.is_read_only
    qtbot.waitUntil(lambda: f"No. {expected}" in editor.preview.paper.plain_text(0), timeout=5_000)
    button = editor.findChild(QPushButton, "invoice.issue")
    assert button is not None
    assert not button.isVisible()


def test_a_draft_is_discarded_and_comes_back_with_undo(drafted: BillingPage, qtbot: QtBot) -> None:
    ctx = drafted.ctx
    waiting = len(drafted.to_invoice.model.rows)
    invoice_id = drafted.editor.invoice_id
    drafted.editor.discard()
    settle(ctx)
    assert drafted.back_action() is None
    qtbot.waitUntil(lambda: len(drafted.to_invoice.model.rows) == waiting + 1, timeout=5_000)
    ctx.tasks.command(drafted, UndoLast())
    settle(ctx)
    assert invoice_id is not None
    found = ctx.office.read(lambda r: invoice_detail.invoice_detail(r, invoice_id))
    assert found is not None
    assert not found.deleted


def test_a_draft_issued_elsewhere_becomes_read_only(drafted: BillingPage) -> None:
    invoice_id = drafted.editor.invoice_id
    assert invoice_id is not None
    drafted.ctx.tasks.command(drafted, IssueInvoice(invoice_id))
    settle(drafted.ctx)
    assert not drafted.editor.is_draft()
    assert drafted.editor.form.lines.is_read_only


def test_the_pdf_goes_where_the_user_says(
    drafted: BillingPage, qtbot: QtBot, tmp_path: Path
) -> None:
    button = drafted.editor.findChild(QPushButton, "invoice.savePdf")
    assert button is not None
    button.click()
    dialog = drafted.editor.findChild(QFileDialog, "invoice.pdfDialog")
    assert dialog is not None
    target = tmp_path / "Invoice.pdf"
    dialog.fileSelected.emit(str(target))
    dialog.close()
    qtbot.waitUntil(target.exists, timeout=5_000)
    settle(drafted.ctx)
    assert target.read_bytes().startswith(b"%PDF-")


def test_f9_zoom_and_places_survive_a_new_version(drafted: BillingPage, qtbot: QtBot) -> None:
    editor = drafted.editor
    assert drafted.toggle_side_panel()
    assert not editor.preview.isVisible()
    assert drafted.toggle_side_panel()
    assert editor.preview.isVisible()
    paper = editor.preview.paper
    paper.set_zoom(2.0)
    paper.verticalScrollBar().setValue(300)
    with qtbot.waitSignal(editor.preview.rendered, timeout=5_000):
        qtbot.keyClicks(editor.form.po, "9")
    assert (paper.zoom(), paper.verticalScrollBar().value()) == (2.0, 300)
    paper.step_zoom(-1)
    assert paper.zoom() < 2.0


def test_a_new_invoice_asks_for_the_customer(page: BillingPage, qtbot: QtBot) -> None:
    contact = page.ctx.office.read(
        lambda r: r.one("SELECT id, last_name FROM contacts WHERE last_name <> '' LIMIT 1")
    )
    assert contact is not None
    assert page.new_here()
    qtbot.keyClicks(page.choose.search, contact[1])
    QTest.qWait(150)
    settle(page.ctx)
    page.choose.targeted.emit(Target("billing", "new", contact[0]))
    settle(page.ctx)
    assert page.title() == "New invoice"
    assert stored(page).contact_id == contact[0]


def test_everything_has_a_name_and_both_themes_paint(
    drafted: BillingPage, window: MainWindow
) -> None:
    assert unnamed_controls(drafted) == []
    try:
        for mode in ("light", "dark"):
            theme().set_mode(mode)
            for width, height in ((1440, 900), (960, 620)):
                window.resize(width, height)
                settle(drafted.ctx)
                assert not window.grab().isNull()
        paper = drafted.editor.preview.paper
        drafted.editor.preview.show()
        window.resize(1440, 900)
        settle(drafted.ctx)
        picture = paper.grab().toImage()
        middle = picture.pixelColor(picture.width() // 2, 40)
        assert middle.lightness() > 240  # paper is white also in the dark
    finally:
        theme().set_mode("light")


def test_any_text_is_taken_literally(drafted: BillingPage, qtbot: QtBot) -> None:
    form = drafted.editor.form
    odd = "<b>&amp;{0} %s =cmd|'x' 🧹 שלום " + "w" * 9_000
    form.bill_to.setPlainText(odd)
    form.message.setPlainText(odd)
    form.lines.set_text(0, odd, odd)
    QTest.qWait(400)
    settle(drafted.ctx)
    assert stored(drafted).lines[0].name == odd[:10_000]
    assert stored(drafted).bill_to == odd[:10_000]
