"""Ctrl+K finds commands, places, contacts, visits and documents, and does what Enter says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tcf_desktop.services.queries.palette import find
from tcf_desktop.views.command_palette import CommandPalette
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.main_window import MainWindow
from tcf_desktop.views.palette_list import LOOSE, score
from tests.views.window_tools import open_window, settle


@pytest.fixture
def window(sample_context: ViewContext, qtbot: QtBot) -> MainWindow:
    return open_window(sample_context, qtbot)


def typed(window: MainWindow, qtbot: QtBot, text: str) -> CommandPalette:
    window.open_palette()
    palette = window.findChild(CommandPalette)
    assert isinstance(palette, CommandPalette)
    palette.field.setText(text)
    settle(window.ctx, qtbot)
    return palette


def titles(palette: CommandPalette) -> list[str]:
    return [item.title for item in palette.list.items() if item.run is not None]


def test_a_place_is_one_word_and_enter_away(window: MainWindow, qtbot: QtBot) -> None:
    palette = typed(window, qtbot, "settin")
    assert titles(palette)[0] == "Settings"
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.header.title.text() == "Settings"
    assert not palette.isVisible()


def test_synonyms_find_commands(window: MainWindow, qtbot: QtBot) -> None:
    assert "New invoice" in titles(typed(window, qtbot, "bill"))
    assert "New appointment" in titles(typed(window, qtbot, "> visit"))
    assert "New contact" in titles(typed(window, qtbot, "client"))


def test_contacts_come_from_the_shared_search(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    palette = typed(window, qtbot, "prairie den")
    assert "Prairie Dental" in titles(palette)
    gone: list[Target] = []
    monkeypatch.setattr(window, "navigate", gone.append)
    while (item := palette.list.current()) is not None and item.title != "Prairie Dental":
        palette.list.step(1)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert [(target.page, target.kind) for target in gone] == [("contacts", "contact")]


def test_an_at_sign_keeps_contacts_and_a_slash_settings(window: MainWindow, qtbot: QtBot) -> None:
    palette = typed(window, qtbot, "@prairie")
    headings = [item.title for item in palette.list.items() if item.run is None]
    assert headings == ["Contacts"]
    palette = typed(window, qtbot, "/logo")
    assert titles(palette) == ["Logo"]
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.header.subtitle.text() == "Business"


def test_an_invoice_is_found_by_its_number(window: MainWindow, qtbot: QtBot) -> None:
    number = window.ctx.tasks.read_now(
        lambda r: r.value("SELECT number FROM invoices WHERE number IS NOT NULL LIMIT 1")
    )
    assert number in titles(typed(window, qtbot, f"#{number}"))


def test_nothing_found_is_said(window: MainWindow, qtbot: QtBot) -> None:
    palette = typed(window, qtbot, "qqqzzz")
    assert titles(palette) == []
    assert palette.list.items()[0].title == "Nothing matches “qqqzzz”."
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_used_commands_come_first_next_time(window: MainWindow, qtbot: QtBot) -> None:
    palette = typed(window, qtbot, "> larger text")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    palette = typed(window, qtbot, "")
    assert titles(palette)[0] == "Larger text"
    window.normal_text()


def test_hostile_text_does_no_harm(window: MainWindow, qtbot: QtBot) -> None:
    for text in ('"', "'; DROP TABLE contacts; --", "*" * 500, "\u202e🙂 NEAR(", "%_"):
        typed(window, qtbot, text)
    assert window.ctx.tasks.read_now(lambda r: r.value("SELECT count(*) FROM contacts")) > 0


def test_the_query_is_bounded(sample_context: ViewContext) -> None:
    found = sample_context.tasks.read_now(lambda r: find(r, "a", sample_context.clock.now_ms()))
    assert 0 < len(found) <= 20


@pytest.mark.parametrize(
    ("typed_text", "rank"),
    [("new", 0), ("con", 1), ("cust", 2), ("nwct", LOOSE), ("xyz", None), ("", 1)],
)
def test_ranks(typed_text: str, rank: int | None) -> None:
    assert score(typed_text, "New contact", "customer client") == rank


def test_enter_typed_ahead_of_the_answer_runs_what_was_meant(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.open_palette()
    palette = window.findChild(CommandPalette)
    assert isinstance(palette, CommandPalette)
    QTest.keyClicks(palette.field, "settings")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.header.title.text() == "Settings")
    assert not palette.isVisible()


def test_it_leaves_when_a_shortcut_takes_the_focus_behind_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    palette = typed(window, qtbot, "")
    qtbot.waitUntil(palette.field.hasFocus)
    window.header.search.setFocus()
    assert not palette.isVisible()
    assert window.header.search.hasFocus()
