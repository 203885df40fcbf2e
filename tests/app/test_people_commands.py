"""One person through the command line: found, handed out, erased."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tcf_desktop.app import cli
from tcf_desktop.domain.erase_certificate import is_genuine
from tcf_desktop.services.office import Office
from tests.services.test_privacy import contact_of, paid_up


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: object) -> tuple[int, Any, str]:
        code = cli.main(["--json", *map(str, arguments)])
        done = capsys.readouterr()
        return code, json.loads(done.out) if done.out else None, done.err

    return call


def test_a_person_is_found_as_in_the_search_box(sample_office: Office, run: Any) -> None:
    sample_office.close()
    folder = sample_office.folder.path
    code, answer, _ = run("--data", folder, "contacts", "search", "hartmann prairie")
    assert code == 0
    assert answer["contacts"][0]["name"] in {"Julia Hartmann", "Hartmann, Julia"}
    code, answer, _ = run("--data", folder, "contacts", "search", "xyzzyq")
    assert (code, answer["contacts"]) == (0, [])


def test_everything_about_a_person_goes_into_a_zip(
    sample_office: Office, run: Any, tmp_path: Path
) -> None:
    julia = contact_of(sample_office, "Julia Hartmann")
    sample_office.close()
    folder, out = sample_office.folder.path, tmp_path / "julia.zip"
    code, answer, _ = run("--data", folder, "contacts", "export-person", julia, "--out", out)
    assert code == 0
    with zipfile.ZipFile(out) as archive:
        assert len(archive.namelist()) == answer["entries"]
    code, answer, _ = run("--data", folder, "contacts", "export-person", 99_999, "--out", out)
    assert (code, answer["error"]["code"]) == (1, "data.gone")


def test_erasing_says_first_what_it_would_do(
    sample_office: Office, run: Any, tmp_path: Path
) -> None:
    person, name = paid_up(sample_office)
    sample_office.close()
    folder, proof = sample_office.folder.path, tmp_path / "certificate.txt"
    code, plan, _ = run("--data", folder, "contacts", "erase", person)
    assert (code, plan["erased"]) == (1, False)
    assert {each["key"] for each in plan["stays"]} >= {"invoices", "payments"}
    code, done, _ = run(
        "--data", folder, "contacts", "erase", person, "--yes", "--certificate", proof
    )
    assert (code, done["erased"]) == (0, True)
    text = proof.read_text("utf-8")
    assert name in text
    assert done["shown_as"] in text
    assert is_genuine(text)
    assert not is_genuine(text.replace(name, "Somebody else"))
    code, gone, _ = run("--data", folder, "contacts", "erase", person, "--yes")
    assert (code, gone["error"]["code"]) == (1, "data.gone")
    code, check, _ = run("--data", folder, "check")
    assert code == 0, check


def test_who_owes_money_is_not_erased(sample_office: Office, run: Any) -> None:
    reyes = contact_of(sample_office, "Carla Reyes")
    sample_office.close()
    code, answer, _ = run("--data", sample_office.folder.path, "contacts", "erase", reyes, "--yes")
    assert (code, answer["error"]["code"]) == (1, "privacy.owes")
