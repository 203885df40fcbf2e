"""Contacts in and out."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from tcf_desktop.app.commands import Answer, Command, Session

if TYPE_CHECKING:
    from tcf_desktop.domain.table_files import TableReading


def _import_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="vCard (.vcf) or CSV files")
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would happen and write nothing"
    )
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="HEADING=TARGET",
        help="what a column of a CSV file holds (phone, city, field:NAME, keep, leave-out …)",
    )
    parser.add_argument(
        "--date-order", choices=("dmy", "mdy", "ymd"), default="", help="how dates are written"
    )
    parser.add_argument(
        "--replace", action="store_true", help="let the file win where a filled field differs"
    )
    parser.add_argument(
        "--report", type=Path, metavar="FILE", help="save what happens to every row as CSV"
    )


def _readings(session: Session, args: Namespace) -> dict[str, TableReading]:
    """How to read the CSV files, where columns or the order of dates were said."""
    from tcf_desktop.services.import_columns import with_targets
    from tcf_desktop.services.importers import is_table, look_at

    said = dict(entry.partition("=")[::2] for entry in args.map)
    if not said and not args.date_order:
        return {}
    worker = session.office.ports.files
    return {
        path: with_targets(look_at(worker, "contacts", path), said, args.date_order)
        for path in args.files
        if is_table("contacts", path)
    }


def _import(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.domain.imports import as_json
    from tcf_desktop.services.import_report import save_report
    from tcf_desktop.services.importers import importer, parse_files
    from tcf_desktop.services.imports import REPLACE
    from tcf_desktop.services.progress import Progress

    how = importer("contacts")
    office = session.office
    readings = _readings(session, args)
    parsed = parse_files(office.ports.files, "contacts", args.files, readings)
    plan = office.read(lambda r: how.plan(r, parsed, REPLACE if args.replace else None))
    rows = plan.rows
    if not args.dry_run and plan.to_write():
        rows = office.runner.run(how.command(plan, Progress()))
    data = as_json(rows)
    if args.report is not None:
        save_report(args.report, data["rows"], plan.remarks)
    would = "would be " if args.dry_run else ""
    lines = [
        f"{data['added']} {would}added, {data['updated']} {would}updated,"
        f" {data['skipped']} skipped, {data['in_doubt']} in doubt",
        *plan.remarks,
    ]
    lines += [
        f"{row.file} row {row.row} (line {row.line}): {row.action.value} {row.name} {row.reason}"
        for row in rows
        if row.reason
    ]
    return Answer(data, lines)


def _export_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--format", choices=("vcard", "csv"), required=True)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")


def _export(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.services.exports import export_contacts

    office = session.office
    count = office.read(
        lambda reader: export_contacts(reader, office.ports.files, args.out, args.format)
    )
    data = {"exported": count, "format": args.format, "file": str(args.out)}
    return Answer(data, [f"{count} contacts were written to {args.out}"])


COMMANDS = (
    Command(
        "import contacts",
        "bring contacts in from vCard or CSV files",
        _import,
        _import_arguments,
        writes=lambda args: not args.dry_run,
    ),
    Command("export contacts", "write all contacts to a file", _export, _export_arguments),
)
