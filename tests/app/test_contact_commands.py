"""Contacts in and out through the command line, with its own worker process."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tcf_desktop.app import cli
from tcf_desktop.services.office import Office

SAMPLES = Path(__file__).parents[1] / "fixtures" / "contacts"
FILES = sorted(path for path in SAMPLES.iterdir() if path.suffix in {".vcf", ".csv"})


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: str | Path) -> tuple[int, Any, str]:
        try:
            code = cli.main(["--json", *map(str, arguments)])
        except SystemExit as stop:
            code = int(stop.code or 0)
        done = capsys.readouterr()
        return code, json.loads(done.out) if done.out else None, done.err

    return call


@pytest.fixture
def folder(office: Office) -> Path:
    office.close()
    return office.folder.path


def test_dry_run_says_the_same_as_the_import_and_writes_nothing(folder: Path, run: Any) -> None:
    code, planned, _ = run("--data", folder, "import", "contacts", "--dry-run", *FILES)
    assert code == 0
    assert (planned["added"], planned["updated"], planned["skipped"], planned["in_doubt"]) == (
        11, 2, 1, 0,
    )  # fmt: skip
    code, done, _ = run("import", "contacts", *FILES, "--data", folder)
    assert code == 0
    pairs = [(row["row"], row["action"]) for row in done["rows"]]
    assert pairs == [(row["row"], row["action"]) for row in planned["rows"]]
    assert all(row["id"] for row in done["rows"] if row["action"] in {"add", "update"})
    assert all(row["reason"] for row in done["rows"] if row["action"] in {"skip", "in_doubt"})
    code, again, _ = run("import", "contacts", *FILES, "--data", folder)
    assert (again["added"], again["updated"]) == (0, 0)


def test_one_bad_file_among_good_ones_writes_nothing(
    folder: Path, run: Any, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.vcf"
    bad.write_bytes(bytes(range(256)) * 40)
    code, answer, _ = run("--data", folder, "import", "contacts", FILES[0], bad)
    assert code == 1
    assert answer["error"]["code"] == "import.binary"
    assert "bad.vcf" in answer["error"]["message"]
    code, answer, _ = run("--data", folder, "import", "contacts", tmp_path / "gone.vcf")
    assert (code, answer["error"]["code"]) == (1, "import.missing")
    code, answer, _ = run("--data", folder, "export", "contacts", "--format", "csv",
                          "--out", tmp_path / "out.csv")  # fmt: skip
    assert (code, answer["exported"]) == (0, 0)


@pytest.mark.parametrize("form", ["vcard", "csv"])
def test_export_goes_where_it_was_sent_and_comes_back_known(
    folder: Path, run: Any, tmp_path: Path, form: str
) -> None:
    run("--data", folder, "import", "contacts", *FILES)
    target = tmp_path / f"all.{'vcf' if form == 'vcard' else 'csv'}"
    code, answer, _ = run("--data", folder, "export", "contacts", "--format", form, "--out", target)
    assert (code, answer) == (0, {"exported": 11, "format": form, "file": str(target)})
    code, answer, _ = run("--data", folder, "import", "contacts", "--dry-run", target)
    assert (answer["skipped"], len(answer["rows"])) == (11, 11)


def test_empty_folder_is_left_empty_and_wrong_usage_is_said(run: Any, tmp_path: Path) -> None:
    code, answer, _ = run("--data", tmp_path / "no", "import", "contacts", FILES[0])
    assert (code, answer["error"]["code"]) == (1, "data.no_business")
    assert not (tmp_path / "no").exists()
    code, _, err = run("export", "contacts", "--format", "xml", "--out", tmp_path / "x")
    assert code == 2
    assert "vcard" in err


def test_columns_nobody_knows_are_named_on_the_command_line(
    folder: Path, run: Any, tmp_path: Path
) -> None:
    table = tmp_path / "list.csv"
    table.write_text("Who,Reach,Until\nAnn Lee,605-555-0101,3/4/2027\n")
    code, answer, _ = run("--data", folder, "import", "contacts", table)
    assert (code, answer["error"]["code"]) == (1, "import.columns")
    arguments = ("--map", "who=full", "--map", "Reach=phone", "--map", "Until=exemptuntil")
    code, answer, _ = run("--data", folder, "import", "contacts", table, "--date-order", "dmy",
                          *arguments)  # fmt: skip
    assert (code, answer["added"]) == (0, 1)
    for wrong, error in (
        ("Nobody=full", "import.no_such_column"), ("Who=shoe", "import.no_such_target"),
    ):  # fmt: skip
        code, answer, _ = run("--data", folder, "import", "contacts", table, "--map", wrong)
        assert (code, answer["error"]["code"]) == (1, error)


def test_file_wins_only_when_it_is_asked_to(folder: Path, run: Any, tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text("Name,Phone,Source\nAnn Lee,605-555-0101,Fair\n")
    run("--data", folder, "import", "contacts", table)
    table.write_text("Name,Phone,Source\nAnn Lee,605-555-0101,Radio\n")
    _, kept, _ = run("--data", folder, "import", "contacts", table)
    assert (kept["updated"], kept["skipped"]) == (0, 1)
    assert kept["rows"][0]["changes"] == [
        {"field": "Source", "old": "Fair", "new": "Radio", "kept": True}
    ]
    report = tmp_path / "report.csv"
    _, taken, _ = run("--data", folder, "import", "contacts", table, "--replace",
                      "--report", report)  # fmt: skip
    assert taken["updated"] == 1
    assert "It changes Source from “Fair” to “Radio”." in report.read_text("utf-8-sig")
