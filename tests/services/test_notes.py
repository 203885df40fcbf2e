from __future__ import annotations

import pytest

from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import ContactDraft, Place
from tcf_desktop.services.command import Command
from tcf_desktop.services.contacts import DeleteContact, SaveContact
from tcf_desktop.services.notes import AddNote, ChangeNote, DeleteNote
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries.imports import drafts_of
from tcf_desktop.services.queries.notes import HEAD_LENGTH, note_text, notes_of
from tcf_desktop.services.undo import UndoLast

JULIA = ContactDraft(first_name="Julia", places=(Place("Home", "1 A St"), Place("", "2 B St")))


@pytest.fixture
def julia(office: Office) -> int:
    return office.runner.run(SaveContact(JULIA))


def place_ids(office: Office, contact_id: int) -> list[int | None]:
    draft = office.read(lambda r: next(drafts_of(r, [contact_id]))).draft
    return [place.id for place in draft.places]


def texts(office: Office, contact_id: int) -> list[str]:
    return [row.head for row in office.read(lambda r: notes_of(r, contact_id)).rows]


def found(office: Office, word: str) -> list[int]:
    sql = "SELECT rowid FROM contact_search WHERE contact_search MATCH ?"
    return [row[0] for row in office.read(lambda r: r.all(sql, (word,)))]


def test_notes_come_newest_first_with_who_sees_them_and_where(
    office: Office, clock: FrozenClock, julia: int
) -> None:
    home, second = place_ids(office, julia)
    office.runner.run(AddNote(julia, "Asked for the same price", "office"))
    clock.advance(60)
    office.runner.run(AddNote(julia, "Side ladder", "crew", home))
    clock.advance(60)
    office.runner.run(AddNote(julia, "Thank you", "document", second))
    notes = office.read(lambda r: notes_of(r, julia))
    assert [(row.head, row.visibility, row.place) for row in notes.rows] == [
        ("Thank you", "document", "2 B St"),
        ("Side ladder", "crew", "Home"),
        ("Asked for the same price", "office", ""),
    ]
    assert notes.total == 3
    assert office.read(lambda r: notes_of(r, julia, 1)).total == 3
    assert found(office, "ladder") == [julia]


def test_every_change_of_a_note_can_be_undone(
    office: Office, clock: FrozenClock, julia: int
) -> None:
    home, _ = place_ids(office, julia)
    note_id = office.runner.run(AddNote(julia, "  First\r\nwords\x00 ", "office", home))
    assert texts(office, julia) == ["First\nwords"]
    clock.advance(60)
    office.runner.run(ChangeNote(note_id, "Other words"))
    office.runner.run(ChangeNote(note_id, visibility="crew", at_contact=True))
    row = office.read(lambda r: notes_of(r, julia)).rows[0]
    assert (row.head, row.visibility, row.location_id) == ("Other words", "crew", None)
    assert row.updated_at > row.at
    office.runner.run(UndoLast())
    office.runner.run(UndoLast())
    row = office.read(lambda r: notes_of(r, julia)).rows[0]
    assert (row.head, row.visibility, row.location_id) == ("First\nwords", "office", home)
    assert office.runner.run(DeleteNote(note_id)) == "Julia"
    assert texts(office, julia) == []
    assert office.read(lambda r: note_text(r, note_id)) is None
    assert found(office, "first") == []
    office.runner.run(UndoLast())
    assert texts(office, julia) == ["First\nwords"]
    assert found(office, "first") == [julia]


def test_a_change_to_the_same_makes_no_entry(office: Office, julia: int) -> None:
    note_id = office.runner.run(AddNote(julia, "Same", "crew"))
    before = office.read(lambda r: r.value("SELECT count(*) FROM journal"))
    office.runner.run(ChangeNote(note_id, "Same ", "crew"))
    assert office.read(lambda r: r.value("SELECT count(*) FROM journal")) == before


def test_a_note_of_a_megabyte_is_kept_whole_and_listed_by_its_beginning(
    office: Office, julia: int
) -> None:
    text = "Ladder behind the shed. " * 44_000
    note_id = office.runner.run(AddNote(julia, text, "office"))
    row = office.read(lambda r: notes_of(r, julia)).rows[0]
    assert len(row.head) == HEAD_LENGTH
    assert row.is_long
    assert row.length == len(text.strip())
    assert office.read(lambda r: note_text(r, note_id)) == text.strip()


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (AddNote(1, " \n ", "office"), "notes.empty"),
        (AddNote(1, "x", ""), "notes.no_visibility"),  # type: ignore[arg-type]
        (AddNote(1, "x", "office", 999), "data.gone"),
        (AddNote(999, "x", "office"), "data.gone"),
        (ChangeNote(1, "  "), "notes.empty"),
        (ChangeNote(1, visibility="all"), "notes.no_visibility"),  # type: ignore[arg-type]
        (ChangeNote(999, "x"), "data.gone"),
        (DeleteNote(999), "data.gone"),
    ],
)
def test_what_is_refused_changes_nothing(
    office: Office, julia: int, command: Command[object], code: str
) -> None:
    assert office.runner.run(AddNote(julia, "Kept", "office")) == julia == 1
    with pytest.raises(AppError) as refused:
        office.runner.run(command)
    assert refused.value.code == code
    assert texts(office, julia) == ["Kept"]


def test_a_place_of_somebody_else_and_what_was_deleted_take_no_note(
    office: Office, julia: int
) -> None:
    other = office.runner.run(SaveContact(JULIA))
    theirs = place_ids(office, other)[0]
    for command in (AddNote(julia, "x", "office", theirs), AddNote(julia, "x", "crew", -1)):
        with pytest.raises(AppError):
            office.runner.run(command)
    note_id = office.runner.run(AddNote(julia, "x", "office"))
    office.runner.run(DeleteNote(note_id))
    with pytest.raises(AppError):
        office.runner.run(DeleteNote(note_id))
    office.runner.run(DeleteContact((julia,)))
    with pytest.raises(AppError):
        office.runner.run(AddNote(julia, "x", "office"))
