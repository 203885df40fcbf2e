"""The import page: a real file through the real worker to the written contacts and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tcf_desktop.views.contacts.page import ContactsPage
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.imports.page import CHECK, DONE, FILE, ImportPage
from tcf_desktop.views.main_window import MainWindow
from tests.views.window_tools import open_window, settle

SAMPLES = Path(__file__).parents[2] / "fixtures" / "contacts"


@pytest.fixture
def window(view_context: ViewContext, qtbot: QtBot) -> MainWindow:
    shown = open_window(view_context, qtbot, "contacts")
    shown.navigate(Target("contacts", "import"))
    return shown


def contacts(window: MainWindow) -> ContactsPage:
    page = window.page("contacts")
    assert isinstance(page, ContactsPage)
    return page


def page_of(window: MainWindow) -> ImportPage:
    imports = contacts(window).imports
    assert imports is not None
    return imports


def check(window: MainWindow, qtbot: QtBot, *paths: Path) -> ImportPage:
    page = page_of(window)
    page.read_files([str(path) for path in paths])
    qtbot.waitUntil(lambda: page.steps.currentIndex() == CHECK, timeout=15_000)
    return page


def test_check_names_every_row_and_import_writes_and_undoes_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    assert window.header.title.text() == "Import"
    files = sorted(path for path in SAMPLES.iterdir() if path.suffix in {".vcf", ".csv"})
    page = check(window, qtbot, *files)
    assert page.check.model.rowCount() == 14
    assert page.check.go.text() == "Import 13 contacts"
    qtbot.mouseClick(page.check.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.steps.currentIndex() == DONE, timeout=10_000)
    qtbot.waitUntil(page.take_back.isEnabled)
    assert page.done_text.text() == "11 contacts added, 2 updated"
    rows = contacts(window).list.model
    qtbot.waitUntil(lambda: rows.rowCount() == 11)
    qtbot.mouseClick(page.take_back, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: rows.rowCount() == 0)
    assert page.done_text.text() == "This import was undone"


def test_show_them_goes_to_the_list(window: MainWindow, qtbot: QtBot) -> None:
    page = check(window, qtbot, SAMPLES / "google-30-abrelated.vcf")
    page.write()
    qtbot.waitUntil(lambda: page.steps.currentIndex() == DONE, timeout=10_000)
    page.show_them.click()
    settle(window.ctx, qtbot)
    assert window.header.title.text() == "Contacts"
    qtbot.waitUntil(lambda: contacts(window).detail.contact_id is not None)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.vcf", b"", "is empty"),
        ("photo.vcf", b"\xff\xd8\xff" + bytes(99), "not a text file"),
        ("book.csv", b"PK\x03\x04" + bytes(99), "CSV UTF-8"),
        ("open.csv", b'Name,Note\nAnn,"x\n\n\n', "line 2"),
        ("letter.vcf", b"Dear all,\n", "No contacts"),
        ("picture.bmp", b"BM", "kind that cannot be read"),
    ],
)
def test_bad_file_is_said_in_words_and_nothing_is_written(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    page = page_of(window)
    page.read_files([str(SAMPLES / "google-30-abrelated.vcf"), str(path)])
    qtbot.waitUntil(page.file.problem.isVisible, timeout=15_000)
    text = page.file.problem.label.text()
    assert name in text
    assert words in text
    assert page.steps.currentIndex() == FILE
    assert window.ctx.office.read(lambda r: r.value("SELECT count(*) FROM contacts")) == 0


def test_files_of_several_kinds_are_taken_one_after_the_other(window: MainWindow) -> None:
    page = page_of(window)
    page.read_files(["a.vcf", "b.ics"])
    assert page.file.problem.isVisible()
    assert "one after the other" in page.file.problem.label.text()


def test_back_leaves_the_import_and_comes_again_to_the_start(
    window: MainWindow, qtbot: QtBot
) -> None:
    check(window, qtbot, SAMPLES / "google-30-abrelated.vcf")
    back = contacts(window).back_action()
    assert back is not None
    back()
    assert window.header.title.text() == "Contacts"
    contacts(window).open_import()
    assert page_of(window).steps.currentIndex() == FILE
