"""Making a business."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from tcf_desktop.app.commands import Answer, Command, Session
from tcf_desktop.app.commands.arguments import currency_code, zone_name
from tcf_desktop.base.errors import AppError


def _new_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--name", required=True, help="the name on invoices")
    parser.add_argument("--currency", type=currency_code, default="USD", help="like USD")
    parser.add_argument("--zone", type=zone_name, default=None, help="like America/Chicago")


def _new(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.app.bootstrap import create_office
    from tcf_desktop.services.office import NewBusiness

    session.look_at_folder()
    if not args.name.strip():
        raise AppError("company.name_missing")
    if session.folder.has_business():
        raise AppError("data.exists", folder=session.folder.path)
    session.claim()
    business = NewBusiness(args.name.strip(), args.currency, args.zone or local_zone())
    session.adopt(create_office(session.folder, business, session.clock))
    data = {
        "business": {
            "name": business.name,
            "currency": business.currency,
            "zone": business.zone,
            "folder": str(session.folder.path),
        }
    }
    return Answer(data, [f"{business.name} was made in {session.folder.path}"])


def local_zone() -> str:
    """This computer's time zone by its IANA name; UTC when it does not tell."""
    import os
    from pathlib import Path
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    candidates = [os.environ.get("TZ", "").removeprefix(":")]
    link = Path("/etc/localtime")
    if link.is_symlink():
        candidates.append(str(link.resolve()).partition("zoneinfo/")[2])
    for name in filter(None, candidates):
        try:
            return ZoneInfo(name).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return "UTC"


COMMANDS = (
    Command(
        "new",
        "make a business in an empty data folder",
        _new,
        _new_arguments,
        writes=True,
        needs_business=False,
    ),
)
