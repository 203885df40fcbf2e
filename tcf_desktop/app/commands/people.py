"""One person: found, handed everything that is known, erased."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from tcf_desktop.app.commands import Answer, Command, Session

if TYPE_CHECKING:
    from tcf_desktop.domain.privacy import ErasePlan


def _search_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("text", metavar="TEXT", help="as one would type it into the search box")


def _search(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.services.queries.contacts import search_contacts

    found = session.office.read(lambda r: search_contacts(r, args.text, 50))
    data = {"contacts": [asdict(match) for match in found]}
    lines = [f"{match.id:>7}  {match.name}  {match.sub}".rstrip() for match in found]
    return Answer(data, lines or [f"Nothing matches “{args.text}”."])


def _export_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", type=int, metavar="ID", help="of the contact")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="a ZIP file")


def _export(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.services.privacy_export import export_person

    path = args.out.expanduser().absolute()
    written = export_person(session.office, args.id, path)
    data = {"file": str(path), **asdict(written)}
    lines = [
        f"{written.entries} entries with {written.invoices} invoices and {written.files} files"
        f" were written to {args.out}"
    ]
    lines += [f"The file {name} is not there any more." for name in written.lost]
    return Answer(data, lines)


def _erase_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", type=int, metavar="ID", help="of the contact")
    parser.add_argument("--yes", action="store_true", help="do it; without it nothing is changed")
    parser.add_argument("--certificate", type=Path, metavar="FILE", help="write down what was done")


def _erase(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.base.atomic_file import replaced_file
    from tcf_desktop.domain.erase_certificate import certificate
    from tcf_desktop.services.office import zone_of
    from tcf_desktop.services.privacy import erase_person, plan_of

    office = session.office
    if not args.yes:
        plan = plan_of(office, args.id)
        lines = [*_told(plan), "Nothing was changed. Add --yes to erase this person for good."]
        return Answer({"erased": False, **asdict(plan)}, lines, ok=False)
    erased = erase_person(office, args.id)
    data = {"erased": True, "shown_as": erased.shown_as, **asdict(erased.plan)}
    lines = [f"{erased.plan.name} was erased and is now “{erased.shown_as}”."]
    if args.certificate is not None:
        business, zone = office.read(
            lambda r: (str(r.value("SELECT name FROM business WHERE id = 1")), zone_of(r))
        )
        path = args.certificate.expanduser().absolute()
        with replaced_file(path) as stream:
            stream.write(
                certificate(erased.plan, erased.shown_as, business, erased.at, zone).encode()
            )
        data["certificate"] = str(path)
        lines.append(f"The certificate was written to {args.certificate}")
    return Answer(data, lines)


def _told(plan: ErasePlan) -> list[str]:
    from tcf_desktop.domain.erase_certificate import reasons

    lines = [f"What erasing {plan.name} would do", "Goes:"]
    lines += [f"  {each.text()}" for each in plan.goes]
    lines.append("Stays:")
    lines += [f"  {each.text()}: {why}" for each, why in reasons(plan)]
    lines += [f"In the way: invoice {each.number} is not paid" for each in plan.owes]
    lines += [f"In the way: a visit on {each.starts_local[:10]}" for each in plan.visits]
    return lines


COMMANDS = (
    Command("contacts search", "find contacts as the search box does", _search, _search_arguments),
    Command(
        "contacts export-person",
        "everything about one person in a ZIP file",
        _export,
        _export_arguments,
    ),
    Command(
        "contacts erase",
        "take one person out of the business for good",
        _erase,
        _erase_arguments,
        writes=lambda args: bool(args.yes),
    ),
)
