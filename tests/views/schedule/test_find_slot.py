"""Find a time: from the editor, for somebody who is due, and for nobody yet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tcf_desktop.views.schedule.find_slot_dialog import FindSlotDialog
from tcf_desktop.views.schedule.page import SchedulePage
from tests.views.schedule.tools import settle, visit


def dialog(page: SchedulePage, qtbot: QtBot) -> FindSlotDialog:
    found = page.findChild(FindSlotDialog)
    assert found is not None
    qtbot.waitUntil(lambda: bool(found._rows))
    return found


def test_a_chosen_time_goes_into_the_fields_and_nothing_is_saved(
    page: SchedulePage, qtbot: QtBot
) -> None:
    moen = visit(page, "Moen, Astrid")
    page.edit(moen.id)
    editor = page._editor
    assert editor is not None
    editor.find_time.click()
    finder = dialog(page, qtbot)
    assert finder.wish() is not None
    assert finder.who.currentText() == "Windows A"
    row = finder._rows[1]
    finder._take(row)
    settle(page.ctx)
    draft = editor.draft()
    assert (draft.starts_local, draft.crew_id) == (row.slot.starts_local, row.slot.crew_id)
    assert visit(page, "Moen, Astrid").starts_local == moen.starts_local


def test_a_time_for_nobody_yet_is_found_by_keyboard_alone(page: SchedulePage, qtbot: QtBot) -> None:
    page.find_time()
    finder = dialog(page, qtbot)
    assert len(finder._rows) == 10
    starts = [row.slot.starts_local for row in finder._rows]
    assert starts == sorted(starts)
    finder.length.setText("3h")
    QTest.keyClick(finder.length, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: bool(finder._rows) and finder._rows[0].slot.minutes == 180)
    QTest.keyClick(finder.length, Qt.Key.Key_Down)
    QTest.keyClick(finder._rows[0], Qt.Key.Key_Down)
    wanted = finder._rows[1].slot
    QTest.keyClick(finder._rows[1], Qt.Key.Key_Return)
    settle(page.ctx)
    assert page._editor is not None
    draft = page._editor.draft()
    assert (draft.starts_local, draft.minutes, draft.crew_id) == (
        wanted.starts_local, 180, wanted.crew_id,
    )  # fmt: skip


def test_afternoons_only_and_nothing_that_fits_is_said(page: SchedulePage, qtbot: QtBot) -> None:
    page.find_time()
    finder = dialog(page, qtbot)
    finder.hours.setCurrentIndex(2)
    qtbot.waitUntil(lambda: all(r.slot.starts_local[11:] >= "12:00" for r in finder._rows))
    finder.length.set_value(1440)
    finder.hours.setCurrentIndex(0)
    qtbot.waitUntil(lambda: not finder._rows)
    assert "Nothing fits" in finder.said.text()


def test_somebody_who_is_due_is_offered_with_what_lies_near(
    page: SchedulePage, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: bool(page.panel._cards))
    page.panel._find_time(page.panel._cards[0].facts.key)
    finder = dialog(page, qtbot)
    finder.order.setCurrentIndex(1)
    qtbot.waitUntil(lambda: finder._rows[0].slot.near is not None)
    assert " from " in finder._rows[0].accessibleName()
