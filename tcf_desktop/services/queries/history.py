"""What was done, newest first, for the undo menu and its list."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """An entry: its label template and values, and whether it can still be taken back."""

    id: int
    at: int
    label: str
    params: dict[str, Any]
    undoable: bool
    undone: bool


def history(r: Reader, limit: int = 200) -> list[HistoryRow]:
    """The newest entries; what was undone is marked, undoing itself is not listed."""
    return [
        HistoryRow(row[0], row[1], row[2], json.loads(row[3]), bool(row[4]), row[5] is not None)
        for row in r.all(
            "SELECT id, at, label, params, undoable, undone_by FROM journal"
            " WHERE undo_of IS NULL AND command <> 'RedoLast' ORDER BY id DESC LIMIT ?",
            (limit,),
        )
    ]


def last_undoable(r: Reader) -> HistoryRow | None:
    """What Ctrl+Z would take back; None when the newest entry cannot be undone."""
    row = r.one(
        "SELECT id, at, label, params, undoable FROM journal WHERE undone_by IS NULL"
        " AND undo_of IS NULL ORDER BY id DESC LIMIT 1"
    )
    if row is None or not row[4]:
        return None
    return HistoryRow(row[0], row[1], row[2], json.loads(row[3]), undoable=True, undone=False)
