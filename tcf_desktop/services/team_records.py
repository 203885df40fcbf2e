"""People who work here and their crews: made, changed, ended, deleted.

Who is in which crew stands by date in ``crew_members``; ``workers.crew_id`` follows from it
(:mod:`tcf_desktop.services.crews_of_today`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tcf_desktop import models
from tcf_desktop.base.clock import from_ms
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.team_records import WorkerDraft
from tcf_desktop.domain.working_hours import Membership, checked_stays, ended, joined
from tcf_desktop.services.command import Command
from tcf_desktop.services.working_hours import iso_date, write_off, write_week

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

MOST_TEXT = 10_000
MOST_NOTE = 100_000
MOST_PAY_CENTS = 100_000_00
COLORS = 8


@dataclass(frozen=True, slots=True)
class SaveWorker(Command[int]):
    """Add or change a person; returns the id.

    Raises ``team.name_missing``, ``team.pay``, ``team.text_long``, ``team.day``,
    ``team.days_order``, ``team.two_crews``, ``team.hours``, ``team.no_hours``, ``data.gone``.
    """

    worker_id: int | None
    draft: WorkerDraft

    def execute(self, uow: UnitOfWork) -> int:
        draft = self.draft
        values = _values(draft)
        if self.worker_id is None:
            uow.describe("new person {name}", name=values["name"])
            count = int(uow.value("SELECT count(*) FROM workers") or 0)
            color = count % COLORS if draft.color_index is None else draft.color_index % COLORS
            worker = uow.add(
                models.Worker(**values, crew_id=None, color_index=color, deleted_at=None)
            )
        else:
            worker = _worker(uow, self.worker_id)
            uow.describe("change of {name}", name=values["name"])
            for column, value in values.items():
                setattr(worker, column, value)
            if draft.color_index is not None:
                worker.color_index = draft.color_index % COLORS
        stays = tuple(
            Membership(worker.id, stay.crew_id, _day(stay.from_on), _day(stay.to_on))
            for stay in draft.stays
        )
        last = _day(draft.active_to)
        _write_stays(uow, worker.id, stays if last is None else ended(stays, last))
        write_week(uow, draft.hours, worker_id=worker.id)
        write_off(uow, draft.off, worker_id=worker.id)
        return worker.id


@dataclass(frozen=True, slots=True)
class PutInCrew(Command[None]):
    """Somebody is in a crew (None = in none) from a date on; None means always."""

    worker_id: int
    crew_id: int | None
    from_on: str | None

    def execute(self, uow: UnitOfWork) -> None:
        worker = _worker(uow, self.worker_id)
        name = "" if self.crew_id is None else _crew(uow, self.crew_id).name
        if name:
            uow.describe("{name} in {crew}", name=worker.name, crew=name)
        else:
            uow.describe("{name} in no crew", name=worker.name)
        _write_stays(
            uow,
            worker.id,
            joined(_stays(uow, worker.id), worker.id, self.crew_id, _day(self.from_on)),
        )


@dataclass(frozen=True, slots=True)
class EndWork(Command[None]):
    """Somebody's last day of work; crews end with it. What was done stays as it was."""

    worker_id: int
    last_on: str

    def execute(self, uow: UnitOfWork) -> None:
        worker = _worker(uow, self.worker_id)
        last = iso_date(self.last_on)
        first = _day(worker.active_from_on)
        if first is not None and last < first:
            raise AppError("team.days_order", first=first, last=last)
        uow.describe("last day of work of {name}", name=worker.name)
        worker.active_to_on = last.isoformat()
        _write_stays(uow, worker.id, ended(_stays(uow, worker.id), last))


@dataclass(frozen=True, slots=True)
class DeleteWorker(Command[None]):
    """Take a person out of all lists; shifts and past visits keep the name, phones are refused.

    Raises ``team.on_the_clock``, and ``team.has_visits`` while work ahead is planned for the
    person alone.
    """

    worker_id: int

    def execute(self, uow: UnitOfWork) -> None:
        worker = _worker(uow, self.worker_id)
        if uow.value(
            "SELECT 1 FROM shifts WHERE worker_id = ? AND clock_out_at IS NULL", (worker.id,)
        ):
            raise AppError("team.on_the_clock", name=worker.name)
        count = planned(uow, "worker_id", worker.id)
        if count:
            raise AppError("team.has_visits", name=worker.name, count=count)
        uow.describe("deleting {name}", name=worker.name)
        worker.deleted_at = uow.now_at
        yesterday = _today(uow) - timedelta(days=1)
        _write_stays(uow, worker.id, ended(_stays(uow, worker.id), yesterday))
        for phone in uow.find(models.Phone, worker_id=worker.id, revoked_at=None):
            phone.revoked_at = uow.now_at


@dataclass(frozen=True, slots=True)
class SaveCrew(Command[int]):
    """Add or change a crew; returns the id.

    ``members``: who is in it from ``from_on`` (ISO, None = today, or always for those who were in
    no crew before) on; None leaves them as they are. Raises ``team.crew_name_missing``,
    ``team.crew_name_taken``, ``data.gone``.
    """

    crew_id: int | None
    name: str
    color_index: int | None = None
    members: tuple[int, ...] | None = None
    from_on: str | None = None

    def execute(self, uow: UnitOfWork) -> int:
        name = _line(self.name)
        if not name:
            raise AppError("team.crew_name_missing")
        taken = uow.value(
            "SELECT id FROM crews WHERE deleted_at IS NULL AND lower(name) = lower(?)"
            " AND id IS NOT ?",
            (name, self.crew_id),
        )
        if taken is not None:
            raise AppError("team.crew_name_taken", name=name)
        if self.crew_id is None:
            uow.describe("new crew {name}", name=name)
            place = uow.value("SELECT coalesce(max(position) + 1, 0) FROM crews")
            crew = uow.add(
                models.Crew(
                    name=name, color_index=_free_color(uow), position=int(place), deleted_at=None
                )
            )
        else:
            crew = _crew(uow, self.crew_id)
            uow.describe("change of the crew {name}", name=name)
            crew.name = name
        if self.color_index is not None:
            crew.color_index = self.color_index % COLORS
        if self.members is not None:
            self._fill(uow, crew.id, self.members)
        return crew.id

    def _fill(self, uow: UnitOfWork, crew_id: int, members: Iterable[int]) -> None:
        begin = _day(self.from_on)
        wanted = {_worker(uow, worker_id).id for worker_id in members}
        on = begin or _today(uow)
        there = {
            row[0]
            for row in uow.rows(
                "SELECT worker_id FROM crew_members WHERE crew_id = ?"
                " AND (to_on IS NULL OR to_on >= ?)",
                (crew_id, on.isoformat()),
            )
        }
        for worker_id in sorted(wanted | there):
            stays = _stays(uow, worker_id)
            now_in = any(stay.crew_id == crew_id and stay.holds(on) for stay in stays)
            if (worker_id in wanted) != now_in:
                wished = crew_id if worker_id in wanted else None
                # Whoever was somewhere before changes on a day, so that the past stays true.
                since = on if begin or stays else None
                _write_stays(uow, worker_id, joined(stays, worker_id, wished, since))


@dataclass(frozen=True, slots=True)
class MoveCrew(Command[None]):
    """A place up (-1) or down (1) in the order of the schedule's lanes."""

    crew_id: int
    by: int

    def execute(self, uow: UnitOfWork) -> None:
        crew = _crew(uow, self.crew_id)
        uow.describe("order of the crews")
        order = uow.find(models.Crew, models.Crew.position, models.Crew.id, deleted_at=None)
        place = next(number for number, one in enumerate(order) if one.id == crew.id)
        order.insert(max(0, min(len(order) - 1, place + self.by)), order.pop(place))
        for number, one in enumerate(order):
            one.position = number


@dataclass(frozen=True, slots=True)
class DissolveCrew(Command[None]):
    """There is no such crew any more; its visits keep the name, its members are in none."""

    crew_id: int

    def execute(self, uow: UnitOfWork) -> None:
        crew = _crew(uow, self.crew_id)
        uow.describe("dissolving the crew {name}", name=crew.name)
        crew.deleted_at = uow.now_at
        yesterday = _today(uow) - timedelta(days=1)
        members = uow.rows(
            "SELECT DISTINCT worker_id FROM crew_members WHERE crew_id = ?"
            " AND (to_on IS NULL OR to_on > ?)",
            (crew.id, yesterday.isoformat()),
        )
        for (worker_id,) in members:
            stays = _stays(uow, worker_id)
            others = [stay for stay in stays if stay.crew_id != crew.id]
            here = ended((stay for stay in stays if stay.crew_id == crew.id), yesterday)
            _write_stays(uow, worker_id, (*others, *here))


def planned(uow: UnitOfWork, column: str, ident: int) -> int:
    """How many visits ahead and running series name a worker (``worker_id``) or a crew."""
    assert column in ("worker_id", "crew_id")
    visits = uow.value(
        f"SELECT count(*) FROM appointments WHERE {column} = ? AND deleted_at IS NULL"
        " AND starts_at > ? AND state NOT IN ('cancelled', 'no_show', 'done')",
        (ident, uow.now_at),
    )
    series = uow.value(
        f"SELECT count(*) FROM series WHERE {column} = ? AND deleted_at IS NULL"
        " AND (last_on IS NULL OR last_on >= ?)",
        (ident, _today(uow).isoformat()),
    )
    return int(visits) + int(series)


def _values(draft: WorkerDraft) -> dict[str, object]:
    lines = {
        "name": _line(draft.name),
        "phone": _line(draft.phone),
        "email": _line(draft.email),
        "language": _line(draft.language),
        "licence": _line(draft.licence),
    }
    note = draft.note.strip()
    if not lines["name"]:
        raise AppError("team.name_missing")
    if any(len(text) > MOST_TEXT for text in lines.values()):
        raise AppError("team.text_long", most=MOST_TEXT)
    if len(note) > MOST_NOTE:
        raise AppError("team.text_long", most=MOST_NOTE)
    if draft.pay_cents is not None and not 0 <= draft.pay_cents <= MOST_PAY_CENTS:
        raise AppError("team.pay")
    first, last = _day(draft.active_from), _day(draft.active_to)
    if first is not None and last is not None and last < first:
        raise AppError("team.days_order", first=first, last=last)
    return {
        **lines,
        "note": note,
        "pay_cents": draft.pay_cents,
        "active_from_on": None if first is None else first.isoformat(),
        "active_to_on": None if last is None else last.isoformat(),
    }


def _write_stays(uow: UnitOfWork, worker_id: int, stays: Iterable[Membership]) -> None:
    """Make the memberships of a worker these; rows that stay the same are left alone."""
    wanted = checked_stays(stays)
    rows = uow.find(models.CrewMember, models.CrewMember.id, worker_id=worker_id)
    known = {row.crew_id for row in rows}
    for stay in wanted:
        if stay.crew_id not in known:  # who was in a crew that is dissolved was in it all the same
            _crew(uow, stay.crew_id)
    # By begin, so that a membership keeps its row while others come and go.
    rows.sort(key=lambda row: row.from_on or "")
    for number, stay in enumerate(wanted):
        values = {
            "crew_id": stay.crew_id,
            "from_on": None if stay.from_on is None else stay.from_on.isoformat(),
            "to_on": None if stay.to_on is None else stay.to_on.isoformat(),
        }
        if number < len(rows):
            for column, value in values.items():
                setattr(rows[number], column, value)
        else:
            uow.add(models.CrewMember(worker_id=worker_id, **values))
    for gone in rows[len(wanted) :]:
        uow.delete(gone)


def _stays(uow: UnitOfWork, worker_id: int) -> tuple[Membership, ...]:
    return tuple(
        Membership(worker_id, row.crew_id, _day(row.from_on), _day(row.to_on))
        for row in uow.find(models.CrewMember, models.CrewMember.id, worker_id=worker_id)
    )


def _worker(uow: UnitOfWork, worker_id: int) -> models.Worker:
    worker = uow.get(models.Worker, worker_id)
    if worker.deleted_at is not None:
        raise AppError("data.gone")
    return worker


def _crew(uow: UnitOfWork, crew_id: int) -> models.Crew:
    crew = uow.get(models.Crew, crew_id)
    if crew.deleted_at is not None:
        raise AppError("data.gone")
    return crew


def _free_color(uow: UnitOfWork) -> int:
    """The first colour that no crew has, else the one after the last crew's."""
    used = [row[0] % COLORS for row in uow.rows("SELECT color_index FROM crews"
                                                " WHERE deleted_at IS NULL")]  # fmt: skip
    free = next((color for color in range(COLORS) if color not in used), None)
    return len(used) % COLORS if free is None else free


def _today(uow: UnitOfWork) -> date:
    zone = str(uow.value("SELECT zone FROM business WHERE id = 1"))
    return from_ms(uow.now_at, zone).date()


def _day(text: str | None) -> date | None:
    return iso_date(text) if text else None


def _line(text: str) -> str:
    return " ".join(text.split())
