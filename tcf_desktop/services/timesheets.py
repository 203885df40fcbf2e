"""Clocking people in and out, and the people themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcf_desktop import models
from tcf_desktop.base.clock import from_ms
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.team_records import StayDraft, WorkerDraft
from tcf_desktop.domain.timesheets import Span, overlapping
from tcf_desktop.services.command import Command
from tcf_desktop.services.team_records import SaveWorker

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

_SLACK_MS = 60_000  # somebody else's clock may be a little ahead


@dataclass(frozen=True, slots=True)
class ClockIn(Command[int]):
    """Start a shift; returns its id.

    ``at``: UTC milliseconds, now when None. Raises ``shifts.already_in``, ``shifts.overlap``,
    ``shifts.in_future``.
    """

    worker_id: int
    at: int | None = None
    origin: str = "desktop"

    def execute(self, uow: UnitOfWork) -> int:
        worker = _worker(uow, self.worker_id)
        at = _moment(uow, self.at)
        spans = _spans(uow, self.worker_id)
        running = next((span for span in spans if span.clock_out_at is None), None)
        if running is not None:
            raise AppError(
                "shifts.already_in", name=worker.name, since=_words(uow, running.clock_in_at)
            )
        # The next shift that began after this one bounds it only once somebody clocks out.
        clash = overlapping(spans, at, at + 1)
        if clash is not None:
            raise AppError("shifts.overlap", name=worker.name, since=_words(uow, clash.clock_in_at))
        uow.describe("clock in of {name}", name=worker.name)
        shift = uow.add(
            models.Shift(
                worker_id=self.worker_id,
                clock_in_at=at,
                clock_out_at=None,
                origin=self.origin,
                created_at=uow.now_at,
            )
        )
        return shift.id


@dataclass(frozen=True, slots=True)
class ClockOut(Command[int]):
    """End the running shift; returns its id.

    Raises ``shifts.not_in``, ``shifts.out_before_in``, ``shifts.in_future``, ``shifts.overlap``.
    """

    worker_id: int
    at: int | None = None

    def execute(self, uow: UnitOfWork) -> int:
        worker = _worker(uow, self.worker_id)
        at = _moment(uow, self.at)
        shift = uow.first(
            models.Shift,
            models.Shift.clock_in_at.desc(),
            worker_id=self.worker_id,
            clock_out_at=None,
        )
        if shift is None:
            raise AppError("shifts.not_in", name=worker.name)
        if at < shift.clock_in_at:
            raise AppError(
                "shifts.out_before_in", name=worker.name, since=_words(uow, shift.clock_in_at)
            )
        others = [span for span in _spans(uow, self.worker_id) if span.shift_id != shift.id]
        clash = overlapping(others, shift.clock_in_at, at)
        if clash is not None:
            raise AppError("shifts.overlap", name=worker.name, since=_words(uow, clash.clock_in_at))
        uow.describe("clock out of {name}", name=worker.name)
        shift.clock_out_at = at
        return shift.id


@dataclass(frozen=True, slots=True)
class RemoveShift(Command[None]):
    """Take a shift away; its positions are no longer shown and are deleted after a day."""

    shift_id: int

    def execute(self, uow: UnitOfWork) -> None:
        shift = uow.get(models.Shift, self.shift_id)
        uow.describe("removal of a shift of {name}", name=_worker(uow, shift.worker_id).name)
        uow.delete(shift)


@dataclass(frozen=True, slots=True)
class AddWorker(Command[int]):
    """A new person with no more than a name; returns the id. Raises ``team.name_missing``."""

    name: str
    crew_id: int | None = None
    phone: str = ""

    def execute(self, uow: UnitOfWork) -> int:
        stays = () if self.crew_id is None else (StayDraft(self.crew_id),)
        draft = WorkerDraft(self.name, self.phone, stays=stays)
        return SaveWorker(None, draft).execute(uow)


def _worker(uow: UnitOfWork, worker_id: int) -> models.Worker:
    worker = uow.get(models.Worker, worker_id)
    if worker.deleted_at is not None:
        raise AppError("data.gone")
    return worker


def _moment(uow: UnitOfWork, at: int | None) -> int:
    moment = uow.now_at if at is None else at
    if moment > uow.now_at + _SLACK_MS:
        raise AppError("shifts.in_future", time=_words(uow, moment))
    return moment


def _spans(uow: UnitOfWork, worker_id: int) -> list[Span]:
    rows = uow.rows(
        "SELECT id, clock_in_at, clock_out_at FROM shifts WHERE worker_id = ? ORDER BY clock_in_at",
        (worker_id,),
    )
    return [Span(*row) for row in rows]


def _words(uow: UnitOfWork, moment: int) -> str:
    zone = str(uow.value("SELECT zone FROM business WHERE id = 1"))
    local = from_ms(moment, zone)
    return f"{local:%b} {local.day}, {local.hour % 12 or 12}:{local:%M %p}"
