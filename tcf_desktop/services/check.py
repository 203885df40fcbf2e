"""Whether the database, the books and the files are what they should be. Reads only."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.base.errors import AppError
from tcf_desktop.base.paths import DataFolder
from tcf_desktop.domain.appointments import instants, local_instant, parse_local
from tcf_desktop.domain.money import line_amount
from tcf_desktop.domain.recurrence import last_date, parse_rule
from tcf_desktop.models.connection import Reader
from tcf_desktop.services.check_money import balances, numbers, totals
from tcf_desktop.services.check_problem import Problem
from tcf_desktop.services.check_proposals import proposals
from tcf_desktop.services.file_store import FileStore
from tcf_desktop.services.line_sums import LINE_CENTS

if TYPE_CHECKING:
    from tcf_desktop.services.office import Office

MOST_PROBLEMS: Final = 100  # of one kind; more say nothing more
_CHUNK: Final = 4000  # invoices or appointments in memory at once
_COUNTED: Final = (
    "contacts",
    "appointments",
    "series",
    "invoices",
    "payments",
    "shifts",
    "track_points",
    "attachments",
)
_PNG: Final = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was looked at, and what was wrong."""

    problems: tuple[Problem, ...]
    counted: dict[str, int]

    @property
    def ok(self) -> bool:
        """Whether nothing was wrong."""
        return not self.problems

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "ok": self.ok,
            "problems": [
                {"code": each.code, "where": each.where, "detail": each.detail,
                 "message": each.text()}
                for each in self.problems
            ],
            "checked": dict(self.counted),
        }  # fmt: skip

    def lines(self) -> list[str]:
        """For people."""
        counted = ", ".join(
            f"{count:,} {table.replace('_', ' ')}" for table, count in self.counted.items()
        )
        if self.ok:
            return [f"Everything is in order: {counted}."]
        return [*(each.text() for each in self.problems), f"Looked at {counted}."]


def check_office(office: Office) -> CheckReport:
    """Check an open business; not for the GUI thread.

    On a connection of its own: one that has read the search index before keeps parts of it, and
    SQLite then takes what was written since for damage.
    """
    reader = Reader(office.folder.database)
    try:
        return check(reader, office.folder)
    finally:
        reader.close()


def check(reader: Reader, folder: DataFolder) -> CheckReport:
    """Check one state of the database, and the folder beside it.

    A file that is too damaged to be read gives ``check.database`` as well; nothing is raised for
    what is found.
    """
    found: list[Problem] = []
    counted: dict[str, int] = {}
    try:
        with reader.snapshot():
            found += _capped(_database(reader))
            if not found:
                for part in _PARTS:
                    found += _capped(part(reader))
                found += _capped(_attachments(reader, FileStore(folder)))
                counted = {
                    table: int(reader.value(f"SELECT count(*) FROM {table}")) for table in _COUNTED
                }
    except AppError as error:
        found.append(Problem("check.database", "business.db", str(error)))
    found += _capped(_files(folder.files))
    return CheckReport(tuple(found), counted)


def _capped(problems: Iterator[Problem]) -> list[Problem]:
    """At most so many of each kind, so that one fault does not hide the others."""
    kept: list[Problem] = []
    seen: defaultdict[str, int] = defaultdict(int)
    for problem in problems:
        seen[problem.code] += 1
        if seen[problem.code] <= MOST_PROBLEMS:
            kept.append(problem)
    return kept


def _database(r: Reader) -> Iterator[Problem]:
    for (line,) in r.all(f"PRAGMA integrity_check({MOST_PROBLEMS})"):
        if line != "ok":
            yield Problem("check.database", "business.db", str(line))
    for table, row_id, parent, _key in r.all("PRAGMA foreign_key_check"):
        yield Problem("check.reference", f"{table} {row_id}", str(parent))


def _search(r: Reader) -> Iterator[Problem]:
    """Every living contact stands in the search index under its name, and nothing else does."""
    for (contact_id,) in r.all(
        "SELECT id FROM contacts WHERE deleted_at IS NULL EXCEPT SELECT rowid FROM contact_search"
    ):
        yield Problem("check.search", f"contact {contact_id}", "not indexed")
    for (contact_id,) in r.all(
        "SELECT rowid FROM contact_search EXCEPT SELECT id FROM contacts WHERE deleted_at IS NULL"
    ):
        yield Problem("check.search", f"contact {contact_id}", "indexed but gone")
    for (contact_id,) in r.all(
        "SELECT c.id FROM contacts c JOIN contact_search s ON s.rowid = c.id"
        " WHERE substr(s.name, 1, length(c.display_name)) <> c.display_name"
    ):
        yield Problem("check.search", f"contact {contact_id}", "indexed under an old name")


def _times(r: Reader) -> Iterator[Problem]:
    """Instants of appointments against the wall time that was promised."""
    last = int(r.value("SELECT coalesce(max(id), 0) FROM appointments"))
    for start in range(0, last, _CHUNK):
        for row_id, local, minutes, zone, all_day, starts_at, ends_at in r.all(
            "SELECT id, starts_local, minutes, zone, all_day, starts_at, ends_at FROM appointments"
            " WHERE id > ? AND id <= ?",
            (start, start + _CHUNK),
        ):
            try:
                right = instants(local, minutes, zone, all_day=bool(all_day))
            except AppError as error:
                yield Problem("check.time", f"appointment {row_id}", str(error))
                continue
            if (right.starts_at, right.ends_at) != (starts_at, ends_at):
                yield Problem("check.time", f"appointment {row_id}", f"{local} {zone}")


def _planned_totals(r: Reader) -> Iterator[Problem]:
    """The planned amount of an appointment against its lines, halves away from zero."""
    for row_id, stored, computed in r.all(
        "SELECT * FROM (SELECT a.id, a.total_cents, coalesce((SELECT"
        f" sum({LINE_CENTS}) FROM appointment_lines l"
        " WHERE l.appointment_id = a.id), 0) AS computed"
        " FROM appointments a) WHERE total_cents <> computed"
    ):
        yield Problem("check.planned", f"appointment {row_id}", f"{stored}, lines say {computed}")


def _clock(r: Reader) -> Iterator[Problem]:
    """Nobody is on the clock twice."""
    for worker_id, count in r.all(
        "SELECT worker_id, count(*) FROM shifts WHERE clock_out_at IS NULL"
        " GROUP BY worker_id HAVING count(*) > 1"
    ):
        yield Problem("check.clock", f"worker {worker_id}", f"{count} open shifts")


def _logo(r: Reader) -> Iterator[Problem]:
    for (start,) in r.all("SELECT hex(substr(png, 1, 8)) FROM business_logo"):
        if start != _PNG.hex().upper():
            yield Problem("check.logo", "logo")


def _files(folder: Path) -> Iterator[Problem]:
    """Every file that belongs to the business can be read."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        try:
            if not path.is_dir() and not path.is_fifo():
                with path.open("rb") as file:
                    file.read(1)
        except OSError as error:
            yield Problem("check.file", path.name, error.strerror or "")


def _attachments(r: Reader, store: FileStore) -> Iterator[Problem]:
    """The bytes of every kept file, also in the trash, and of every kept copy of a document are
    there and are the same."""
    digests: dict[str, str | None] = {}
    for table, row_id, sha256, name in r.all(
        "SELECT 'file', id, sha256, name FROM attachments UNION ALL"
        " SELECT 'copy', id, sha256, name FROM archived_documents ORDER BY sha256"
    ):
        if sha256 not in digests:
            digests = {sha256: store.digest(sha256)}
        where = f"{table} {row_id} ({name[:60]})"
        if digests[sha256] is None:
            yield Problem("check.attachment_missing", where)
        elif digests[sha256] != sha256:
            yield Problem("check.attachment_changed", where, str(digests[sha256])[:12])


def _series(r: Reader) -> Iterator[Problem]:
    """Series whose rule gives other dates than what is stored of it."""
    for ident, starts_local, zone, rule, last_on, planned, lines in r.all(
        "SELECT s.id, s.starts_local, s.zone, s.rule, s.last_on, s.total_cents,"
        " (SELECT json_group_array(json_array(qty_milli, unit_price_e4)) FROM series_lines"
        " WHERE series_id = s.id) FROM series s WHERE s.deleted_at IS NULL"
    ):
        where = f"series {ident}"
        try:
            first = parse_local(starts_local).date()
            local_instant(parse_local(starts_local), zone)
            last = last_date(parse_rule(rule), first)
        except AppError as odd:
            yield Problem("check.series", where, str(odd))
            continue
        if (last.isoformat() if last else None) != last_on:
            yield Problem("check.series", where, f"it ends on {last}, stored is {last_on}")
        total = sum(line_amount(qty, price) for qty, price in json.loads(lines))
        if total != planned:
            yield Problem("check.planned", where, f"{planned} is stored, {total} is right")


def _crews(r: Reader) -> Iterator[Problem]:
    """Nobody is in two crews on one day."""
    for worker, first, second in r.all(
        "SELECT a.worker_id, a.id, b.id FROM crew_members a JOIN crew_members b"
        " ON a.worker_id = b.worker_id AND a.id < b.id"
        " AND coalesce(a.from_on, '') <= coalesce(b.to_on, '9999')"
        " AND coalesce(b.from_on, '') <= coalesce(a.to_on, '9999')"
    ):
        yield Problem("check.crew", f"worker {worker}", f"rows {first} and {second}")


_PARTS: Final[tuple[Callable[[Reader], Iterator[Problem]], ...]] = (
    totals, proposals, numbers, balances, _search, _times, _planned_totals, _series, _crews, _clock,
    _logo,
)  # fmt: skip
