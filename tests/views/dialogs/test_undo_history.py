"""The undo history lists changes in words and takes one back by itself."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tcf_desktop.domain.contacts import ContactDraft, Phone
from tcf_desktop.services.company import SaveBusiness, SaveTax
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.merge import MergeContacts
from tcf_desktop.services.queries.history import history, last_undoable, undo_preview
from tcf_desktop.services.queries.settings import business_facts, taxes
from tcf_desktop.services.undo import UndoLast
from tcf_desktop.views.context import ViewContext
from tcf_desktop.views.dialogs.keyboard_card import KeyboardCard, shortcut_groups
from tcf_desktop.views.dialogs.undo_history import UndoHistory
from tests.views.window_tools import settle


def texts(dialog: UndoHistory) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]


def test_an_older_entry_can_be_taken_back_alone(view_context: ViewContext, qtbot: QtBot) -> None:
    run = view_context.office.runner.run
    run(SaveTax(None, "County 1 %", (("County", 10_000),)))
    run(SaveBusiness((("phone", "1"),)))
    dialog = UndoHistory(view_context)
    qtbot.addWidget(dialog)
    dialog.show()
    settle(view_context, qtbot)
    assert "New tax County 1 %" in texts(dialog)
    assert "Today, 10:42 AM" in texts(dialog)
    entry = view_context.office.read(history)[1]
    button = dialog.findChild(QPushButton, f"undo_history.undo{entry.id}")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(view_context.tasks.read_now(taxes)) == 1)
    assert view_context.tasks.read_now(business_facts).phone == "1"


def test_an_entry_that_moved_on_is_refused_in_words(
    view_context: ViewContext, qtbot: QtBot
) -> None:
    run = view_context.office.runner.run
    run(SaveBusiness((("phone", "1"),)))
    run(SaveBusiness((("phone", "2"),)))
    first = view_context.office.read(history)[1]
    dialog = UndoHistory(view_context)
    qtbot.addWidget(dialog)
    dialog.show()
    settle(view_context, qtbot)
    button = dialog.findChild(QPushButton, f"undo_history.undo{first.id}")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any("was changed again since" in text for text in texts(dialog)))


def test_the_search_narrows_and_an_undone_entry_says_so(
    view_context: ViewContext, qtbot: QtBot
) -> None:
    run = view_context.office.runner.run
    run(SaveTax(None, "County 1 %", (("County", 10_000),)))
    run(SaveBusiness((("phone", "1"),)))
    run(UndoLast())
    assert [row.undone for row in view_context.office.read(history)] == [True, False]
    found = view_context.office.read(last_undoable)
    assert found is not None
    assert found.params == {"name": "County 1 %"}
    dialog = UndoHistory(view_context)
    qtbot.addWidget(dialog)
    dialog.show()
    settle(view_context, qtbot)
    dialog.search.setText("county")
    qtbot.waitUntil(lambda: "Change of the business settings" not in texts(dialog))
    dialog.search.setText("qqq")
    qtbot.waitUntil(lambda: "Nothing matches “qqq”." in texts(dialog))


def test_the_keyboard_card_lists_every_key_once(qtbot: QtBot) -> None:
    card = KeyboardCard()
    qtbot.addWidget(card)
    rows = [row for _, rows in shortcut_groups() for row in rows]
    assert ("Undo", "Ctrl+Z") in rows
    assert len(rows) == len(set(rows))


def test_an_entry_says_what_it_changes_and_what_is_in_its_way(
    view_context: ViewContext, qtbot: QtBot
) -> None:
    run = view_context.office.runner.run
    draft = ContactDraft(last_name="Olson", phones=(Phone("605-555-0138"),))
    key = run(SaveContact(draft))
    run(SaveContact(ContactDraft(last_name="Olson", source="Web"), key))
    dialog = UndoHistory(view_context)
    qtbot.addWidget(dialog)
    dialog.show()
    settle(view_context, qtbot)
    first = view_context.office.read(history)[1]
    look = dialog.findChild(QPushButton, f"undo_history.look{first.id}")
    look.click()
    details = dialog.findChild(QLabel, f"undo_history.details{first.id}")
    qtbot.waitUntil(details.isVisible)
    assert details.text() == (
        "Undoing it changes 1 contact and 1 phone number.\n"
        "Changed since by: change of Olson (Today, 10:42 AM). Undo that first."
    )
    look.click()
    assert not details.isVisible()
    dialog.findChild(QPushButton, f"undo_history.undo{first.id}").click()
    qtbot.waitUntil(
        lambda: any("Changed since by: change of Olson" in text for text in texts(dialog))
    )


def test_a_merge_is_only_in_the_way_of_what_it_changed(
    view_context: ViewContext, qtbot: QtBot
) -> None:
    run, read = view_context.office.runner.run, view_context.office.read
    keep = run(SaveContact(ContactDraft(last_name="Olson")))
    other = run(SaveContact(ContactDraft(last_name="Olson", source="Web")))
    run(MergeContacts(keep, other))
    merged = read(history)[0]
    assert read(lambda r: undo_preview(r, merged.id)).in_the_way == ()
    draft = ContactDraft(last_name="Olson", source="Web", phones=(Phone("605-555-0138"),))
    run(SaveContact(draft, keep))
    assert read(lambda r: undo_preview(r, merged.id)).in_the_way == ()
    run(SaveContact(replace(draft, source="Neighbor"), keep))
    found = read(lambda r: undo_preview(r, merged.id))
    assert [row.label for row in found.in_the_way] == ["change of {name}"]
    assert found.counts == {"contacts": 2}


def test_hundreds_of_changes_are_counted_and_found(view_context: ViewContext, qtbot: QtBot) -> None:
    run = view_context.office.runner.run
    for number in range(100):
        run(SaveContact(ContactDraft(last_name=f"Customer {number}")))
    dialog = UndoHistory(view_context)
    qtbot.addWidget(dialog)
    dialog.show()
    settle(view_context, qtbot)
    assert "20 older changes: type a name to find one." in texts(dialog)
    dialog.search.setText("Customer 3")
    qtbot.waitUntil(lambda: "New contact Customer 3" in texts(dialog))
    assert not any("Customer 44" in text for text in texts(dialog))
