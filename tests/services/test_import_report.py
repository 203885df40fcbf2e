from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.imports import Action, FieldChange, PlanRow, as_json
from tcf_desktop.services.import_report import save_report


def test_report_names_every_row_and_runs_nothing(tmp_path: Path) -> None:
    rows = [
        PlanRow(1, 2, "a.csv", Action.ADD, "=cmd|x"),
        PlanRow(
            2, 3, "a.csv", Action.UPDATE, "Ann", reason="It is there already.",
            changes=(
                FieldChange("Phone", "", "+1 605"), FieldChange("Source", "Fair", "Radio"),
                FieldChange("Crew", "A", "B", kept=True),
            ),
        ),
        PlanRow(3, 0, "a.csv", Action.SKIP, "", reason="@it"),
    ]  # fmt: skip
    target = tmp_path / "report.csv"
    save_report(target, as_json(rows)["rows"], ["These columns were left out: File As."])
    with target.open(encoding="utf-8-sig", newline="") as stream:
        cells = list(csv.reader(stream))
    assert cells[1][5] == "These columns were left out: File As."
    assert cells[2][:5] == ["a.csv", "1", "2", "'=cmd|x", "Add"]
    assert cells[3][6] == "Phone: +1 605; Source: Fair → Radio; Crew: A (file: B)"
    assert cells[4][2:6] == ["", "", "Skipped", "'@it"]
    with pytest.raises(AppError) as caught:
        save_report(tmp_path / "gone" / "report.csv", [])
    assert caught.value.code == "export.unwritable"
