"""Dates typed as one speaks, proposals, folds, and long texts in drop-downs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tcf_desktop.views.common import ComboBox
from tcf_desktop.views.common.dates import DayField
from tcf_desktop.views.common.fold import Fold
from tcf_desktop.views.common.suggest import EditableCombo, SuggestEdit

TODAY = "2026-07-14"


@pytest.mark.parametrize(
    ("typed", "iso", "shown"),
    [
        ("7/20", "2026-07-20", "Jul 20, 2026"),
        ("+12m", "2027-07-14", "Jul 14, 2027"),
        ("mar 4 2021", "2021-03-04", "Mar 4, 2021"),
        ("", "", ""),
    ],
)
def test_a_day_is_understood_and_shown_when_it_is_left(
    qtbot: QtBot, typed: str, iso: str, shown: str
) -> None:
    field = DayField(lambda: TODAY)
    qtbot.addWidget(field)
    field.show()
    QTest.keyClicks(field, typed)
    assert (field.iso(), field.is_understood()) == (iso, True)
    assert not field.grab().isNull()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == shown
    assert field.iso() == iso


def test_a_text_that_is_no_day_stays(qtbot: QtBot) -> None:
    field = DayField(lambda: TODAY)
    qtbot.addWidget(field)
    QTest.keyClicks(field, "some day")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (field.text(), field.iso(), field.is_understood()) == ("some day", "some day", False)
    field.set_iso("next year")
    assert (field.text(), field.is_understood()) == ("next year", False)
    field.set_iso("2027-01-02")
    assert field.text() == "Jan 2, 2027"
    field.clear()
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert field.iso() == ""


def test_an_editable_drop_down_takes_proposals_and_anything_else(qtbot: QtBot) -> None:
    combo = EditableCombo(["Mobile", "Home"], placeholder="Label")
    qtbot.addWidget(combo)
    assert combo.words() == ""
    combo.set_words("home")
    assert (combo.words(), combo.currentIndex()) == ("home", 1)
    combo.set_words("Barn")
    assert combo.words() == "Barn"
    combo.set_words("")
    assert combo.words() == ""
    assert combo.count() == 2


def test_a_word_among_several_is_completed_where_the_cursor_is(qtbot: QtBot) -> None:
    field = SuggestEdit(several=True)
    qtbot.addWidget(field)
    field.set_proposals(["north side", "VIP"])
    field.setText("a, , z")
    field.setCursorPosition(3)
    QTest.keyClicks(field, "nor")
    field._completer.activated.emit("north side")
    assert field.text() == "a, north side, z"


def test_a_long_text_ends_with_dots_inside_the_drop_down(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QStyleOptionComboBox

    combo = ComboBox()
    qtbot.addWidget(combo)
    long = "Evangelical Lutheran Good Samaritan Society of the Northern Plains"
    combo.addItem(long)
    combo.resize(160, 32)
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    shown = combo._shown(option)
    assert shown.endswith("…")
    assert QFontMetrics(combo.font()).horizontalAdvance(shown) < 160
    combo.resize(900, 32)
    combo.initStyleOption(option)
    assert combo._shown(option) == long
    assert not combo.grab().isNull()


def test_a_fold_opens_by_keyboard_and_says_what_is_inside(qtbot: QtBot) -> None:
    fold = Fold("More", object_name="fold")
    qtbot.addWidget(fold)
    fold.set_summary("VIP · Net 45")
    fold.show()
    assert not fold.inside.isVisible()
    assert fold.head.accessibleDescription() == "VIP · Net 45"
    QTest.keyClick(fold.head, Qt.Key.Key_Return)
    assert fold.is_open()
    assert fold.inside.isVisible()
    assert not fold.grab().isNull()
