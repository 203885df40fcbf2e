from __future__ import annotations

from pathlib import Path

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import (
    ContactDraft,
    Email,
    ParsedContact,
    ParsedContacts,
    Phone,
    Place,
)
from tcf_desktop.domain.imports import Action, ImportPlan, as_json
from tcf_desktop.services.contacts import DeleteContact, SaveContact
from tcf_desktop.services.importers import parse_files
from tcf_desktop.services.imports import ImportContacts, plan_import
from tcf_desktop.services.office import Office
from tcf_desktop.services.progress import Progress
from tcf_desktop.services.queries.imports import drafts_of
from tcf_desktop.services.undo import UndoLast

SAMPLES = Path(__file__).parents[1] / "fixtures" / "contacts"


def parsed(*drafts: ContactDraft, uids: tuple[str, ...] = ()) -> ParsedContacts:
    uids = uids or ("",) * len(drafts)
    contacts = tuple(
        ParsedContact(n, n, draft, uid)
        for n, (draft, uid) in enumerate(zip(drafts, uids, strict=True), 1)
    )
    return ParsedContacts("list.csv", "CSV", "", contacts)


def plan(office: Office, *files: ParsedContacts) -> ImportPlan:
    return office.read(lambda r: plan_import(r, files))


def actions(plan: ImportPlan) -> list[str]:
    return [row.action.value for row in plan.rows]


def person(
    first: str, last: str, phone: str = "", mail: str = "", street: str = ""
) -> ContactDraft:
    return ContactDraft(
        first_name=first,
        last_name=last,
        phones=(Phone(phone),) if phone else (),
        emails=(Email(mail),) if mail else (),
        places=(Place(street=street, city="Sioux Falls"),) if street else (),
    )


JULIA = person("Julia", "Hartmann", "605-555-0172", "julia@example.com")


def count(office: Office, table: str) -> int:
    return int(office.read(lambda r: r.value(f"SELECT count(*) FROM {table}")))


def test_real_exports_are_planned_and_written_in_one_entry(office: Office) -> None:
    paths = [str(path) for path in sorted(SAMPLES.glob("*.[vc][cs][fv]"))]
    files = parse_files(office.ports.files, "contacts", paths)
    checked = office.read(lambda r: plan_import(r, files))
    assert len(checked.rows) == 14
    before = count(office, "contacts")
    rows = office.runner.run(ImportContacts(checked, Progress()))
    answer = as_json(rows)
    assert answer["added"] == checked.count(Action.ADD) == count(office, "contacts") - before
    assert answer["in_doubt"] == sum(row.action is Action.IN_DOUBT for row in rows)
    assert all(row.id for row in rows if row.action in {Action.ADD, Action.UPDATE} and row.payload)
    again = office.read(lambda r: plan_import(r, files))
    assert again.to_write() == 0
    office.runner.run(UndoLast())
    assert count(office, "contacts") == before
    assert count(office, "contact_phones") == 0


def test_same_name_with_the_same_number_is_the_same_contact(office: Office) -> None:
    contact_id = office.runner.run(SaveContact(JULIA))
    checked = plan(
        office,
        parsed(
            person("JULIA", "Hartmann", "+1 (605) 555-0172"),
            person("Julia", "Hartmann", "0016055550172", "new@example.com", "2416 S Prairie Ave"),
        ),
    )
    assert actions(checked) == ["skip", "update"]
    assert {row.id for row in checked.rows} == {contact_id}
    office.runner.run(ImportContacts(checked, Progress()))
    assert count(office, "contacts") == 1
    assert count(office, "contact_emails") == 2
    assert count(office, "locations") == 1


def test_number_or_mail_of_somebody_else_is_in_doubt(office: Office) -> None:
    office.runner.run(SaveContact(JULIA))
    checked = plan(
        office,
        parsed(
            person("Karl", "Hartmann", "6055550172"),
            person("Karl", "Weber", mail="JULIA@example.com"),
            person("Julia", "Hartmann", "605-555-9999"),
        ),
    )
    assert actions(checked) == ["in_doubt"] * 3
    assert "Julia Hartmann" in checked.rows[0].reason
    rows = office.runner.run(ImportContacts(checked, Progress()))
    assert count(office, "contacts") == 1
    assert [row.id for row in rows] == [None, None, None]


def test_rows_of_one_file_are_compared_with_each_other(office: Office) -> None:
    checked = plan(
        office,
        parsed(
            person("Żaneta", "Ślązak", "+48 601 234 567"),
            person("Zaneta", "Slazak", "0048601234567", "z@example.com"),
            person("Piotr", "Inny", "+48601234567"),
            ContactDraft(emails=(Email("only@example.com"),)),
            ContactDraft(),
        ),
    )
    assert actions(checked) == ["add", "update", "in_doubt", "add", "skip"]
    assert checked.rows[3].reason == "It has no name and is listed as only@example.com."
    office.runner.run(ImportContacts(checked, Progress()))
    assert count(office, "contacts") == 2
    assert count(office, "contact_emails") == 2


def test_identity_of_the_file_is_kept_and_a_deleted_one_is_in_doubt(office: Office) -> None:
    first = plan(office, parsed(JULIA, uids=("uid-1",)))
    (row,) = office.runner.run(ImportContacts(first, Progress()))
    assert row.id is not None
    assert office.read(lambda r: r.value("SELECT uid FROM contacts")) == "uid-1"
    renamed = person("Julia", "Moen", "605-555-0172")
    assert actions(plan(office, parsed(renamed, uids=("uid-1",)))) == ["skip"]
    office.runner.run(DeleteContact((row.id,)))
    assert actions(plan(office, parsed(JULIA, uids=("uid-1",)))) == ["in_doubt"]


def test_several_files_are_all_or_none_and_stop_leaves_nothing(office: Office) -> None:
    many = parsed(*(person("P", f"Nr{n}", f"605-556-{n:04}") for n in range(1200)))
    checked = plan(office, many, parsed(JULIA))
    progress = Progress()
    progress.stop()
    with pytest.raises(AppError) as caught:
        office.runner.run(ImportContacts(checked, progress))
    assert caught.value.code == "app.stopped"
    assert count(office, "contacts") == 0


def test_plan_that_was_overtaken_is_refused_as_a_whole(office: Office) -> None:
    contact_id = office.runner.run(SaveContact(JULIA))
    checked = plan(
        office,
        parsed(person("Julia", "Hartmann", "6055550172", "x@example.com"), person("New", "One")),
    )
    assert actions(checked) == ["update", "add"]
    office.runner.run(SaveContact(person("Julia", "Moen", "605-555-0172"), contact_id))
    with pytest.raises(AppError) as caught:
        office.runner.run(ImportContacts(checked, Progress()))
    assert caught.value.code == "import.moved_on"
    assert count(office, "contacts") == 1


def test_two_alike_are_in_doubt_and_a_same_place_is_the_same(office: Office) -> None:
    office.runner.run(SaveContact(person("Ann", "Lee", "605-555-0001", street="1 Main St")))
    office.runner.run(SaveContact(person("Ann", "Lee", "605-555-0002")))
    both = ContactDraft(
        first_name="Ann", last_name="Lee", phones=(Phone("6055550001"), Phone("6055550002"))
    )
    moved = person("Ann", "Lee", "605-555-0003", street="1 main st.")
    checked = plan(office, parsed(both, moved))
    assert actions(checked) == ["in_doubt", "update"]
    assert checked.rows[0].reason.startswith("2 contacts are like it")


def test_nameless_contact_gets_its_name_and_company_by_mail(office: Office) -> None:
    contact_id = office.runner.run(SaveContact(ContactDraft(emails=(Email("ann@example.com"),))))
    known = ContactDraft(emails=(Email("ann@example.com"),), phones=(Phone("605-555-0001"),))
    checked = plan(office, parsed(known))
    assert (actions(checked), checked.rows[0].id) == (["update"], contact_id)
    office.runner.run(ImportContacts(checked, Progress()))
    assert count(office, "contact_phones") == 1
    assert office.read(lambda r: r.value("SELECT display_name FROM contacts")) == "ann@example.com"


# What the sample files say, word by word: nothing of it may be lost without being named.
SAID = {
    "google-30-abrelated.vcf": (
        "Money Counter", "1980-03-22", "http://www.ibm.com", "1975-03-01", "Jenny", "Mr.", "Sr.",
        "Jon", "Dow", "905-555-1234", "john.doe@ibm.com", "IBM", "Crescent moon drive",
    ),
    "iphone-30-photo-items.vcf": (
        "Johny", "Accounting", "905-222-1234", "2012-06-06", "Building 6", "Floor 8", "a picture",
    ),
    "outlook-21-label-photo.vcf": (
        "Counting Money", "johny5@aol.com", "Big Blue", "Jenny", "20110113", "1980-03-22",
        "Accounting", "a picture", "Albaney",
    ),
    "android-21-qp-utf8-many.vcf": ("www.company.com", "a picture", "55556666"),
    "google-csv-new-layout-SYNTHETIC.csv": (
        "1990-05-14", "--02-29", "Klienci", "z.slazak@example.com", "601-234-568", "lateks",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(SAID))
def test_nothing_of_a_sample_file_is_lost_without_a_word(office: Office, name: str) -> None:
    files = parse_files(office.ports.files, "contacts", [str(SAMPLES / name)])
    planned = office.read(lambda r: plan_import(r, files))
    rows = office.runner.run(ImportContacts(planned, Progress()))
    kept = office.read(
        lambda r: [repr(c.draft) for c in drafts_of(r, [row.id for row in rows if row.id])]
    )
    everything = "\n".join([*kept, *(row.reason for row in rows), *planned.remarks])
    assert [words for words in SAID[name] if words not in everything] == []
    assert all(row.id or row.reason for row in rows)


def test_note_of_a_megabyte_comes_in_whole(office: Office, tmp_path: Path) -> None:
    text = "The dog bites. " * 70_000
    path = tmp_path / "long.vcf"
    path.write_text(f"BEGIN:VCARD\nVERSION:3.0\nFN:Ann Lee\nNOTE:{text}\nEND:VCARD\n")
    files = parse_files(office.ports.files, "contacts", [str(path)])
    (row,) = office.runner.run(ImportContacts(plan(office, *files), Progress()))
    assert row.id is not None
    (ann,) = office.read(lambda r: list(drafts_of(r, [row.id or 0])))
    assert ann.draft.notes[0].text == text.strip()
    assert plan(office, *files).to_write() == 0
