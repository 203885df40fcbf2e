"""The schedule page of the sample business with two crews shown, as in the picture of the week."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.main_window import MainWindow
from tcf_desktop.views.schedule.page import SchedulePage
from tests.views.schedule.tools import settle
from tests.views.window_tools import open_window


@pytest.fixture
def window(sample_context: ViewContext, qtbot: QtBot) -> MainWindow:
    return open_window(sample_context, qtbot)


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> SchedulePage:
    window.navigate(Target("schedule"))
    found = window.current_page()
    assert isinstance(found, SchedulePage)
    qtbot.waitUntil(lambda: found.grid.scene is not None)
    assert found._week is not None
    found.show_only({crew.id for crew in found._week.crews[:2]})
    settle(found.ctx)
    assert found.grid.geometry_ is not None
    assert not found.grid.geometry_.by_crew
    return found
