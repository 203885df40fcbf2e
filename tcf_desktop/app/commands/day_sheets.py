"""``daysheet``: a crew's day as a PDF."""

from __future__ import annotations

from argparse import ArgumentParser, BooleanOptionalAction, Namespace
from pathlib import Path

from tcf_desktop.app.commands import Answer, Command, Session


def _arguments(parser: ArgumentParser) -> None:
    whose = parser.add_mutually_exclusive_group()
    whose.add_argument("--crew", metavar="NAME", help="one crew; all crews by default")
    whose.add_argument("--worker", metavar="NAME", help="one worker")
    parser.add_argument(
        "--prices", action=BooleanOptionalAction, default=False, help="with prices (default: no)"
    )
    parser.add_argument(
        "--gate-codes",
        action=BooleanOptionalAction,
        default=True,
        help="with gate codes (default: yes)",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")


def _write(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.base.clock import today
    from tcf_desktop.base.errors import AppError
    from tcf_desktop.services.day_sheet import SheetChoice, save_day_sheet
    from tcf_desktop.services.office import zone_of
    from tcf_desktop.services.queries.day_sheet import SheetFor, crew_by_name, worker_by_name

    office = session.office
    on = session.options.date or today(office.clock, office.read(zone_of))
    crew = worker = None
    whose = SheetFor()
    if args.crew is not None:
        crew = office.read(lambda r: crew_by_name(r, args.crew))
        if crew is None:
            raise AppError("daysheet.unknown_crew", crew=args.crew)
        whose = SheetFor(crews=(crew[0],))
    elif args.worker is not None:
        worker = office.read(lambda r: worker_by_name(r, args.worker))
        if worker is None:
            raise AppError("daysheet.unknown_worker", worker=args.worker)
        whose = SheetFor(worker_id=worker[0])
    path = args.out.expanduser().absolute()
    choice = SheetChoice(whose, args.prices, args.gate_codes)
    count = save_day_sheet(office, on, path, choice)
    facts = {
        "on": on.isoformat(),
        "crew": crew[1] if crew else None,
        "worker": worker[1] if worker else None,
        "visits": count,
        "file": str(path),
    }
    visits = "1 visit" if count == 1 else f"{count} visits"
    return Answer(facts, [f"{visits} of {on} written to {args.out}"])


COMMANDS = (Command("daysheet", "write a crew's day as a PDF", _write, _arguments),)
