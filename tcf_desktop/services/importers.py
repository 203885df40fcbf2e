"""The registry of what can be imported: one module with an ``IMPORTER`` and one line here a kind.

Parsing runs in the worker process, planning on a reader, writing as one command. The import page
and the command line use nothing but this.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.imports import ImportPlan, PlanRow

if TYPE_CHECKING:
    from tcf_desktop.domain.table_files import TableLook, TableReading
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.ports import Worker
    from tcf_desktop.services.command import Command
    from tcf_desktop.services.progress import Progress

PARSE_TIMEOUT_S: Final = 120.0

# One line a kind: the module that holds its IMPORTER, and the suffixes that it reads.
KINDS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "contacts": ("tcf_desktop.services.imports", (".vcf", ".vcard", ".csv", ".tsv", ".txt")),
    "calendar": ("tcf_desktop.services.calendar_files", (".ics", ".ical", ".ifb")),
    "track": ("tcf_desktop.services.track_import", (".gpx",)),
    # Asked for by name: its files look like those of contacts.
    "pricelist": ("tcf_desktop.services.pricelist_import", ()),
}


@dataclass(frozen=True, slots=True)
class Importer:
    """How one kind of thing is imported.

    ``parsers`` names the parser of each suffix as ``package.module:function``; it takes a path,
    runs in the worker process and returns something picklable. ``plan`` takes a reader, what the
    parsers returned, and the answer to ``question`` (the id that the user chose among ``choices``;
    None where there is no question, or for ``no_choice``, the words of what happens then).
    ``command`` makes the write from the plan. Files with a suffix of ``tables`` can be looked at by
    ``look`` first, and are then read with the columns, dates and so on that the user settled.
    """

    kind: str
    parsers: Mapping[str, str]
    plan: Callable[[Reader, Sequence[Any], int | None], ImportPlan]
    command: Callable[[ImportPlan, Progress], Command[tuple[PlanRow, ...]]]
    question: str = ""
    choices: Callable[[Reader], Sequence[tuple[int, str]]] | None = None
    no_choice: str = ""
    look: str = ""
    tables: tuple[str, ...] = ()


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


def is_table(kind: str, path: str) -> bool:
    """Whether the columns of a file can be matched by the user."""
    return Path(path).suffix.lower() in importer(kind).tables


def look_at(worker: Worker, kind: str, path: str, reading: TableReading | None = None) -> TableLook:
    """The first look at a table, in the worker process; blocks. Raises what parsing raises."""
    found: TableLook = _run(worker, importer(kind).look, path, reading)
    return found


def parse_files(
    worker: Worker,
    kind: str,
    paths: Sequence[str],
    readings: Mapping[str, TableReading] | None = None,
) -> list[Any]:
    """Parse files of one kind in the worker process; blocks. All or the first refusal.

    ``readings`` say how to read the tables among the paths.
    """
    parsers = importer(kind).parsers
    parsed = []
    for path in paths:
        suffix = Path(path).suffix.lower()
        # A file without a telling name is tried as the kind's first format: the guard decides.
        target = parsers.get(suffix, next(iter(parsers.values())))
        reading = (readings or {}).get(path)
        parsed.append(_run(worker, target, path, *([reading] if reading else [])))
    return parsed


def _run(worker: Worker, target: str, path: str, *args: Any) -> Any:
    try:
        return worker.run(target, str(path), *args, timeout=PARSE_TIMEOUT_S)
    except AppError as trouble:
        if trouble.code in {"worker.died", "worker.timed_out", "worker.too_big"}:
            raise AppError("import.too_hard", file=Path(path).name) from trouble
        raise
