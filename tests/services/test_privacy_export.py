"""The archive of one person: complete, readable anywhere, and nothing in it runs."""

from __future__ import annotations

import csv
import hashlib
import html
import io
import json
import zipfile
from pathlib import Path

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import ContactDraft, Email, NoteDraft, Phone
from tcf_desktop.domain.money import plain_price
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.office import Office
from tcf_desktop.services.privacy_export import export_person
from tcf_desktop.services.progress import Progress


def julia(office: Office) -> int:
    sql = "SELECT id FROM contacts WHERE display_name = 'Julia Hartmann'"
    return int(office.read(lambda r: r.value(sql)))


def read(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_archive_is_whole_and_its_sums_are_right(sample_office: Office, tmp_path: Path) -> None:
    target = tmp_path / "julia.zip"
    written = export_person(sample_office, julia(sample_office), target)
    found = read(target)
    assert written.entries == len(found)
    assert {"README.html", "person.json", "contact.vcf", "appointments.ics", "appointments.json",
            "invoices.json", "invoices.csv", "payments.csv", "notes.json", "consents.json",
            "timeline.json", "manifest.json"} <= set(found)  # fmt: skip
    manifest = json.loads(found.pop("manifest.json"))
    assert manifest["sha256"] == {
        name: hashlib.sha256(content).hexdigest() for name, content in found.items()
    }
    assert b"BEGIN:VCARD" in found["contact.vcf"]
    assert found["appointments.ics"].count(b"BEGIN:VEVENT") >= 1
    for name, content in found.items():
        if name.startswith("invoices/"):
            assert content.startswith(b"%PDF")
    person = json.loads(found["person.json"])
    assert person["created_utc"].endswith("+00:00")
    assert person["name"] == "Julia Hartmann"
    assert person["person"][0]["last_name"] == "Hartmann"
    assert person["notes"][0]["at"][-6] in "+-"
    assert person["locations"][0]["gate_code"] == "4471"


def test_amounts_are_exact(sample_office: Office, tmp_path: Path) -> None:
    office = sample_office
    contact_id, total = office.read(
        lambda r: r.one("SELECT contact_id, total_cents FROM invoices WHERE number IS NOT NULL")
    ) or (0, 0)
    export_person(office, contact_id, tmp_path / "a.zip")
    found = read(tmp_path / "a.zip")
    first = json.loads(found["invoices.json"])[0]
    assert first["total_cents"] == {
        "amount": f"{total // 100}.{total % 100:02d}", "minor_units": total, "currency": "USD",
    }  # fmt: skip
    price = office.read(
        lambda r: r.value(
            "SELECT unit_price_e4 FROM invoice_lines WHERE invoice_id = ? ORDER BY position",
            (first["id"],),
        )
    )
    assert first["lines"][0]["unit_price_e4"] == {
        "amount": plain_price(price, "USD"), "currency": "USD",
    }  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(found["invoices.csv"].decode("utf-8-sig"))))
    assert rows[0]["total"] == first["total_cents"]["amount"]
    assert any(name.startswith("invoices/") for name in found)


def test_nothing_in_it_runs(office: Office, tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>"
    draft = ContactDraft(
        first_name=evil, last_name="=HYPERLINK(1)", phones=(Phone("+1 605 555 0101"),),
        emails=(Email("a@example.com"),), notes=(NoteDraft(f"{evil}\n=1+1"),),
    )  # fmt: skip
    contact_id = office.runner.run(SaveContact(draft))
    export_person(office, contact_id, tmp_path / "a.zip")
    found = read(tmp_path / "a.zip")
    page = found["README.html"].decode()
    assert "<script" not in page
    assert html.escape(evil) in page
    assert "default-src 'none'" in page
    assert json.loads(found["person.json"])["notes"][0]["text"] == f"{evil}\n=1+1"


def test_files_get_names_of_their_own(office: Office, tmp_path: Path) -> None:
    from tests.services.test_privacy import _Rows

    contact_id = office.runner.run(SaveContact(ContactDraft(first_name="Ann", last_name="Zq")))
    for number, name in enumerate(("..\\..\\pane.png", "PANE.png", "gone.png")):
        digest = f"{number:064d}"
        path = office.folder.files / digest[:2] / digest
        path.parent.mkdir(parents=True, exist_ok=True)
        if name != "gone.png":
            path.write_bytes(name.encode())
        office.runner.run(
            _Rows((
                "INSERT INTO attachments (contact_id, name, caption, mime, sha256, size,"
                " added_at, version) VALUES (?, ?, '', 'image/png', ?, 64, ?, 1)",
                (contact_id, name, digest, number),
            ))
        )  # fmt: skip
    written = export_person(office, contact_id, tmp_path / "a.zip")
    assert written.files == 2
    assert written.lost == ("gone.png",)
    files = {name for name in read(tmp_path / "a.zip") if name.startswith("files/")}
    assert files == {"files/pane.png", "files/PANE (2).png"}


def test_a_stopped_export_leaves_nothing(sample_office: Office, tmp_path: Path) -> None:
    progress = Progress()
    progress.stop()
    with pytest.raises(AppError) as stopped:
        export_person(sample_office, julia(sample_office), tmp_path / "a.zip", progress)
    assert stopped.value.code == "app.stopped"
    assert not list(tmp_path.glob("*.zip"))
    with pytest.raises(AppError) as gone:
        export_person(sample_office, 9_999, tmp_path / "b.zip")
    assert gone.value.code == "data.gone"
