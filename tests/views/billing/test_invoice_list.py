"""The list of invoices: kinds of documents, what is marked, the keys, little room."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tcf_desktop.itemmodels.invoice_list import CUSTOMER, DUE, ISSUED, SENT, STATE, TOTAL
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.credit_notes import CreditInvoice
from tcf_desktop.views.billing.invoices_tab import InvoicesTab
from tcf_desktop.views.billing.page import BillingPage
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.main_window import MainWindow
from tests.views.window_tools import open_window, settle


@pytest.fixture
def window(sample_context: ViewContext, qtbot: QtBot) -> MainWindow:
    made = open_window(sample_context, qtbot, "billing")
    made.navigate(Target("billing", "invoices"))
    settle(sample_context, qtbot)
    return made


@pytest.fixture
def page(window: MainWindow) -> BillingPage:
    found = window.current_page()
    assert isinstance(found, BillingPage)
    return found


def issued_id(tab: InvoicesTab) -> int:
    return int(
        tab.ctx.office.read(
            lambda r: r.value(
                "SELECT id FROM invoices WHERE state = 'issued' AND doc_type = 'invoice'"
                " AND paid_cents = 0 AND deleted_at IS NULL ORDER BY id LIMIT 1"
            )
        )
    )


def mark(tab: InvoicesTab, invoice_id: int) -> None:
    ids = [tab.model.id_at(row) for row in range(tab.model.rowCount())]
    tab.table.select_row(ids.index(invoice_id))


def test_credit_notes_have_a_chip_of_their_own_once_there_are_any(
    page: BillingPage, qtbot: QtBot
) -> None:
    tab = page.invoices
    if tab._counts.credit_note == 0:
        assert not tab.chips["credit_note"].isVisible()
    before = tab._counts
    made = page.ctx.office.runner.run(CreditInvoice(issued_id(tab)))
    qtbot.waitUntil(lambda: tab._counts.credit_note == before.credit_note + 1, timeout=5_000)
    assert tab.chips["credit_note"].isVisible()
    assert tab._counts.open == before.open - 1  # the credited one; the note asks for nothing
    tab.show_filter("credit_note")
    settle(page.ctx, qtbot)
    row = [tab.model.id_at(at) for at in range(tab.model.rowCount())].index(made.id)
    assert tab.model.index(row, STATE).data() == "Credit used"


def test_several_are_marked_in_the_order_of_the_list(page: BillingPage) -> None:
    tab = page.invoices
    tab.table.selectAll()
    ids = tab.selected_ids()
    assert len(ids) == tab.model.rowCount()
    assert ids[:3] == tuple(tab.model.id_at(row) for row in range(3))


def test_money_is_received_for_what_is_marked(page: BillingPage) -> None:
    tab = page.invoices
    invoice = issued_id(tab)
    mark(tab, invoice)
    assert page.payment_target() == Target("billing", "payment", value=f"invoice:{invoice}")
    tab.table.clearSelection()
    assert page.payment_target() == Target("billing", "payment")


def test_the_keys_of_the_list_copy_and_void_the_marked_one(page: BillingPage, qtbot: QtBot) -> None:
    tab = page.invoices
    invoice = issued_id(tab)
    mark(tab, invoice)
    keys = {command.shortcut: command for command in tab.commands() if command.shortcut}
    keys["Ctrl+Shift+V"].run()
    settle(page.ctx, qtbot)
    assert page.editor.invoice_id == invoice
    assert page.editor.offers.is_asking()
    page.show_lists()
    mark(tab, invoice)
    keys["Ctrl+D"].run()
    qtbot.waitUntil(page.editor.is_draft, timeout=5_000)
    assert page.editor.invoice_id != invoice


def test_in_little_room_names_and_amounts_stay(page: BillingPage, window: MainWindow) -> None:
    table = page.invoices.table
    window.resize(1440, 900)
    assert not any(table.isColumnHidden(column) for column in (SENT, DUE, ISSUED))
    window.resize(960, 620)
    assert table.isColumnHidden(SENT)
    assert not any(table.isColumnHidden(column) for column in (CUSTOMER, TOTAL, STATE))
    assert table.columnWidth(CUSTOMER) >= theme().scaled(140)
