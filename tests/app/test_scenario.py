"""One day of a support person: every command once on the sample, each with one JSON object."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tcf_desktop.app import cli
from tcf_desktop.app.tour_files import VCARDS, gpx


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: object, code: int = 0) -> dict[str, Any]:
        given = [str(argument) for argument in arguments]
        options = ["--demo", "--data", str(tmp_path / "d"), "--size", "small"]
        options += ["--date", "2026-07-14", "--json"]
        # The options stand before or after the command, in turns.
        line = [*options, *given] if len(given) % 2 else [*given, *options]
        returned = cli.main(line)
        done = capsys.readouterr()
        assert returned == code, done.err
        assert done.out.count("\n") == 1
        answer: dict[str, Any] = json.loads(done.out)
        return answer

    return call


def test_a_day_of_support(ask: Any, tmp_path: Path) -> None:
    before = ask("check")["checked"]["contacts"]

    cards = tmp_path / "cards.vcf"
    cards.write_text(VCARDS, "utf-8")
    planned = ask("import", "contacts", cards, "--dry-run")
    assert (planned["added"], planned["skipped"], planned["in_doubt"]) == (3, 1, 0)
    assert ask("check")["checked"]["contacts"] == before
    done = ask("import", "contacts", cards)
    assert [row["action"] for row in done["rows"]] == ["add", "add", "add", "skip"]
    assert all(isinstance(row["id"], int) for row in done["rows"][:3])
    assert ask("check")["checked"]["contacts"] == before + 3
    ask("undo")
    assert ask("check")["checked"]["contacts"] == before

    ask("export", "contacts", "--format", "csv", "--out", tmp_path / "out.csv")
    ask("export", "contacts", "--format", "vcard", "--out", tmp_path / "out.vcf")
    week = ask("export", "calendar", "--week", "2026-07-14", "--out", tmp_path / "week.ics")
    assert week["exported"] == (tmp_path / "week.ics").read_text("utf-8").count("BEGIN:VEVENT") > 0
    again = ask("import", "calendar", tmp_path / "week.ics", "--dry-run")
    assert (again["added"], again["updated"]) == (0, 0)

    invoices = ask("invoice", "list")["invoices"]
    draft = next(row for row in invoices if row["state"] == "draft")
    numbers = [int(row["number"]) for row in invoices if row["number"]]
    issued = ask("invoice", "issue", draft["id"])["invoice"]
    assert (issued["state"], int(issued["number"])) == ("issued", max(numbers) + 1)
    ask("invoice", "pdf", issued["number"], "--out", tmp_path / "invoice.pdf")
    assert (tmp_path / "invoice.pdf").read_bytes().startswith(b"%PDF-")
    assert ask("invoice", "issue", draft["id"], code=1)["error"]["code"].startswith("invoice.")

    shift = ask("clock", "out", "Tyler", "--at", "2026-07-14T10:30")["shift"]
    assert shift["worker"] == "Tyler Brandt"
    assert ask("clock", "in", "Tyler")["shift"]["clock_out_at"] is None
    track = tmp_path / "tyler.gpx"
    nine = 1_784_037_600  # 2026-07-14T14:00Z, 9:00 in Sioux Falls
    track.write_text(gpx([(nine + 60 * n, 43.5 + n / 1000, -96.73) for n in range(5)]), "utf-8")
    assert ask("import", "track", track, "--worker", "Tyler")["added"] == 5
    phone = ask("phones", "pair", "Tyler")["phone"]
    assert phone["worker"] == "Tyler Brandt"
    assert phone["token"] in phone["urls"]["owntracks"]
    assert ask("check")["ok"] is True


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("import", "contacts", "missing.vcf"), "import.missing"),
        (("invoice", "pdf", "999999", "--out", "x.pdf"), "invoice.unknown"),
        (("clock", "in", "Nobody"), None),
        (("phones", "pair", "Nobody"), None),
        (("undo",), "undo.nothing"),
    ],
)
def test_refusals_name_their_reason(ask: Any, arguments: tuple[str, ...], code: str | None) -> None:
    error = ask(*arguments, code=1)["error"]
    assert "." in error["code"]
    assert len(error["message"]) > 15
    assert "{" not in error["message"]
    if code is not None:
        assert error["code"] == code
