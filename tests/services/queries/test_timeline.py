"""The timeline of a contact: complete, in order, page by page."""

from __future__ import annotations

import json
import time
from datetime import date, timedelta

import pytest

from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.domain.contacts import ContactDraft, Phone
from tcf_desktop.services.command import Command
from tcf_desktop.services.consent import RecordConsent
from tcf_desktop.services.contacts import DeleteContact, SaveContact
from tcf_desktop.services.notes import AddNote, DeleteNote
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries.timeline import GROUPS, Timeline, timeline
from tcf_desktop.services.queries.timeline_parts import Entry, Key, day_end
from tcf_desktop.services.trash import RestoreItems
from tcf_desktop.services.undo import UndoLast
from tcf_desktop.services.uow import UnitOfWork

ZONE = "America/Chicago"


class Fill(Command[None]):
    """Years of everything, some of it on the same days and at the same instants."""

    journalled = False

    def __init__(self, contact_id: int, each: int, per_day: int = 3) -> None:
        self.contact_id, self.each, self.per_day = contact_id, each, per_day

    def execute(self, uow: UnitOfWork) -> None:
        who, now = self.contact_id, uow.now_at
        days = [(date(2026, 7, 14) - timedelta(days=n // self.per_day)) for n in range(self.each)]
        ends = [day_end(day, ZONE) for day in days]
        uow.driver(
            "INSERT INTO appointments (uid, kind, contact_id, title, starts_local, minutes, zone,"
            " starts_at, ends_at, all_day, state, note, total_cents, sequence, created_at,"
            " updated_at, version) VALUES (?, 'job', ?, 'Windows', ?, 60, ?, ?, ?, 0, 'done', '',"
            " 100, 0, 0, 0, 1)",
            [
                (f"v{who}-{n}", who, f"{day}T08:00", ZONE, end - 50_000_000, end)
                for n, (day, end) in enumerate(zip(days, ends, strict=True))
            ],
        )
        uow.driver(
            "INSERT INTO payments (contact_id, paid_on, method, reference, amount_cents,"
            " created_at, version) VALUES (?, ?, 'cheque', '1', 100, 0, 1)",
            [(who, day.isoformat()) for day in days],
        )
        uow.driver(
            "INSERT INTO notes (contact_id, visibility, text, at, updated_at, version)"
            " VALUES (?, 'office', 'Note', ?, 0, 1)",
            [(who, min(end, now)) for end in ends],
        )
        uow.driver(
            "INSERT INTO contact_changes (contact_id, at, label, params, fields, undo)"
            " VALUES (?, ?, 'change of {name}', ?, 'tags', 0)",
            [(who, min(end, now), json.dumps({"name": "X"})) for end in ends],
        )


def page(office: Office, contact_id: int, **asked: object) -> Timeline:
    now = office.clock.now_ms()
    return office.read(lambda r: timeline(r, contact_id, now, **asked))  # type: ignore[arg-type]


def everything(office: Office, contact_id: int, group: str = "", limit: int = 7) -> list[Entry]:
    found: list[Entry] = []
    before: Key | None = None
    while True:
        part = page(office, contact_id, group=group, before=before, limit=limit)
        found += part.entries
        if part.older is None:
            return found
        before = part.older


@pytest.mark.parametrize("limit", [1, 3, 40])
def test_pages_hold_every_entry_once_and_in_order(office: Office, limit: int) -> None:
    contact_id = office.runner.run(SaveContact(ContactDraft(first_name="Julia")))
    office.runner.run(Fill(contact_id, 20))
    whole = page(office, contact_id, limit=10_000).entries
    assert len(whole) == 81
    keys = [entry.key for entry in whole]
    assert keys == sorted(keys, reverse=True)
    assert len(set(keys)) == len(keys)
    assert everything(office, contact_id, limit=limit) == list(whole)
    days = [entry.on for entry in whole]
    assert days == sorted(days, reverse=True)


def test_filters_part_the_whole(sample_office: Office) -> None:
    contact_id = sample_office.read(
        lambda r: r.value("SELECT contact_id FROM invoices GROUP BY 1 ORDER BY count(*) DESC")
    )
    whole = everything(sample_office, contact_id)
    parts = [entry for group in GROUPS for entry in everything(sample_office, contact_id, group)]
    assert sorted(parts, key=lambda e: e.key) == sorted(whole, key=lambda e: e.key)
    assert {entry.kind for entry in whole} >= {"visit", "invoice", "payment"}
    visits = sample_office.read(
        lambda r: r.value(
            "SELECT count(*) FROM appointments WHERE contact_id = ? AND deleted_at IS NULL"
            " AND starts_at <= ?",
            (contact_id, sample_office.clock.now_ms()),
        )
    )
    assert len(everything(sample_office, contact_id, "visits")) == visits
    now = sample_office.clock.now_ms()
    assert all(entry.key.at <= now for entry in whole if entry.kind == "visit")


def test_visits_ahead_are_counted_and_shown_on_demand(sample_office: Office) -> None:
    now = sample_office.clock.now_ms()
    contact_id = sample_office.read(
        lambda r: r.value(
            "SELECT contact_id FROM appointments WHERE starts_at > ? AND state = 'confirmed'"
            " AND contact_id IS NOT NULL AND deleted_at IS NULL",
            (now,),
        )
    )
    found = page(sample_office, contact_id, limit=1000)
    assert found.ahead > 0
    assert found.next_on >= "2026-07-14"
    more = page(sample_office, contact_id, limit=1000, with_ahead=True)
    assert len(more.entries) == len(found.entries) + found.ahead
    assert more.entries[0].kind == "visit"


def test_what_was_done_to_a_contact_is_told_also_when_it_was_undone(
    office: Office, clock: FrozenClock
) -> None:
    draft = ContactDraft(first_name="Julia", phones=(Phone("605-555-0172"),))
    contact_id = office.runner.run(SaveContact(draft))
    clock.advance(60)
    note_id = office.runner.run(AddNote(contact_id, "Ladder\nin the shed", "crew"))
    clock.advance(60)
    office.runner.run(
        RecordConsent(contact_id, "text", "605-555-0172", "service", "2026-07-14", "phone")
    )
    clock.advance(60)
    office.runner.run(DeleteContact((contact_id,)))
    clock.advance(60)
    office.runner.run(RestoreItems((("contact", contact_id),)))
    clock.advance(60)
    office.runner.run(DeleteNote(note_id))
    clock.advance(60)
    office.runner.run(UndoLast())
    told = [
        (entry.kind, entry.title, entry.undone) for entry in everything(office, contact_id, limit=2)
    ]
    assert told == [
        ("change", "deletion of a note about {name}", True),
        ("change", "deletion of a note about {name}", False),
        ("change", "return of {name}", False),
        ("change", "deletion of {name}", False),
        ("consent", "text", False),
        ("note", "Ladder\nin the shed", False),
        ("change", "new contact {name}", False),
    ]
    first = everything(office, contact_id)[-1]
    assert first.state == "created"
    assert first.params == {"name": "Julia"}


def test_ten_thousand_entries_cost_a_page_no_more_than_a_hundred(office: Office) -> None:
    ids = [office.runner.run(SaveContact(ContactDraft(first_name=n))) for n in ("Few", "Many")]
    for contact_id, each in zip(ids, (25, 2500), strict=True):
        office.runner.run(Fill(contact_id, each))

    def seconds(contact_id: int, before: Key | None) -> float:
        best = 9.0
        for _ in range(5):
            started = time.perf_counter()
            assert len(page(office, contact_id, before=before).entries) == 40
            best = min(best, time.perf_counter() - started)
        return best

    deep = page(office, ids[1], limit=9000).older
    few = seconds(ids[0], None)
    assert seconds(ids[1], None) < few * 4 + 0.01
    assert seconds(ids[1], deep) < few * 4 + 0.01
