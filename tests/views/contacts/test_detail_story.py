"""Notes, permissions and the timeline in the detail of a contact."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tcf_desktop.domain.contacts import ContactDraft, Email, Phone, Place
from tcf_desktop.services.consent import RevokeConsent
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.notes import AddNote
from tcf_desktop.services.queries.consent import consent_state
from tcf_desktop.services.queries.notes import note_text, notes_of
from tcf_desktop.services.undo import UndoLast
from tcf_desktop.views.contacts.detail_note_parts import NoteText, breakable
from tcf_desktop.views.contacts.detail_notes import NotesCard
from tcf_desktop.views.contacts.detail_pane import ContactDetailPane
from tcf_desktop.views.contacts.detail_reach import ReachCard
from tcf_desktop.views.contacts.detail_timeline import TimelineCard
from tcf_desktop.views.context import NoShell, NoticeAction, Target, ViewContext
from tests.services.queries.test_timeline import Fill
from tests.views.window_tools import settle

JULIA = ContactDraft(
    first_name="Julia",
    last_name="Hartmann",
    phones=(Phone("605-555-0172", "mobile"),),
    emails=(Email("julia@example.com"),),
    places=(Place("Home", "1 A St"), Place("Cabin", "2 B St")),
)


class Shell(NoShell):
    """Remembers the actions of notices, too."""

    def __init__(self) -> None:
        super().__init__()
        self.actions: list[NoticeAction] = []

    def notify(self, text: str, *, undo: bool, actions: list[NoticeAction]) -> None:
        super().notify(text, undo=undo, actions=actions)
        self.actions = actions


@pytest.fixture
def pane(view_context: ViewContext, qtbot: QtBot) -> Iterator[ContactDetailPane]:
    view_context.shell = Shell()
    made = ContactDetailPane(view_context)
    qtbot.addWidget(made)
    made.resize(700, 900)
    made.show()
    yield made
    settle(view_context, qtbot)


def show(pane: ContactDetailPane, qtbot: QtBot, draft: ContactDraft = JULIA) -> int:
    contact_id = pane.ctx.office.runner.run(SaveContact(draft))
    pane.show_contact(contact_id)
    settle(pane.ctx, qtbot)
    return contact_id


def notes_card(pane: ContactDetailPane) -> NotesCard:
    found = pane.cards["notes"]
    assert isinstance(found, NotesCard)
    return found


def reach_card(pane: ContactDetailPane) -> ReachCard:
    found = pane.cards["reach"]
    assert isinstance(found, ReachCard)
    return found


def timeline_card(pane: ContactDetailPane) -> TimelineCard:
    found = pane.cards["timeline"]
    assert isinstance(found, TimelineCard)
    return found


def shell(pane: ContactDetailPane) -> Shell:
    found = pane.ctx.shell
    assert isinstance(found, Shell)
    return found


def press(pane: ContactDetailPane, name: str, qtbot: QtBot) -> None:
    found = pane.findChild(QWidget, name)
    assert found is not None, name
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)
    settle(pane.ctx, qtbot)


def stored(pane: ContactDetailPane, contact_id: int) -> list[tuple[str, str, str]]:
    rows = pane.ctx.office.read(lambda r: notes_of(r, contact_id)).rows
    return [(row.head, row.visibility, row.place) for row in rows]


# notes


def test_a_note_is_kept_only_when_it_is_said_who_may_see_it(
    pane: ContactDetailPane, qtbot: QtBot
) -> None:
    contact_id = show(pane, qtbot)
    pane.add_note()
    editor = notes_card(pane).editor
    assert editor.isVisible()
    qtbot.keyClicks(editor.text, "Use the side ladder")
    qtbot.keyClick(editor.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(pane.ctx, qtbot)
    assert stored(pane, contact_id) == []
    assert editor.hint.text() == "Choose who may see this note."
    press(pane, "contacts.note.visibility.document", qtbot)
    assert editor.hint.text() == "Printed on invoices under the lines"
    qtbot.keyClick(editor.picker, Qt.Key.Key_Left)
    editor.place.setCurrentIndex(2)
    qtbot.keyClick(editor.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(pane.ctx, qtbot)
    chosen = editor.picker.value()
    assert stored(pane, contact_id) == [("Use the side ladder", chosen, "Cabin")]
    assert not editor.isVisible()
    assert shell(pane).notices[-1].startswith("Note added")


def test_arrow_keys_choose_who_sees_it(pane: ContactDetailPane, qtbot: QtBot) -> None:
    show(pane, qtbot)
    pane.add_note()
    picker = notes_card(pane).editor.picker
    chosen = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        focused = next(b for b in picker.findChildren(QPushButton) if b.hasFocus() or not chosen)
        qtbot.keyClick(focused, key)
        chosen.append(picker.value())
    assert chosen == ["crew", "document", "office", "document"]


def test_a_note_goes_to_the_contact_that_was_chosen_though_it_is_still_being_read(
    pane: ContactDetailPane, qtbot: QtBot
) -> None:
    show(pane, qtbot)
    other = pane.ctx.office.runner.run(SaveContact(ContactDraft(first_name="Other")))
    pane.show_contact(other)
    pane.add_note()
    editor = notes_card(pane).editor
    assert not editor.isVisible()
    qtbot.waitUntil(editor.isVisible)
    assert editor.typed().contact_id == other
    assert shell(pane).notices == []


def test_escape_asks_nothing_and_offers_to_bring_the_note_back(
    pane: ContactDetailPane, qtbot: QtBot
) -> None:
    contact_id = show(pane, qtbot)
    pane.add_note()
    editor = notes_card(pane).editor
    qtbot.keyClick(editor.text, Qt.Key.Key_Escape)
    assert not editor.isVisible()
    assert shell(pane).notices == []  # nothing was typed
    pane.add_note()
    qtbot.keyClicks(editor.text, "Half a thought")
    editor.picker.set_value("crew")
    qtbot.keyClick(editor.text, Qt.Key.Key_Escape)
    assert not editor.isVisible()
    assert shell(pane).notices == ["Your note was not kept."]
    shell(pane).actions[0].run()
    assert editor.text.whole() == "Half a thought"
    assert editor.picker.value() == "crew"
    other = pane.ctx.office.runner.run(SaveContact(ContactDraft(first_name="Other")))
    pane.show_contact(other)  # going elsewhere loses it no more than Esc does
    settle(pane.ctx, qtbot)
    assert not editor.isVisible()
    shell(pane).actions[0].run()
    assert shell(pane).targets == [Target("contacts", "contact", contact_id)]
    pane.show_contact(contact_id)
    settle(pane.ctx, qtbot)
    assert editor.isVisible()
    assert editor.text.whole() == "Half a thought"


def test_what_is_being_written_outlives_changes_by_others(
    pane: ContactDetailPane, qtbot: QtBot
) -> None:
    contact_id = show(pane, qtbot)
    pane.add_note()
    editor = notes_card(pane).editor
    qtbot.keyClicks(editor.text, "Typing")
    pane.ctx.office.runner.run(AddNote(contact_id, "From elsewhere", "office"))
    qtbot.waitUntil(lambda: bool(notes_card(pane)._lines))
    assert editor.isVisible()
    assert editor.text.whole() == "Typing"


def test_visibility_changes_with_a_menu_and_comes_back_with_undo(
    pane: ContactDetailPane, qtbot: QtBot
) -> None:
    contact_id = show(pane, qtbot)
    note_id = pane.ctx.office.runner.run(AddNote(contact_id, "Thanks", "office"))
    qtbot.waitUntil(lambda: note_id in notes_card(pane)._lines)
    line = notes_card(pane)._lines[note_id]
    assert line.chip.text() == "Office only"
    press(pane, f"contacts.note.{note_id}.visibility", qtbot)
    menu = line.findChild(QMenu)
    assert menu is not None
    assert [action.text() for action in menu.actions()] == [
        "Office only", "Crew sees this", "Customer sees this",
    ]  # fmt: skip
    menu.actions()[2].trigger()
    menu.close()
    qtbot.waitUntil(lambda: stored(pane, contact_id)[0][1] == "document")
    settle(pane.ctx, qtbot)
    assert shell(pane).notices[-1] == "Customer sees this: Printed on invoices under the lines"
    assert notes_card(pane)._lines[note_id].chip.text() == "Customer sees this"
    pane.ctx.office.runner.run(UndoLast())
    qtbot.waitUntil(lambda: notes_card(pane)._lines[note_id].chip.text() == "Office only")


def test_a_note_is_changed_in_its_place_and_deleted_with_undo(
    pane: ContactDetailPane, qtbot: QtBot
) -> None:
    contact_id = show(pane, qtbot)
    note_id = pane.ctx.office.runner.run(AddNote(contact_id, "Old words", "crew"))
    qtbot.waitUntil(lambda: note_id in notes_card(pane)._lines)
    notes_card(pane)._lines[note_id].editRequested.emit()
    settle(pane.ctx, qtbot)
    editor = notes_card(pane).editor
    assert (editor.text.whole(), editor.picker.value()) == ("Old words", "crew")
    assert not notes_card(pane)._lines[note_id].isVisible()
    editor.text.load("New words")
    editor.submit()
    settle(pane.ctx, qtbot)
    assert stored(pane, contact_id) == [("New words", "crew", "")]
    notes_card(pane)._lines[note_id].deleteRequested.emit()
    settle(pane.ctx, qtbot)
    assert stored(pane, contact_id) == []
    assert shell(pane).notices[-1] == "A note about Julia Hartmann was deleted."


def test_a_megabyte_is_shown_by_its_first_lines_and_in_portions(
    pane: ContactDetailPane, qtbot: QtBot
) -> None:
    contact_id = show(pane, qtbot)
    text = "x" * 500_000 + "\n" + "word " * 100_000 + "end"
    note_id = pane.ctx.office.runner.run(AddNote(contact_id, text, "office"))
    qtbot.waitUntil(lambda: note_id in notes_card(pane)._lines)
    settle(pane.ctx, qtbot)
    line = notes_card(pane)._lines[note_id]
    assert line.height() < 300
    press(pane, f"contacts.note.{note_id}.all", qtbot)
    field = line.findChild(NoteText)
    assert field is not None
    assert field.isReadOnly()
    qtbot.waitUntil(field.is_filled)
    assert field.whole() == text
    assert line.height() < 700
    longest = max(
        len(field.document().findBlockByNumber(n).text())
        for n in range(field.document().blockCount())
    )
    assert longest <= 2000
    line.editRequested.emit()
    settle(pane.ctx, qtbot)
    editor = notes_card(pane).editor
    qtbot.waitUntil(editor.text.is_filled)
    assert not editor.is_touched()
    editor.submit()
    settle(pane.ctx, qtbot)
    assert pane.ctx.office.read(lambda r: note_text(r, note_id)) == text


def test_pasting_a_long_text_keeps_every_sign_of_it(qtbot: QtBot) -> None:
    field = NoteText()
    qtbot.addWidget(field)
    field.load("before after")
    cursor = field.textCursor()
    cursor.setPosition(7)
    field.setTextCursor(cursor)
    data = QMimeData()
    text = "y" * 5000 + "\n\n" + "z " * 30_000 + "\n"
    data.setText(text)
    field.insertFromMimeData(data)
    qtbot.waitUntil(field.is_filled)
    assert field.whole() == f"before {text}after"
    assert max(len(word) for word in breakable("a" * 100).split("\u200b")) <= 24


# permissions


def test_permission_is_recorded_with_its_proof_and_stopped_again(
    pane: ContactDetailPane, qtbot: QtBot
) -> None:
    contact_id = show(pane, qtbot)
    office, reach = pane.ctx.office, reach_card(pane)
    press(pane, "contacts.reach.0.all.unasked", qtbot)
    editor = reach.editor
    assert editor.isVisible()
    assert "STOP" in editor.wording.text()
    editor.by.setText("Karen")
    qtbot.keyClick(editor.by, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(pane.ctx, qtbot)
    found = office.read(lambda r: consent_state(r, "text", "6055550172", "service"))
    assert found.state == "allowed"
    assert found.event is not None
    assert (found.event.recorded_by, found.event.how) == ("Karen", "phone")
    assert "your visits" in found.event.wording
    assert not editor.isVisible()
    press(pane, "contacts.reach.0.service.allowed", qtbot)
    assert editor.purpose.currentText() == "Everything"
    assert editor.by.text() == "Karen"
    assert editor.how.currentText() == "By reply"
    editor.submit()
    settle(pane.ctx, qtbot)
    for purpose in ("service", "marketing"):
        state = office.read(lambda r, p=purpose: consent_state(r, "text", "605-555-0172", p))
        assert state.state == "refused"
    assert pane.findChild(QWidget, "contacts.reach.0.all.refused") is not None
    press(pane, "contacts.reach.history", qtbot)
    lines = [w for w in reach.findChildren(QWidget) if ".reach.event." in w.objectName()]
    assert len(lines) == 3
    assert contact_id == pane.contact_id


def test_an_address_that_went_keeps_its_events_in_the_history(
    pane: ContactDetailPane, qtbot: QtBot
) -> None:
    contact_id = show(pane, qtbot)
    pane.ctx.office.runner.run(
        RevokeConsent(contact_id, "email", "old@example.com", None, "2026-07-14", "reply")
    )
    settle(pane.ctx, qtbot)
    reach = reach_card(pane)
    reach.point_at(0)
    settle(pane.ctx, qtbot)
    qtbot.waitUntil(
        lambda: any(".reach.event." in w.objectName() for w in reach.findChildren(QWidget))
    )
    assert pane.findChild(QWidget, "contacts.reach.1.all.unasked") is not None  # julia@


def test_an_address_is_copied_with_a_click(pane: ContactDetailPane, qtbot: QtBot) -> None:
    show(pane, qtbot)
    press(pane, "contacts.reach.1.copy", qtbot)
    assert QGuiApplication.clipboard().text() == "julia@example.com"
    assert shell(pane).notices == ["julia@example.com is copied."]


def test_twenty_addresses_are_shown_on_demand(pane: ContactDetailPane, qtbot: QtBot) -> None:
    phones = tuple(Phone(f"605-555-01{n:02d}") for n in range(20))
    show(pane, qtbot, ContactDraft(first_name="Many", phones=phones))
    reach = reach_card(pane)
    assert len(reach._blocks) == 12
    press(pane, "contacts.reach.more", qtbot)
    assert len(reach._blocks) == 20


def test_escape_leaves_the_permission_as_it_was(pane: ContactDetailPane, qtbot: QtBot) -> None:
    show(pane, qtbot)
    press(pane, "contacts.reach.1.all.unasked", qtbot)
    editor = reach_card(pane).editor
    editor.purpose.setCurrentIndex(1)
    assert "offers" in editor.wording.text()
    qtbot.keyClick(editor.wording, Qt.Key.Key_Escape)
    assert not editor.isVisible()
    state = pane.ctx.office.read(
        lambda r: consent_state(r, "email", "julia@example.com", "service")
    )
    assert state.state == "unasked"


# timeline


def test_timeline_grows_while_one_scrolls_and_stays_quick(
    pane: ContactDetailPane, qtbot: QtBot
) -> None:
    contact_id = show(pane, qtbot)
    pane.ctx.office.runner.run(Fill(contact_id, 250))
    pane.show_contact(contact_id)
    settle(pane.ctx, qtbot)
    card = timeline_card(pane)
    QAbstractItemModelTester(card.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    first = card.model.rowCount()
    assert first <= 120
    bar = pane.pane.verticalScrollBar()
    for _ in range(60):
        bar.setValue(bar.maximum())
        settle(pane.ctx, qtbot)
        if card.model.rowCount() == 1001:
            break
    assert card.model.rowCount() == 1001  # 250 of four kinds, and that the contact was added
    keys = [entry.key for entry in card.model.entries]
    assert keys == sorted(set(keys), reverse=True)
    scrolled = bar.value()
    pane.ctx.office.runner.run(AddNote(contact_id, "New", "office"))
    qtbot.waitUntil(lambda: any(entry.title == "New" for entry in card.model.entries))
    assert card.model.rowCount() >= 1001
    assert bar.value() >= scrolled - 100  # what was loaded stays, so does the place


def test_filter_shows_one_kind_and_says_when_there_is_none(
    pane: ContactDetailPane, qtbot: QtBot
) -> None:
    contact_id = show(pane, qtbot)
    pane.ctx.office.runner.run(AddNote(contact_id, "Ladder", "crew"))
    settle(pane.ctx, qtbot)
    card = timeline_card(pane)
    card.filter.setCurrentIndex(card.filter.findData("notes"))
    settle(pane.ctx, qtbot)
    assert [entry.title for entry in card.model.entries] == ["Ladder"]
    card.filter.setCurrentIndex(card.filter.findData("money"))
    settle(pane.ctx, qtbot)
    assert card.empty.text() == "Nothing of this kind yet."
    assert not card.list.isVisible()
    other = pane.ctx.office.runner.run(SaveContact(ContactDraft(first_name="Other")))
    pane.show_contact(other)
    settle(pane.ctx, qtbot)
    assert card.model.rowCount() == 0


def test_rows_open_what_they_show(pane: ContactDetailPane, qtbot: QtBot) -> None:
    contact_id = show(pane, qtbot)
    pane.ctx.office.runner.run(Fill(contact_id, 1))
    pane.show_contact(contact_id)
    settle(pane.ctx, qtbot)
    card = timeline_card(pane)
    rows = {entry.kind: n for n, entry in enumerate(card.model.entries)}
    visit = card.model.index(rows["visit"])
    qtbot.mouseClick(
        card.list.viewport(),
        Qt.MouseButton.LeftButton,
        pos=card.list.visualRect(visit).center(),
    )
    assert shell(pane).targets[-1].page == "schedule"
    card.list.setCurrentIndex(card.model.index(rows["note"]))
    qtbot.keyClick(card.list, Qt.Key.Key_Return)
    note_id = card.model.entries[rows["note"]].opens
    assert note_id in notes_card(pane)._lines
    with qtbot.waitSignal(pane.stepRequested):
        qtbot.keyClick(card.list, Qt.Key.Key_J)


def test_amounts_stand_under_each_other_whatever_the_day_is(
    pane: ContactDetailPane, qtbot: QtBot
) -> None:
    contact_id = show(pane, qtbot)
    pane.ctx.office.runner.run(Fill(contact_id, 5, per_day=1))
    pane.show_contact(contact_id)
    settle(pane.ctx, qtbot)
    near = timeline_card(pane).list.day_room
    pane.ctx.office.runner.run(Fill2024(contact_id))
    pane.show_contact(contact_id)
    settle(pane.ctx, qtbot)
    assert timeline_card(pane).list.day_room > near  # one width for all rows, wide enough for each
    assert not pane.grab().isNull()


class Fill2024(AddNote):
    """An old note, so that days with a year stand in the list."""

    def __init__(self, contact_id: int) -> None:
        super().__init__(contact_id, "Old", "office")

    def execute(self, uow: object) -> int:
        note_id = super().execute(uow)  # type: ignore[arg-type]
        uow.driver("UPDATE notes SET at = at - 63072000000 WHERE id = ?", [(note_id,)])  # type: ignore[attr-defined]
        return note_id


def test_every_control_has_a_name_to_be_read(pane: ContactDetailPane, qtbot: QtBot) -> None:
    contact_id = show(pane, qtbot)
    pane.ctx.office.runner.run(AddNote(contact_id, "Ladder", "crew"))
    settle(pane.ctx, qtbot)
    pane.add_note()
    press(pane, "contacts.reach.0.all.unasked", qtbot)
    nameless = [
        button.objectName()
        for button in pane.findChildren(QPushButton)
        if button.isVisible() and not button.accessibleName()
    ]
    assert nameless == []
