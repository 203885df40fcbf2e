"""Whether the database, the books and the files are what they should be. Reads only."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.base.errors import AppError
from tcf_desktop.base.messages import MESSAGES
from tcf_desktop.base.paths import DataFolder
from tcf_desktop.domain.appointments import instants, local_instant, parse_local
from tcf_desktop.domain.documents import state_of_balance
from tcf_desktop.domain.money import line_amount
from tcf_desktop.domain.recurrence import last_date, parse_rule
from tcf_desktop.domain.tax import (
    DocumentTerms,
    LineInput,
    RoundingPolicy,
    TaxPart,
    compute_totals,
)
from tcf_desktop.models.connection import Reader
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
class Problem:
    """Something wrong: its code, the record it is about ("invoice 1043") and the particulars."""

    code: str
    where: str
    detail: str = ""

    def text(self) -> str:
        """A sentence for a person."""
        what, _todo = MESSAGES[self.code]
        return what.format(where=self.where, detail=self.detail)


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


def _totals(r: Reader) -> Iterator[Problem]:
    """Every stored figure of an invoice against the one function that computes them."""
    last = int(r.value("SELECT coalesce(max(id), 0) FROM invoices"))
    for start in range(0, last, _CHUNK):
        span = (start, start + _CHUNK)
        lines, taxes = _lines_of(r, span), _taxes_of(r, span)
        for invoice in r.all(
            "SELECT id, coalesce(number, 'draft ' || id), rounding, prices_include_tax,"
            " discount_ppm, discount_fixed_cents, subtotal_cents, discount_cents, net_cents,"
            " tax_cents, total_cents FROM invoices WHERE id > ? AND id <= ?",
            span,
        ):
            rule = (
                RoundingPolicy.of(invoice[2]),
                DocumentTerms(bool(invoice[3]), invoice[4], invoice[5]),
            )
            detail = _wrong_figure(lines[invoice[0]], taxes[invoice[0]], invoice[6:], rule)
            if detail:
                yield Problem("check.totals", f"invoice {invoice[1]}", detail)


def _lines_of(r: Reader, span: tuple[int, int]) -> defaultdict[int, list[tuple[Any, ...]]]:
    lines: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for invoice_id, *line in r.all(
        "SELECT invoice_id, qty_milli, unit_price_e4, taxable, discount_ppm, discount_fixed_cents,"
        " amount_cents, net_cents FROM invoice_lines"
        " WHERE invoice_id > ? AND invoice_id <= ? ORDER BY invoice_id, position",
        span,
    ):
        lines[invoice_id].append(tuple(line))
    return lines


def _taxes_of(r: Reader, span: tuple[int, int]) -> defaultdict[int, list[tuple[Any, ...]]]:
    taxes: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for invoice_id, *tax in r.all(
        "SELECT invoice_id, name, rate_ppm, base_cents, tax_cents FROM invoice_taxes"
        " WHERE invoice_id > ? AND invoice_id <= ? ORDER BY invoice_id, position",
        span,
    ):
        taxes[invoice_id].append(tuple(tax))
    return taxes


def _wrong_figure(
    lines: list[tuple[Any, ...]],
    taxes: list[tuple[Any, ...]],
    stored: tuple[Any, ...],
    rule: tuple[RoundingPolicy, DocumentTerms],
) -> str:
    """Which figure differs from the computed one, or empty."""
    totals = compute_totals(
        [LineInput(line[0], line[1], bool(line[2]), None, line[3], line[4]) for line in lines],
        [TaxPart(name, rate) for name, rate, _base, _tax in taxes],
        *rule,
    )
    figures = zip(lines, totals.amounts, totals.nets, strict=True)
    for position, (line, amount, net) in enumerate(figures, 1):
        if line[5:] != (amount, net):
            return f"line {position} has {line[5]}, computed {amount}"
    for tax, computed in zip(taxes, totals.taxes, strict=True):
        if tax[2:] != (computed.base_cents, computed.tax_cents):
            return f"tax {tax[0]} has {tax[3]}, computed {computed.tax_cents}"
    computed_figures = (
        totals.subtotal_cents,
        totals.discount_cents,
        totals.net_cents,
        totals.tax_cents,
        totals.total_cents,
    )
    if stored != computed_figures:
        return f"stored {stored}, computed {computed_figures}"
    return ""


def _numbers(r: Reader) -> Iterator[Problem]:
    """Numbers of a series follow each other without a gap, and the next one is the next."""
    for series, first, last, count, next_n in r.all(
        "SELECT i.series, min(i.series_n), max(i.series_n), count(*),"
        " (SELECT s.next_n FROM number_series s WHERE s.series = i.series)"
        " FROM invoices i WHERE i.series_n IS NOT NULL GROUP BY i.series"
    ):
        if last - first + 1 != count:
            missing = r.value(
                "SELECT min(a.series_n) + 1 FROM invoices a WHERE a.series = ?1 AND a.series_n < ?2"
                " AND NOT EXISTS (SELECT 1 FROM invoices b"
                " WHERE b.series = ?1 AND b.series_n = a.series_n + 1)",
                (series, last),
            )
            yield Problem("check.gap", f"series {series}", f"{missing} is missing")
        if next_n != last + 1:
            yield Problem("check.next_number", f"series {series}", f"{next_n} after {last}")


def _balances(r: Reader) -> Iterator[Problem]:
    """Paid and open amounts and the state against the payments that were allocated."""
    for number, state, total, paid, open_cents, allocated in r.all(
        "SELECT coalesce(i.number, 'draft ' || i.id), i.state, i.total_cents, i.paid_cents,"
        " i.open_cents, coalesce((SELECT sum(a.amount_cents) FROM allocations a"
        " WHERE a.invoice_id = i.id), 0) FROM invoices i"
    ):
        where = f"invoice {number}"
        if paid != allocated:
            yield Problem("check.balance", where, f"paid {paid}, payments say {allocated}")
        elif state in {"void", "credited"}:
            if open_cents:
                yield Problem("check.balance", where, f"{state}, but {open_cents} open")
        elif state != "draft" and open_cents != total - paid:
            yield Problem("check.balance", where, f"open {open_cents}, should be {total - paid}")
        elif state != "draft" and state != state_of_balance(total, paid):
            yield Problem("check.state", where, f"{state} with {paid} of {total} paid")
    for payment_id, amount, allocated in r.all(
        "SELECT p.id, p.amount_cents, sum(a.amount_cents) AS used FROM payments p"
        " JOIN allocations a ON a.payment_id = p.id GROUP BY p.id HAVING used > p.amount_cents"
    ):
        yield Problem("check.balance", f"payment {payment_id}", f"{allocated} of {amount} used")


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
    """The bytes of every kept file, also of those in the trash, are there and are the same."""
    digests: dict[str, str | None] = {}
    for row_id, sha256, name in r.all("SELECT id, sha256, name FROM attachments ORDER BY sha256"):
        if sha256 not in digests:
            digests = {sha256: store.digest(sha256)}
        where = f"file {row_id} ({name[:60]})"
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
    _totals, _numbers, _balances, _search, _times, _planned_totals, _series, _crews, _clock,
    _logo,
)  # fmt: skip
