"""``schedule conflicts``: what speaks against the appointments of some days."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from tcf_desktop.app.commands import Answer, Command, Session
from tcf_desktop.app.commands.arguments import iso_date

if TYPE_CHECKING:
    from tcf_desktop.domain.conflicts import Conflict
    from tcf_desktop.services.queries.conflicts import Found

_MOST_DAYS = 366


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--from", dest="first", type=iso_date, metavar="DATE", help="the first day; today"
    )
    parser.add_argument(
        "--to", dest="last", type=iso_date, metavar="DATE", help="the last day; 13 days later"
    )


def _list(session: Session, args: Namespace) -> Answer:
    from datetime import timedelta

    from tcf_desktop.base.clock import today
    from tcf_desktop.base.errors import AppError
    from tcf_desktop.services.office import zone_of
    from tcf_desktop.services.queries.conflicts import conflicts_between

    office = session.office
    first = args.first or session.options.date or today(office.clock, office.read(zone_of))
    last = args.last or first + timedelta(days=13)
    if not first <= last <= first + timedelta(days=_MOST_DAYS):
        raise AppError("schedule.range", days=_MOST_DAYS)
    found = office.read(lambda r: conflicts_between(r, first, last))
    facts = {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "appointments": [_facts(one) for one in found],
    }
    return Answer(facts, [line for one in found for line in _lines(one)] or ["No conflicts."])


def _facts(found: Found) -> dict[str, object]:
    return {
        "id": found.plan.id,
        "name": found.plan.name,
        "starts_local": found.plan.local,
        "minutes": found.plan.minutes,
        "conflicts": [
            {
                "kind": one.kind,
                "severity": one.severity,
                "on": one.on,
                "who": one.who,
                "name": one.name,
                "other_id": one.other_id,
                "other_starts_local": one.starts_local or None,
                "hours": None if one.from_minute is None else [one.from_minute, one.to_minute],
            }
            for one in found.conflicts
        ],
    }


def _lines(found: Found) -> list[str]:
    head = f"{found.plan.local.replace('T', ' ')}  {found.plan.name}"
    return [f"{head}: {_words(one)}" for one in found.conflicts]


def _words(one: Conflict) -> str:
    who, name = one.who, one.name
    reason = f" ({name})" if name else ""
    hours = ""
    if one.from_minute is not None and one.to_minute is not None:
        hours = " ({:02}:{:02}-{:02}:{:02})".format(
            *divmod(one.from_minute, 60), *divmod(one.to_minute, 60)
        )
    return {
        "busy": f"{who} is with {name} from {one.starts_local.replace('T', ' ')}",
        "hours": f"outside the hours of {who or 'the business'}{hours}",
        "holiday": f"public holiday{reason}",
        "day_off": f"{who} has the day off{reason}",
        "member_off": f"{who} of the crew has the day off{reason}",
        "closed": f"the business is closed{reason}",
        "inactive": f"{who or 'the crew'} does not work here then",
        "place_closed": f"{who or 'the location'} is closed{reason}",
        "place_hours": f"outside the hours of {who or 'the location'}{hours}",
        "no_time": "the clock is put forward then",
        "double_time": "the clock is put back then, the hour comes twice",
    }[one.kind]


COMMANDS = (
    Command(
        "schedule conflicts", "list what speaks against the appointments of some days", _list,
        _arguments,
    ),
)  # fmt: skip
