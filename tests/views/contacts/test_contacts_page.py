"""The contacts page in the real window: finding, reading, adding, changing, deleting."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tcf_desktop.domain.contacts import ContactDraft, NoteDraft, Phone
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.queries.contact_filter import ContactFilter
from tcf_desktop.services.undo import UndoLast
from tcf_desktop.views.contacts.page import ContactsPage
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.main_window import MainWindow
from tests.views.window_tools import open_window, settle


@pytest.fixture
def window(sample_context: ViewContext, qtbot: QtBot) -> MainWindow:
    shown = open_window(sample_context, qtbot, "contacts")
    shown.resize(1440, 900)
    return shown


def page_of(window: MainWindow) -> ContactsPage:
    page = window.page("contacts")
    assert isinstance(page, ContactsPage)
    return page


def child(parent: QWidget, name: str) -> QWidget:
    found = parent.findChild(QWidget, name)
    assert found is not None, name
    return found


def type_search(page: ContactsPage, text: str, qtbot: QtBot) -> None:
    page.list.search.clear()
    qtbot.keyClicks(page.list.search, text)
    qtbot.wait(1)
    settle(page.ctx, qtbot)
    qtbot.wait(200)
    settle(page.ctx, qtbot)


def names(page: ContactsPage) -> list[str]:
    rows = (page.list.model.row_at(n) for n in range(page.list.model.rowCount()))
    return [row.name for row in rows if row is not None]


def test_list_shows_everybody_and_the_first_in_detail(window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    shown = names(page)
    assert len(shown) > 30
    assert page.list.chips["all"].text() == "All"
    name = child(page.detail, "contacts.detail.name")
    assert name.text() in {f"{shown[0]}", " ".join(reversed(shown[0].split(", ")))}  # type: ignore[attr-defined]
    QAbstractItemModelTester(page.list.model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_search_narrows_with_each_key_and_escape_brings_all_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = page_of(window)
    everybody = names(page)
    wanted = everybody[len(everybody) // 2]
    type_search(page, wanted.split(",")[0].lower()[:5], qtbot)
    assert wanted in names(page)
    assert len(names(page)) < len(everybody)
    type_search(page, "qqzzy", qtbot)
    assert page.list.table.isHidden()
    assert "qqzzy" in page.list._no_match.text.text()
    qtbot.keyClick(page.list.search, Qt.Key.Key_Escape)
    qtbot.wait(1)
    settle(window.ctx, qtbot)
    assert names(page) == everybody


def test_arrow_down_goes_into_the_list_and_enter_opens(window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    window.activateWindow()
    assert page.focus_search()
    qtbot.keyClick(page.list.search, Qt.Key.Key_Down)
    qtbot.keyClick(page.list.table, Qt.Key.Key_Down)
    settle(window.ctx, qtbot)
    assert page.detail.contact_id == page.list.model.id_at(1)
    page.list.step(1)
    settle(window.ctx, qtbot)
    assert page.detail.contact_id == page.list.model.id_at(2)


def test_filters_and_sorting_show_what_they_say(window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    page.list.chips["owes"].click()
    settle(window.ctx, qtbot)
    rows = [page.list.model.row_at(n) for n in range(page.list.model.rowCount())]
    assert rows
    assert all(row is not None and row.owes_cents > 0 for row in rows)
    header = page.list.table.horizontalHeader()
    header.sectionClicked.emit(2)
    settle(window.ctx, qtbot)
    owed = [page.list.model.row_at(n).owes_cents for n in range(page.list.model.rowCount())]  # type: ignore[union-attr]
    assert owed == sorted(owed, reverse=True)
    assert "owe" in page.list.order.text()
    state = page.page_state()
    assert (state["filter"], state["sort"]) == (ContactFilter(owes=True).to_json(), "-owes")


def test_new_contact_is_written_selected_and_undone(window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    before = page.list.model.rowCount()
    window.navigate(Target("contacts", "new"))
    form = page.form
    assert form.isVisible()
    for name, text in (
        ("contacts.form.first_name", "Astrid 😀"),
        ("contacts.form.last_name", "Zzmoen"),
        ("contacts.form.phone", "605-555-9988"),
        ("contacts.form.place.street", "118 Shore Dr"),
        ("contacts.form.place.city", "Wall Lake"),
    ):
        field = child(form, name)
        assert isinstance(field, QLineEdit)
        field.setText(text)
    form.places.forms[0].access.setText("Key under the planter")
    qtbot.mouseClick(child(form, "contacts.form.save"), Qt.MouseButton.LeftButton)
    settle(window.ctx, qtbot)
    qtbot.waitUntil(lambda: page.list.model.rowCount() == before + 1)
    qtbot.waitUntil(lambda: page.list.selected_ids() == [page.detail.contact_id])
    assert not form.isVisible()
    row = page.list.model.row_at(page.list.table.currentIndex().row())
    assert row is not None
    assert (row.name, row.places) == ("Zzmoen, Astrid 😀", 1)
    window.ctx.tasks.command(page, UndoLast())
    qtbot.waitUntil(lambda: page.list.model.rowCount() == before)


def test_form_refuses_an_empty_contact_in_words_and_keeps_what_was_typed(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = page_of(window)
    page.new_contact()
    page.form.note.setText("called at noon")
    page.form.submit()
    settle(window.ctx, qtbot)
    assert page.form.problem.isVisible()
    assert "Give a name" in page.form.problem.label.text()
    qtbot.keyClick(page.form, Qt.Key.Key_Escape)
    assert not page.form.isVisible()
    page.new_contact()
    page.form.note.setText("kept")
    page._on_form_left()
    window.snackbar.findChild(QWidget)
    page.form.take_up(ContactDraft(notes=(NoteDraft("kept"),)), None)
    assert page.form.note.text() == "kept"


def test_edit_changes_the_detail_at_once_and_says_who_is_double(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = page_of(window)
    contact_id = page.list.model.id_at(0)
    other = page.list.model.row_at(1)
    assert other is not None
    window.navigate(Target("contacts", "edit", contact_id))
    page.form.company.setText("Changed & Sons <b>")
    page.form.first.clear()
    page.form.last.clear()
    page.form.phones.rows[0].value.setText(other.phone)
    page.form.phones.changed.emit()
    qtbot.waitUntil(page.form.doubles.isVisible)
    assert other.id in [alike.id for alike in page.form.doubles.found]
    page.form.submit()
    settle(window.ctx, qtbot)
    qtbot.waitUntil(
        lambda: child(page.detail, "contacts.detail.name").text() == "Changed & Sons <b>"  # type: ignore[attr-defined]
    )


def test_delete_says_so_and_selects_the_next(window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    draft = ContactDraft(first_name="A", last_name="Aaa", phones=(Phone("605-555-7777"),))
    contact_id = window.ctx.office.runner.run(SaveContact(draft))
    before = page.list.model.rowCount()
    qtbot.waitUntil(lambda: page.list.model.rowCount() == before + 1)
    page.list.show_contact(contact_id)
    settle(window.ctx, qtbot)
    page.delete([contact_id])
    settle(window.ctx, qtbot)
    qtbot.waitUntil(lambda: page.list.model.rowCount() == before)
    qtbot.waitUntil(lambda: page.detail.contact_id not in {None, contact_id})
    assert page.list.selected_ids() == [page.detail.contact_id]


def test_a_key_that_is_still_held_does_not_change_what_is_selected_next(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = page_of(window)
    page.list.show_contact(page.list.model.id_at(3))
    settle(window.ctx, qtbot)
    qtbot.keyPress(page.list.table, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    try:
        page.list.table.select_row(5)
        page.list.table.select_row(5)
        assert page.list.selected_ids() == [page.list.model.id_at(5)]
    finally:
        qtbot.keyRelease(page.list.table, Qt.Key.Key_Control)


def test_narrow_window_shows_one_pane_and_a_way_back(window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    window.resize(960, 620)
    qtbot.waitUntil(lambda: not page.side.isVisible())
    assert page.list.isVisible()
    page.list.opened.emit(page.list.model.id_at(0))
    settle(window.ctx, qtbot)
    assert page.side.isVisible()
    assert not page.list.isVisible()
    back = page.back_action()
    assert back is not None
    back()
    assert page.list.isVisible()
    window.resize(1440, 900)
    qtbot.waitUntil(page.side.isVisible)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_hostile_text_is_shown_as_it_is(view_context: ViewContext, qtbot: QtBot, mode: str) -> None:
    window = open_window(view_context, qtbot, "contacts")
    view_context.theme.set_mode(mode)
    page = page_of(window)
    assert page.list._empty.isVisible()
    evil = "<img src=/etc/hostname>" + "<table>" * 30 + "&File %s {0} שלום"
    draft = ContactDraft(
        first_name=evil, last_name="x" * 10_000, company=evil, notes=(NoteDraft(evil * 20),)
    )
    view_context.office.runner.run(SaveContact(draft))
    qtbot.waitUntil(lambda: page.list.model.rowCount() == 1)
    settle(view_context, qtbot)
    qtbot.waitUntil(lambda: page.detail.findChild(QWidget, "contacts.detail.name") is not None)
    assert not window.grab().isNull()
    view_context.theme.set_mode("light")


def test_choosing_contacts_again_leaves_the_import(window: MainWindow, qtbot: QtBot) -> None:
    page = page_of(window)
    page.open_import()
    assert page.title() == "Import"
    window.go_to("contacts")
    assert page.title() == "Contacts"


def test_due_duplicates_and_trash_can_be_reached_with_the_mouse(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = page_of(window)
    for key in ("due", "duplicates", "trash"):
        window.go_to("contacts")
        page.list.open_filters()
        link = child(window, f"contacts.filters.{key}")
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
        shown = window.current_page()
        assert shown is not None
        assert shown.key == key
