"""Undo: what a command did is taken back as long as nobody built on it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tcf_desktop import models
from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.base.errors import AppError
from tcf_desktop.services.command import Command
from tcf_desktop.services.office import Office
from tcf_desktop.services.undo import PruneJournal, RedoLast, UndoEntry, UndoLast
from tcf_desktop.services.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class AddCrew(Command[int]):
    name: str

    def execute(self, uow: UnitOfWork) -> int:
        uow.describe("new crew {name}", name=self.name)
        return uow.add(models.Crew(name=self.name, color_index=0)).id


@dataclass(frozen=True, slots=True)
class RenameCrew(Command[None]):
    crew_id: int
    name: str
    merge: str = ""

    def execute(self, uow: UnitOfWork) -> None:
        crew = uow.get(models.Crew, self.crew_id)
        uow.describe("rename of {name}", name=crew.name)
        crew.name = self.name

    def merge_key(self) -> str:
        return self.merge


@dataclass(frozen=True, slots=True)
class FixCrew(RenameCrew):
    undoable = False


@dataclass(frozen=True, slots=True)
class AddMember(Command[int]):
    crew_id: int

    def execute(self, uow: UnitOfWork) -> int:
        return uow.add(models.Worker(name="Ana", crew_id=self.crew_id)).id


@dataclass(frozen=True, slots=True)
class AddMany(Command[list[int]]):
    count: int

    def execute(self, uow: UnitOfWork) -> list[int]:
        return uow.bulk_insert(
            models.Crew, [{"name": f"C{n}", "color_index": n % 8} for n in range(self.count)]
        )


def crews(office: Office) -> list[str]:
    return [row[0] for row in office.read(lambda r: r.all("SELECT name FROM crews ORDER BY id"))]


def test_undo_takes_an_insert_back_and_redo_brings_it_again(office: Office) -> None:
    office.runner.run(AddCrew("Windows A"))
    undone = office.runner.run(UndoLast())
    assert undone.text() == "new crew Windows A"
    assert crews(office) == []
    office.runner.run(RedoLast())
    assert crews(office) == ["Windows A"]


def test_undo_restores_the_old_values_step_by_step(office: Office) -> None:
    crew = office.runner.run(AddCrew("A"))
    office.runner.run(RenameCrew(crew, "B"))
    office.runner.run(RenameCrew(crew, "C"))
    office.runner.run(UndoLast())
    assert crews(office) == ["B"]
    office.runner.run(UndoLast())
    assert crews(office) == ["A"]
    office.runner.run(RedoLast())
    office.runner.run(RedoLast())
    assert crews(office) == ["C"]
    with pytest.raises(AppError, match="nothing to do again"):
        office.runner.run(RedoLast())


def test_undo_after_redo_goes_on_backwards(office: Office) -> None:
    crew = office.runner.run(AddCrew("A"))
    office.runner.run(RenameCrew(crew, "B"))
    office.runner.run(UndoLast())
    office.runner.run(RedoLast())
    office.runner.run(UndoLast())
    assert crews(office) == ["A"]
    office.runner.run(UndoLast())
    assert crews(office) == []
    with pytest.raises(AppError) as nothing:
        office.runner.run(UndoLast())
    assert nothing.value.code == "undo.nothing"


def test_an_entry_whose_record_moved_on_is_refused(office: Office) -> None:
    crew = office.runner.run(AddCrew("A"))
    office.runner.run(RenameCrew(crew, "B"))
    first = office.read(lambda r: r.value("SELECT min(id) FROM journal"))
    with pytest.raises(AppError) as refused:
        office.runner.run(UndoEntry(first))
    assert refused.value.code == "undo.moved_on"
    assert crews(office) == ["B"]


def test_an_insert_that_others_refer_to_is_refused_whole(office: Office) -> None:
    crew = office.runner.run(AddCrew("A"))
    first = office.read(lambda r: r.value("SELECT max(id) FROM journal"))
    office.runner.run(AddMember(crew))
    with pytest.raises(AppError) as refused:
        office.runner.run(UndoEntry(first))
    assert refused.value.code == "undo.in_use"
    assert crews(office) == ["A"]


def test_rapid_edits_make_one_entry(office: Office, clock: FrozenClock) -> None:
    crew = office.runner.run(AddCrew("A"))
    for name in ("B", "C", "D"):
        office.runner.run(RenameCrew(crew, name, merge=f"crew {crew}"))
        clock.advance(2)
    office.runner.run(UndoLast())
    assert crews(office) == ["A"]


def test_edits_far_apart_stay_apart(office: Office, clock: FrozenClock) -> None:
    crew = office.runner.run(AddCrew("A"))
    office.runner.run(RenameCrew(crew, "B", merge="x"))
    clock.advance(60)
    office.runner.run(RenameCrew(crew, "C", merge="x"))
    office.runner.run(UndoLast())
    assert crews(office) == ["B"]


def test_undo_stops_at_what_is_final_and_never_reaches_past_it(office: Office) -> None:
    office.runner.run(AddCrew("Z"))
    crew = office.runner.run(AddCrew("A"))
    office.runner.run(FixCrew(crew, "fixed"))
    office.runner.run(AddCrew("later"))
    office.runner.run(UndoLast())
    with pytest.raises(AppError) as final:
        office.runner.run(UndoLast())
    assert final.value.code == "undo.final"
    assert "rename of A" in str(final.value)
    assert crews(office) == ["Z", "fixed"]


def test_what_is_final_settles_the_entries_of_its_records(office: Office) -> None:
    office.runner.run(AddCrew("Z"))
    crew = office.runner.run(AddCrew("A"))
    office.runner.run(FixCrew(crew, "fixed"))
    open_entries = office.read(lambda r: r.all("SELECT id FROM journal WHERE undoable = 1"))
    assert len(open_entries) == 1
    office.runner.run(UndoEntry(open_entries[0][0]))
    assert crews(office) == ["fixed"]


def test_a_bulk_insert_is_undone_as_one(office: Office) -> None:
    ids = office.runner.run(AddMany(1_200))
    assert len(set(ids)) == 1_200
    office.runner.run(UndoLast())
    assert crews(office) == []


def test_undo_survives_a_restart(office: Office) -> None:
    office.runner.run(AddCrew("A"))
    again = Office.open(office.folder, office.clock)
    try:
        again.runner.run(UndoLast())
    finally:
        again.close()
    assert crews(office) == []


def test_the_journal_is_forgotten_after_its_time(office: Office, clock: FrozenClock) -> None:
    office.runner.run(AddCrew("A"))
    clock.advance(31 * 86_400)
    office.runner.run(PruneJournal())
    with pytest.raises(AppError):
        office.runner.run(UndoLast())
    assert crews(office) == ["A"]


def test_a_refused_command_leaves_nothing(office: Office) -> None:
    with pytest.raises(AppError) as gone:
        office.runner.run(RenameCrew(99, "B"))
    assert gone.value.code == "data.gone"
    assert office.read(lambda r: r.value("SELECT count(*) FROM journal")) == 0
