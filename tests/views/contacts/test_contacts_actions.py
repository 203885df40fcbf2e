"""What the page does for other pages and for files, without the window around it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tcf_desktop.domain.contacts import ContactDraft, Email, Phone, Place
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.queries.contact_filter import EVERYBODY, ContactFilter
from tcf_desktop.services.queries.imports import drafts_of
from tcf_desktop.views.contacts.page import ContactsPage
from tcf_desktop.views.context import NoShell, Target, ViewContext
from tests.views.window_tools import settle


@pytest.fixture
def page(sample_context: ViewContext, qtbot: QtBot) -> Iterator[ContactsPage]:
    made = ContactsPage(sample_context)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    made.shown()
    settle(sample_context, qtbot)
    qtbot.waitUntil(lambda: made.detail.findChild(QWidget, "contacts.facts") is not None)
    yield made
    settle(sample_context, qtbot)


def shell(page: ContactsPage) -> NoShell:
    found = page.ctx.shell
    assert isinstance(found, NoShell)
    return found


def test_next_steps_go_to_the_other_pages_with_the_contact(
    page: ContactsPage, qtbot: QtBot
) -> None:
    contact_id = page.detail.contact_id
    for name in ("contacts.detail.appointment", "contacts.detail.invoice"):
        button = page.detail.findChild(QWidget, name)
        assert button is not None
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert shell(page).targets == [
        Target("schedule", "new", contact_id, "contact"),
        Target("billing", "new", contact_id, "contact"),
    ]


@pytest.mark.parametrize("name", ["all.vcf", "all.csv"])
def test_export_writes_the_file_and_says_so(
    page: ContactsPage, qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    page.exporting.write(str(tmp_path / name))
    qtbot.waitUntil(lambda: bool(shell(page).notices), timeout=10_000)
    assert (tmp_path / name).stat().st_size > 1000
    assert name in shell(page).notices[0]
    page.exporting.write(str(tmp_path / "gone" / name))
    qtbot.waitUntil(lambda: bool(shell(page).errors), timeout=10_000)
    assert shell(page).errors[0].code == "export.unwritable"


def test_dialogs_do_not_block(page: ContactsPage, qtbot: QtBot) -> None:
    page.exporting.ask()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    dialog.filterSelected.emit("CSV for spreadsheets (*.csv)")
    assert dialog.defaultSuffix() == "csv"
    dialog.reject()
    page.open_target(Target("contacts", "import"))
    assert page.imports is not None
    page.imports.file.open_dialog()
    chooser = page.imports.file.findChild(QFileDialog)
    assert chooser is not None
    assert "*.vcf" in chooser.nameFilters()[0]
    with qtbot.waitSignal(page.imports.file.filesChosen) as chosen:
        chooser.filesSelected.emit(["gone.vcf"])
    assert chosen.args == [["gone.vcf"]]
    chooser.reject()
    qtbot.waitUntil(page.imports.file.problem.isVisible, timeout=10_000)


def test_form_takes_entries_out_and_brings_typed_text_back(
    page: ContactsPage, qtbot: QtBot
) -> None:
    draft = ContactDraft(
        first_name="Form",
        last_name="Tester",
        phones=(Phone("605-555-1111", "Barn"), Phone("605-555-2222")),
        emails=(Email("a@example.com"), Email("b@example.com")),
        places=(Place("Home", "1 A St"), Place("Shop", "2 B St")),
    )
    contact_id = page.ctx.office.runner.run(SaveContact(draft))
    page.edit(contact_id, "location")
    form = page.form
    assert len(form.places.forms) == 3
    form.places.forms[2].removeRequested.emit(form.places.forms[2])
    form.places.forms[1].removeRequested.emit(form.places.forms[1])
    form.phones.rows[0].removeRequested.emit(form.phones.rows[0])
    form.emails.add("c@example.com")
    form.company.setText("Kept Co")
    page._on_form_left()
    assert shell(page).notices == ["What you typed was not saved."]
    page.edit(contact_id)
    form.take_up(ContactDraft(first_name="Form", company="Kept Co"), contact_id)
    assert form.contact_id == contact_id
    form.phones.add("605-555-2222")
    form.submit()
    qtbot.waitUntil(lambda: "Saved" in shell(page).notices)
    stored = page.ctx.office.read(lambda r: next(drafts_of(r, [contact_id]))).draft
    assert stored.company == "Kept Co"
    assert [phone.number for phone in stored.phones] == ["605-555-2222"]


def test_another_contact_does_not_take_typed_text_away_without_a_word(page: ContactsPage) -> None:
    ids = page.list.model.ids
    for number, go in enumerate(
        (
            lambda: page.open_target(Target("contacts", "contact", ids[1])),
            lambda: page.list.opened.emit(ids[2]),
        ),
        start=1,
    ):
        page.new_contact()
        page.form.company.setText("Typed Co")
        go()
        assert page.side.currentWidget() is page.detail
        assert shell(page).notices == ["What you typed was not saved."] * number


def test_page_remembers_filter_order_and_widths(page: ContactsPage, qtbot: QtBot) -> None:
    prospects = ContactFilter(kind="prospect").to_json()
    page.restore_state({"filter": prospects, "sort": "-name", "splitter": [450, 750]})
    page.list.reload()
    settle(page.ctx, qtbot)
    rows = [page.list.model.row_at(n) for n in range(page.list.model.rowCount())]
    assert {row.kind for row in rows if row is not None} == {"prospect"}
    assert page.page_state()["sort"] == "-name"
    page.restore_state({"filter": "nonsense", "sort": 7, "splitter": "x"})
    assert page.page_state()["filter"] == EVERYBODY.to_json()
    assert page.page_state()["sort"] == "-name"


def test_commands_stand_for_the_current_contact(page: ContactsPage, qtbot: QtBot) -> None:
    keys = [command.shortcut for command in page.commands() if command.shortcut]
    assert len(keys) == len(set(keys)) == 6
    for command in page.commands():
        if command.shortcut in {"Ctrl+E", "Ctrl+L"}:
            command.run()
            assert page.form.isVisible()
            page._leave_form()
        if command.shortcut == "Ctrl+T":
            command.run()
            assert page.detail.findChild(QWidget, "contacts.note.editor").isVisible()  # type: ignore[union-attr]
    assert next(widget.objectName() for widget in page.regions()) == "contacts.search"
    qtbot.keyClick(page.detail, Qt.Key.Key_J)
    settle(page.ctx, qtbot)
    assert page.detail.contact_id == page.list.model.id_at(1)


def test_menu_of_the_list_and_deleting_several(page: ContactsPage, qtbot: QtBot) -> None:
    drafts = [ContactDraft(last_name=f"Aaaa{n}") for n in range(3)]
    ids = [page.ctx.office.runner.run(SaveContact(draft)) for draft in drafts]
    qtbot.waitUntil(lambda: page.list.model.ids[:3].tolist() == ids)
    page.list.table.select_row(0)
    page.list.table.customContextMenuRequested.emit(QPoint(5, 5))
    menu = page.list.findChild(QMenu, "contacts.menu")
    assert isinstance(menu, QMenu)
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts[:4] == ["Edit", "Tag…", "Price list", "Export…"]
    assert texts[-1] == "Delete"
    menu.close()
    page.delete(ids)
    qtbot.waitUntil(lambda: shell(page).notices == ["3 contacts were deleted."])
    qtbot.waitUntil(lambda: ids[0] not in page.list.model.ids)


def test_order_by_name_backwards_and_by_phone(page: ContactsPage, qtbot: QtBot) -> None:
    forwards = page.list.model.ids.tolist()
    header = page.list.table.horizontalHeader()
    header.sectionClicked.emit(0)
    settle(page.ctx, qtbot)
    assert page.list.model.ids.tolist() == forwards[::-1]
    header.sectionClicked.emit(1)
    settle(page.ctx, qtbot)
    assert header.sortIndicatorSection() == 1
    assert page.list.order.text() == "Sorted by Phone"
