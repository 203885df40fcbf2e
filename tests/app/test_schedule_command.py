"""``schedule list`` through the command line."""

from __future__ import annotations

import json

import pytest

from tcf_desktop.app import cli
from tcf_desktop.services.appointments import CreateAppointment, MoveAppointment
from tcf_desktop.services.office import Office
from tcf_desktop.services.series import CreateSeries
from tests.services.series_tools import draft, weekly


def test_days_are_listed_with_what_comes_again(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    series = office.runner.run(CreateSeries(draft(kind="task"), weekly("FREQ=DAILY")))
    single = office.runner.run(CreateAppointment(draft(title="Once")))
    office.close()
    base = ["--data", str(office.folder.path)]
    days = ["schedule", "list", "--from", "2026-07-15", "--to", "2026-07-16"]
    assert cli.main([*base, "--json", *days]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["from"], said["to"]) == ("2026-07-15", "2026-07-16")
    first, second, third = said["appointments"]
    assert (first["series_id"], first["recurring"], first["id"] < 0) == (series, True, True)
    assert (second["id"], second["recurring"], second["name"]) == (single, False, "Once")
    assert third["starts_local"] == "2026-07-16T09:00"
    assert cli.main([*base, *days]) == 0
    assert "2026-07-16 09:00 60 min  Mowing" in capsys.readouterr().out
    assert cli.main([*base, *days[:4], "--to", "2026-07-01"]) == 1
    assert cli.main([*base, *days, "--crew", "Nobody knows"]) == 1


def test_a_moved_occurrence_is_listed_once(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.runner.run(CreateSeries(draft(kind="task"), weekly()))
    base = ["--data", str(office.folder.path)]
    days = ["--json", "schedule", "list", "--from", "2026-07-13", "--to", "2026-07-19"]
    cli.main([*base, *days])
    (one,) = json.loads(capsys.readouterr().out)["appointments"]
    office.runner.run(MoveAppointment(one["id"], "2026-07-17T10:00"))
    office.close()
    cli.main([*base, *days])
    (one,) = json.loads(capsys.readouterr().out)["appointments"]
    assert (one["id"] > 0, one["starts_local"], one["recurring"]) == (
        True,
        "2026-07-17T10:00",
        True,
    )
