"""Calendar files: ``export calendar`` and ``import calendar``."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date, timedelta
from pathlib import Path

from tcf_desktop.app.commands import Answer, Command, Session
from tcf_desktop.app.commands.arguments import iso_date
from tcf_desktop.base.errors import AppError


def _export_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    # A week and a range at once would have to drop one of them without a word.
    start = parser.add_mutually_exclusive_group()
    start.add_argument(
        "--week", type=iso_date, metavar="DATE", help="any date in it; this week by default"
    )
    start.add_argument("--from", dest="first", type=iso_date, metavar="DATE", help="first day")
    start.add_argument("--all", action="store_true", help="everything, past and future")
    parser.add_argument("--to", dest="last", type=iso_date, metavar="DATE", help="last day")
    parser.add_argument("--crew", metavar="NAME", help="only what this crew and its workers do")


def _export(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.base.clock import today
    from tcf_desktop.domain.appointments import week_start
    from tcf_desktop.services.calendar_files import export_calendar
    from tcf_desktop.services.office import zone_of

    office = session.office
    now = today(office.clock, office.read(zone_of))
    first: date | None
    last: date | None
    if args.all:
        if args.last is not None:
            raise AppError("calendar.all_until")
        first = last = None
    elif args.first is not None or args.last is not None:
        first = args.first or min(now, args.last)
        last = args.last or max(now, args.first)
    else:
        first = week_start(args.week or now)
        last = first + timedelta(days=6)
    crew = _crew_named(session, args.crew) if args.crew else None
    path = args.out.expanduser().absolute()
    count = export_calendar(office, str(path), first, last, crew)
    facts = {
        "exported": count,
        "file": str(path),
        "from": first.isoformat() if first else None,
        "to": last.isoformat() if last else None,
    }
    days = f"from {first} to {last}" if first else "of all time"
    return Answer(facts, [f"{count} appointments and series {days} written to {args.out}"])


def _crew_named(session: Session, name: str) -> int:
    from tcf_desktop.services.queries.day_sheet import crew_by_name

    found = session.office.read(lambda r: crew_by_name(r, name))
    if found is None:
        raise AppError("daysheet.unknown_crew", crew=name)
    return found[0]


def _import_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--dry-run", action="store_true", help="only say what would happen")


def _import(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.domain.imports import Action, as_json
    from tcf_desktop.services.calendar_files import IMPORTER
    from tcf_desktop.services.importers import parse_files
    from tcf_desktop.services.progress import Progress

    office = session.office
    paths = [str(path.expanduser().absolute()) for path in args.files]
    parsed = parse_files(office.ports.files, "calendar", paths)
    plan = office.read(lambda r: IMPORTER.plan(r, parsed, None))
    rows = plan.rows
    if not args.dry_run and plan.to_write():
        rows = office.runner.run(IMPORTER.command(plan, Progress()))
    # What is brought in as it stands needs no line; what was assumed or left out is named.
    lines = [
        f"{row.file}:{row.line}: {row.action.replace('_', ' ')} {row.name}: {row.reason}"
        for row in rows
        if row.action in (Action.IN_DOUBT, Action.SKIP) or row.reason
    ]
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
