"""The command line: ``tcf-desktop [OPTIONS] [COMMAND …]``. Without a command it opens the window.

Exit codes: 0 done; 1 refused or a problem found, nothing half done; 2 wrong usage.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from tcf_desktop import __version__
from tcf_desktop.app.session import SIZES, Options, Session, show
from tcf_desktop.base.errors import AppError

if TYPE_CHECKING:
    from tcf_desktop.app.commands import Command

log = logging.getLogger(__name__)


class _WrongUsage(Exception):
    def __init__(self, parser: argparse.ArgumentParser, message: str) -> None:
        super().__init__(message)
        self.parser = parser


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _WrongUsage(self, message)


def _global_options(own: Sequence[str] = ()) -> argparse.ArgumentParser:
    """Parent of every parser, so that the options stand before or after the command; ``own`` are
    names that the command gives a meaning of its own."""
    from tcf_desktop.app.commands.arguments import iso_date

    parent = _Parser(add_help=False, argument_default=argparse.SUPPRESS, allow_abbrev=False)
    group = parent.add_argument_group("for every command")
    group.add_argument("--data", metavar="DIR", type=Path, help="the data folder")
    group.add_argument("--demo", action="store_true", help="the sample business")
    group.add_argument("--size", choices=SIZES, help="of the sample business")
    group.add_argument("--seed", type=int, metavar="N", help="of the sample business")
    if "--date" not in own:
        group.add_argument("--date", type=iso_date, metavar="YYYY-MM-DD", help="the sample's today")
    group.add_argument("--json", action="store_true", help="one JSON object on standard output")
    return parent


def build_parser(commands: Sequence[Command]) -> argparse.ArgumentParser:
    """The parser of all commands; words of their names become levels."""
    parent = _global_options()
    top = _Parser(
        prog="tcf-desktop",
        description="TCF Desktop. Without a command the window opens.",
        parents=[parent],
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"TCF Desktop {__version__}")
    levels: dict[str, Any] = {
        "": top.add_subparsers(title="commands", metavar="COMMAND", required=True, dest="area")
    }
    for command in commands:
        prefix, _, word = command.name.rpartition(" ")
        if prefix not in levels:
            node = levels[""].add_parser(
                prefix,
                parents=[parent],
                help=", ".join(c.name for c in commands if c.name.startswith(prefix + " ")),
                allow_abbrev=False,
            )
            levels[prefix] = node.add_subparsers(required=True, metavar="COMMAND", dest=prefix)
        leaf = levels[prefix].add_parser(
            word,
            parents=[_global_options(command.own) if command.own else parent],
            help=command.help,
            description=command.help,
            allow_abbrev=False,
        )
        command.arguments(leaf)
        leaf.set_defaults(command=command)
    return top


def read_options(args: argparse.Namespace) -> Options:
    """The global options out of parsed arguments."""
    given = vars(args)
    names = ("data", "demo", "size", "seed", "date", "json")
    return Options(**{name: given[name] for name in names if name in given})


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    # Without a log file an error must not be printed with the values it quotes.
    logging.getLogger("tcf_desktop").addHandler(logging.NullHandler())
    try:
        window = _window_options(arguments)
        if window is not None:
            from tcf_desktop.app.lifecycle import run_window

            return run_window(window)
        return _run_command(arguments)
    except BrokenPipeError:
        # Whoever read our output has gone; keep the interpreter from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130


def _window_options(arguments: Sequence[str]) -> Options | None:
    """The options when only options stand there; None when there is a command or --help."""
    parser = _global_options()
    try:
        args, rest = parser.parse_known_args(arguments)
    except _WrongUsage:
        return None
    return None if rest else read_options(args)


def _run_command(arguments: Sequence[str]) -> int:
    from tcf_desktop.app.commands import all_commands

    as_json = "--json" in arguments
    try:
        args = build_parser(all_commands()).parse_args(arguments)
    except _WrongUsage as wrong:
        print(wrong.parser.format_usage().rstrip(), file=sys.stderr)
        return _refuse("app.usage", str(wrong), as_json=as_json, exit_code=2)
    options = read_options(args)
    return _run(args.command, args, options)


def _run(command: Command, args: argparse.Namespace, options: Options) -> int:
    session = Session(options, writes=command.will_write(args), name=command.name)
    try:
        try:
            if command.needs_business:
                session.ensure_business()
                if session.writes:
                    session.claim()
            answer = command.run(session, args)
        finally:
            session.close()
    except AppError as error:
        return _refuse(error.code, str(error), as_json=options.json)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        from tcf_desktop.base.folder_guard import trouble_of

        known = trouble_of(error, session.folder.path)
        return _refuse(known.code, str(known), as_json=options.json)
    except Exception as error:
        from tcf_desktop.app.crash import report_text

        log.exception("the command %s failed", command.name)
        print(report_text(error), file=sys.stderr)
        return _refuse("app.bug", str(AppError("app.bug")), as_json=options.json)
    if answer is None:
        return 0
    show(answer, as_json=options.json)
    return 0 if answer.ok else 1


def _refuse(code: str, message: str, *, as_json: bool, exit_code: int = 1) -> int:
    print(f"tcf-desktop: {message}", file=sys.stderr)
    if as_json:
        refusal = {"error": {"code": code, "message": message}}
        print(json.dumps(refusal, ensure_ascii=False), flush=True)
    return exit_code
