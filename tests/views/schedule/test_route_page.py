from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tcf_desktop.domain import route as rules
from tcf_desktop.services.undo import UndoLast
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.main_window import MainWindow
from tcf_desktop.views.schedule.route_page import RoutePage
from tests.views.window_tools import open_window, settle

WEDNESDAY = "2026-07-15"


@pytest.fixture
def window(sample_context: ViewContext, qtbot: QtBot) -> MainWindow:
    return open_window(sample_context, qtbot)


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> RoutePage:
    window.navigate(Target("route", "date", value=WEDNESDAY))
    found = window.current_page()
    assert isinstance(found, RoutePage)
    qtbot.waitUntil(lambda: len(found._stops) > 2)
    settle(found.ctx, qtbot)
    return found


def order(page: RoutePage) -> list[int]:
    return [line.stop.id for line in page.model.lines]


def metres(page: RoutePage) -> float:
    assert page._day is not None
    return rules.length([line.stop.as_stop() for line in page.model.lines], page._day.base)


def test_list_and_map_show_the_same_numbers(page: RoutePage) -> None:
    marks = {mark.name: mark.number for mark in page.map._scene.visits}
    numbers = {line.stop.name: line.number for line in page.model.lines if line.stop.spot}
    assert marks == numbers
    assert "in straight lines" in page.total.text()


def test_alt_down_moves_a_stop_and_undo_moves_it_back(page: RoutePage, qtbot: QtBot) -> None:
    before = order(page)
    page.list.setFocus()
    page.list.select_row(0)
    QTest.keyClick(page.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    swapped = [before[1], before[0], *before[2:]]
    assert order(page) == swapped
    assert page.list.row() == 1
    settle(page.ctx, qtbot)
    page.reload()
    settle(page.ctx, qtbot)
    assert order(page) == swapped
    page.ctx.office.runner.run(UndoLast())
    qtbot.waitUntil(lambda: order(page) == before)


def test_shortest_order_is_no_longer_than_the_one_before(page: RoutePage, qtbot: QtBot) -> None:
    before = metres(page)
    page.make_shortest()
    settle(page.ctx, qtbot)
    assert metres(page) <= before
    page.make_shortest()
    settle(page.ctx, qtbot)
    assert not page.times.isEnabled() or page._times


def test_times_follow_the_order_and_promised_ones_stay(page: RoutePage, qtbot: QtBot) -> None:
    flexible = next(line for line in page.model.lines if not line.stop.why)
    promised = {line.stop.id: line.stop.starts_local for line in page.model.lines if line.stop.why}
    row = page.model.lines.index(flexible)
    page._on_list_moved(row, 0 if row else len(page.model.lines) - 1)
    settle(page.ctx, qtbot)
    assert page.times.isEnabled()
    planned = dict(zip(order(page), page._times, strict=True))
    page.set_times()
    settle(page.ctx, qtbot)

    def stored() -> dict[int, str]:
        return {line.stop.id: line.stop.starts_local for line in page.model.lines}

    qtbot.waitUntil(lambda: stored()[flexible.stop.id] == planned[flexible.stop.id])
    assert {ident: stored()[ident] for ident in promised} == promised


def test_other_days_are_a_click_away(page: RoutePage, qtbot: QtBot) -> None:
    page.forth.click()
    assert page.subtitle() == "Thursday, July 16"
    window_day = page.back_action()
    assert window_day is not None
