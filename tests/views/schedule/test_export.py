"""Which days and whose go to a calendar file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tcf_desktop.domain.calendar_events import ReadWindow
from tcf_desktop.integrations.files.icalendar import read_calendar
from tcf_desktop.views.schedule.export import ExportDialog, ask_and_export, export_to
from tcf_desktop.views.schedule.page import SchedulePage
from tests.views.schedule.tools import settle

FIRST, LAST = date(2026, 7, 13), date(2026, 7, 19)


def names(path: Path) -> set[str]:
    window = ReadWindow("2026-01-01", "2026-12-31")
    read = read_calendar(str(path), "America/Chicago", window)
    assert not read.troubles
    return {event.summary for event in (*read.events, *(one.event for one in read.series))}


def opened(page: SchedulePage) -> ExportDialog:
    return ask_and_export(page.ctx, page, FIRST, LAST)


def test_days_and_crew_that_were_chosen_are_written(
    page: SchedulePage, tmp_path: Path, qtbot: QtBot
) -> None:
    week, crew = tmp_path / "week.ics", tmp_path / "crew.ics"
    export_to(page.ctx, page, FIRST, LAST, str(week))
    qtbot.waitUntil(week.exists, timeout=10_000)
    settle(page.ctx)
    assert any(name.startswith("Moen, Astrid") for name in names(week))
    dialog = opened(page)
    dialog.who.setCurrentIndex(1)
    export_to(page.ctx, page, *dialog.days(), str(crew), dialog.crew_id())
    qtbot.waitUntil(crew.exists, timeout=10_000)
    settle(page.ctx)
    assert set() < names(crew) < names(week)
    dialog.reject()


def test_everything_needs_no_days(page: SchedulePage, qtbot: QtBot) -> None:
    dialog = opened(page)
    assert dialog.days() == (FIRST, LAST)
    assert "whole" in dialog.hint.text()
    dialog.last.set_iso("2026-07-01")
    assert not dialog.export.isEnabled()
    assert "before the first" in dialog.hint.text()
    dialog.extent.set_key("all")
    dialog.extent.chosen.emit("all")
    assert dialog.days() == (None, None)
    assert dialog.export.isEnabled()
    assert not dialog.first.isEnabled()
    dialog.reject()


def test_enter_asks_where_to(page: SchedulePage, qtbot: QtBot) -> None:
    dialog = opened(page)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.findChildren(QFileDialog, "schedule.export.file")))
    (where,) = page.findChildren(QFileDialog, "schedule.export.file")
    assert where.selectedFiles()[0].endswith("schedule-2026-07-13.ics")
    where.reject()
