"""Finding duplicates, comparing two, merging and telling apart, by mouse and by keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from tcf_desktop.domain.contacts import ContactDraft, Phone, Place
from tcf_desktop.domain.duplicates import Certainty
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.duplicates.page import DuplicatesPage
from tcf_desktop.views.main_window import MainWindow
from tests.views.window_tools import open_window, settle

CONTROL = Qt.KeyboardModifier.ControlModifier


def add(ctx: ViewContext, first: str, last: str, number: str = "", **more: Any) -> int:
    phones = (Phone(number),) if number else ()
    draft = ContactDraft(first_name=first, last_name=last, phones=phones, **more)
    return ctx.office.runner.run(SaveContact(draft))


@pytest.fixture
def people(view_context: ViewContext) -> dict[str, int]:
    return {
        "jane": add(view_context, "Jane", "Olson", "605-555-0138", source="Neighbor"),
        "jane2": add(view_context, "Jane", "Olson", "605-555-0138", source="Web", company="Farm"),
        "bob": add(view_context, "Bob", "Olson", "605-555-0138"),
        "kim": add(view_context, "Kim", "Vos"),
        "kim2": add(view_context, "Kim", "Vos", "605-555-0177"),
    }


def opened(ctx: ViewContext, qtbot: Any, *, size: tuple[int, int] = (1440, 900)) -> Any:
    window = open_window(ctx, qtbot, "duplicates")
    window.resize(*size)
    page = window.current_page()
    assert isinstance(page, DuplicatesPage)
    qtbot.waitUntil(lambda: page.list.contacts is not None)
    settle(ctx, qtbot)
    return window, page


def living(ctx: ViewContext) -> list[int]:
    rows = ctx.office.read(
        lambda r: r.all("SELECT id FROM contacts WHERE deleted_at IS NULL ORDER BY id")
    )
    return [row[0] for row in rows]


def text_of(window: MainWindow, name: str) -> str:
    label = window.findChild(QLabel, name)
    assert label is not None, name
    return label.text()


def press(window: MainWindow, name: str) -> None:
    button = window.findChild(QPushButton, name)
    assert button is not None, name
    assert button.isVisible()
    button.click()


def test_the_surest_group_is_compared_first(
    view_context: ViewContext, qtbot: Any, people: dict[str, int]
) -> None:
    window, page = opened(view_context, qtbot)
    assert [group.certainty for group in page.list.model.groups] == [
        Certainty.CERTAIN, Certainty.LIKELY, Certainty.POSSIBLE,
    ]  # fmt: skip
    assert page.merge.ids() == (people["jane"], people["jane2"])
    assert text_of(window, "merge.reasons") == "Same name, phone"
    assert text_of(window, "merge.result.source") == "Neighbor"
    assert text_of(window, "duplicates.status") == "5 contacts looked through"


def test_a_field_is_chosen_and_the_two_are_merged(
    view_context: ViewContext, qtbot: Any, people: dict[str, int]
) -> None:
    window, page = opened(view_context, qtbot)
    press(window, "merge.other.source")
    assert text_of(window, "merge.result.source") == "Web"
    press(window, "merge.merge")
    qtbot.waitUntil(lambda: people["jane2"] not in living(view_context))
    settle(view_context, qtbot)
    kept = view_context.office.read(
        lambda r: r.one("SELECT source, company FROM contacts WHERE id = ?", (people["jane"],))
    )
    assert kept == ("Web", "Farm")
    assert page.merge.ids() == (people["kim"], people["kim2"])  # the next group


def test_undo_brings_the_group_back(
    view_context: ViewContext, qtbot: Any, people: dict[str, int]
) -> None:
    window, page = opened(view_context, qtbot)
    press(window, "merge.merge")
    qtbot.waitUntil(lambda: people["jane2"] not in living(view_context))
    settle(view_context, qtbot)
    assert len(page.list.model.groups) == 2
    window.undo()
    qtbot.waitUntil(lambda: len(page.list.model.groups) == 3)
    settle(view_context, qtbot)


def test_everything_goes_by_keyboard(
    view_context: ViewContext, qtbot: Any, people: dict[str, int]
) -> None:
    _window, page = opened(view_context, qtbot)
    page.list.table.setFocus()
    QTest.keyClick(page.list.table, Qt.Key.Key_Down)
    settle(view_context, qtbot)
    assert page.merge.ids() == (people["kim"], people["kim2"])
    QTest.keyClick(page.list.table, Qt.Key.Key_Return)
    assert page.merge.hasFocus()
    QTest.keyClick(page.merge, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: people["kim2"] not in living(view_context))
    settle(view_context, qtbot)


def test_not_the_same_is_not_offered_again(
    view_context: ViewContext, qtbot: Any, people: dict[str, int]
) -> None:
    window, page = opened(view_context, qtbot)
    press(window, "merge.apart")
    qtbot.waitUntil(lambda: len(page.list.model.groups) == 2)
    page.list.search()
    qtbot.waitUntil(lambda: not page.list.searching)
    settle(view_context, qtbot)
    pair = {people["jane"], people["jane2"]}
    assert all(not pair <= set(group.ids) for group in page.list.model.groups if len(group.ids) < 3)
    assert len(living(view_context)) == 5


def test_the_sides_can_be_swapped(
    view_context: ViewContext, qtbot: Any, people: dict[str, int]
) -> None:
    window, _page = opened(view_context, qtbot)
    press(window, "merge.swap")
    settle(view_context, qtbot)
    press(window, "merge.merge")
    qtbot.waitUntil(lambda: people["jane"] not in living(view_context))
    settle(view_context, qtbot)
    assert people["jane2"] in living(view_context)


def test_a_large_group_is_gone_through_one_by_one(view_context: ViewContext, qtbot: Any) -> None:
    ids = [add(view_context, "John", "Smith") for _ in range(30)]
    window, page = opened(view_context, qtbot)
    assert page.list.model.row_at(0).title() == "John Smith (30)"
    assert text_of(window, "merge.place") == "1 of 29"
    press(window, "merge.next")
    settle(view_context, qtbot)
    assert text_of(window, "merge.place") == "2 of 29"
    press(window, "merge.merge")
    qtbot.waitUntil(lambda: ids[2] not in living(view_context))
    settle(view_context, qtbot)
    assert page.merge.ids() == tuple(ids[:2] + ids[3:])


def test_merge_with_asks_for_the_other_and_returns_to_the_contact(
    view_context: ViewContext, qtbot: Any, people: dict[str, int]
) -> None:
    window, page = opened(view_context, qtbot)
    window.navigate(Target("duplicates", "merge", people["bob"]))
    assert text_of(window, "merge.pick.title") == "Merge Bob Olson with…"
    page.pick.search.setText("kim")
    row = f"merge.pick.{people['kim']}"
    qtbot.waitUntil(lambda: window.findChild(QPushButton, row) is not None)
    settle(view_context, qtbot)
    QTest.keyClick(page.pick.search, Qt.Key.Key_Down)
    first = window.focusWidget()
    assert isinstance(first, QPushButton)
    picked = int(first.objectName().rpartition(".")[2])
    QTest.keyClick(first, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.merge.ids() == (people["bob"], picked))
    settle(view_context, qtbot)
    assert text_of(window, "merge.reasons") == "Nothing of these two is alike."
    press(window, "merge.merge")
    qtbot.waitUntil(lambda: len(living(view_context)) == 4)
    settle(view_context, qtbot)
    assert window.current_page().key == "contacts"


def test_an_office_without_duplicates_says_so(view_context: ViewContext, qtbot: Any) -> None:
    add(view_context, "Jane", "Olson")
    _window, page = opened(view_context, qtbot)
    assert page.list.empty.isVisible()
    assert not page.list.table.isVisible()


def test_other_changes_are_said_and_not_searched_for(
    view_context: ViewContext, qtbot: Any, people: dict[str, int]
) -> None:
    window, page = opened(view_context, qtbot)
    add(view_context, "Jane", "Olson", "605-555-0138")
    qtbot.waitUntil(lambda: text_of(window, "duplicates.status") == "Contacts have changed since.")
    assert len(page.list.model.groups) == 3
    press(window, "duplicates.action")
    qtbot.waitUntil(lambda: not page.list.searching)
    settle(view_context, qtbot)
    assert len(page.list.model.groups[0].ids) == 3


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("scale", [150, 200])
def test_a_narrow_window_shows_one_pane_at_a_time(
    view_context: ViewContext, qtbot: Any, mode: str, scale: int
) -> None:
    place = Place(street="2416 S Prairie Ave", city="Sioux Falls")
    for _ in range(2):
        add(view_context, "Evangelical Lutheran", "Good Samaritan Society", places=(place,))
    try:
        window, page = opened(view_context, qtbot, size=(960, 620))
        theme().set_mode(mode)
        theme().set_text_scale(scale)
        qtbot.waitUntil(lambda: not page.side.isVisible())
        page.list.opened.emit()
        assert page.side.isVisible()
        assert not page.list.isVisible()
        assert window.findChild(QPushButton, "merge.merge").isVisible()
        window.go_back()
        assert page.list.isVisible()
    finally:
        theme().set_text_scale(100)
        theme().set_mode("light")
