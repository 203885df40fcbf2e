"""Work beside the GUI thread: answers come back to it, or to nobody when the page is gone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.qtkit.changebus import ChangeBus
from tcf_desktop.qtkit.settings_store import DeviceSettings
from tcf_desktop.qtkit.tasks import Tasks
from tcf_desktop.services.command import Command
from tcf_desktop.services.office import Office
from tcf_desktop.services.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class AddCrew(Command[int]):
    def execute(self, uow: UnitOfWork) -> int:
        return uow.add(models.Crew(name="A", color_index=0)).id


@pytest.fixture
def tasks(office: Office, qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks(office)
    yield made
    made.close()


def test_an_answer_arrives_on_the_gui_thread(tasks: Tasks, qtbot: QtBot) -> None:
    context = QObject()
    heard: list[tuple[object, bool]] = []

    def then(value: object) -> None:
        heard.append((value, QThread.currentThread() is context.thread()))

    tasks.read(context, lambda r: r.value("SELECT name FROM business"), then)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [("Clearview Window & Carpet Care", True)]
    assert tasks.running == 0


def test_a_page_that_is_gone_never_hears_of_its_question(tasks: Tasks, qtbot: QtBot) -> None:
    gone, staying = QObject(), QObject()
    gate = threading.Event()
    heard: list[str] = []
    tasks.run(gone, gate.wait, lambda _done: heard.append("gone"))
    shiboken6.delete(gone)
    gate.set()
    tasks.run(staying, lambda: None, lambda _done: heard.append("staying"))
    qtbot.waitUntil(lambda: tasks.running == 0)
    assert heard == ["staying"]


def test_trouble_goes_to_the_asker_or_to_the_window(tasks: Tasks, qtbot: QtBot) -> None:
    context = QObject()

    def refuse() -> None:
        raise AppError("data.gone")

    asked: list[AppError] = []
    window: list[AppError] = []
    tasks.failed.connect(window.append)
    tasks.run(context, refuse, None, asked.append)
    tasks.run(context, refuse)
    qtbot.waitUntil(lambda: bool(asked and window))
    assert [asked[0].code, window[0].code] == ["data.gone", "data.gone"]


def test_a_bug_is_told_as_a_bug_and_logged(
    tasks: Tasks, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    context = QObject()
    heard: list[AppError] = []
    tasks.run(context, lambda: 1 / 0, None, heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[0].code == "app.bug"
    assert "ZeroDivisionError" in caplog.text


def test_a_commit_is_told_on_the_gui_thread(office: Office, tasks: Tasks, qtbot: QtBot) -> None:
    bus = ChangeBus()
    bus.attach(office.runner)
    heard: list[ChangeSet] = []
    bus.committed.connect(heard.append)
    made: list[int] = []
    tasks.command(bus, AddCrew(), made.append)
    qtbot.waitUntil(lambda: bool(made and heard))
    assert heard[0].ids("crews") == frozenset(made)
    bus.detach()


def test_device_settings_survive_and_forgive(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "device.ini"
    store = DeviceSettings(path)
    store.set("window/size", [1440, 900])
    store.set("theme", "dark")
    store.sync()
    again = DeviceSettings(path)
    assert again.get("window/size") == [1440, 900]
    assert again.get("theme") == "dark"
    assert again.get("missing", 3) == 3
    path.write_text("[General]\ntheme=not json\n", encoding="utf-8")
    assert DeviceSettings(path).get("theme", "follow") == "follow"
