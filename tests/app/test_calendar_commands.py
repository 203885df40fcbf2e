"""``export calendar`` and ``import calendar`` as scripts use them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tcf_desktop.app import cli

SAMPLES = Path(__file__).resolve().parents[1] / "fixtures" / "calendars"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: str | Path) -> tuple[int, Any, str]:
        try:
            code = cli.main(["--json", *(str(argument) for argument in arguments)])
        except SystemExit as stop:
            code = int(stop.code or 0)
        done = capsys.readouterr()
        return code, json.loads(done.out) if done.out else None, done.err

    return call


@pytest.fixture
def business(tmp_path: Path, run: Any) -> Path:
    folder = tmp_path / "office"
    assert run("new", "--name", "Clearview", "--zone", "America/Chicago", "--data", folder)[0] == 0
    return folder


def test_import_then_export_carries_the_days(business: Path, tmp_path: Path, run: Any) -> None:
    file = SAMPLES / "icalendar-two-vcalendars.ics"
    code, answer, _ = run("import", "calendar", file, "--data", business)
    assert code == 0
    assert (answer["added"], answer["skipped"], answer["in_doubt"]) == (3, 0, 0)
    assert [row["action"] for row in answer["rows"]] == ["add"] * 3
    assert all(row["id"] for row in answer["rows"])
    out = tmp_path / "december.ics"
    code, answer, _ = run(
        "export", "calendar", "--out", out, "--from", "2003-05-01", "--to", "2003-12-31",
        "--data", business,
    )  # fmt: skip
    assert (code, answer["exported"]) == (0, 3)
    names = sorted(str(e["SUMMARY"]) for e in Calendar.from_ical(out.read_bytes()).events)
    assert names == ["Boxing Day", "Christmas Day", "Christmas again!"]
    code, answer, _ = run("import", "calendar", out, "--data", business)
    assert (code, answer["added"], answer["skipped"]) == (0, 0, 3)


def test_dry_run_writes_nothing(business: Path, run: Any) -> None:
    files = (SAMPLES / "khal-floating.ics", SAMPLES / "khal-no-uid.ics")
    code, answer, _ = run("import", "calendar", *files, "--dry-run", "--data", business)
    assert (code, answer["added"]) == (0, 2)
    code, answer, _ = run("import", "calendar", *files, "--data", business)
    assert (code, answer["added"]) == (0, 2)


def test_one_bad_file_keeps_all_out(business: Path, tmp_path: Path, run: Any) -> None:
    bad = tmp_path / "bad.ics"
    bad.write_text("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1")
    good = SAMPLES / "khal-floating.ics"
    code, answer, _ = run("import", "calendar", good, bad, "--data", business)
    assert code == 1
    assert answer["error"]["code"] == "calendar.unreadable"
    assert "bad.ics" in answer["error"]["message"]
    code, answer, _ = run("import", "calendar", good, "--dry-run", "--data", business)
    assert answer["added"] == 1


def test_week_is_any_date_in_it(business: Path, tmp_path: Path, run: Any) -> None:
    run("import", "calendar", SAMPLES / "khal-windows-tz.ics", "--data", business)
    out = tmp_path / "week.ics"
    _, answer, _ = run(
        "export", "calendar", "--out", out, "--week", "2019-11-22", "--data", business
    )
    assert (answer["exported"], answer["from"], answer["to"]) == (1, "2019-11-18", "2019-11-24")
    both = ("--week", "2019-11-22", "--from", "2019-11-20")
    code, _, err = run("export", "calendar", "--out", out, *both, "--data", business)
    assert code == 2
    assert "not allowed with" in err
    code, _, err = run("export", "calendar", "--out", out, "--week", "soon", "--data", business)
    assert code == 2
    assert "soon" in err
    code, answer, _ = run(
        "export", "calendar", "--out", tmp_path / "no" / "x.ics", "--data", business
    )
    assert (code, answer["error"]["code"]) == (1, "calendar.cannot_write")


def test_series_and_crews_from_the_command_line(business: Path, tmp_path: Path, run: Any) -> None:
    file = SAMPLES / "khal-exception-before-master.ics"
    code, answer, _ = run("import", "calendar", file, "--data", business)
    assert (code, answer["added"]) == (0, 3)
    lines = {row["name"]: row["line"] for row in answer["rows"] if row["id"] is None}
    assert lines == {"Event with Ümläutß": 10, "Arbeit": 17}
    out = tmp_path / "all.ics"
    code, answer, _ = run("export", "calendar", "--out", out, "--all", "--data", business)
    assert (code, answer["exported"], answer["from"]) == (0, 2, None)
    assert out.read_bytes().count(b"RRULE:FREQ=MONTHLY;COUNT=6;INTERVAL=2") == 1
    code, answer, _ = run("import", "calendar", out, "--data", business)
    assert (code, answer["added"], answer["updated"]) == (0, 0, 0)
    for extra, told in (
        (("--all", "--to", "2026-01-01"), "calendar.all_until"),
        (("--crew", "Nobody"), "daysheet.unknown_crew"),
    ):
        code, answer, _ = run("export", "calendar", "--out", out, *extra, "--data", business)
        assert (code, answer["error"]["code"]) == (1, told)
