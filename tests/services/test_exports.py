from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.base.paths import DataFolder
from tcf_desktop.domain.contacts import ContactDraft
from tcf_desktop.domain.imports import Action
from tcf_desktop.services.exports import ContactFormat, export_contacts
from tcf_desktop.services.importers import Progress, parse_files
from tcf_desktop.services.imports import ImportContacts, plan_import
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries.contacts import contact_ids
from tcf_desktop.services.queries.imports import drafts_of


def export(office: Office, target: Path, form: ContactFormat) -> int:
    return office.read(lambda r: export_contacts(r, office.ports.files, target, form))


def contents(office: Office) -> dict[str, str]:
    found = office.read(lambda r: list(drafts_of(r, list(contact_ids(r)))))
    return {contact.uid: _bare(contact.draft) for contact in found}


def _bare(draft: ContactDraft) -> str:
    return re.sub(
        r"(tax_)?id=(None|\d+)|at=\d+|terms_days=\w+|exemption=(None|Exemption\(.*?\))",
        "",
        repr(draft),
    )


@pytest.mark.parametrize(("form", "name"), [("vcard", "all.vcf"), ("csv", "all.csv")])
def test_what_is_exported_comes_back_equal_into_an_empty_business(
    sample_office: Office, blank_business: Path, tmp_path: Path, form: ContactFormat, name: str
) -> None:
    target = tmp_path / name
    written = export(sample_office, target, form)
    assert written > 30
    folder = DataFolder(tmp_path / "other")
    folder.files.mkdir(parents=True)
    shutil.copyfile(blank_business, folder.database)
    other = Office.open(folder, sample_office.clock, sample_office.ports)
    try:
        files = parse_files(other.ports.files, "contacts", [str(target)])
        plan = other.read(lambda r: plan_import(r, files))
        other.runner.run(ImportContacts(plan, Progress()))
        theirs, ours = contents(other), contents(sample_office)
        assert {row.action for row in plan.rows} <= {Action.ADD, Action.IN_DOUBT}
        assert len(theirs) == plan.count(Action.ADD) > 0.8 * written
        assert [uid for uid in theirs if theirs[uid] != ours[uid]] == []
    finally:
        assert other.close(10)


def test_export_that_cannot_be_written_leaves_the_old_file(office: Office, tmp_path: Path) -> None:
    with pytest.raises(AppError) as caught:
        export(office, tmp_path / "no such folder" / "a.vcf", "vcard")
    assert caught.value.code == "export.unwritable"
    target = tmp_path / "old.csv"
    target.write_text("before")
    progress = Progress()
    progress.stop()
    with pytest.raises(AppError):
        office.read(lambda r: export_contacts(r, office.ports.files, target, "csv", progress))
    assert target.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".tcf")] == []


def test_empty_business_gives_a_valid_empty_file(office: Office, tmp_path: Path) -> None:
    assert export(office, tmp_path / "none.csv", "csv") == 0
    assert (tmp_path / "none.csv").read_bytes().startswith(b"\xef\xbb\xbfFirst Name,")
