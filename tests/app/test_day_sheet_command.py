"""``daysheet`` through the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tcf_desktop.app import cli
from tcf_desktop.services.office import Office


def test_a_crew_gets_its_sheet(
    sample_office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample_office.close()
    base = ["--json", "--data", str(sample_office.folder.path), "--date", "2026-07-14"]
    out = tmp_path / "day.pdf"
    assert cli.main([*base, "daysheet", "--crew", "windows a", "--out", str(out)]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["crew"], said["on"], said["file"]) == ("Windows A", "2026-07-14", str(out))
    assert said["visits"] > 0
    assert out.read_bytes().startswith(b"%PDF")
    assert cli.main([*base, "daysheet", "--crew", "Nobody", "--out", str(out)]) == 1
    assert "no crew with the name Nobody" in capsys.readouterr().err
