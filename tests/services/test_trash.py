"""What was deleted is listed, comes back, and is forgotten in the end."""

from __future__ import annotations

from typing import Any

import pytest

from tcf_desktop import models
from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import ContactDraft, NoteDraft, Phone, Place
from tcf_desktop.services.appointment_values import AppointmentDraft
from tcf_desktop.services.appointments import CreateAppointment, DeleteAppointment
from tcf_desktop.services.catalog import DeleteService
from tcf_desktop.services.command import Command
from tcf_desktop.services.contacts import DeleteContact, SaveContact
from tcf_desktop.services.merge import MergeContacts
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries.trash import KINDS, Trash, trash
from tcf_desktop.services.trash import EmptyTrash, RestoreItems
from tcf_desktop.services.undo import UndoLast
from tcf_desktop.services.uow import UnitOfWork

HOME = Place(name="Home", street="2416 S Prairie Ave", city="Sioux Falls", postal_code="57105")
DAY = 86_400


class Mark(Command[None]):
    """Marks one record as deleted, as its own screen does."""

    def __init__(self, model: type[models.Base], row_id: int) -> None:
        self.model, self.row_id = model, row_id

    def execute(self, uow: UnitOfWork) -> None:
        uow.describe("deletion of something")
        record: Any = uow.get(self.model, self.row_id)
        record.deleted_at = uow.now_at


class Add(Command[int]):
    """Adds one record."""

    def __init__(self, record: Any) -> None:
        self.record = record

    def execute(self, uow: UnitOfWork) -> int:
        uow.describe("new thing")
        return int(uow.add(self.record).id)


def add(office: Office, name: str = "Jane Olson", **more: Any) -> int:
    first, _, last = name.partition(" ")
    draft = ContactDraft(
        first_name=first, last_name=last, phones=(Phone("605-555-0138"),), places=(HOME,), **more
    )
    return office.runner.run(SaveContact(draft))


def listed(office: Office, text: str = "", kind: str = "") -> Trash:
    return office.read(lambda r: trash(r, text, kind))


def keys(office: Office, text: str = "", kind: str = "") -> list[tuple[str, int]]:
    return [(row.kind, row.id) for row in listed(office, text, kind).rows]


def count(office: Office, table: str, where: str = "1") -> int:
    return int(office.read(lambda r: r.value(f"SELECT count(*) FROM {table} WHERE {where}")))


def test_every_table_with_a_mark_has_a_kind() -> None:
    from tcf_desktop.models import schema  # loads every table

    assert schema
    marked = {
        table.name for table in models.Base.metadata.tables.values() if "deleted_at" in table.c
    }
    assert marked == {kind.table for kind in KINDS.values()}


def test_what_was_deleted_is_listed_with_the_reason(office: Office, clock: FrozenClock) -> None:
    jane = add(office, notes=(NoteDraft("Ring first"),))
    office.runner.run(Mark(models.Note, 1))
    clock.advance(60)
    service = office.read(lambda r: r.value("SELECT min(id) FROM services"))
    if service is not None:
        office.runner.run(DeleteService(service))
    clock.advance(60)
    office.runner.run(DeleteContact((jane,)))
    rows = listed(office).rows
    assert rows[0].kind == "contact"
    assert (rows[0].title, rows[0].sub) == ("Jane Olson", "605-555-0138")
    assert (rows[0].label, rows[0].params) == ("deletion of {name}", {"name": "Jane Olson"})
    note = rows[-1]
    assert (note.title, note.contact, note.with_contact) == ("Ring first", "Jane Olson", True)
    assert note.label == "deletion of something"


def test_the_list_is_searched_and_filtered(office: Office) -> None:
    jane, bob = add(office), add(office, "Bob 100%", notes=(NoteDraft("Ring first"),))
    office.runner.run(Mark(models.Note, 1))
    office.runner.run(DeleteContact((jane, bob)))
    assert keys(office, "OLSON") == [("contact", jane)]
    assert keys(office, "100%") == [("contact", bob), ("note", 1)]
    assert keys(office, "1_0") == []
    assert keys(office, "bob ring") == [("note", 1)]
    found = listed(office, kind="note")
    assert [row.kind for row in found.rows] == ["note"]
    assert found.counts == {"contact": 2, "note": 1}


def test_several_come_back_with_one_undo(office: Office) -> None:
    jane, bob = add(office), add(office, "Bob Moen")
    office.runner.run(DeleteContact((jane, bob)))
    done = office.runner.run(RestoreItems((("contact", jane), ("contact", bob))))
    assert done.count == 2
    assert keys(office) == []
    office.runner.run(UndoLast())
    assert keys(office) == [("contact", jane), ("contact", bob)]


def test_a_note_of_a_deleted_contact_brings_the_contact_with_it(office: Office) -> None:
    jane = add(office, notes=(NoteDraft("Ring first"),))
    office.runner.run(Mark(models.Note, 1))
    office.runner.run(DeleteContact((jane,)))
    done = office.runner.run(RestoreItems((("note", 1),)))
    assert (done.count, done.contacts) == (1, ("Jane Olson",))
    assert keys(office) == []
    assert office.read(
        lambda r: r.value("SELECT count(*) FROM contact_search WHERE contact_search MATCH 'ring'")
    )


def test_what_was_merged_is_not_in_the_trash(office: Office) -> None:
    jane, double = add(office), add(office)
    office.runner.run(MergeContacts(jane, double))
    assert keys(office) == []  # nor is the place that both had
    with pytest.raises(AppError) as refused:
        office.runner.run(RestoreItems((("contact", double),)))
    assert refused.value.code == "trash.merged"


def test_a_name_that_lives_again_is_not_brought_back(office: Office) -> None:
    old = office.runner.run(Add(models.Measure(name="Panes", position=0)))
    office.runner.run(Mark(models.Measure, old))
    office.runner.run(Add(models.Measure(name="panes", position=1)))
    with pytest.raises(AppError) as refused:
        office.runner.run(RestoreItems((("measure", old),)))
    assert refused.value.code == "trash.name_taken"
    assert keys(office) == [("measure", old)]


def visit(office: Office, contact_id: int) -> int:
    place = office.read(
        lambda r: r.value("SELECT id FROM locations WHERE contact_id = ?", (contact_id,))
    )
    return office.runner.run(
        CreateAppointment(
            AppointmentDraft(
                starts_local="2026-07-13T09:00", minutes=60, zone="America/Chicago",
                contact_id=contact_id, location_id=place, state="done",
            )
        )
    )  # fmt: skip


def test_after_30_days_what_nothing_refers_to_is_forgotten(
    office: Office, clock: FrozenClock
) -> None:
    gone = add(office, notes=(NoteDraft("Ring first"),))
    kept = add(office, "Bob Moen")
    visit(office, kept)
    office.runner.run(DeleteContact((gone, kept)))
    clock.advance(29 * DAY)
    assert office.runner.run(EmptyTrash()) == 0
    clock.advance(2 * DAY)
    assert office.runner.run(EmptyTrash()) > 0
    assert office.runner.run(EmptyTrash()) == 0
    assert keys(office) == [("contact", kept)]  # it has a visit
    for table in ("notes", "contact_phones", "locations", "contact_changes"):
        assert count(office, table, f"contact_id = {gone}") == 0
    assert office.read(lambda r: r.all("PRAGMA foreign_key_check")) == []


def test_a_deleted_visit_is_forgotten_and_then_its_contact(
    office: Office, clock: FrozenClock
) -> None:
    jane = add(office)
    at = visit(office, jane)
    office.runner.run(DeleteAppointment(at))
    office.runner.run(DeleteContact((jane,)))
    clock.advance(31 * DAY)
    while office.runner.run(EmptyTrash()):
        pass
    assert (count(office, "appointments"), count(office, "contacts")) == (0, 0)


def test_a_word_on_who_may_write_outlives_the_trash(office: Office, clock: FrozenClock) -> None:
    jane = add(office)
    office.runner.run(
        Add(
            models.ConsentEvent(
                contact_id=jane, channel="email", address="a@x.example",
                address_key="a@x.example", purpose="marketing", given=0, at=1, how="reply",
                created_at=1,
            )
        )
    )  # fmt: skip
    office.runner.run(DeleteContact((jane,)))
    clock.advance(31 * DAY)
    office.runner.run(EmptyTrash())
    assert keys(office) == [("contact", jane)]
