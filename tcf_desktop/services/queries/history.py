"""What was done, newest first, for the undo menu and its list."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader


_LOOKED_AT: Final = 2_000
_NAMED: Final = 5


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


@dataclass(frozen=True, slots=True)
class UndoPreview:
    """What taking an entry back would change: records by table; and the later entries that stand
    in its way, the newest first."""

    counts: dict[str, int]
    in_the_way: tuple[HistoryRow, ...]


def undo_preview(r: Reader, journal_id: int) -> UndoPreview:
    """Look at an entry before it is taken back. Reads by index; of a large batch only the first
    ``_LOOKED_AT`` records are held against later entries."""
    counts = dict(
        r.all(
            "SELECT table_name, count(DISTINCT row_id) FROM journal_rows WHERE journal_id = ?"
            " GROUP BY table_name",
            (journal_id,),
        )
    )
    later = r.all(
        "WITH mine AS MATERIALIZED (SELECT table_name, row_id, after FROM journal_rows"
        f" WHERE journal_id = ? ORDER BY seq LIMIT {_LOOKED_AT})"
        " SELECT w.journal_id, m.after, w.op, w.before FROM mine m"
        " JOIN journal_rows w ON w.table_name = m.table_name AND w.row_id = m.row_id"
        " AND w.journal_id > ? JOIN journal j ON j.id = w.journal_id"
        f" WHERE j.undone_by IS NULL AND j.undo_of IS NULL LIMIT {_LOOKED_AT}",
        (journal_id, journal_id),
    )
    blocking = {
        entry_id
        for entry_id, after, op, before in later
        if op != "update" or not after or _share_fields(after, before)
    }
    ids = sorted(blocking, reverse=True)[:_NAMED]
    rows = r.all(
        "SELECT id, at, label, params, undoable FROM journal"
        f" WHERE id IN ({','.join('?' * len(ids))}) ORDER BY id DESC",
        ids,
    )
    return UndoPreview(
        counts,
        tuple(
            HistoryRow(entry_id, at, label, json.loads(params), bool(undoable), undone=False)
            for entry_id, at, label, params, undoable in rows
        ),
    )


def _share_fields(after: str, before: str) -> bool:
    """Whether a later change touched a field that an earlier one asks for."""
    return bool(set(json.loads(after)) & (set(json.loads(before)) - {"version"}))


def last_undoable(r: Reader) -> HistoryRow | None:
    """What Ctrl+Z would take back; None when the newest entry cannot be undone."""
    row = r.one(
        "SELECT id, at, label, params, undoable FROM journal WHERE undone_by IS NULL"
        " AND undo_of IS NULL ORDER BY id DESC LIMIT 1"
    )
    if row is None or not row[4]:
        return None
    return HistoryRow(row[0], row[1], row[2], json.loads(row[3]), undoable=True, undone=False)
