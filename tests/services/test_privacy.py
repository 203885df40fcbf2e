"""One person: everything is named, everything that may go is gone from every file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import String

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import ContactDraft, Email, NoteDraft, Phone, Place
from tcf_desktop.domain.privacy import ERASED_NAME, RETENTION_KEY
from tcf_desktop.services import privacy, privacy_papers
from tcf_desktop.services.check import check_office
from tcf_desktop.services.command import Command
from tcf_desktop.services.consent import RecordConsent, RevokeConsent
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.office import Office
from tcf_desktop.services.privacy import ErasePerson, PurgeRetained, erase_person, plan_of
from tcf_desktop.services.queries import privacy as queries
from tcf_desktop.services.settings import SetSetting
from tcf_desktop.services.trash import RestoreItems
from tcf_desktop.services.undo import UndoEntry, UndoLast
from tcf_desktop.services.uow import UnitOfWork

NOW = 1_784_043_720_000
# Tables that point at a contact, a place, a visit or an invoice and hold nothing of a person.
NOTHING_PERSONAL = {"distinct_contacts": "only that two records differ; goes with either"}


# What a row of that table must or must not say.
_SPECIAL: dict[str, dict[str, Any]] = {
    "appointments": {"state": "done"},
    "allocations": {"credit_id": None, "refund_id": None},
    "checklist_items": {"series_id": None},
    "contact_changes": {"params": json.dumps({"name": "zqmarkparams"}), "undo": 0},
    "invoices": dict.fromkeys(
        ("subtotal_cents", "tax_cents", "total_cents", "paid_cents", "open_cents"), 0
    ),
    "messages": {"state": "waiting"},
    "billing_runs": {"state": "made"},
    "archived_documents": {"purpose": "issued", "kind": "statement"},
    "payments": {"kind": "payment", "amount_cents": 2, "reverses_id": None},
    "series": {"state": "confirmed"},
    "working_hours": {"to_minute": 600},
}


class _Rows(Command[None]):
    """Rows as a test wants them, past all commands."""

    journalled = False

    def __init__(self, *statements: tuple[str, tuple[object, ...]]) -> None:
        self.statements = statements

    def execute(self, uow: UnitOfWork) -> None:
        for sql, values in self.statements:
            uow.connection.exec_driver_sql(sql, values)


def contact_of(office: Office, name: str) -> int:
    sql = "SELECT id FROM contacts WHERE display_name = ? AND deleted_at IS NULL"
    return int(office.read(lambda r: r.value(sql, (name,))))


def paid_up(office: Office) -> tuple[int, str]:
    """Somebody who has paid everything and expects nobody."""
    row = office.read(
        lambda r: r.one(
            "SELECT c.id, c.display_name FROM contacts c WHERE c.segment = 'residential'"
            " AND c.id IN (SELECT contact_id FROM payments) AND c.id NOT IN"
            " (SELECT contact_id FROM invoices WHERE open_cents <> 0 OR state = 'draft')"
            " AND c.id NOT IN (SELECT contact_id FROM appointments WHERE contact_id IS NOT NULL"
            " AND ends_at > ?) ORDER BY c.id",
            (NOW,),
        )
    )
    assert row is not None
    return row[0], row[1]


def texts_of(office: Office, contact_id: int) -> set[str]:
    report = office.read(lambda r: queries.person_report(r, contact_id, NOW))
    assert report is not None
    return set(json.dumps(report.sections, ensure_ascii=False).split('"'))


def marks_everywhere(office: Office) -> tuple[int, dict[str, str]]:
    """A contact with a row in every table that points at it; a mark of its own in every text."""
    contact_id = office.runner.run(SaveContact(ContactDraft(first_name="Zq", last_name="Zy")))
    marks: dict[str, str] = {}
    ids: dict[str, int] = {"contacts": contact_id}
    statements: list[tuple[str, tuple[object, ...]]] = []
    fixed: dict[str, Any] = {
        "visibility": "office", "channel": "email", "purpose": "service", "unit": "week",
        "state": "draft", "doc_type": "invoice", "kind": "job", "method": "cheque",
        "currency": "USD", "mime": "image/png",
        "starts_local": "2026-07-13T08:00", "zone": "America/Chicago", "op": "update",
        "arrival_from_local": None, "number": None, "series": None, "series_n": None,
        "season_from": "04-01", "season_to": "10-31", "rounding": "half_up:line", "uid": "mark-uid",
        "reference": "2207", "holidays": "keep", "basis": "lines", "accepted_how": "",
    }  # fmt: skip
    office.runner.run(
        _Rows(
            ("INSERT INTO measures (name, unit, position, version) VALUES ('m', '', 0, 1)", ()),
            ("INSERT INTO custom_fields (uid, name, kind, choices, position, version)"
             " VALUES ('f', 'f', 'text', '[]', 0, 1)", ()),
        )
    )  # fmt: skip
    references = {"contact_id": "contacts", "location_id": "locations",
                  "appointment_id": "appointments", "invoice_id": "invoices",
                  "payment_id": "payments", "series_id": "series", "proposal_id": "proposals",
                  "plan_id": "billing_plans", "fee_invoice_id": "invoices"}  # fmt: skip
    for held in queries.HELD[1:]:
        table = models.Base.metadata.tables[held.table]
        values: dict[str, Any] = {}
        for column in table.columns:
            name = column.name
            if name == "id" or (name in {"deleted_at", "erased_at", "stopped_at"}):
                continue
            if name in references and references[name] in ids:
                values[name] = ids[references[name]]
            elif column.foreign_keys:
                target = next(iter(column.foreign_keys)).column.table.name
                values[name] = 1 if target in {"measures", "custom_fields"} else None
            elif name in fixed and (held.table, name) != ("contact_phones", "number"):
                values[name] = fixed[name]
            elif isinstance(column.type, String):
                day = name.endswith("_on")
                values[name] = "2026-07-13" if day else f"zqmark{held.table}{name}".replace("_", "")
                if not day:
                    marks[values[name]] = held.table
            else:
                values[name] = 1_784_000_000_000 if name.endswith("_at") or name == "at" else 1
        values |= _SPECIAL.get(held.table, {})
        values = {name: value for name, value in values.items() if value is not None}
        row_id = 9_000
        names = ", ".join(("id", *values))
        holes = ", ".join("?" * (len(values) + 1))
        statements.append(
            (f"INSERT INTO {held.table} ({names}) VALUES ({holes})", (row_id, *values.values()))
        )
        ids[held.table] = row_id
    office.runner.run(_Rows(*statements))
    return contact_id, marks


def test_every_table_that_names_somebody_has_a_decision() -> None:
    names = {"contact_id", "location_id", "appointment_id", "invoice_id", "payment_id", "a_id"}
    persons = {
        "contacts", "locations", "appointments", "invoices", "payments", "proposals",
        "billing_plans",
    }  # fmt: skip
    pointing = {
        table.name
        for table in models.Base.metadata.tables.values()
        for column in table.columns
        if column.name in names
        or any(key.column.table.name in persons for key in column.foreign_keys)
    }
    held = {held.table for held in queries.HELD}
    assert pointing <= held | set(NOTHING_PERSONAL)
    assert not held & set(NOTHING_PERSONAL)
    erased = {table for table, _where in privacy._DELETED} | {
        "contacts", "locations", "appointments", "appointment_lines", "invoices", "payments",
        "allocations", "treatments",
    } | set(privacy_papers.STRIPPED)  # fmt: skip
    assert pointing <= erased


def test_the_report_holds_every_text_of_every_table(office: Office) -> None:
    contact_id, marks = marks_everywhere(office)
    assert len(marks) > 40
    told = " ".join(texts_of(office, contact_id))
    missing = {mark for mark in marks if mark not in told and "params" not in mark}
    assert not missing


def everything_on_disk(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes().lower()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_no_file_holds_a_word_of_an_erased_person(office: Office) -> None:
    contact_id, _marks = marks_everywhere(office)
    draft = ContactDraft(
        first_name="Zqfirst", last_name="Zqlastname", company="Zqcompany",
        phones=(Phone("605-555-7788"),), emails=(Email("zqmail@example.com"),),
        places=(Place("Zqplace", "77 Zqstreet", city="Zqtown"),),
        notes=(NoteDraft("Zqnotetext about the zqladder"),), tags=("zqtag",), source="zqsource",
    )  # fmt: skip
    office.runner.run(SaveContact(draft, contact_id))
    renamed = ContactDraft(first_name="Zqother", last_name="Zqnewname", emails=draft.emails)
    office.runner.run(SaveContact(renamed, contact_id))
    row = {"row": 1, "line": 1, "file": "people.vcf", "action": "update", "id": contact_id,
           "name": "Zqother Zqnewname", "reason": "zqreason",
           "changes": [{"field": "Phone", "old": "", "new": "605-555-7788"}]}  # fmt: skip
    office.runner.run(
        _Rows(
            (
                "INSERT INTO import_runs (at, kind, files, digests, added, updated, skipped,"
                " report) VALUES (1, 'contacts', 'zqother zqnewname.vcf', 'x', 1, 0, 0, ?)",
                (json.dumps([row, {"name": "Beth Olson", "reason": "kept"}]),),
            )
        )
    )  # fmt: skip
    kept = office.folder.path / "business-before-upgrade.db"
    kept.write_bytes(b"zqmark of old")
    (office.folder.files / "ab").mkdir(parents=True, exist_ok=True)
    before = everything_on_disk(office.folder.path)
    assert any(b"zqlastname" in content for content in before.values())

    erased = erase_person(office, contact_id)

    for name, content in everything_on_disk(office.folder.path).items():
        at = content.find(b"zq")
        assert at < 0, (name, content[max(0, at - 30) : at + 60].strip(b"\0"))
        assert b"555-7788" not in content
    assert erased.shown_as.startswith(ERASED_NAME)
    runs = office.read(lambda r: r.all("SELECT report FROM import_runs"))
    first, second = json.loads(runs[0][0])
    assert second == {"name": "Beth Olson", "reason": "kept"}
    assert (first["action"], first["id"], first["changes"]) == ("update", contact_id, [])
    assert office.read(lambda r: queries.person_report(r, contact_id, NOW)) is None
    assert check_office(office).ok


def money_of(office: Office) -> list[tuple[Any, ...]]:
    return office.read(
        lambda r: r.all(
            "SELECT number, state, issued_on, due_on, subtotal_cents, tax_cents, total_cents,"
            " paid_cents, open_cents FROM invoices WHERE state <> 'draft' ORDER BY id"
        )
        + r.all("SELECT id, paid_on, method, amount_cents FROM payments ORDER BY id")
        + r.all("SELECT invoice_id, name, amount_cents FROM invoice_lines l WHERE invoice_id IN"
                " (SELECT id FROM invoices WHERE state <> 'draft') ORDER BY l.id")
        + r.all("SELECT invoice_id, base_cents, tax_cents FROM invoice_taxes t WHERE invoice_id IN"
                " (SELECT id FROM invoices WHERE state <> 'draft') ORDER BY t.id")
    )  # fmt: skip


def test_the_books_stay_as_they_were(sample_office: Office) -> None:
    office = sample_office
    person, name = paid_up(office)
    before = money_of(office)
    plan = plan_of(office, person)
    assert plan.allowed
    kept = {each.key: each.count for each in plan.stays}
    assert kept["invoices"]
    assert kept["payments"]
    assert plan.kept_until_on > "2032"
    erased = erase_person(office, person)
    assert money_of(office) == before
    assert check_office(office).ok
    named = office.read(
        lambda r: r.all("SELECT bill_to, erased_at FROM invoices WHERE contact_id = ?",
                        (person,))
    )  # fmt: skip
    assert all(name in bill_to and at is None for bill_to, at in named)
    assert erased.plan.name == name
    listed = "SELECT count(*) FROM contact_search WHERE contact_search MATCH ?"
    assert office.read(lambda r: r.value(listed, (f'"{name}"',))) == 0


def test_documents_lose_the_name_when_their_time_is_over(sample_office: Office) -> None:
    office = sample_office
    person, name = paid_up(office)
    before = money_of(office)
    erase_person(office, person)
    assert privacy.purge_when_due(office) == 0
    office.runner.run(SetSetting(RETENTION_KEY, 0))
    changed = privacy.purge_when_due(office)
    assert changed > 0
    assert money_of(office) == before
    papers = office.read(
        lambda r: r.all("SELECT DISTINCT bill_to, service_place FROM invoices WHERE contact_id = ?"
                        " AND state <> 'draft'", (person,))
    )  # fmt: skip
    assert len(papers) == 1
    assert papers[0][0].startswith("Customer #")
    assert office.runner.run(PurgeRetained()) == 0
    for file, content in everything_on_disk(office.folder.path).items():
        assert name.lower().encode() not in content, file


def test_open_money_and_visits_ahead_come_first(sample_office: Office) -> None:
    reyes = contact_of(sample_office, "Carla Reyes")
    with pytest.raises(AppError) as money:
        sample_office.runner.run(ErasePerson(reyes))
    assert money.value.code == "privacy.owes"
    assert "error" not in str(money.value)
    tran = contact_of(sample_office, "Linh Tran")
    plan = plan_of(sample_office, tran)
    assert plan.visits
    assert not plan.allowed
    with pytest.raises(AppError) as visits:
        sample_office.runner.run(ErasePerson(tran))
    assert visits.value.code == "privacy.visits_ahead"
    assert f"visits ahead ({len(plan.visits)})" in str(visits.value)
    assert contact_of(sample_office, "Linh Tran") == tran


def test_what_touched_the_person_is_final_and_says_why(office: Office) -> None:
    first = office.runner.run(SaveContact(ContactDraft(first_name="Ann", last_name="Zq")))
    other = office.runner.run(SaveContact(ContactDraft(first_name="Bob", last_name="Other")))
    entry = office.read(lambda r: r.value("SELECT min(id) FROM journal"))
    erase_person(office, first)
    with pytest.raises(AppError) as refused:
        office.runner.run(UndoEntry(entry))
    assert refused.value.code == "undo.erased"
    assert "Ann" not in str(refused.value)
    with pytest.raises(AppError) as newest:
        office.runner.run(UndoLast())
    assert newest.value.code == "undo.erased"
    with pytest.raises(AppError):
        office.runner.run(RestoreItems((("contact", first),)))
    of_other = office.read(
        lambda r: r.value("SELECT journal_id FROM journal_rows WHERE row_id = ?", (other,))
    )
    office.runner.run(UndoEntry(of_other))


def test_a_no_outlives_the_person_and_counts_again_at_the_next_import(office: Office) -> None:
    from tcf_desktop.services.queries.consent import consent_state

    draft = ContactDraft(first_name="Ann", last_name="Zq", emails=(Email("ann@example.com"),))
    first = office.runner.run(SaveContact(draft))
    office.runner.run(
        RecordConsent(first, "email", "ann@example.com", "marketing", "2026-07-01", "phone")
    )
    office.runner.run(
        RevokeConsent(first, "email", "ann@example.com", "marketing", "2026-07-10", "reply")
    )
    erase_person(office, first)
    stored = office.read(lambda r: r.all("SELECT channel, digest, purpose FROM suppressions"))
    assert [(channel, purpose) for channel, _, purpose in stored] == [("email", "marketing")]
    assert "ann@example.com" not in str(stored)
    office.runner.run(SaveContact(draft))
    state = office.read(lambda r: consent_state(r, "email", "Ann@Example.com", "marketing"))
    assert getattr(state, "state", state) == "refused"


def test_records_merged_into_the_person_go_too(office: Office) -> None:
    kept = office.runner.run(SaveContact(ContactDraft(first_name="Ann", last_name="Zq")))
    merged = office.runner.run(SaveContact(ContactDraft(first_name="Annie", last_name="Zqq")))
    office.runner.run(
        _Rows(("UPDATE contacts SET merged_into_id = ?, deleted_at = 1 WHERE id = ?",
               (kept, merged)))
    )  # fmt: skip
    erase_person(office, kept)
    names = office.read(lambda r: r.all("SELECT display_name, erased_at FROM contacts"))
    assert all(name.startswith(ERASED_NAME) and at for name, at in names)


def test_bytes_that_others_have_stay(office: Office) -> None:
    digests = {"a" * 64: (1, 2), "b" * 64: (1,)}
    people = [
        office.runner.run(SaveContact(ContactDraft(first_name=name, last_name="Zq")))
        for name in ("Ann", "Bob")
    ]
    for digest, owners in digests.items():
        path = office.folder.files / digest[:2] / digest
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(digest.encode())
        for owner in owners:
            office.runner.run(
                _Rows((
                    "INSERT INTO attachments (contact_id, name, caption, mime, sha256, size,"
                    " added_at, version) VALUES (?, 'x.png', '', 'image/png', ?, 64, 1, 1)",
                    (people[owner - 1], digest),
                ))
            )  # fmt: skip
    erased = erase_person(office, people[0])
    assert erased.files == ("b" * 64,)
    assert (office.folder.files / "aa" / ("a" * 64)).exists()
    assert not (office.folder.files / "bb" / ("b" * 64)).exists()


def test_somebody_who_is_not_there_cannot_be_erased(office: Office) -> None:
    with pytest.raises(AppError) as gone:
        plan_of(office, 77)
    assert gone.value.code == "data.gone"
    with pytest.raises(AppError):
        office.runner.run(ErasePerson(77))
