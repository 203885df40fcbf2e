"""Bringing track files in: whose they are, which points are new, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tcf_desktop import models
from tcf_desktop.domain.imports import Action, ImportPlan, PlanRow
from tcf_desktop.domain.tracks import OLD, FilePoint, ParsedTrack, point_flags
from tcf_desktop.services.command import Command
from tcf_desktop.services.queries.phones import FILE_APP
from tcf_desktop.services.queries.team import WorkerName, worker_names
from tcf_desktop.services.tracks import INSERT_POINTS

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.uow import UnitOfWork

SOURCE: Final = "gpx"
GPX_READER: Final = "tcf_desktop.integrations.files.gpx:read_track"
READ_SECONDS: Final = 180.0
KNOWN: Final = "This position is already here."
OUTSIDE: Final = (
    "Nobody was on the clock then; it is kept for a day and shows when a shift is added."
)
WHOSE: Final = "It is not clear whose track this is; name the person."
TWICE: Final = "Another position of this second stands before it in the file."


@dataclass(frozen=True, slots=True)
class TrackFilePlan:
    """What importing one file would do. ``points`` are the new ones."""

    file: str
    worker: WorkerName | None
    points: tuple[FilePoint, ...]
    rows: tuple[PlanRow, ...]
    outside: int
    naive_times: int


def plan_tracks(
    reader: Reader, files: Sequence[ParsedTrack], worker_id: int | None = None
) -> list[TrackFilePlan]:
    """What importing these files would do, for a person or for whoever they fit. Writes nothing."""
    people = worker_names(reader)
    taken: set[tuple[int, int]] = set()
    plans: list[TrackFilePlan] = []
    for parsed in files:
        worker = _whose(reader, parsed, people, worker_id)
        plans.append(_plan(reader, parsed, worker, taken))
    return plans


def as_import_plan(plans: Sequence[TrackFilePlan]) -> ImportPlan:
    """The plan in the form that every import preview shows."""
    return ImportPlan(
        "track",
        tuple(plan.file for plan in plans),
        tuple("GPX" for _ in plans),
        tuple(row for plan in plans for row in plan.rows),
    )


@dataclass(frozen=True, slots=True)
class ImportTracks(Command[int]):
    """Write the new positions of the files; returns how many. One entry in the undo list."""

    plans: Sequence[TrackFilePlan]

    def execute(self, uow: UnitOfWork) -> int:
        total = 0
        names: list[str] = []
        for plan in self.plans:
            if plan.worker is None or not plan.points:
                continue
            total += _write(uow, plan, plan.worker)
            names.append(plan.file)
        uow.describe("import of {count} positions from {file}", count=total, file=", ".join(names))
        return total


def _write(uow: UnitOfWork, plan: TrackFilePlan, worker: WorkerName) -> int:
    # The source is put in as withdrawn, outside the undo list, and then given effect inside it:
    # taking the import back withdraws it again, and its positions with it.
    phone_id = uow.value(
        "INSERT INTO phones (worker_id, name, app, token_hash, paired_at, revoked_at, version) "
        "VALUES (?, ?, ?, NULL, ?, ?, 1) RETURNING id",
        (worker.id, plan.file[:200], FILE_APP, uow.now_at, uow.now_at),
    )
    source = uow.get(models.Phone, int(phone_id))
    source.revoked_at = None
    saved = uow.driver(
        INSERT_POINTS,
        [
            (
                source.id, point.fix_at, point.lat, point.lon, None, point.alt_m,
                point.speed_mps, None,
                # A file tells old days on purpose.
                point_flags(point.fix_at, point.lat, point.lon, None, uow.now_at) & ~OLD,
                SOURCE, uow.now_at,
            )
            for point in plan.points
        ],
    )  # fmt: skip
    uow.changed_many("track_points")
    return saved


def _plan(
    reader: Reader, parsed: ParsedTrack, worker: WorkerName | None, taken: set[tuple[int, int]]
) -> TrackFilePlan:
    rows = [
        PlanRow(row, row, parsed.file, Action.SKIP, "", reason=why) for row, why in parsed.left_out
    ]
    if worker is None:
        rows += [
            PlanRow(point.row, point.row, parsed.file, Action.IN_DOUBT, "", reason=WHOSE)
            for point in parsed.points
        ]
        return TrackFilePlan(parsed.file, None, (), _in_order(rows), 0, parsed.naive_times)
    known = _known_seconds(reader, worker.id, parsed)
    shifts = _shifts(reader, worker.id)
    new: list[FilePoint] = []
    outside = 0
    for point in parsed.points:
        key = (worker.id, point.fix_at)
        if point.fix_at in known or key in taken:
            reason = KNOWN if point.fix_at in known else TWICE
            rows.append(
                PlanRow(point.row, point.row, parsed.file, Action.SKIP, worker.name, reason=reason)
            )
            continue
        taken.add(key)
        new.append(point)
        is_outside = not any(start <= point.fix_at <= end for start, end in shifts)
        outside += is_outside
        rows.append(
            PlanRow(
                point.row, point.row, parsed.file, Action.ADD, worker.name,
                reason=OUTSIDE if is_outside else "",
            )
        )  # fmt: skip
    return TrackFilePlan(
        parsed.file, worker, tuple(new), _in_order(rows), outside, parsed.naive_times
    )


def _in_order(rows: list[PlanRow]) -> tuple[PlanRow, ...]:
    return tuple(sorted(rows, key=lambda row: row.row))


def _whose(
    reader: Reader, parsed: ParsedTrack, people: Sequence[WorkerName], worker_id: int | None
) -> WorkerName | None:
    if worker_id is not None:
        return next((person for person in people if person.id == worker_id), None)
    text = " ".join((parsed.file, *parsed.names)).casefold()
    named = [person for person in people if person.name.casefold() in text]
    if len(named) == 1:
        return named[0]
    span = parsed.span()
    if span is None:
        return None
    on_clock = {
        row[0]
        for row in reader.all(
            "SELECT DISTINCT worker_id FROM shifts WHERE clock_in_at <= ? "
            "AND coalesce(clock_out_at, 9223372036854775807) >= ?",
            (span[1], span[0]),
        )
    }
    there = [person for person in people if person.id in on_clock]
    if len(there) == 1:
        return there[0]
    return people[0] if len(people) == 1 else None


def _known_seconds(reader: Reader, worker_id: int, parsed: ParsedTrack) -> set[int]:
    span = parsed.span()
    if span is None:
        return set()
    rows = reader.all(
        "SELECT t.fix_at FROM phones p CROSS JOIN track_points t "
        "WHERE p.worker_id = ? AND NOT (p.app = 'file' AND p.revoked_at IS NOT NULL) "
        "AND t.phone_id = p.id AND t.fix_at BETWEEN ? AND ?",
        (worker_id, *span),
    )
    return {int(row[0]) for row in rows}


def _shifts(reader: Reader, worker_id: int) -> list[tuple[int, int]]:
    rows = reader.all(
        "SELECT clock_in_at, coalesce(clock_out_at, 9223372036854775807) FROM shifts "
        "WHERE worker_id = ? ORDER BY clock_in_at",
        (worker_id,),
    )
    return [(int(start), int(end)) for start, end in rows]
