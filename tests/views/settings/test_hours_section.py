"""Hours, closed days and public holidays in Settings."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tcf_desktop.domain.working_hours import Calendar
from tcf_desktop.qtkit.a11y import unnamed_controls
from tcf_desktop.services.queries.working_hours import calendar
from tcf_desktop.services.undo import UndoLast
from tcf_desktop.views.common import LineEdit
from tcf_desktop.views.context import ViewContext
from tcf_desktop.views.main_window import MainWindow
from tcf_desktop.views.settings.hours import HoursSection
from tcf_desktop.views.settings.page import SettingsPage
from tests.views.window_tools import open_window, settle

FIRST, LAST = date(2026, 7, 1), date(2026, 12, 31)


@pytest.fixture
def section(view_context: ViewContext, qtbot: QtBot) -> HoursSection:
    window = open_window(view_context, qtbot, "settings")
    return shown(window, qtbot)


def shown(window: MainWindow, qtbot: QtBot) -> HoursSection:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page = window.current_page()
    assert isinstance(page, SettingsPage)
    page.show_section("hours")
    settle(window.ctx, qtbot)
    found = page.section("hours")
    assert isinstance(found, HoursSection)
    return found


def retype(section: HoursSection, name: str, text: str) -> None:
    edit = section.findChild(LineEdit, f"settings.hours.{name}")
    assert edit is not None, name
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Tab)


def known(section: HoursSection) -> Calendar:
    return section.ctx.office.read(lambda r: calendar(r, FIRST, LAST))


def test_hours_are_stored_as_one_leaves_the_field(section: HoursSection, qtbot: QtBot) -> None:
    assert unnamed_controls(section) == []
    retype(section, "week.0.from", "7:30")
    settle(section.ctx, qtbot)
    assert known(section).business_day(date(2026, 7, 13)).hours == (450, 1020)
    assert known(section).business_day(date(2026, 7, 14)).hours == (480, 1020)
    section.week.copy.click()
    settle(section.ctx, qtbot)
    assert known(section).business_day(date(2026, 7, 17)).hours == (450, 1020)
    section.ctx.office.runner.run(UndoLast())
    settle(section.ctx, qtbot)
    friday = section.findChild(LineEdit, "settings.hours.week.4.from")
    assert friday is not None
    qtbot.waitUntil(lambda: friday.text() == "8:00 AM")


def test_a_week_without_any_hours_is_refused(section: HoursSection, qtbot: QtBot) -> None:
    for weekday in range(5):
        for part in ("from", "to"):
            retype(section, f"week.{weekday}.{part}", " ")
    settle(section.ctx, qtbot)
    qtbot.waitUntil(lambda: "No day has hours" in section.week.note.text())
    assert known(section).business_day(date(2026, 7, 17)).hours == (480, 1020)


def test_closed_days_come_and_go(section: HoursSection, qtbot: QtBot) -> None:
    section.off.add.click()
    retype(section, "off.0.first", "12/30")
    retype(section, "off.0.reason", "Inventory")
    settle(section.ctx, qtbot)
    assert known(section).business_day(date(2026, 12, 30)).reason == "Inventory"
    retype(section, "off.0.last", "12/1")
    assert "before the first" in section.off.note.text()
    section.off._rows[0].removeRequested.emit(section.off._rows[0])
    settle(section.ctx, qtbot)
    assert known(section).closed == ()
    section.ctx.office.runner.run(UndoLast())
    qtbot.waitUntil(lambda: len(section.off._rows) == 1)


def test_holidays_follow_the_region_and_can_be_worked_on(
    section: HoursSection, qtbot: QtBot
) -> None:
    native = date(2026, 10, 12)
    assert known(section).holiday(native) == "Columbus Day"
    section.region.setCurrentIndex(section.region.findData("SD"))
    section.region.activated.emit(section.region.currentIndex())
    settle(section.ctx, qtbot)
    assert known(section).holiday(native) == "Native Americans' Day"
    assert known(section).business_day(native).hours is None
    section.switch.click()
    settle(section.ctx, qtbot)
    assert known(section).business_day(native).hours is not None
