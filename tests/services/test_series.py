from __future__ import annotations

from datetime import date

from tcf_desktop import models
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.domain.recurrence import occurrence_id
from tcf_desktop.services import appointments as commands
from tcf_desktop.services.command import Command
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries import appointment, schedule
from tcf_desktop.services.queries.occurrences import occurrence, occurrences, row_id
from tcf_desktop.services.undo import UndoLast
from tcf_desktop.services.uow import UnitOfWork

DAY = 86_400_000


class AddSeries(Command[int]):
    def execute(self, uow: UnitOfWork) -> int:
        series = uow.add(
            models.Series(
                uid="u", starts_local="2026-07-07T09:00", minutes=60, zone="America/Chicago",
                rule="FREQ=WEEKLY", kind="task", title="Weekly", state="confirmed",
                created_at=1, updated_at=1,
            )
        )  # fmt: skip
        uow.add(
            models.SeriesLine(
                series_id=series.id, position=0, name="Mow", qty_milli=1000, unit_price_e4=5 * E4
            )
        )
        return series.id


def test_occurrence_becomes_a_row_when_it_is_moved_and_undo_takes_it_away(office: Office) -> None:
    series = office.runner.run(AddSeries())
    now = office.clock.now_ms()
    found = office.read(lambda r: occurrences(r, now, now + 14 * DAY))
    assert [one.starts_local for one in found] == ["2026-07-21T09:00", "2026-07-28T09:00"]
    ident = occurrence_id(series, date(2026, 7, 21))
    office.runner.run(commands.MoveAppointment(ident, "2026-07-22T10:00"))
    assert len(office.read(lambda r: occurrences(r, now, now + 14 * DAY))) == 1
    row = office.read(lambda r: row_id(r, ident))
    assert row > 0
    office.runner.run(commands.FinishAppointment(ident))
    office.runner.run(UndoLast())
    office.runner.run(UndoLast())
    assert office.read(lambda r: occurrence(r, ident)) == found[0]


def test_the_week_the_detail_and_the_clashes_know_what_comes_again(office: Office) -> None:
    series = office.runner.run(AddSeries())
    now = office.clock.now_ms()
    week = office.read(
        lambda r: schedule.blocks(r, date(2026, 7, 20), date(2026, 7, 26), "America/Chicago", now)
    )
    (block,) = week
    assert (block.id, block.recurring) == (occurrence_id(series, date(2026, 7, 21)), True)
    assert (block.name, block.service) == ("Weekly", "Mow")
    found = office.read(lambda r: appointment.detail(r, block.id))
    assert found is not None
    assert found.series is not None
    assert (found.series.rule, found.series.occurrence_on) == ("FREQ=WEEKLY", "2026-07-21")
    assert [line.name for line in found.lines] == ["Mow"]
    office.runner.run(commands.ResizeAppointment(block.id, 90))
    again = office.read(lambda r: appointment.detail(r, block.id))
    assert again is not None
    assert again.id > 0
    assert (again.minutes, again.starts_local) == (90, found.starts_local)
    assert [line.name for line in again.lines] == ["Mow"]
