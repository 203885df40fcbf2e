"""People and crews as records: the lists of the Team page and what a form shows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tcf_desktop.domain.team_records import OffDraft, StayDraft, WeekRows, WorkerDraft
from tcf_desktop.services.queries.working_hours import days_off, usual_week, week_of

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person of the list. Dates are ISO.

    ``off``: the days off that run or come next. ``left``: the last day of work is over.
    """

    id: int
    name: str
    phone: str
    email: str
    language: str
    pay_cents: int | None
    licence: str
    color_index: int
    active_from: str | None
    active_to: str | None
    crew_id: int | None
    crew: str
    off: OffDraft | None
    left: bool


@dataclass(frozen=True, slots=True)
class CrewMemberRow:
    """Somebody in a crew, now or from ``from_on`` on; ``to_on`` when it ends."""

    worker_id: int
    name: str
    from_on: str | None
    to_on: str | None


@dataclass(frozen=True, slots=True)
class CrewCard:
    """A crew with who is in it today and who will come; ``visits`` are those planned ahead."""

    id: int
    name: str
    color_index: int
    members: tuple[CrewMemberRow, ...]
    coming: tuple[CrewMemberRow, ...]
    visits: int


@dataclass(frozen=True, slots=True)
class TeamRecords:
    """Everybody who was not deleted, and the crews in their order."""

    people: tuple[PersonRow, ...]
    crews: tuple[CrewCard, ...]
    today: str


@dataclass(frozen=True, slots=True)
class CrewChoice:
    """A crew to choose from; a dissolved one only where somebody was in it."""

    id: int
    name: str
    color_index: int
    dissolved: bool


@dataclass(frozen=True, slots=True)
class WorkerForm:
    """What the form of a person shows; ``draft`` None when there is no such person."""

    draft: WorkerDraft | None
    crews: tuple[CrewChoice, ...]
    business_week: WeekRows


def team_records(r: Reader, today: str, now_at: int) -> TeamRecords:
    """People by name, crews in their order."""
    with r.snapshot():
        return TeamRecords(_people(r, today), _crews(r, today, now_at), today)


def worker_form(r: Reader, worker_id: int | None) -> WorkerForm:
    """A person as stored, or an empty form."""
    with r.snapshot():
        week = usual_week(r)
        draft = None if worker_id is None else _draft(r, worker_id)
        used = set() if draft is None else {stay.crew_id for stay in draft.stays}
        crews = tuple(
            CrewChoice(row[0], row[1], row[2], bool(row[3]))
            for row in r.all(
                "SELECT id, name, color_index, deleted_at IS NOT NULL FROM crews"
                " ORDER BY deleted_at IS NOT NULL, position, id"
            )
            if not row[3] or row[0] in used
        )
    return WorkerForm(draft, crews, week)


def _people(r: Reader, today: str) -> tuple[PersonRow, ...]:
    off: dict[int, OffDraft] = {}
    for worker_id, *days in r.all(
        "SELECT worker_id, first_on, last_on, reason, id FROM days_off WHERE deleted_at IS NULL"
        " AND worker_id IS NOT NULL AND last_on >= ? ORDER BY first_on, id",
        (today,),
    ):
        off.setdefault(worker_id, OffDraft(*days))
    return tuple(
        PersonRow(*(*row, off.get(row[0]), row[9] is not None and row[9] < today))
        for row in r.all(
            "SELECT w.id, w.name, w.phone, w.email, w.language, w.pay_cents, w.licence,"
            " coalesce(c.color_index, w.color_index), w.active_from_on, w.active_to_on,"
            " w.crew_id, coalesce(c.name, '')"
            " FROM workers w LEFT JOIN crews c ON c.id = w.crew_id"
            " WHERE w.deleted_at IS NULL ORDER BY w.name COLLATE NOCASE, w.id"
        )
    )


def _crews(r: Reader, today: str, now_at: int) -> tuple[CrewCard, ...]:
    now: defaultdict[int, list[CrewMemberRow]] = defaultdict(list)
    coming: defaultdict[int, list[CrewMemberRow]] = defaultdict(list)
    for crew_id, *member in r.all(
        "SELECT m.crew_id, w.id, w.name, m.from_on, m.to_on FROM crew_members m"
        " JOIN workers w ON w.id = m.worker_id WHERE w.deleted_at IS NULL"
        " AND (m.to_on IS NULL OR m.to_on >= ?) AND (w.active_to_on IS NULL OR w.active_to_on >= ?)"
        " ORDER BY m.from_on, w.name, m.id",
        (today, today),
    ):
        row = CrewMemberRow(*member)
        (coming if row.from_on is not None and row.from_on > today else now)[crew_id].append(row)
    visits = dict(
        r.all(
            "SELECT crew_id, count(*) FROM appointments WHERE deleted_at IS NULL"
            " AND starts_at > ? AND crew_id IS NOT NULL"
            " AND state NOT IN ('cancelled', 'no_show', 'done') GROUP BY crew_id",
            (now_at,),
        )
    )
    return tuple(
        CrewCard(
            row[0], row[1], row[2], tuple(now[row[0]]), tuple(coming[row[0]]), visits.get(row[0], 0)
        )
        for row in r.all(
            "SELECT id, name, color_index FROM crews WHERE deleted_at IS NULL ORDER BY position, id"
        )
    )


def _draft(r: Reader, worker_id: int) -> WorkerDraft | None:
    row = r.one(
        "SELECT name, phone, email, language, pay_cents, licence, note, color_index,"
        " active_from_on, active_to_on FROM workers WHERE id = ? AND deleted_at IS NULL",
        (worker_id,),
    )
    if row is None:
        return None
    stays = tuple(
        StayDraft(*stay)
        for stay in r.all(
            "SELECT crew_id, from_on, to_on FROM crew_members WHERE worker_id = ?"
            " ORDER BY from_on, id",
            (worker_id,),
        )
    )
    return replace(
        WorkerDraft(*row),
        stays=stays,
        hours=week_of(r, worker_id, None),
        off=days_off(r, worker_id, None),
    )
