"""Looking after the program and its data: undo, check, self-test, tour."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from tcf_desktop.app.commands import Answer, Command, Session


def _undo(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.services.undo import UndoLast

    del args
    undone = session.office.runner.run(UndoLast())
    return Answer({"undone": undone.text()}, [f"Undone: {undone.text()}"])


def _check(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.services.check import check_office

    del args
    result = check_office(session.office)
    return Answer(result.as_dict(), result.lines(), ok=result.ok)


def _self_test(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.app.selftest import run

    del session, args
    return run()


def _tour_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("out", metavar="DIR", type=Path, help="where the tour leaves its files")


def _tour(session: Session, args: Namespace) -> Answer:
    from tcf_desktop.app.tour import run

    return run(session, args.out)


COMMANDS = (
    Command("undo", "take the last change back", _undo, writes=True),
    Command("check", "integrity of the database, the books and the files", _check),
    Command("self-test", "whether this installation works", _self_test, needs_business=False),
    Command(
        "tour",
        "a whole working day on the sample business, with pictures",
        _tour,
        _tour_arguments,
        needs_business=False,
    ),
)
