"""Settings > Privacy: the way to one person, and for how long documents keep a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tcf_desktop.services.queries.privacy import retention_years
from tcf_desktop.views.context import NoShell
from tcf_desktop.views.settings.privacy import PrivacySection

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext


def test_years_are_saved_and_the_page_is_a_key_away(
    view_context: ViewContext, qtbot: QtBot
) -> None:
    section = PrivacySection(view_context)
    qtbot.addWidget(section)
    assert section.years.currentData() == 7
    index = section.years.findData(10)
    section.years.setCurrentIndex(index)
    section.years.activated.emit(index)
    qtbot.waitUntil(lambda: view_context.office.read(retention_years) == 10)
    button = section.findChild(QPushButton, "settings.privacy.person")
    assert button is not None
    qtbot.keyClick(button, Qt.Key.Key_Space)
    shell = view_context.shell
    assert isinstance(shell, NoShell)
    assert shell.targets[-1].page == "privacy"
