"""Duplicates through the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tcf_desktop.app import cli
from tcf_desktop.domain.contacts import ContactDraft, Phone
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.office import Office


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: object) -> tuple[int, str]:
        try:
            code = cli.main([*map(str, arguments)])
        except SystemExit as stop:
            code = int(stop.code or 0)
        return code, capsys.readouterr().out

    return call


@pytest.fixture
def folder(office: Office) -> Path:
    """Jane Olson twice, and somebody else."""
    for name in ("Olson", "Olson", "Moen"):
        draft = ContactDraft(
            first_name="Jane", last_name=name,
            phones=(Phone("605-555-0138"),) if name == "Olson" else (),
        )  # fmt: skip
        office.runner.run(SaveContact(draft))
    office.close()
    return office.folder.path


def test_duplicates_are_listed_with_certainty_and_reasons(folder: Path, run: Any) -> None:
    code, out = run("--json", "--data", folder, "contacts", "duplicates")
    data = json.loads(out)
    assert code == 0
    assert (data["contacts"], data["certain"], data["likely"], data["possible"]) == (3, 1, 0, 0)
    (group,) = data["groups"]
    assert (group["certainty"], group["reasons"]) == ("certain", ["name", "phone"])
    assert [one["id"] for one in group["contacts"]] == [1, 2]
    _code, out = run("--data", folder, "contacts", "duplicates")
    assert "1 certain" in out
    assert "  2  Jane Olson" in out


def test_a_merge_says_what_moved_and_a_second_one_is_refused(folder: Path, run: Any) -> None:
    code, out = run("--json", "--data", folder, "contacts", "merge", 1, 2)
    data = json.loads(out)
    assert (code, data["kept"], data["merged"], data["name"]) == (0, 1, 2, "Jane Olson")
    code, out = run("--json", "--data", folder, "contacts", "merge", 1, 2)
    assert (code, json.loads(out)["error"]["code"]) == (1, "data.gone")
    code, out = run("--json", "--data", folder, "contacts", "merge", 1, 1)
    assert (code, json.loads(out)["error"]["code"]) == (1, "merge.same")
    code, out = run("--json", "--data", folder, "contacts", "duplicates")
    assert json.loads(out)["groups"] == []
