"""Raising prices as the office manager does it."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tcf_desktop.qtkit.a11y import unnamed_controls
from tcf_desktop.services.undo import UndoLast
from tcf_desktop.views.billing.page import BillingPage
from tcf_desktop.views.billing.raise_screen import RaiseScreen
from tcf_desktop.views.context import Target, ViewContext
from tests.services.test_price_rise import stocked
from tests.views.window_tools import open_window, settle


@pytest.fixture
def screen(view_context: ViewContext, qtbot: QtBot) -> RaiseScreen:
    stocked(view_context.office)
    window = open_window(view_context, qtbot, "billing")
    window.navigate(Target("billing", "raise_prices"))
    settle(view_context, qtbot)
    return cast("RaiseScreen", cast("BillingPage", window.current_page()).screen_of("raise_prices"))


def typed(screen: RaiseScreen, text: str, qtbot: QtBot) -> None:
    screen.share.setText(text)
    qtbot.wait(200)
    settle(screen.ctx, qtbot)


def mowing(screen: RaiseScreen) -> dict[str, int]:
    rows = screen.ctx.tasks.read_now(
        lambda r: r.all(
            "SELECT 'service', price_e4 / 10000 FROM services WHERE name = 'Mowing'"
            " UNION SELECT 'list', price_e4 / 10000 FROM list_prices"
            " UNION SELECT 'due', price_cents FROM frequencies"
        )
    )
    return {str(kind): int(cents) for kind, cents in rows}


def test_the_list_follows_what_is_typed_and_nothing_changes_before_the_button(
    screen: RaiseScreen, qtbot: QtBot
) -> None:
    typed(screen, "5", qtbot)
    before = mowing(screen)
    shown = {row.kind: row.new_e4 // 10_000 for row in screen.model.rows if row.name == "Mowing"}
    assert shown == {"service": 42_00, "list": 36_75, "due": 44_10}
    assert mowing(screen) == before == {"service": 40_00, "list": 35_00, "due": 42_00}
    screen.do.click()
    settle(screen.ctx, qtbot)
    assert mowing(screen) == shown
    screen.ctx.office.runner.run(UndoLast())
    assert mowing(screen) == before


def test_what_is_unticked_stays_so_while_the_percentage_changes(
    screen: RaiseScreen, qtbot: QtBot
) -> None:
    at = next(n for n, row in enumerate(screen.model.rows) if row.kind == "list")
    screen.table.select_row(at)
    QTest.keyClick(screen.table, Qt.Key.Key_Space)
    typed(screen, "10", qtbot)
    screen.chips["due"].click()
    settle(screen.ctx, qtbot)
    screen.do.click()
    settle(screen.ctx, qtbot)
    assert mowing(screen) == {"service": 44_00, "list": 35_00, "due": 42_00}


@pytest.mark.parametrize("text", ["", "much", "1e9", "-91", "1001", "--3"])
def test_what_is_no_percentage_says_so(screen: RaiseScreen, qtbot: QtBot, text: str) -> None:
    typed(screen, text, qtbot)
    assert "between" in screen.share_field.hint.text()
    assert not screen.do.isEnabled()


def test_prices_can_be_lowered(screen: RaiseScreen, qtbot: QtBot) -> None:
    typed(screen, "−10", qtbot)
    assert all(row.new_e4 < row.old_e4 for row in screen.model.rows)
    assert unnamed_controls(screen) == []
