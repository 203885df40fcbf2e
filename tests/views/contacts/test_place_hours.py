"""Opening hours of a location: on its card, changed in its place."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tcf_desktop.domain.contacts import ContactDraft, Place
from tcf_desktop.qtkit.a11y import unnamed_controls
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.queries.working_hours import calendar, place_hours
from tcf_desktop.services.undo import UndoLast
from tcf_desktop.views.common import DataLabel
from tcf_desktop.views.contacts.detail_place_hours import PlaceHoursPart
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.main_window import MainWindow
from tests.views.window_tools import open_window, settle

SATURDAY, MONDAY = date(2026, 7, 18), date(2026, 7, 20)


@pytest.fixture
def bank(view_context: ViewContext) -> int:
    draft = ContactDraft(company="First Bank", places=(Place(street="1 Main St"),))
    return view_context.office.runner.run(SaveContact(draft))


def parts(window: MainWindow) -> list[PlaceHoursPart]:
    return [one for one in window.findChildren(PlaceHoursPart) if one.isVisible()]


def part(window: MainWindow) -> PlaceHoursPart:
    (found,) = parts(window)
    return found


def words(window: MainWindow) -> list[str]:
    labels = [label for one in parts(window) for label in one.findChildren(DataLabel)]
    links = [one.link.text() for one in parts(window)]
    return [*links, *(label.text() for label in labels)]


def test_hours_are_set_shown_and_taken_away(
    view_context: ViewContext, bank: int, qtbot: QtBot
) -> None:
    window = open_window(view_context, qtbot, "contacts")
    window.navigate(Target("contacts", "contact", bank))
    settle(view_context, qtbot)
    line = part(window)
    assert line.link.text() == "Add opening hours"
    line.link.click()
    editor = line.editor
    assert editor is not None
    assert unnamed_controls(line) == []
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(view_context, qtbot)
    qtbot.waitUntil(lambda: "Open only Mon–Fri 9:00–4:00 PM" in words(window))
    (place_id,) = view_context.office.read(lambda r: place_hours(r, bank))
    known = view_context.office.read(lambda r: calendar(r, SATURDAY, MONDAY, {place_id}))
    assert known.location_day(place_id, SATURDAY).hours is None
    assert known.location_day(place_id, MONDAY).hours == (540, 960)

    settle(view_context, qtbot)
    part(window).link.click()
    always = part(window).findChild(QPushButton, f"contacts.place.{place_id}.hours.always")
    assert always is not None
    always.click()
    qtbot.waitUntil(lambda: "Add opening hours" in words(window))
    view_context.office.runner.run(UndoLast())
    qtbot.waitUntil(lambda: "Open only Mon–Fri 9:00–4:00 PM" in words(window))


def test_escape_leaves_the_hours_as_they_were(
    view_context: ViewContext, bank: int, qtbot: QtBot
) -> None:
    window = open_window(view_context, qtbot, "contacts")
    window.navigate(Target("contacts", "contact", bank))
    settle(view_context, qtbot)
    line = part(window)
    line.link.click()
    assert line.editor is not None
    QTest.keyClick(line.editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: line.editor is None)
    assert view_context.office.read(lambda r: place_hours(r, bank)) == {}
