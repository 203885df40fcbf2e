"""The command line as scripts see it: exit codes, one JSON object, refusals with their code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tcf_desktop.app import cli
from tcf_desktop.app.commands import all_commands
from tcf_desktop.app.folder_lock import FolderLock
from tcf_desktop.base.paths import DataFolder

Run = Any


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str | Path) -> tuple[int, str, str]:
        try:
            code = cli.main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = int(stop.code or 0)
        done = capsys.readouterr()
        return code, done.out, done.err

    return call


@pytest.fixture
def business(tmp_path: Path, run: Run) -> Path:
    folder = tmp_path / "office"
    assert run("new", "--name", "Clearview", "--zone", "America/Chicago", "--data", folder)[0] == 0
    return folder


def test_a_new_business_is_announced_as_one_object(tmp_path: Path, run: Run) -> None:
    code, out, err = run("--json", "new", "--name", "A & B", "--data", tmp_path / "x")
    assert (code, err) == (0, "")
    answer = json.loads(out)
    assert answer["business"]["name"] == "A & B"
    assert answer["business"]["currency"] == "USD"
    assert (tmp_path / "x" / "business.db").exists()


def test_options_stand_before_or_after_the_command(business: Path, run: Run) -> None:
    before = run("--data", business, "--json", "undo")
    after = run("undo", "--json", "--data", business)
    assert before == after
    assert json.loads(before[1])["error"]["code"] == "undo.nothing"


def test_a_second_business_in_the_same_folder_is_refused(business: Path, run: Run) -> None:
    before = (business / "business.db").read_bytes()
    code, out, err = run("new", "--name", "Other", "--data", business)
    assert (code, out) == (1, "")
    assert "already" in err
    assert (business / "business.db").read_bytes() == before


def leaf_arguments(name: str, tmp_path: Path) -> list[str]:
    """Arguments that let a command get past its parser."""
    samples = {
        "import contacts": ["x.vcf"],
        "import pricelist": ["x.csv"],
        "import calendar": ["x.ics"],
        "import track": ["x.gpx"],
        "export contacts": ["--format", "csv", "--out", str(tmp_path / "out.csv")],
        "export calendar": ["--out", str(tmp_path / "out.ics")],
        "contacts search": ["ann"],
        "contacts export-person": ["1", "--out", str(tmp_path / "out.zip")],
        "contacts erase": ["1"],
        "contacts merge": ["1", "2"],
        "daysheet": ["--out", str(tmp_path / "out.pdf")],
        "invoice issue": ["1"],
        "invoice show": ["1"],
        "invoice void": ["1", "--reason", "Twice"],
        "invoice credit": ["1", "--line", "1=2"],
        "payment record": [
            "--customer",
            "1",
            "--amount",
            "1",
            "--method",
            "cash",
            "--date",
            "2026-07-14",
        ],
        "payment reverse": ["1", "--reason", "Bounced"],
        "proposal pdf": ["P-0001", "--out", str(tmp_path / "out.pdf")],
        "proposal accept": ["P-0001", "--by", "Ann", "--how", "phone"],
        "invoice pdf": ["1001", "--out", str(tmp_path / "out.pdf")],
        "clock in": ["Ana"],
        "clock out": ["Ana"],
        "phones pair": ["Ana"],
        "tour": [str(tmp_path / "tour")],
    }
    return samples.get(name, [])


@pytest.mark.parametrize(
    "name", [c.name for c in all_commands() if c.name not in {"new", "self-test"}]
)
def test_without_a_business_every_command_refuses_and_creates_nothing(
    name: str, tmp_path: Path, run: Run
) -> None:
    folder = tmp_path / "nothing" / "here"
    code, out, err = run(*name.split(), *leaf_arguments(name, tmp_path), "--json", "--data", folder)
    assert code == 1, err
    assert json.loads(out)["error"]["code"] == "data.no_business"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["new"],
        ["new", "--name", "A", "--zone", "Mars/Base"],
        ["new", "--name", "A", "--currency", "dollars"],
        ["undo", "--size", "huge"],
        ["--seed", "x", "undo"],
        ["--date", "14.7.2026", "undo"],
        ["undo", "surplus"],
        ["--dat", "x", "undo"],
    ],
)
def test_wrong_usage_is_two_and_says_so(arguments: list[str], run: Run) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert "usage:" in err
    code, out, err = run(*arguments, "--json")
    assert code == 2
    assert json.loads(out)["error"]["code"] == "app.usage"


def test_a_name_of_blanks_is_no_name(tmp_path: Path, run: Run) -> None:
    code, out, _ = run("new", "--name", "  ", "--json", "--data", tmp_path / "x")
    assert code == 1
    assert json.loads(out)["error"]["code"] == "company.name_missing"
    assert not (tmp_path / "x").exists()


def test_writing_beside_a_window_is_refused_and_names_it(business: Path, run: Run) -> None:
    lock = FolderLock(DataFolder(business), "window")
    lock.acquire()
    try:
        code, out, err = run("undo", "--json", "--data", business)
        assert code == 1
        error = json.loads(out)["error"]
        assert error["code"] == "app.busy"
        assert "window" in error["message"]
        assert "window" in err
        # Looking is free.
        assert run("check", "--data", business)[0] == 0
    finally:
        lock.release()
    assert json.loads(run("undo", "--json", "--data", business)[1])["error"]["code"] == (
        "undo.nothing"
    )


def test_a_foreign_file_is_refused_and_left_alone(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    (folder / "business.db").write_bytes(b"not a database" * 1000)
    code, out, _ = run("check", "--json", "--data", folder)
    assert code == 1
    assert json.loads(out)["error"]["code"] in {"data.foreign", "data.damaged"}
    assert (folder / "business.db").read_bytes() == b"not a database" * 1000


def test_a_folder_below_a_file_has_words(tmp_path: Path, run: Run) -> None:
    (tmp_path / "file").write_text("x")
    code, out, _ = run("new", "--name", "A", "--json", "--data", tmp_path / "file" / "in")
    assert code == 1
    assert json.loads(out)["error"]["code"] == "data.read_only"


def test_help_and_version_are_no_errors(run: Run) -> None:
    assert run("--version")[0] == 0
    code, out, _ = run("--help")
    assert code == 0
    for command in all_commands():
        assert command.name.split()[0] in out


def test_help_loads_neither_qt_nor_sqlalchemy() -> None:
    script = (
        "import sys; from tcf_desktop.app import cli\n"
        "try:\n    cli.main(['--help'])\n"
        "except SystemExit:\n"
        "    pass\n"
        "heavy = {'PySide6', 'sqlalchemy', 'reportlab', 'googleapiclient', 'uvicorn', 'keyring'}\n"
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_command_keeps_to_its_frame() -> None:
    names = [command.name for command in all_commands()]
    assert len(names) == len(set(names))
    for command in all_commands():
        assert command.help
        assert command.help[0].islower() or command.help.split()[0].isupper()
