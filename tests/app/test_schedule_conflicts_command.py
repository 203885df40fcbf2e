"""``schedule conflicts`` through the command line."""

from __future__ import annotations

import json

import pytest

from tcf_desktop.app import cli
from tcf_desktop.services.appointments import AppointmentDraft, CreateAppointment
from tcf_desktop.services.office import Office

DRAFT = AppointmentDraft(
    starts_local="2027-03-13T05:00", minutes=60, zone="America/Chicago", title="Early", crew_id=1
)


def test_what_speaks_against_the_appointments_of_some_days_is_listed(
    sample_office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    sample_office.runner.run(CreateAppointment(DRAFT))
    ident = sample_office.runner.run(CreateAppointment(DRAFT))
    sample_office.close()
    base = ["--data", str(sample_office.folder.path)]
    days = ["schedule", "conflicts", "--from", "2027-03-13", "--to", "2027-03-13"]
    assert cli.main([*base, "--json", *days]) == 0
    said = json.loads(capsys.readouterr().out)["appointments"]
    own = next(one for one in said if one["id"] == ident)
    assert (own["name"], own["starts_local"]) == ("Early", "2027-03-13T05:00")
    busy, *rest = own["conflicts"]
    assert (busy["kind"], busy["severity"], busy["other_starts_local"]) == (
        "busy",
        "clash",
        "2027-03-13T05:00",
    )
    assert [one["kind"] for one in rest] == ["hours"]
    assert cli.main([*base, *days]) == 0
    lines = capsys.readouterr().out
    assert "2027-03-13 05:00  Early: Windows A is with Early from 2027-03-13 05:00" in lines
    assert cli.main([*base, *days[:4], "--to", "2027-03-12"]) == 1
    assert "more than 366 days" in capsys.readouterr().err
