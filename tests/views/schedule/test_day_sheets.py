"""Ctrl+P on Schedule and Today: day sheets, week, month and list, seen and handed on."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tcf_desktop.views.context import Target
from tcf_desktop.views.main_window import MainWindow
from tcf_desktop.views.schedule.page import SchedulePage
from tcf_desktop.views.schedule.print_dialog import PrintDialog
from tests.integrations.pdf.pdf_text import page_texts
from tests.views.schedule.tools import LEFT, settle


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the system was asked to open, one path a line."""
    if sys.platform != "linux":
        pytest.skip("the opener is a script here")
    told = tmp_path / "opened"
    script = tmp_path / "xdg-open"
    script.write_text(f'#!/bin/sh\necho "$1" >> "{told}"\n')
    script.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return told


def dialog_of(window: MainWindow, qtbot: QtBot) -> PrintDialog:
    qtbot.waitUntil(lambda: window.findChild(PrintDialog) is not None)
    dialog = window.findChild(PrintDialog)
    assert dialog is not None
    made(dialog, qtbot)
    return dialog


def made(dialog: PrintDialog, qtbot: QtBot) -> None:
    """Wait until the preview is what was chosen."""
    qtbot.waitUntil(
        lambda: not dialog._timer.isActive() and dialog._ctx.tasks.running == 0, timeout=10_000
    )


def text_of(dialog: PrintDialog) -> str:
    return "\n".join(page_texts(dialog._content)) if dialog._content else ""


@pytest.mark.parametrize("where", ["schedule", "today"])
def test_ctrl_p_shows_the_sheets_and_one_click_opens_them(
    window: MainWindow, page: SchedulePage, opened: Path, qtbot: QtBot, where: str
) -> None:
    page.set_view("day")
    settle(page.ctx)
    window.navigate(Target(where))
    settle(page.ctx)
    QTest.keyClick(window.current_page(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_of(window, qtbot)
    assert "Windows A" in text_of(dialog)
    QTest.mouseClick(dialog.open_button, LEFT)
    qtbot.waitUntil(opened.exists, timeout=10_000)
    settle(page.ctx)
    pdf = Path(opened.read_text().strip())
    assert pdf.name == "Day sheet 2026-07-14.pdf"
    assert pdf.read_bytes().startswith(b"%PDF")


def test_prices_gate_codes_and_crews_are_chosen_and_remembered(
    window: MainWindow, page: SchedulePage, qtbot: QtBot
) -> None:
    dialog = page.papers.choose(page._anchor, "day", set(), 0)
    made(dialog, qtbot)
    assert "$" not in text_of(dialog)
    assert "4471" in text_of(dialog)
    QTest.mouseClick(dialog.prices, LEFT)
    QTest.mouseClick(dialog.gate_codes, LEFT)
    made(dialog, qtbot)
    assert "$" in text_of(dialog)
    assert "4471" not in text_of(dialog)
    first, *others = dialog._crews
    for crew in others:
        chip = dialog.findChild(QPushButton, f"print.crew.{crew.id}")
        assert chip is not None
        QTest.mouseClick(chip, LEFT)
    made(dialog, qtbot)
    assert "Carpet B" not in text_of(dialog)
    assert dialog._name.endswith(first.name)
    dialog.close()
    again = page.papers.choose(page._anchor, "day", set(), 0)
    assert (again.prices.isChecked(), again.gate_codes.isChecked()) == (True, False)


def test_the_view_that_is_shown_is_what_is_printed(
    window: MainWindow, page: SchedulePage, qtbot: QtBot
) -> None:
    QTest.mouseClick(page.toolbar.print, LEFT)
    dialog = dialog_of(window, qtbot)
    assert dialog.kind.key() == "week"
    text = text_of(dialog)
    assert "July 13 – 19, 2026" in text
    assert "Lawn C" not in text  # hidden on the page
    for kind, words in (("month", "July 2026"), ("list", "Customer")):
        button = dialog.findChild(QPushButton, f"print.kind.{kind}")
        assert button is not None
        QTest.mouseClick(button, LEFT)
        made(dialog, qtbot)
        assert words in text_of(dialog)
    assert not dialog.prices.isVisible()


def test_an_empty_day_says_so_and_offers_nothing(page: SchedulePage, qtbot: QtBot) -> None:
    dialog = page.papers.choose(page._anchor.replace(year=2019), "day", set(), 0)
    made(dialog, qtbot)
    assert dialog.notice.isVisible()
    assert "Jul 14, 2019" in dialog.notice.label.text()
    assert not dialog.open_button.isEnabled()


def test_what_is_seen_is_what_is_saved(page: SchedulePage, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = page.papers.choose(page._anchor, "month", set(), 0)
    made(dialog, qtbot)
    target = tmp_path / "month.pdf"
    dialog.save_to(str(target))
    qtbot.waitUntil(target.exists, timeout=10_000)
    settle(page.ctx)
    assert target.read_bytes() == dialog._content


def test_a_worker_gets_a_sheet_of_his_own(page: SchedulePage, qtbot: QtBot) -> None:
    dialog = page.papers.choose(page._anchor, "day", set(), 0)
    made(dialog, qtbot)
    dialog.who.setCurrentIndex(dialog.who.findText("Luis Ortega"))
    made(dialog, qtbot)
    pages = page_texts(dialog._content)
    assert all("Luis Ortega" in page for page in pages)
    assert dialog._name == "Day sheet 2026-07-14 Luis Ortega"
