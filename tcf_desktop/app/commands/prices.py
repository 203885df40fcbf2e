"""The price list from the command line."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from tcf_desktop.app.commands import Answer, Command, Session


def _import_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="CSV files with columns name and price"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would happen and write nothing"
    )


def _import(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.domain.imports import as_json
    from tcf_desktop.services.importers import importer, parse_files
    from tcf_desktop.services.progress import Progress

    how, office = importer("pricelist"), session.office
    parsed = parse_files(office.ports.files, "pricelist", args.files)
    plan = office.read(lambda r: how.plan(r, parsed, None))
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


COMMANDS = (
    Command(
        "import pricelist",
        "bring services and prices in from CSV files",
        _import,
        _import_arguments,
        writes=lambda args: not args.dry_run,
    ),
)
