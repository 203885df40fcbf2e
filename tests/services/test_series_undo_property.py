"""Undo after some visits of the changed plan took place: they stay, nothing comes up twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.base.errors import AppError
from tcf_desktop.base.paths import DataFolder
from tcf_desktop.domain.recurrence import occurrence_id
from tcf_desktop.services.command import Command
from tcf_desktop.services.office import Office
from tcf_desktop.services.series import CreateSeries, Scope
from tcf_desktop.services.series_edits import MoveSeries
from tcf_desktop.services.series_settling import SettleSeries
from tcf_desktop.services.undo import RedoLast, UndoLast
from tcf_desktop.services.uow import UnitOfWork
from tests.services.series_tools import TABLES, add_moen, draft, shown, weekly

RULES = (
    "FREQ=DAILY",
    "FREQ=WEEKLY;BYDAY=MO,TH",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
    "FREQ=MONTHLY;BYDAY=3WE",
    "FREQ=WEEKLY;BYDAY=TU,WE,FR;COUNT=9",
)


@pytest.fixture
def later(
    tmp_path: Path, blank_business: Path, clock: FrozenClock
) -> Iterator[tuple[Office, FrozenClock, int]]:
    folder = DataFolder(tmp_path / "later")
    folder.files.mkdir(parents=True)
    folder.database.write_bytes(blank_business.read_bytes())
    opened = Office.open(folder, clock)
    yield opened, clock, add_moen(opened)
    opened.close(10)


class _Clear(Command[None]):
    """Nothing on the schedule and nothing to undo: the next example begins anew."""

    journalled = False

    def execute(self, uow: UnitOfWork) -> None:
        for table in (*TABLES[::-1], "journal_rows", "journal"):
            uow.connection.exec_driver_sql(f"DELETE FROM {table}")


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rule=st.sampled_from(RULES),
    at_n=st.integers(0, 3),
    days=st.integers(0, 3),
    scope=st.sampled_from(["following", "all"]),
    passed=st.integers(0, 30),
    often=st.booleans(),
)
def test_what_took_place_stays_and_what_lies_ahead_is_as_before(
    later: tuple[Office, FrozenClock, int],
    rule: str,
    at_n: int,
    days: int,
    scope: Scope,
    passed: int,
    often: bool,
) -> None:
    office, clock, moen = later
    now = datetime.fromtimestamp(clock.now_ms() / 1000).replace(hour=9, minute=0)  # noqa: DTZ006
    begin = now + timedelta(days=1)
    first = draft(contact_id=moen, starts_local=begin.isoformat(timespec="minutes"))
    ident = office.runner.run(CreateSeries(first, weekly(rule)))
    low, high = begin.date().isoformat(), (begin + timedelta(days=200)).date().isoformat()
    plan = shown(office, low, high)
    try:
        chosen = datetime.fromisoformat(plan[at_n])
        to = chosen + timedelta(days=days, hours=4)
        number = occurrence_id(ident, chosen.date())
        office.runner.run(MoveSeries(number, to.isoformat(timespec="minutes"), scope))
        moved = shown(office, low, high)
        for _ in range(3):
            clock.advance(passed * 86_400 / 3)
            if often:
                office.runner.run(SettleSeries())
        office.runner.run(SettleSeries())
        today = (now + timedelta(days=passed)).date()
        office.runner.run(UndoLast())
        after = shown(office, low, high)
        _agrees(after, plan, moved, today)
        office.runner.run(RedoLast())
        _agrees(shown(office, low, high), moved, moved, today)
        office.runner.run(UndoLast())
        assert shown(office, low, high) == after
    except AppError as refused:
        if refused.code != "series.move":
            raise
    finally:
        office.runner.run(_Clear())


def _agrees(seen: list[str], ahead: list[str], took_place: list[str], today: date) -> None:
    near = (today - timedelta(days=1)).isoformat()
    late = (today + timedelta(days=5)).isoformat()
    assert [one for one in seen if one[:10] < near] == [
        one for one in took_place if one[:10] < near
    ]
    assert [one for one in seen if one[:10] > late] == [one for one in ahead if one[:10] > late]
