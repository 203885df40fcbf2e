from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.base.paths import DataFolder
from tcf_desktop.domain.contacts import (
    ContactDraft,
    Email,
    Exemption,
    Named,
    NoteDraft,
    Phone,
    Place,
)
from tcf_desktop.domain.imports import Action
from tcf_desktop.services.command import Command
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.custom_fields import SaveField
from tcf_desktop.services.exports import ContactFormat, export_contacts
from tcf_desktop.services.importers import parse_files
from tcf_desktop.services.imports import ImportContacts, plan_import
from tcf_desktop.services.measures import SaveMeasure
from tcf_desktop.services.office import Office
from tcf_desktop.services.progress import Progress
from tcf_desktop.services.queries.contacts import contact_ids
from tcf_desktop.services.queries.imports import drafts_of
from tcf_desktop.services.uow import UnitOfWork


def export(office: Office, target: Path, form: ContactFormat) -> int:
    return office.read(lambda r: export_contacts(r, office.ports.files, target, form))


def contents(office: Office) -> dict[str, str]:
    taxes = dict(office.read(lambda r: r.all("SELECT id, name FROM taxes")))
    found = office.read(lambda r: list(drafts_of(r, list(contact_ids(r)))))
    return {contact.uid: _bare(contact.draft, taxes) for contact in found}


def _bare(draft: ContactDraft, taxes: dict[int, str]) -> str:
    """Everything but the numbers that a database gives."""
    draft = replace(
        draft,
        phones=tuple(replace(phone, id=None) for phone in draft.phones),
        emails=tuple(replace(mail, id=None) for mail in draft.emails),
        notes=tuple(
            replace(note, id=None)
            for note in sorted(draft.notes, key=lambda note: (note.at, note.visibility, note.text))
        ),
        places=tuple(
            replace(place, id=None, tax_id=None, tax=taxes.get(place.tax_id or 0, ""))
            for place in draft.places
        ),
    )
    return repr(draft)


@pytest.mark.parametrize(("form", "name"), [("vcard", "all.vcf"), ("csv", "all.csv")])
def test_what_is_exported_comes_back_equal_into_an_empty_business(
    sample_office: Office, blank_business: Path, tmp_path: Path, form: ContactFormat, name: str
) -> None:
    enrich(sample_office)
    target = tmp_path / name
    written = export(sample_office, target, form)
    assert written > 30
    folder = DataFolder(tmp_path / "other")
    folder.files.mkdir(parents=True)
    shutil.copyfile(blank_business, folder.database)
    other = Office.open(folder, sample_office.clock, sample_office.ports)
    try:
        other.runner.run(SameWords(words(sample_office)))
        files = parse_files(other.ports.files, "contacts", [str(target)])
        assert files[0].own
        plan = other.read(lambda r: plan_import(r, files))
        assert {row.action for row in plan.rows} == {Action.ADD}
        other.runner.run(ImportContacts(plan, Progress()))
        theirs, ours = contents(other), contents(sample_office)
        assert len(theirs) == written
        assert [uid for uid in theirs if theirs[uid] != ours[uid]] == []
        again = other.read(lambda r: plan_import(r, files))
        assert {row.action for row in again.rows} == {Action.SKIP}
    finally:
        assert other.close(10)


def enrich(office: Office) -> None:
    """One contact with everything that can be known."""
    field, measure = "Gate; brand: x", "Panes, upstairs"
    office.runner.run(SaveField(None, field, "text"))
    office.runner.run(SaveMeasure(None, measure))
    for table, values in words(office):
        assert values, table
    crew, price_list = (
        office.read(
            lambda r, t=table: str(r.value(f"SELECT name FROM {t} WHERE deleted_at IS NULL"))
        )
        for table in ("crews", "price_lists")
    )
    tax = office.read(lambda r: r.value("SELECT id FROM taxes WHERE deleted_at IS NULL"))
    office.runner.run(
        SaveContact(
            ContactDraft(
                first_name="=Zoë", last_name="O'Neil; Jr", company="All, of it", kind="prospect",
                segment="commercial", phones=(Phone("+1 605 555 0148", "* Barn"),),
                emails=(Email("not an address", "Bills"),), tags=("a ::: b", "* starred"),
                places=(
                    Place(
                        "Lake; cabin", "1 Shore Dr", "Apt, 3", "Wall Lake", "SD", "57033", "US",
                        "Dog\nKey: blue, pot", is_billing=True, tax_id=tax, lat=43.53, lon=-1e-05,
                        gate_code="=42#", person="Ann", person_phone="+1 605 555 0149",
                        measures=(Named(measure, "42.5"),),
                    ),
                    Place(name="Only a name", gate_code="7"),
                ),
                notes=(
                    NoteDraft("For us\n— no date —", "office", at=1_700_000_000_123),
                    NoteDraft("For Luis", "crew", at=1_700_000_000_124),
                    NoteDraft("On the invoice", "document", at=1_700_000_000_125),
                ),
                source="+neighbor", language="es-MX", crew=crew, price_list=price_list,
                terms_days=0, exemption=Exemption("TX-1", "SD", "2027-01-31"),
                fields=(Named(field, "@SUM"),),
            )
        )
    )  # fmt: skip


NAMES = ("crews", "price_lists", "taxes", "measures", "custom_fields")
Row = tuple[object, ...]


def words(office: Office) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """The crews, price lists, taxes, measures and fields, row by row."""
    return tuple(
        (
            table,
            tuple(office.read(lambda r, t=table: [tuple(x) for x in r.all(f"SELECT * FROM {t}")])),
        )
        for table in NAMES
    )


@dataclass(frozen=True, slots=True)
class SameWords(Command[None]):
    """The same names as in another business."""

    tables: tuple[tuple[str, tuple[Row, ...]], ...]
    journalled = False

    def execute(self, uow: UnitOfWork) -> None:
        for table, rows in self.tables:
            marks = ",".join("?" * len(rows[0]))
            uow.driver(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", list(rows))


def test_export_that_cannot_be_written_leaves_the_old_file(office: Office, tmp_path: Path) -> None:
    with pytest.raises(AppError) as caught:
        export(office, tmp_path / "no such folder" / "a.vcf", "vcard")
    assert caught.value.code == "export.unwritable"
    target = tmp_path / "old.csv"
    target.write_text("before")
    progress = Progress()
    progress.stop()
    with pytest.raises(AppError):
        office.read(lambda r: export_contacts(r, office.ports.files, target, "csv", None, progress))
    assert target.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".tcf")] == []


def test_empty_business_gives_a_valid_empty_file(office: Office, tmp_path: Path) -> None:
    assert export(office, tmp_path / "none.csv", "csv") == 0
    assert (tmp_path / "none.csv").read_bytes().startswith(b"\xef\xbb\xbfFirst Name,")


def test_only_what_was_asked_for_is_written_in_its_order(
    sample_office: Office, tmp_path: Path
) -> None:
    ids = sample_office.read(lambda r: list(contact_ids(r)))[:3][::-1]
    names = sample_office.read(lambda r: [c.draft.shown_as() for c in drafts_of(r, ids)])
    target = tmp_path / "some.vcf"
    files = sample_office.ports.files
    assert sample_office.read(lambda r: export_contacts(r, files, target, "vcard", ids)) == 3
    lines = target.read_text("utf-8").splitlines()
    assert [line[3:] for line in lines if line.startswith("FN:")] == names
