"""What an import would do, row by row, before anything is written. The same for every format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Action(StrEnum):
    """What happens to a row."""

    ADD = "add"
    UPDATE = "update"
    SKIP = "skip"
    IN_DOUBT = "in_doubt"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that an update fills or replaces; ``kept`` where it stays as it is here although
    the file says something else."""

    field: str
    old: str
    new: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Join:
    """Somebody known that a row could belong to; ``payload`` is what joining would write."""

    id: int
    name: str
    reason: str
    payload: Any = None
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One record of a file. ``reason`` is a sentence; ``payload`` is what would be written.

    A row in doubt with a payload may be added after all when the user says so, or joined with one
    of ``joinable``; a row without a payload cannot be (it could not be read, or there is nothing
    in it).
    """

    row: int
    line: int  # of the file; 0 where a format has no lines to speak of
    file: str
    action: Action
    name: str
    detail: str = ""
    reason: str = ""
    id: int | None = None
    payload: Any = None
    joins: tuple[str, int] | None = None  # the (file, row) that this one is put together with
    changes: tuple[FieldChange, ...] = ()
    joinable: tuple[Join, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlierImport:
    """The same file was imported before: when (UTC ms), under which number."""

    id: int
    at: int


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Everything that an import of one kind of thing would do."""

    kind: str  # contacts | calendar | track
    files: tuple[str, ...]
    read_as: tuple[str, ...]
    rows: tuple[PlanRow, ...] = field(default=())
    digests: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    earlier: EarlierImport | None = None

    def count(self, action: Action) -> int:
        """How many rows have this action."""
        return sum(row.action is action for row in self.rows)

    def to_write(self) -> int:
        """How many rows would be added or updated."""
        return self.count(Action.ADD) + self.count(Action.UPDATE)


def as_json(rows: Sequence[PlanRow]) -> dict[str, Any]:
    """The answer of the command line."""
    counts = {action: sum(row.action is action for row in rows) for action in Action}
    return {
        "added": counts[Action.ADD],
        "updated": counts[Action.UPDATE],
        "skipped": counts[Action.SKIP],
        "in_doubt": counts[Action.IN_DOUBT],
        "rows": [
            {
                "row": row.row,
                "action": row.action.value,
                "id": row.id,
                "reason": row.reason,
                "file": row.file,
                "line": row.line or None,
                "name": row.name,
                "changes": [
                    {"field": c.field, "old": c.old, "new": c.new, "kept": c.kept}
                    for c in row.changes
                ],
            }
            for row in rows
        ],
    }
