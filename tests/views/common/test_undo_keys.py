"""Ctrl+Z in a field: the field's own typing first, then the window's undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tcf_desktop.views.common import LineEdit, TextArea


def keeps_for_itself(field: QLineEdit | QPlainTextEdit) -> bool:
    event = QKeyEvent(
        QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, "z"
    )
    event.ignore()
    QApplication.sendEvent(field, event)
    return event.isAccepted()


@pytest.mark.parametrize("kind", [LineEdit, TextArea])
def test_a_field_takes_undo_only_while_it_has_something_to_undo(
    kind: type[LineEdit] | type[TextArea], qtbot: QtBot
) -> None:
    field = kind("as it was stored")
    qtbot.addWidget(field)
    field.show()
    assert not keeps_for_itself(field)
    qtbot.keyClicks(field, "x")
    assert keeps_for_itself(field)
