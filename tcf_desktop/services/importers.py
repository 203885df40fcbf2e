"""The registry of what can be imported: one module with an ``IMPORTER`` and one line here a kind.

Parsing runs in the worker process, planning on a reader, writing as one command. The import page
and the command line use nothing but this.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.imports import ImportPlan, PlanRow

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.ports import Worker
    from tcf_desktop.services.command import Command

PARSE_TIMEOUT_S: Final = 120.0

# One line a kind: the module that holds its IMPORTER, and the suffixes that it reads.
KINDS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "contacts": ("tcf_desktop.services.imports", (".vcf", ".vcard", ".csv", ".tsv", ".txt")),
    "calendar": ("tcf_desktop.services.calendar_files", (".ics", ".ical", ".ifb")),
    "track": ("tcf_desktop.services.track_import", (".gpx",)),
}


class Progress:
    """How far a long piece of work is, and the wish to stop it. Safe to share between threads."""

    def __init__(self) -> None:
        self.done = 0
        self.total = 0
        self._stop = threading.Event()

    def stop(self) -> None:
        """Ask the work to end; what it did is rolled back."""
        self._stop.set()

    def report(self, done: int, total: int) -> None:
        """Say how far it is; raises ``app.stopped`` when somebody asked for the end."""
        self.done, self.total = done, total
        if self._stop.is_set():
            raise AppError("app.stopped")


@dataclass(frozen=True, slots=True)
class Importer:
    """How one kind of thing is imported.

    ``parsers`` names the parser of each suffix as ``package.module:function``; it takes a path,
    runs in the worker process and returns something picklable. ``plan`` takes a reader, what the
    parsers returned, and the answer to ``question`` (the id that the user chose among ``choices``;
    None where there is no question). ``command`` makes the write from the plan.
    """

    kind: str
    parsers: Mapping[str, str]
    plan: Callable[[Reader, Sequence[Any], int | None], ImportPlan]
    command: Callable[[ImportPlan, Progress], Command[tuple[PlanRow, ...]]]
    question: str = ""
    choices: Callable[[Reader], Sequence[tuple[int, str]]] | None = None


def importer(kind: str) -> Importer:
    """The importer of a kind; its module is loaded now."""
    found: Importer = import_module(KINDS[kind][0]).IMPORTER
    return found


def suffixes() -> tuple[str, ...]:
    """Every suffix that can be read, for the file dialog."""
    return tuple(suffix for _, known in KINDS.values() for suffix in known)


def kind_of(path: str) -> str:
    """The kind that a file's name promises; raises ``import.unknown``."""
    suffix = Path(path).suffix.lower()
    for kind, (_, known) in KINDS.items():
        if suffix in known:
            return kind
    raise AppError("import.unknown", file=Path(path).name, known=", ".join(suffixes()))


def parse_files(worker: Worker, kind: str, paths: Sequence[str]) -> list[Any]:
    """Parse files of one kind in the worker process; blocks. All or the first refusal."""
    parsers = importer(kind).parsers
    parsed = []
    for path in paths:
        suffix = Path(path).suffix.lower()
        # A file without a telling name is tried as the kind's first format: the guard decides.
        target = parsers.get(suffix, next(iter(parsers.values())))
        try:
            parsed.append(worker.run(target, str(path), timeout=PARSE_TIMEOUT_S))
        except AppError as trouble:
            if trouble.code in {"worker.died", "worker.timed_out", "worker.too_big"}:
                raise AppError("import.too_hard", file=Path(path).name) from trouble
            raise
    return parsed
