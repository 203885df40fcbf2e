"""While a contact is typed the form says who it may be, and nothing is in the way."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tcf_desktop.domain.contacts import ContactDraft, Phone, Place
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.views.contacts.page import ContactsPage
from tcf_desktop.views.context import Target, ViewContext
from tests.views.window_tools import open_window, settle

HOME = Place(street="2416 S Prairie Ave", city="Sioux Falls", postal_code="57105")


@pytest.fixture
def typed(view_context: ViewContext, qtbot: Any) -> Any:
    """Somebody is typing a contact that is known already; the pane shows it."""
    known = view_context.office.runner.run(
        SaveContact(
            ContactDraft(
                first_name="Jane", last_name="Olson", phones=(Phone("605-555-0138"),),
                places=(HOME,),
            )
        )
    )  # fmt: skip
    window = open_window(view_context, qtbot, "contacts")
    window.navigate(Target("contacts", "new"))
    page = window.current_page()
    assert isinstance(page, ContactsPage)
    QTest.keyClicks(page.form.first, "Jane")
    QTest.keyClicks(page.form.last, "Olson")
    qtbot.waitUntil(page.form.doubles.isVisible)
    return window, page, known


def test_a_namesake_is_offered_with_the_reason(typed: Any, qtbot: Any) -> None:
    _window, page, known = typed
    (alike,) = page.form.doubles.found
    assert alike.id == known
    QTest.keyClicks(page.form.first, "tta")  # Janetta
    qtbot.waitUntil(lambda: not page.form.doubles.isVisible())


def test_enter_on_the_name_opens_it(typed: Any, qtbot: Any, view_context: ViewContext) -> None:
    window, page, known = typed
    row = window.findChild(QPushButton, f"contacts.form.double.{known}")
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Return)
    settle(view_context, qtbot)
    assert page.detail.contact_id == known
    assert page.side.currentWidget() is page.detail


def test_ctrl_enter_keeps_it_as_a_new_contact(
    typed: Any, qtbot: Any, view_context: ViewContext
) -> None:
    _window, page, _known = typed
    QTest.keyClick(page.form.last, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(view_context, qtbot)
    names = view_context.office.read(lambda r: r.all("SELECT display_name FROM contacts"))
    assert names == [("Jane Olson",)] * 2


def test_an_address_alone_is_compared_too(
    typed: Any, qtbot: Any, view_context: ViewContext
) -> None:
    window, page, known = typed
    page.form.start_new()
    QTest.keyClicks(page.form.last, "Olson")
    fields = page.form.places.forms[0].fields
    for name, text in (("street", HOME.street), ("postal_code", HOME.postal_code)):
        QTest.keyClicks(fields[name], text)
    qtbot.waitUntil(
        lambda: (
            window.findChild(QPushButton, f"contacts.form.double.{known}") is not None
            and page.form.doubles.isVisible()
        )
    )
    settle(view_context, qtbot)
