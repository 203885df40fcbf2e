"""Merging from a contact's menu, opening one that was merged away, taking it back."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QAction

from tcf_desktop.domain.contacts import ContactDraft
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.merge import MergeContacts
from tcf_desktop.views.contacts.page import ContactsPage
from tcf_desktop.views.context import Target, ViewContext
from tests.views.window_tools import open_window, settle


@pytest.fixture
def two(view_context: ViewContext) -> tuple[int, int]:
    run = view_context.office.runner.run
    return (
        run(SaveContact(ContactDraft(first_name="Jane", last_name="Olson"))),
        run(SaveContact(ContactDraft(first_name="Jane", last_name="Olsen"))),
    )


def shown(ctx: ViewContext, qtbot: Any, contact_id: int) -> tuple[Any, ContactsPage]:
    window = open_window(ctx, qtbot, "contacts")
    window.navigate(Target("contacts", "contact", contact_id))
    settle(ctx, qtbot)
    page = window.current_page()
    assert isinstance(page, ContactsPage)
    return window, page


def entry(page: ContactsPage, key: str) -> QAction | None:
    page.detail.steps.fill_menu()
    return page.detail.steps.menu.findChild(QAction, f"contacts.detail.{key}")


def test_the_menu_asks_for_the_other_one(
    view_context: ViewContext, qtbot: Any, two: tuple[int, int]
) -> None:
    window, page = shown(view_context, qtbot, two[0])
    action = entry(page, "merge")
    assert action is not None
    action.trigger()
    settle(view_context, qtbot)
    assert window.current_page().key == "duplicates"
    assert window.current_page().pick.heading.text() == "Merge Jane Olson with…"
    assert entry(page, "unmerge") is None


def test_one_that_was_merged_away_opens_the_one_that_stayed(
    view_context: ViewContext, qtbot: Any, two: tuple[int, int]
) -> None:
    view_context.office.runner.run(MergeContacts(*two))
    _window, page = shown(view_context, qtbot, two[1])
    assert page.detail.contact_id == two[0]


def test_the_merge_is_taken_back_from_the_contact(
    view_context: ViewContext, qtbot: Any, two: tuple[int, int]
) -> None:
    view_context.office.runner.run(MergeContacts(*two))
    view_context.office.runner.run(
        SaveContact(ContactDraft(first_name="Jane", last_name="Olson", source="Web"), two[0])
    )
    _window, page = shown(view_context, qtbot, two[0])
    action = entry(page, "unmerge")
    assert action is not None
    assert action.text() == "Undo the merge with Jane Olsen"
    action.trigger()
    settle(view_context, qtbot)
    names = view_context.office.read(
        lambda r: r.all("SELECT display_name FROM contacts WHERE deleted_at IS NULL ORDER BY id")
    )
    assert names == [("Jane Olson",), ("Jane Olsen",)]
    qtbot.waitUntil(lambda: entry(page, "unmerge") is None)
    settle(view_context, qtbot)
