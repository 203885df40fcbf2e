"""Duplicates among the contacts: listed, merged."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from tcf_desktop.app.commands import Answer, Command, Session


def _list(session: Session, _args: Namespace) -> Answer:
    from tcf_desktop.domain.duplicates import Certainty
    from tcf_desktop.services.queries.duplicates import find_duplicates, names_of

    office = session.office
    found = office.read(find_duplicates)
    names = office.read(lambda r: names_of(r, [one for group in found.groups for one in group.ids]))
    counts = found.counts()
    data = {
        "contacts": found.contacts,
        **{certainty.name.lower(): counts[certainty] for certainty in Certainty},
        "groups": [
            {
                "certainty": group.certainty.name.lower(),
                "reasons": [str(reason) for reason in group.reasons],
                "contacts": [{"id": one, "name": names.get(one, "")} for one in group.ids],
            }
            for group in found.groups
        ],
    }
    lines = [
        f"{found.contacts} contacts looked through: {counts[Certainty.CERTAIN]} certain,"
        f" {counts[Certainty.LIKELY]} likely, {counts[Certainty.POSSIBLE]} possible"
    ]
    for group in found.groups:
        reasons = ", ".join(reason.replace("_", " ") for reason in group.reasons)
        lines.append(f"{group.certainty.name.lower()} ({reasons})")
        lines += [f"  {one}  {names.get(one, '')}" for one in group.ids]
    return Answer(data, lines)


def _merge_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("keep", type=int, metavar="KEEP", help="the number of the one that stays")
    parser.add_argument(
        "other", type=int, metavar="OTHER", help="the number of the one that goes into it"
    )


def _merge(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.services.merge import MergeContacts

    done = session.office.runner.run(MergeContacts(args.keep, args.other))
    moved = ", ".join(f"{count} {table.replace('_', ' ')}" for table, count in done.moved.items())
    data = {"kept": done.keep_id, "merged": args.other, "name": done.name, "changed": done.moved}
    return Answer(data, [f"{done.other} was merged into {done.name}: {moved}"])


COMMANDS = (
    Command("contacts duplicates", "list contacts that may be the same", _list),
    Command(
        "contacts merge",
        "merge a contact into another one",
        _merge,
        _merge_arguments,
        writes=True,
    ),
)
