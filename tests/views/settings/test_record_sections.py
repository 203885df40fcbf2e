"""Own fields, measures, services and price lists in Settings: changed where they stand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tcf_desktop.domain.contacts import ContactDraft, Named, Place
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.qtkit.a11y import unnamed_controls
from tcf_desktop.services.catalog import SaveService
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.custom_fields import SaveField
from tcf_desktop.services.measures import RemoveMeasure, SaveMeasure
from tcf_desktop.services.price_lists import SavePriceList
from tcf_desktop.services.queries import record_settings as queries
from tcf_desktop.views.common import ComboBox, DataLabel, LineEdit
from tcf_desktop.views.context import ViewContext
from tcf_desktop.views.main_window import MainWindow
from tcf_desktop.views.settings.page import SettingsPage
from tcf_desktop.views.settings.rows import ListSection
from tests.views.window_tools import open_window, settle


@pytest.fixture
def window(view_context: ViewContext, qtbot: QtBot) -> MainWindow:
    opened = open_window(view_context, qtbot, "settings")
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    return opened


def section(window: MainWindow, key: str, qtbot: QtBot) -> ListSection:
    page = window.current_page()
    assert isinstance(page, SettingsPage)
    page.show_section(key)
    settle(window.ctx, qtbot)
    found = page.section(key)
    assert isinstance(found, ListSection)
    return found


def retype(edit: LineEdit, text: str) -> None:
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Return)


def press(parent: QWidget, name: str) -> None:
    found = parent.findChild(QPushButton, name)
    assert found is not None, name
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def choose(combo: ComboBox, data: object) -> None:
    combo.setFocus()
    combo.setCurrentIndex(combo.findData(data))
    combo.activated.emit(combo.currentIndex())


def test_a_field_is_added_named_and_given_choices(window: MainWindow, qtbot: QtBot) -> None:
    fields = section(window, "contact_fields", qtbot)
    assert "No field of your own yet" in fields.empty.text()
    press(fields, "settings.contact_fields.add")
    qtbot.waitUntil(lambda: len(fields._rows) == 1)
    row = fields.row(fields._order[0])
    qtbot.waitUntil(row.name.hasFocus)
    QTest.keyClicks(row.name, "Door")
    QTest.keyClick(row.name, Qt.Key.Key_Return)
    settle(window.ctx, qtbot)
    kind = row.findChild(ComboBox, f"{row.object_name}.kind")
    choices = row.findChild(LineEdit, f"{row.object_name}.choices")
    assert kind is not None
    assert choices is not None
    assert choices.isHidden()
    choose(kind, "choice")
    settle(window.ctx, qtbot)
    assert "commas" in row.note.text()
    retype(choices, "Red, Blue")
    qtbot.waitUntil(lambda: not row.note.isVisible())
    settle(window.ctx, qtbot)
    stored = window.ctx.office.read(queries.fields)
    assert [(field.name, field.kind, field.choices) for field in stored] == [
        ("Door", "choice", ("Red", "Blue"))
    ]


def test_a_kind_that_does_not_fit_is_said_at_its_row(window: MainWindow, qtbot: QtBot) -> None:
    run = window.ctx.office.runner.run
    field = run(SaveField(None, "Ladder", "text"))
    run(SaveContact(ContactDraft(last_name="Moen", fields=(Named("Ladder", "tall"),))))
    fields = section(window, "contact_fields", qtbot)
    row = fields.row(field)
    kind = row.findChild(ComboBox, f"{row.object_name}.kind")
    assert kind is not None
    choose(kind, "number")
    qtbot.waitUntil(lambda: "such as “tall”" in row.note.text())
    qtbot.waitUntil(lambda: kind.currentData() == "text")
    choose(kind, "choice")  # the choices begin with what is there
    qtbot.waitUntil(lambda: window.ctx.office.read(queries.fields)[0].choices == ("tall",))


def test_fields_move_go_and_come_back(window: MainWindow, qtbot: QtBot) -> None:
    run = window.ctx.office.runner.run
    first = run(SaveField(None, "Ladder", "text"))
    second = run(SaveField(None, "Door", "text"))
    run(SaveContact(ContactDraft(last_name="Moen", fields=(Named("Ladder", "tall"),))))
    fields = section(window, "contact_fields", qtbot)
    press(fields, f"settings.contact_fields.{second}.up")
    qtbot.waitUntil(lambda: fields._order == [second, first])
    assert not fields.row(second).up.isEnabled()
    assert not fields.row(first).down.isEnabled()
    press(fields, f"settings.contact_fields.{first}.remove")
    qtbot.waitUntil(lambda: fields._order == [second])
    restore = f"settings.contact_fields.restore{first}"
    qtbot.waitUntil(lambda: fields.findChild(QPushButton, restore) is not None)
    press(fields, restore)
    qtbot.waitUntil(lambda: fields._order == [second, first])
    window.undo()
    qtbot.waitUntil(lambda: fields._order == [second])


def test_a_measure_is_stored_with_its_unit(window: MainWindow, qtbot: QtBot) -> None:
    measures = section(window, "measures", qtbot)
    press(measures, "settings.measures.add")
    press(measures, "settings.measures.add")
    qtbot.waitUntil(lambda: len(measures._order) == 1 or len(measures._order) == 2)
    settle(window.ctx, qtbot)
    row = measures.row(measures._order[0])
    retype(row.name, "Panes")
    unit = row.findChild(LineEdit, f"{row.object_name}.unit")
    assert unit is not None
    retype(unit, "panes")
    settle(window.ctx, qtbot)
    stored = window.ctx.office.read(queries.measures)[0]
    assert (stored.name, stored.unit) == ("Panes", "panes")
    place = Place(street="1 Main", measures=(Named("Panes", "24"),))
    window.ctx.office.runner.run(SaveContact(ContactDraft(last_name="Moen", places=(place,))))
    press(measures, f"settings.measures.{stored.id}.remove")
    restore = f"settings.measures.restore{stored.id}"
    qtbot.waitUntil(lambda: measures.findChild(QPushButton, restore) is not None)
    press(measures, restore)
    qtbot.waitUntil(lambda: stored.id in measures._order)


def test_a_service_gets_price_unit_measure_and_order(window: MainWindow, qtbot: QtBot) -> None:
    run = window.ctx.office.runner.run
    panes = run(SaveMeasure(None, "Panes", "panes"))
    first = run(SaveService(None, "Windows", 450 * E4, "Glass", "pane", 75))
    services = section(window, "services", qtbot)
    press(services, "settings.services.add")
    qtbot.waitUntil(lambda: len(services._order) == 2)
    second = services._order[1]
    row = services.row(first)
    measure = row.findChild(ComboBox, f"{row.object_name}.measure")
    price = row.findChild(LineEdit, f"{row.object_name}.price")
    assert measure is not None
    assert price is not None
    choose(measure, panes)
    settle(window.ctx, qtbot)
    retype(price, "4.75")
    settle(window.ctx, qtbot)
    stored = window.ctx.office.read(queries.services)[0]
    assert (stored.price_e4, stored.measure_id) == (475 * E4, panes)
    assert (stored.description, stored.unit, stored.minutes) == ("Glass", "pane", 75)
    length = row.findChild(LineEdit, f"{row.object_name}.minutes")
    assert length is not None
    retype(length, "1:30")
    settle(window.ctx, qtbot)
    assert window.ctx.office.read(queries.services)[0].minutes == 90
    retype(length, "soon")
    assert "no length" in row.note.text()
    assert length.text() == "1 h 30 min"
    settle(window.ctx, qtbot)
    assert window.ctx.office.read(queries.services)[0].minutes == 90
    run(RemoveMeasure(panes))
    qtbot.waitUntil(lambda: measure.count() == 1)
    settle(window.ctx, qtbot)
    retype(price, "5.00")
    settle(window.ctx, qtbot)
    stored = window.ctx.office.read(queries.services)[0]
    assert (stored.price_e4, stored.measure_id) == (500 * E4, panes)
    press(services, f"settings.services.{second}.up")
    qtbot.waitUntil(lambda: services._order == [second, first])
    press(services, f"settings.services.{second}.remove")
    qtbot.waitUntil(lambda: services._order == [first])


def test_prices_of_a_list_are_typed_into_a_table(window: MainWindow, qtbot: QtBot) -> None:
    run = window.ctx.office.runner.run
    windows = run(SaveService(None, "Windows", 450 * E4))
    chain = run(SavePriceList(None, "Chains"))
    run(SaveContact(ContactDraft(company="Acme", price_list="Chains")))
    lists = section(window, "price_lists", qtbot)
    row = lists.row(chain)
    name = f"{row.object_name}.price{windows}"
    assert row.findChild(LineEdit, name) is None
    press(row, f"{row.object_name}.prices.head")
    edit = row.findChild(LineEdit, name)
    assert edit is not None
    assert edit.placeholderText() == "4.50"
    retype(edit, "4.00")
    settle(window.ctx, qtbot)
    assert window.ctx.office.read(queries.price_lists)[0].prices == {windows: 400 * E4}
    retype(edit, "cheap")
    assert row.note.isVisible()
    assert edit.text() == "4.00"
    edit.clear()
    edit.setModified(True)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    settle(window.ctx, qtbot)
    assert window.ctx.office.read(queries.price_lists)[0].prices == {}
    press(lists, f"settings.price_lists.{chain}.remove")
    restore = f"settings.price_lists.restore{chain}"
    qtbot.waitUntil(lambda: lists.findChild(QPushButton, restore) is not None)
    said = [label.text() for label in lists.findChildren(DataLabel)]
    assert "“Chains” was removed. 1 contact pays the usual prices now." in said
    press(lists, restore)
    qtbot.waitUntil(lambda: lists._order == [chain])
    name_edit = lists.row(chain).name
    name_edit.setFocus()
    name_edit.selectAll()
    QTest.keyClick(name_edit, Qt.Key.Key_Backspace)
    QTest.keyClick(name_edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "needs a name" in lists.row(chain).note.text())
    assert window.ctx.office.read(queries.price_lists)[0].name == "Chains"


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("key", ["contact_fields", "measures", "services", "price_lists"])
def test_both_themes_paint_and_everything_has_a_name(
    window: MainWindow, qtbot: QtBot, mode: str, key: str
) -> None:
    run = window.ctx.office.runner.run
    run(SaveField(None, "Door", "choice", ("Red",)))
    run(SaveMeasure(None, "Panes", "panes"))
    run(SaveService(None, "Windows", 450 * E4))
    run(SavePriceList(None, "Chains"))
    window.ctx.theme.set_mode(mode)
    shown = section(window, key, qtbot)
    assert unnamed_controls(shown) == []
    assert not shown.grab().isNull()
