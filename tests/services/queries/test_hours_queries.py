"""The calendar as it is read from the business."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tcf_desktop import models
from tcf_desktop.domain.working_hours import Day, Hours
from tcf_desktop.services.command import Command
from tcf_desktop.services.office import Office
from tcf_desktop.services.queries.working_hours import calendar
from tcf_desktop.services.timesheets import AddWorker

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

MONDAY, FRIDAY = date(2026, 7, 13), date(2026, 7, 17)


@dataclass(frozen=True, slots=True)
class Store(Command[None]):
    """Rows as they stand in the tables."""

    rows: tuple[tuple[str, dict[str, object]], ...]

    def execute(self, uow: UnitOfWork) -> None:
        uow.describe("rows of a test")
        for model, values in self.rows:
            uow.add(getattr(models, model)(**values))


def test_a_window_reads_hours_days_off_and_only_the_places_asked_for(office: Office) -> None:
    ana = office.runner.run(AddWorker("Ana"))
    hours = {"worker_id": None, "location_id": None, "weekday": 0, "from_minute": 420}
    off = {"worker_id": None, "location_id": None, "deleted_at": None}
    office.runner.run(
        Store(
            (
                ("WorkingHours", {**hours, "to_minute": 720}),
                ("WorkingHours", {**hours, "from_minute": 780, "to_minute": 960}),
                ("DayOff", {**off, "first_on": "2026-07-17", "last_on": "2026-07-20"}),
                ("DayOff", {**off, "first_on": "2026-07-20", "last_on": "2026-07-20"}),
                (
                    "DayOff",
                    {**off, "worker_id": ana, "first_on": "2026-07-13", "last_on": "2026-07-13"},
                ),
            )
        )
    )
    known = office.read(lambda r: calendar(r, MONDAY, FRIDAY))
    assert known.business_day(MONDAY) == Day(Hours(420, 960))
    assert known.business_day(date(2026, 7, 14)).why == "weekday"
    assert known.business_day(FRIDAY).why == "closed"
    assert len(known.closed) == 1
    assert known.worker_day(ana, MONDAY).why == "day_off"
    assert known.country == "US"
