"""The support commands: the same operations as the window's, for scripts, support and tests.

One module per area. Each holds its commands in a tuple ``COMMANDS`` and is registered by one line
in :data:`AREAS`. A module is imported only when a command is used, and imports what it needs
(services, integrations, Qt) inside its functions, so that ``--help`` stays quick::

    # tcf_desktop/app/commands/contacts.py
    from tcf_desktop.app.commands import Answer, Command, Session

    def _export(session: Session, args: Namespace) -> Answer:
        from tcf_desktop.services.exports import ...
        count = session.office.read(...)                  # queries, any command
        session.office.runner.run(SomeCommand(...))       # only where writes=True
        return Answer({"written": count}, [f"{count} contacts written to {args.out}"])

    def _export_arguments(parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=("vcard", "csv"), required=True)

    COMMANDS = (
        Command("export contacts", "write all contacts to a file", _export, _export_arguments),
        Command("import contacts", "...", _import, _import_arguments,
                writes=lambda args: not args.dry_run),
    )

Rules of a command:

* The name may have several words; ``import contacts`` and ``import track`` may come from different
  modules.
* ``writes=True`` (or a function of the arguments) takes the data folder for itself; while a
  window or ``serve`` holds it the frame refuses with ``app.busy``. Reading commands work beside it.
* ``run`` returns an :class:`Answer`: ``data`` is printed as the one JSON object with ``--json``,
  ``lines`` otherwise. Refuse by raising ``AppError(code, …)``: exit 1, nothing half done.
  ``Answer(…, ok=False)`` prints as usual and exits 1 (a check that found something).
* A command that must speak before it ends (``serve``) calls ``session.announce(Answer(…))`` and
  returns None.
* Values of arguments: the types in :mod:`tcf_desktop.app.commands.arguments`; a wrong one exits 2.
* The names of the global options (``--data``, ``--demo``, ``--size``, ``--seed``, ``--date``,
  ``--json``) are taken; a command that must use one says so in ``own`` (so far ``--date``).
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from tcf_desktop.app.session import Answer, Session

__all__ = ["Answer", "Command", "Session", "all_commands"]

# One line per area, in the order of --help.
AREAS = (
    "company",
    "contacts",
    "prices",
    "duplicates",
    "people",
    "calendar",
    "day_sheets",
    "schedule",
    "schedule_conflicts",
    "billing",
    "payments",
    "repeating",
    "proposals",
    "phones",
    "upkeep",
)


def _no_arguments(parser: ArgumentParser) -> None:
    del parser


@dataclass(frozen=True, slots=True)
class Command:
    """A support command; the module's docstring says how to write one."""

    name: str
    help: str
    run: Callable[[Session, Namespace], Answer | None]
    arguments: Callable[[ArgumentParser], None] = _no_arguments
    writes: bool | Callable[[Namespace], bool] = False
    own: tuple[str, ...] = ()  # names of global options that mean something else here
    needs_business: bool = True

    def will_write(self, args: Namespace) -> bool:
        """Whether this call changes the data folder."""
        return self.writes(args) if callable(self.writes) else self.writes


def all_commands() -> list[Command]:
    """Every registered command."""
    found: list[Command] = []
    for area in AREAS:
        found.extend(import_module(f"{__name__}.{area}").COMMANDS)
    return found
