"""The running program: first start, sample, reports, a folder in the cloud, the end."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tcf_desktop.app.bootstrap import create_office
from tcf_desktop.app.program import Program, free_folder
from tcf_desktop.app.session import Options
from tcf_desktop.base.paths import DataFolder
from tcf_desktop.services.files import opened_prefix
from tcf_desktop.services.office import NewBusiness
from tcf_desktop.views.main_window import MainWindow

Start = Callable[..., Program]


@pytest.fixture
def start(qapp: QApplication, tmp_path: Path) -> Iterator[Start]:
    programs: list[Program] = []

    def make(folder: Path, last_crash: str | None = None, **options: Any) -> Program:
        program = Program(
            qapp,
            Options(data=folder, **options),
            DataFolder(folder),
            tmp_path / "d.ini",
            last_crash,
        )
        programs.append(program)
        program.start()
        return program

    yield make
    for program in programs:
        assert program.finish(20)


@pytest.fixture
def business(tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    create_office(DataFolder(folder), NewBusiness("Clearview")).close()
    return folder


def shown(kind: type[QWidget] | str) -> QWidget | None:
    for widget in QApplication.topLevelWidgets():
        if widget.isVisible() and (
            widget.objectName() == kind if isinstance(kind, str) else isinstance(widget, kind)
        ):
            return widget
    return None


def press(dialog: QWidget, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button is not None
    button.click()


def test_the_first_start_makes_a_business_and_opens_it(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    start(tmp_path / "new")
    first = shown("first_start")
    assert first is not None
    first.businessRequested.emit(NewBusiness("Sparkle & Sons"))
    qtbot.waitUntil(lambda: shown(MainWindow) is not None, timeout=20_000)
    window = shown(MainWindow)
    assert window is not None
    qtbot.waitUntil(lambda: "Sparkle & Sons" in window.windowTitle())
    assert DataFolder(tmp_path / "new").has_business()
    qtbot.waitUntil(lambda: shown("first_start") is None)


def test_a_first_start_that_is_refused_says_why_and_stays(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    start(tmp_path / "new")
    first = shown("first_start")
    assert first is not None
    (tmp_path / "new").write_text("a file stands where the folder should be")
    first.businessRequested.emit(NewBusiness("Sparkle"))
    qtbot.waitUntil(first._notice.isVisible, timeout=20_000)
    assert shown(MainWindow) is None


def test_looking_around_leaves_the_own_folder_free(
    start: Start, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    start(tmp_path / "own", size="small", date=date(2026, 7, 14))
    first = shown("first_start")
    assert first is not None
    first.sampleRequested.emit()
    qtbot.waitUntil(lambda: shown(MainWindow) is not None, timeout=60_000)
    assert not DataFolder(tmp_path / "own").has_business()
    assert list((tmp_path / "cache").rglob("business.db"))


def test_the_report_of_the_last_run_can_be_copied(
    start: Start, qtbot: QtBot, business: Path
) -> None:
    program = start(business, last_crash="a report")
    qtbot.waitUntil(lambda: shown("problem") is not None)
    dialog = shown("problem")
    assert dialog is not None
    press(dialog, "problem.copy")
    assert QApplication.clipboard().text() == "a report"
    qtbot.waitUntil(lambda: shown("problem") is None)
    # A thread that fails is told too, but only one report is shown at a time.
    for text in ("from a thread", "and another"):
        thread = threading.Thread(target=program.report_crash, args=(text,))
        thread.start()
        thread.join()
    qtbot.waitUntil(lambda: shown("problem") is not None)
    assert len([w for w in QApplication.topLevelWidgets() if w.objectName() == "problem"
                and w.isVisible()]) == 1  # fmt: skip


def test_a_report_that_cannot_be_saved_has_words(
    start: Start, qtbot: QtBot, business: Path, tmp_path: Path
) -> None:
    program = start(business)
    program._save_report(tmp_path / "no" / "such" / "folder.txt", "text")
    assert shown("not_saved") is not None
    program._save_report(tmp_path / "report.txt", "text")
    assert (tmp_path / "report.txt").read_text() == "text"


@pytest.fixture
def cloudy(tmp_path: Path) -> Path:
    folder = tmp_path / "Dropbox" / "office"
    create_office(DataFolder(folder), NewBusiness("Clearview")).close()
    return folder


def test_a_folder_in_the_cloud_is_warned_about_until_it_is_kept(
    start: Start, qtbot: QtBot, cloudy: Path
) -> None:
    program = start(cloudy)
    qtbot.waitUntil(lambda: shown("cloud") is not None)
    dialog = shown("cloud")
    assert dialog is not None
    press(dialog, "cloud.keep")
    assert program.move_target is None
    assert program.finish(20)
    start(cloudy)
    qtbot.wait(150)
    assert shown("cloud") is None


def test_moving_closes_the_window_and_names_a_free_folder(
    start: Start, qtbot: QtBot, cloudy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    program = start(cloudy)
    qtbot.waitUntil(lambda: shown("cloud") is not None)
    dialog = shown("cloud")
    assert dialog is not None
    with qtbot.waitSignal(program.ended, timeout=20_000):
        press(dialog, "cloud.move")
    assert program.move_target == tmp_path / "share" / "tcf-desktop" / "business"


def test_a_free_folder_is_never_one_with_files(tmp_path: Path) -> None:
    wanted = tmp_path / "business"
    assert free_folder(wanted) == wanted
    wanted.mkdir()
    assert free_folder(wanted) == wanted
    (wanted / "x").write_text("")
    assert free_folder(wanted) == tmp_path / "business-2"


def test_a_start_tidies_up_files_that_nothing_names(
    start: Start, business: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    opened = Path(tempfile.mkdtemp(prefix=opened_prefix(DataFolder(business))))
    (opened / "plan.pdf").write_bytes(b"%PDF-1.7")
    (opened / "plan.pdf").chmod(0o400)
    blob = business / "files" / "ab" / ("ab" * 32)
    blob.parent.mkdir(parents=True)
    blob.write_bytes(b"nobody's")
    os.utime(blob, (1_600_000_000, 1_600_000_000))
    start(business)
    qtbot.waitUntil(lambda: not blob.exists() and not opened.exists(), timeout=20_000)
