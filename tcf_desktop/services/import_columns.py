"""What the columns of a table mean: as the user says, and as it was said before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import fold
from tcf_desktop.domain.table_files import (
    FIELD,
    IGNORED,
    MEASURE,
    NOTE_LINE,
    TARGETS,
    TableLook,
    TableReading,
)
from tcf_desktop.services.command import Command

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.uow import UnitOfWork

_KEY: Final = "import.columns"
_MOST: Final = 50  # layouts that are remembered; the oldest is forgotten first
_WORDS: Final = {"keep": NOTE_LINE, "leave-out": IGNORED}


def with_targets(look: TableLook, said: Mapping[str, str], date_order: str = "") -> TableReading:
    """How to read a table whose columns mean what is ``said`` by heading, the others as proposed.

    Raises ``import.no_such_column`` and ``import.no_such_target``.
    """
    targets = [column.target for column in look.columns]
    for heading, target in said.items():
        places = [n for n, c in enumerate(look.columns) if fold(c.heading) == fold(heading)]
        if not places:
            found = ", ".join(column.heading for column in look.columns)[:200]
            raise AppError("import.no_such_column", file=look.file, heading=heading, found=found)
        chosen = _WORDS.get(target, target)
        if not (chosen in {*TARGETS, NOTE_LINE, IGNORED} or chosen.startswith((FIELD, MEASURE))):
            known = ", ".join((*TARGETS, *_WORDS))
            raise AppError("import.no_such_target", target=target, known=known)
        if chosen.startswith(MEASURE) and "@" not in chosen:
            chosen += "@"
        for place in places:
            targets[place] = chosen
    return TableReading(look.encoding, look.separator, date_order, tuple(targets))


def readings_before(r: Reader, looks: Mapping[str, TableLook]) -> dict[str, TableReading]:
    """How tables with these headings were read before, for those that were."""
    said = _stored(r.value("SELECT value FROM settings WHERE key = ?", (_KEY,)))
    readings = {}
    for path, look in looks.items():
        before = said.get(look.signature(), {})
        targets = tuple(before.get("targets", ()))
        order = look.date_order
        if not order and before.get("dates") in look.date_orders:
            order = before["dates"]
        if len(targets) == len(look.columns):
            readings[path] = TableReading(look.encoding, look.separator, order, targets)
    return readings


def own_names(r: Reader) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of own fields and of measures, which a column can hold too."""
    fields = r.all("SELECT name FROM custom_fields WHERE deleted_at IS NULL ORDER BY position")
    measures = r.all("SELECT name FROM measures WHERE deleted_at IS NULL ORDER BY position")
    return tuple(row[0] for row in fields), tuple(row[0] for row in measures)


@dataclass(frozen=True, slots=True)
class RememberColumns(Command[None]):
    """Keep the targets of a layout, and how its dates are written, for the next file like it;
    makes no entry to undo."""

    journalled = False

    signature: str
    targets: tuple[str, ...]
    date_order: str = ""

    def execute(self, uow: UnitOfWork) -> None:
        from tcf_desktop.models import Setting

        setting = uow.first(Setting, key=_KEY)
        known = _stored(setting.value if setting else None)
        known.pop(self.signature, None)
        known[self.signature] = {"targets": list(self.targets), "dates": self.date_order}
        text = json.dumps(dict(list(known.items())[-_MOST:]), ensure_ascii=False)
        if setting is None:
            uow.add(Setting(key=_KEY, value=text))
        else:
            setting.value = text


def _stored(text: str | None) -> dict[str, Any]:
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {}
