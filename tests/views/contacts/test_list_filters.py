"""Filters, columns and selections of the list in the real window, by mouse and by keyboard."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from tcf_desktop.itemmodels.contact_list import field_column
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.contact_filter import (
    BUILT_IN,
    EVERYBODY,
    ContactFilter,
    from_json,
)
from tcf_desktop.services.undo import UndoLast
from tcf_desktop.views.common import ListTable
from tcf_desktop.views.contacts.list_pane import ContactListPane
from tcf_desktop.views.contacts.page import ContactsPage
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.main_window import MainWindow
from tests.views.window_tools import open_window, settle


@pytest.fixture
def window(sample_context: ViewContext, qtbot: QtBot) -> MainWindow:
    shown = open_window(sample_context, qtbot, "contacts")
    shown.resize(1440, 900)
    shown.activateWindow()
    return shown


@pytest.fixture
def pane(window: MainWindow, qtbot: QtBot) -> ContactListPane:
    page = window.page("contacts")
    assert isinstance(page, ContactsPage)
    qtbot.waitUntil(lambda: bool(page.list.choices.cities))
    return page.list


def panel(pane: ContactListPane, name: str) -> QWidget:
    found = pane.findChild(QWidget, name)
    assert found is not None, name
    return found


def shown(pane: ContactListPane) -> ContactFilter:
    return from_json(pane.state()["filter"])


def select(pane: ContactListPane, count: int, qtbot: QtBot) -> list[int]:
    pane.table.setFocus()
    pane.table.select_row(0)
    for _ in range(count - 1):
        qtbot.keyClick(pane.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    return pane.selected_ids()


def test_filter_is_chosen_kept_shown_as_chips_and_taken_away(
    window: MainWindow, pane: ContactListPane, qtbot: QtBot
) -> None:
    everybody = pane.model.rowCount()
    qtbot.keyClick(
        window,
        Qt.Key.Key_F,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    filters = pane.selection._filters
    assert filters is not None
    qtbot.waitUntil(filters.isVisible)
    settle(window.ctx, qtbot)
    city = filters.combos["city"]
    city.setCurrentIndex(city.findData("Sioux Falls"))
    filters.switches["overdue"].click()
    settle(window.ctx, qtbot)
    assert shown(pane) == ContactFilter(city="Sioux Falls", overdue=True)
    assert 0 < pane.model.rowCount() < everybody
    filters.save.click()
    filters.name.setText("Downtown")
    qtbot.keyClick(filters.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Downtown" in {entry.name for entry in pane.choices.saved})
    kept = next(entry for entry in pane.choices.saved if entry.name == "Downtown")
    qtbot.waitUntil(lambda: pane.findChild(QWidget, f"contacts.filters.kept.{kept.id}") is not None)
    qtbot.keyClick(filters, Qt.Key.Key_Escape)
    assert not filters.isVisible()
    chip = panel(pane, "contacts.part.city")
    assert chip.accessibleName() == "Take away the filter City: Sioux Falls"
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert shown(pane) == ContactFilter(overdue=True)
    qtbot.mouseClick(panel(pane, "contacts.part.overdue"), Qt.MouseButton.LeftButton)
    settle(window.ctx, qtbot)
    assert pane.model.rowCount() == everybody
    window.navigate(Target("contacts", "filter", kept.id))
    settle(window.ctx, qtbot)
    assert shown(pane) == kept.shown


def test_kept_filter_is_renamed_and_deleted_in_the_panel(
    window: MainWindow, pane: ContactListPane, qtbot: QtBot
) -> None:
    pane.show_filter(ContactFilter(no_email=True))
    pane.open_filters()
    filters = pane.selection._filters
    assert filters is not None

    def is_kept(name: str) -> bool:
        return name in {entry.name for entry in pane.choices.saved}

    for action, name in ((filters.save, "Paper"), (filters.rename, "Paper only")):
        action.click()
        filters.name.setText(name)
        filters.keep.click()
        qtbot.waitUntil(partial(is_kept, name))
        qtbot.waitUntil(filters.rename.isVisible)
    assert not is_kept("Paper")
    filters.remove.click()
    qtbot.waitUntil(lambda: not is_kept("Paper only"))
    window.ctx.tasks.command(pane, UndoLast())
    qtbot.waitUntil(lambda: is_kept("Paper only"))


def test_built_in_filters_stand_in_menu_and_palette(
    window: MainWindow, pane: ContactListPane, qtbot: QtBot
) -> None:
    texts = {entry.text: entry.run for entry in window.menus.entries("contacts")}
    for name in ("Prospects without answer for 14 days", "Owes money", "Not seen for a year"):
        assert name in texts
    texts["Not seen for a year"]()
    settle(window.ctx, qtbot)
    assert shown(pane) == BUILT_IN["unseen"]
    assert pane.chips["customers"].isChecked()
    pane.chips["all"].click()
    assert shown(pane) == EVERYBODY


def test_preset_chips_keep_what_narrows_besides_and_all_does_not(
    window: MainWindow, pane: ContactListPane, qtbot: QtBot
) -> None:
    pane.show_filter(ContactFilter(city="Sioux Falls"))
    assert not any(chip.isChecked() for chip in pane.chips.values())
    pane.chips["owes"].click()
    assert shown(pane) == ContactFilter(city="Sioux Falls", owes=True)
    pane.chips["due"].click()
    assert shown(pane) == ContactFilter(city="Sioux Falls", due_again=True)
    settle(window.ctx, qtbot)


def test_nothing_fits_says_so_with_a_way_back(
    window: MainWindow, pane: ContactListPane, qtbot: QtBot
) -> None:
    pane.show_filter(ContactFilter(tag="nobody has this"))
    settle(window.ctx, qtbot)
    assert "Nobody fits" in pane._no_match.text.text()
    pane._show_all()
    settle(window.ctx, qtbot)
    assert pane.model.rowCount() > 10


def test_mistyped_name_says_what_was_looked_for(
    window: MainWindow, pane: ContactListPane, qtbot: QtBot
) -> None:
    pane.search.setText("hatrmann")
    qtbot.waitUntil(pane.top.meant.isVisible)
    assert pane.top.meant.text() == "Showing results for hartmann"
    assert pane.model.row_at(0).name.startswith("Hartmann")  # type: ignore[union-attr]
    assert pane.model.row_at(0).marks == ("hartmann",)  # type: ignore[union-attr]
    assert pane.order.text() == "Best matches first"
    pane.search.clear()
    qtbot.waitUntil(lambda: not pane.top.meant.isVisible())


def test_selection_bar_tags_several_with_one_undo(
    window: MainWindow, pane: ContactListPane, qtbot: QtBot
) -> None:
    ids = select(pane, 3, qtbot)
    assert pane.top.selection.isVisible()
    assert not pane.top.chip_row.isVisible()
    assert pane.top.selected.text() == "3 selected"
    qtbot.mouseClick(pane.top.buttons["tag"], Qt.MouseButton.LeftButton)
    tags = pane.selection._tags
    assert tags is not None
    assert not tags.apply.isEnabled()
    qtbot.keyClicks(tags.add, "Gutters, late")
    qtbot.keyClick(tags.add, Qt.Key.Key_Return)

    def stored() -> set[str]:
        marks = ",".join(map(str, ids))
        sql = f"SELECT tags FROM contacts WHERE id IN ({marks})"
        return {row[0] for row in window.ctx.office.read(lambda r: r.all(sql))}

    qtbot.waitUntil(lambda: all("Gutters,late" in text for text in stored()))
    assert pane.selected_ids() == ids
    window.ctx.tasks.command(pane, UndoLast())
    qtbot.waitUntil(lambda: not any("Gutters" in text for text in stored()))
    settle(window.ctx, qtbot)
    qtbot.keyClick(pane.table, Qt.Key.Key_Escape)
    assert len(pane.selected_ids()) == 1
    assert pane.top.chip_row.isVisible()


def test_price_list_menu_and_export_take_the_selection(
    window: MainWindow, pane: ContactListPane, qtbot: QtBot
) -> None:
    ids = select(pane, 2, qtbot)
    list_id, name = pane.choices.price_lists[0]
    pane.selection.act("prices", pane.top.buttons["prices"])
    menu = pane.findChild(QMenu, "contacts.prices")
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text() == name).trigger()
    menu.close()
    sql = f"SELECT price_list_id FROM contacts WHERE id IN ({ids[0]}, {ids[1]})"
    qtbot.waitUntil(
        lambda: {row[0] for row in window.ctx.office.read(lambda r: r.all(sql))} == {list_id}
    )
    pane.exportRequested.disconnect()
    with qtbot.waitSignal(pane.exportRequested) as asked:
        pane.selection.act("export")
    assert asked.args == [ids]


def test_everybody_can_be_selected_at_once(
    window: MainWindow, pane: ContactListPane, qtbot: QtBot
) -> None:
    pane.table.setFocus()
    qtbot.keyClick(pane.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert pane.selected_ids() == list(pane.model.ids)
    assert pane.table.selected_count() == pane.model.rowCount()


def test_columns_are_chosen_sorted_and_kept(
    window: MainWindow, pane: ContactListPane, qtbot: QtBot
) -> None:
    QAbstractItemModelTester(pane.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    pane.columns.show_column("email", visible=True)
    pane.columns.show_column("phone", visible=False)
    number = next(n for n, c in enumerate(pane.model.columns) if c.key == "email")
    assert not pane.table.isColumnHidden(number)
    assert pane.table.isColumnHidden(1)
    pane.table.horizontalHeader().sectionClicked.emit(number)
    settle(window.ctx, qtbot)
    rows = [pane.model.row_at(n) for n in range(pane.model.rowCount())]
    addresses = [row.more["email"].lower() for row in rows if row is not None]
    known = [email for email in addresses if email]
    assert known == sorted(known)
    assert len(set(known)) > 1
    assert pane.order.text() == "Sorted by E-mail"
    assert pane.model.index(0, number).data() == rows[0].more["email"]  # type: ignore[union-attr]
    header = pane.table.horizontalHeader()
    header.moveSection(header.visualIndex(number), 1)
    assert pane.columns.shown()[:2] == ["name", "email"]
    header.resizeSection(number, 200)
    again = ContactListPane(window.ctx)
    qtbot.addWidget(again)
    assert again.columns.shown() == pane.columns.shown()
    place = again.table.horizontalHeader()
    assert place.sectionSize(number) == 200
    pane.columns.reset()
    assert pane.columns.shown() == ["name", "phone", "owes", "next"]


def test_column_menu_ticks_what_is_shown(pane: ContactListPane) -> None:
    menu = QMenu()
    pane.columns.fill_menu(menu)
    ticked = {action.text() for action in menu.actions() if action.isChecked()}
    assert ticked == {"Phone", "Owes", "Next visit"}
    next(action for action in menu.actions() if action.text() == "E-mail").trigger()
    assert "email" in pane.columns.shown()


def test_own_fields_become_columns_and_go_again(pane: ContactListPane) -> None:
    before = len(pane.model.columns)
    own = [field_column(901, "Gate code", "text"), field_column(902, "Since", "date")]
    assert pane.model.set_fields(own)
    assert not pane.model.set_fields(own)
    pane.columns.dress()
    assert [column.title for column in pane.model.columns[-2:]] == ["Gate code", "Since"]
    assert pane.table.isColumnHidden(pane.model.columnCount() - 1)
    assert pane.model.set_fields([])
    assert len(pane.model.columns) <= before


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("scale", [100, 150, 200])
def test_panels_fit_into_a_small_window(
    window: MainWindow, pane: ContactListPane, qtbot: QtBot, mode: str, scale: int
) -> None:
    theme().set_mode(mode)
    theme().set_text_scale(scale)
    try:
        window.resize(960, 620)
        pane.open_filters()
        filters = pane.selection._filters
        assert filters is not None
        qtbot.waitUntil(lambda: pane.rect().contains(filters.geometry()))
        filters.dismiss()
        select(pane, 3, qtbot)
        for button in pane.top.buttons.values():
            corner = button.mapTo(pane, QPoint(button.width(), button.height()))
            assert corner.x() <= pane.width()
        assert isinstance(pane.table, ListTable)
        assert not window.grab().isNull()
    finally:
        theme().set_text_scale(100)
        theme().set_mode("light")


def test_typing_into_the_search_closes_the_filters(pane: ContactListPane, qtbot: QtBot) -> None:
    pane.open_filters()
    filters = pane.selection._filters
    assert filters is not None
    qtbot.waitUntil(filters.isVisible)
    pane.search.setText("anders")
    qtbot.waitUntil(lambda: not filters.isVisible())
