"""``schedule list``: what is on the schedule on some days, series included."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from tcf_desktop.app.commands import Answer, Command, Session
from tcf_desktop.app.commands.arguments import iso_date
from tcf_desktop.base.errors import AppError

if TYPE_CHECKING:
    from tcf_desktop.services.queries.schedule import AppointmentBlock

_MOST_DAYS = 366


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--from", dest="first", type=iso_date, metavar="DATE", help="the first day; today"
    )
    parser.add_argument(
        "--to", dest="last", type=iso_date, metavar="DATE", help="the last day; six days later"
    )
    parser.add_argument("--crew", metavar="NAME", help="only what this crew and its workers do")


def _list(session: Session, args: Namespace) -> Answer:
    from datetime import timedelta

    from tcf_desktop.base.clock import today
    from tcf_desktop.services.office import zone_of
    from tcf_desktop.services.queries.day_sheet import crew_by_name
    from tcf_desktop.services.queries.schedule import blocks, crews

    office = session.office
    zone = office.read(zone_of)
    first = args.first or session.options.date or today(office.clock, zone)
    last = args.last or first + timedelta(days=6)
    if not first <= last <= first + timedelta(days=_MOST_DAYS):
        raise AppError("schedule.range", days=_MOST_DAYS)
    crew = office.read(lambda r: crew_by_name(r, args.crew)) if args.crew else None
    if args.crew and crew is None:
        raise AppError("daysheet.unknown_crew", crew=args.crew)
    now = office.clock.now_ms()
    names = {row.id: row.name for row in office.read(crews)}
    found = sorted(
        (
            block
            for block in office.read(lambda r: blocks(r, first, last, zone, now))
            if crew is None or block.crew_id == crew[0]
        ),
        key=lambda block: (block.starts_at, block.id),
    )
    facts = {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "zone": zone,
        "appointments": [_facts(block, names.get(block.crew_id or 0, "")) for block in found],
    }
    lines = [_line(block, names.get(block.crew_id or 0, "")) for block in found]
    return Answer(facts, lines or ["Nothing on the schedule."])


def _facts(block: AppointmentBlock, crew: str) -> dict[str, object]:
    """Ids below zero are those of occurrences that no row stands for."""
    return {
        "id": block.id,
        "kind": block.kind,
        "state": block.state,
        "name": block.name,
        "service": block.service,
        "starts_local": block.starts_local,
        "minutes": block.minutes,
        "starts_at": block.starts_at,
        "ends_at": block.ends_at,
        "all_day": block.all_day,
        "crew": crew,
        "worker": block.worker_name,
        "total_cents": block.total_cents,
        "invoiced": block.invoiced,
        "recurring": block.recurring,
        "series_id": block.series_id,
        "conflict": block.conflict,
    }


def _line(block: AppointmentBlock, crew: str) -> str:
    when = block.starts_local[:10] if block.all_day else block.starts_local.replace("T", " ")
    length = "" if block.all_day else f" {block.minutes} min"
    parts = (block.name, block.service, block.worker_name or crew, block.state)
    again = "  (repeats)" if block.recurring else ""
    return f"{when}{length}  {'  '.join(part for part in parts if part)}{again}"


COMMANDS = (
    Command("schedule list", "list the appointments of some days", _list, _arguments),
)  # fmt: skip
