"""Bringing track files in: whose they are, which points are new, all or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from tcf_desktop import models
from tcf_desktop.base.clock import from_ms
from tcf_desktop.domain.imports import Action, ImportPlan, PlanRow
from tcf_desktop.domain.tracks import OLD, FilePoint, ParsedTrack, point_flags
from tcf_desktop.services.command import Command
from tcf_desktop.services.importers import Importer
from tcf_desktop.services.office import zone_of
from tcf_desktop.services.progress import Progress
from tcf_desktop.services.queries.phones import FILE_APP
from tcf_desktop.services.queries.team import WorkerName, worker_names
from tcf_desktop.services.tracks import INSERT_POINTS

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.uow import UnitOfWork

SOURCE: Final = "gpx"
PARSER: Final = "tcf_desktop.integrations.files.gpx:parse"
KNOWN: Final = "This position is already here."
TWICE: Final = "Another position of this second stands before it."
OUTSIDE: Final = (
    "Nobody was on the clock then; it is kept for a day and shows when a shift is added."
)
WHOSE: Final = "It is not clear whose track this is; name the person."
_CHUNK: Final = 2_000


@dataclass(frozen=True, slots=True)
class NewPosition:
    """The payload of a row that is added."""

    worker_id: int
    point: FilePoint


def plan_tracks(
    reader: Reader, files: Sequence[ParsedTrack], worker_id: int | None = None
) -> ImportPlan:
    """What importing these files would do, one row for each position; writes nothing.

    Without ``worker_id`` a file belongs to the person whose name it or its tracks carry, or else
    to the only person who was on the clock then; if that is not one person, its rows are in doubt.
    """
    zone = zone_of(reader)
    people = worker_names(reader)
    taken: set[tuple[int, int]] = set()
    rows: list[PlanRow] = []
    for parsed in files:
        placed = parsed.in_zone(zone)
        worker = _whose(reader, placed, people, worker_id)
        rows += _rows(reader, placed, worker, taken, zone)
    return ImportPlan(
        "track", tuple(one.file for one in files), tuple("GPX" for _ in files), tuple(rows)
    )


@dataclass(frozen=True, slots=True)
class ImportTracks(Command[tuple[PlanRow, ...]]):
    """Write the new positions of a plan, all or none; returns the rows. One entry in the undo
    list; raises ``app.stopped``."""

    plan: ImportPlan
    progress: Progress

    def execute(self, uow: UnitOfWork) -> tuple[PlanRow, ...]:
        found: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
        for index, row in enumerate(self.plan.rows):
            if row.action is Action.ADD and isinstance(row.payload, NewPosition):
                found[row.file, row.payload.worker_id].append(index)
        total = self.plan.to_write()
        uow.describe(
            "import of {count} positions from {file}", count=total, file=", ".join(self.plan.files)
        )
        rows = list(self.plan.rows)
        done = 0
        for (file, worker_id), places in found.items():
            source_id = _add_source(uow, file, worker_id)
            for start in range(0, len(places), _CHUNK):
                self.progress.report(done, total)
                chunk = places[start : start + _CHUNK]
                points = [rows[index].payload.point for index in chunk]
                uow.driver(INSERT_POINTS, [_stored(uow, source_id, point) for point in points])
                for index in chunk:
                    rows[index] = replace(rows[index], id=source_id)
                done += len(chunk)
        self.progress.report(total, total)
        uow.changed_many("track_points")
        return tuple(rows)


def _add_source(uow: UnitOfWork, file: str, worker_id: int) -> int:
    # The source is put in as withdrawn, outside the undo list, and then given effect inside it:
    # taking the import back withdraws it again, and its positions with it.
    source_id = uow.value(
        "INSERT INTO phones (worker_id, name, app, token_hash, paired_at, revoked_at, version) "
        "VALUES (?, ?, ?, NULL, ?, ?, 1) RETURNING id",
        (worker_id, file[:200], FILE_APP, uow.now_at, uow.now_at),
    )
    source = uow.get(models.Phone, int(source_id))
    source.revoked_at = None
    uow.session.flush()
    return source.id


def _stored(uow: UnitOfWork, source_id: int, point: FilePoint) -> tuple[object, ...]:
    # A file tells old days on purpose, so age is no flag.
    flags = point_flags(point.fix_at, point.lat, point.lon, None, uow.now_at) & ~OLD
    return (
        source_id, point.fix_at, point.lat, point.lon, None, point.alt_m, point.speed_mps, None,
        flags, SOURCE, uow.now_at,
    )  # fmt: skip


def _rows(
    reader: Reader,
    parsed: ParsedTrack,
    worker: WorkerName | None,
    taken: set[tuple[int, int]],
    zone: str,
) -> list[PlanRow]:
    rows = [
        PlanRow(row, 0, parsed.file, Action.SKIP, "", reason=why) for row, why in parsed.left_out
    ]
    known = _known_seconds(reader, worker, parsed)
    shifts = _shifts(reader, worker)
    name = worker.name if worker is not None else ""
    for point in parsed.points:
        when = f"{from_ms(point.fix_at, zone):%Y-%m-%d %H:%M:%S}"
        bare = PlanRow(point.row, 0, parsed.file, Action.SKIP, name, when)
        if worker is None:
            rows.append(replace(bare, action=Action.IN_DOUBT, reason=WHOSE))
        elif point.fix_at in known:
            rows.append(replace(bare, reason=KNOWN))
        elif (worker.id, point.fix_at) in taken:
            rows.append(replace(bare, reason=TWICE))
        else:
            taken.add((worker.id, point.fix_at))
            inside = any(start <= point.fix_at <= end for start, end in shifts)
            rows.append(
                replace(
                    bare,
                    action=Action.ADD,
                    reason="" if inside else OUTSIDE,
                    payload=NewPosition(worker.id, point),
                )
            )
    rows.sort(key=lambda row: row.row)
    return rows


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


def _known_seconds(reader: Reader, worker: WorkerName | None, parsed: ParsedTrack) -> set[int]:
    span = parsed.span()
    if span is None or worker is None:
        return set()
    rows = reader.all(
        "SELECT t.fix_at FROM phones p CROSS JOIN track_points t "
        "WHERE p.worker_id = ? AND NOT (p.app = 'file' AND p.revoked_at IS NOT NULL) "
        "AND t.phone_id = p.id AND t.fix_at BETWEEN ? AND ?",
        (worker.id, *span),
    )
    return {int(row[0]) for row in rows}


def _shifts(reader: Reader, worker: WorkerName | None) -> list[tuple[int, int]]:
    if worker is None:
        return []
    rows = reader.all(
        "SELECT clock_in_at, coalesce(clock_out_at, 9223372036854775807) FROM shifts "
        "WHERE worker_id = ? ORDER BY clock_in_at",
        (worker.id,),
    )
    return [(int(start), int(end)) for start, end in rows]


def _people(reader: Reader) -> list[tuple[int, str]]:
    return [(person.id, person.name) for person in worker_names(reader)]


IMPORTER: Final = Importer(
    kind="track",
    parsers={".gpx": PARSER},
    plan=plan_tracks,
    command=ImportTracks,
    question="Whose track is it?",
    no_choice="By the name in the file",
    choices=_people,
)
