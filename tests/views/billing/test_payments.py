"""Receiving payments as the office manager does it: by keyboard, one after the other."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from tcf_desktop.qtkit.a11y import unnamed_controls
from tcf_desktop.services.check import check_office
from tcf_desktop.services.office import Office
from tcf_desktop.services.payments import RecordPayment
from tcf_desktop.views.billing.page import BillingPage
from tcf_desktop.views.billing.payment_screen import PaymentScreen
from tcf_desktop.views.billing.payments_tab import PaymentsTab
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.main_window import MainWindow
from tests.services.billing_tools import TODAY, customer_named, detail_of, draft_of, issued, line
from tests.views.window_tools import open_window, settle


@pytest.fixture
def customer(view_context: ViewContext) -> int:
    return customer_named(view_context.office)


@pytest.fixture
def window(view_context: ViewContext, qtbot: QtBot, customer: int) -> MainWindow:
    for cents in (10_000, 5_000):
        issued(view_context.office, customer, draft_of(line(cents)))
    return open_window(view_context, qtbot)


def screen(window: MainWindow, qtbot: QtBot, value: str) -> PaymentScreen:
    window.navigate(Target("billing", "payment", value=value))
    settle(window.ctx, qtbot)
    page = cast("BillingPage", window.current_page())
    return cast("PaymentScreen", page.screen_of("payment"))


def type_amount(found: PaymentScreen, text: str) -> None:
    found.amount.selectAll()
    QTest.keyClicks(found.amount, text)


def payments(office: Office) -> list[tuple[int, int, int]]:
    sql = "SELECT amount_cents, tip_cents, unapplied_cents FROM payments ORDER BY id"
    return office.read(lambda r: r.all(sql))


def test_an_invoice_brings_its_customer_and_amount(
    window: MainWindow, qtbot: QtBot, customer: int
) -> None:
    found = screen(window, qtbot, "invoice:2")
    assert (found.name.text(), found.amount.cents()) == ("Ellen Moe", 5_000)
    assert found.spread.allocations() == ((2, 5_000),)
    assert not unnamed_controls(found)
    found.save()
    settle(window.ctx, qtbot)
    assert detail_of(window.ctx.office, 2).state == "paid"
    assert found.picker.isVisible()
    assert "1 payment in this stack, $50.00" in found.state.text()


def test_an_amount_goes_to_the_oldest_first_and_the_rest_is_asked_about(
    window: MainWindow, qtbot: QtBot, customer: int
) -> None:
    found = screen(window, qtbot, f"customer:{customer}")
    type_amount(found, "160")
    assert found.spread.allocations() == ((1, 10_000), (2, 5_000))
    assert found.over.isVisible()
    assert "$10.00 more" in found.state.text()
    found.over.set_key("tip")
    found.do.click()
    settle(window.ctx, qtbot)
    assert payments(window.ctx.office) == [(16_000, 1_000, 0)]


def test_a_short_rest_is_written_off_with_a_reason(
    window: MainWindow, qtbot: QtBot, customer: int
) -> None:
    found = screen(window, qtbot, "invoice:1")
    type_amount(found, "99.80")
    assert "keeps $0.20 open" in found.state.text()
    found.short.set_key("give_up")
    found._show_state()
    assert not found.do.isEnabled()
    found.why.setText("Not worth a letter")
    assert found.do.isEnabled()
    found.save()
    settle(window.ctx, qtbot)
    assert detail_of(window.ctx.office, 1).state == "paid"
    assert check_office(window.ctx.office).ok


def test_cells_typed_by_hand_stay_and_too_much_is_said(
    window: MainWindow, qtbot: QtBot, customer: int
) -> None:
    found = screen(window, qtbot, f"customer:{customer}")
    type_amount(found, "60")
    cell = found.spread._cells[1]
    cell.selectAll()
    QTest.keyClicks(cell, "50")
    assert "get $50.00 more than was received" in found.state.text()
    assert not found.do.isEnabled()
    first = found.spread._cells[0]
    first.selectAll()
    QTest.keyClicks(first, "10")
    assert found.spread.allocations() == ((1, 1_000), (2, 5_000))
    assert found.do.isEnabled()
    cell.selectAll()
    QTest.keyClicks(cell, "50.01")
    assert "owes $50.00, no more" in found.state.text()
    found.spread.again.click()
    assert found.spread.allocations() == ((1, 6_000),)


@pytest.mark.parametrize("text", ["1e9", "-5", "abc", ""])
def test_what_is_no_amount_cannot_be_saved(
    window: MainWindow, qtbot: QtBot, customer: int, text: str
) -> None:
    found = screen(window, qtbot, f"customer:{customer}")
    found.amount.set_cents(0)
    found.amount.selectAll()
    QTest.keyClick(found.amount, Qt.Key.Key_Delete)
    QTest.keyClicks(found.amount, text)
    assert not found.do.isEnabled()
    found.save()
    settle(window.ctx, qtbot)
    assert payments(window.ctx.office) == []


def test_the_same_cheque_twice_is_said(window: MainWindow, qtbot: QtBot, customer: int) -> None:
    office = window.ctx.office
    office.runner.run(RecordPayment(customer, TODAY, "cheque", ((1, 10_000),), "2101"))
    found = screen(window, qtbot, f"customer:{customer}")
    found.on.set_iso(TODAY)
    type_amount(found, "100")
    QTest.keyClicks(found.reference, "2101")
    qtbot.waitUntil(found.like.isVisible)
    assert found.do.isEnabled()


def test_a_payment_is_reversed_from_its_pane(
    window: MainWindow, qtbot: QtBot, customer: int
) -> None:
    office = window.ctx.office
    payment = office.runner.run(RecordPayment(customer, TODAY, "cheque", ((1, 10_000),), "2101"))
    window.navigate(Target("billing", "payments"))
    settle(window.ctx, qtbot)
    tab = cast("PaymentsTab", cast("BillingPage", window.current_page()).tab_of("payments"))
    tab.table.select_row(0)
    settle(window.ctx, qtbot)
    assert tab.pane.payment_id == payment
    assert not unnamed_controls(tab)
    press(tab, "payments.pane.reverse")
    press(tab, "payments.pane.do")
    settle(window.ctx, qtbot)
    assert detail_of(office, 1).open_cents == 10_000
    qtbot.waitUntil(lambda: tab.model.rowCount() == 2)
    assert "In less out $0.00" in tab.sum.text()
    assert not tab.pane.findChild(QPushButton, "payments.pane.reverse")


def press(tab: PaymentsTab, name: str) -> None:
    buttons = [one for one in tab.findChildren(QPushButton, name) if not one.isHidden()]
    buttons[-1].click()


def test_credit_is_given_back_and_applied_from_the_pane(
    window: MainWindow, qtbot: QtBot, customer: int
) -> None:
    office = window.ctx.office
    office.runner.run(RecordPayment(customer, TODAY, "cash", amount_cents=8_000))
    window.navigate(Target("billing", "payments"))
    settle(window.ctx, qtbot)
    tab = cast("PaymentsTab", cast("BillingPage", window.current_page()).tab_of("payments"))
    tab.table.select_row(0)
    settle(window.ctx, qtbot)
    press(tab, "payments.pane.apply")
    tab.pane.cents.set_cents(3_000)
    press(tab, "payments.pane.do")
    settle(window.ctx, qtbot)
    assert detail_of(office, 1).open_cents == 7_000
    press(tab, "payments.pane.refund")
    tab.pane.cents.set_cents(5_001)
    press(tab, "payments.pane.do")
    settle(window.ctx, qtbot)
    assert "50.01" in tab.pane.why_not.text()
    tab.pane.cents.set_cents(5_000)
    press(tab, "payments.pane.do")
    settle(window.ctx, qtbot)
    assert check_office(office).ok
    assert payments(office)[0] == (8_000, 0, 0)


def test_what_waits_for_the_bank_goes_on_a_slip(
    window: MainWindow, qtbot: QtBot, customer: int
) -> None:
    office = window.ctx.office
    for reference in ("1", "2"):
        office.runner.run(RecordPayment(customer, TODAY, "cheque", (), reference, 500))
    window.navigate(Target("billing", "payments", value="undeposited"))
    settle(window.ctx, qtbot)
    tab = cast("PaymentsTab", cast("BillingPage", window.current_page()).tab_of("payments"))
    assert tab.model.rowCount() == 2
    tab.make_slip()
    settle(window.ctx, qtbot)
    qtbot.waitUntil(lambda: tab.model.rowCount() == 0)
    menu = QMenu()
    tab.deposits.fill_menu(menu)
    assert "2 payments, $10.00" in menu.actions()[0].text()
    tab.deposits.take_apart(1)
    settle(window.ctx, qtbot)
    qtbot.waitUntil(lambda: tab.model.rowCount() == 2)


def test_a_receipt_is_saved(
    window: MainWindow, qtbot: QtBot, customer: int, tmp_path: Path
) -> None:
    window.ctx.office.runner.run(RecordPayment(customer, TODAY, "cash", ((1, 10_000),)))
    window.navigate(Target("billing", "payments"))
    settle(window.ctx, qtbot)
    tab = cast("PaymentsTab", cast("BillingPage", window.current_page()).tab_of("payments"))
    tab.table.select_row(0)
    settle(window.ctx, qtbot)
    tab.pane.save_receipt(tmp_path / "receipt.pdf")
    settle(window.ctx, qtbot)
    assert (tmp_path / "receipt.pdf").read_bytes().startswith(b"%PDF")


def test_an_empty_list_leads_to_the_first_payment(view_context: ViewContext, qtbot: QtBot) -> None:
    window = open_window(view_context, qtbot)
    window.navigate(Target("billing", "payments"))
    settle(view_context, qtbot)
    page = cast("BillingPage", window.current_page())
    assert page.new_here()
    settle(view_context, qtbot)
    assert page.title() == "Receive payment"
