"""The frame: places, back and forward, notices, errors, panes, what is remembered."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tcf_desktop.app.bootstrap import make_view_context
from tcf_desktop.base.errors import AppError
from tcf_desktop.services.company import SaveBusiness
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries.settings import business_facts
from tcf_desktop.views.context import NoticeAction, Target, ViewContext
from tcf_desktop.views.main_window import COMPACT_BELOW, MainWindow
from tcf_desktop.views.rail import COMPACT, WIDE, split_name
from tcf_desktop.views.status import StatusLine
from tests.views.window_tools import open_window, settle


@pytest.fixture
def window(sample_context: ViewContext, qtbot: QtBot) -> MainWindow:
    return open_window(sample_context, qtbot)


def child(window: QWidget, name: str) -> QWidget:
    found = window.findChild(QWidget, name)
    assert found is not None, name
    return found


def test_a_click_on_the_rail_shows_the_page_and_the_header(
    window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.mouseClick(child(window, "rail.settings"), Qt.MouseButton.LeftButton)
    assert window.current_page() is window.page("settings")
    assert window.header.title.text() == "Settings"
    assert window.windowTitle().startswith("Settings – Clearview")
    qtbot.mouseClick(child(window, "rail.today"), Qt.MouseButton.LeftButton)
    assert window.header.subtitle.text() == "Tuesday, July 14"


def test_back_and_forward_follow_the_way_one_came(window: MainWindow) -> None:
    window.navigate(Target("settings", "section", value="taxes"))
    window.navigate(Target("today"))
    window.go_back()
    assert window.header.subtitle.text() == "Taxes"
    window.go_back()
    assert window.header.title.text() == "Today"
    window.go_forward()
    assert window.header.subtitle.text() == "Taxes"
    window.navigate(Target("settings", "section", value="about"))
    window.go_forward()
    assert window.header.subtitle.text() == "About", "a new way forgets the old one forward"


def test_an_unknown_address_changes_nothing(
    window: MainWindow, caplog: pytest.LogCaptureFixture
) -> None:
    window.navigate(Target("nowhere"))
    assert window.header.title.text() == "Today"
    assert "nowhere" in caplog.text
    caplog.clear()


def test_the_rail_is_narrow_in_a_narrow_window_unless_pinned(
    window: MainWindow, sample_context: ViewContext
) -> None:
    window.resize(COMPACT_BELOW + 40, 800)
    assert window.rail.width() == WIDE
    window.resize(COMPACT_BELOW - 40, 800)
    assert window.rail.width() == COMPACT
    window.toggle_rail()
    assert window.rail.width() == WIDE
    assert sample_context.device.get("window/rail_compact") is False


def test_a_notice_offers_undo_and_closes_on_use(window: MainWindow, qtbot: QtBot) -> None:
    asked: list[str] = []
    window.notify("Moved.", undo=True, actions=[NoticeAction("Write", lambda: asked.append("w"))])
    assert window.snackbar.text() == "Moved."
    assert window.body.rect().contains(window.snackbar.geometry())
    qtbot.mouseClick(child(window, "window.snackbar.write"), Qt.MouseButton.LeftButton)
    assert asked == ["w"]
    assert not window.snackbar.isVisible()
    window.notify("Again.", undo=True)
    window.focus_notice()
    assert child(window, "window.snackbar.undo").hasFocus()
    QTest.keyClick(child(window, "window.snackbar.undo"), Qt.Key.Key_Escape)
    assert not window.snackbar.isVisible()


def test_undo_takes_the_last_change_back_and_says_so(
    window: MainWindow, sample_context: ViewContext, qtbot: QtBot
) -> None:
    before = sample_context.tasks.read_now(business_facts).name
    sample_context.office.runner.run(SaveBusiness((("name", "New name"),)))
    qtbot.waitUntil(lambda: window.rail.brand.accessibleName() == "New name")
    window.undo()
    qtbot.waitUntil(lambda: window.rail.brand.accessibleName() == before)
    qtbot.waitUntil(lambda: "Undone" in window.snackbar.text())
    window.redo()
    qtbot.waitUntil(lambda: window.rail.brand.accessibleName() == "New name")


def test_the_edit_menu_names_what_undo_would_do(
    window: MainWindow, sample_context: ViewContext
) -> None:
    sample_context.office.runner.run(SaveBusiness((("phone", "1"),)))
    window.menus.menus["edit"].aboutToShow.emit()
    assert window.menus.actions["edit.undo"].text() == "Undo change of the business settings"


def test_an_error_stays_above_the_page_in_words(window: MainWindow, qtbot: QtBot) -> None:
    window.show_error(AppError("data.disk_full"))
    assert child(window, "window.problem").isVisible()
    what = window.findChild(QLabel, "window.problem.what")
    assert what is not None
    assert what.text().startswith("The disk is full. Your last change was not saved")
    qtbot.mouseClick(child(window, "window.problem.close"), Qt.MouseButton.LeftButton)
    assert not child(window, "window.problem").isVisible()


def test_trouble_of_a_task_that_nobody_takes_is_shown(
    window: MainWindow, sample_context: ViewContext, qtbot: QtBot
) -> None:
    def refuse() -> None:
        raise AppError("undo.nothing")

    sample_context.tasks.run(window, refuse)
    qtbot.waitUntil(lambda: child(window, "window.problem").isVisible())


def test_f6_goes_round_the_panes(window: MainWindow) -> None:
    window.rail.focus_current()
    assert window.rail.isAncestorOf(window.focusWidget())
    window.next_pane()
    assert window.header.isAncestorOf(window.focusWidget())
    window.next_pane()
    page = window.current_page()
    assert page is not None
    assert page.isAncestorOf(window.focusWidget())
    window.previous_pane()
    assert window.header.isAncestorOf(window.focusWidget())


def test_alt_alone_shows_the_menu_bar_and_holds_every_command(window: MainWindow) -> None:
    assert not window.menuBar().isVisible()
    window.toggle_menu_bar()
    assert window.menuBar().isVisible()
    shown = {action.text() for menu in window.menus.menus.values() for action in menu.actions()}
    assert {"Undo", "Import…", "Back", "Contacts", "Quit", "Keyboard shortcuts"} <= shown


def test_a_status_line_leads_to_its_settings(window: MainWindow, qtbot: QtBot) -> None:
    status = window.ctx.status
    line = StatusLine("Backed up", "2 copies", target=Target("settings", "section", value="about"))
    status.set("backup", line)
    status.set("work", StatusLine("Printing", "14 of 36"))
    assert [key for key, _ in status.lines()] == ["backup", "work"]
    button = child(window, "rail.status.backup")
    assert isinstance(button, QPushButton)
    assert button.accessibleName() == "Backed up. 2 copies"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.header.subtitle.text() == "About"
    status.set("work", None)
    assert [key for key, _ in status.lines()] == ["backup"]


def test_text_size_and_theme_are_kept_on_this_device(window: MainWindow) -> None:
    window.larger_text()
    assert window.ctx.theme.text_scale == 110
    assert window.ctx.device.get("appearance/text_scale") == 110
    window.normal_text()
    window.toggle_dark()
    assert window.ctx.device.get("appearance/mode") in {"light", "dark"}
    window.toggle_dark()
    window.ctx.theme.set_mode("follow")


def test_page_and_section_are_remembered_for_the_next_start(
    sample_office: Office, tmp_path: Path, qtbot: QtBot, qapp: object
) -> None:
    device = tmp_path / "device.ini"
    ctx = make_view_context(sample_office, device)
    window = open_window(ctx, qtbot, "settings")
    window.navigate(Target("settings", "section", value="invoices"))
    window.resize(1200, 700)
    settle(ctx, qtbot)
    with qtbot.waitSignal(window.closed):
        window.close()
    ctx.close()
    again = make_view_context(sample_office, device)
    assert again.device.get("window/page") == "settings"
    second = open_window(again, qtbot, "settings")
    assert second.header.subtitle.text() == "Invoices"
    assert second.height() == 700
    second.close()
    again.close()


def test_closing_waits_for_what_is_being_saved(view_context: ViewContext, qtbot: QtBot) -> None:
    window = open_window(view_context, qtbot)
    view_context.tasks.command(window, SaveBusiness((("phone", "605-555-0199"),)))
    with qtbot.waitSignal(window.closed):
        window.close()
        assert window.snackbar.text() == "Saving…"
    assert view_context.tasks.read_now(business_facts).phone == "605-555-0199"


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Clearview Window & Carpet Care", ("Clearview Window", "& Carpet Care")),
        ("Jo's", ("Jo's", "")),
        ("", ("", "")),
    ],
)
def test_a_long_name_breaks_between_words(name: str, lines: tuple[str, str], qapp: object) -> None:
    assert split_name(name, 146) == lines


def test_the_search_box_opens_the_palette_and_escape_gives_the_focus_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.rail.focus_current()
    before = window.focusWidget()
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    field = child(window, "palette.field")
    assert field.hasFocus()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert window.focusWidget() is before
    assert QKeySequence("Ctrl+K") in window.menus.actions["edit.palette"].shortcuts()


def test_alt_with_another_key_does_not_open_the_menus(window: MainWindow) -> None:
    window.activateWindow()
    window.navigate(Target("settings"))
    QTest.keyPress(window, Qt.Key.Key_Alt)
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    QTest.keyRelease(window, Qt.Key.Key_Alt)
    assert window.header.title.text() == "Today"
    assert not window.menuBar().isVisible()


@pytest.mark.parametrize(
    ("command", "target"),
    [
        ("new_contact", Target("contacts", "new")),
        ("new_appointment", Target("schedule", "new")),
        ("new_invoice", Target("billing", "new")),
        ("import_files", Target("contacts", "import")),
        ("export_calendar", Target("schedule", "export")),
        ("export_contacts", Target("contacts", "export")),
        ("show_about", Target("settings", "section", value="about")),
    ],
)
def test_commands_of_the_menu_lead_to_their_page(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, command: str, target: Target
) -> None:
    gone: list[Target] = []
    monkeypatch.setattr(window, "navigate", gone.append)
    getattr(window, command)()
    assert gone == [target]


def test_commands_without_a_meaning_here_do_no_harm(window: MainWindow) -> None:
    for command in ("next_tab", "previous_tab", "toggle_side_panel", "refresh", "find_here"):
        getattr(window, command)()
    assert window.findChild(QWidget, "palette") is not None, "find without a list opens the palette"


def test_history_and_keys_open_beside_the_window(window: MainWindow, qtbot: QtBot) -> None:
    window.show_history()
    window.show_keys()
    for name in ("undo_history", "keyboard_card"):
        dialog = child(window, name)
        assert dialog.isVisible()
        assert not dialog.isModal()
        dialog.close()
    settle(window.ctx, qtbot)
