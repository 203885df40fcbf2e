"""Contacts in and out."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from tcf_desktop.app.commands import Answer, Command, Session


def _import_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="vCard (.vcf) or CSV files")
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would happen and write nothing"
    )


def _import(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.domain.imports import as_json
    from tcf_desktop.services.importers import Progress, importer, parse_files

    how = importer("contacts")
    office = session.office
    parsed = parse_files(office.ports.files, "contacts", args.files)
    plan = office.read(lambda reader: how.plan(reader, parsed, None))
    rows = plan.rows
    if not args.dry_run and plan.to_write():
        rows = office.runner.run(how.command(plan, Progress()))
    data = as_json(rows)
    would = "would be " if args.dry_run else ""
    lines = [
        f"{data['added']} {would}added, {data['updated']} {would}updated,"
        f" {data['skipped']} skipped, {data['in_doubt']} in doubt"
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
