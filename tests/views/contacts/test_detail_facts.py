"""The facts strip in a pane that becomes narrow."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common import ScrollPane
from tcf_desktop.views.contacts.detail_card import Fact
from tcf_desktop.views.contacts.detail_facts import FactsStrip


@pytest.mark.parametrize("scale", [150, 200])
def test_facts_go_on_in_a_second_line_instead_of_scrolling_sideways(
    qtbot: QtBot, scale: int
) -> None:
    theme().set_text_scale(scale)
    pane, strip = ScrollPane("window"), FactsStrip()
    pane.layout_.addWidget(strip)
    qtbot.addWidget(pane)
    pane.resize(1600, 400)
    strip.show_facts([Fact(f"Paid in {n} months", "$1,234.50") for n in range(12, 17)])
    pane.show()
    qtbot.waitUntil(lambda: strip._columns == 5)
    pane.resize(600, 400)
    qtbot.waitUntil(lambda: strip._columns < 5)
    assert pane.horizontalScrollBar().maximum() == 0
    theme().set_text_scale(100)
