"""The writer: order, durability of what was answered, errors that reach whoever waits."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tcf_desktop import models
from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.base.errors import AppError, EnvironmentTrouble
from tcf_desktop.base.paths import DataFolder
from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.services.command import Command
from tcf_desktop.services.office import NewBusiness, Office
from tcf_desktop.services.runner import Priority
from tcf_desktop.services.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class AddCrew(Command[int]):
    name: str
    first: Callable[[], object] | None = None

    def execute(self, uow: UnitOfWork) -> int:
        if self.first is not None:
            self.first()
        return uow.add(models.Crew(name=self.name, color_index=0)).id


@dataclass(frozen=True, slots=True)
class Breaks(Command[None]):
    def execute(self, uow: UnitOfWork) -> None:
        uow.add(models.Crew(name="half done", color_index=0))
        raise ZeroDivisionError


def names(office: Office) -> list[str]:
    return [row[0] for row in office.read(lambda r: r.all("SELECT name FROM crews ORDER BY id"))]


def test_what_the_user_clicked_goes_before_phones_and_bulk_work(office: Office) -> None:
    gate = threading.Event()
    office.runner.submit(AddCrew("first", gate.wait))
    futures = [
        office.runner.submit(AddCrew("bulk"), Priority.BULK),
        office.runner.submit(AddCrew("phone"), Priority.PHONE),
        office.runner.submit(AddCrew("user"), Priority.USER),
    ]
    gate.set()
    for future in futures:
        future.result(10)
    assert names(office) == ["first", "user", "phone", "bulk"]


def test_listeners_hear_of_a_commit_before_the_future_answers(office: Office) -> None:
    heard: list[ChangeSet] = []
    office.runner.on_commit(heard.append)
    crew = office.runner.run(AddCrew("A"))
    assert heard[0].ids("crews") == {crew}
    assert heard[0].touches("crews", "contacts")
    assert not heard[0].touches("contacts")


def test_a_listener_that_stumbles_does_not_stop_the_writer(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(_changes: ChangeSet) -> None:
        raise ValueError

    office.runner.on_commit(stumble)
    office.runner.run(AddCrew("A"))
    assert "stumbled" in caplog.text
    office.runner.run(AddCrew("B"))
    assert names(office) == ["A", "B"]


def test_a_bug_in_a_command_rolls_back_and_reaches_the_caller(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(ZeroDivisionError):
        office.runner.run(Breaks())
    assert "ZeroDivisionError" in caplog.text
    assert names(office) == []
    office.runner.run(AddCrew("goes on"))
    assert names(office) == ["goes on"]


def test_closing_finishes_what_was_queued(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    office = Office.create(folder, FrozenClock(0), NewBusiness(name="A"))
    gate = threading.Event()
    futures = [office.runner.submit(AddCrew("0", gate.wait))]
    futures += [office.runner.submit(AddCrew(str(n)), Priority.BULK) for n in range(1, 20)]
    gate.set()
    assert office.close(10)
    assert all(future.done() for future in futures)
    again = Office.open(folder, FrozenClock(0))
    assert len(names(again)) == 20
    late = again.runner
    again.close()
    with pytest.raises(AppError) as closed:
        late.run(AddCrew("too late"))
    assert closed.value.code == "app.closing"


def test_two_writers_of_one_file_lose_no_update(office: Office) -> None:
    other = Office.open(office.folder, office.clock)
    futures = [(office if n % 2 else other).runner.submit(AddCrew(str(n))) for n in range(100)]
    for future in futures:
        future.result(30)
    other.close()
    assert sorted(map(int, names(office))) == list(range(100))


def test_a_full_disk_is_told_in_words_and_passes(office: Office) -> None:
    office.runner.run(AddCrew("before"))
    pages = office.read(lambda r: r.value("PRAGMA page_count"))

    @dataclass(frozen=True, slots=True)
    class Limit(Command[None]):
        pages: int
        journalled = False

        def execute(self, uow: UnitOfWork) -> None:
            uow.connection.exec_driver_sql(f"PRAGMA max_page_count={self.pages}")

    office.runner.run(Limit(pages))
    with pytest.raises(EnvironmentTrouble) as full:
        office.runner.run(AddCrew("x" * 100_000))
    assert full.value.code == "data.disk_full"
    assert "disk is full" in str(full.value)
    office.runner.run(Limit(pages * 1000))
    office.runner.run(AddCrew("after"))
    assert names(office) == ["before", "after"]
    assert office.read(lambda r: r.value("PRAGMA integrity_check")) == "ok"
