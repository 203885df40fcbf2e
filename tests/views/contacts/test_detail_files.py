"""Files in the detail pane: dropped, shown small, opened, named, deleted and brought back."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tcf_desktop.qtkit.a11y import unnamed_controls
from tcf_desktop.services.queries.files import ContactFiles, contact_files
from tcf_desktop.services.undo import UndoLast
from tcf_desktop.views.contacts.detail_file_tiles import FileTile, icon_of, kind_word
from tcf_desktop.views.contacts.detail_files import FilesCard
from tcf_desktop.views.contacts.page import ContactsPage
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.main_window import MainWindow
from tests.views.window_tools import open_window, settle

COPY = Qt.DropAction.CopyAction


@pytest.fixture
def page(sample_context: ViewContext, qtbot: QtBot) -> ContactsPage:
    window = open_window(sample_context, qtbot, "contacts")
    window.resize(1440, 900)
    with_places = sample_context.office.read(
        lambda r: r.value(
            "SELECT contact_id FROM locations WHERE deleted_at IS NULL GROUP BY contact_id"
            " HAVING count(*) > 1 AND contact_id NOT IN (SELECT contact_id FROM attachments)"
            " ORDER BY contact_id LIMIT 1"
        )
    )
    window.navigate(Target("contacts", "contact", with_places))
    settle(sample_context, qtbot)
    found = window.current_page()
    assert isinstance(found, ContactsPage)
    return found


@pytest.fixture
def card(page: ContactsPage) -> FilesCard:
    found = page.detail.findChild(QWidget, "contacts.files")
    assert isinstance(found, FilesCard)
    return found


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "north side.jpg"
    Image.new("RGB", (600, 400), (30, 120, 60)).save(path, "JPEG")
    return path


def kept(card: FilesCard) -> ContactFiles:
    detail = card.detail
    assert detail is not None
    return card.ctx.office.read(lambda r: contact_files(r, detail.id))


def tiles(card: FilesCard) -> list[FileTile]:
    return [tile for tile in card.findChildren(FileTile) if not tile.isHidden()]


def add(card: FilesCard, qtbot: QtBot, *paths: Path) -> list[FileTile]:
    before = kept(card).count
    card.add(list(paths))
    qtbot.waitUntil(lambda: kept(card).count > before, timeout=10_000)
    qtbot.waitUntil(lambda: len(tiles(card)) == min(kept(card).count, 12), timeout=10_000)
    settle(card.ctx, qtbot)
    return tiles(card)


def test_dropped_on_the_pane_a_photo_stands_there_with_its_picture(
    page: ContactsPage, card: FilesCard, photo: Path, qtbot: QtBot
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), COPY, data, buttons, keys)
    QApplication.sendEvent(page.detail, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(5, 5), COPY, data, buttons, keys)
    QApplication.sendEvent(page.detail, drop)
    assert drop.isAccepted()
    assert photo.exists()
    qtbot.waitUntil(lambda: len(tiles(card)) == 1, timeout=10_000)
    qtbot.waitUntil(lambda: tiles(card)[0].has_image, timeout=10_000)
    (tile,) = tiles(card)
    assert tile.row.name == "north side.jpg"
    assert "north side.jpg, Picture" in tile.accessibleName()
    card.ctx.tasks.command(card, UndoLast())
    qtbot.waitUntil(lambda: not tiles(card), timeout=10_000)


def test_the_same_file_twice_is_said_and_stands_there_once(
    card: FilesCard, photo: Path, qtbot: QtBot
) -> None:
    add(card, qtbot, photo)
    window = card.window()
    assert isinstance(window, MainWindow)
    card.add([photo])
    said = "north side.jpg is here already."
    qtbot.waitUntil(lambda: window.snackbar.text() == said, timeout=5_000)
    assert len(tiles(card)) == 1


def test_text_that_is_dragged_over_is_not_taken(page: ContactsPage, card: FilesCard) -> None:
    data = QMimeData()
    data.setText("only words")
    enter = QDragEnterEvent(
        QPoint(5, 5), COPY, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(card, enter)
    assert not enter.isAccepted()


def test_what_cannot_be_kept_is_said_and_the_rest_is_kept(
    card: FilesCard, photo: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    program = tmp_path / "setup.exe"
    program.write_bytes(b"MZ\x90\x00")
    add(card, qtbot, program, photo)
    notice = card.findChild(QWidget, "contacts.files.notice")
    assert notice is not None
    assert notice.isVisible()
    assert "setup.exe" in notice.label.text()  # type: ignore[attr-defined]
    assert [tile.row.name for tile in tiles(card)] == ["north side.jpg"]


def test_name_caption_and_place_by_keyboard(card: FilesCard, photo: Path, qtbot: QtBot) -> None:
    (tile,) = add(card, qtbot, photo)
    tile.setFocus()
    QTest.keyClick(tile, Qt.Key.Key_F2)
    assert card.editor.isVisible()
    qtbot.keyClicks(card.editor.name, "South")  # in place of the name; the suffix stays
    qtbot.keyClicks(card.editor.caption, "Third floor")
    card.editor.place.setCurrentIndex(1)
    QTest.keyClick(card.editor.caption, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: kept(card).files[0].caption == "Third floor", timeout=5_000)
    settle(card.ctx, qtbot)
    (tile,) = tiles(card)
    assert (tile.row.name, tile.row.location_id) == ("South.jpg", kept(card).places[0][0])
    assert not card.editor.isVisible()
    QTest.keyClick(tile, Qt.Key.Key_F2)
    card.editor.name.setText(" ")
    QTest.keyClick(card.editor.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "needs a name" in card.editor.name_field.hint.text(), timeout=5_000)
    QTest.keyClick(card.editor.name, Qt.Key.Key_Escape)
    assert not card.editor.isVisible()


def test_delete_moves_the_focus_on_and_undo_brings_it_back(
    card: FilesCard, photo: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear office")
    first, second = add(card, qtbot, photo, letter)
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert card.window().focusWidget() is second
    gone = second.row.id
    QTest.keyClick(second, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(tiles(card)) == 1, timeout=5_000)
    (left,) = tiles(card)
    qtbot.waitUntil(lambda: card.window().focusWidget() is left, timeout=5_000)
    card.ctx.tasks.command(card, UndoLast())
    qtbot.waitUntil(lambda: gone in {tile.row.id for tile in tiles(card)}, timeout=5_000)


@pytest.mark.skipif(sys.platform != "linux", reason="the opener is a script here")
def test_enter_opens_a_copy(
    card: FilesCard, photo: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "xdg-open"
    script.write_text(f'#!/bin/sh\necho "$1" > "{tmp_path}/opened"\n')
    script.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tile,) = add(card, qtbot, photo)
    QTest.keyClick(tile, Qt.Key.Key_Return)
    qtbot.waitUntil((tmp_path / "opened").exists, timeout=5_000)
    settle(card.ctx, qtbot)
    copy = Path((tmp_path / "opened").read_text().strip())
    assert copy.name == "north side.jpg"
    assert copy.read_bytes() == photo.read_bytes()


def test_the_menu_of_a_tile_and_the_dialog(card: FilesCard, photo: Path, qtbot: QtBot) -> None:
    (tile,) = add(card, qtbot, photo)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(tile, event)
    menu = card.findChild(QMenu, "contacts.files.menu")
    assert menu is not None
    assert len([action for action in menu.actions() if action.text()]) == 4
    menu.close()
    target = photo.with_name("copy.jpg")
    card.save_copy_to(tile.row, target)
    qtbot.waitUntil(target.exists, timeout=5_000)
    settle(card.ctx, qtbot)
    dialog = card.ask()
    assert dialog.fileMode() == QFileDialog.FileMode.ExistingFiles
    dialog.reject()


def test_many_files_are_folded(card: FilesCard, tmp_path: Path, qtbot: QtBot) -> None:
    paths = []
    for number in range(14):
        paths.append(tmp_path / f"note {number}.txt")
        paths[-1].write_text(f"note {number}")
    add(card, qtbot, *paths)
    more = card.findChild(QWidget, "contacts.files.more")
    assert more is not None
    assert more.isVisible()
    assert more.text() == "Show 2 more files"  # type: ignore[attr-defined]
    card.point_at(kept(card).files[-1].id)
    assert len(tiles(card)) == 14
    assert not more.isVisible()
    assert not unnamed_controls(card)


def test_words_and_icons_of_every_kind() -> None:
    assert (kind_word("image/heic"), icon_of("image/heic")) == ("Picture", "image")
    assert (kind_word("application/pdf"), icon_of("application/pdf")) == ("PDF", "file-pdf")
    sheet = "application/vnd.oasis.opendocument.spreadsheet"
    assert (kind_word(sheet), icon_of(sheet)) == ("Spreadsheet", "file-csv")
    assert (kind_word("text/plain"), kind_word("video/mp4")) == ("Text", "Video")
