"""Hours and days off of the business and of locations, and how those of workers are stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.team_records import OffDraft, WeekRows
from tcf_desktop.domain.working_hours import checked_week
from tcf_desktop.services.command import Command

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

MOST_OFF = 500


@dataclass(frozen=True, slots=True)
class SaveBusinessHours(Command[None]):
    """When the business works. Raises ``team.hours`` and ``team.no_hours``."""

    week: WeekRows

    def execute(self, uow: UnitOfWork) -> None:
        uow.describe("change of the working hours")
        write_week(uow, self.week)


@dataclass(frozen=True, slots=True)
class SaveClosedDays(Command[None]):
    """On which days nobody works. Raises ``team.days_order`` and ``team.day``."""

    off: tuple[OffDraft, ...]

    def execute(self, uow: UnitOfWork) -> None:
        uow.describe("change of the closed days")
        write_off(uow, self.off)


@dataclass(frozen=True, slots=True)
class SaveLocationHours(Command[None]):
    """When work can be done at a place; ``week`` None means at any time.

    Raises ``team.hours``, ``team.no_hours``, ``team.days_order``, ``team.day``, ``data.gone``.
    """

    location_id: int
    week: WeekRows | None
    off: tuple[OffDraft, ...] = ()

    def execute(self, uow: UnitOfWork) -> None:
        place = uow.get(models.Location, self.location_id)
        if place.deleted_at is not None:
            raise AppError("data.gone")
        uow.describe("change of the hours of {name}", name=place.name or place.street)
        write_week(uow, self.week, location_id=place.id)
        write_off(uow, self.off, location_id=place.id)


def write_week(
    uow: UnitOfWork,
    week: WeekRows | None,
    *,
    worker_id: int | None = None,
    location_id: int | None = None,
) -> None:
    """Make the hours of a worker, of a location or of the business what ``week`` says.

    None takes own hours away. Raises ``team.hours``, and ``team.no_hours`` for a week without any:
    no row at all means that there are no own hours.
    """
    owner = {"worker_id": worker_id, "location_id": location_id}
    wanted = checked_week(week or ())
    if week is not None and not wanted:
        raise AppError("team.no_hours")
    stored = {}
    for row in uow.find(models.WorkingHours, models.WorkingHours.id, **owner):
        if row.weekday in wanted and row.weekday not in stored:
            stored[row.weekday] = row
        else:
            uow.delete(row)
    for weekday, hours in sorted(wanted.items()):
        known = stored.get(weekday)
        if known is None:
            uow.add(
                models.WorkingHours(
                    **owner,
                    weekday=weekday,
                    from_minute=hours.from_minute,
                    to_minute=hours.to_minute,
                )
            )
        else:
            known.from_minute, known.to_minute = hours


def write_off(
    uow: UnitOfWork,
    off: Sequence[OffDraft],
    *,
    worker_id: int | None = None,
    location_id: int | None = None,
) -> None:
    """Make the days off of a worker, of a location or of the business those of ``off``.

    Raises ``team.day`` for a text that is no date, ``team.days_order`` when the last day comes
    before the first, ``team.many_days`` for more than 500.
    """
    owner = {"worker_id": worker_id, "location_id": location_id}
    stored = {
        row.id: row for row in uow.find(models.DayOff, models.DayOff.id, **owner, deleted_at=None)
    }
    if len(off) > MOST_OFF:
        raise AppError("team.many_days", most=MOST_OFF)
    for draft in off:
        first, last = iso_date(draft.first_on), iso_date(draft.last_on or draft.first_on)
        if last < first:
            raise AppError("team.days_order", first=first, last=last)
        values = {
            "first_on": first.isoformat(),
            "last_on": last.isoformat(),
            "reason": " ".join(draft.reason.split())[:200],
        }
        known = stored.pop(draft.id, None) if draft.id is not None else None
        if known is None:
            uow.add(models.DayOff(**owner, **values, deleted_at=None))
            continue
        for column, value in values.items():
            setattr(known, column, value)
    for gone in stored.values():
        gone.deleted_at = uow.now_at


def iso_date(text: str) -> date:
    """The date of an ISO text; AppError ``team.day`` otherwise."""
    try:
        return date.fromisoformat(text)
    except ValueError as trouble:
        raise AppError("team.day", text=text[:40]) from trouble
