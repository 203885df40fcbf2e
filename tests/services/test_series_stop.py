"""Letting a visit of a series be the last one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tcf_desktop.domain.recurrence import occurrence_id
from tcf_desktop.services.appointment_values import AppointmentDraft
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries import schedule
from tcf_desktop.services.queries.appointment import detail
from tcf_desktop.services.series import CreateSeries, SeriesDraft
from tcf_desktop.services.series_stop import StopRepeating
from tcf_desktop.services.undo import UndoLast

START = AppointmentDraft("2026-07-20T14:00", 60, "America/Chicago", title="Screens")


def starts(office: Office) -> list[str]:
    found: list[str] = []
    for monday in (date(2026, 7, 20), date(2026, 7, 27), date(2026, 8, 3)):
        week = office.read(lambda r, monday=monday: schedule.week(r, monday, 7, 0))
        found += [block.starts_local for block in week.blocks]
    return found


def test_no_visit_comes_after_the_one_that_stops_and_undo_brings_them_back(office: Office) -> None:
    series = office.runner.run(CreateSeries(START, SeriesDraft("FREQ=WEEKLY")))
    every = ["2026-07-20T14:00", "2026-07-27T14:00", "2026-08-03T14:00"]
    assert starts(office) == every
    second = occurrence_id(series, date(2026, 7, 27))
    draft = replace(START, starts_local="2026-07-27T15:00")
    row = office.runner.run(StopRepeating(second, draft))
    assert starts(office) == ["2026-07-20T14:00", "2026-07-27T15:00"]
    stored = office.read(lambda r: detail(r, row))
    assert stored is not None
    assert stored.starts_local == "2026-07-27T15:00"
    office.runner.run(UndoLast())
    assert starts(office) == every
