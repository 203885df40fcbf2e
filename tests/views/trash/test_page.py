"""The trash: found, filtered, restored by mouse and by keyboard, undone."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from tcf_desktop.domain.contacts import ContactDraft, NoteDraft
from tcf_desktop.services.contacts import DeleteContact, SaveContact
from tcf_desktop.services.notes import DeleteNote
from tcf_desktop.views.context import ViewContext
from tcf_desktop.views.trash.page import TrashPage
from tests.views.window_tools import open_window, settle


def add(ctx: ViewContext, name: str, note: str = "") -> int:
    notes = (NoteDraft(note),) if note else ()
    return ctx.office.runner.run(SaveContact(ContactDraft(last_name=name, notes=notes)))


def living(ctx: ViewContext) -> set[str]:
    rows = ctx.office.read(
        lambda r: r.all("SELECT display_name FROM contacts WHERE deleted_at IS NULL")
    )
    return {row[0] for row in rows}


@pytest.fixture
def shown(view_context: ViewContext, qtbot: Any) -> Any:
    """The page over three deleted contacts and a note of one of them."""
    ids = [add(view_context, name, "Ring first" if name == "Olson" else "")
           for name in ("Olson", "Moen", "Vos")]  # fmt: skip
    note = view_context.office.read(lambda r: r.value("SELECT id FROM notes"))
    view_context.office.runner.run(DeleteNote(note))
    view_context.office.runner.run(DeleteContact(tuple(ids)))
    window = open_window(view_context, qtbot, "trash")
    window.resize(1440, 900)
    page = window.current_page()
    assert isinstance(page, TrashPage)
    qtbot.waitUntil(lambda: page.model.rowCount() == 4)
    return window, page


def titles(page: TrashPage) -> list[str]:
    return [str(page.model.index(row, 0).data()) for row in range(page.model.rowCount())]


def test_everything_deleted_is_listed_with_when_and_why(shown: Any) -> None:
    window, page = shown
    assert titles(page) == ["Olson", "Moen", "Vos", "Ring first"]
    row = page.model.row_at(0)
    assert page.model.columns[2].text(row).startswith("Today")
    assert page.model.columns[2].second(row) == "Deletion of 3 contacts"
    note = page.model.row_at(3)
    assert "is deleted too and comes back with it" in page.model.columns[0].second(note)
    assert window.findChild(QLabel, "trash.count").text() == "4 deleted things"


def test_search_and_kind_narrow_the_list(shown: Any, qtbot: Any, view_context: ViewContext) -> None:
    window, page = shown
    window.findChild(QPushButton, "trash.filter.note").click()
    qtbot.waitUntil(lambda: titles(page) == ["Ring first"])
    window.findChild(QPushButton, "trash.filter.all").click()
    page.search.setText("moen")
    qtbot.waitUntil(lambda: titles(page) == ["Moen"])
    page.search.setText("nobody")
    qtbot.waitUntil(page.empty.isVisible)
    assert page.empty.text.text() == "Nothing matches “nobody”."
    settle(view_context, qtbot)


def test_enter_restores_and_undo_deletes_again(
    shown: Any, qtbot: Any, view_context: ViewContext
) -> None:
    window, page = shown
    page.table.setFocus()
    page.table.select_row(1)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: living(view_context) == {"Moen"})
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)
    window.undo()
    qtbot.waitUntil(lambda: living(view_context) == set())
    qtbot.waitUntil(lambda: page.model.rowCount() == 4)
    settle(view_context, qtbot)


def test_several_come_back_at_once(shown: Any, qtbot: Any, view_context: ViewContext) -> None:
    window, page = shown
    page.table.selectAll()
    button = window.findChild(QPushButton, "trash.restore")
    assert button.text() == "Restore 4"
    button.click()
    qtbot.waitUntil(lambda: living(view_context) == {"Olson", "Moen", "Vos"})
    qtbot.waitUntil(page.empty.isVisible)
    assert not button.isEnabled()
    settle(view_context, qtbot)
    window.undo()
    qtbot.waitUntil(lambda: page.model.rowCount() == 4)
    settle(view_context, qtbot)


def test_a_note_says_whom_it_brings_along(
    shown: Any, qtbot: Any, view_context: ViewContext
) -> None:
    _window, page = shown
    page.table.select_row(3)
    page.restore()
    qtbot.waitUntil(lambda: living(view_context) == {"Olson"})
    settle(view_context, qtbot)
    qtbot.waitUntil(lambda: titles(page) == ["Moen", "Vos"])


def test_an_empty_trash_says_so(view_context: ViewContext, qtbot: Any) -> None:
    window = open_window(view_context, qtbot, "trash")
    page = window.current_page()
    assert isinstance(page, TrashPage)
    qtbot.waitUntil(page.empty.isVisible)
    assert page.empty.text.text().startswith("Nothing was deleted.")
