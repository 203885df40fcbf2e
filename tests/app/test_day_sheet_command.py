"""``daysheet`` through the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tcf_desktop.app import cli
from tcf_desktop.services.office import Office
from tests.integrations.pdf.pdf_text import page_texts


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


def test_prices_gate_codes_and_a_worker_are_flags(
    sample_office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample_office.close()
    base = ["--json", "--data", str(sample_office.folder.path), "--date", "2026-07-14"]
    out = tmp_path / "day.pdf"
    texts = []
    for flags in (
        [], ["--prices", "--no-gate-codes"], ["--no-prices", "--worker", "luis ortega"],
    ):  # fmt: skip
        assert cli.main([*base, "daysheet", *flags, "--out", str(out)]) == 0
        texts.append("".join(page_texts(out.read_bytes())))
    said = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert said["worker"] == "Luis Ortega"
    assert ["$" in text for text in texts] == [False, True, False]
    assert ["4471" in text for text in texts] == [True, False, False]
    assert "Windows A" not in texts[2]
    assert cli.main([*base, "daysheet", "--worker", "Nobody", "--out", str(out)]) == 1
    assert "no worker with the name Nobody" in capsys.readouterr().err
