"""``daysheet``: a crew's day as a PDF."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from tcf_desktop.app.commands import Answer, Command, Session


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--crew", metavar="NAME", help="one crew; all crews by default")
    parser.add_argument("--prices", action="store_true", help="with prices")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")


def _write(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.base.clock import today
    from tcf_desktop.base.errors import AppError
    from tcf_desktop.services.day_sheet import save_day_sheet
    from tcf_desktop.services.office import zone_of
    from tcf_desktop.services.queries.day_sheet import crew_by_name

    office = session.office
    on = session.options.date or today(office.clock, office.read(zone_of))
    crew = None
    if args.crew is not None:
        crew = office.read(lambda r: crew_by_name(r, args.crew))
        if crew is None:
            raise AppError("daysheet.unknown_crew", crew=args.crew)
    path = args.out.expanduser().absolute()
    count = save_day_sheet(office, on, path, crew[0] if crew else None, prices=args.prices)
    facts = {
        "on": on.isoformat(),
        "crew": crew[1] if crew else None,
        "visits": count,
        "file": str(path),
    }
    visits = "1 visit" if count == 1 else f"{count} visits"
    return Answer(facts, [f"{visits} of {on} written to {args.out}"])


COMMANDS = (Command("daysheet", "write a crew's day as a PDF", _write, _arguments),)
