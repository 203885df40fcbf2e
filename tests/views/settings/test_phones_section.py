"""Settings of phones: the port of this device."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tcf_desktop.views.context import ViewContext
from tcf_desktop.views.settings.phones import PhonesSection
from tcf_desktop.views.team.receiver import receiver


def test_the_port_is_checked_and_kept_on_this_device(
    qtbot: QtBot, view_context: ViewContext
) -> None:
    section = PhonesSection(view_context)
    qtbot.addWidget(section)
    assert section.port.text() == "8765"
    section.port.setText("80")
    section.port.editingFinished.emit()
    assert "1024" in section.port_field.hint.text()
    section.port.setText("9000")
    with qtbot.waitSignal(section.saved):
        section.port.editingFinished.emit()
    assert receiver(view_context).port == 9000
    assert section.port_field.hint.text() == ""
