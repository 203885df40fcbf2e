"""Ctrl+P on Schedule and Today: the crews' sheet, opened in the program for PDFs."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tcf_desktop.views.context import Target
from tcf_desktop.views.main_window import MainWindow
from tcf_desktop.views.schedule.day_sheets import save_day_sheet_to
from tcf_desktop.views.schedule.page import SchedulePage
from tests.views.schedule.tools import settle

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the opener is a script here")


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the system was asked to open, one path a line."""
    told = tmp_path / "opened"
    script = tmp_path / "xdg-open"
    script.write_text(f'#!/bin/sh\necho "$1" >> "{told}"\n')
    script.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return told


def menu_of(window: MainWindow) -> QMenu:
    menu = window.findChild(QMenu, "daysheet.menu")
    assert menu is not None
    return menu


@pytest.mark.parametrize("where", ["schedule", "today"])
def test_ctrl_p_and_enter_print_the_day(
    window: MainWindow, page: SchedulePage, opened: Path, qtbot: QtBot, where: str
) -> None:
    window.navigate(Target(where))
    settle(page.ctx)
    current = window.current_page()
    QTest.keyClick(current, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.findChild(QMenu, "daysheet.menu") is not None)
    QTest.keyClick(menu_of(window), Qt.Key.Key_Return)
    qtbot.waitUntil(opened.exists, timeout=10_000)
    settle(page.ctx)
    pdf = Path(opened.read_text().strip())
    assert pdf.name == "Day sheet 2026-07-14.pdf"
    assert pdf.read_bytes().startswith(b"%PDF")


def test_the_menu_offers_each_crew_with_and_without_prices(
    window: MainWindow, page: SchedulePage, opened: Path, qtbot: QtBot
) -> None:
    page.print_day_sheet()
    menu = menu_of(window)
    texts = [action.text() for action in menu.actions() if action.isEnabled()]
    assert texts[:2] == ["All crews", "Windows A"]
    prices = menu.findChild(QMenu, "daysheet.prices")
    assert prices is not None
    crew = next(action for action in prices.actions() if action.text() == "Windows A")
    menu.close()
    crew.trigger()
    qtbot.waitUntil(opened.exists, timeout=10_000)
    settle(page.ctx)
    assert Path(opened.read_text().strip()).name == "Day sheet 2026-07-14 Windows A.pdf"


def test_the_sheet_can_be_saved(page: SchedulePage, tmp_path: Path, qtbot: QtBot) -> None:
    target = tmp_path / "sheet.pdf"
    save_day_sheet_to(page.ctx, page, page._anchor, str(target))
    qtbot.waitUntil(target.exists, timeout=10_000)
    settle(page.ctx)
