from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tcf_desktop.views.contacts.export_dialog import ExportDialog
from tcf_desktop.views.contacts.page import ContactsPage
from tcf_desktop.views.context import Target, ViewContext
from tests.views.window_tools import open_window, settle


def test_selected_contacts_are_exported_as_it_was_chosen(
    sample_context: ViewContext, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(sample_context, qtbot, "contacts")
    page = window.current_page()
    assert isinstance(page, ContactsPage)
    qtbot.waitUntil(lambda: page.list.model.rowCount() > 5)
    page.list.table.select_row(1)
    page.list.table.selectAll()
    selected = page.list.selected_ids()
    window.navigate(Target("contacts", "export"))
    dialog = window.findChild(ExportDialog)
    assert dialog is not None
    assert dialog.which.count() == 3
    assert str(len(selected)) in dialog.which.currentText()
    dialog.which.setCurrentIndex(0)
    dialog.form.set_key("csv")
    dialog.go.click()
    chooser = window.findChild(QFileDialog)
    assert chooser is not None
    assert chooser.defaultSuffix() == "csv"
    target = tmp_path / "all.csv"
    chooser.fileSelected.emit(str(target))
    chooser.close()
    settle(window.ctx, qtbot)
    qtbot.waitUntil(target.exists)
    assert target.read_bytes().startswith(b"\xef\xbb\xbfFirst Name,")
