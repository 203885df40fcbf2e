"""Calendar files: ``export calendar`` and ``import calendar``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import timedelta
from pathlib import Path

from tcf_desktop.app.commands import Answer, Command, Session
from tcf_desktop.app.commands.arguments import iso_date


def _export_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    # A week and a range at once would have to drop one of them without a word.
    start = parser.add_mutually_exclusive_group()
    start.add_argument(
        "--week", type=iso_date, metavar="DATE", help="any date in it; this week by default"
    )
    start.add_argument("--from", dest="first", type=iso_date, metavar="DATE", help="first day")
    parser.add_argument("--to", dest="last", type=iso_date, metavar="DATE", help="last day")


def _export(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.base.clock import today
    from tcf_desktop.domain.appointments import week_start
    from tcf_desktop.services.calendar_files import export_calendar
    from tcf_desktop.services.office import zone_of

    office = session.office
    now = today(office.clock, office.read(zone_of))
    if args.first is not None or args.last is not None:
        first = args.first or min(now, args.last)
        last = args.last or max(now, args.first)
    else:
        first = week_start(args.week or now)
        last = first + timedelta(days=6)
    path = args.out.expanduser().absolute()
    count = export_calendar(office, str(path), first, last)
    facts = {
        "exported": count,
        "file": str(path),
        "from": first.isoformat(),
        "to": last.isoformat(),
    }
    return Answer(facts, [f"{count} appointments from {first} to {last} written to {args.out}"])


def _import_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--dry-run", action="store_true", help="only say what would happen")


def _import(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.domain.imports import Action, as_json
    from tcf_desktop.services.calendar_files import IMPORTER
    from tcf_desktop.services.importers import Progress, parse_files

    office = session.office
    paths = [str(path.expanduser().absolute()) for path in args.files]
    parsed = parse_files(office.ports.files, "calendar", paths)
    plan = office.read(lambda r: IMPORTER.plan(r, parsed, None))
    rows = plan.rows
    if not args.dry_run and plan.to_write():
        rows = office.runner.run(IMPORTER.command(plan, Progress()))
    lines = [f"{row.file}:{row.line}: {row.action} {row.name}: {row.reason}" for row in rows
             if row.action in (Action.IN_DOUBT, Action.SKIP)]  # fmt: skip
    done = "would be added" if args.dry_run else "added"
    lines.append(
        f"{plan.count(Action.ADD)} {done}, {plan.count(Action.UPDATE)} updated, "
        f"{plan.count(Action.SKIP)} skipped, {plan.count(Action.IN_DOUBT)} in doubt"
    )
    return Answer(as_json(rows), lines)


COMMANDS = (
    Command("export calendar", "write appointments to an .ics file", _export, _export_arguments),
    Command(
        "import calendar",
        "bring appointments in from .ics files",
        _import,
        _import_arguments,
        writes=lambda args: not args.dry_run,
    ),
)
