"""Undo: what a command did is taken back as long as nobody built on it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from tcf_desktop import models
from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import ContactDraft, Phone
from tcf_desktop.services.command import Command
from tcf_desktop.services.contacts import SaveContact
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


@dataclass(frozen=True, slots=True)
class PaintCrew(Command[None]):
    """Changes a colour only, and may be taken back whatever else happened to the crew."""

    by_field = True

    crew_id: int
    color: int

    def execute(self, uow: UnitOfWork) -> None:
        uow.describe("new colour")
        uow.get(models.Crew, self.crew_id).color_index = self.color


@dataclass(frozen=True, slots=True)
class PaintTwice(PaintCrew):
    """Notes two changes of one record in one entry."""

    def execute(self, uow: UnitOfWork) -> None:
        crew = uow.get(models.Crew, self.crew_id)
        crew.color_index, crew.position = self.color, 1
        uow.session.flush()
        crew.position = 2


def crew(office: Office, crew_id: int) -> tuple[str, int, int]:
    return office.read(
        lambda r: r.all("SELECT name, color_index, position FROM crews WHERE id = ?", (crew_id,))
    )[0]


def newest(office: Office) -> int:
    return int(office.read(lambda r: r.value("SELECT max(id) FROM journal")))


def test_by_field_asks_only_for_the_fields_that_it_changed(office: Office) -> None:
    key = office.runner.run(AddCrew("A"))
    office.runner.run(PaintCrew(key, 5))
    painted = newest(office)
    office.runner.run(RenameCrew(key, "B"))
    office.runner.run(UndoEntry(painted))
    assert crew(office, key) == ("B", 0, 0)
    office.runner.run(UndoEntry(newest(office)))  # painted again, after that too
    assert crew(office, key) == ("B", 5, 0)


def test_by_field_is_refused_when_its_field_was_changed_again(office: Office) -> None:
    key = office.runner.run(AddCrew("A"))
    office.runner.run(PaintCrew(key, 5))
    painted = newest(office)
    office.runner.run(PaintCrew(key, 6))
    with pytest.raises(AppError) as refused:
        office.runner.run(UndoEntry(painted))
    assert refused.value.code == "undo.moved_on"
    assert crew(office, key) == ("A", 6, 0)


def test_by_field_knows_every_field_of_a_record_that_changed_twice(office: Office) -> None:
    key = office.runner.run(AddCrew("A"))
    office.runner.run(PaintTwice(key, 5))
    painted = newest(office)
    office.runner.run(RenameCrew(key, "B"))
    office.runner.run(UndoEntry(painted))
    assert crew(office, key) == ("B", 0, 0)
    office.runner.run(UndoEntry(newest(office)))
    office.runner.run(PaintCrew(key, 6))
    with pytest.raises(AppError):
        office.runner.run(UndoEntry(painted))


def test_by_field_keeps_the_versions_apart_so_that_a_stale_undo_is_refused(office: Office) -> None:
    key = office.runner.run(AddCrew("A"))
    office.runner.run(PaintCrew(key, 5))
    painted = newest(office)
    office.runner.run(RenameCrew(key, "B"))
    renamed = newest(office)
    office.runner.run(UndoEntry(painted))
    with pytest.raises(AppError) as refused:
        office.runner.run(UndoEntry(renamed))  # the record moved on meanwhile
    assert refused.value.code == "undo.moved_on"


def test_what_is_final_leaves_an_entry_by_field_open(office: Office) -> None:
    key = office.runner.run(AddCrew("A"))
    office.runner.run(PaintCrew(key, 5))
    painted = newest(office)
    office.runner.run(FixCrew(key, "fixed"))
    office.runner.run(UndoEntry(painted))
    assert crew(office, key) == ("fixed", 0, 0)


def test_a_batch_over_several_tables_is_undone_and_redone_whole(office: Office) -> None:
    @dataclass(frozen=True, slots=True)
    class Mixed(Command[None]):
        def execute(self, uow: UnitOfWork) -> None:
            for number in range(30):
                made = uow.add(models.Crew(name=f"C{number}", color_index=0))
                uow.add(models.Worker(name=f"W{number}", crew_id=made.id))
                made.name = f"D{number}"
                uow.session.flush()

    office.runner.run(Mixed())
    state = crews(office)
    office.runner.run(UndoLast())
    assert crews(office) == []
    office.runner.run(RedoLast())
    assert crews(office) == state == [f"D{number}" for number in range(30)]


def changes(office: Office, contact_id: int) -> list[tuple[str, str, int]]:
    return office.read(
        lambda r: r.all(
            "SELECT label, fields, undo FROM contact_changes WHERE contact_id = ? ORDER BY id",
            (contact_id,),
        )
    )


def test_a_contact_remembers_what_was_changed_and_taken_back(office: Office) -> None:
    first = ContactDraft(last_name="Olson", phones=(Phone("605-555-0138"),))
    key = office.runner.run(SaveContact(first))
    office.runner.run(SaveContact(replace(first, phones=(), source="web"), key))
    office.runner.run(UndoLast())
    told = changes(office, key)
    assert [label for label, _fields, _undo in told] == [
        "new contact {name}", "change of {name}", "change of {name}",
    ]  # fmt: skip
    assert [fields for _label, fields, _undo in told[1:]] == ["contact_phones,source"] * 2
    assert [undo for _label, _fields, undo in told] == [0, 0, 1]


def test_the_changes_of_a_contact_outlive_the_journal(office: Office, clock: FrozenClock) -> None:
    key = office.runner.run(SaveContact(ContactDraft(last_name="Olson")))
    clock.advance(31 * 86_400)
    office.runner.run(PruneJournal())
    assert [label for label, *_rest in changes(office, key)] == ["new contact {name}"]


def test_the_changes_go_with_a_contact_that_was_never_there(office: Office) -> None:
    key = office.runner.run(SaveContact(ContactDraft(last_name="Olson")))
    office.runner.run(UndoLast())
    assert changes(office, key) == []
    office.runner.run(RedoLast())
    assert [label for label, *_rest in changes(office, key)] == ["new contact {name}"]
